#include "chart_part.h"

#include <math.h>

double
chart_round_step(double least)
{
	double power = pow(10, floor(log10(least)));
	double part = least / power;

	if (part <= 1.0001)
		return power;
	if (part <= 2.0001)
		return 2 * power;
	return part <= 5.0001 ? 5 * power : 10 * power;
}

struct chart_scale
chart_scale_open(double least, double most, size_t ticks, double finest)
{
	struct chart_scale s;

	if (!(most > least))
		most = least + 1;
	s.step = fmax(chart_round_step((most - least) / (double)ticks), finest);
	s.least = floor(least / s.step + 1e-9) * s.step;
	s.most = ceil(most / s.step - 1e-9) * s.step;
	s.from = 0;
	s.to = 1;
	return s;
}

double
chart_scale_at(const struct chart_scale *s, double value)
{
	return s->from + (value - s->least) / (s->most - s->least) *
		(s->to - s->from);
}
