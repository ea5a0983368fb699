#include "bag.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "msg.h"
#include "radix.h"

enum {
	FRESH_LEAST = 4,
	FRESH_SORTED = 256, /* from here on sorting in is tried before growing */
	FEW = 24,           /* are sorted by hand */
	MANY = 512,         /* runs are worth sorting by digits */
};

static void
sort_few(int64_t *p, size_t n)
{
	size_t i, k;

	for (i = 1; i < n; i++) {
		int64_t value = p[i];

		for (k = i; k > 0 && p[k - 1] > value; k--)
			p[k] = p[k - 1];
		p[k] = value;
	}
}

/* In the order of signed numbers. */
static inline unsigned
digit(int64_t value, unsigned shift)
{
	uint64_t bits = (uint64_t)value ^ (UINT64_C(1) << 63);

	return (unsigned)(bits >> shift) & 255;
}

static void
sort_by_digit(const int64_t *from, int64_t *to, size_t n, unsigned shift)
{
	size_t places[256] = {0}, sum = 0, count, i;

	for (i = 0; i < n; i++)
		places[digit(from[i], shift)]++;
	for (i = 0; i < 256; i++) {
		count = places[i];
		places[i] = sum;
		sum += count;
	}
	for (i = 0; i < n; i++)
		to[places[digit(from[i], shift)]++] = from[i];
}

/* By the bytes in which values differ, from the last one on. */
static void
sort(int64_t *p, size_t n)
{
	int64_t *from = p, *to, *spare, *swap;
	uint64_t differ = 0;
	unsigned shift;
	size_t i;

	if (n <= FEW) {
		sort_few(p, n);
		return;
	}
	for (i = 1; i < n; i++)
		differ |= (uint64_t)(p[i] ^ p[0]);
	to = spare = mem_alloc(n, sizeof *spare);
	for (shift = 0; shift < 64; shift += 8) {
		if ((differ >> shift & 255) == 0)
			continue;
		sort_by_digit(from, to, n, shift);
		swap = from;
		from = to;
		to = swap;
	}
	if (from != p)
		memcpy(p, from, n * sizeof *p);
	free(spare);
}

static void
make_room(struct bag *b, uint64_t count)
{
	if (count <= b->run_room)
		return;
	count += count / 2;
	if (count >= UINT32_MAX)
		msg_die("more than %lu different values in one group",
			(unsigned long)UINT32_MAX);
	b->runs = mem_resize(b->runs, count, sizeof *b->runs);
	b->run_room = (uint32_t)count;
}

/* Puts a run before those that stand from `at` on; returns where it stands. */
static uint64_t
put(struct bag *b, uint64_t at, uint64_t end, struct bag_run run)
{
	if (at < end && b->runs[at].value == run.value) {
		b->runs[at].times += run.times;
		return at;
	}
	b->runs[at - 1] = run;
	return at - 1;
}

/* What is merged in: runs, or values that come once each; sorted. */
struct more {
	const struct bag_run *runs; /* null: values */
	const int64_t *values;
	uint32_t n;
};

/* From the largest down, so that none is in the way. */
static void
merge(struct bag *b, const struct more *more)
{
	uint64_t end = (uint64_t)b->run_count + more->n, at = end;
	uint32_t i = b->run_count, k = more->n;
	struct bag_run run;

	make_room(b, end);
	while (k > 0) {
		run = more->runs ? more->runs[k - 1] :
			(struct bag_run){more->values[k - 1], 1};
		if (i > 0 && b->runs[i - 1].value > run.value) {
			at = put(b, at, end, b->runs[i - 1]);
			i--;
		} else {
			at = put(b, at, end, run);
			k--;
		}
	}
	/* the rest stands where it is, but for one that equals the next */
	if (i > 0 && at < end && b->runs[i - 1].value == b->runs[at].value)
		b->runs[at].times += b->runs[--i].times;
	if (at < end)
		memmove(b->runs + i, b->runs + at,
			(end - at) * sizeof *b->runs);
	b->run_count = (uint32_t)(i + end - at);
}

static int
compare_runs(const void *a, const void *b)
{
	const struct bag_run *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

static struct radix_key
run_key(const void *item)
{
	const struct bag_run *run = item;

	return (struct radix_key){0, (uint64_t)run->value ^ (UINT64_C(1) << 63)};
}

static void
sort_runs(struct bag_run *runs, size_t n)
{
	if (n < MANY)
		qsort(runs, n, sizeof *runs, compare_runs);
	else
		radix_sort(runs, n, sizeof *runs, run_key);
}

static void
settle(struct bag *b)
{
	if (b->loose_count > 0) {
		sort_runs(b->loose, b->loose_count);
		merge(b, &(struct more){b->loose, NULL, b->loose_count});
		b->loose_count = 0;
	}
	if (b->fresh_count > 0) {
		sort(b->fresh, b->fresh_count);
		merge(b, &(struct more){NULL, b->fresh, b->fresh_count});
		b->fresh_count = 0;
	}
}

static uint32_t
larger(uint32_t room)
{
	if (room > UINT32_MAX / 2)
		msg_die("too many values in one group");
	return room ? room * 2 : FRESH_LEAST;
}

void
bag_add(struct bag *b, int64_t value)
{
	if (b->fresh_count == b->fresh_room) {
		if (b->fresh_room >= FRESH_SORTED)
			settle(b);
		/* Fresh room in proportion to the runs: each value is moved a
		 * bounded number of times on average. */
		if (b->fresh_room < FRESH_SORTED ||
			b->fresh_room < b->run_count) {
			b->fresh_room = larger(b->fresh_room);
			b->fresh = mem_resize(b->fresh, b->fresh_room,
				sizeof *b->fresh);
		}
	}
	b->fresh[b->fresh_count++] = value;
}

void
bag_add_times(struct bag *b, int64_t value, uint64_t times)
{
	if (b->loose_count == b->loose_room) {
		b->loose_room = larger(b->loose_room);
		b->loose = mem_resize(b->loose, b->loose_room,
			sizeof *b->loose);
	}
	b->loose[b->loose_count++] = (struct bag_run){value, times};
}

void
bag_free(struct bag *b)
{
	free(b->runs);
	free(b->fresh);
	free(b->loose);
	*b = (struct bag){0};
}

void
bag_merge(struct bag *to, struct bag *from)
{
	uint32_t i;

	settle(from);
	/* Many small ones into a large one wait until they are worth it. */
	if (from->run_count < to->run_count / 4) {
		for (i = 0; i < from->run_count; i++)
			bag_add_times(to, from->runs[i].value,
				from->runs[i].times);
		if (to->loose_count > to->run_count)
			settle(to);
		return;
	}
	settle(to);
	merge(to, &(struct more){from->runs, NULL, from->run_count});
}

uint64_t
bag_settle(struct bag *b)
{
	uint64_t total = 0;
	uint32_t i;

	settle(b);
	for (i = 0; i < b->run_count; i++)
		total += b->runs[i].times;
	return total;
}

int64_t
bag_at(const struct bag *b, uint64_t i)
{
	uint32_t k = 0;

	while (i >= b->runs[k].times)
		i -= b->runs[k++].times;
	return b->runs[k].value;
}

const struct bag_run *
bag_run_at(const struct bag *b, uint32_t i)
{
	return i < b->run_count ? &b->runs[i] : NULL;
}
