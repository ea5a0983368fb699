#include "base_part.h"

#include "base_lines.h"
#include "hash.h"
#include "ids.h"
#include "keys.h"
#include "merge.h"
#include "word.h"

enum { AHEAD = 64 }; /* rows that are asked for before they are looked at */

/* The match values of a row; false where it has none. */
static bool
read_values(struct base *b, const struct base_row *row)
{
	bool any = false;

	for (size_t i = 0; i < b->rules.key_count; i++) {
		b->values[i] = keys_value(&b->keys[i],
			base_row_field(row, b->rules.keys[i]),
			&b->scratch[i]);
		any |= b->values[i].n > 0;
	}
	return any;
}

static void
say_both(const struct base *b, uint32_t first, uint32_t second,
	struct buf *why)
{
	struct slice one = ids_get(&b->ids, first);
	struct slice other = ids_get(&b->ids, second);

	buf_printf(why, "means more than one: %.*s and %.*s",
		(int)one.n, one.p, (int)other.n, other.p);
}

/* The one record that holds the row's values. False where there are more. */
static bool
find_record(struct base *b, uint32_t *found, size_t *column, struct buf *why)
{
	*found = KEYS_NONE;
	for (size_t i = 0; i < b->rules.key_count; i++) {
		uint32_t at = b->values[i].n
			? keys_first(&b->keys[i], b->values[i]) : KEYS_NONE;

		for (; at != KEYS_NONE; at = keys_next(&b->keys[i], at)) {
			if (*found != KEYS_NONE && at != *found) {
				*column = b->rules.keys[i];
				say_both(b, *found, at, why);
				return false;
			}
			*found = at;
		}
	}
	return true;
}

static struct slice
first_value(const struct base *b)
{
	size_t i = 0;

	while (b->values[i].n == 0)
		i++;
	return b->values[i];
}

static enum base_fate
reject(struct buf *why, size_t *column, size_t about, const char *text)
{
	*column = about;
	buf_text(why, text);
	return BASE_REJECTED;
}

static uint64_t
code_of(const struct base_row *row, struct slice id)
{
	return row->code ? row->code : hash_code(id);
}

/* All fields of a row; valid until the next call. */
static const struct slice *
fields_of(struct base *b, const struct base_row *row)
{
	for (size_t i = 0; i < b->rules.layout->count; i++)
		b->fields[i] = base_row_field(row, i);
	return b->fields;
}

/* merge_allowed of a row that nothing is merged with. */
static bool
allowed(const struct base *b, const struct base_row *row, size_t *column,
	struct buf *why)
{
	const struct merge *m = &b->merge;

	return m->opened == SIZE_MAX || m->closed == SIZE_MAX ||
		merge_span_allowed(m, base_row_field(row, m->opened),
			base_row_field(row, m->closed), column, why);
}

/* place: where it is read again; or 0. */
static inline uint32_t
put_line(struct base *b, struct slice line, uint64_t place, bool kept)
{
	if (place)
		return base_lines_add_place(&b->lines, place);
	if (!kept)
		line = base_lines_keep(&b->lines, line);
	return base_lines_add(&b->lines, line);
}

static uint32_t
add_line(struct base *b, const struct base_row *row, struct slice line)
{
	bool made = line.p != row->line.p;

	return put_line(b, line, made ? 0 : row->place, row->kept && !made);
}

/* The line of a record; valid until the next call. */
static struct slice
line_of(struct base *b, uint32_t record)
{
	struct slice line = base_lines_get(&b->lines, record);
	uint64_t place = base_lines_place(line);

	return place ? reread_line(b->rules.reread, place) : line;
}

static enum base_fate
create(struct base *b, const struct base_row *row, size_t *column,
	struct buf *why)
{
	struct slice id = base_row_field(row, b->rules.id), line = row->line;
	char made[KEYS_ID_SIZE];
	uint64_t code;
	uint32_t record;

	for (const size_t *c = row->required; *c != SIZE_MAX; c++)
		if (base_row_field(row, *c).n == 0)
			return reject(why, column, *c, "missing");
	if (!allowed(b, row, column, why))
		return BASE_REJECTED;
	if (id.n == 0) {
		keys_id(first_value(b), made);
		id = (struct slice){made, KEYS_ID_SIZE};
	}
	code = id.p == made ? hash_code(id) : code_of(row, id);
	if (id.p == made || base_says_none(b, row))
		line = base_line(b, fields_of(b, row), id);
	if (!ids_add(&b->ids, id, code)) {
		buf_printf(why, "%.*s is the id of another", (int)id.n, id.p);
		*column = b->rules.id;
		return BASE_REJECTED;
	}
	record = add_line(b, row, line);
	changes_trace_row(&b->changes, record, CHANGES_ALL, row->from);
	for (size_t i = 0; i < b->rules.key_count; i++)
		if (b->values[i].n > 0)
			keys_add(&b->keys[i], b->values[i], record);
	return BASE_CREATED;
}

/* The match values that changed find the record from now on. */
static void
move_keys(struct base *b, const struct slice *new, uint32_t record)
{
	struct buf *one = &b->scratch[0];

	for (size_t i = 0; i < b->rules.key_count; i++) {
		size_t c = b->rules.keys[i];
		struct slice key;

		if (slice_equal(b->old[c], new[c]))
			continue;
		key = keys_value(&b->keys[i], b->old[c], one);
		if (key.n > 0)
			keys_remove(&b->keys[i], key, record);
		key = keys_value(&b->keys[i], new[c], one);
		if (key.n > 0)
			keys_add(&b->keys[i], key, record);
	}
}

/* Which record it is, where the row's id does not say it. */
static enum base_fate
refuse_known(const struct base *b, uint32_t record, struct slice id,
	size_t *column, struct buf *why)
{
	struct slice known = ids_get(&b->ids, record);

	if (!slice_equal(id, known))
		buf_printf(why, "%.*s ", (int)known.n, known.p);
	return reject(why, column, b->rules.id, "is there already");
}

static enum base_fate
meet(struct base *b, uint32_t record, const struct base_row *row,
	size_t *column, struct buf *why)
{
	struct slice id = base_row_field(row, b->rules.id);
	const struct slice *merged;

	if (b->rules.on_match == BASE_SKIP)
		return BASE_UNCHANGED;
	if (b->rules.on_match == BASE_ERROR)
		return refuse_known(b, record, id, column, why);
	base_lines_raw(&b->lines, line_of(b, record), b->old);
	merged = merge_fields(&b->merge, b->old, fields_of(b, row));
	if (merged && !merge_allowed(&b->merge, merged, column, why))
		return BASE_REJECTED;
	if (id.n > 0 && !slice_equal(id, ids_get(&b->ids, record))) {
		struct slice stays = ids_get(&b->ids, record);

		buf_printf(why, "matches %.*s, whose id stays",
			(int)stays.n, stays.p);
		*column = b->rules.id;
	}
	if (!merged)
		return BASE_UNCHANGED;
	base_note(b, record, merged, row->from);
	move_keys(b, merged, record);
	base_lines_replace(&b->lines, record,
		base_lines_keep(&b->lines, merge_line(&b->merge)));
	return BASE_UPDATED;
}

/* A ticket of a customer whom nobody knows. */
static bool
is_orphan(const struct base *b, const struct base_row *row, size_t *column)
{
	struct slice customer;

	if (!b->rules.customers || b->merge.customer == SIZE_MAX)
		return false;
	*column = b->merge.customer;
	customer = base_row_field(row, *column);
	return customer.n > 0 && hash_find(b->rules.customers, customer,
		hash_code(customer)) == HASH_NONE;
}

/* A line that has been cleaned, and where its fields begin. */
struct cleaned {
	const char *lines;
	const uint32_t *starts;
};

static inline struct slice
field_of(const struct cleaned *line, size_t i)
{
	return (struct slice){line->lines + line->starts[i],
		line->starts[i + 1] - line->starts[i] - 1};
}

/* Times of day as most are; where they are not, closer looks are taken. */
static inline bool
surely_allowed(const struct base *b, const struct cleaned *line)
{
	enum { WHOLE = sizeof "2026-01-05T08:30:00" - 1 };
	const struct merge *m = &b->merge;
	struct slice opened, closed;

	if (m->opened == SIZE_MAX || m->closed == SIZE_MAX)
		return true;
	opened = field_of(line, m->opened);
	closed = field_of(line, m->closed);
	return opened.n == 0 || closed.n == 0 ||
		(opened.n == WHOLE && closed.n == WHOLE &&
		word_compare(closed.p, opened.p, WHOLE) >= 0);
}

static inline bool
is_surely_new(const struct base *b, const struct cleaned *line,
	const size_t *required)
{
	if (!ids_follows(&b->ids, field_of(line, b->rules.id)))
		return false;
	for (; *required != SIZE_MAX; required++)
		if (field_of(line, *required).n == 0)
			return false;
	return surely_allowed(b, line);
}

size_t
base_put_new(struct base *b, const struct base_rows *rows, size_t i)
{
	const struct clean_batch *all = rows->cleaned;
	const size_t n = b->rules.layout->count;
	struct cleaned line = {all->kept ? all->kept : all->lines.p, NULL};

	for (; b->plain && i < rows->rows->row_count; i++) {
		const struct clean_row *row = &all->rows[i];
		struct slice whole;
		uint64_t place = 0;

		/* what another thread has written lies in its cache */
		__builtin_prefetch(&row[AHEAD]);
		line.starts = all->starts + row->starts;
		if (row->fate != CLEAN_GOOD || row->problem != CLEAN_NONE ||
			!is_surely_new(b, &line, rows->required))
			break;
		ids_append(&b->ids, field_of(&line, b->rules.id));
		whole = (struct slice){line.lines + line.starts[0],
			line.starts[n] - line.starts[0] - 1};
		if (rows->rereads)
			place = reread_place(rows->source, rows->rows,
				&rows->rows->rows[i]);
		put_line(b, whole, place, all->kept != NULL);
	}
	return i;
}

enum base_fate
base_put(struct base *b, const struct base_row *row, size_t *column,
	struct buf *why)
{
	struct slice id = base_row_field(row, b->rules.id);
	uint32_t record = KEYS_NONE;
	bool any;

	*column = SIZE_MAX;
	if (is_orphan(b, row, column))
		return reject(why, column, *column, "no such customer");
	any = read_values(b, row);
	if (id.n > 0 && b->rules.id_decides)
		record = ids_find(&b->ids, id, code_of(row, id));
	else if (!any && id.n == 0)
		return reject(why, column, SIZE_MAX,
			"nothing to know it by: no id and no value to match");
	else if (!find_record(b, &record, column, why))
		return BASE_REJECTED;
	return record == KEYS_NONE ? create(b, row, column, why)
		: meet(b, record, row, column, why);
}
