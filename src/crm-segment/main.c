/* crm-segment: which customer belongs where. See crm-segment(1). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "hash.h"
#include "msg.h"
#include "run.h"
#include "store.h"

enum option {
	RULES, PRESET, ABC, BY, WHERE, ALL, CHECK, COUNT, EXPLAIN, SPLIT,
	WAS, PRINT_RULES
};

static const struct opt_entry entries[] = {
	[RULES] = {'f', "rules", "FILE", "segments: records of segment, when"},
	[PRESET] = {0, "preset", "NAME", "built-in segments: rfm, lifecycle, tier"},
	[ABC] = {0, "abc", "COLUMN[:75,20,5]",
		"classes A, B, C by cumulative share of COLUMN"},
	[BY] = {0, "by", "COLUMN", "with --abc: inside each value of COLUMN"},
	[WHERE] = {0, "where", "EXPR", "only records for which EXPR is true"},
	[ALL] = {0, "all", NULL, "every segment that matches, comma-separated"},
	[CHECK] = {0, "check", NULL,
		"exit 1 if a record matches no segment or several"},
	[COUNT] = {0, "count", NULL, "print segment, customers, share instead"},
	[EXPLAIN] = {0, "explain", NULL, "append why"},
	[SPLIT] = {0, "split", "DIR",
		"write DIR/SEGMENT.tsv for each segment instead"},
	[WAS] = {0, "was", "FILE",
		"an earlier result: append was and move; with --count: a matrix"},
	[PRINT_RULES] = {0, "print-rules", NULL,
		"print the segments of --preset and exit"},
};

struct options {
	struct opt_common common;
	const char *rules, *preset, *abc, *by, *where, *split, *was;
	bool all, check, count, explain, print_rules;
};

static void
set(void *to, size_t i, const char *argument)
{
	struct options *o = to;

	switch ((enum option)i) {
	case RULES: o->rules = argument; break;
	case PRESET: o->preset = argument; break;
	case ABC: o->abc = argument; break;
	case BY: o->by = argument; break;
	case WHERE: o->where = argument; break;
	case ALL: o->all = true; break;
	case CHECK: o->check = true; break;
	case COUNT: o->count = true; break;
	case EXPLAIN: o->explain = true; break;
	case SPLIT: o->split = argument; break;
	case WAS: o->was = argument; break;
	case PRINT_RULES: o->print_rules = true; break;
	}
}

static void
check_options(const struct options *o)
{
	int kinds = (o->rules != NULL) + (o->preset != NULL) + (o->abc != NULL);

	if (kinds > 1)
		msg_usage("only one of -f, --preset, --abc");
	if (o->preset && !segments_preset(o->preset).p)
		msg_usage("--preset: rfm, lifecycle or tier, not %s", o->preset);
	if (o->print_rules && !o->preset)
		msg_usage("--print-rules needs --preset=NAME");
	if (kinds == 0 && !o->where)
		msg_usage("nothing to do: give -f, --preset, --abc or --where");
	if (o->by && !o->abc)
		msg_usage("--by goes with --abc");
	if ((o->all || o->check || o->count || o->explain || o->split ||
		o->was) && !o->rules && !o->preset)
		msg_usage("--all, --check, --count, --explain, --split, --was "
			"go with -f or --preset");
	if (o->split && (o->count || o->common.output))
		msg_usage("--split writes files of its own: no --count, no -o");
}

static void
find_columns(const struct options *o, struct run *run)
{
	const char *colon = strrchr(o->abc, ':');
	size_t n = strlen(o->abc);
	struct slice parts = slice_of("75,20,5");
	char *column;

	/* a colon may belong to the name of the column */
	if (colon && colon[1] && strspn(colon + 1, "0123456789.,") ==
		strlen(colon + 1)) {
		parts = slice_of(colon + 1);
		n = (size_t)(colon - o->abc);
	}
	if (!abc_limits(parts, run->limits))
		msg_usage("--abc: not three percentages that make 100: %s",
			parts.p);
	column = mem_copy((struct slice){o->abc, n});
	run->abc_column = record_need(run->source, column);
	free(column);
	run->by_column = o->by ? record_need(run->source, o->by) : RECORD_NONE;
}

static void
compile_where(const struct options *o, struct run *run)
{
	struct slice text = slice_of(o->where);
	struct expr_error error;

	run->where = expr_compile_as(run->scope, text, EXPR_BOOL, &error);
	if (!run->where) {
		segments_hint(&error, text);
		rules_die_option("--where", text, error.position, error.text);
	}
}

/* The rules of -f or --preset; null where neither was given. */
static struct rules *
open_rules(const struct options *o)
{
	if (o->rules)
		return rules_open(o->rules);
	return o->preset ? rules_built_in(o->preset, segments_preset(o->preset))
		: NULL;
}

static void
segment(const struct options *o, char **files, int n, struct store *store)
{
	struct expr_table table = {0};
	struct expr_scope scope = {.tables = &table, .table_count = 1,
		.relation_hint = "crm-segment reads no tickets: use "
			"crm-score --card"};
	struct run run = {.common = &o->common, .scope = &scope,
		.out = store_out(store), .all = o->all, .check = o->check,
		.explain = o->explain, .split = o->split};
	struct rules *rules = open_rules(o);
	struct calendar *calendar;
	const char *from, *wrong;

	if (!date_as_of(o->common.as_of, &scope.as_of, &from, &wrong))
		msg_usage("%s: not a time: %s", from, wrong);
	run.source = record_open(files, (size_t)n, o->common.columns,
		o->abc ? RECORD_TWICE : 0);
	table.names = run.source->names;
	table.count = run.source->columns;
	calendar = calendar_open(NULL);
	scope.calendar = calendar;
	if (rules)
		run.segments = segments_open(rules, &scope);
	if (o->where)
		compile_where(o, &run);
	if (o->was)
		run.was = was_open(o->was, run.source, o->common.jobs);
	if (o->abc) {
		find_columns(o, &run);
		run_abc(&run);
	} else if (o->count) {
		run_count(&run);
	} else {
		run_segments(&run);
	}
	segments_close(run.segments);
	was_close(run.was);
	record_close(run.source);
	expr_scope_free(&scope);
	calendar_close(calendar);
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	const struct opt_tool tool = {
		"[-f segments.tsv | --preset=NAME | --abc=COLUMN] [option]... "
		"[customers.tsv]...",
		"Appends to each record the segment it belongs to.",
		entries, sizeof(entries) / sizeof(*entries), set, &o};
	int first = opt_parse(&tool, &o.common, argc, argv);
	struct store *store;

	check_options(&o);
	store = store_open(o.common.output);
	if (o.print_rules)
		out_write(store_out(store), segments_preset(o.preset));
	else
		segment(&o, argv + first, argc - first, store);
	store_commit(store);
	return msg_close();
}
