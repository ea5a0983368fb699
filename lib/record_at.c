#include "record_at.h"

#include <string.h>

#include "input.h"
#include "msg.h"

enum { STEP = 512 };

/* Reads to the end of the line; returns its length with LF. */
static size_t
read_line(struct record_at *a, struct record_file *file, uint64_t offset)
{
	uint64_t size = input_size(file->in);

	buf_clear(&a->text);
	for (;;) {
		uint64_t left = size - offset - a->text.n;
		size_t n = left < STEP ? (size_t)left : STEP;
		char *p = buf_reserve(&a->text, STEP);
		const char *lf;

		if (!n)
			msg_die("%s: became shorter while it was read",
				file->name);
		input_at(file->in, p, n, offset + a->text.n);
		lf = memchr(p, '\n', n);
		a->text.n += lf ? (size_t)(lf - p) + 1 : n;
		if (lf)
			return a->text.n;
	}
}

void
record_at_read(struct record_at *a, const struct record_source *source,
	size_t file, uint64_t offset, struct record *r)
{
	struct record_file *f = &source->files[file];
	size_t n = read_line(a, f, offset);

	scan_bytes(&a->scan, a->text.p, n);
	*r = (struct record){.text = a->text.p,
		.separators = a->scan.separators + 1, .order = f->order,
		.fields = a->scan.lines[0], .crlf = f->crlf,
		.backslash = a->scan.backslash};
	if (r->fields != source->columns)
		msg_die("%s: changed while it was read", f->name);
}

void
record_at_free(struct record_at *a)
{
	buf_free(&a->text);
	scan_free(&a->scan);
}
