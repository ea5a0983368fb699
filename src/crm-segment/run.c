#include "run.h"

#include <stdlib.h>

#include "mem.h"
#include "msg.h"
#include "text.h"

static const struct slice nothing = {0};

/* What one thread needs beside the rules. */
struct mill {
	struct expr_env env;
	struct buf names; /* of the segments of a record */
	struct buf why, escaped;
	uint64_t *counts; /* of --count: by first rule of the name, then none */
	uint64_t total;
};

struct work {
	const struct run *run;
	struct record_layout *layout;
	struct mill *mills;
};

void
run_report_bad(struct chunk *c, const struct record *r, const struct expr_env *env)
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

static void
explain(const struct segments *s, size_t i, struct mill *mill)
{
	struct buf *why = &mill->why;

	if (why->n)
		buf_text(why, "; ");
	buf_add(why, rules_cell(s->rules, i, rules_find(s->rules, "segment")));
	buf_text(why, ": ");
	if (s->texts[i].n == 0)
		buf_text(why, "always");
	buf_add(why, s->texts[i]);
	buf_text(why, " [");
	expr_explain(s->when[i], &mill->env, why);
	buf_byte(why, ']');
}

/* Finds the segments of a record: mill->names, mill->why, counts. False where
 * it is bad. */
static bool
classify(const struct run *run, struct chunk *c, const struct record *r,
	struct mill *mill)
{
	const struct segments *s = run->segments;
	size_t found = 0;

	buf_clear(&mill->names);
	buf_clear(&mill->why);
	for (size_t i = 0; i < s->count; i++) {
		int yes = expr_true(s->when[i], &mill->env);

		if (yes < 0) {
			run_report_bad(c, r, &mill->env);
			return false;
		}
		if (!yes)
			continue;
		found++;
		if (found == 1 || run->all) {
			if (found > 1)
				buf_byte(&mill->names, ',');
			buf_add(&mill->names, s->names[i]);
			if (mill->counts)
				mill->counts[s->same[i]]++;
			if (run->explain)
				explain(s, i, mill);
		}
		if (!run->all && !run->check)
			break;
	}
	if (found == 0 && mill->counts)
		mill->counts[s->count]++;
	mill->total++;
	if (run->check && found != 1) {
		msg_mention(&c->bad, r->line, NULL, nothing,
			found ? "%zu segments match" : "no segment matches",
			found);
		msg_fail();
	}
	return true;
}

static void
segment_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	const struct run *run = work->run;
	struct mill *mill = &work->mills[c->worker];
	struct record r;

	while (chunk_next(c, &r)) {
		struct slice own[2] = {nothing, nothing};

		if (run_passes(run, c, &r, &mill->env) <= 0)
			continue;
		if (run->segments) {
			if (!classify(run, c, &r, mill))
				continue;
			buf_clear(&mill->escaped);
			text_escape(&mill->escaped, buf_slice(&mill->why));
			own[0] = buf_slice(&mill->names);
			own[1] = buf_slice(&mill->escaped);
		}
		if (!mill->counts)
			record_layout_write(work->layout, &c->bytes, &r, own);
	}
}

static void
open_mills(struct work *work, bool counting)
{
	const struct run *run = work->run;

	work->mills = mem_zero(run->common->jobs, sizeof(*work->mills));
	for (unsigned i = 0; counting && i < run->common->jobs; i++)
		work->mills[i].counts = mem_zero(run->segments->count + 1,
			sizeof(uint64_t));
}

static void
close_mills(struct work *work)
{
	for (unsigned i = 0; i < work->run->common->jobs; i++) {
		struct mill *mill = &work->mills[i];

		buf_free(&mill->env.scratch);
		buf_free(&mill->names);
		buf_free(&mill->why);
		buf_free(&mill->escaped);
		free(mill->counts);
	}
	free(work->mills);
}

void
run_write_header(const struct run *run, const struct record_layout *layout)
{
	struct buf b = {0};

	if (run->common->no_header)
		return;
	record_layout_header(layout, &b);
	out_write(run->out, buf_slice(&b));
	buf_free(&b);
}

void
run_segments(const struct run *run)
{
	static const char *const own[] = {"segment", "why"};
	size_t n = !run->segments ? 0 : run->explain ? 2 : 1;
	struct work work = {.run = run,
		.layout = record_layout_open(run->source, own, n)};
	struct chunk_job job = {.source = run->source,
		.jobs = run->common->jobs, .work = segment_chunk,
		.context = &work, .out = run->out,
		.progress = !run->common->quiet};

	open_mills(&work, false);
	run_write_header(run, work.layout);
	chunk_run(&job);
	close_mills(&work);
	record_layout_close(work.layout);
}

static void
add_count(struct buf *b, struct slice name, uint64_t count, uint64_t total)
{
	buf_add(b, name);
	buf_byte(b, '\t');
	out_count(b, count);
	buf_byte(b, '\t');
	abc_share(b, (num_wide)count, (num_wide)total);
	buf_byte(b, '\n');
}

void
run_count(const struct run *run)
{
	const struct segments *s = run->segments;
	struct work work = {.run = run};
	struct chunk_job job = {.source = run->source,
		.jobs = run->common->jobs, .work = segment_chunk,
		.context = &work, .progress = !run->common->quiet};
	struct mill *sum;
	struct buf b = {0};

	open_mills(&work, true);
	chunk_run(&job);
	sum = &work.mills[0];
	for (unsigned i = 1; i < run->common->jobs; i++) {
		sum->total += work.mills[i].total;
		for (size_t k = 0; k <= s->count; k++)
			sum->counts[k] += work.mills[i].counts[k];
	}
	if (!run->common->no_header)
		buf_text(&b, "segment\tcustomers\tshare\n");
	for (size_t i = 0; i < s->count; i++)
		if (s->same[i] == i)
			add_count(&b, s->names[i], sum->counts[i], sum->total);
	add_count(&b, nothing, sum->counts[s->count], sum->total);
	out_write(run->out, buf_slice(&b));
	buf_free(&b);
	close_mills(&work);
}
