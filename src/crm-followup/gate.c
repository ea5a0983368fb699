#include "gate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "date_days.h"
#include "mem.h"
#include "num.h"
#include "text.h"

struct place {
	uint64_t number; /* of the chunk */
	uint32_t line;
};

struct gate {
	const struct record_source *source;
	struct gate_column {
		size_t number;
		enum schema_type type;
	} *columns;              /* that are used: first those of text, whose
	                            escapes alone can be wrong */
	size_t count, texts;
	size_t required, key;   /* that must have a value */
	bool again;
	struct gate_worker {
		_Alignas(MEM_APART) struct date_days days;
	} *workers;
	pthread_mutex_t lock;    /* of what follows, while a pass runs */
	struct place *refused;
	size_t refused_count, sorted, room;
};

static bool
is_text(enum schema_type type)
{
	return type != SCHEMA_NUMBER && type != SCHEMA_MONEY &&
		type != SCHEMA_TIME && type != SCHEMA_DAY;
}

struct gate *
gate_open(const struct record_source *source, const char *required,
	const char *key, unsigned jobs,
	bool (*named)(struct slice name, void *context), void *context)
{
	struct gate *g = mem_zero(1, sizeof(*g));

	g->source = source;
	g->workers = mem_apart(jobs, sizeof(*g->workers));
	g->columns = mem_alloc(source->columns, sizeof(*g->columns));
	g->required = record_need(source, required);
	g->key = record_need(source, key);
	for (size_t i = 0; i < 2 * source->columns; i++) {
		size_t column = i % source->columns;
		enum schema_type type = schema_type_of(source->names[column]);
		bool used = column == g->required || column == g->key ||
			named(source->names[column], context);

		if (!used || is_text(type) != (i < source->columns))
			continue;
		g->columns[g->count++] = (struct gate_column){column, type};
		g->texts += is_text(type);
	}
	pthread_mutex_init(&g->lock, NULL);
	return g;
}

void
gate_close(struct gate *g)
{
	if (!g)
		return;
	pthread_mutex_destroy(&g->lock);
	free(g->columns);
	free(g->workers);
	free(g->refused);
	free(g);
}

bool
gate_again(const struct gate *g)
{
	return g->again;
}

/* What is wrong with a value, or null. */
static const char *
wrong(enum schema_type type, struct slice s)
{
	struct date_civil day;
	enum date_status date = DATE_OK;
	enum num_status num = NUM_OK;
	struct buf text = {0};
	bool decoded = true;
	int64_t value;

	switch (type) {
	case SCHEMA_NUMBER:
	case SCHEMA_MONEY:
		num = num_read(s, &value);
		return num == NUM_OK ? NULL : num_why(num);
	case SCHEMA_TIME:
		date = date_check(s);
		return date == DATE_OK ? NULL : date_why(date);
	case SCHEMA_DAY:
		date = date_read_day(s, &day);
		return date == DATE_OK ? NULL : date_why(date);
	default:
		if (text_escaped(s))
			decoded = text_unescape(&text, s);
		buf_free(&text);
		return decoded ? NULL : "not an escape of crm(5)";
	}
}

/* at: gets the required column where that is a time. */
static bool
check(const struct gate *g, struct chunk *c, const struct record *r,
	int64_t *at)
{
	struct date_days *days = &g->workers[c->worker].days;
	int64_t other;

	if (!record_field(r, g->key).n) {
		chunk_bad(c, r, g->key, "missing");
		return false;
	}
	for (size_t i = r->backslash ? 0 : g->texts; i < g->count; i++) {
		size_t column = g->columns[i].number;
		bool required = column == g->required;
		struct slice s = record_field(r, column);
		const char *why;

		if (!s.n && !required)
			continue;
		if (s.n && g->columns[i].type == SCHEMA_TIME &&
			date_days_read(days, s, required ? at : &other) ==
			DATE_OK)
			continue;
		why = s.n ? wrong(g->columns[i].type, s) : "missing";
		if (why) {
			chunk_bad(c, r, column, why);
			return false;
		}
	}
	return true;
}

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

bool
gate_pass_at(struct chunk *c, const struct record *r, struct gate *g,
	int64_t *at)
{
	if (g->again)
		return (!g->sorted || !gate_refused(g, c->number, r->line)) &&
			date_days_read(&g->workers[c->worker].days,
				record_field(r, g->required), at) == DATE_OK;
	if (check(g, c, r, at))
		return true;
	gate_refuse(g, c->number, r->line);
	return false;
}

bool
gate_pass(struct chunk *c, const struct record *r, struct gate *g)
{
	int64_t at;

	if (g->again)
		return !g->sorted || !gate_refused(g, c->number, r->line);
	return gate_pass_at(c, r, g, &at);
}

void
gate_refuse(struct gate *g, uint64_t number, uint32_t line)
{
	pthread_mutex_lock(&g->lock);
	if (g->refused_count == g->room) {
		g->room = g->room ? 2 * g->room : 64;
		g->refused = mem_resize(g->refused, g->room,
			sizeof(*g->refused));
	}
	g->refused[g->refused_count++] = (struct place){number, line};
	pthread_mutex_unlock(&g->lock);
}

bool
gate_refused(const struct gate *g, uint64_t number, uint32_t line)
{
	struct place key = {number, line};

	return g->sorted && bsearch(&key, g->refused, g->sorted,
		sizeof(*g->refused), compare_places);
}

void
gate_end(struct gate *g)
{
	if (g->refused_count)
		qsort(g->refused, g->refused_count, sizeof(*g->refused),
			compare_places);
	g->sorted = g->refused_count;
	g->again = true;
}
