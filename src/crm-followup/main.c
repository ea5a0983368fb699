#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "calendar.h"
#include "date.h"
#include "msg.h"
#include "opt.h"
#include "record.h"
#include "store.h"
#include "targets.h"

#include "find.h"
#include "issue.h"
#include "plan.h"

struct options {
	struct opt_common common;
	const char *customers, *products, *rules, *roster, *calendar;
	const char *log, *cap, *suppressed;
	int64_t within; /* seconds */
	bool explain, mask, ics, print_rules;
};

enum option {
	CUSTOMERS, RULES, ROSTER, PRODUCTS, WITHIN, CALENDAR, LOG, CAP,
	SUPPRESSED, EXPLAIN, MASK, FORMAT, PRINT_RULES, OPTION_COUNT
};

static const struct opt_entry entries[OPTION_COUNT] = {
	[CUSTOMERS] = {'c', "customers", "FILE",
		"the customers: names, phones, rules on customers"},
	[RULES] = {'f', "rules", "FILE", "rules in place of the built-in ones"},
	[ROSTER] = {'r', "roster", "FILE", "who does what"},
	[PRODUCTS] = {0, "products", "FILE",
		"the products, for product.warranty and the like"},
	[WITHIN] = {0, "within", "DURATION",
		"what is due by then, too (default 24h)"},
	[CALENDAR] = {0, "calendar", "FILE",
		"working time; @cn2026 and the like are built in"},
	[LOG] = {0, "log", "FILE", "issue nothing twice; append what is issued"},
	[CAP] = {0, "cap", "N/DURATION",
		"at most so many contacts of a customer, e.g. 1/7d"},
	[SUPPRESSED] = {0, "suppressed", "FILE",
		"where actions go that may not be done, with the reason"},
	[EXPLAIN] = {0, "explain", NULL, "append why"},
	[MASK] = {0, "mask", NULL, "mask names and phones"},
	[FORMAT] = {0, "format", "FORMAT", "tsv (default) or ics"},
	[PRINT_RULES] = {0, "print-rules", NULL, "print the rules and exit"},
};

static void
set_format(struct options *o, const char *argument)
{
	o->ics = strcmp(argument, "ics") == 0;
	if (!o->ics && strcmp(argument, "tsv") != 0)
		msg_usage("--format: not tsv or ics: %s", argument);
}

static void
set(void *to, size_t i, const char *argument)
{
	struct options *o = to;

	switch ((enum option)i) {
	case CUSTOMERS: o->customers = argument; break;
	case RULES: o->rules = argument; break;
	case ROSTER: o->roster = argument; break;
	case PRODUCTS: o->products = argument; break;
	case CALENDAR: o->calendar = argument; break;
	case LOG: o->log = argument; break;
	case CAP: o->cap = argument; break;
	case SUPPRESSED: o->suppressed = argument; break;
	case EXPLAIN: o->explain = true; break;
	case MASK: o->mask = true; break;
	case FORMAT: set_format(o, argument); break;
	case PRINT_RULES: o->print_rules = true; break;
	case WITHIN:
		if (strspn(argument, "0smhdw") == strlen(argument) &&
			*argument == '0')
			o->within = 0;
		else if (!plan_duration(slice_of(argument), &o->within))
			msg_usage("--within: not a duration like 24h or 7d: "
				"%s", argument);
		break;
	case OPTION_COUNT: break;
	}
}

static int
read_options(struct options *o, int argc, char **argv)
{
	const struct opt_tool tool = {
		.synopsis = "[-c customers.tsv] [-f rules.tsv] [-r roster.tsv] "
			"[option]... [tickets.tsv]...",
		.purpose = "What has to be done, by whom, by when.",
		.entries = entries, .count = OPTION_COUNT, .set = set,
		.to = o};
	int first;

	*o = (struct options){.within = DATE_DAY};
	first = opt_parse(&tool, &o->common, argc, argv);
	targets_check((struct target[]){
		{"output", o->common.output ? o->common.output : "-"},
		{"log", o->log}, {"suppressed", o->suppressed}}, 3);
	return first;
}

/* The rules as they are: a user's first own file is an edited copy. */
static void
print_rules(const struct options *o)
{
	struct store *store = store_open(o->common.output);

	out_write(store_out(store), plan_built_in());
	store_commit(store);
}

static struct record_source *
open_file(const char *path)
{
	union {
		const char *from, *wrong;
		char *to;
	} name = {path};

	return path ? record_open(&name.to, 1, NULL, RECORD_TWICE) : NULL;
}

static void
say_summary(const struct options *o, const struct plan *plan,
	const struct issue_count *n)
{
	struct buf b = {0};
	size_t not_tried = 0;

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];

		if (!rule->not_tried)
			continue;
		not_tried++;
		if (o->rules)
			msg_warn("%s:%llu: rule \"%.*s\" is not tried: %s",
				plan->source->name, (unsigned long long)
				plan->source->lines[rule->record],
				(int)rule->name.n, rule->name.p,
				rule->not_tried);
	}
	buf_printf(&b, "%llu to do, %llu of them late",
		(unsigned long long)n->issued, (unsigned long long)n->late);
	if (o->log)
		buf_printf(&b, ", %llu issued before",
			(unsigned long long)n->before);
	if (n->no_contact + n->cap)
		buf_printf(&b, ", %llu suppressed (%llu no_contact, %llu cap)",
			(unsigned long long)(n->no_contact + n->cap),
			(unsigned long long)n->no_contact,
			(unsigned long long)n->cap);
	if (o->roster)
		buf_printf(&b, ", %llu without assignee",
			(unsigned long long)n->unassigned);
	if (not_tried)
		buf_printf(&b, ", %zu rule%s not tried", not_tried,
			not_tried == 1 ? "" : "s");
	if (!o->common.quiet)
		msg_summary("%.*s", (int)b.n, b.p);
	buf_free(&b);
}

static void
write_list(const struct options *o, struct issue_job *job,
	const struct plan *plan)
{
	struct issue_count count;
	struct store *list, *suppressed = NULL;
	struct issue *issue;
	struct stat made;

	list = store_open(o->common.output);
	if (o->suppressed)
		suppressed = store_open(o->suppressed);
	job->out = store_out(list);
	job->suppressed = suppressed ? store_out(suppressed) : NULL;
	issue = issue_open(job);
	issue_run(issue, &count);
	/* what can fail fails before any file has changed; then the list comes
	 * first: what is killed in between is issued again, not forgotten */
	store_prepare(list, &made);
	if (suppressed)
		store_prepare(suppressed, &made);
	issue_prepare(issue);
	store_commit(list);
	if (suppressed)
		store_commit(suppressed);
	issue_close(issue);
	say_summary(o, plan, &count);
}

int
main(int argc, char **argv)
{
	struct options o;
	int first = read_options(&o, argc, argv);
	struct find_job find = {.jobs = o.common.jobs,
		.progress = !o.common.quiet, .explain = o.explain,
		.mask = o.mask};
	struct issue_job issue = {.jobs = o.common.jobs,
		.explain = o.explain, .mask = o.mask,
		.ics = o.ics, .header = !o.common.no_header,
		.roster = o.roster, .log = o.log, .cap = o.cap};
	struct plan_job rules = {.path = o.rules};
	struct calendar *calendar;
	struct plan *plan;
	struct finding found;
	const char *from, *wrong;

	if (o.print_rules) {
		print_rules(&o);
		return msg_close();
	}
	if (!date_as_of(o.common.as_of, &find.as_of, &from, &wrong))
		msg_usage("%s: not a time: %s", from, wrong);
	find.until = find.as_of + o.within;
	issue.as_of = rules.as_of = find.as_of;
	calendar = calendar_open(o.calendar);
	find.calendar = issue.calendar = rules.calendar = calendar;
	find.files[PLAN_TICKETS] = record_open(argv + first,
		(size_t)(argc - first), o.common.columns, RECORD_TWICE);
	find.files[PLAN_CUSTOMERS] = open_file(o.customers);
	find.files[PLAN_PRODUCTS] = open_file(o.products);
	for (size_t i = 0; i < PLAN_FILES; i++)
		rules.files[i] = find.files[i];
	find.plan = issue.plan = plan = plan_open(&rules);
	issue.found = &found;
	find_run(&find, &found);
	write_list(&o, &issue, plan);
	find_free(&found);
	plan_close(plan);
	for (size_t i = 0; i < PLAN_FILES; i++)
		record_close(find.files[i]);
	calendar_close(calendar);
	return msg_close();
}
