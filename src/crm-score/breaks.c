#include "breaks.h"

#include <string.h>

#include "num.h"
#include "rules.h"

static const char *const names[RFM_MEASURES] = {
	[RFM_RECENCY] = "recency",
	[RFM_FREQUENCY] = "orders",
	[RFM_MONEY] = "spend",
};

/* Limits are kept as rfm.h says: recency negated, days and orders as they
 * are. */
static num_wide
unit_of(int measure)
{
	return measure == RFM_RECENCY ? -NUM_ONE
		: measure == RFM_FREQUENCY ? NUM_ONE : 1;
}

void
breaks_write(const struct rfm *rfm, struct out *out)
{
	struct buf b = {0};

	buf_text(&b, "column\tscore\tlimit\n");
	for (int m = 0; m < RFM_MEASURES; m++)
		for (int s = 0; s + 2 <= rfm->bins; s++) {
			char *to;

			/* who reaches both has the higher one */
			if (!rfm->has[m][s] || (s + 2 < rfm->bins &&
				rfm->has[m][s + 1] &&
				rfm->least[m][s] == rfm->least[m][s + 1]))
				continue;
			buf_printf(&b, "%s\t%d\t", names[m], s + 2);
			to = buf_reserve(&b, NUM_SIZE);
			b.n += m == RFM_MONEY
				? num_write_money(to, rfm->least[m][s])
				: num_write(to, rfm->least[m][s] * unit_of(m));
			buf_byte(&b, '\n');
		}
	out_write(out, buf_slice(&b));
	buf_free(&b);
}

static int
read_measure(const struct rules *r, size_t i, size_t column)
{
	int m = 0;

	while (m < RFM_MEASURES &&
		!slice_is(rules_cell(r, i, column), names[m]))
		m++;
	if (m == RFM_MEASURES)
		rules_die(r, i, column, "not recency, orders or spend");
	return m;
}

static int
read_score(const struct rules *r, size_t i, size_t column, int most)
{
	int64_t score;

	if (num_read(rules_cell(r, i, column), &score) != NUM_OK ||
		score % NUM_ONE || score < 2 * NUM_ONE)
		rules_die(r, i, column, "not a score from 2 on");
	if (score > most * NUM_ONE)
		rules_die(r, i, column, "a score beyond --bins");
	return (int)(score / NUM_ONE);
}

static num_wide
read_limit(const struct rules *r, size_t i, size_t column, int measure)
{
	num_wide limit;
	enum num_status status = num_read_wide(rules_cell(r, i, column),
		&limit);

	if (status != NUM_OK)
		rules_die(r, i, column, num_why(status));
	if (limit % unit_of(measure))
		rules_die(r, i, column, "not a whole number");
	return limit / unit_of(measure);
}

void
breaks_read(const char *path, struct rfm *rfm)
{
	struct rules *r = rules_open(path);
	size_t column = rules_need(r, "column"), score = rules_need(r, "score");
	size_t limit = rules_need(r, "limit");

	memset(rfm->has, 0, sizeof(rfm->has));
	for (size_t i = 0; i < r->count; i++) {
		int m = read_measure(r, i, column);
		int s = read_score(r, i, score, rfm->bins) - 2;

		if (rfm->has[m][s])
			rules_die(r, i, score, "this score has a limit already");
		rfm->has[m][s] = true;
		rfm->least[m][s] = read_limit(r, i, limit, m);
	}
	rfm->bins = RFM_MOST_BINS;
	rules_close(r);
}
