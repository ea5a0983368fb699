#include "score.h"

#include <stdlib.h>

#include "fold.h"
#include "groups.h"
#include "join.h"
#include "mem.h"
#include "msg.h"
#include "text.h"

/* What a field means; it is canonical. */
static struct slice
decode(struct slice field, struct buf *scratch)
{
	if (!text_escaped(field))
		return field;
	buf_clear(scratch);
	text_unescape(scratch, field);
	return buf_slice(scratch);
}

/* From the tally of each customer to that of each value of a column of theirs.
 * Tickets of unknown customers have no value. */
static struct tally *
regroup(const struct tally_what *what, const struct tally *t,
	const struct join *join, size_t column, uint64_t *unknown)
{
	static const struct tally_entry none;
	struct slice *cells = mem_zero(column + 1, sizeof(*cells));
	struct tally *groups = tally_open(what, 1);
	struct buf scratch = {0};

	for (size_t i = 0; i < join_values(join, column); i++)
		tally_add(groups, 0, decode(join_value(join, column, i),
			&scratch), &none);
	for (size_t i = 0; i < tally_count(t); i++) {
		const struct tally_entry *e = tally_entry(t, i);
		struct slice value = {NULL, 0};

		if (join_find(join, tally_key(t, i),
			join_code(tally_key(t, i)), cells, NULL))
			value = decode(cells[column], &scratch);
		else
			*unknown += e->tickets;
		tally_add(groups, 0, value, e);
	}
	buf_free(&scratch);
	free(cells);
	return groups;
}

/* The file of customers, before the tickets are read; null where none is named.
 * A wrong name is told also where customers do not matter. */
static struct record_source *
open_customers(const struct options *o, const struct record_source *tickets,
	bool of_customers)
{
	struct record_source *source;

	if (of_customers && o->operand_count == 0) {
		const struct slice *near = text_suggest(slice_of(o->by),
			tickets->names, tickets->columns);

		msg_die("--by: the tickets have no column \"%s\"%s%.*s%s; if the "
			"customers have it, name their file", o->by,
			near ? " (did you mean \"" : "", near ? (int)near->n : 0,
			near ? near->p : "", near ? "\"?)" : "");
	}
	if (o->operand_count == 0)
		return NULL;
	source = record_open(o->operands, o->operand_count, NULL, 0);
	record_need(source, "customer_id");
	if (of_customers)
		record_need(source, o->by);
	return source;
}

static struct tally *
group_customers(const struct setting *s, struct tally *t,
	const struct tally_what *what, struct record_source *source,
	uint64_t *unknown)
{
	const struct options *o = s->options;
	size_t column = record_need(source, o->by);
	bool *used = mem_zero(source->columns, sizeof(*used));
	struct tally *groups;
	struct join *join;

	used[column] = true;
	join = join_load(source, &(struct join_job){.key = "customer_id",
		.used = used, .jobs = o->common.jobs,
		.progress = !o->common.quiet});
	groups = regroup(what, t, join, column, unknown);
	tally_close(t);
	join_close(join);
	free(used);
	return groups;
}

static void
summarise(const struct options *o, const struct tally *t, bool of_customers,
	const struct purchases_count *count)
{
	if (count->unknown && o->strict_keys) {
		msg_warn("--strict-keys: %llu tickets are of customers that are "
			"not in the file", (unsigned long long)count->unknown);
		msg_fail();
	}
	if (o->common.quiet)
		return;
	if (of_customers)
		msg_summary("%zu rows from %llu tickets, %llu of unknown "
			"customers, %llu after as-of", tally_count(t),
			(unsigned long long)count->tickets,
			(unsigned long long)count->unknown,
			(unsigned long long)count->later);
	else
		msg_summary("%zu rows from %llu tickets, %llu after as-of",
			tally_count(t), (unsigned long long)count->tickets,
			(unsigned long long)count->later);
}

void
score_groups(const struct options *o, struct out *out)
{
	struct slice by = slice_of(o->by);
	struct setting_row row = {.of = EXPR_OF_GROUP, .columns = &by,
		.count = 1};
	struct purchases_count count = {0};
	struct record_source *customers;
	struct tally_what what;
	struct setting s;
	struct tally *t;
	bool of_customers;

	setting_open(&s, o);
	row.given_count = groups_givens(o, s.givens);
	setting_card(&s, &row);
	what = setting_what(&s, fold_key(&s), true);
	of_customers = !slice_is(by, what.key);
	if (o->strict_keys && !of_customers)
		msg_usage("--strict-keys: %s is a column of the tickets",
			o->by);
	customers = open_customers(o, s.tickets, of_customers);
	t = fold_run(&s, &what, &count);
	if (of_customers)
		t = group_customers(&s, t, &what, customers, &count.unknown);
	groups_write(&s, t, out);
	summarise(o, t, of_customers, &count);
	tally_close(t);
	record_close(customers);
	setting_close(&s);
}
