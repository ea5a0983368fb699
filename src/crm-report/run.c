#include "run.h"

#include <stdlib.h>
#include <unistd.h>

#include "calendar.h"
#include "customers.h"
#include "date.h"
#include "fold.h"
#include "msg.h"
#include "result.h"
#include "store.h"
#include "text.h"

enum kind {
	TICKETS,
	CUSTOMERS,
	KINDS,
};

struct run {
	const struct run_options *options;
	const struct definition **chosen; /* in the order of the names */
	size_t *place;                    /* of each, among those of its kind */
	int64_t as_of;
	struct period period;
	struct calendar *calendar;
	struct subject_sources sources;
	struct subject subjects[KINDS];
	struct report *reports[KINDS];
	size_t counts[KINDS];
	struct groups *groups[KINDS];
	struct customers *joined;
};

static enum kind
kind_of(const struct definition *d)
{
	return report_of_customers(d) ? CUSTOMERS : TICKETS;
}

static void
choose(struct run *run, const struct definitions *d)
{
	const struct run_options *o = run->options;
	size_t i;

	run->chosen = mem_alloc(o->name_count,
		sizeof(const struct definition *));
	run->place = mem_alloc(o->name_count, sizeof *run->place);
	for (i = 0; i < o->name_count; i++) {
		run->chosen[i] = definition_find(d, slice_of(o->names[i]));
		run->place[i] = run->counts[kind_of(run->chosen[i])]++;
	}
}

/* Whether a word of the definitions of a kind asks for something. */
static bool
any(const struct run *run, enum kind kind, bool (*asks)(struct slice text))
{
	enum definition_field field;
	size_t i;

	for (i = 0; i < run->options->name_count; i++) {
		if (kind_of(run->chosen[i]) != kind)
			continue;
		for (field = DEFINITION_WHERE; field <= DEFINITION_SHOW;
			field++) {
			if (asks(definition_get(run->chosen[i], field)))
				return true;
		}
	}
	return false;
}

/* How often each file is read decides whether a stream is kept. */
static void
open_sources(struct run *run)
{
	const struct run_options *o = run->options;
	bool tickets = run->counts[TICKETS] > 0;
	bool customers = run->counts[CUSTOMERS] > 0;
	bool related = customers && (any(run, CUSTOMERS, subject_mentions) ||
		any(run, CUSTOMERS, subject_sells));
	int passes = tickets + related +
		(tickets && any(run, TICKETS, subject_mentions));

	if (customers && !o->customers && tickets && o->ticket_count == 0)
		msg_usage("some reports are of customers: name them with -c");
	if (tickets || o->ticket_count > 0)
		run->sources.tickets = record_open(o->tickets, o->ticket_count,
			o->common.columns, passes > 1 ? RECORD_TWICE : 0);
	if (customers || o->customers)
		run->sources.customers = record_open(&o->customers,
			o->customers != NULL,
			run->sources.tickets ? NULL : o->common.columns,
			customers && tickets ? RECORD_TWICE : 0);
}

static void
compile(struct run *run, enum kind kind)
{
	struct subject *s = &run->subjects[kind];
	size_t i;

	if (run->counts[kind] == 0)
		return;
	subject_init(s, kind == CUSTOMERS, &run->sources, run->as_of,
		run->calendar);
	if (any(run, kind, subject_sells))
		subject_sell(s, &run->period);
	run->reports[kind] = mem_zero(run->counts[kind],
		sizeof *run->reports[kind]);
	for (i = 0; i < run->options->name_count; i++) {
		if (kind_of(run->chosen[i]) == kind)
			report_compile(&run->reports[kind][run->place[i]],
				run->chosen[i], s);
	}
}

static bool
uses_customers(const struct subject *s)
{
	size_t i;

	if (s->scope.table_count < 2 || s->scope.uses[1] == NULL)
		return false;
	for (i = 0; i < s->tables[1].count; i++) {
		if (s->scope.uses[1][i])
			return true;
	}
	return false;
}

/* What malformed lines there are is said by the first run over a file. */
static void
fold(struct run *run)
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
	struct subject *tickets = &run->subjects[TICKETS];
	bool checked = false, customers_checked = false;
	int kind;

	if (run->counts[TICKETS] > 0 && uses_customers(tickets)) {
		run->joined = customers_load(run->sources.customers,
			tickets->scope.uses[1], common->jobs, false,
			!common->quiet);
		customers_checked = true;
	}
	for (kind = TICKETS; kind < KINDS; kind++) {
		relate.checked = checked;
		if (run->counts[kind] > 0)
			checked |= subject_relate(&run->subjects[kind], &relate);
	}
	for (kind = TICKETS; kind < KINDS; kind++) {
		if (run->counts[kind] == 0)
			continue;
		job.subject = &run->subjects[kind];
		job.customers = kind == TICKETS ? run->joined : NULL;
		job.reports = run->reports[kind];
		job.count = run->counts[kind];
		job.checked = kind == TICKETS ? checked : customers_checked;
		run->groups[kind] = fold_run(&job);
	}
}

static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	long n = columns ? strtol(columns, NULL, 10) : 0;

	return n > 0 && n < 10000 ? (size_t)n : 80;
}

static void
render(const struct run_options *o, const struct table *t, size_t i,
	struct out *out)
{
	const char *no_colour = getenv("NO_COLOR");
	struct table_style style = {
		.width = terminal_width(),
		.colour = o->common.output == NULL && isatty(STDOUT_FILENO) &&
			(no_colour == NULL || *no_colour == '\0'),
	};
	unsigned flags = (o->common.no_header ? TABLE_NO_HEADER : 0) |
		(o->spreadsheet ? TABLE_SPREADSHEET : 0);

	switch (o->format) {
	case RUN_TSV:
		table_tsv(t, flags, out);
		break;
	case RUN_JSON:
		out_write(out, slice_of(i > 0 ? ",\n" : "["));
		table_json(t, out);
		if (i + 1 == o->name_count)
			out_write(out, slice_of("]\n"));
		break;
	case RUN_TEXT:
	case RUN_MD:
		if (i > 0)
			out_write(out, slice_of("\n"));
		if (o->format == RUN_TEXT)
			table_text(t, &style, out);
		else
			table_md(t, out);
	}
}

/* Where the format has no place for them. */
static void
say_rules(const struct run_options *o, const struct table *t)
{
	struct buf b = {0};
	size_t i;

	if (o->format != RUN_TSV && o->format != RUN_JSON)
		return;
	for (i = 0; i < t->note_count; i++) {
		buf_clear(&b);
		text_visible(&b, t->name);
		buf_text(&b, ": ");
		text_visible(&b, t->notes[i]);
		msg_warn("%.*s", (int)b.n, b.p);
	}
	buf_free(&b);
}

static void
write_results(const struct run *run, struct out *out)
{
	const struct run_options *o = run->options;
	struct result result;
	struct table table;
	size_t i;

	for (i = 0; i < o->name_count; i++) {
		result_open(&result, &run->groups[kind_of(run->chosen[i])]
			[run->place[i]]);
		result_table(&result, o->explain, &table);
		render(o, &table, i, out);
		say_rules(o, &table);
		table_free(&table);
		result_close(&result);
	}
}

static void
close_all(struct run *run)
{
	int kind;
	size_t i;

	for (kind = TICKETS; kind < KINDS; kind++) {
		if (run->counts[kind] == 0)
			continue;
		fold_free(run->groups[kind], run->counts[kind]);
		for (i = 0; i < run->counts[kind]; i++)
			report_free(&run->reports[kind][i]);
		free(run->reports[kind]);
		subject_free(&run->subjects[kind]);
	}
	customers_close(run->joined);
	record_close(run->sources.tickets);
	record_close(run->sources.customers);
	calendar_close(run->calendar);
	free(run->chosen);
	free(run->place);
}

void
run_reports(const struct run_options *o, const struct definitions *d)
{
	struct run run = {.options = o};
	struct store *store;
	const char *from;

	if (!date_as_of(o->common.as_of, &run.as_of, &from))
		msg_usage("%s: not a time", from);
	period_open(&run.period, o->since, o->until, run.as_of);
	choose(&run, d);
	run.calendar = calendar_open(o->calendar);
	open_sources(&run);
	compile(&run, TICKETS);
	compile(&run, CUSTOMERS);
	store = store_open(o->common.output);
	fold(&run);
	write_results(&run, store_out(store));
	store_commit(store);
	close_all(&run);
}
