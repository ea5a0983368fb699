/* crm-score: figures about each customer. See crm-score(1). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calendar.h"
#include "date.h"
#include "lifetime.h"
#include "mem.h"
#include "msg.h"
#include "opt.h"
#include "purchases.h"
#include "rfm.h"
#include "rules.h"
#include "store.h"
#include "write.h"

enum option {
	TICKETS, PURCHASES, BINS, STRICT_KEYS, CLV, HORIZON, UNIT, MODEL,
	SAVE_MODEL, HOLDOUT, REPORT
};

static const struct opt_entry entries[] = {
	[TICKETS] = {'t', "tickets", "FILE", "tickets; may be given repeatedly"},
	[PURCHASES] = {0, "purchases", "EXPR",
		"tickets that are purchases (kind in (\"order\", \"sale\"))"},
	[BINS] = {0, "bins", "N", "scores r f m run from 1 to N, 2-10 (5)"},
	[STRICT_KEYS] = {0, "strict-keys", NULL,
		"exit 1 if a purchase is of no customer of the file"},
	[CLV] = {0, "clv", "[=MODEL]", "append alive, expected, worth by "
		"mbgnbd, bgnbd or paretonbd"},
	[HORIZON] = {0, "horizon", "DURATION", "what expected looks at (365d)"},
	[UNIT] = {0, "unit", "DURATION", "unit of time of the models (7d)"},
	[MODEL] = {0, "model", "FILE", "use stored parameters"},
	[SAVE_MODEL] = {0, "save-model", "FILE", "store the parameters"},
	[HOLDOUT] = {0, "holdout", "DATE",
		"fit to what was before DATE, and tell how it foretold the rest"},
	[REPORT] = {0, "report", "FILE", "where --holdout tells it "
		"(standard error)"},
};

struct options {
	struct opt_common common;
	char **tickets; /* names of files */
	size_t ticket_count;
	const char *purchases;
	int bins;
	bool strict_keys;
	bool clv;
	struct lifetime_job lifetime;
	const char *save_model, *report;
};

static int64_t
duration(const char *option, const char *text)
{
	int64_t seconds;

	if (!modelfile_unit(slice_of(text), &seconds))
		msg_usage("--%s: not a duration like 7d or 52w: %s", option,
			text);
	return seconds;
}

static void
set_clv(struct options *o, const char *name)
{
	o->clv = true;
	if (!name)
		return;
	for (int m = CLV_BGNBD; m <= CLV_PARETONBD; m++)
		if (strcmp(name, clv_name((enum clv_model)m)) == 0) {
			o->lifetime.model = (enum clv_model)m;
			o->lifetime.named = true;
			return;
		}
	msg_usage("--clv: not mbgnbd, bgnbd or paretonbd: %s", name);
}

static void
set_holdout(struct options *o, const char *date)
{
	if (date_read(slice_of(date), &o->lifetime.holdout) != DATE_OK)
		msg_usage("--holdout: not a date: %s", date);
	o->lifetime.has_holdout = true;
}

static void
set(void *to, size_t i, const char *argument)
{
	struct options *o = to;

	switch ((enum option)i) {
	case TICKETS:
		o->tickets = mem_resize(o->tickets, o->ticket_count + 1,
			sizeof(*o->tickets));
		o->tickets[o->ticket_count++] =
			mem_copy(slice_of(argument));
		break;
	case PURCHASES:
		o->purchases = argument;
		break;
	case BINS:
		o->bins = (int)opt_number("bins", argument, 2, RFM_MOST_BINS);
		break;
	case STRICT_KEYS:
		o->strict_keys = true;
		break;
	case CLV: set_clv(o, argument); break;
	case HORIZON: o->lifetime.horizon = duration("horizon", argument); break;
	case UNIT: o->lifetime.unit = duration("unit", argument); break;
	case MODEL: o->lifetime.stored = argument; break;
	case SAVE_MODEL: o->save_model = argument; break;
	case HOLDOUT: set_holdout(o, argument); break;
	case REPORT: o->report = argument; break;
	}
}

static const struct expr *
compile_purchases(const struct options *o, struct expr_scope *scope)
{
	struct slice text = slice_of(o->purchases);
	struct expr_error error;
	struct expr *when = expr_compile_as(scope, text, EXPR_BOOL, &error);

	if (!when)
		rules_die_option("--purchases", text, error.position,
			error.text);
	return when;
}

static struct purchases_count
add_purchases(const struct options *o, struct customers *customers,
	int64_t as_of, struct histories *histories)
{
	struct record_source *tickets = record_open(o->tickets, o->ticket_count,
		NULL, 0);
	const struct expr_table table = {NULL, tickets->names, tickets->columns};
	struct calendar *calendar = calendar_open(NULL);
	struct expr_scope scope = {.tables = &table, .table_count = 1,
		.as_of = as_of, .calendar = calendar,
		.relation_hint = "--purchases looks at one ticket alone"};
	const struct purchases_job job = {.tickets = tickets,
		.customers = customers, .as_of = as_of,
		.when = compile_purchases(o, &scope), .jobs = o->common.jobs,
		.histories = histories,
		.progress = !o->common.quiet};
	struct purchases_count count = purchases_add(&job);

	expr_scope_free(&scope);
	calendar_close(calendar);
	record_close(tickets);
	return count;
}

static void
summarise(const struct options *o, const struct customers *customers,
	const struct purchases_count *count)
{
	if (count->unknown && o->strict_keys)
		msg_fail();
	if (o->common.quiet)
		return;
	msg_summary("%zu customers, %llu tickets: %llu purchases, %llu returns, "
		"%llu of unknown customers, %llu cancelled, %llu after as-of",
		hash_count(customers->table),
		(unsigned long long)count->tickets,
		(unsigned long long)count->purchases,
		(unsigned long long)count->returns,
		(unsigned long long)count->unknown,
		(unsigned long long)count->cancelled,
		(unsigned long long)count->later);
}

/* The report of --holdout, to its file or standard error. */
static void
tell_holdout(const struct options *o, const struct lifetime *l,
	const struct lifetime_job *job)
{
	struct buf b = {0};
	struct store *store;

	lifetime_report(l, job, &b);
	if (o->report) {
		store = store_open(o->report);
		out_write(store_out(store), buf_slice(&b));
		store_commit(store);
	} else {
		struct out *out = out_open(STDERR_FILENO, "standard error");

		out_write(out, buf_slice(&b));
		out_close(out);
	}
	buf_free(&b);
}

static void
foretell(const struct options *o, struct lifetime *l, int64_t as_of)
{
	struct lifetime_job job = o->lifetime;

	job.as_of = as_of;
	if (job.has_holdout && job.holdout > as_of)
		msg_usage("--holdout: the date is after as-of");
	lifetime_open(l, &job);
	if (o->save_model)
		lifetime_save(l, o->save_model);
	if (job.has_holdout)
		tell_holdout(o, l, &job);
}

static void
score(const struct options *o, char **operands, int n)
{
	struct store *store;
	struct customers customers;
	struct purchases_count count;
	struct rfm rfm = {.bins = o->bins};
	struct lifetime lifetime = {.horizon = 0};
	int64_t as_of;
	const char *from;

	if (!date_as_of(o->common.as_of, &as_of, &from))
		msg_usage("%s: not a time", from);
	store = store_open(o->common.output);
	customers_open(&customers, record_open(operands, (size_t)n,
		o->common.columns, RECORD_TWICE), o->common.jobs,
		!o->common.quiet);
	count = add_purchases(o, &customers, as_of,
		o->clv ? &lifetime.histories : NULL);
	rfm_find(&rfm, &customers, as_of);
	if (o->clv)
		foretell(o, &lifetime, as_of);
	write_customers(&(struct write_job){.customers = &customers,
		.rfm = &rfm, .lifetime = o->clv ? &lifetime : NULL,
		.as_of = as_of, .out = store_out(store),
		.jobs = o->common.jobs, .header = !o->common.no_header,
		.progress = !o->common.quiet});
	store_commit(store);
	summarise(o, &customers, &count);
	customers_close(&customers);
	lifetime_free(&lifetime);
}

int
main(int argc, char **argv)
{
	struct options o = {.bins = 5,
		.purchases = "kind in (\"order\", \"sale\")",
		.lifetime = {.model = CLV_MBGNBD, .unit = 7 * DATE_DAY,
			.horizon = 365 * DATE_DAY}};
	const struct opt_tool tool = {
		"-t tickets.tsv... [option]... [customers.tsv]...",
		"Appends figures from the tickets to each customer.",
		entries, sizeof(entries) / sizeof(*entries), set, &o};
	int first = opt_parse(&tool, &o.common, argc, argv);

	if (o.ticket_count == 0)
		msg_usage("give the tickets: -t FILE");
	if (!o.clv && (o.lifetime.stored || o.save_model ||
		o.lifetime.has_holdout || o.report))
		msg_usage("--model, --save-model, --holdout, --report go with "
			"--clv");
	score(&o, argv + first, argc - first);
	for (size_t i = 0; i < o.ticket_count; i++)
		free(o.tickets[i]);
	free(o.tickets);
	return msg_close();
}
