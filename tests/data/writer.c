#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gb18030.h"
#include "writer.h"

#define BLOCK ((size_t)1 << 20)

_Noreturn static void
fail(const char *path)
{
	fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
	exit(2);
}

static void
put_all(struct writer *w, const char *p, const char *end)
{
	while (p < end) {
		ssize_t n = write(w->file, p, (size_t)(end - p));

		if (n < 0 && errno != EINTR)
			fail(w->path);
		if (n > 0)
			p += n;
	}
}

static void
put_gb18030(struct writer *w)
{
	char part[WRITER_ROOM], *to = part;

	for (const char *from = w->start; from < w->end;) {
		size_t n = gb18030_put(to, &from, w->end);

		if (n == 0) {
			errno = EILSEQ;
			fail(w->path);
		}
		to += n;
		if (to + 4 > part + sizeof(part) || from >= w->end) {
			put_all(w, part, to);
			to = part;
		}
	}
}

static void
flush(struct writer *w)
{
	char part[WRITER_ROOM], *from = w->start;
	size_t size = (size_t)(w->end - from);

	if (w->gb18030)
		put_gb18030(w);
	else if (w->convert == NULL)
		put_all(w, from, w->end);
	while (w->convert != NULL && size > 0) {
		char *to = part;
		size_t room = sizeof(part);

		if (iconv(w->convert, &from, &size, &to, &room) == (size_t)-1 &&
		    errno != E2BIG)
			fail(w->path);
		put_all(w, part, to);
	}
	w->end = w->start;
}

void
writer_open(struct writer *w, const char *directory, const char *name,
	const char *encoding)
{
	size_t size = strlen(directory) + strlen(name) + 2;

	w->path = malloc(size);
	w->start = w->end = malloc(BLOCK + WRITER_ROOM);
	if (w->path == NULL || w->start == NULL)
		fail(name);
	snprintf(w->path, size, "%s/%s", directory, name);
	w->convert = NULL;
	if (encoding != NULL)
		w->convert = iconv_open(encoding, "UTF-8");
	w->gb18030 = w->convert == (iconv_t)-1 &&
		strcmp(encoding, "GB18030") == 0;
	if (w->gb18030)
		w->convert = NULL;
	w->file = open(w->path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (w->file < 0 || w->convert == (iconv_t)-1)
		fail(w->path);
}

char *
writer_room(struct writer *w)
{
	if ((size_t)(w->end - w->start) >= BLOCK)
		flush(w);
	return w->end;
}

void
writer_format(struct writer *w, const char *format, ...)
{
	char *p = writer_room(w);
	va_list list;
	int n;

	va_start(list, format);
	n = vsnprintf(p, WRITER_ROOM, format, list);
	va_end(list);
	if (n < 0 || n >= WRITER_ROOM) {
		errno = EOVERFLOW;
		fail(w->path);
	}
	w->end = p + n;
}

void
writer_close(struct writer *w)
{
	flush(w);
	if (w->convert != NULL)
		iconv_close(w->convert);
	if (close(w->file) != 0)
		fail(w->path);
	free(w->path);
	free(w->start);
}

char *
writer_put(char *p, const char *text)
{
	size_t size = strlen(text);

	memcpy(p, text, size);
	return p + size;
}
