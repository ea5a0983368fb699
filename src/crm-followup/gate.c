#include "gate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "num.h"
#include "text.h"

struct place {
	uint64_t number; /* of the chunk */
	uint32_t line;
};

struct gate {
	const struct record_source *source;
	size_t *columns;         /* that are used */
	enum schema_type *types;
	size_t count;
	size_t required;
	bool again;
	pthread_mutex_t lock;    /* of what follows, while a pass runs */
	struct place *refused;
	size_t refused_count, sorted, room;
};

struct gate *
gate_open(const struct record_source *source, const char *required,
	bool (*named)(struct slice name, void *context), void *context)
{
	struct gate *g = mem_zero(1, sizeof(*g));

	g->source = source;
	g->columns = mem_alloc(source->columns, sizeof(*g->columns));
	g->types = mem_alloc(source->columns, sizeof(*g->types));
	g->required = required ? record_need(source, required) : RECORD_NONE;
	for (size_t i = 0; i < source->columns; i++) {
		if (i != g->required && !named(source->names[i], context))
			continue;
		g->columns[g->count] = i;
		g->types[g->count++] = schema_type_of(source->names[i]);
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
	free(g->types);
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
		date = date_read(s, &value);
		return date == DATE_OK ? NULL : date_why(date);
	case SCHEMA_DAY:
		date = date_read_day(s, &day);
		return date == DATE_OK ? NULL : date_why(date);
	default:
		if (memchr(s.p, '\\', s.n))
			decoded = text_unescape(&text, s);
		buf_free(&text);
		return decoded ? NULL : "not an escape of crm(5)";
	}
}

static bool
is_text(enum schema_type type)
{
	return type != SCHEMA_NUMBER && type != SCHEMA_MONEY &&
		type != SCHEMA_TIME && type != SCHEMA_DAY;
}

static bool
check(const struct gate *g, struct chunk *c, const struct record *r)
{
	for (size_t i = 0; i < g->count; i++) {
		const char *why = NULL;
		struct slice s;

		if (is_text(g->types[i]) && !r->backslash)
			continue;
		s = record_field(r, g->columns[i]);
		if (s.n)
			why = wrong(g->types[i], s);
		else if (g->columns[i] == g->required)
			why = "missing";
		if (why) {
			chunk_bad(c, r, g->columns[i], why);
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
gate_pass(struct chunk *c, const struct record *r, void *context)
{
	struct gate *g = context;

	if (g->again)
		return !g->sorted || !gate_refused(g, c->number, r->line);
	if (check(g, c, r))
		return true;
	gate_refuse(g, c->number, r->line);
	return false;
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
