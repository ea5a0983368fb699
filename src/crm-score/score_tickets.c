#include "score.h"

#include <stdlib.h>

#include "children.h"
#include "date.h"
#include "join.h"
#include "mem.h"
#include "msg.h"
#include "setting.h"
#include "text.h"

/* What one thread needs. */
struct hand {
	_Alignas(MEM_APART) struct expr_env env;
	struct expr_value givens[SETTING_GIVENS];
	struct expr_cell *cells;  /* of the child rows */
	struct slice *customer;   /* fields of the ticket's customer */
	struct card_result result;
	struct buf text, scratch;
	uint64_t tickets, later; /* written; after as-of */
};

struct work {
	const struct setting *setting;
	struct record_layout *layout;
	struct children children; /* all zero: nothing is asked of them */
	struct join *join;       /* null: nothing is asked of customers */
	size_t opened_at, id, customer_id;
	struct hand *hands;
};

enum { POINTS, GRADE, WHY, OWN };

static const char *const own[OWN] = {"points", "grade", "why"};

/* Null, or what is wrong. */
static const char *
read_time(struct slice field, int64_t *opened_at)
{
	enum date_status status = date_read(field, opened_at);

	if (field.n == 0)
		return "missing";
	return status == DATE_OK ? NULL : date_why(status);
}

/* What the child rows and the customer are to the expressions; false where a
 * key is bad, which is reported. */
static bool
look_around(const struct work *work, struct hand *hand, struct chunk *c,
	const struct record *r)
{
	struct slice key;

	hand->env.row = r;
	hand->env.relations = NULL;
	if (work->children.relate) {
		if (!record_text(r, work->id, &hand->scratch, &key)) {
			chunk_bad(c, r, work->id, "unknown escape");
			return false;
		}
		hand->env.relations = relate_find(work->children.relate,
			key, hand->cells, &hand->env.holds, &hand->env.hold_count);
	}
	if (work->join) {
		if (!record_text(r, work->customer_id, &hand->scratch, &key)) {
			chunk_bad(c, r, work->customer_id, "unknown escape");
			return false;
		}
		hand->env.cells[1] = join_find(work->join, key,
			join_code(key), hand->customer, NULL)
			? hand->customer : NULL;
	}
	return true;
}

static void
write_record(const struct work *work, struct hand *hand, struct chunk *c,
	const struct record *r)
{
	const struct card_result *result = &hand->result;
	struct slice values[OWN];
	size_t points, grade;

	buf_clear(&hand->text);
	hand->text.n += num_write(buf_reserve(&hand->text, NUM_SIZE),
		result->sum);
	points = hand->text.n;
	text_escape(&hand->text, result->grade);
	grade = hand->text.n;
	text_escape(&hand->text, buf_slice(&result->why));
	values[POINTS] = (struct slice){hand->text.p, points};
	values[GRADE] = (struct slice){hand->text.p + points, grade - points};
	values[WHY] = (struct slice){hand->text.p + grade,
		hand->text.n - grade};
	record_layout_write(work->layout, &c->bytes, r, values);
}

/* The column that a card found bad: the ticket's, or its customer's, which was
 * looked at when the customers were read. */
static void
report_bad(struct chunk *c, const struct record *r, const struct expr_env *env)
{
	chunk_bad(c, r, env->bad_table == 0 ? env->bad_column : RECORD_NONE,
		env->bad_why);
}

static void
score_record(const struct work *work, struct hand *hand, struct chunk *c,
	const struct record *r)
{
	const struct setting *s = work->setting;
	size_t first = s->scope.given_count - 2;
	int64_t opened_at;
	const char *why = read_time(record_field(r, work->opened_at),
		&opened_at);

	if (why) {
		chunk_bad(c, r, work->opened_at, why);
		return;
	}
	if (opened_at > s->as_of) {
		hand->later++;
		return;
	}
	if (children_refused(&work->children, c, r) ||
		!look_around(work, hand, c, r))
		return;
	/* a status that the tickets do not have */
	hand->givens[0] = (struct expr_value){.type = EXPR_TEXT,
		.missing = true};
	hand->env.given = hand->givens;
	if (card_eval(s->card, &hand->env,
		setting_values(s, hand->givens + first), s->options->explain,
		&hand->result)) {
		write_record(work, hand, c, r);
		hand->tickets++;
	} else
		report_bad(c, r, &hand->env);
}

static void
score_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	struct record r;

	while (chunk_next(c, &r))
		score_record(work, &work->hands[c->worker], c, &r);
}

/* ---- what it needs ---- */

/* A time that cannot be read is reported when the tickets are scored. */
static bool
accept(struct chunk *c, const struct record *r, void *context)
{
	const struct work *work = context;
	int64_t opened_at;

	(void)c;
	return !read_time(record_field(r, work->opened_at), &opened_at);
}

static void
read_children(struct work *work)
{
	const struct setting *s = work->setting;
	struct relate_job job = {.tickets = s->tickets, .scope = &s->scope,
		.key = "ref", .holds = s->scope.uses_holds,
		.jobs = s->options->common.jobs, .accept = accept,
		.context = work, .progress = !s->options->common.quiet};

	if (s->scope.relation_count == 0 && !s->scope.uses_holds)
		return;
	work->id = record_need(s->tickets, "ticket_id");
	children_open(&work->children, &job);
}

static void
read_customers(struct work *work, const struct record_source *customers)
{
	const struct setting *s = work->setting;
	bool any = false;

	if (!customers || !s->scope.uses[1])
		return;
	for (size_t i = 0; i < customers->columns; i++)
		any |= s->scope.uses[1][i];
	if (!any)
		return;
	work->customer_id = record_need(s->tickets, "customer_id");
	work->join = join_load(customers, &(struct join_job){
		.key = "customer_id", .used = s->scope.uses[1],
		.jobs = s->options->common.jobs,
		.progress = !s->options->common.quiet});
}

/* A built-in card may look at a status that the tickets do not have. */
static size_t
give_status(struct setting *s)
{
	if (s->options->card[0] != '@' ||
		record_find(s->tickets, slice_of("status")) != RECORD_NONE)
		return 0;
	s->givens[0] = (struct expr_given){"status", EXPR_TEXT, false};
	return 1;
}

static void
write_all(struct work *work, const struct record_source *customers,
	struct out *out)
{
	const struct setting *s = work->setting;
	const struct options *o = s->options;
	struct buf header = {0};
	const struct chunk_job job = {.source = s->tickets,
		.jobs = o->common.jobs, .work = score_chunk, .context = work,
		.out = out, .progress = !o->common.quiet,
		/* the pass before has read nothing without a column ref */
		.checked = work->children.relate &&
			record_find(s->tickets, slice_of("ref")) != RECORD_NONE};

	for (unsigned i = 0; i < o->common.jobs; i++) {
		work->hands[i].cells = mem_alloc(s->scope.relation_count + 1,
			sizeof(struct expr_cell));
		work->hands[i].customer = mem_zero(customers
			? customers->columns : 0, sizeof(struct slice));
	}
	if (!o->common.no_header) {
		record_layout_header(work->layout, &header);
		out_write(out, buf_slice(&header));
		buf_free(&header);
	}
	chunk_run(&job);
}

static void
finish(struct work *work)
{
	const struct options *o = work->setting->options;
	uint64_t tickets = 0, later = 0;

	for (unsigned i = 0; i < o->common.jobs; i++) {
		struct hand *hand = &work->hands[i];

		tickets += hand->tickets;
		later += hand->later;
		free(hand->cells);
		free(hand->customer);
		buf_free(&hand->env.scratch);
		buf_free(&hand->text);
		buf_free(&hand->scratch);
		card_result_free(&hand->result);
	}
	free(work->hands);
	children_close(&work->children);
	join_close(work->join);
	record_layout_close(work->layout);
	if (!o->common.quiet)
		msg_summary("%llu tickets, %llu after as-of",
			(unsigned long long)(tickets + later),
			(unsigned long long)later);
}

void
score_tickets(const struct options *o, struct out *out)
{
	struct setting s;
	struct work work = {.setting = &s};
	struct record_source *customers = NULL;
	struct setting_row row = {.of = EXPR_OF_TICKET};

	setting_open(&s, o);
	if (o->operand_count)
		customers = record_open(o->operands, o->operand_count, NULL, 0);
	row.columns = s.tickets->names;
	row.count = s.tickets->columns;
	row.given_count = give_status(&s);
	row.customer = customers;
	setting_card(&s, &row);
	work.opened_at = record_need(s.tickets, "opened_at");
	work.layout = record_layout_open(s.tickets, own,
		o->explain ? OWN : WHY);
	work.hands = mem_apart(o->common.jobs, sizeof(*work.hands));
	read_children(&work);
	read_customers(&work, customers);
	write_all(&work, customers, out);
	finish(&work);
	record_close(customers);
	setting_close(&s);
}
