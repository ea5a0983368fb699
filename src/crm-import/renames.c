#include "renames.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "buf.h"
#include "hash.h"
#include "mem.h"
#include "msg.h"
#include "out.h"
#include "rules.h"
#include "store.h"

struct renames {
	struct hash *old;     /* payload: the new id, a slice */
	struct mem_pool pool;
};

static struct slice *
new_of(const struct renames *r, struct slice id)
{
	uint32_t i = hash_find(r->old, id, hash_code(id));

	return i == HASH_NONE ? NULL : hash_payload(r->old, i);
}

static struct slice
escaped(struct buf *b, struct slice s)
{
	buf_clear(b);
	out_text(b, s);
	return buf_slice(b);
}

static void
read_file(struct renames *r, const char *path)
{
	struct rules *file = rules_open(path);
	size_t old = rules_need(file, "old_id");
	size_t new = rules_need(file, "new_id");
	struct buf b = {0}, c = {0};

	for (size_t i = 0; i < file->count; i++) {
		struct slice from = escaped(&b, rules_cell(file, i, old));
		struct slice to = escaped(&c, rules_cell(file, i, new));

		if (from.n == 0 || to.n == 0)
			rules_die(file, i, from.n ? new : old, "missing");
		if (slice_equal(from, to) || new_of(r, from))
			rules_die(file, i, old, slice_equal(from, to)
				? "renamed to itself" : "renamed twice");
		*(struct slice *)hash_payload(r->old, hash_put(r->old, from,
			hash_code(from), NULL)) = mem_pool_copy(&r->pool, to);
	}
	buf_free(&b);
	buf_free(&c);
	rules_close(file);
}

/* A chain that is longer than there are ids never ends. */
static void
check_circles(const struct renames *r, const char *path)
{
	size_t n = hash_count(r->old);

	for (uint32_t i = 0; i < n; i++) {
		const struct slice *new = hash_payload(r->old, i);
		size_t steps = 0;

		while ((new = new_of(r, *new)))
			if (++steps > n) {
				struct slice id = hash_key(r->old, i);

				msg_die("%s: %.*s is renamed in a circle",
					path, (int)id.n, id.p);
			}
	}
}

struct renames *
renames_open(const char *path, bool needed)
{
	struct renames *r = mem_zero(1, sizeof *r);
	struct stat st;

	r->old = hash_open(sizeof(struct slice));
	if (!needed && (stat(path, &st) ? errno == ENOENT
		: !S_ISREG(st.st_mode)))
		return r;
	read_file(r, path);
	check_circles(r, path);
	return r;
}

void
renames_close(struct renames *r)
{
	if (!r)
		return;
	hash_close(r->old);
	mem_pool_free(&r->pool);
	free(r);
}

struct slice
renames_find(const struct renames *r, struct slice id)
{
	struct slice last = {NULL, 0};

	for (const struct slice *new = new_of(r, id); new && new->n > 0;
		new = new_of(r, last))
		last = *new;
	return last;
}

bool
renames_add(struct renames *r, struct slice old, struct slice new)
{
	struct slice *again = new_of(r, new);
	struct slice *to = hash_payload(r->old,
		hash_put(r->old, old, hash_code(old), NULL));

	if (again)
		again->n = 0;
	if (slice_equal(*to, new))
		return again != NULL;
	*to = mem_pool_copy(&r->pool, new);
	return true;
}

void
renames_write(const struct renames *r, const char *path)
{
	struct store *store = store_open(path);
	struct buf b = {0};

	buf_text(&b, "old_id\tnew_id\n");
	for (uint32_t i = 0; i < hash_count(r->old); i++) {
		struct slice old = hash_key(r->old, i);
		struct slice new = renames_find(r, old);

		if (new.n == 0)
			continue;
		buf_add(&b, old);
		buf_byte(&b, '\t');
		buf_add(&b, new);
		buf_byte(&b, '\n');
	}
	out_write(store_out(store), buf_slice(&b));
	store_commit(store);
	buf_free(&b);
}
