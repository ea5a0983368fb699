#include "run.h"

#include <stdlib.h>

#include "calendar.h"
#include "card.h"
#include "date.h"
#include "msg.h"
#include "result.h"
#include "run_state.h"
#include "store.h"
#include "words.h"
#include "write.h"

static void
choose(struct run_state *run, const struct definitions *d)
{
	const struct run_options *o = run->options;
	size_t i;

	run->chosen = mem_alloc(o->name_count,
		sizeof(const struct definition *));
	run->place = mem_alloc(o->name_count, sizeof *run->place);
	for (i = 0; i < o->name_count; i++) {
		run->chosen[i] = definition_find(d, slice_of(o->names[i]));
		run->place[i] = run->counts[run_state_kind(run->chosen[i])]++;
	}
}

/* The results as tables, in the language and as open as was asked for. */
static struct table *
make_tables(const struct run_state *run)
{
	const struct run_options *o = run->options;
	enum table_lang lang = words_language(o->lang);
	struct table *tables = mem_alloc(o->name_count, sizeof *tables);
	struct words *words = words_open();
	const struct result_style style = {o->explain, words, lang};
	struct result result;
	size_t i;

	for (i = 0; i < o->name_count; i++) {
		result_open(&result, &run->groups[run_state_kind(run->chosen[i])]
			[run->place[i]]);
		result_table(&result, &style, &tables[i]);
		result_close(&result);
		words_apply(words, lang,
			definition_is_built_in(run->chosen[i]), &tables[i]);
		if (o->mask)
			table_mask(&tables[i]);
	}
	words_close(words);
	return tables;
}

static void
write_tables(const struct run_state *run, struct out *out)
{
	size_t count = run->options->name_count, i;
	struct table *tables = make_tables(run);

	write_results(run->options, run->as_of, tables, count, out);
	for (i = 0; i < count; i++)
		table_free(&tables[i]);
	free(tables);
}

/* ---- parts ---- */

/* Whether a figure needs what only all parts together have, or a file that is
 * not given yet. */
static bool
keeps_tickets(const struct run_state *run)
{
	const struct run_options *o = run->options;

	return run->counts[RUN_CUSTOMERS] > 0 ||
		run_state_asks(run, RUN_TICKETS, subject_buys) ||
		(!o->customers && run_state_refers(run, "customer")) ||
		(!o->serials && run_state_refers(run, "serial"));
}

static void
plan_parts(struct run_state *run)
{
	const struct run_options *o = run->options;

	run->part = (struct partial_job){
		.definition = run->chosen[0],
		.period = &run->period,
		.as_of = run->as_of,
		.since = o->since,
		.until = o->until,
		.calendar = o->calendar,
		.keeps = keeps_tickets(run),
	};
	if (o->merge)
		run->merged = partial_open(&run->part, o->tickets,
			o->ticket_count);
}

static void
write_part(struct run_state *run, struct out *out)
{
	const struct run_options *o = run->options;

	if (run->part.keeps) {
		run->sources.tickets = record_open(o->tickets, o->ticket_count,
			o->common.columns, 0);
		partial_write_tickets(&run->part, run->sources.tickets,
			o->common.jobs, out);
		return;
	}
	run_state_open(run);
	run_state_compile(run);
	run_state_fold(run);
	partial_write_groups(&run->part, &run->sources, run->groups[RUN_TICKETS],
		out);
}

static void
merge_parts(struct run_state *run)
{
	struct groups *groups = mem_zero(1, sizeof *groups);

	groups_open(groups, run->reports[RUN_TICKETS]);
	partial_load(run->merged, groups);
	run->groups[RUN_TICKETS] = groups;
}

static void
write_whole(struct run_state *run, struct out *out)
{
	run_state_open(run);
	run_state_compile(run);
	if (run->merged && !partial_keeps(run->merged))
		merge_parts(run);
	else
		run_state_fold(run);
	write_tables(run, out);
}

static struct expr_value
year_of(bool given, int64_t t)
{
	struct date_civil c;

	date_split(given ? t : 0, &c);
	return (struct expr_value){.type = EXPR_NUMBER, .missing = !given,
		.i = c.year * NUM_ONE};
}

static void
set_constants(struct run_state *run)
{
	const char *target = run->options->target;
	struct expr_value *year_target = &run->constants[REPORT_YEAR_TARGET];
	enum num_status status = NUM_OK;

	*year_target = (struct expr_value){.type = EXPR_NUMBER,
		.missing = target == NULL};
	if (target)
		status = num_read(slice_of(target), &year_target->i);
	if (status != NUM_OK)
		msg_usage("--target: %s: %s", num_why(status), target);
	run->constants[REPORT_SINCE_YEAR] = year_of(run->period.since,
		run->period.from);
	run->constants[REPORT_UNTIL_YEAR] = year_of(run->period.until,
		run->period.named);
}

static bool
asks_for_card(const struct run_options *o, const struct definitions *d)
{
	size_t i;

	for (i = 0; i < o->name_count; i++) {
		if (!card_is(definition_find(d, slice_of(o->names[i]))))
			continue;
		if (o->name_count > 1 || o->partial || o->merge ||
			o->format == RUN_SVG)
			msg_usage("card stands alone, and is no picture");
		if (o->id == NULL || *o->id == '\0')
			msg_usage("card needs --id=ID");
		return true;
	}
	return false;
}

static void
write_card(const struct run_state *run, const struct definitions *d)
{
	const struct run_options *o = run->options;
	enum table_lang lang = words_language(o->lang);
	struct store *store = store_open(o->common.output);
	struct words *words = words_open();
	struct table tables[CARD_TABLES];
	size_t count, i;

	count = card_make(o, definition_find(d, slice_of(o->names[0])),
		&run->period, tables);
	for (i = 0; i < count; i++)
		words_apply(words, lang, true, &tables[i]);
	if (o->format != RUN_TSV && o->format != RUN_JSON)
		words_fields(words, &tables[0]);
	write_results(o, run->as_of, tables, count, store_out(store));
	for (i = 0; i < count; i++)
		table_free(&tables[i]);
	words_close(words);
	store_commit(store);
}

void
run_reports(const struct run_options *given, const struct definitions *d)
{
	struct run_options told = *given;
	const struct run_options *o = &told;
	struct run_state run = {.options = o};
	char since[PERIOD_DAY], until[PERIOD_DAY];
	struct store *store;
	const char *from, *wrong;

	if (!date_as_of(o->common.as_of, &run.as_of, &from, &wrong))
		msg_usage("%s: not a time: %s", from, wrong);
	told.since = period_day(given->since, run.as_of, since);
	told.until = period_day(given->until, run.as_of, until);
	period_open(&run.period, o->since, o->until, run.as_of);
	set_constants(&run);
	if (asks_for_card(o, d)) {
		write_card(&run, d);
		return;
	}
	choose(&run, d);
	run.calendar = calendar_open(o->calendar);
	if (o->partial || o->merge)
		plan_parts(&run);
	store = store_open(o->common.output);
	if (o->partial)
		write_part(&run, store_out(store));
	else
		write_whole(&run, store_out(store));
	store_commit(store);
	run_state_close(&run);
}
