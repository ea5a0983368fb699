#include "pairs.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "decisions.h"
#include "judge.h"
#include "mem.h"
#include "msg.h"
#include "neighbours.h"
#include "profiles.h"
#include "store.h"

/* A decision that people made before. */
struct decided {
	struct neighbours_pair pair;
	size_t row; /* in the file: the last one counts */
	enum decisions_kind kind;
};

struct work {
	const struct pairs_job *job;
	struct decisions old;
	struct decided *decided;
	size_t decided_count;
	struct profiles profiles;
	struct neighbours found;
};

static int
compare_pairs(const struct neighbours_pair *a, const struct neighbours_pair *b)
{
	if (a->left != b->left)
		return a->left < b->left ? -1 : 1;
	return (a->right > b->right) - (a->right < b->right);
}

static int
by_pair(const void *a, const void *b)
{
	const struct decided *x = a, *y = b;
	int d = compare_pairs(&x->pair, &y->pair);

	return d ? d : (x->row > y->row) - (x->row < y->row);
}

static void
add_decided(struct work *w, size_t row)
{
	const struct decisions_row *from = &w->old.rows[row];
	uint32_t left, right;

	if (from->kind != DECISIONS_SAME && from->kind != DECISIONS_DIFFERENT)
		return;
	left = base_find(w->job->base, from->left);
	right = base_find(w->job->base, from->right);
	if (left == BASE_NONE || right == BASE_NONE || left == right)
		return;
	w->decided[w->decided_count++] = (struct decided){
		{left < right ? left : right, left < right ? right : left},
		row, from->kind};
}

/* The decisions that the file holds, of customers that are there. */
static void
read_decided(struct work *w)
{
	const struct pairs_job *job = w->job;
	size_t n = 0;

	if (!decisions_read_old(&w->old, job->path, job->columns,
		job->layout->words))
		return;
	w->decided = mem_alloc(w->old.count + 1, sizeof *w->decided);
	for (size_t i = 0; i < w->old.count; i++)
		add_decided(w, i);
	qsort(w->decided, w->decided_count, sizeof *w->decided, by_pair);
	for (size_t i = 0; i < w->decided_count; i++) {
		if (n > 0 && compare_pairs(&w->decided[n - 1].pair,
			&w->decided[i].pair) == 0)
			n--;
		w->decided[n++] = w->decided[i];
	}
	w->decided_count = n;
}

static void
find(struct work *w)
{
	const struct layout *layout = w->job->layout;
	size_t n = layout->clean.count;
	struct slice *names = mem_alloc(n, sizeof *names);
	struct neighbours_pair *pairs = mem_alloc(w->decided_count + 1,
		sizeof *pairs);

	for (size_t i = 0; i < n; i++)
		names[i] = layout->clean.columns[i].name;
	profiles_open(&w->profiles, base_lines_of(w->job->base), names, n,
		layout->id, w->job->jobs);
	neighbours_find(&w->found, &w->profiles,
		judge_points(w->job->threshold));
	for (size_t i = 0; i < w->decided_count; i++)
		pairs[i] = w->decided[i].pair;
	neighbours_add(&w->found, pairs, w->decided_count);
	free(pairs);
	free(names);
}

static const char *
decision_of(const struct work *w, const struct neighbours_pair *pair)
{
	const struct decided key = {.pair = *pair};
	size_t from = 0, to = w->decided_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_pairs(&w->decided[middle].pair, &key.pair) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == w->decided_count ||
		compare_pairs(&w->decided[from].pair, pair) != 0)
		return "";
	return w->decided[from].kind == DECISIONS_SAME ? "same" : "different";
}

static void
write_pair(const struct work *w, const struct neighbours_pair *pair,
	struct buf *b)
{
	const struct profile *left = &w->profiles.all[pair->left];
	const struct profile *right = &w->profiles.all[pair->right];
	struct judgement j;

	judge(left, right, -judge_excess(w->profiles.count), -HUGE_VAL, &j);
	buf_clear(b);
	buf_add(b, left->id);
	buf_byte(b, '\t');
	buf_add(b, right->id);
	buf_printf(b, "\t%.4f\t", judge_score(j.sum));
	judge_why(&j, b);
	buf_printf(b, "\t%s\n", decision_of(w, pair));
}

static struct store *
write_all(const struct work *w)
{
	struct store *store = store_open(w->job->path);
	struct buf b = {0};
	struct stat made;

	buf_text(&b, "left\tright\tscore\twhy\tdecision\n");
	out_write(store_out(store), buf_slice(&b));
	for (size_t i = 0; i < w->found.count; i++) {
		write_pair(w, &w->found.pairs[i], &b);
		out_write(store_out(store), buf_slice(&b));
	}
	store_prepare(store, &made);
	buf_free(&b);
	return store;
}

static void
say(const struct work *w)
{
	const struct neighbours *found = &w->found;

	if (found->crowded > 0)
		msg_warn("%" PRIu64 " key%s of more than %d customers (%s is"
			" that of %" PRIu64 "): there each was compared with the"
			" next %d by name and address only", found->crowded,
			found->crowded == 1 ? "" : "s", NEIGHBOURS_WHOLE,
			block_name(found->most_kind), found->most,
			NEIGHBOURS_WINDOW);
	if (!w->job->quiet)
		msg_summary("%zu pair%s in %s look%s like one customer",
			found->count, found->count == 1 ? "" : "s", w->job->path,
			found->count == 1 ? "s" : "");
}

struct store *
pairs_write(const struct pairs_job *job)
{
	struct work w = {.job = job};
	struct store *store = NULL;

	read_decided(&w);
	find(&w);
	if (!job->dry_run)
		store = write_all(&w);
	say(&w);
	neighbours_free(&w.found);
	profiles_close(&w.profiles);
	decisions_free(&w.old);
	free(w.decided);
	return store;
}
