/* crm-import: clean records from the files people have. See crm-import(1). */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "import.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include "revert.h"
#include "targets.h"

enum option {
	KIND, INTO, ENCODING, DELIMITER, QUOTE, HEADER_LINE, MAP, SET, PRINT_COLUMNS,
	DATE_ORDER, EXCEL_DATES, MATCH, ON_MATCH, CONSENT, CUSTOMERS, ORPHANS,
	REJECTS, NO_WAIT, DRY_RUN, JOURNAL, REVERT, SUMMARY, CHECK,
	PAIRS, THRESHOLD, APPLY, ALIASES
};

static const struct opt_entry entries[] = {
	[KIND] = {'k', "kind", "KIND",
		"customers or tickets (default: by the header)"},
	[INTO] = {0, "into", "FILE", "merge into FILE instead of printing"},
	[ENCODING] = {'e', "encoding", "NAME",
		"encoding of the input, any that iconv knows"},
	[DELIMITER] = {'d', "delimiter", "CHAR",
		"comma, semicolon, tab, bar, or the character"},
	[QUOTE] = {0, "quote", NULL, "fields of a tab file are quoted"},
	[HEADER_LINE] = {0, "header-line", "N", "the header is line N"},
	[MAP] = {0, "map", "NAME=HEADER,...|FILE",
		"what the columns are; HEADER+HEADER are joined"},
	[SET] = {0, "set", "COLUMN=VALUE",
		"what stands in COLUMN where a row has nothing"},
	[PRINT_COLUMNS] = {0, "print-columns", NULL,
		"print the header names that are known, and exit"},
	[DATE_ORDER] = {0, "date-order", "dmy|mdy",
		"day or month first, where the year is last"},
	[EXCEL_DATES] = {0, "excel-dates", NULL,
		"numbers in columns of times are Excel's days"},
	[MATCH] = {0, "match", "COLUMNS",
		"what tells who is who (default: customer_id,phone,email)"},
	[ON_MATCH] = {0, "on-match", "HOW",
		"update (default), fill, skip or error"},
	[CONSENT] = {0, "consent", "replace",
		"no_contact may shrink: the new value replaces the old"},
	[CUSTOMERS] = {'c', "customers", "FILE",
		"tickets of customers who are not in FILE are rejected"},
	[ORPHANS] = {0, "orphans", "keep|reject",
		"what becomes of them (default: reject)"},
	[REJECTS] = {0, "rejects", "FILE", "write the refused rows to FILE"},
	[NO_WAIT] = {0, "no-wait", NULL, "fail if FILE of --into is locked"},
	[DRY_RUN] = {'n', "dry-run", NULL, "write nothing"},
	[JOURNAL] = {0, "journal", "JOURNAL",
		"append every field that changes in FILE to JOURNAL"},
	[REVERT] = {0, "revert", "RUN", "undo a run in FILE, by JOURNAL"},
	[SUMMARY] = {0, "summary", "tsv", "the summary as a record"},
	[CHECK] = {0, "check", "COLUMN:KIND",
		"reject rows with a wrong check digit: id-card, credit-code,"
		" ean13, ean8, luhn"},
	[PAIRS] = {0, "pairs", "FILE",
		"write the customers that look like one to FILE"},
	[THRESHOLD] = {0, "threshold", "SCORE",
		"the least score of such a pair, 0 to 1 (default: 0.5)"},
	[APPLY] = {0, "apply", "FILE",
		"merge the pairs that were decided the same in FILE"},
	[ALIASES] = {0, "aliases", "FILE",
		"which ids were merged into which: --apply adds to it,"
		" an import renames by it"},
};

/* The place of word in a list "a|b|c"; anything else is msg_usage. */
static unsigned
choose(const char *option, const char *word, const char *list)
{
	size_t n = strlen(word);
	unsigned i = 0;

	for (const char *p = list; *p; i++) {
		size_t length = strcspn(p, "|");

		if (length == n && memcmp(p, word, n) == 0)
			return i;
		p += length + (p[length] == '|');
	}
	msg_usage("--%s: %s, not %s", option, list, word);
}

static char
delimiter_of(const char *word)
{
	static const char characters[] = ",;\t|,;\t|\t";

	if (strlen(word) == 1 && strchr(",;\t|", *word))
		return *word;
	return characters[choose("delimiter", word,
		"comma|semicolon|tab|bar|,|;|\\t")];
}

static double
threshold_of(const char *text)
{
	int64_t score;

	if (num_read(slice_of(text), &score) != NUM_OK || score < 0 ||
		score > NUM_ONE)
		msg_usage("--threshold: a score from 0 to 1, not %s", text);
	return (double)score / NUM_ONE;
}

static void
add_name(const char ***names, size_t *n, const char *name)
{
	*names = mem_resize(*names, *n + 1, sizeof **names);
	(*names)[(*n)++] = name;
}

static void
set(void *to, size_t i, const char *argument)
{
	struct import *o = to;

	switch ((enum option)i) {
	case KIND: o->kind = (unsigned)SCHEMA_CUSTOMERS <<
		(unsigned)choose("kind", argument, "customers|tickets"); break;
	case INTO: o->into = argument; break;
	case ENCODING: o->form.encoding = argument; break;
	case DELIMITER: o->form.delimiter = delimiter_of(argument); break;
	case QUOTE: o->form.quote = true; break;
	case HEADER_LINE: o->form.header_line = opt_number("header-line",
		argument, 1, 1000000); break;
	case MAP: add_name(&o->maps, &o->map_count, argument); break;
	case PRINT_COLUMNS: o->print_columns = true; break;
	case DATE_ORDER: o->form.date_order = 1 + choose("date-order",
		argument, "dmy|mdy"); break;
	case EXCEL_DATES: o->excel = true; break;
	case MATCH: o->match = argument; break;
	case ON_MATCH: o->on_match = choose("on-match", argument,
		"update|fill|skip|error"); break;
	case CONSENT: choose("consent", argument, "replace");
		o->consent_replaced = true; break;
	case CUSTOMERS: add_name(&o->customers, &o->customer_count, argument);
		break;
	case ORPHANS: o->orphans_kept = choose("orphans", argument,
		"keep|reject") == 0; break;
	case REJECTS: o->rejects = argument; break;
	case NO_WAIT: o->no_wait = true; break;
	case DRY_RUN: o->dry_run = true; break;
	case JOURNAL: o->journal = argument; break;
	case REVERT: o->revert = argument; break;
	case SUMMARY: choose("summary", argument, "tsv");
		o->summary_tsv = true; break;
	case SET: add_name(&o->sets, &o->set_count, argument); break;
	case CHECK: add_name(&o->checks, &o->check_count, argument); break;
	case PAIRS: o->pairs = argument; break;
	case THRESHOLD: o->threshold = threshold_of(argument); break;
	case APPLY: o->apply = argument; break;
	case ALIASES: o->aliases = argument; break;
	}
}

static void
check_pairs(const struct import *o)
{
	const char *const names[] = {o->pairs, o->apply, o->aliases};
	static const char *const options[] = {"pairs", "apply", "aliases"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i] && !*names[i])
			msg_usage("--%s: an empty name", options[i]);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i] && o->into && strcmp(names[i], o->into) == 0)
			msg_usage("--%s and --into: one file for both",
				options[i]);
	if (o->aliases && ((o->pairs && strcmp(o->pairs, o->aliases) == 0) ||
		(o->apply && strcmp(o->apply, o->aliases) == 0)))
		msg_usage("--aliases is a file of its own");
	if (o->revert && (o->pairs || o->apply || o->aliases))
		msg_usage("--revert goes alone: not with --pairs, --apply or"
			" --aliases");
}

/* Null where none are printed. */
static const char *
records_to(const struct import *o)
{
	if (o->into || o->dry_run)
		return NULL;
	return o->common.output ? o->common.output : "-";
}

static void
check(const struct import *o)
{
	if (o->into && o->common.output)
		msg_usage("--into and --output: one of them");
	if (o->into && !*o->into)
		msg_usage("--into: an empty name");
	if (o->form.encoding && !*o->form.encoding)
		msg_usage("--encoding: an empty name");
	if (o->match && !*o->match)
		msg_usage("--match: an empty name");
	if (o->no_wait && !o->into)
		msg_usage("--no-wait goes with --into");
	if (o->common.columns && o->form.header_line)
		msg_usage("--columns and --header-line: one of them");
	if (o->journal && !*o->journal)
		msg_usage("--journal: an empty name");
	if (o->journal && !o->into)
		msg_usage("--journal goes with --into");
	if (o->revert && !o->journal)
		msg_usage("--revert goes with --into and --journal");
	check_pairs(o);
	targets_check((struct target[]){{"into", o->into},
		{"output", records_to(o)}, {"rejects", o->rejects},
		{"journal", o->journal}, {"pairs", o->pairs},
		{"aliases", o->aliases}}, 6);
}

int
main(int argc, char **argv)
{
	struct import o = {.threshold = 0.5};
	struct opt_tool tool = {
		"[-k customers|tickets] [--into FILE] [option]... [file]...",
		"Make clean records of CSV and TSV files as people have them.",
		entries, sizeof entries / sizeof *entries, set, &o};
	int first = opt_parse(&tool, &o.common, argc, argv);
	const char *from, *wrong;

	check(&o);
	o.form.columns = o.common.columns;
	o.form.jobs = o.common.jobs;
	if (!date_as_of(o.common.as_of, &o.as_of, &from, &wrong))
		msg_usage("%s: not a time: %s", from, wrong);
	if (o.print_columns)
		import_print_columns(&o);
	else if (o.revert)
		revert_run(&o, (size_t)(argc - first));
	else
		import_run(&o, argv + first, (size_t)(argc - first));
	free(o.maps);
	free(o.customers);
	free(o.checks);
	free(o.sets);
	return msg_close();
}
