#include "reread.h"

#include <stdlib.h>

#include "buf.h"
#include "encode.h"
#include "mem.h"

/* A place is one number: source, offset and length, and is never 0, as no row
 * that became a record is empty. */
enum { SOURCE_BITS = 8, LENGTH_BITS = 16, OFFSET_BITS = 40 };

#define LENGTHS (UINT64_C(1) << LENGTH_BITS)
#define OFFSETS (UINT64_C(1) << OFFSET_BITS)
#define SOURCES (UINT64_C(1) << SOURCE_BITS)

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
reread_place(size_t source, const struct csv_batch *batch,
	const struct csv_row *row)
{
	const struct csv_field *first = batch->fields + row->first;
	const struct csv_field *last = first + row->fields - 1;
	uint64_t from = first->from - (first->flags & CSV_QUOTED ? 1 : 0);
	uint64_t to = last->to + (last->flags & CSV_QUOTED ? 1 : 0);
	uint64_t offset = batch->offset + from, length = to - from;

	if (source >= SOURCES || offset >= OFFSETS || length >= LENGTHS)
		return 0;
	return source << (OFFSET_BITS + LENGTH_BITS) | offset << LENGTH_BITS |
		length;
}

uint64_t
reread_count(const struct reread *r)
{
	return r->count;
}

struct slice
reread_line(struct reread *r, uint64_t place)
{
	size_t source = (size_t)(place >> (OFFSET_BITS + LENGTH_BITS));
	uint64_t offset = place >> LENGTH_BITS & (OFFSETS - 1);
	size_t n = (size_t)(place & (LENGTHS - 1));
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
