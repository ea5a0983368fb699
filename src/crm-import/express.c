#include "express_part.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* Bytes beyond a field that copying may touch. */
enum { SPARE = 32 };
_Static_assert((int)SPARE <= (int)CSV_PAD, "they are there to be read");

/* What the first and the last byte of a cell say. */
enum {
	BEGINS = 1, /* nothing that comes off: no blank, no =, no part of one */
	ENDS = 2,
	NAMES = 4,  /* it begins neither a number nor a word for nothing */
	COUNTS = 8, /* a number may begin so */
	LETTER = 16, /* or figure: it is not empty, and begins no quotes */
};

#define NONE 0
#define TEXT (BEGINS | ENDS)
#define PLAIN (TEXT | LETTER)
#define NAME (PLAIN | NAMES)
#define FIGURE (PLAIN | COUNTS)
#define FOUR(x) x, x, x, x
#define SIXTEEN(x) FOUR(x), FOUR(x), FOUR(x), FOUR(x)

static const unsigned char bytes[256] = {
	SIXTEEN(NONE), SIXTEEN(NONE),
	NONE, TEXT, TEXT, TEXT, FOUR(TEXT), FOUR(TEXT), FOUR(TEXT),
	PLAIN, FIGURE, FIGURE, FIGURE, FOUR(FIGURE), /* 0 to 7 */
	FIGURE, FIGURE, TEXT, TEXT, TEXT, ENDS, TEXT, TEXT, /* 8 to ? */
	TEXT, NAME, NAME, NAME, FOUR(NAME), /* @ to G */
	FOUR(NAME), NAME, NAME, PLAIN, NAME, /* H to O, of which N */
	FOUR(NAME), FOUR(NAME), NAME, NAME, NAME, TEXT, FOUR(TEXT),
	TEXT, NAME, NAME, NAME, FOUR(NAME),
	FOUR(NAME), NAME, NAME, PLAIN, NAME,
	FOUR(NAME), FOUR(NAME), NAME, NAME, NAME, TEXT, FOUR(TEXT),
	/* 80, A0: the last of blanks; C2, E3: the first of some */
	BEGINS, TEXT, TEXT, TEXT, FOUR(TEXT), FOUR(TEXT), FOUR(TEXT),
	SIXTEEN(TEXT),
	BEGINS, TEXT, TEXT, TEXT, FOUR(TEXT), FOUR(TEXT), FOUR(TEXT),
	SIXTEEN(TEXT),
	TEXT, TEXT, ENDS, TEXT, FOUR(TEXT), FOUR(TEXT), FOUR(TEXT),
	SIXTEEN(TEXT),
	TEXT, TEXT, TEXT, ENDS, FOUR(TEXT), FOUR(TEXT), FOUR(TEXT),
	SIXTEEN(TEXT),
};

static const uint64_t ones = UINT64_C(0x0101010101010101);

/* Is no text that a spreadsheet wrapped, or a number with an exponent, and has
 * no blanks around it. */
static inline bool
stays(const char *p, size_t n)
{
	return (bytes[(unsigned char)p[0]] & BEGINS) &&
		(bytes[(unsigned char)p[n - 1]] & ENDS) &&
		(n <= 3 || p[n - 3] != '+');
}

/* Begins so that it is no word for nothing, and is no number with an exponent
 * either. */
static inline bool
stays_number(const char *p, size_t n)
{
	unsigned char first = bytes[(unsigned char)p[0]];

	return (first & NAMES) || ((first & COUNTS) && !memchr(p, '+', n));
}

/* No backslash and no control character. */
static bool
needs_no_escape(const char *p, size_t n)
{
	uint64_t slash, found = 0;

	for (size_t i = 0; i < n; i += 8) {
		uint64_t w = word_load(p + i), some;

		slash = w ^ (ones * '\\');
		some = ((w - ones * 0x20) & ~w) | ((slash - ones) & ~slash);
		found |= express_first(some, n - i);
	}
	return (found & (ones * 0x80)) == 0;
}

/* Eight bytes as digits: the high bit of those that are none. */
static inline uint64_t
no_digits(uint64_t word)
{
	uint64_t value = word ^ (ones * '0');

	return ((value & ones * 0x7F) + ones * 0x76) | value;
}

static inline bool
all_digits(const char *p, size_t n)
{
	return n <= 8 &&
		(express_first(no_digits(word_load(p)), n) & (ones * 0x80)) == 0;
}

/* 0.50, 5870.98 */
static inline bool
is_money(const char *p, size_t n)
{
	return n >= 4 && p[n - 3] == '.' && (p[0] != '0' || n == 4) &&
		all_digits(p, n - 3) && all_digits(p + n - 2, 2);
}

static inline bool
is_whole(const char *p, size_t n)
{
	return (p[0] != '0' || n == 1) && all_digits(p, n);
}

static inline char *
copy(char *to, const char *p, size_t n)
{
	memcpy(to, p, 16);
	if (n > 16) {
		memcpy(to + 16, p + 16, 16);
		for (size_t i = 32; i < n; i += SPARE)
			memcpy(to + i, p + i, SPARE);
	}
	return to + n;
}

/* 2026-01-05 and 2026-01-05T08:30:00, or with a blank, that are times. */
static inline char *
copy_time(char *to, const char *p, size_t n)
{
	memcpy(to, p, 16);
	memcpy(to + 16, p + 16, 8);
	if (n == 19)
		to[10] = 'T';
	return to + n;
}

static inline char *
copy_word(char *to, struct express_word *words, const char *p, size_t n)
{
	const struct express_word *word;
	uint64_t key[2] = {word_load(p), 0};

	/* most are this short; the second word of such a one is 0 */
	if (n <= 8) {
		key[0] &= ~UINT64_C(0) >> (64 - 8 * n);
		word = express_place(words, (uint64_t[]){key[0], 0});
		if (word->n != n || word->written[0] != key[0])
			return NULL;
	} else {
		if (n > EXPRESS_WORD)
			return NULL;
		key[1] = express_first(word_load(p + 8), n - 8);
		word = express_place(words, key);
		if (word->n != n || word->written[0] != key[0] ||
			word->written[1] != key[1])
			return NULL;
	}
	memcpy(to, word->clean, EXPRESS_WORD);
	return to + word->to;
}

/* Where a row is written to. */
struct writing {
	const char *fields; /* of the row: struct csv_field */
	const char *text, *lines;
	char *to;
	uint32_t *starts;
	size_t odd; /* as csv_odd says: fields before it need no escape */
};

/* Behind the field at `to`, or null. It calls nothing: else the loop around it
 * would keep what it needs in memory. */
static inline __attribute__((always_inline)) char *
put_quickly(char *to, const struct express_column *c, const char *p, size_t n,
	bool plain)
{
	int64_t time;

	switch ((enum way)c->way) {
	case WAY_NUMBERS:
		if (!(bytes[(unsigned char)p[0]] & NAMES))
			return NULL;
		/* fall through */
	case WAY_TEXT:
		return plain && stays(p, n) ? copy(to, p, n) : NULL;
	case WAY_WORD:
		return copy_word(to, c->words, p, n);
	case WAY_TIME:
		return n == DATE_WRITTEN && date_days_known(c->days, p, &time)
			? copy_time(to, p, DATE_WRITTEN) : NULL;
	case WAY_MONEY:
		return is_money(p, n) ? copy(to, p, n) : NULL;
	case WAY_WHOLE:
		return is_whole(p, n) ? copy(to, p, n) : NULL;
	case WAY_NONE:
		return to;
	case WAY_LONG:
	case WAY_SET:
		return NULL;
	}
	__builtin_unreachable();
}

static inline const struct csv_field *
field_of(const struct writing *w, const struct express_column *c)
{
	return (const void *)(w->fields + c->place);
}

static inline void
end_cell(struct writing *w, char *behind)
{
	*w->starts++ = (uint32_t)(w->to - w->lines);
	*behind = '\t';
	w->to = behind + 1;
}

/* The first cell from c on that is not written quickly, or end. */
static inline __attribute__((always_inline)) const struct express_column *
put_cells(struct writing *w, const struct express_column *c,
	const struct express_column *end)
{
	for (; c < end; c++) {
		const struct csv_field *f = field_of(w, c);
		uint32_t n = f->to - f->from;
		char *behind = w->to;

		if (n > 0) {
			if (f->flags & ~(uint32_t)CSV_QUOTED)
				break;
			behind = put_quickly(w->to, c, w->text + f->from, n,
				f->to < w->odd);
			if (!behind)
				break;
		} else if (c->way == WAY_SET) {
			break;
		}
		end_cell(w, behind);
	}
	return c;
}

/* What takes longer, but no change; false where there is more to do. */
static bool
put_slowly(struct writing *w, const struct express_column *c)
{
	const struct csv_field *f = field_of(w, c);
	const char *p = w->text + f->from;
	size_t n = f->to - f->from;
	int64_t time;

	if (n == 0 || (f->flags & ~(uint32_t)CSV_QUOTED))
		return false;
	if (c->way == WAY_TEXT || c->way == WAY_NUMBERS) {
		if ((c->way == WAY_NUMBERS && !stays_number(p, n)) ||
			!stays(p, n) || (f->to >= w->odd && !needs_no_escape(p, n)))
			return false;
		end_cell(w, copy(w->to, p, n));
		return true;
	}
	if (c->way != WAY_TIME || (n != DATE_WRITTEN_DAY &&
		(n != DATE_WRITTEN || p[16] != ':')) || p[4] != '-' ||
		date_days_read(c->days, (struct slice){p, n}, &time) != DATE_OK)
		return false;
	end_cell(w, copy_time(w->to, p, n));
	return true;
}

/* A bound of what the rows from one on come to, of so many bytes. */
static inline size_t
room_for(size_t rows, size_t columns, size_t text)
{
	return text + rows * columns * (EXPRESS_WORD + 1) + SPARE;
}

static void
reserve_starts(struct clean_batch *r, size_t n)
{
	if (r->start_room - r->start_count >= n)
		return;
	r->start_room = 2 * r->start_room + n + 8192;
	r->starts = mem_resize(r->starts, r->start_room, sizeof *r->starts);
}

/* There is room for rows of so many bytes. */
static inline struct writing
begin_writing(const struct csv_batch *batch, struct clean_batch *result,
	size_t rows, size_t columns, size_t text)
{
	char *to = buf_reserve(&result->lines, room_for(rows, columns, text));

	reserve_starts(result, rows * (columns + 1));
	return (struct writing){.text = batch->text.p, .to = to,
		.lines = result->lines.p,
		.starts = result->starts + result->start_count};
}

static inline void
end_writing(const struct writing *w, struct clean_batch *result)
{
	result->lines.n = (size_t)(w->to - w->lines);
	result->start_count = (size_t)(w->starts - result->starts);
}

/* Complete, not empty, and not the header. */
static inline bool
is_usual(const struct express_job *job, const struct csv_row *row,
	const struct csv_field *first, const char *text)
{
	char c = text[first->from];

	return row->fields == job->fields && !row->unclosed &&
		first->to > first->from && c != job->title &&
		(bytes[(unsigned char)c] & LETTER);
}

size_t
express_rows(const struct express_job *job, const struct csv_batch *batch,
	size_t i, struct clean_batch *result, size_t *cell)
{
	const struct express_column *columns = job->columns, *c = columns;
	const struct express_column *end = columns + job->count;
	const size_t rows = batch->row_count;
	struct writing w = begin_writing(batch, result, rows - i, job->count,
		batch->text.n);
	size_t odd = result->odd;

	for (; i < rows; i++) {
		const struct csv_row *row = &batch->rows[i];
		const struct csv_field *first = batch->fields + row->first;

		c = columns;
		if (!is_usual(job, row, first, w.text))
			break;
		result->rows[i] = (struct clean_row){.fate = CLEAN_GOOD,
			.problem = CLEAN_NONE,
			.starts = (size_t)(w.starts - result->starts)};
		w.fields = (const void *)first;
		w.odd = odd = csv_odd(batch, row, odd);
		c = put_cells(&w, columns, end);
		if (c < end)
			break;
		*w.starts++ = (uint32_t)(w.to - w.lines);
		w.to[-1] = '\n';
	}
	result->odd = odd;
	end_writing(&w, result);
	*cell = (size_t)(c - columns);
	return i;
}

size_t
express_row(const struct express_column *columns, size_t n, size_t i,
	const struct csv_batch *batch, const struct csv_row *row,
	struct clean_batch *result)
{
	const struct express_column *c = columns + i, *end = columns + n;
	const struct csv_field *fields = batch->fields + row->first;
	struct writing w = begin_writing(batch, result, 1, n,
		fields[row->fields - 1].to - fields[0].from);

	w.fields = (const void *)fields;
	w.odd = result->odd = csv_odd(batch, row, result->odd);
	while ((c = put_cells(&w, c, end)) < end && put_slowly(&w, c))
		c++;
	end_writing(&w, result);
	return (size_t)(c - columns);
}
