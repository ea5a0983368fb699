#include "piece.h"

#include <string.h>

#include "input.h"
#include "msg.h"

#define STEP ((size_t)4 * 1024) /* to the end of a record that goes on */

static void
check_size(const struct record_file *file, size_t n)
{
	if (n > UINT32_MAX - 128)
		msg_die("%s: a line of more than 4 GiB", file->name);
}

static size_t
last_end(const char *p, size_t n)
{
	while (n > 0 && p[n - 1] != '\n')
		n--;
	return n;
}

/* Reads until there is a size of bytes with a line end in them, or the end of
 * the stream; keeps what follows the last line end for the next piece. */
static void
read_stream(struct piece_cutter *cutter, struct record_file *file,
	struct buf *text, struct piece *piece)
{
	size_t end, wanted = cutter->size;

	buf_clear(text);
	if (file->started) {
		buf_add(&cutter->carry,
			(struct slice){file->start, file->started});
		file->started = 0;
	}
	buf_add(text, buf_slice(&cutter->carry));
	buf_clear(&cutter->carry);
	for (;;) {
		size_t n = 0;

		if (text->n < wanted && !cutter->stream_ended) {
			n = input_read(file->in, buf_reserve(text, wanted),
				wanted - text->n);
			cutter->stream_ended = n == 0;
		}
		text->n += n;
		if (cutter->stream_ended)
			break;
		if (text->n >= wanted) {
			if (last_end(text->p, text->n))
				break;
			check_size(file, text->n);
			wanted = text->n + cutter->size;
		}
	}
	end = last_end(text->p, text->n);
	if (cutter->stream_ended) {
		piece->unfinished = end < text->n;
	} else {
		buf_add(&cutter->carry,
			(struct slice){text->p + end, text->n - end});
		text->n = end;
	}
	piece->read = true;
}

/* Reads the records that begin in [from, to): behind a line end, the last one
 * to its own. */
void
piece_read(const struct piece_cutter *cutter, struct buf *text,
	struct piece *piece)
{
	struct record_file *file = &cutter->source->files[piece->file];
	size_t before = piece->from > file->offset;
	size_t n = (size_t)(piece->to - piece->from) + before;
	uint64_t size = input_size(file->in);
	const char *lf;

	if (piece->read)
		return;
	buf_clear(text);
	piece->at = piece->from - before;
	input_at(file->in, buf_reserve(text, n + STEP), n, piece->at);
	text->n = n;
	if (before) {
		lf = n > 1 ? memchr(text->p, '\n', n - 1) : NULL;
		if (!lf) {
			text->n = 0;
			return;
		}
		piece->start = (size_t)(lf - text->p) + 1;
	}
	while (text->p[text->n - 1] != '\n') {
		uint64_t at = piece->from - before + text->n;
		size_t more = size - at < STEP ? (size_t)(size - at) : STEP;
		char *p = buf_reserve(text, more + STEP);

		if (more == 0) {
			piece->unfinished = true;
			break;
		}
		check_size(file, text->n + more);
		input_at(file->in, p, more, at);
		lf = memchr(p, '\n', more);
		text->n += lf ? (size_t)(lf - p) + 1 : more;
	}
}

bool
piece_next(struct piece_cutter *cutter, struct buf *text, struct piece *piece)
{
	const struct record_source *source = cutter->source;

	for (; cutter->file < source->file_count; cutter->file++,
		cutter->offset = 0, cutter->stream_ended = false) {
		struct record_file *file = &source->files[cutter->file];
		uint64_t size;

		*piece = (struct piece){.file = cutter->file};
		if (!input_seekable(file->in)) {
			if (cutter->stream_ended)
				continue;
			read_stream(cutter, file, text, piece);
			return true;
		}
		size = input_size(file->in);
		if (cutter->offset < file->offset)
			cutter->offset = file->offset;
		if (cutter->offset >= size)
			continue;
		piece->from = cutter->offset;
		piece->to = size - cutter->offset < cutter->size ? size
			: cutter->offset + cutter->size;
		cutter->offset = piece->to;
		return true;
	}
	return false;
}

uint64_t
piece_total(const struct record_source *source)
{
	uint64_t total = 0;

	for (size_t i = 0; i < source->file_count; i++) {
		if (!input_seekable(source->files[i].in))
			return 0;
		total += input_size(source->files[i].in);
	}
	return total;
}
