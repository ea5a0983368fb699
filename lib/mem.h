#ifndef MEM_H
#define MEM_H

#include <stddef.h>

#include "slice.h"

/**
 * mem: allocation that does not fail.
 *
 * Every function ends the program through msg (exit 2, "out of memory") where
 * the C library returns null, and where count * size overflows. What is
 * returned is released with free(), but for mem_huge.
 */

void *mem_alloc(size_t count, size_t size);             /* not cleared */
void *mem_zero(size_t count, size_t size);              /* cleared */
void *mem_resize(void *old, size_t count, size_t size); /* as realloc */

/**
 * MEM_APART: what threads write to lies this far apart, or one slows the other
 * down: two cache lines, since processors fetch them in pairs. A struct of which
 * every thread has one in an array begins with a member that is aligned so:
 *     _Alignas(MEM_APART) struct expr_env env;
 * mem_apart(count, size): such an array, cleared.
 */
#define MEM_APART 128
void *mem_apart(size_t count, size_t size);

/** mem_copy(s): a terminated copy of the bytes of s. */
char *mem_copy(struct slice s);

/**
 * mem_huge(bytes), mem_huge_free(p, bytes): cleared pages straight from the
 * system, huge ones where it has them; for tables of many megabytes.
 */
void *mem_huge(size_t bytes);
void mem_huge_free(void *p, size_t bytes);

/**
 * mem_pool: small pieces that are released together.
 * Start from all zero; mem_pool_get returns size bytes aligned for any type.
 */
struct mem_pool {
	struct mem_pool_block *block;
	size_t used, room;
};

void *mem_pool_get(struct mem_pool *pool, size_t size);
struct slice mem_pool_copy(struct mem_pool *pool, struct slice s);
void mem_pool_free(struct mem_pool *pool);

#endif
