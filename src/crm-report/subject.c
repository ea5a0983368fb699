#include "subject.h"

#include "chunk.h"
#include "date.h"
#include "msg.h"

const struct expr_given subject_givens[SUBJECT_GIVENS] = {
	[SUBJECT_PURCHASES] = {"purchases", EXPR_NUMBER, false},
	[SUBJECT_SALES] = {"sales", EXPR_NUMBER, true},
};

static struct expr_table
table_of(const struct record_source *source, const char *prefix)
{
	return (struct expr_table){
		.prefix = prefix,
		.names = source->names,
		.count = source->columns,
	};
}

static void
init_tickets(struct subject *s, const struct subject_sources *sources)
{
	s->source = sources->tickets;
	s->tables[0] = table_of(s->source, NULL);
	s->opened_at = record_need(s->source, "opened_at");
	s->customer_id = RECORD_NONE;
	if (sources->customers) {
		s->customer_id = record_need(s->source, "customer_id");
		s->tables[1] = table_of(sources->customers, "customer");
		s->scope.table_count = 2;
	}
	s->id = record_find(s->source, slice_of("ticket_id"));
	s->related = s->tables[0];
	s->scope.relation_of = EXPR_OF_TICKET;
}

static void
init_customers(struct subject *s, const struct subject_sources *sources)
{
	s->source = sources->customers;
	s->tables[0] = table_of(s->source, NULL);
	s->opened_at = s->customer_id = RECORD_NONE;
	s->id = record_find(s->source, slice_of("customer_id"));
	if (sources->tickets) {
		s->related = table_of(sources->tickets, NULL);
		s->scope.relation_of = EXPR_OF_CUSTOMER;
	} else {
		s->scope.relation_hint = "give the tickets with -t";
	}
}

void
subject_init(struct subject *s, bool customers,
	const struct subject_sources *sources, int64_t as_of,
	const struct calendar *calendar)
{
	*s = (struct subject){.customers = customers};
	s->scope.tables = s->tables;
	s->scope.table_count = 1;
	s->scope.related = &s->related;
	s->scope.as_of = as_of;
	s->scope.calendar = calendar;
	s->scope.given = subject_givens;
	if (customers)
		init_customers(s, sources);
	else
		init_tickets(s, sources);
}

void
subject_free(struct subject *s)
{
	relate_close(s->relate);
	expr_scope_free(&s->scope);
	*s = (struct subject){0};
}

static struct expr *
compile(struct subject *s, const struct buf *text)
{
	struct expr_error error;
	struct expr *e = expr_compile(&s->scope, buf_slice(text), &error);

	if (e == NULL)
		msg_die("sales of customers: %s", error.text);
	return e;
}

/* What makes a ticket of a customer count as sales in the period. */
static void
add_condition(struct buf *b, const struct subject *s,
	const struct period *period)
{
	char time[DATE_SIZE];
	const char *word = ", ";
	size_t i;

	for (i = 0; i < s->related.count; i++) {
		if (slice_is(s->related.names[i], "status")) {
			buf_text(b, ", not status == \"cancelled\"");
			word = " and ";
		}
	}
	if (period->since) {
		buf_printf(b, "%sopened_at >= %.*s", word,
			(int)date_write(time, period->from), time);
		word = " and ";
	}
	if (period->until)
		buf_printf(b, "%sopened_at <= %.*s", word,
			(int)date_write(time, period->to), time);
	buf_byte(b, ')');
}

static void
sell_customers(struct subject *s, const struct period *period)
{
	static const char *const parts[] = {
		"count(\"order\"", " + count(\"sale\"", NULL,
		"(sum(\"order\"", " ?? 0) + (sum(\"sale\"",
		" ?? 0) - (sum(\"return\"", NULL,
	};
	struct buf text = {0};
	size_t i;

	for (i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i]) {
			buf_text(&text, parts[i]);
			add_condition(&text, s, period);
		} else if (s->purchases) {
			buf_text(&text, " ?? 0)");
			s->sales = compile(s, &text);
		} else {
			s->purchases = compile(s, &text);
			buf_clear(&text);
		}
	}
	buf_free(&text);
}

void
subject_sell(struct subject *s, const struct period *period)
{
	if (!s->customers) {
		s->kind = record_find(s->source, slice_of("kind"));
		s->status = record_find(s->source, slice_of("status"));
		s->amount = record_find(s->source, slice_of("amount"));
		/* a definition that uses them says that they are unknown */
		if (s->kind == RECORD_NONE || s->amount == RECORD_NONE)
			return;
	}
	s->sells = true;
	s->scope.given_count = SUBJECT_GIVENS;
	if (s->customers && s->scope.relation_of != EXPR_NO_RELATIONS)
		sell_customers(s, period);
}

/* The time of a ticket is checked, and reported, by the first run over it. */
struct accept {
	size_t opened_at;
	bool checked;
};

static bool
accept(struct chunk *c, const struct record *r, void *context)
{
	const struct accept *a = context;
	struct slice field = record_field(r, a->opened_at);
	const char *why = period_why(field);

	if (why && !a->checked)
		chunk_bad(c, r, a->opened_at, why);
	return why == NULL;
}

bool
subject_relate(struct subject *s, const struct subject_job *job)
{
	struct accept context = {.checked = job->checked};
	struct relate_job relate = {
		.tickets = job->tickets,
		.scope = &s->scope,
		.key = s->customers ? "customer_id" : "ref",
		.holds = s->scope.uses_holds,
		.jobs = job->jobs,
		.progress = job->progress,
		.checked = job->checked,
		.accept = accept,
		.context = &context,
	};

	if (job->tickets == NULL ||
		(s->scope.relation_count == 0 && !s->scope.uses_holds))
		return false;
	context.opened_at = record_need(job->tickets, "opened_at");
	s->id = record_need(s->source, s->customers ? "customer_id" :
		"ticket_id");
	s->relate = relate_run(&relate);
	/* without its key it reads nothing */
	return record_find(job->tickets, slice_of(relate.key)) != RECORD_NONE;
}

static bool
fill_ticket(const struct subject *s, struct expr_env *env,
	struct expr_value *givens)
{
	struct slice kind = record_field(env->row, s->kind), amount;
	bool bought = slice_is(kind, "order") || slice_is(kind, "sale");
	enum num_status status;

	givens[SUBJECT_PURCHASES] = (struct expr_value){.type = EXPR_NUMBER};
	givens[SUBJECT_SALES] = (struct expr_value){.type = EXPR_NUMBER,
		.missing = true};
	if ((!bought && !slice_is(kind, "return")) ||
		(s->status != RECORD_NONE && slice_is(
		record_field(env->row, s->status), "cancelled")))
		return true;
	givens[SUBJECT_PURCHASES].i = bought ? NUM_ONE : 0;
	amount = record_field(env->row, s->amount);
	if (amount.n == 0)
		return true;
	status = num_read(amount, &givens[SUBJECT_SALES].i);
	if (status != NUM_OK) {
		env->bad_table = 0;
		env->bad_column = s->amount;
		env->bad_why = num_why(status);
		return false;
	}
	givens[SUBJECT_SALES].missing = false;
	if (!bought)
		givens[SUBJECT_SALES].i = -givens[SUBJECT_SALES].i;
	return true;
}

bool
subject_fill(const struct subject *s, struct expr_env *env,
	struct expr_value *givens)
{
	if (!s->sells)
		return true;
	if (!s->customers)
		return fill_ticket(s, env, givens);
	if (s->purchases == NULL) {
		givens[SUBJECT_PURCHASES].missing = true;
		givens[SUBJECT_SALES].missing = true;
		return true;
	}
	return expr_eval(s->purchases, env, &givens[SUBJECT_PURCHASES]) ==
		EXPR_OK && expr_eval(s->sales, env, &givens[SUBJECT_SALES]) ==
		EXPR_OK;
}

static bool
has_word(struct slice text, const char *word, bool called)
{
	size_t n = strlen(word), i, k;

	for (i = 0; i + n <= text.n; i++) {
		if (memcmp(text.p + i, word, n) != 0)
			continue;
		if (!called)
			return true;
		for (k = i + n; k < text.n && text.p[k] == ' '; k++)
			continue;
		if (k == text.n || text.p[k] != '(')
			continue;
		for (k++; k < text.n && text.p[k] == ' '; k++)
			continue;
		if (k < text.n && (text.p[k] == '"' || text.p[k] == '\''))
			return true;
	}
	return false;
}

bool
subject_mentions(struct slice text)
{
	return has_word(text, "has", true) || has_word(text, "count", true) ||
		has_word(text, "first", true) || has_word(text, "last", true) ||
		has_word(text, "sum", true) || has_word(text, "work", false);
}

bool
subject_sells(struct slice text)
{
	return has_word(text, "sales", false) ||
		has_word(text, "purchases", false);
}
