#include "gate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "num.h"
#include "text.h"

struct place {
	uint64_t number; /* of the chunk */
	uint32_t line;
};

struct gate {
	const struct record_source *source;
	size_t *columns;         /* that are used: first those of text, whose
	                            escapes alone can be wrong */
	enum schema_type *types;
	size_t count, texts;
	size_t required;
	bool again;
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
	bool (*named)(struct slice name, void *context), void *context)
{
	struct gate *g = mem_zero(1, sizeof(*g));

	g->source = source;
	g->columns = mem_alloc(source->columns, sizeof(*g->columns));
	g->types = mem_alloc(source->columns, sizeof(*g->types));
	g->required = required ? record_need(source, required) : RECORD_NONE;
	for (size_t i = 0; i < 2 * source->columns; i++) {
		size_t column = i % source->columns;
		bool texts = i < source->columns;
		enum schema_type type = schema_type_of(source->names[column]);

		/* a text that must be there is looked at in every record */
		if ((is_text(type) && column != g->required) != texts ||
			(column != g->required &&
			!named(source->names[column], context)))
			continue;
		g->columns[g->count] = column;
		g->types[g->count++] = type;
		g->texts += texts;
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
		date = date_check(s);
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

/* at: gets the required column where that is a time. */
static bool
check(const struct gate *g, struct chunk *c, const struct record *r,
	struct date_day *day, int64_t *at)
{
	for (size_t i = r->backslash ? 0 : g->texts; i < g->count; i++) {
		struct slice s = record_field(r, g->columns[i]);
		bool required = g->columns[i] == g->required;
		const char *why = NULL;

		if (required && g->types[i] == SCHEMA_TIME &&
			date_read_near(s, day, at) == DATE_OK)
			continue;
		if (s.n)
			why = wrong(g->types[i], s);
		else if (required)
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
gate_pass_at(struct chunk *c, const struct record *r, struct gate *g,
	struct date_day *day, int64_t *at)
{
	if (g->again)
		return (!g->sorted || !gate_refused(g, c->number, r->line)) &&
			date_read_near(record_field(r, g->required), day,
				at) == DATE_OK;
	if (check(g, c, r, day, at))
		return true;
	gate_refuse(g, c->number, r->line);
	return false;
}

bool
gate_pass(struct chunk *c, const struct record *r, struct gate *g)
{
	struct date_day day = {{0}, 0};
	int64_t at;

	if (g->again)
		return !g->sorted || !gate_refused(g, c->number, r->line);
	return gate_pass_at(c, r, g, &day, &at);
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
