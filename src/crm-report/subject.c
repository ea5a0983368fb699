#include "subject.h"

#include "chunk.h"
#include "date.h"
#include "msg.h"

const struct expr_given subject_givens[SUBJECT_GIVENS] = {
	[SUBJECT_PURCHASES] = {"purchases", EXPR_NUMBER, false},
	[SUBJECT_SALES] = {"sales", EXPR_NUMBER, true},
	[SUBJECT_YEAR] = {"year_sales", EXPR_NUMBER, true},
	[SUBJECT_FIRST] = {"first_purchase", EXPR_TIME, false},
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
add_lookup(struct subject *s, const struct record_source *source,
	const char *key, const char *prefix)
{
	if (source == NULL)
		return;
	s->lookups[s->lookup_count++] = (struct subject_lookup){
		.source = source,
		.key = key,
		.column = record_find(s->source, slice_of(key)),
	};
	s->tables[s->scope.table_count++] = table_of(source, prefix);
}

static void
init_tickets(struct subject *s, const struct subject_sources *sources)
{
	s->source = sources->tickets;
	s->tables[0] = table_of(s->source, NULL);
	s->opened_at = record_need(s->source, "opened_at");
	add_lookup(s, sources->customers, "customer_id", "customer");
	add_lookup(s, sources->serials, "serial", "serial");
	s->id = record_find(s->source, slice_of("ticket_id"));
	s->related = s->tables[0];
	s->scope.relation_of = EXPR_OF_TICKET;
}

static void
init_customers(struct subject *s, const struct subject_sources *sources)
{
	s->source = sources->customers;
	s->tables[0] = table_of(s->source, NULL);
	s->opened_at = RECORD_NONE;
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
	relate_close(s->bought);
	expr_scope_free(&s->scope);
	expr_scope_free(&s->buyers);
	*s = (struct subject){0};
}

static struct expr *
compile(struct expr_scope *scope, const struct buf *text)
{
	struct expr_error error;
	struct expr *e = expr_compile(scope, buf_slice(text), &error);

	if (e == NULL)
		msg_die("sales of customers: %s", error.text);
	return e;
}

/* What makes a ticket of a customer count as sales in the period; null: at any
 * time. */
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
	if (period == NULL) {
		buf_byte(b, ')');
		return;
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
find_first(struct subject *s, struct expr_scope *scope)
{
	static const char *const kinds[] = {"order", "sale"};
	struct buf text = {0};
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		buf_clear(&text);
		buf_printf(&text, "first(\"%s\"", kinds[i]);
		add_condition(&text, s, NULL);
		s->firsts[i] = compile(scope, &text);
	}
	buf_free(&text);
}

void
subject_know_buyers(struct subject *s)
{
	if (s->customers) {
		if (s->purchases)
			find_first(s, &s->scope);
		return;
	}
	s->customer_id = record_need(s->source, "customer_id");
	s->buyers = (struct expr_scope){
		.related = &s->related,
		.relation_of = EXPR_OF_CUSTOMER,
		.as_of = s->scope.as_of,
		.calendar = s->scope.calendar,
	};
	find_first(s, &s->buyers);
}

/* Each part takes the condition, and `end` ends it all. */
static struct expr *
compile_parts(struct subject *s, const char *const *parts, const char *end,
	const struct period *period)
{
	struct buf text = {0};
	struct expr *e;

	for (; *parts; parts++) {
		buf_text(&text, *parts);
		add_condition(&text, s, period);
	}
	buf_text(&text, end);
	e = compile(&s->scope, &text);
	buf_free(&text);
	return e;
}

static void
sell_customers(struct subject *s, const struct period *period, bool year)
{
	static const char *const counts[] = {"count(\"order\"",
		" + count(\"sale\"", NULL};
	static const char *const sums[] = {"(sum(\"order\"",
		" ?? 0) + (sum(\"sale\"", " ?? 0) - (sum(\"return\"", NULL};

	s->purchases = compile_parts(s, counts, "", period);
	s->sales = compile_parts(s, sums, " ?? 0)", period);
	if (year)
		s->year_sales = compile_parts(s, sums, " ?? 0)", &s->year);
}

/* A target is one of this year. */
static struct period
year_of(const struct period *period, int64_t as_of)
{
	struct period year = *period;
	struct date_civil c;

	if (period->since || period->until)
		return year;
	date_split(as_of, &c);
	c = (struct date_civil){.year = c.year, .month = 1, .day = 1};
	year.since = date_make(&c, &year.from);
	return year;
}

void
subject_sell(struct subject *s, const struct period *period, bool year)
{
	s->year = year_of(period, s->scope.as_of);
	if (!s->customers) {
		s->kind = record_find(s->source, slice_of("kind"));
		s->status = record_find(s->source, slice_of("status"));
		s->amount = record_find(s->source, slice_of("amount"));
		/* a definition that uses them says that they are unknown */
		s->lacks = s->kind == RECORD_NONE ? "kind" :
			s->amount == RECORD_NONE ? "amount" : NULL;
		if (s->lacks)
			return;
	}
	s->sells = true;
	s->scope.given_count = SUBJECT_GIVENS;
	if (s->customers && s->scope.relation_of != EXPR_NO_RELATIONS)
		sell_customers(s, period, year);
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
	bool read = false;

	if (job->tickets == NULL)
		return false;
	context.opened_at = record_need(job->tickets, "opened_at");
	if (s->scope.relation_count > 0 || s->scope.uses_holds) {
		s->id = record_need(s->source, s->customers ? "customer_id" :
			"ticket_id");
		s->relate = relate_run(&relate);
		/* without its key it reads nothing */
		read = record_find(job->tickets, slice_of(relate.key)) !=
			RECORD_NONE;
	}
	if (s->buyers.relation_count > 0) {
		relate.scope = &s->buyers;
		relate.key = "customer_id";
		relate.holds = false;
		relate.checked = context.checked = job->checked || read;
		s->bought = relate_run(&relate);
		read = true;
	}
	return read;
}

void
subject_first(const struct subject *s, struct slice customer,
	struct expr_value *given)
{
	struct expr_cell cells[2];
	const struct expr_cell *found = customer.n == 0 ? NULL :
		relate_find(s->bought, customer, cells, NULL, NULL);
	size_t i;

	*given = (struct expr_value){.type = EXPR_TIME, .missing = true};
	for (i = 0; found && i < s->buyers.relation_count; i++) {
		if (found[i].count > 0 && (given->missing ||
			found[i].first < given->i)) {
			given->missing = false;
			given->i = found[i].first;
		}
	}
}

static bool
fill_ticket(const struct subject *s, struct expr_env *env,
	struct expr_value *givens)
{
	struct slice kind = record_field(env->row, s->kind), amount;
	bool bought = slice_is(kind, "order") || slice_is(kind, "sale");
	enum num_status status;

	givens[SUBJECT_PURCHASES] = (struct expr_value){.type = EXPR_NUMBER};
	givens[SUBJECT_SALES] = givens[SUBJECT_YEAR] = (struct expr_value){
		.type = EXPR_NUMBER, .missing = true};
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
	if (env->known_time >= s->year.from)
		givens[SUBJECT_YEAR] = givens[SUBJECT_SALES];
	return true;
}

bool
subject_fill(const struct subject *s, struct expr_env *env,
	struct expr_value *givens)
{
	struct expr_value first;
	size_t i;

	if (!s->sells)
		return true;
	if (!s->customers)
		return fill_ticket(s, env, givens);
	givens[SUBJECT_FIRST].missing = true;
	givens[SUBJECT_YEAR].missing = true;
	if (s->purchases == NULL) {
		givens[SUBJECT_PURCHASES].missing = true;
		givens[SUBJECT_SALES].missing = true;
		return true;
	}
	for (i = 0; i < 2 && s->firsts[i]; i++) {
		if (expr_eval(s->firsts[i], env, &first) != EXPR_OK)
			return false;
		if (!first.missing && (givens[SUBJECT_FIRST].missing ||
			first.i < givens[SUBJECT_FIRST].i))
			givens[SUBJECT_FIRST] = first;
	}
	return expr_eval(s->purchases, env, &givens[SUBJECT_PURCHASES]) ==
		EXPR_OK && expr_eval(s->sales, env, &givens[SUBJECT_SALES]) ==
		EXPR_OK && (s->year_sales == NULL || expr_eval(s->year_sales,
		env, &givens[SUBJECT_YEAR]) == EXPR_OK);
}
