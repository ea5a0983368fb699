#include "result_step.h"

#include <stdio.h>
#include <stdlib.h>

#include "msg.h"
#include "num.h"

#define STEPS_MOST 100000 /* from the first value to the last */

/* A value of a key as a number that counts: whole numbers, or the months of
 * texts like 2026-11. */
static bool
count_of(enum expr_type type, struct slice field, int64_t *count)
{
	int64_t year, month;

	if (type == EXPR_NUMBER) {
		if (num_read(field, count) != NUM_OK || *count % NUM_ONE != 0)
			return false;
		*count /= NUM_ONE;
		return true;
	}
	if (field.n != 7 || field.p[4] != '-' ||
		num_read((struct slice){field.p, 4}, &year) != NUM_OK ||
		num_read((struct slice){field.p + 5, 2}, &month) != NUM_OK)
		return false;
	*count = year / NUM_ONE * 12 + month / NUM_ONE - 1;
	return true;
}

static void
write_count(struct buf *b, enum expr_type type, int64_t count)
{
	if (type == EXPR_NUMBER)
		buf_printf(b, "%lld", (long long)count);
	else
		buf_printf(b, "%04lld-%02lld", (long long)count / 12,
			(long long)count % 12 + 1);
}

/* The rows that share all other keys. */
struct line {
	int64_t least; /* of theirs */
	size_t row;    /* one of them */
};

struct filling {
	struct result *r;
	size_t key;
	enum expr_type type;
	struct hash *lines; /* keys without this one -> line */
	struct hash *rows;  /* the keys that there are */
	int64_t most;
	bool any;
	struct buf name;
};

/* The key with another value, or nothing, in the place of this one. */
static struct slice
with(struct filling *f, struct slice key, struct slice value)
{
	size_t n = report_rows_by(f->r->groups->report), i;

	buf_clear(&f->name);
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&f->name, '\t');
		buf_add(&f->name, i == f->key ? value : result_part(key, i));
	}
	return buf_slice(&f->name);
}

static void
note_row(struct filling *f, size_t row)
{
	struct slice key = f->r->rows[row].key, name;
	struct line *line;
	int64_t count;
	bool is_new;
	uint32_t index;

	hash_put(f->rows, key, hash_code(key), NULL);
	if (!count_of(f->type, result_part(key, f->key), &count))
		return;
	name = with(f, key, (struct slice){"", 0});
	index = hash_put(f->lines, name, hash_code(name), &is_new);
	line = hash_payload(f->lines, index);
	if (is_new || count < line->least)
		line->least = count;
	if (is_new)
		line->row = row;
	if (!f->any || count > f->most)
		f->most = count;
	f->any = true;
}

static _Noreturn void
too_many(const struct report_key *key)
{
	msg_die("every %.*s: more than %d values from the first to the last",
		(int)key->name.n, key->name.p, STEPS_MOST);
}

static void
fill_line(struct filling *f, const struct line *line)
{
	const struct report_key *key =
		&f->r->groups->report->keys[f->key];
	int64_t count = key->bounded ? key->least / NUM_ONE : line->least;
	int64_t most = key->bounded ? key->most / NUM_ONE : f->most;
	struct slice row = f->r->rows[line->row].key, name;
	struct buf value = {0};

	if (most - count > STEPS_MOST)
		too_many(key);
	for (; count <= most; count++) {
		buf_clear(&value);
		write_count(&value, f->type, count);
		name = with(f, row, buf_slice(&value));
		if (hash_find(f->rows, name, hash_code(name)) == HASH_NONE)
			result_add_row(f->r, mem_pool_copy(&f->r->pool, name));
	}
	buf_free(&value);
}

static void
fill(struct result *r, size_t key)
{
	const struct report *report = r->groups->report;
	struct filling f = {.r = r, .key = key,
		.type = expr_type(report->keys[key].e)};
	size_t n = r->row_count, i;

	f.lines = hash_open(sizeof(struct line));
	f.rows = hash_open(0);
	/* bounds hold even where there is no record at all */
	if (n == 0 && report->keys[key].bounded && report_rows_by(report) == 1) {
		buf_clear(&f.name);
		write_count(&f.name, f.type, report->keys[key].least / NUM_ONE);
		result_add_row(r, mem_pool_copy(&r->pool, buf_slice(&f.name)));
		n = 1;
	}
	for (i = 0; i < n; i++)
		note_row(&f, i);
	for (i = 0; i < hash_count(f.lines); i++)
		fill_line(&f, hash_payload(f.lines, (uint32_t)i));
	hash_close(f.lines);
	hash_close(f.rows);
	buf_free(&f.name);
}

void
result_fill_sides(const struct result *r, struct hash *found)
{
	const struct report *report = r->groups->report;
	const struct report_key *key = &report->keys[report->key_count - 1];
	enum expr_type type = expr_type(key->e);
	int64_t least = INT64_MAX, most = INT64_MIN, count;
	struct buf value = {0};
	size_t i;

	for (i = 0; i < hash_count(found); i++) {
		if (!count_of(type, hash_key(found, (uint32_t)i), &count))
			continue;
		least = count < least ? count : least;
		most = count > most ? count : most;
	}
	if (key->bounded) {
		least = key->least / NUM_ONE;
		most = key->most / NUM_ONE;
	}
	if (most > least && most - least > STEPS_MOST)
		too_many(key);
	for (count = least; count <= most; count++) {
		buf_clear(&value);
		write_count(&value, type, count);
		hash_put(found, buf_slice(&value), hash_code(buf_slice(&value)),
			NULL);
	}
	buf_free(&value);
}

void
result_fill(struct result *r)
{
	const struct report *report = r->groups->report;
	size_t i;

	for (i = 0; i < report_rows_by(report); i++) {
		if (report->keys[i].every)
			fill(r, i);
	}
}
