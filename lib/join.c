#include "join.h"

#include <stdlib.h>

#include "chunk.h"
#include "date.h"
#include "hash.h"
#include "mem.h"
#include "num.h"
#include "text.h"

struct join {
	const struct record_source *source;
	struct hash *index;    /* customer_id -> number of the value of each
	                          column in use */
	struct hash **values;  /* of each column in use */
	size_t *columns;
	size_t count;          /* of columns in use */
	size_t id;
};

/* What is wrong with a value; null: nothing. */
static const char *
why_bad(struct slice name, struct slice value)
{
	struct date_civil day;
	int64_t number;
	enum num_status num;
	enum date_status date;

	switch (schema_type_of(name)) {
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
	struct buf *plain)
{
	struct slice value = record_field(r, column);
	const char *why = NULL;
	size_t at = c->bytes.n, n;
	uint32_t length;

	if (value.n > 0)
		why = why_bad(c->source->names[column], value);
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

static void
work(struct chunk *c, void *context)
{
	const struct join *all = context;
	struct buf plain = {0};
	struct record r;
	size_t i, at;

	while (chunk_next(c, &r)) {
		struct slice id = record_field(&r, all->id);

		at = c->bytes.n;
		if (id.n == 0) {
			chunk_bad(c, &r, all->id, "missing");
			continue;
		}
		buf_add(&c->bytes, (struct slice){(const char *)&r.line,
			sizeof r.line});
		buf_clear(&plain);
		if (!r.backslash) {
			stage(&c->bytes, id);
		} else if (text_unescape(&plain, id)) {
			stage(&c->bytes, buf_slice(&plain));
		} else {
			chunk_bad(c, &r, all->id,
				"a backslash that begins no escape");
			c->bytes.n = at;
			continue;
		}
		for (i = 0; i < all->count; i++) {
			if (!stage_column(c, &r, all->columns[i], &plain)) {
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

/* Puts in what was staged, in the order of the input: so the second of two is
 * always the same one. */
static void
turn(struct chunk *c, void *context)
{
	struct join *all = context;
	const char *p = c->bytes.p, *end = p + c->bytes.n;
	uint32_t line, index, number;
	uint32_t *numbers;
	struct slice id, value;
	bool is_new;
	size_t i;

	while (p < end) {
		memcpy(&line, p, sizeof line);
		p += sizeof line;
		id = unstage(&p);
		index = hash_put(all->index, id, hash_code(id), &is_new);
		numbers = hash_payload(all->index, index);
		if (!is_new)
			msg_bad(&c->bad, line, "customer_id", id,
				"comes twice");
		for (i = 0; i < all->count; i++) {
			value = unstage(&p);
			if (!is_new)
				continue;
			number = hash_put(all->values[i], value,
				hash_code(value), NULL);
			memcpy(numbers + i, &number, sizeof number);
		}
	}
	buf_clear(&c->bytes);
}

struct join *
join_load(const struct record_source *source, const bool *used,
	unsigned jobs, bool checked, bool progress)
{
	struct join *c = mem_zero(1, sizeof *c);
	struct chunk_job job = {
		.source = source,
		.jobs = jobs,
		.work = work,
		.turn = turn,
		.context = c,
		.checked = checked,
		.progress = progress,
	};
	size_t i;

	c->source = source;
	c->id = record_need(source, "customer_id");
	c->columns = mem_alloc(source->columns + 1, sizeof *c->columns);
	c->values = mem_alloc(source->columns + 1, sizeof(struct hash *));
	for (i = 0; i < source->columns; i++) {
		if (used == NULL || !used[i])
			continue;
		c->values[c->count] = hash_open(0);
		c->columns[c->count++] = i;
	}
	c->index = hash_open(c->count * sizeof(uint32_t));
	chunk_run(&job);
	return c;
}

void
join_close(struct join *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->count; i++)
		hash_close(c->values[i]);
	hash_close(c->index);
	free(c->values);
	free(c->columns);
	free(c);
}

bool
join_find(const struct join *c, struct slice id, struct slice *cells)
{
	uint32_t index = hash_find(c->index, id, hash_code(id)), number;
	const uint32_t *numbers;
	size_t i;

	if (index == HASH_NONE)
		return false;
	numbers = hash_payload(c->index, index);
	for (i = 0; i < c->count; i++) {
		memcpy(&number, numbers + i, sizeof number);
		cells[c->columns[i]] = hash_key(c->values[i], number);
	}
	return true;
}

size_t
join_count(const struct join *c)
{
	return hash_count(c->index);
}

static struct hash *
values_of(const struct join *c, size_t column)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->columns[i] == column)
			return c->values[i];
	return NULL;
}

size_t
join_values(const struct join *c, size_t column)
{
	return hash_count(values_of(c, column));
}

struct slice
join_value(const struct join *c, size_t column, size_t i)
{
	return hash_key(values_of(c, column), (uint32_t)i);
}
