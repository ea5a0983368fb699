#include "sniff.h"

#include <stdint.h>

#include "text.h"

enum {
	LOOKED_AT = 100, /* rows, for the delimiter */
	HIGHEST = 30,    /* rows above which the header stands */
	MOST_FIELDS = 1024,
};

/* How many rows have the commonest number of fields above one, in thousandths
 * of all that are not empty; *fields gets the number. */
static size_t
agreement(const struct csv_batch *b, size_t *fields)
{
	static const size_t none;
	size_t counts[MOST_FIELDS] = {0}, rows = 0, best = none;

	for (size_t i = 0; i < b->row_count && rows < LOOKED_AT; i++) {
		uint32_t n = b->rows[i].fields;

		if (n == 1 && csv_raw(b, &b->fields[b->rows[i].first]).n == 0)
			continue;
		counts[n < MOST_FIELDS ? n : MOST_FIELDS - 1]++;
		rows++;
	}
	for (size_t n = 2; n < MOST_FIELDS; n++)
		if (counts[n] > counts[best])
			best = n;
	*fields = best;
	return best ? counts[best] * 1000 / rows : 0;
}

struct csv_form
sniff_form(struct slice sample, bool whole, bool quote)
{
	static const char delimiters[] = ",;\t|";
	struct csv_form best = {',', true};
	size_t best_rows = 0, best_fields = 0;
	struct csv_batch batch = {0};

	for (const char *d = delimiters; *d; d++) {
		struct csv_form form = {*d, *d != '\t' || quote};
		size_t fields, rows;

		csv_split(form, sample, whole, &batch);
		rows = agreement(&batch, &fields);
		if (rows > best_rows ||
			(rows == best_rows && fields > best_fields)) {
			best = form;
			best_rows = rows;
			best_fields = fields;
		}
	}
	csv_batch_free(&batch);
	return best;
}

/* It begins like a figure, as no header does. */
static bool
is_figure(struct slice s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++)
		digits += s.p[i] >= '0' && s.p[i] <= '9';
	return s.n > 0 && 2 * digits >= s.n;
}

struct looks {
	size_t filled, known, figures;
};

static struct looks
look_at(const struct columns *columns, const struct csv_batch *b,
	const struct csv_row *row)
{
	struct looks looks = {0, 0, 0};

	for (uint32_t i = 0; i < row->fields; i++) {
		struct slice s = text_trim(csv_raw(b, &b->fields[row->first + i]));

		looks.filled += s.n > 0;
		looks.figures += is_figure(s);
		looks.known += s.n > 0 && columns_known(columns, s);
	}
	return looks;
}

size_t
sniff_header(const struct columns *columns, const struct csv_batch *b)
{
	size_t one = SIZE_MAX, wide = SIZE_MAX, first = SIZE_MAX;

	for (size_t i = 0; i < b->row_count && i < HIGHEST; i++) {
		struct looks is = look_at(columns, b, &b->rows[i]);

		if (is.figures == 0 && is.known >= 2)
			return i;
		if (one == SIZE_MAX && is.figures == 0 && is.known == 1 &&
			(is.filled > 1 || b->rows[i].fields == 1))
			one = i;
		if (wide == SIZE_MAX && is.filled >= 2)
			wide = i;
		if (first == SIZE_MAX && is.filled >= 1)
			first = i;
	}
	return one != SIZE_MAX ? one : wide != SIZE_MAX ? wide : first;
}
