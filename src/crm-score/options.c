#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "card.h"
#include "date.h"
#include "mem.h"
#include "msg.h"
#include "rfm.h"
#include "targets.h"

enum option {
	TICKETS, PURCHASES, BINS, BREAKS, SAVE_BREAKS, CLV, HORIZON, UNIT,
	MODEL, SAVE_MODEL, HOLDOUT, REPORT, CARD, EXPLAIN, SEASON, CSI,
	SCALE, NPS, OF, BY, PARTIAL, MERGE, STRICT_KEYS, PRINT_RULES
};

enum { MOST_SCALE = 1000 };

static const struct opt_entry entries[] = {
	[TICKETS] = {'t', "tickets", "FILE", "tickets; may be given repeatedly"},
	[PURCHASES] = {0, "purchases", "EXPR",
		"tickets that are purchases (kind in (\"order\", \"sale\"))"},
	[BINS] = {0, "bins", "N", "scores r f m run from 1 to N, 2-10 (5)"},
	[BREAKS] = {0, "breaks", "FILE", "score r f m by stored limits"},
	[SAVE_BREAKS] = {0, "save-breaks", "FILE", "store the limits of r f m"},
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
	[CARD] = {0, "card", "FILE",
		"append score and grade by a score card, or a built-in one: @value"},
	[EXPLAIN] = {0, "explain", NULL, "append why: rule +points; ..."},
	[SEASON] = {0, "season", "FILE",
		"shares of the months, for year_passed in a card"},
	[CSI] = {0, "csi", "[=EXPR]",
		"append csi and gap of survey answers (kind == \"survey\")"},
	[SCALE] = {0, "scale", "N", "the best score for --csi, 2-1000 (5)"},
	[NPS] = {0, "nps", "[=EXPR]",
		"append nps of answers from 0 to 10 (kind == \"survey\")"},
	[OF] = {0, "of", "WHAT", "score customers (default) or tickets"},
	[BY] = {0, "by", "COLUMN",
		"one row per value of COLUMN of the tickets, else of the customers"},
	[PARTIAL] = {0, "partial", NULL, "print what --merge can put together"},
	[MERGE] = {0, "merge", NULL, "-t gives the output of --partial"},
	[STRICT_KEYS] = {0, "strict-keys", NULL,
		"exit 1 if a ticket that counts is of no customer of the file"},
	[PRINT_RULES] = {0, "print-rules", NULL,
		"print the built-in card of --card and exit"},
};

static void
add_tickets(struct options *o, const char *name)
{
	o->tickets = mem_resize(o->tickets, o->ticket_count + 1,
		sizeof(*o->tickets));
	o->tickets[o->ticket_count++] = mem_copy(slice_of(name));
}

static void
set_of(struct options *o, const char *what)
{
	o->of_tickets = strcmp(what, "tickets") == 0;
	if (!o->of_tickets && strcmp(what, "customers") != 0)
		msg_usage("--of: customers or tickets, not %s", what);
}

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
	o->lifetime.has_holdout = o->clv = true;
}

static void
set(void *to, size_t i, const char *argument)
{
	static const char surveys[] = "kind == \"survey\"";
	struct options *o = to;

	switch ((enum option)i) {
	case TICKETS: add_tickets(o, argument); break;
	case PURCHASES: o->purchases = argument; break;
	case BINS:
		o->bins = (int)opt_number("bins", argument, 2, RFM_MOST_BINS);
		o->bins_given = true;
		break;
	case BREAKS: o->breaks = argument; break;
	case SAVE_BREAKS: o->save_breaks = argument; break;
	case CLV: set_clv(o, argument); break;
	case HORIZON:
		o->lifetime.horizon = duration("horizon", argument);
		o->time_given = true;
		break;
	case UNIT:
		o->lifetime.unit = duration("unit", argument);
		o->lifetime.unit_named = o->time_given = true;
		break;
	case MODEL: o->lifetime.stored = argument; o->clv = true; break;
	case SAVE_MODEL: o->save_model = argument; o->clv = true; break;
	case HOLDOUT: set_holdout(o, argument); break;
	case REPORT: o->report = argument; break;
	case CARD: o->card = argument; break;
	case EXPLAIN: o->explain = true; break;
	case SEASON: o->season = argument; break;
	case CSI: o->csi = argument ? argument : surveys; break;
	case SCALE:
		o->scale = (int)opt_number("scale", argument, 2, MOST_SCALE);
		o->scale_given = true;
		break;
	case NPS: o->nps = argument ? argument : surveys; break;
	case OF: set_of(o, argument); break;
	case BY: o->by = argument; break;
	case PARTIAL: o->partial = true; break;
	case MERGE: o->merge = true; break;
	case STRICT_KEYS: o->strict_keys = true; break;
	case PRINT_RULES: o->print_rules = true; break;
	}
}

/* A built-in card must be one of what is scored. */
static void
check_card(const struct options *o)
{
	static const char *const ways[] = {"customers", "tickets: --of=tickets",
		"groups: --by=COLUMN"};
	unsigned is = o->of_tickets ? CARD_TICKETS
		: o->by ? CARD_GROUPS : CARD_CUSTOMERS, of;
	struct buf names = {0};

	if (!o->card || o->card[0] != '@')
		return;
	if (!card_built_in(o->card, &of).p) {
		for (size_t i = 0; card_named(i); i++)
			buf_printf(&names, " %s", card_named(i));
		msg_usage("--card: no built-in card %s; there are%.*s", o->card,
			(int)names.n, names.p);
	}
	if (!(of & is) && !o->print_rules)
		msg_usage("%s is a card of %s", o->card, of == CARD_TICKETS
			? ways[1] : of == CARD_GROUPS ? ways[2] : ways[0]);
}

static void
check_groups(const struct options *o)
{
	const char *way = o->by ? "--by" : "--of=tickets";

	if (o->by && o->of_tickets)
		msg_usage("only one of --of=tickets and --by");
	if (o->clv || o->breaks || o->save_breaks)
		msg_usage("%s: no --clv, no --breaks, no --save-breaks", way);
	if (o->of_tickets && o->strict_keys)
		msg_usage("--strict-keys is of customers or groups");
	if (o->of_tickets && (o->csi || o->nps))
		msg_usage("--csi and --nps are of customers or groups");
	if (o->of_tickets && !o->card)
		msg_usage("--of=tickets needs --card");
	if (o->by && !o->card && !o->csi && !o->nps)
		msg_usage("--by needs --card, --csi or --nps");
	if (o->strict_keys && o->operand_count == 0 && !o->partial)
		msg_usage("--strict-keys needs a file of customers");
}

static void
check_partial(const struct options *o)
{
	if (o->of_tickets && (o->partial || o->merge))
		msg_usage("--of=tickets needs no --merge: each part is "
			"complete, if tickets and their child rows are in one "
			"part");
	/* what only matters to the merge may stand here too: both get the same
	 * options */
	if (o->partial && o->operand_count && o->ticket_count == 0)
		msg_usage("--partial reads no customers; name the tickets "
			"with -t");
}

static bool
reads_input(char *const *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i], "-") == 0)
			return true;
	return n == 0;
}

static void
check_files(const struct options *o)
{
	bool customers = !o->partial && (o->operand_count ||
		(!o->of_tickets && !o->by));

	if (customers && reads_input(o->operands, o->operand_count) &&
		reads_input(o->tickets, o->ticket_count))
		msg_usage("standard input cannot be both, the %s and the "
			"customers", o->merge ? "partials" : "tickets");
	targets_check((struct target[]){
		{"output", o->common.output ? o->common.output : "-"},
		{"save-breaks", o->save_breaks},
		{"save-model", o->save_model}, {"report", o->report}}, 4);
}

static void
check(const struct options *o)
{
	if (o->print_rules && (!o->card || o->card[0] != '@'))
		msg_usage("--print-rules needs --card=@NAME");
	check_card(o);
	if (o->print_rules)
		return;
	if (o->breaks && o->save_breaks)
		msg_usage("only one of --breaks and --save-breaks");
	if (o->scale_given && !o->csi)
		msg_usage("--scale goes with --csi");
	if ((o->explain || o->season) && !o->card)
		msg_usage("--explain and --season go with --card");
	if (!o->clv && o->time_given)
		msg_usage("--horizon and --unit go with --clv");
	if (o->report && !o->lifetime.has_holdout)
		msg_usage("--report goes with --holdout");
	if (o->of_tickets || o->by)
		check_groups(o);
	check_partial(o);
	if (o->ticket_count == 0 && !o->of_tickets && !o->by && !o->partial)
		msg_usage("give the %s: -t FILE",
			o->merge ? "partials" : "tickets");
	check_files(o);
}

void
options_read(struct options *o, int argc, char **argv)
{
	const struct opt_tool tool = {
		"-t tickets.tsv... [option]... [customers.tsv]...",
		"Appends figures from the tickets to each customer; or to each "
		"ticket, station, owner ...",
		entries, sizeof(entries) / sizeof(*entries), set, o};
	int first;

	*o = (struct options){.bins = 5, .scale = 5,
		.lifetime = {.model = CLV_MBGNBD, .unit = 7 * DATE_DAY,
			.horizon = 365 * DATE_DAY}};
	first = opt_parse(&tool, &o->common, argc, argv);
	o->operands = argv + first;
	o->operand_count = (size_t)(argc - first);
	check(o);
}

void
options_free(struct options *o)
{
	for (size_t i = 0; i < o->ticket_count; i++)
		free(o->tickets[i]);
	free(o->tickets);
}
