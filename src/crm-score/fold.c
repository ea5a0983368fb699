#include "fold.h"

#include <stdio.h>

#include "state.h"

const char *
fold_key(const struct setting *s)
{
	const char *by = s->options->by;

	return by && record_find(s->tickets, slice_of(by)) != RECORD_NONE
		? by : "customer_id";
}

void
fold_name(const struct setting *s, const struct tally_what *what, char *run)
{
	const struct options *o = s->options;
	struct buf b = {0};

	/* what a tally does not hold, and that changes what is counted */
	buf_printf(&b, "%d\t%s", o->csi ? o->scale : 0, o->by ? o->by : "");
	state_run(what, buf_slice(&b), run);
	buf_free(&b);
}

static void
merge(const struct setting *s, const struct tally_what *what,
	struct tally *t)
{
	const struct options *o = s->options;
	char run[STATE_RUN];
	const struct state_job job = {.tally = t, .what = what, .run = run,
		.jobs = o->common.jobs, .progress = !o->common.quiet};

	fold_name(s, what, run);
	state_read(&job, s->tickets);
}

struct tally *
fold_run(const struct setting *s, const struct tally_what *what,
	struct purchases_count *count)
{
	const struct options *o = s->options;
	struct tally *t = tally_open(what, o->common.jobs);

	if (o->merge)
		merge(s, what, t);
	else
		tally_read(t, s->tickets, !o->common.quiet, count);
	tally_finish(t);
	for (size_t i = 0; o->merge && i < tally_count(t); i++) {
		const struct tally_entry *e = tally_entry(t, i);

		count->purchases += e->orders;
		count->returns += e->returns;
		count->tickets += e->tickets;
	}
	return t;
}
