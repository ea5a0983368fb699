#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>

/**
 * writer: a file that is written from start to end, in large blocks. Errors
 * end the program with a message and status 2.
 */
struct writer {
	char *path;
	char *start, *end; /* what waits to be written */
	void *convert;     /* iconv_t; null: as it is */
	bool gb18030;      /* by gb18030_put */
	int file;
};

/** writer_open(w, directory, name, encoding): makes directory/name anew. What
 * is put in is UTF-8; encoding (null: the same) is what comes out. */
void writer_open(struct writer *w, const char *directory, const char *name,
	const char *encoding);

/** writer_room(w): where at least WRITER_ROOM bytes may be put; afterwards
 * set w->end to their end. */
#define WRITER_ROOM 4096
char *writer_room(struct writer *w);

/** writer_format(w, format, ...): as printf; under WRITER_ROOM bytes. */
void writer_format(struct writer *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void writer_close(struct writer *w);

/** writer_put(p, text): copies text to p. Returns the end. */
char *writer_put(char *p, const char *text);

#endif
