#include "chart_part.h"

#include <math.h>

static void
add_list(struct buf *b, const struct chart *c)
{
	size_t k;

	for (k = 0; k < c->data.series_count; k++) {
		if (k > 0)
			buf_text(b, c->lang == TABLE_ZH ? "、" : ", ");
		buf_add(b, c->data.series[k].name);
	}
}

/* Where the largest value is, or with sign -1 the smallest. */
static bool
find_extreme(const struct chart_data *d, double sign, size_t *category,
	size_t *series)
{
	bool found = false;
	double best = 0;
	size_t i, k;

	for (k = 0; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++) {
			double value = d->series[k].values[i] * sign;

			if (isnan(value) || (found && value <= best))
				continue;
			found = true;
			best = value;
			*category = i;
			*series = k;
		}
	}
	return found;
}

static void
add_extreme(struct buf *b, struct chart *c, double sign)
{
	size_t category, series;

	if (!find_extreme(&c->data, sign, &category, &series))
		return;
	buf_text(b, c->lang == TABLE_ZH ? "；" : "; ");
	buf_text(b, phrase_of(c->lang, sign > 0 ? PHRASE_LARGEST :
		PHRASE_SMALLEST));
	buf_text(b, " ");
	buf_add(b, chart_title(c, category, series));
}

void
chart_describe(struct buf *b, struct chart *c, enum phrase kind)
{
	buf_text(b, phrase_of(c->lang, kind));
	if (c->data.count == 0)
		return;
	buf_text(b, c->lang == TABLE_ZH ? "：" : ": ");
	add_list(b, c);
	if (c->data.count > 1)
		buf_printf(b, c->lang == TABLE_ZH ? "，共 %zu 项" :
			", %zu of them", c->data.count);
	add_extreme(b, c, 1);
	if (c->data.count > 1)
		add_extreme(b, c, -1);
}
