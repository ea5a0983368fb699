#include "score.h"

#include "fold.h"
#include "groups.h"
#include "msg.h"
#include "state.h"

static void
summarise(const struct options *o, const struct tally *t,
	const struct purchases_count *count)
{
	if (o->common.quiet)
		return;
	if (o->merge)
		msg_summary("%zu records of partials put together",
			tally_count(t));
	else
		msg_summary("%zu records from %llu tickets, %llu cancelled, "
			"%llu after as-of", tally_count(t),
			(unsigned long long)count->tickets,
			(unsigned long long)count->cancelled,
			(unsigned long long)count->later);
}

void
score_partial(const struct options *o, struct out *out)
{
	const struct figures_shape shape = figures_shape(o);
	struct setting_row row = {.of = o->by ? EXPR_OF_GROUP
		: EXPR_OF_CUSTOMER};
	struct purchases_count count = {0};
	struct tally_what what;
	struct setting s;
	struct tally *t;
	char run[STATE_RUN];

	setting_open(&s, o);
	row.given_count = o->by ? groups_givens(o, s.givens)
		: figures_givens(&shape, s.givens);
	setting_card(&s, &row);
	what = setting_what(&s, fold_key(&s), o->by != NULL);
	fold_name(&s, &what, run);
	t = fold_run(&s, &what, &count);
	if (!o->merge)
		purchases_tell(s.tickets, &count);
	state_write(t, &what, run, !o->common.no_header, out);
	summarise(o, t, &count);
	tally_close(t);
	setting_close(&s);
}
