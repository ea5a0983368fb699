#include "run.h"

#include <stdlib.h>

#include "mem.h"
#include "msg.h"
#include "split.h"
#include "text.h"

static const struct slice nothing = {0};

/* What one thread needs beside the rules. */
struct mill {
	struct expr_env env;
	struct buf names; /* of the segments of a record */
	struct buf why, escaped;
	struct buf line;  /* of --split */
	size_t *found;    /* segments of a record, each as first rule */
	size_t found_count;
	uint64_t *counts; /* of --count: by first rule of the name, then none */
	uint64_t total;
};

struct work {
	const struct run *run;
	struct record_layout *layout;
	struct mill *mills;
	struct split *split; /* null: not asked for */
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

static bool
was_found(const struct mill *mill, size_t segment)
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

	if (was_found(mill, s->same[i]))
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

/* Finds the segments of a record: mill->names, found, why. False where it is
 * bad. */
static bool
classify(const struct run *run, struct chunk *c, const struct record *r,
	struct mill *mill)
{
	const struct segments *s = run->segments;
	size_t rules = 0;

	buf_clear(&mill->names);
	buf_clear(&mill->why);
	mill->found_count = 0;
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

static void
count(const struct run *run, struct mill *mill)
{
	mill->total++;
	for (size_t i = 0; i < mill->found_count; i++)
		mill->counts[mill->found[i]]++;
	if (mill->found_count == 0)
		mill->counts[run->segments->count]++;
}

static void
split(const struct work *work, struct chunk *c, const struct record *r,
	struct mill *mill, const struct slice *own)
{
	buf_clear(&mill->line);
	record_layout_write(work->layout, &mill->line, r, own);
	for (size_t i = 0; i < mill->found_count; i++)
		split_add(&c->bytes, mill->found[i], buf_slice(&mill->line));
	if (mill->found_count == 0)
		split_add(&c->bytes, split_none(work->run->segments),
			buf_slice(&mill->line));
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
		if (mill->counts)
			count(run, mill);
		else if (work->split)
			split(work, c, &r, mill, own);
		else
			record_layout_write(work->layout, &c->bytes, &r, own);
	}
}

static void
open_mills(struct work *work, bool counting)
{
	const struct run *run = work->run;

	work->mills = mem_zero(run->common->jobs, sizeof(*work->mills));
	for (unsigned i = 0; run->segments && i < run->common->jobs; i++) {
		size_t n = run->segments->count;

		work->mills[i].found = mem_zero(n, sizeof(size_t));
		if (counting)
			work->mills[i].counts = mem_zero(n + 1,
				sizeof(uint64_t));
	}
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
		buf_free(&mill->line);
		free(mill->found);
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

static void
take_turn(struct chunk *c, void *context)
{
	const struct work *work = context;

	split_turn(work->split, buf_slice(&c->bytes));
}

static void
open_split(struct work *work)
{
	struct buf header = {0};

	if (!work->run->common->no_header)
		record_layout_header(work->layout, &header);
	work->split = split_open(work->run->split, work->run->segments,
		buf_slice(&header));
	buf_free(&header);
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
		.context = &work, .progress = !run->common->quiet};

	open_mills(&work, false);
	if (run->split) {
		open_split(&work);
		job.turn = take_turn;
	} else {
		run_write_header(run, work.layout);
		job.out = run->out;
	}
	chunk_run(&job);
	if (run->split)
		split_commit(work.split);
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
