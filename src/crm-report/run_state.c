#include "run_state.h"

#include <stdlib.h>

#include "calendar.h"
#include "msg.h"

enum run_kind
run_state_kind(const struct definition *d)
{
	return report_of_customers(d) ? RUN_CUSTOMERS : RUN_TICKETS;
}

/* Where expressions over records stand. */
static const enum definition_field expressions[] = {
	DEFINITION_WHERE, DEFINITION_BY, DEFINITION_ACROSS, DEFINITION_SHOW,
	DEFINITION_HAVING,
};

enum { EXPRESSIONS = sizeof expressions / sizeof *expressions };

/* Whether a word of the definitions of a kind asks for something. */
bool
run_state_asks(const struct run_state *run, enum run_kind kind,
	bool (*asks)(struct slice text))
{
	size_t i, k;

	for (i = 0; i < run->options->name_count; i++) {
		if (run_state_kind(run->chosen[i]) != kind)
			continue;
		for (k = 0; k < EXPRESSIONS; k++) {
			if (asks(definition_get(run->chosen[i],
				expressions[k])))
				return true;
		}
	}
	return false;
}

static bool
refers(const struct definition *d, const char *table)
{
	size_t k;

	for (k = 0; k < EXPRESSIONS; k++) {
		if (subject_refers(definition_get(d, expressions[k]), table))
			return true;
	}
	return false;
}

/* The serial numbers that were given out have no other way in. */
static void
need_serials(const struct run_state *run)
{
	const struct run_options *o = run->options;
	size_t i;

	for (i = 0; i < o->name_count && !o->serials && !run->merged; i++) {
		if (run_state_kind(run->chosen[i]) == RUN_TICKETS &&
			refers(run->chosen[i], "serial"))
			msg_usage("%s needs --serials=FILE", o->names[i]);
	}
}

bool
run_state_refers(const struct run_state *run, const char *table)
{
	return refers(run->chosen[0], table);
}

/* How often each file is read decides whether a stream is kept. */
void
run_state_open(struct run_state *run)
{
	const struct run_options *o = run->options;
	bool tickets = run->counts[RUN_TICKETS] > 0;
	bool customers = run->counts[RUN_CUSTOMERS] > 0;
	bool related = customers && (run_state_asks(run, RUN_CUSTOMERS, subject_mentions) ||
		run_state_asks(run, RUN_CUSTOMERS, subject_sells));
	int passes = tickets + related +
		(tickets && run_state_asks(run, RUN_TICKETS, subject_mentions)) +
		(tickets && run_state_asks(run, RUN_TICKETS, subject_buys));

	need_serials(run);
	if (customers && !o->customers && tickets && o->ticket_count == 0)
		msg_usage("some reports are of customers: name them with -c");
	if (run->merged && partial_keeps(run->merged))
		run->sources.tickets = partial_tickets(run->merged);
	else if (!run->merged && (tickets || o->ticket_count > 0))
		run->sources.tickets = record_open(o->tickets, o->ticket_count,
			o->common.columns, passes > 1 ? RECORD_TWICE : 0);
	if (customers || o->customers)
		run->sources.customers = record_open(&o->customers,
			o->customers != NULL,
			run->sources.tickets ? NULL : o->common.columns,
			customers && (tickets || related) ? RECORD_TWICE : 0);
	if (tickets && o->serials)
		run->sources.serials = record_open((char *const *)&o->serials,
			1, NULL, 0);
	if (run->merged && !partial_keeps(run->merged))
		partial_columns(run->merged, &run->sources);
}

static void
compile(struct run_state *run, enum run_kind kind)
{
	struct subject *s = &run->subjects[kind];
	size_t i;

	if (run->counts[kind] == 0)
		return;
	subject_init(s, kind == RUN_CUSTOMERS, &run->sources, run->as_of,
		run->calendar);
	if (run_state_asks(run, kind, subject_sells))
		subject_sell(s, &run->period,
			run_state_asks(run, kind, subject_years));
	/* sales are shown as missing, but nobody sees who is left out */
	if (s->customers && run->sources.tickets == NULL &&
		run_state_asks(run, kind, subject_counts))
		msg_warn("no tickets (-t): what customers bought is missing");
	if (s->sells && run_state_asks(run, kind, subject_buys))
		subject_know_buyers(s);
	run->reports[kind] = mem_zero(run->counts[kind],
		sizeof *run->reports[kind]);
	for (i = 0; i < run->options->name_count; i++) {
		if (run_state_kind(run->chosen[i]) == kind)
			report_compile(&run->reports[kind][run->place[i]],
				run->chosen[i], s, run->constants);
	}
}

void
run_state_compile(struct run_state *run)
{
	compile(run, RUN_TICKETS);
	compile(run, RUN_CUSTOMERS);
}

static bool
uses_table(const struct subject *s, size_t table)
{
	size_t i;

	for (i = 0; i < s->tables[table].count; i++) {
		if (s->scope.uses[table] && s->scope.uses[table][i])
			return true;
	}
	return false;
}

/* What tickets refer to, if a report asks for it. */
static void
load_lookups(struct run_state *run)
{
	const struct opt_common *common = &run->options->common;
	const struct subject *s = &run->subjects[RUN_TICKETS];
	struct join_job job = {
		.jobs = common->jobs,
		.progress = !common->quiet,
	};
	size_t i;

	for (i = 0; i < s->lookup_count; i++) {
		if (!uses_table(s, 1 + i))
			continue;
		job.key = s->lookups[i].key;
		record_need(s->source, job.key);
		job.used = s->scope.uses[1 + i];
		run->joined[i] = join_load(s->lookups[i].source, &job);
	}
}

/* The customers were read to be joined: what is wrong with them was said. */
static bool
customers_read(const struct run_state *run)
{
	const struct subject *s = &run->subjects[RUN_TICKETS];

	return s->lookup_count > 0 && run->joined[0] &&
		s->lookups[0].source == run->sources.customers;
}

/* Where nobody holds the customers, one that comes twice is not seen. */
static bool
find_repeats(struct run_state *run)
{
	const struct opt_common *common = &run->options->common;

	if (run->counts[RUN_CUSTOMERS] == 0 ||
		!run->subjects[RUN_CUSTOMERS].relate)
		return false;
	run->repeats = repeats_find(run->sources.customers, common->jobs,
		customers_read(run), !common->quiet);
	return true;
}

/* What malformed lines there are is said by the first run over a file. */
void
run_state_fold(struct run_state *run)
{
	const struct opt_common *common = &run->options->common;
	struct subject_job relate = {
		.tickets = run->sources.tickets,
		.jobs = common->jobs,
		.progress = !common->quiet,
	};
	struct fold_job job = {
		.period = &run->period,
		.jobs = common->jobs,
		.progress = !common->quiet,
	};
	bool checked = false, held;
	int kind;

	load_lookups(run);
	for (kind = RUN_TICKETS; kind < RUN_KINDS; kind++) {
		relate.checked = checked;
		if (run->counts[kind] > 0)
			checked |= subject_relate(&run->subjects[kind], &relate);
	}
	held = find_repeats(run);
	for (kind = RUN_TICKETS; kind < RUN_KINDS; kind++) {
		if (run->counts[kind] == 0)
			continue;
		job.subject = &run->subjects[kind];
		job.lookups[0] = kind == RUN_TICKETS ? run->joined[0] : NULL;
		job.lookups[1] = kind == RUN_TICKETS ? run->joined[1] : NULL;
		job.reports = run->reports[kind];
		job.count = run->counts[kind];
		job.repeats = kind == RUN_CUSTOMERS ? run->repeats : NULL;
		job.checked = kind == RUN_TICKETS ? checked :
			held || customers_read(run);
		run->groups[kind] = fold_run(&job);
	}
}

static void
close_source(const struct run_state *run, struct record_source *source)
{
	if (!partial_owns(run->merged, source))
		record_close(source);
}

void
run_state_close(struct run_state *run)
{
	int kind;
	size_t i;

	for (kind = RUN_TICKETS; kind < RUN_KINDS; kind++) {
		if (run->reports[kind] == NULL)
			continue;
		fold_free(run->groups[kind], run->counts[kind]);
		for (i = 0; i < run->counts[kind]; i++)
			report_free(&run->reports[kind][i]);
		free(run->reports[kind]);
		subject_free(&run->subjects[kind]);
	}
	for (i = 0; i < SUBJECT_LOOKUPS; i++)
		join_close(run->joined[i]);
	repeats_close(run->repeats);
	close_source(run, run->sources.tickets);
	close_source(run, run->sources.customers);
	close_source(run, run->sources.serials);
	partial_close(run->merged);
	calendar_close(run->calendar);
	free(run->chosen);
	free(run->place);
}
