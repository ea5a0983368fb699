#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "mem.h"
#include "run.h"

static const struct slice nothing = {0};

/* What the first pass hands over for each record, before its key's bytes. */
struct found {
	int64_t value;
	size_t key, group; /* bytes that follow */
};

struct abc_work {
	const struct run *run;
	struct record_layout *layout;
	struct expr_env *envs; /* of the threads */
	struct abc abc;
	struct hash *groups;
	uint64_t *starts; /* for each chunk: its first item */
	size_t chunks, room;
};

static bool
read_value(const struct run *run, struct chunk *c, const struct record *r,
	int64_t *value)
{
	struct slice s = record_field(r, run->abc_column);
	enum num_status status;

	*value = 0;
	if (s.n == 0)
		return true;
	status = num_read(s, value);
	if (status != NUM_OK)
		chunk_bad(c, r, run->abc_column, num_why(status));
	if (*value < 0)
		*value = 0;
	return status == NUM_OK;
}

static void
collect_chunk(struct chunk *c, void *context)
{
	const struct abc_work *work = context;
	const struct run *run = work->run;
	struct record r;

	while (chunk_next(c, &r)) {
		struct slice key = record_field(&r, 0), group = nothing;
		struct found found;

		if (run_passes(run, c, &r, &work->envs[c->worker]) <= 0 ||
			!read_value(run, c, &r, &found.value))
			continue;
		if (run->by_column != RECORD_NONE)
			group = record_field(&r, run->by_column);
		if (found.value == 0)
			key = nothing; /* its place does not matter */
		found.key = key.n;
		found.group = group.n;
		buf_add(&c->bytes,
			(struct slice){(const char *)&found, sizeof(found)});
		buf_add(&c->bytes, key);
		buf_add(&c->bytes, group);
	}
}

static struct abc_item *
add_item(struct abc *abc)
{
	if (abc->count == abc->room) {
		abc->room = abc->room ? 2 * abc->room : 1024;
		abc->items = mem_resize(abc->items, abc->room,
			sizeof(*abc->items));
	}
	return &abc->items[abc->count++];
}

static void
collect_done(struct chunk *c, void *context)
{
	struct abc_work *work = context;

	if (work->chunks == work->room) {
		work->room = work->room ? 2 * work->room : 64;
		work->starts = mem_resize(work->starts, work->room,
			sizeof(*work->starts));
	}
	work->starts[work->chunks++] = work->abc.count;
	for (size_t at = 0; at < c->bytes.n; ) {
		struct abc_item *item = add_item(&work->abc);
		struct found found;
		struct slice key, group;

		memcpy(&found, c->bytes.p + at, sizeof(found));
		at += sizeof(found);
		key = (struct slice){c->bytes.p + at, found.key};
		at += found.key;
		group = (struct slice){c->bytes.p + at, found.group};
		at += found.group;
		*item = (struct abc_item){.value = found.value,
			.key = key.n ? mem_pool_copy(&work->abc.pool, key)
				: nothing,
			.group = hash_put(work->groups, group,
				hash_code(group), NULL)};
	}
}

static void
write_chunk(struct chunk *c, void *context)
{
	const struct abc_work *work = context;
	const struct run *run = work->run;
	const struct abc_item *item = work->abc.items + work->starts[c->number];
	struct buf figures = {0};
	struct record r;
	int64_t value;

	while (chunk_next(c, &r)) {
		struct slice own[3] = {{&item->class, 1}, nothing, nothing};
		num_wide total;
		size_t n;

		if (run_passes(run, c, &r, &work->envs[c->worker]) <= 0 ||
			!read_value(run, c, &r, &value))
			continue;
		own[0].p = &item->class;
		total = work->abc.totals[item->group];
		buf_clear(&figures);
		abc_share(&figures, item->value, total);
		n = figures.n;
		if (item->value)
			abc_share(&figures, item->cumulated, total);
		else
			buf_text(&figures, "100.0000");
		own[1] = (struct slice){figures.p, n};
		own[2] = (struct slice){figures.p + n, figures.n - n};
		record_layout_write(work->layout, &c->bytes, &r, own);
		item++;
	}
	buf_free(&figures);
}

void
run_abc(const struct run *run)
{
	static const char *const own[] = {"abc", "share", "cumshare"};
	struct abc_work work = {.run = run,
		.layout = record_layout_open(run->source, own, 3),
		.envs = mem_zero(run->common->jobs, sizeof(*work.envs)),
		.groups = hash_open(0)};
	struct chunk_job job = {.source = run->source,
		.jobs = run->common->jobs, .work = collect_chunk,
		.turn = collect_done, .context = &work,
		.progress = !run->common->quiet};

	chunk_run(&job);
	work.abc.groups = hash_count(work.groups);
	abc_classify(&work.abc, run->limits);
	run_write_header(run, work.layout);
	job.work = write_chunk;
	job.turn = NULL;
	job.out = run->out;
	job.again = true;
	chunk_run(&job);
	for (unsigned i = 0; i < run->common->jobs; i++)
		buf_free(&work.envs[i].scratch);
	free(work.envs);
	free(work.starts);
	abc_free(&work.abc);
	hash_close(work.groups);
	record_layout_close(work.layout);
}
