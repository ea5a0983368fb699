#include "merge.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base_lines.h"
#include "mem.h"

static size_t
find(const struct base_rules *rules, const char *name)
{
	for (size_t i = 0; i < rules->layout->count; i++)
		if (slice_is(rules->layout->columns[i].name, name))
			return i;
	return SIZE_MAX;
}

void
merge_open(struct merge *m, const struct base_rules *rules)
{
	bool tickets = rules->kind == SCHEMA_TICKETS;

	*m = (struct merge){.rules = rules};
	m->customer = tickets ? find(rules, "customer_id") : SIZE_MAX;
	m->opened = tickets ? find(rules, "opened_at") : SIZE_MAX;
	m->closed = tickets ? find(rules, "closed_at") : SIZE_MAX;
	m->no_contact = tickets ? SIZE_MAX : find(rules, "no_contact");
	m->fields = mem_alloc(rules->layout->count + 1, sizeof *m->fields);
}

void
merge_close(struct merge *m)
{
	free(m->fields);
	buf_free(&m->line);
	buf_free(&m->list);
}

static struct slice
next_word(struct slice *list)
{
	const char *comma = memchr(list->p, ',', list->n);
	size_t n = comma ? (size_t)(comma - list->p) : list->n;
	struct slice word = {list->p, n};

	list->p += comma ? n + 1 : n;
	list->n -= comma ? n + 1 : n;
	return word;
}

static bool
holds(struct slice list, struct slice word)
{
	while (list.n > 0)
		if (slice_equal(next_word(&list), word))
			return true;
	return false;
}

/* Both lists; whoever is in one of them is not contacted there. */
static struct slice
unite(struct merge *m, struct slice old, struct slice new)
{
	if (slice_is(old, "all") || slice_is(new, "all"))
		return slice_of("all");
	buf_clear(&m->list);
	buf_add(&m->list, old);
	while (new.n > 0) {
		struct slice word = next_word(&new);

		if (word.n == 0 || holds(old, word))
			continue;
		buf_byte(&m->list, ',');
		buf_add(&m->list, word);
	}
	return buf_slice(&m->list);
}

bool
merge_none(const struct merge *m, size_t i, struct slice new)
{
	return i == m->no_contact && m->rules->consent_replaced &&
		slice_is(new, "no");
}

static struct slice
merge_one(struct merge *m, size_t i, struct slice old, struct slice new)
{
	if (new.n == 0 || i == m->rules->id)
		return old;
	if (base_lines_missing(old))
		return merge_none(m, i, new) ? old : new;
	if (i == m->no_contact && !m->rules->consent_replaced)
		return unite(m, old, new);
	/* what stands where a row has nothing fills, and replaces nothing */
	if (slice_equal(new, m->rules->layout->columns[i].instead))
		return old;
	if (m->rules->on_match == BASE_FILL)
		return old;
	return merge_none(m, i, new) ? (struct slice){new.p, 0} : new;
}

const struct slice *
merge_fields(struct merge *m, const struct slice *old, const struct slice *new)
{
	bool changed = false;

	for (size_t i = 0; i < m->rules->layout->count; i++) {
		m->fields[i] = merge_one(m, i, old[i], new[i]);
		changed |= !slice_equal(m->fields[i], old[i]);
	}
	return changed ? m->fields : NULL;
}

struct slice
merge_line(struct merge *m)
{
	buf_clear(&m->line);
	for (size_t i = 0; i < m->rules->layout->count; i++) {
		if (i > 0)
			buf_byte(&m->line, '\t');
		buf_add(&m->line, m->fields[i]);
	}
	return buf_slice(&m->line);
}

bool
merge_span_allowed(const struct merge *m, struct slice opened,
	struct slice closed, size_t *column, struct buf *why)
{
	if (base_lines_missing(opened) || base_lines_missing(closed))
		return true;
	/* cleaned times sort as text; one without a time of day is compared by
	 * its date */
	if (opened.n == 10)
		closed.n = 10;
	else if (closed.n == 10)
		opened.n = 10;
	if (slice_compare(closed, opened) >= 0)
		return true;
	*column = m->closed;
	buf_text(why, "closed before it was opened");
	return false;
}

bool
merge_allowed(const struct merge *m, const struct slice *fields,
	size_t *column, struct buf *why)
{
	return m->opened == SIZE_MAX || m->closed == SIZE_MAX ||
		merge_span_allowed(m, fields[m->opened], fields[m->closed],
			column, why);
}
