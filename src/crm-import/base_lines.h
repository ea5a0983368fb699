#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mem.h"
#include "out.h"
#include "slice.h"

/**
 * base_lines: the lines of the base, in order. Those of FILE lie where FILE was
 * read to, the others in blocks; a line is replaced by pointing elsewhere.
 */
struct base_lines_arena {
	struct base_lines_block *block;
	size_t used, size;    /* of the block */
};

struct base_lines {
	struct slice *lines;
	size_t count, room;
	size_t columns;       /* of the result */
	size_t file_columns;  /* of FILE: its lines end before the others */
	char *file;
	size_t file_size;
	char *head;           /* of FILE: its first line, with a byte order mark
	                         and CR where it has them */
	size_t head_size;
	struct base_lines_arena own;
	struct base_lines_arena shared; /* under the lock */
	pthread_mutex_t lock;
};

void base_lines_open(struct base_lines *b, size_t columns);
void base_lines_close(struct base_lines *b);

/** base_lines_keep(b, line): a copy that lives as long as b, with LF behind it.
 * base_lines_room(b, n): room for many lines, for any thread. */
struct slice base_lines_keep(struct base_lines *b, struct slice line);
char *base_lines_room(struct base_lines *b, size_t n);

/** base_lines_add(b, line): puts a line at the end; returns its number.
 * The line is kept where it is, and so it is in base_lines_replace; LF, or
 * CR LF in FILE, is behind it. */
static inline uint32_t base_lines_add(struct base_lines *b, struct slice line);
void base_lines_grow(struct base_lines *b); /* room for one more */
void base_lines_expect(struct base_lines *b, size_t n); /* for n in all */
struct slice base_lines_get(const struct base_lines *b, uint32_t i);
void base_lines_replace(struct base_lines *b, uint32_t i, struct slice line);

/** base_lines_add_place(b, place): puts at the end what stands for a line that
 * lies elsewhere, at a place that is not 0. base_lines_place(line): the place
 * of such a line, else 0. base_lines_gone(b, i): the line was removed, replaced
 * by one that is all zero. */
static inline uint32_t
base_lines_add(struct base_lines *b, struct slice line)
{
	if (b->count == b->room)
		base_lines_grow(b);
	b->lines[b->count] = line;
	return (uint32_t)b->count++;
}

static inline uint32_t
base_lines_add_place(struct base_lines *b, uint64_t place)
{
	return base_lines_add(b, (struct slice){NULL, place});
}

static inline uint64_t
base_lines_place(struct slice line)
{
	return line.p ? 0 : line.n;
}

static inline bool
base_lines_gone(const struct base_lines *b, uint32_t i)
{
	return !b->lines[i].p && b->lines[i].n == 0;
}

/** base_lines_split(b, line, fields): all `columns` fields; those that the
 * line does not have, and \N, are missing. base_lines_raw: the same, but \N
 * stands as it is. base_lines_missing(field): empty, or \N. */
void base_lines_split(const struct base_lines *b, struct slice line,
	struct slice *fields);
void base_lines_raw(const struct base_lines *b, struct slice line,
	struct slice *fields);
bool base_lines_missing(struct slice field);

/** base_lines_load(b, path, take, context): reads FILE and hands each line to
 * take, which answers null or what is wrong with it. Ends the program (exit 2)
 * where a line is bad. */
void base_lines_load(struct base_lines *b, const char *path,
	const char *(*take)(void *context, struct slice line), void *context);

/** base_lines_columns(path, pool, count): the columns of FILE; null where there
 * is no such file. */
struct slice *base_lines_columns(const char *path, struct mem_pool *pool,
	size_t *count);

/** base_lines_write(b, out): all lines, in their order, but those with p
 * null. */
void base_lines_write(const struct base_lines *b, struct out *out);

#endif
