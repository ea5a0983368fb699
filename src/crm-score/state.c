#include "state.h"

#include <stdio.h>

#include "date.h"
#include "state_columns.h"

enum asked { ALWAYS, PURCHASES, CSI, NPS };

#define ENTRY(member) offsetof(struct tally_entry, member)
#define CELL(member) offsetof(struct expr_cell, member)

const struct state_column state_columns[STATE_COLUMNS] = {
	{".tickets", ENTRY(tickets), STATE_COUNT, ALWAYS},
	{".orders", ENTRY(orders), STATE_COUNT, PURCHASES},
	{".returns", ENTRY(returns), STATE_COUNT, PURCHASES},
	{".spend", ENTRY(spend), STATE_SUM, PURCHASES},
	{".first", ENTRY(first), STATE_TIME, PURCHASES},
	{".last", ENTRY(last), STATE_TIME, PURCHASES},
	{".weighted", ENTRY(answers.weighted), STATE_SUM, CSI},
	{".weights", ENTRY(answers.weights), STATE_SUM, CSI},
	{".gaps", ENTRY(answers.gaps), STATE_SUM, CSI},
	{".gap_count", ENTRY(answers.gap_count), STATE_COUNT, CSI},
	{".answers", ENTRY(answers.count), STATE_COUNT, NPS},
	{".promoters", ENTRY(answers.promoters), STATE_COUNT, NPS},
	{".detractors", ENTRY(answers.detractors), STATE_COUNT, NPS},
};

/* Of each relation; its number follows the name. */
const struct state_column state_cells[STATE_CELLS] = {
	{".count", CELL(count), STATE_COUNT, ALWAYS},
	{".first", CELL(first), STATE_TIME, ALWAYS},
	{".last", CELL(last), STATE_TIME, ALWAYS},
	{".sum", CELL(sum), STATE_SUM, ALWAYS},
	{".amounts", CELL(amounts), STATE_COUNT, ALWAYS},
};

bool
state_asked(const struct tally_what *what, const struct state_column *c)
{
	switch ((enum asked)c->asked) {
	case PURCHASES: return what->when != NULL;
	case CSI: return what->answers->csi != NULL;
	case NPS: return what->answers->nps != NULL;
	default: return true;
	}
}

void
state_name_cell(char out[STATE_NAME], size_t relation, size_t cell)
{
	snprintf(out, STATE_NAME, "%s%zu", state_cells[cell].name, relation + 1);
}

/* ---- which runs belong together ---- */

/* FNV-1a. */
static uint64_t
digest(uint64_t code, struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		code = (code ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return (code ^ 0xff) * UINT64_C(0x100000001b3);
}

static uint64_t
digest_expr(uint64_t code, const struct expr *e)
{
	return digest(code, e ? expr_argument(e) : (struct slice){"\n", 1});
}

void
state_run(const struct tally_what *what, struct slice options,
	char out[STATE_RUN])
{
	uint64_t code = digest(UINT64_C(0xcbf29ce484222325), options);
	char time[DATE_SIZE];

	code = digest(code, slice_of(what->key));
	code = digest(code, (struct slice){time, date_write(time,
		what->as_of)});
	code = digest_expr(code, what->when);
	code = digest(code, slice_of(what->days ? "days" : ""));
	code = digest_expr(code, what->answers->csi);
	code = digest_expr(code, what->answers->nps);
	for (size_t i = 0; i < what->scope->relation_count; i++) {
		code = digest(code, what->scope->relations[i].kind);
		code = digest_expr(code, what->scope->relations[i].where);
	}
	snprintf(out, STATE_RUN, "%016llx", (unsigned long long)code);
}
