#include <stdlib.h>

#include "definition.h"
#include "mem.h"
#include "msg.h"
#include "opt.h"
#include "run.h"
#include "store.h"
#include "words.h"

enum option {
	DEFINITIONS,
	CUSTOMERS,
	TICKETS,
	FORMAT,
	LANGUAGE,
	MASK,
	SINCE,
	UNTIL,
	TARGET,
	ID,
	SORTED,
	SERIALS,
	CALENDAR,
	PARTIAL,
	MERGE,
	EXPLAIN,
	SPREADSHEET,
	LIST,
	PRINT,
};

static const struct opt_entry entries[] = {
	[DEFINITIONS] = {'f', "definitions", "FILE",
		"more report definitions; may be repeated"},
	[CUSTOMERS] = {'c', "customers", "FILE", "the customers"},
	[TICKETS] = {'t', "tickets", "FILE",
		"the tickets; may be repeated (default: standard input)"},
	[FORMAT] = {0, "format", "FORMAT",
		"text (default), tsv, json, md, html, svg"},
	[LANGUAGE] = {0, "lang", "LANG",
		"zh or en, of titles and headings (default: by LC_ALL, LANG)"},
	[MASK] = {0, "mask", NULL, "mask names, phones and addresses"},
	[SINCE] = {0, "since", "TIME", "only tickets opened then or later"},
	[UNTIL] = {0, "until", "TIME",
		"only tickets opened then or earlier; a date is the whole day"},
	[TARGET] = {0, "target", "AMOUNT",
		"season: what is to be sold in a year"},
	[ID] = {0, "id", "ID", "card: the customer_id"},
	[SORTED] = {0, "sorted", NULL,
		"card: the files are sorted by the bytes of customer_id"},
	[SERIALS] = {0, "serials", "FILE",
		"the serial numbers that were given out: serial, product"},
	[CALENDAR] = {0, "calendar", "FILE", "working time"},
	[PARTIAL] = {0, "partial", NULL,
		"write what these tickets come to, for --merge"},
	[MERGE] = {0, "merge", NULL,
		"-t names what --partial wrote: one report of all of it"},
	[EXPLAIN] = {0, "explain", NULL,
		"the rule and the denominator of every figure"},
	[SPREADSHEET] = {0, "spreadsheet", NULL,
		"tsv: guard text that a spreadsheet would run"},
	[LIST] = {0, "list", NULL, "list the reports"},
	[PRINT] = {0, "print-definition", "NAME",
		"print a definition, to be edited; may be repeated"},
};

static void
add(char ***list, size_t *count, const char *argument)
{
	*list = mem_resize(*list, *count + 1, sizeof **list);
	(*list)[(*count)++] = mem_copy(slice_of(argument));
}

static void
free_list(char **list, size_t count)
{
	while (count > 0)
		free(list[--count]);
	free(list);
}

static enum run_format
format_of(const char *word)
{
	static const char *const words[] = {
		[RUN_TEXT] = "text", [RUN_TSV] = "tsv", [RUN_JSON] = "json",
		[RUN_MD] = "md", [RUN_HTML] = "html", [RUN_SVG] = "svg",
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (slice_is(slice_of(word), words[i]))
			return (enum run_format)i;
	}
	msg_usage("--format: not text, tsv, json, md, html or svg: %s", word);
}

static void
set(void *to, size_t i, const char *argument)
{
	struct run_options *o = to;

	switch ((enum option)i) {
	case DEFINITIONS:
		add(&o->definitions, &o->definition_count, argument);
		break;
	case CUSTOMERS:
		free(o->customers);
		o->customers = mem_copy(slice_of(argument));
		break;
	case TICKETS:
		add(&o->tickets, &o->ticket_count, argument);
		break;
	case FORMAT:
		o->format = format_of(argument);
		break;
	case LANGUAGE:
		words_language(argument); /* refuses what is none */
		o->lang = argument;
		break;
	case MASK:
		o->mask = true;
		break;
	case SINCE:
		o->since = argument;
		break;
	case UNTIL:
		o->until = argument;
		break;
	case TARGET:
		o->target = argument;
		break;
	case ID:
		o->id = argument;
		break;
	case SORTED:
		o->sorted = true;
		break;
	case SERIALS:
		free(o->serials);
		o->serials = mem_copy(slice_of(argument));
		break;
	case CALENDAR:
		free(o->calendar);
		o->calendar = mem_copy(slice_of(argument));
		break;
	case PARTIAL:
		o->partial = true;
		break;
	case MERGE:
		o->merge = true;
		break;
	case EXPLAIN:
		o->explain = true;
		break;
	case SPREADSHEET:
		o->spreadsheet = true;
		break;
	case LIST:
		o->list = true;
		break;
	case PRINT:
		add(&o->prints, &o->print_count, argument);
	}
}

/* `-t part1 part2 NAME`: what stands before the name are parts too. */
static void
take_parts(struct run_options *o)
{
	while (o->merge && o->ticket_count > 0 && o->name_count > 1) {
		add(&o->tickets, &o->ticket_count, *o->names++);
		o->name_count--;
	}
}

static void
check(const struct run_options *o)
{
	if (o->list || o->print_count > 0)
		return;
	if (o->name_count == 0)
		msg_usage("no report named (--list lists them)");
	if (o->partial && o->merge)
		msg_usage("--partial or --merge, not both");
	if (o->name_count > 1 && (o->partial || o->merge))
		msg_usage("--partial and --merge take one report");
	if (o->name_count > 1 && (o->format == RUN_TSV ||
		o->format == RUN_SVG))
		msg_usage("--format=%s takes one report",
			o->format == RUN_TSV ? "tsv" : "svg");
}

/* --list and --print-definition. */
static void
print(const struct run_options *o, const struct definitions *d)
{
	struct store *store = store_open(o->common.output);
	struct buf b = {0};
	size_t i;

	if (o->list)
		definition_list(d, words_language(o->lang), &b);
	for (i = 0; i < o->print_count; i++)
		definition_print(definition_find(d, slice_of(o->prints[i])),
			i == 0, &b);
	out_write(store_out(store), buf_slice(&b));
	store_commit(store);
	buf_free(&b);
}

int
main(int argc, char **argv)
{
	struct run_options o = {0};
	struct definitions d = {0};
	struct opt_tool tool = {
		.synopsis = "[-c customers.tsv] [-t tickets.tsv]... "
			"[option]... NAME...",
		.purpose = "Figures and pictures from customers and tickets.",
		.entries = entries,
		.count = sizeof entries / sizeof *entries,
		.set = set,
		.to = &o,
	};
	int first = opt_parse(&tool, &o.common, argc, argv);

	o.names = argv + first;
	o.name_count = (size_t)(argc - first);
	take_parts(&o);
	check(&o);
	definition_read_all(&d, o.definitions, o.definition_count);
	if (o.list || o.print_count > 0)
		print(&o, &d);
	else
		run_reports(&o, &d);
	definition_free_all(&d);
	free_list(o.definitions, o.definition_count);
	free_list(o.tickets, o.ticket_count);
	free_list(o.prints, o.print_count);
	free(o.customers);
	free(o.serials);
	free(o.calendar);
	return msg_close();
}
