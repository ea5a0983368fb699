#include "msg.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"

enum {
	LINE_SIZE = 2048,
	SAY_SIZE = LINE_SIZE + 640, /* with the names of file and program */
	VALUE_SIZE = 160,
	DEFAULT_LIMIT = 20,
};

struct msg_item {
	uint64_t line;
	char *text; /* after "FILE:LINE: " */
};

static struct {
	pthread_mutex_t lock;
	char program[64];
	size_t limit; /* messages about records shown at most */
	size_t shown; /* so far */
	uint64_t hidden;
	uint64_t bad;
	bool failed;
} state = {.lock = PTHREAD_MUTEX_INITIALIZER, .program = "crm",
	.limit = DEFAULT_LIMIT};

static void
write_line(const char *text, size_t n)
{
	while (n > 0) {
		ssize_t done = write(STDERR_FILENO, text, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return; /* nowhere left to say it */
		text += done;
		n -= (size_t)done;
	}
}

/* How many bytes of p[0 .. n) are one harmless UTF-8 character; 0 if none. */
static size_t
plain_character(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0];
	size_t size = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2
		: c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;

	if (size == 1)
		return c >= 0x20 && c != 0x7F && c != '"' && c != '\\';
	if (size == 0 || size > n)
		return 0;
	for (size_t i = 1; i < size; i++)
		if (((unsigned char)p[i] & 0xC0) != 0x80)
			return 0;
	/* C1 controls and the controls of writing direction are shown escaped */
	if (c == 0xC2 && (unsigned char)p[1] < 0xA0)
		return 0;
	if (c == 0xE2 && (((unsigned char)p[1] == 0x80 &&
		((unsigned char)p[2] & 0xF8) >= 0x88 && (unsigned char)p[2] <= 0xAE) ||
		((unsigned char)p[1] == 0x81 && (unsigned char)p[2] >= 0xA6)))
		return 0;
	return size;
}

static size_t
escape_byte(char *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	const char *named = "\tt\nn\rr\"\"\\\\";

	for (const char *p = named; *p; p += 2)
		if ((unsigned char)*p == c) {
			out[0] = '\\';
			out[1] = p[1];
			return 2;
		}
	out[0] = '\\';
	out[1] = 'x';
	out[2] = hex[c >> 4];
	out[3] = hex[c & 15];
	return 4;
}

/* The program's name is before it. What came from outside, the name of a file or
 * an argument, cannot steer a terminal or pass for another line: only what is
 * indented goes on in a line of its own. */
static void
say(const char *text)
{
	char whole[SAY_SIZE], line[4 * SAY_SIZE];
	size_t size, i = 0, n = 0;

	snprintf(whole, sizeof(whole), "%s: %s", state.program, text);
	size = strlen(whole);
	while (i < size) {
		size_t plain = plain_character(whole + i, size - i);

		if (!plain && (strchr("\"\\", whole[i]) ||
			strncmp(whole + i, "\n  ", 3) == 0))
			plain = 1;
		if (plain)
			memcpy(line + n, whole + i, plain);
		n += plain ? plain : escape_byte(line + n,
			(unsigned char)whole[i]);
		i += plain ? plain : 1;
	}
	line[n++] = '\n';
	write_line(line, n);
}

/* However long a name is, there is room for what is after it. */
__attribute__((format(printf, 1, 0))) static void
say_list(const char *format, va_list list, const char *after)
{
	char text[LINE_SIZE];
	size_t n;

	vsnprintf(text, sizeof(text) - strlen(after), format, list);
	n = strlen(text);
	snprintf(text + n, sizeof(text) - n, "%s", after);
	say(text);
}

void
msg_open(const char *program)
{
	const char *slash = program ? strrchr(program, '/') : NULL;

	if (slash)
		program = slash + 1;
	if (program && *program)
		snprintf(state.program, sizeof(state.program), "%s", program);
}

const char *
msg_program(void)
{
	return state.program;
}

void
msg_limit(size_t n)
{
	state.limit = n;
}

/* The end is for one thread: what another one has to say is then of no use,
 * and exit() is not to be run twice. */
static void
take_the_end(void)
{
	static pthread_mutex_t once = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&once);
}

void
msg_die(const char *format, ...)
{
	va_list list;

	take_the_end();
	va_start(list, format);
	say_list(format, list, "");
	va_end(list);
	exit(2);
}

void
msg_die_errno(const char *format, ...)
{
	char after[256];
	va_list list;

	snprintf(after, sizeof(after), ": %s", strerror(errno));
	take_the_end();
	va_start(list, format);
	say_list(format, list, after);
	va_end(list);
	exit(2);
}

void
msg_usage(const char *format, ...)
{
	char after[128];
	va_list list;

	snprintf(after, sizeof(after), "; see '%s --help'", state.program);
	take_the_end();
	va_start(list, format);
	say_list(format, list, after);
	va_end(list);
	exit(2);
}

void
msg_warn(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say_list(format, list, "");
	va_end(list);
}

void
msg_fail(void)
{
	pthread_mutex_lock(&state.lock);
	state.failed = true;
	pthread_mutex_unlock(&state.lock);
}

char *
msg_quote(char *buffer, size_t size, struct slice value)
{
	size_t n = 0, i = 0;

	buffer[n++] = '"';
	while (i < value.n && n + 10 < size) {
		size_t plain = plain_character(value.p + i, value.n - i);

		if (plain) {
			memcpy(buffer + n, value.p + i, plain);
			n += plain;
			i += plain;
		} else {
			n += escape_byte(buffer + n, (unsigned char)value.p[i++]);
		}
	}
	snprintf(buffer + n, size - n, "%s", i < value.n ? "...\"" : "\"");
	return buffer;
}

/* Keeps the items in the order of their lines; there is room. */
static void
insert(struct msg_list *list, struct msg_item item)
{
	size_t i = list->shown++;

	for (; i > 0 && list->items[i - 1].line > item.line; i--)
		list->items[i] = list->items[i - 1];
	list->items[i] = item;
}

__attribute__((format(printf, 5, 0))) static void
add(struct msg_list *list, uint64_t line, const char *column,
	struct slice value, const char *format, va_list arguments)
{
	char text[LINE_SIZE], quoted[VALUE_SIZE];
	int n = 0;

	if (list->shown >= state.limit) {
		list->hidden++;
		if (list->shown == 0 ||
			list->items[list->shown - 1].line <= line)
			return;
		free(list->items[--list->shown].text);
	}
	if (list->shown == list->room) {
		list->room = list->room ? 2 * list->room : 8;
		list->items = mem_resize(list->items, list->room,
			sizeof(*list->items));
	}
	if (column)
		n = snprintf(text, sizeof(text), "%s: ", column);
	if (n < 0 || (size_t)n >= sizeof(text))
		n = 0;
	vsnprintf(text + n, sizeof(text) - (size_t)n, format, arguments);
	if (value.p) {
		size_t length = strlen(text);

		snprintf(text + length, sizeof(text) - length, ": %s",
			msg_quote(quoted, sizeof(quoted), value));
	}
	insert(list, (struct msg_item){line, mem_copy(slice_of(text))});
}

void
msg_bad(struct msg_list *list, uint64_t line, const char *column,
	struct slice value, const char *format, ...)
{
	va_list arguments;

	list->bad++;
	va_start(arguments, format);
	add(list, line, column, value, format, arguments);
	va_end(arguments);
}

void
msg_mention(struct msg_list *list, uint64_t line, const char *column,
	struct slice value, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(list, line, column, value, format, arguments);
	va_end(arguments);
}

void
msg_list_show(struct msg_list *list, const char *file, uint64_t first)
{
	if (list->shown == 0 && list->hidden == 0 && list->bad == 0)
		return;
	pthread_mutex_lock(&state.lock);
	for (size_t i = 0; i < list->shown; i++) {
		struct msg_item *item = &list->items[i];

		if (state.shown < state.limit) {
			char text[LINE_SIZE + 512];

			snprintf(text, sizeof(text), "%s:%llu: %s", file,
				(unsigned long long)(first + item->line),
				item->text);
			say(text);
			state.shown++;
		} else {
			state.hidden++;
		}
	}
	state.hidden += list->hidden;
	state.bad += list->bad;
	pthread_mutex_unlock(&state.lock);
	msg_list_drop(list);
}

void
msg_list_drop(struct msg_list *list)
{
	for (size_t i = 0; i < list->shown; i++)
		free(list->items[i].text);
	free(list->items);
	*list = (struct msg_list){0};
}

uint64_t
msg_bad_count(void)
{
	return state.bad;
}

static void
tell_hidden(void)
{
	char text[128];

	if (!state.hidden)
		return;
	snprintf(text, sizeof(text), "%llu more message%s not shown",
		(unsigned long long)state.hidden, state.hidden == 1 ? "" : "s");
	say(text);
	state.hidden = 0;
}

void
msg_summary(const char *format, ...)
{
	va_list list;

	tell_hidden();
	va_start(list, format);
	say_list(format, list, "");
	va_end(list);
}

void
msg_summary_as(struct slice text)
{
	tell_hidden();
	write_line(text.p, text.n);
}

int
msg_close(void)
{
	tell_hidden();
	if (fflush(stdout) || ferror(stdout) ||
		(close(STDOUT_FILENO) && errno != EBADF))
		msg_die_errno("standard output");
	return state.bad > 0 || state.failed;
}
