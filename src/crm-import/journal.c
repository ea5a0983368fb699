#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "date.h"
#include "journal_note.h"
#include "mem.h"
#include "msg.h"
#include "out.h"

static const char header[] = "at\trun\tkey\tcolumn\told\tnew\tfile\tline\n";

enum {
	HEADER = sizeof header - 1,
	FULL = 256 * 1024, /* bytes that wait for a write */
	DAY = 8,           /* 20261121 */
};

struct journal {
	char *path, *file;  /* absolute */
	struct store_lock *lock;
	int fd;
	uint64_t start;     /* its length before this run */
	char at[DATE_SIZE];
	struct buf run, waiting;
	uint64_t count, highest; /* number of a run of the date */
	bool begun;         /* records are being appended */
	bool headed;        /* its first line is there */
};

static char *
absolute(const char *path)
{
	char folder[PATH_MAX];
	struct buf b = {0};

	if (*path != '/') {
		if (!getcwd(folder, sizeof folder))
			msg_die_errno("%s", path);
		buf_text(&b, folder);
		buf_byte(&b, '/');
	}
	buf_text(&b, path);
	buf_byte(&b, '\0');
	return b.p;
}

/* The journal as it was before this run. */
static void
cut_off(struct journal *j)
{
	if (ftruncate(j->fd, (off_t)j->start) || fsync(j->fd))
		msg_die_errno("%s", j->path);
	journal_note_remove(j->path);
}

static _Noreturn void
fail(struct journal *j)
{
	int error = errno;

	if (j->begun)
		cut_off(j);
	errno = error;
	msg_die_errno("%s", j->path);
}

static void
append(struct journal *j, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(j->fd, p, n);

		if (done < 0 && errno != EINTR)
			fail(j);
		if (done < 0)
			continue;
		p += done;
		n -= (size_t)done;
	}
}

static void
settle(struct journal *j)
{
	uint64_t start;
	char *file;

	switch (journal_note_get(j->path, &start, &file)) {
	case JOURNAL_NOTE_NONE:
		return;
	case JOURNAL_NOTE_NEW:
		break;
	case JOURNAL_NOTE_OLD:
		msg_warn("%s: an import into %s died before it was done: what"
			" it had noted is cut off", j->path, file);
		if (start < j->start)
			j->start = start;
		cut_off(j);
		break;
	case JOURNAL_NOTE_OTHER:
		msg_warn("%s: an import into %s died, and it was changed since:"
			" whether that run was done is not known", j->path,
			file);
	}
	journal_note_remove(j->path);
	free(file);
}

static void
look_at_run(void *context, const struct journal_entry *e, uint64_t number)
{
	struct journal *j = context;
	uint64_t n = 0;

	(void)number;
	if (e->run.n <= DAY + 1 || e->run.p[DAY] != '-' ||
		memcmp(e->run.p, j->run.p, DAY) != 0)
		return;
	for (size_t i = DAY + 1; i < e->run.n; i++)
		n = n * 10 + (uint64_t)(e->run.p[i] - '0') % 10;
	if (n > j->highest)
		j->highest = n;
}

/* 20261121-1, or the next number that no run of the journal has. */
static void
name_run(struct journal *j, const char *path, int64_t as_of)
{
	char day[DATE_SIZE];

	date_write(j->at, as_of);
	date_write_day(day, as_of);
	buf_printf(&j->run, "%.4s%.2s%.2s-", day, day + 5, day + 8);
	if (j->start > HEADER)
		journal_read(path, look_at_run, j);
	buf_printf(&j->run, "%" PRIu64, j->highest + 1);
	buf_byte(&j->run, '\0');
}

/* That it is a journal, and whole. */
static void
look_at_ends(const struct journal *j, const char *path)
{
	char first[HEADER], last;

	if (j->start == 0)
		return;
	if (pread(j->fd, first, HEADER, 0) != HEADER ||
		memcmp(first, header, HEADER) != 0)
		msg_die("%s: not a journal: its first line is not \"at run key"
			" column old new file line\"", path);
	if (pread(j->fd, &last, 1, (off_t)j->start - 1) != 1)
		msg_die_errno("%s", path);
	if (last != '\n')
		msg_die("%s: the last line has no end: a writer may have died",
			path);
}

static void
open_it(struct journal *j, const char *path)
{
	struct stat st;

	j->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (j->fd < 0 || fstat(j->fd, &st))
		msg_die_errno("%s", path);
	if (!S_ISREG(st.st_mode))
		msg_die("%s: a journal needs a plain file", path);
	j->start = (uint64_t)st.st_size;
	j->path = realpath(path, NULL);
	if (!j->path)
		msg_die_errno("%s", path);
}

struct journal *
journal_open(const char *path, const char *file, int64_t as_of, bool wait)
{
	struct journal *j = mem_zero(1, sizeof *j);

	if (!store_lock(path, wait, &j->lock)) {
		free(j);
		return NULL;
	}
	open_it(j, path);
	j->file = absolute(file);
	settle(j);
	look_at_ends(j, path);
	j->headed = j->start > 0;
	name_run(j, path, as_of);
	return j;
}

const char *
journal_run(const struct journal *j)
{
	return j->run.p;
}

void
journal_begin(struct journal *j, struct store *store)
{
	struct stat made;

	store_prepare(store, &made);
	journal_note_put(j->path, j->start, j->file, &made);
	j->begun = true;
	if (!j->headed)
		buf_text(&j->waiting, header);
	j->headed = true;
}

static void
flush(struct journal *j)
{
	append(j, j->waiting.p, j->waiting.n);
	buf_clear(&j->waiting);
}

void
journal_add(struct journal *j, const struct journal_entry *e)
{
	struct buf *b = &j->waiting;
	const struct slice fields[] = {{j->at, DATE_SIZE - 1},
		{j->run.p, j->run.n - 1}, e->key, e->column, e->old, e->new};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		buf_add(b, fields[i]);
		buf_byte(b, '\t');
	}
	out_text(b, e->file);
	buf_byte(b, '\t');
	out_count(b, e->line);
	buf_byte(b, '\n');
	j->count++;
	if (b->n >= FULL)
		flush(j);
}

void
journal_commit(struct journal *j, struct store *store)
{
	flush(j);
	if (fsync(j->fd))
		fail(j);
	store_commit(store);
	journal_note_remove(j->path);
	j->begun = false;
}

uint64_t
journal_count(const struct journal *j)
{
	return j->count;
}

void
journal_close(struct journal *j)
{
	if (!j)
		return;
	if (!j->headed) {
		append(j, header, HEADER);
		if (fsync(j->fd))
			fail(j);
	}
	close(j->fd);
	store_unlock(j->lock);
	buf_free(&j->run);
	buf_free(&j->waiting);
	free(j->path);
	free(j->file);
	free(j);
}
