#include "journal_note.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"
#include "msg.h"
#include "rules.h"
#include "store.h"

enum { MARK_SIZE = 100 };

static char *
name_of(const char *journal)
{
	const char *slash = strrchr(journal, '/');
	size_t folder = slash ? (size_t)(slash - journal) + 1 : 0;
	struct buf b = {0};

	buf_printf(&b, "%.*s.%s.pending", (int)folder, journal,
		journal + folder);
	buf_byte(&b, '\0');
	return b.p;
}

static void
write_mark(char *mark, const struct stat *st)
{
	snprintf(mark, MARK_SIZE, "%ju %jd %jd.%09ld", (uintmax_t)st->st_ino,
		(intmax_t)st->st_size, (intmax_t)st->st_mtim.tv_sec,
		(long)st->st_mtim.tv_nsec);
}

/* "none" where there is no such file. */
static void
mark_of(char *mark, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		write_mark(mark, &st);
	else if (errno == ENOENT)
		snprintf(mark, MARK_SIZE, "none");
	else
		msg_die_errno("%s", path);
}

void
journal_note_put(const char *journal, uint64_t start, const char *file,
	const struct stat *made)
{
	char *name = name_of(journal), old[MARK_SIZE], new[MARK_SIZE];
	struct store *store = store_open(name);
	struct buf b = {0};

	mark_of(old, file);
	write_mark(new, made);
	buf_printf(&b, "start\told\tnew\tfile\n%" PRIu64 "\t%s\t%s\t", start,
		old, new);
	out_text(&b, slice_of(file));
	buf_byte(&b, '\n');
	out_write(store_out(store), buf_slice(&b));
	store_commit(store);
	buf_free(&b);
	free(name);
}

void
journal_note_remove(const char *journal)
{
	char *name = name_of(journal);

	if (unlink(name) && errno != ENOENT)
		msg_die_errno("%s", name);
	free(name);
}

static struct slice
cell(const struct rules *note, const char *column)
{
	if (note->count != 1)
		msg_die("%s: not the note of a run", note->name);
	return rules_cell(note, 0, rules_need(note, column));
}

enum journal_note
journal_note_get(const char *journal, uint64_t *start, char **file)
{
	char *name = name_of(journal), now[MARK_SIZE];
	enum journal_note found = JOURNAL_NOTE_OTHER;
	struct rules *note;
	char *number;

	*file = NULL;
	if (access(name, F_OK)) {
		free(name);
		return JOURNAL_NOTE_NONE;
	}
	note = rules_open(name);
	number = mem_copy(cell(note, "start"));
	*start = strtoull(number, NULL, 10);
	*file = mem_copy(cell(note, "file"));
	mark_of(now, *file);
	if (slice_is(cell(note, "new"), now))
		found = JOURNAL_NOTE_NEW;
	else if (slice_is(cell(note, "old"), now))
		found = JOURNAL_NOTE_OLD;
	rules_close(note);
	free(number);
	free(name);
	return found;
}
