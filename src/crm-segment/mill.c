#include "mill.h"

#include <stdlib.h>

#include "mem.h"
#include "msg.h"
#include "text.h"

static const struct slice nothing = {0};

void
run_report_bad(struct chunk *c, const struct record *r,
	const struct expr_env *env)
{
	msg_bad(&c->bad, r->line, c->source->names[env->bad_column].p,
		env->bad_value, "%s", env->bad_why);
}

int
run_passes(const struct run *run, struct chunk *c, const struct record *r,
	struct expr_env *env)
{
	int yes;

	env->row = r;
	if (!run->where)
		return 1;
	yes = expr_true(run->where, env);
	if (yes < 0)
		run_report_bad(c, r, env);
	return yes;
}

struct mill *
mill_open(const struct run *run)
{
	struct mill *mills = mem_apart(run->common->jobs, sizeof(*mills));

	for (unsigned i = 0; run->segments && i < run->common->jobs; i++)
		mills[i].found = mem_zero(run->segments->count, sizeof(size_t));
	return mills;
}

void
mill_close(const struct run *run, struct mill *mills)
{
	for (unsigned i = 0; i < run->common->jobs; i++) {
		struct mill *mill = &mills[i];

		buf_free(&mill->env.scratch);
		buf_free(&mill->scratch);
		buf_free(&mill->names);
		buf_free(&mill->why);
		buf_free(&mill->line);
		buf_free(&mill->handed);
		free(mill->found);
		free(mill->counts);
	}
	free(mills);
}

static void
explain(const struct segments *s, size_t i, struct mill *mill)
{
	struct buf *b = &mill->scratch;

	buf_clear(b);
	if (mill->why.n)
		buf_text(b, "; ");
	buf_add(b, rules_cell(s->rules, i, rules_find(s->rules, "segment")));
	buf_text(b, ": ");
	if (s->texts[i].n == 0)
		buf_text(b, "always");
	buf_add(b, s->texts[i]);
	buf_text(b, " [");
	expr_explain(s->when[i], &mill->env, b);
	buf_byte(b, ']');
	text_escape(&mill->why, buf_slice(b));
}

static bool
is_found(const struct mill *mill, size_t segment)
{
	for (size_t i = 0; i < mill->found_count; i++)
		if (mill->found[i] == segment)
			return true;
	return false;
}

/* Rule i matches: the record belongs to its segment, if not by a rule before. */
static void
add_segment(const struct run *run, struct mill *mill, size_t i)
{
	const struct segments *s = run->segments;

	if (is_found(mill, s->same[i]))
		return;
	if (mill->found_count)
		buf_byte(&mill->names, ',');
	buf_add(&mill->names, s->names[i]);
	mill->found[mill->found_count++] = s->same[i];
	if (run->explain)
		explain(s, i, mill);
}

static void
check(struct chunk *c, const struct record *r, size_t rules)
{
	if (rules == 1)
		return;
	msg_mention(&c->bad, r->line, NULL, nothing,
		rules ? "%zu rules match" : "no rule matches", rules);
	msg_fail();
}

static bool
classify(const struct run *run, struct chunk *c, const struct record *r,
	struct mill *mill)
{
	const struct segments *s = run->segments;
	size_t rules = 0;

	for (size_t i = 0; i < s->count; i++) {
		int yes = expr_true(s->when[i], &mill->env);

		if (yes < 0) {
			run_report_bad(c, r, &mill->env);
			return false;
		}
		if (!yes)
			continue;
		if (rules++ == 0 || run->all)
			add_segment(run, mill, i);
		if (!run->all && !run->check)
			break;
	}
	if (run->check)
		check(c, r, rules);
	return true;
}

int
mill_take(const struct run *run, struct chunk *c, const struct record *r,
	struct mill *mill)
{
	int passes = run_passes(run, c, r, &mill->env);

	if (passes <= 0 || !run->segments)
		return passes;
	buf_clear(&mill->names);
	buf_clear(&mill->why);
	mill->found_count = 0;
	if (!classify(run, c, r, mill))
		return -1;
	if (run->was) {
		was_find(run->was, r, &mill->scratch, &mill->was);
		mill->move = was_move(mill->was.segment,
			buf_slice(&mill->names));
	}
	return 1;
}
