#include "join.h"

#include <stdlib.h>

#include "chunk.h"
#include "date.h"
#include "hash.h"
#include "mem.h"
#include "num.h"
#include "text.h"

#define BATCH 32 /* keys that the memory is asked for ahead */

struct join {
	const struct record_source *source;
	struct hash *index;    /* key -> number of the value of each column in
	                          use */
	struct hash **values;  /* of each column in use */
	size_t *columns;
	enum schema_type *types; /* of each column in use */
	size_t count;          /* of columns in use */
	size_t key;
	const char *key_name;
};

/* What is wrong with a value; null: nothing. */
static const char *
why_bad(enum schema_type type, struct slice value)
{
	struct date_civil day;
	int64_t number;
	enum num_status num;
	enum date_status date;

	switch (type) {
	case SCHEMA_NUMBER:
	case SCHEMA_MONEY:
		num = num_read(value, &number);
		return num == NUM_OK ? NULL : num_why(num);
	case SCHEMA_TIME:
		date = date_read(value, &number);
		return date == DATE_OK ? NULL : date_why(date);
	case SCHEMA_DAY:
		date = date_read_day(value, &day);
		return date == DATE_OK ? NULL : date_why(date);
	default:
		return NULL;
	}
}

static void
stage(struct buf *b, struct slice s)
{
	uint32_t n = (uint32_t)s.n;

	buf_add(b, (struct slice){(const char *)&n, sizeof n});
	buf_add(b, s);
}

static bool
needs_escape(struct slice s)
{
	return s.n > 0 && (memchr(s.p, '\\', s.n) || memchr(s.p, '\r', s.n));
}

/* Writes one value, canonical, for `turn`; false where it is bad. */
static bool
stage_column(struct chunk *c, const struct record *r, size_t column,
	enum schema_type type, struct buf *plain)
{
	struct slice value = record_field(r, column);
	const char *why = NULL;
	size_t at = c->bytes.n, n;
	uint32_t length;

	if (value.n > 0)
		why = why_bad(type, value);
	if (why == NULL && needs_escape(value)) {
		buf_clear(plain);
		if (!text_unescape(plain, value))
			why = "a backslash that begins no escape";
		stage(&c->bytes, (struct slice){"", 0});
		text_escape(&c->bytes, buf_slice(plain));
		n = c->bytes.n - at - sizeof length;
		length = (uint32_t)n;
		memcpy(c->bytes.p + at, &length, sizeof length);
	} else {
		stage(&c->bytes, value);
	}
	if (why)
		chunk_bad(c, r, column, why);
	return why == NULL;
}

/* A key as it waits for `turn`; its bytes and the values follow. */
struct head {
	uint64_t code;
	uint32_t line;
	uint32_t n; /* bytes of the key */
};

/* Its key, decoded, and how it stands in the chunk; false where it is bad. */
static bool
read_key(const struct join *all, struct chunk *c, const struct record *r,
	struct buf *plain, struct slice *key)
{
	if (!record_text(r, all->key, plain, key)) {
		chunk_bad(c, r, all->key, "a backslash that begins no escape");
		return false;
	}
	if (key->n == 0)
		chunk_bad(c, r, all->key, "missing");
	return key->n > 0;
}

static void
work(struct chunk *c, void *context)
{
	const struct join *all = context;
	struct buf plain = {0};
	struct record r;
	struct slice key;
	size_t i, at;

	while (chunk_next(c, &r)) {
		struct head head = {.line = r.line};

		if (!read_key(all, c, &r, &plain, &key))
			continue;
		at = c->bytes.n;
		head.code = hash_code(key);
		head.n = (uint32_t)key.n;
		buf_add(&c->bytes, (struct slice){(const char *)&head,
			sizeof head});
		buf_add(&c->bytes, key);
		for (i = 0; i < all->count; i++) {
			if (!stage_column(c, &r, all->columns[i],
				all->types[i], &plain)) {
				c->bytes.n = at;
				break;
			}
		}
	}
	buf_free(&plain);
}

static struct slice
unstage(const char **p)
{
	struct slice s;
	uint32_t n;

	memcpy(&n, *p, sizeof n);
	s = (struct slice){*p + sizeof n, n};
	*p = s.p + n;
	return s;
}

static const char *
put_one(struct join *all, struct chunk *c, const char *p)
{
	struct head head;
	struct slice key, value;
	uint32_t *numbers, index, number;
	bool is_new;
	size_t i;

	memcpy(&head, p, sizeof head);
	key = (struct slice){p + sizeof head, head.n};
	p = key.p + key.n;
	index = hash_put(all->index, key, head.code, &is_new);
	numbers = hash_payload(all->index, index);
	if (!is_new)
		msg_bad(&c->bad, head.line, all->key_name, key,
			"comes twice");
	for (i = 0; i < all->count; i++) {
		value = unstage(&p);
		if (!is_new)
			continue;
		number = hash_put(all->values[i], value, hash_code(value),
			NULL);
		memcpy(numbers + i, &number, sizeof number);
	}
	return p;
}

/* Asks the memory for the next ones; returns where they end. */
static const char *
prefetch(const struct join *all, const char *p, const char *end)
{
	struct head head;
	size_t i, k;

	for (k = 0; k < BATCH && p < end; k++) {
		memcpy(&head, p, sizeof head);
		hash_prefetch(all->index, head.code);
		p += sizeof head + head.n;
		for (i = 0; i < all->count; i++)
			unstage(&p);
	}
	return p;
}

/* How many records all files may hold, judged by the first chunk. */
static size_t
expected(const struct chunk *c)
{
	uint64_t total = 0;
	size_t i;

	for (i = 0; i < c->source->file_count; i++) {
		if (input_seekable(c->source->files[i].in))
			total += input_size(c->source->files[i].in);
	}
	return c->size ? (size_t)(total / c->size + 1) * c->records : 0;
}

/* Puts in what was staged, in the order of the input: so the second of two is
 * always the same one. */
static void
turn(struct chunk *c, void *context)
{
	struct join *all = context;
	const char *p = c->bytes.p, *end = p + c->bytes.n, *until;

	if (c->number == 0)
		hash_reserve(all->index, expected(c));
	while (p < end) {
		until = prefetch(all, p, end);
		while (p < until)
			p = put_one(all, c, p);
	}
	buf_clear(&c->bytes);
}

struct join *
join_load(const struct record_source *source, const struct join_job *job)
{
	struct join *l = mem_zero(1, sizeof *l);
	struct chunk_job chunks = {
		.source = source,
		.jobs = job->jobs,
		.work = work,
		.turn = turn,
		.context = l,
		.checked = job->checked,
		.progress = job->progress,
	};
	size_t i;

	l->source = source;
	l->key_name = job->key;
	l->key = record_need(source, job->key);
	l->columns = mem_alloc(source->columns + 1, sizeof *l->columns);
	l->types = mem_alloc(source->columns + 1, sizeof *l->types);
	l->values = mem_alloc(source->columns + 1, sizeof(struct hash *));
	for (i = 0; i < source->columns; i++) {
		if (job->used == NULL || !job->used[i])
			continue;
		l->values[l->count] = hash_open(0);
		l->types[l->count] = schema_type_of(source->names[i]);
		l->columns[l->count++] = i;
	}
	l->index = hash_open(l->count * sizeof(uint32_t));
	chunk_run(&chunks);
	return l;
}

void
join_close(struct join *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < l->count; i++)
		hash_close(l->values[i]);
	hash_close(l->index);
	free(l->values);
	free(l->columns);
	free(l->types);
	free(l);
}

uint64_t
join_code(struct slice key)
{
	return hash_code(key);
}

void
join_prefetch(const struct join *l, uint64_t code)
{
	hash_prefetch(l->index, code);
}

void
join_prefetch_row(const struct join *l, uint64_t code)
{
	hash_prefetch_payload(l->index, code);
}

bool
join_find(const struct join *l, struct slice key, uint64_t code,
	struct slice *cells, uint32_t *numbers)
{
	uint32_t index = hash_find(l->index, key, code), number;
	const uint32_t *mine;
	size_t i;

	if (index == HASH_NONE)
		return false;
	mine = hash_payload(l->index, index);
	for (i = 0; i < l->count; i++) {
		memcpy(&number, mine + i, sizeof number);
		if (numbers)
			numbers[l->columns[i]] = number;
		cells[l->columns[i]] = hash_key(l->values[i], number);
	}
	return true;
}

size_t
join_count(const struct join *l)
{
	return hash_count(l->index);
}

static struct hash *
values_of(const struct join *l, size_t column)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->columns[i] == column)
			return l->values[i];
	return NULL;
}

size_t
join_values(const struct join *l, size_t column)
{
	return hash_count(values_of(l, column));
}

struct slice
join_value(const struct join *l, size_t column, size_t i)
{
	return hash_key(values_of(l, column), (uint32_t)i);
}
