#include "reread.h"

#include <stdlib.h>

#include "buf.h"
#include "encode.h"
#include "mem.h"

struct reread {
	const struct clean_layout *layout;
	struct source *sources;
	uint32_t *const *to;
	uint64_t count;
	size_t last; /* source: what cleaned is for */
	struct buf text;
	struct csv_batch rows;
	struct clean_batch cleaned;
};

struct reread *
reread_open(const struct clean_layout *layout, struct source *sources,
	uint32_t *const *to)
{
	struct reread *r = mem_zero(1, sizeof *r);

	r->layout = layout;
	r->sources = sources;
	r->to = to;
	return r;
}

void
reread_close(struct reread *r)
{
	if (!r)
		return;
	buf_free(&r->text);
	csv_batch_free(&r->rows);
	clean_batch_free(&r->cleaned);
	free(r);
}

bool
reread_can(const struct source *source)
{
	return encode_plain(source->encode);
}

uint64_t
reread_count(const struct reread *r)
{
	return r->count;
}

struct slice
reread_line(struct reread *r, uint64_t place)
{
	size_t source = (size_t)(place >> (REREAD_OFFSET_BITS + REREAD_LENGTH_BITS));
	uint64_t offset = place >> REREAD_LENGTH_BITS & (REREAD_OFFSETS - 1);
	size_t n = (size_t)(place & (REREAD_LENGTHS - 1));
	struct source *from = &r->sources[source];

	r->count++;
	if (source != r->last) {
		clean_batch_free(&r->cleaned);
		r->last = source;
	}
	buf_clear(&r->text);
	encode_at(from->encode, buf_reserve(&r->text, n), n, offset);
	r->text.n = n;
	csv_split(from->form, buf_slice(&r->text), true, &r->rows);
	r->rows.piece = true; /* not the start of the file */
	clean_batch(r->layout, from, r->to[source], &r->rows, &r->cleaned);
	return (struct slice){r->cleaned.lines.p, r->cleaned.lines.n - 1};
}
