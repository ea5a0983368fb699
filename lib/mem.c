#define _GNU_SOURCE
#include "mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "msg.h"

#define POOL_BLOCK ((size_t)64 * 1024)

struct mem_pool_block {
	struct mem_pool_block *before;
	alignas(max_align_t) char bytes[];
};

_Noreturn static void
out_of_memory(void)
{
	msg_die("out of memory");
}

void *
mem_resize(void *old, size_t count, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes))
		out_of_memory();
	p = realloc(old, bytes ? bytes : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *
mem_alloc(size_t count, size_t size)
{
	return mem_resize(NULL, count, size);
}

void *
mem_zero(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *
mem_apart(size_t count, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count ? count : 1, size, &bytes) ||
		bytes > SIZE_MAX - MEM_APART)
		out_of_memory();
	bytes = (bytes + MEM_APART - 1) / MEM_APART * MEM_APART;
	p = aligned_alloc(MEM_APART, bytes);
	if (!p)
		out_of_memory();
	return memset(p, 0, bytes);
}

char *
mem_copy(struct slice s)
{
	char *p = mem_alloc(s.n + 1, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

void *
mem_huge(size_t bytes)
{
	void *p = mmap(NULL, bytes ? bytes : 1, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		out_of_memory();
#ifdef MADV_HUGEPAGE
	if (bytes >= (size_t)4 << 20)
		(void)madvise(p, bytes, MADV_HUGEPAGE);
#endif
	return p;
}

void
mem_huge_free(void *p, size_t bytes)
{
	if (p)
		munmap(p, bytes ? bytes : 1);
}

void *
mem_pool_get(struct mem_pool *pool, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t need = (size + align - 1) / align * align;
	void *p;

	if (need < size)
		out_of_memory();
	if (!pool->block || pool->room - pool->used < need) {
		size_t room = need > POOL_BLOCK ? need : POOL_BLOCK;
		struct mem_pool_block *block;

		if (room > SIZE_MAX - sizeof(*block))
			out_of_memory();
		block = mem_alloc(sizeof(*block) + room, 1);
		block->before = pool->block;
		pool->block = block;
		pool->used = 0;
		pool->room = room;
	}
	p = pool->block->bytes + pool->used;
	pool->used += need;
	return p;
}

struct slice
mem_pool_copy(struct mem_pool *pool, struct slice s)
{
	char *p = mem_pool_get(pool, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct slice){p, s.n};
}

void
mem_pool_free(struct mem_pool *pool)
{
	while (pool->block) {
		struct mem_pool_block *before = pool->block->before;

		free(pool->block);
		pool->block = before;
	}
	pool->used = pool->room = 0;
}
