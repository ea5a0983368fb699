#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chunk.h"
#include "date.h"
#include "hash.h"
#include "mem.h"
#include "msg.h"
#include "out.h"
#include "store.h"
#include "text.h"

enum { COLUMNS = LIST_COLUMNS + 1, AT = LIST_COLUMNS, COPY = 65536 };

struct log {
	const char *path;
	const struct plan *plan;
	struct contact *contact;
	struct store_lock *lock;
	size_t *order;       /* what stands in each column of the file: a
	                        list_column, AT, or RECORD_NONE */
	size_t columns;
	size_t at[COLUMNS];  /* the reverse */
	bool crlf, is_new;
	struct hash *issued; /* by action_key: when, last */
	struct buf lines;    /* of this run */
	struct store *store; /* what will be the log; or null */
	struct buf scratch, key;
};

static const char *
name_of(size_t column)
{
	return column == AT ? "at" : list_names[column];
}

/* ---- reading ---- */

static struct slice
decoded(struct log *l, const struct record *r, size_t column)
{
	struct slice s = record_field(r, l->at[column]);

	if (!text_escaped(s))
		return s;
	buf_clear(&l->scratch);
	text_unescape(&l->scratch, s);
	return buf_slice(&l->scratch);
}

static const struct plan_rule *
find_rule(const struct log *l, struct slice name)
{
	for (size_t i = 0; i < l->plan->count; i++)
		if (slice_equal(l->plan->rules[i].name, name))
			return &l->plan->rules[i];
	return NULL;
}

/* As action_key writes it. */
static void
make_key(struct log *l, const struct plan_rule *rule, const struct record *r,
	int64_t due)
{
	enum list_column subject = rule->on == PLAN_TICKET ? LIST_TICKET_ID
		: rule->on == PLAN_CUSTOMER ? LIST_CUSTOMER_ID : LIST_OWNER;

	buf_clear(&l->key);
	out_text(&l->key, rule->name);
	buf_byte(&l->key, '\t');
	out_text(&l->key, decoded(l, r, subject));
	buf_byte(&l->key, '\t');
	out_time(&l->key, due);
}

static void
take_record(struct log *l, struct chunk *c, const struct record *r)
{
	struct slice key = {NULL, 0}, at = record_field(r, l->at[AT]);
	struct slice due = record_field(r, l->at[LIST_DUE_AT]);
	const struct plan_rule *rule;
	int64_t when, until, *last;
	bool is_new;

	if (date_read(at, &when) != DATE_OK) {
		chunk_bad(c, r, l->at[AT], "not a time");
		return;
	}
	if (date_read(due, &until) != DATE_OK) {
		chunk_bad(c, r, l->at[LIST_DUE_AT], "not a time");
		return;
	}
	if (record_field(r, l->at[LIST_CHANNEL]).n)
		contact_past(l->contact, decoded(l, r, LIST_CUSTOMER_ID),
			when);
	rule = find_rule(l, decoded(l, r, LIST_RULE));
	if (!rule)
		return;
	make_key(l, rule, r, until);
	key = buf_slice(&l->key);
	last = hash_payload(l->issued, hash_put(l->issued, key,
		hash_code(key), &is_new));
	if (is_new || when > *last)
		*last = when;
}

static void
work(struct chunk *c, void *context)
{
	struct log *l = context;
	struct record r;

	while (chunk_next(c, &r))
		take_record(l, c, &r);
}

static void
read_columns(struct log *l, const struct record_source *source)
{
	l->columns = source->columns;
	l->order = mem_alloc(l->columns, sizeof(*l->order));
	for (size_t i = 0; i < l->columns; i++)
		l->order[i] = RECORD_NONE;
	for (size_t k = 0; k < COLUMNS; k++) {
		l->at[k] = record_need(source, name_of(k));
		l->order[l->at[k]] = k;
	}
	l->crlf = source->files[0].crlf;
}

/* Lines behind compressed ones nobody could read. */
static void
refuse_compressed(const char *path)
{
	unsigned char magic[2] = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		msg_die_errno("%s", path);
	if (read(fd, magic, sizeof(magic)) == sizeof(magic) &&
		magic[0] == 0x1F && magic[1] == 0x8B)
		msg_die("%s: compressed: nothing can be added to it; unpack it "
			"with gunzip", path);
	close(fd);
}

static void
read_file(struct log *l)
{
	union {
		const char *from;
		char *to;
	} path = {l->path};
	struct record_source *source = record_open(&path.to, 1, NULL, 0);
	struct chunk_job job = {.source = source, .jobs = 1, .work = work,
		.context = l};
	uint64_t bad = msg_bad_count();

	refuse_compressed(l->path);
	read_columns(l, source);
	chunk_run(&job);
	record_close(source);
	if (msg_bad_count() > bad)
		msg_die("%s: the log holds bad records: nothing is issued "
			"until they are mended", l->path);
}

static void
begin_file(struct log *l)
{
	l->is_new = true;
	l->columns = COLUMNS;
	l->order = mem_alloc(COLUMNS, sizeof(*l->order));
	l->order[0] = AT;
	for (size_t i = 1; i < COLUMNS; i++)
		l->order[i] = i - 1;
}

struct log *
log_open(const char *path, const struct plan *plan, struct contact *contact)
{
	struct log *l = mem_zero(1, sizeof(*l));
	struct stat status;

	l->path = path;
	l->plan = plan;
	l->contact = contact;
	l->issued = hash_open(sizeof(int64_t));
	store_lock(path, true, &l->lock);
	if (stat(path, &status)) {
		if (errno != ENOENT)
			msg_die_errno("%s", path);
		begin_file(l);
	} else if (status.st_size == 0 && !S_ISDIR(status.st_mode)) {
		begin_file(l);
	} else {
		read_file(l);
	}
	return l;
}

/* ---- this run ---- */

bool
log_issued(struct log *l, const struct action *a, int64_t as_of)
{
	int64_t repeat = l->plan->rules[a->rule].repeat;
	struct slice key;
	uint32_t at;

	buf_clear(&l->key);
	action_key(&l->key, a, l->plan);
	key = buf_slice(&l->key);
	at = hash_find(l->issued, key, hash_code(key));
	return at != HASH_NONE && (!repeat ||
		as_of - *(int64_t *)hash_payload(l->issued, at) < repeat);
}

static void
end_line(struct log *l)
{
	buf_text(&l->lines, l->crlf ? "\r\n" : "\n");
}

void
log_add(struct log *l, const struct slice *cells, int64_t as_of)
{
	for (size_t i = 0; i < l->columns; i++) {
		if (i)
			buf_byte(&l->lines, '\t');
		if (l->order[i] == AT)
			out_time(&l->lines, as_of);
		else if (l->order[i] != RECORD_NONE)
			buf_add(&l->lines, cells[l->order[i]]);
	}
	end_line(l);
}

static void
add_header(struct log *l)
{
	struct buf rows = l->lines;

	l->lines = (struct buf){0};
	for (size_t i = 0; i < l->columns; i++) {
		if (i)
			buf_byte(&l->lines, '\t');
		buf_text(&l->lines, name_of(l->order[i]));
	}
	end_line(l);
	buf_add(&l->lines, buf_slice(&rows));
	buf_free(&rows);
}

static void
copy_old(const struct log *l, struct out *out)
{
	char *bytes = mem_alloc(COPY, 1);
	int fd = open(l->path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		msg_die_errno("%s", l->path);
	while ((n = read(fd, bytes, COPY)) != 0) {
		if (n < 0 && errno != EINTR)
			msg_die_errno("%s", l->path);
		if (n > 0)
			out_write(out, (struct slice){bytes, (size_t)n});
	}
	close(fd);
	free(bytes);
}

void
log_prepare(struct log *l)
{
	struct stat made;

	if (l->is_new)
		add_header(l);
	if (!l->lines.n)
		return;
	l->store = store_open(l->path);
	if (!l->is_new)
		copy_old(l, store_out(l->store));
	out_write(store_out(l->store), buf_slice(&l->lines));
	store_prepare(l->store, &made);
}

void
log_commit(struct log *l)
{
	if (l->store)
		store_commit(l->store);
	l->store = NULL;
}

void
log_close(struct log *l)
{
	if (!l)
		return;
	store_unlock(l->lock);
	hash_close(l->issued);
	buf_free(&l->lines);
	buf_free(&l->scratch);
	buf_free(&l->key);
	free(l->order);
	free(l);
}
