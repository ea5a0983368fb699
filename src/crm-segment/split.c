#include "split.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"
#include "msg.h"
#include "store.h"

static const char none_name[] = "_none";

struct split {
	const struct segments *segments;
	struct store **stores; /* by first rule of the name; then none */
};

/* What stands before each line that a chunk hands over. */
struct handed {
	size_t segment, n;
};

size_t
split_none(const struct segments *segments)
{
	return segments->count;
}

static bool
is_plain(struct slice name)
{
	if (name.n == 0 || name.n > 200 || name.p[0] == '.' ||
		slice_is(name, none_name))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\' ||
			(unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7F)
			return false;
	return true;
}

static struct store *
open_one(const char *folder, struct slice name, struct slice header)
{
	struct buf path = {0};
	struct store *store;

	buf_printf(&path, "%s/%.*s.tsv", folder, (int)name.n, name.p);
	buf_byte(&path, '\0');
	store = store_open(path.p);
	out_write(store_out(store), header);
	buf_free(&path);
	return store;
}

struct split *
split_open(const char *folder, const struct segments *segments,
	struct slice header)
{
	struct split *split = mem_zero(1, sizeof(*split));
	char quoted[160];

	for (size_t i = 0; i < segments->count; i++)
		if (!is_plain(segments->names[i]))
			msg_die("--split: no plain file name: %s", msg_quote(
				quoted, sizeof(quoted), segments->names[i]));
	if (mkdir(folder, 0700) && errno != EEXIST)
		msg_die_errno("%s", folder);
	split->segments = segments;
	split->stores = mem_zero(segments->count + 1, sizeof(*split->stores));
	for (size_t i = 0; i < segments->count; i++)
		if (segments->same[i] == i)
			split->stores[i] = open_one(folder, segments->names[i],
				header);
	split->stores[segments->count] = open_one(folder, slice_of(none_name),
		header);
	return split;
}

void
split_add(struct buf *b, size_t segment, struct slice line)
{
	const struct handed handed = {segment, line.n};

	buf_add(b, (struct slice){(const char *)&handed, sizeof(handed)});
	buf_add(b, line);
}

void
split_turn(struct split *split, struct slice handed)
{
	while (handed.n) {
		struct handed one;

		memcpy(&one, handed.p, sizeof(one));
		handed.p += sizeof(one);
		out_write(store_out(split->stores[one.segment]),
			(struct slice){handed.p, one.n});
		handed.p += one.n;
		handed.n -= sizeof(one) + one.n;
	}
}

void
split_commit(struct split *split)
{
	struct stat made;

	/* what can fail fails before any file has changed */
	for (size_t i = 0; i <= split->segments->count; i++)
		if (split->stores[i])
			store_prepare(split->stores[i], &made);
	for (size_t i = 0; i <= split->segments->count; i++)
		if (split->stores[i])
			store_commit(split->stores[i]);
	free(split->stores);
	free(split);
}
