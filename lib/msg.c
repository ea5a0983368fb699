#include "msg.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "msg_line.h"

enum {
	LINE_SIZE = 2048,
	VALUE_SIZE = 160,
	DEFAULT_LIMIT = 20,
};

struct msg_item {
	uint64_t line;
	char *text; /* after "FILE:LINE: " */
};

/* What was said and counted so far. */
struct msg_count {
	size_t shown; /* messages about records */
	uint64_t hidden;
	uint64_t bad;
	bool failed;
};

static struct {
	pthread_mutex_t lock;
	char program[64];
	size_t limit; /* messages about records shown at most */
	struct msg_count count;
} state = {.lock = PTHREAD_MUTEX_INITIALIZER, .program = "crm",
	.limit = DEFAULT_LIMIT};

static struct msg_count before; /* msg_hold */

static void
say(const char *text)
{
	msg_line_say(state.program, text);
}

void
msg_hold(void)
{
	before = state.count;
	msg_line_hold();
}

void
msg_release(void)
{
	msg_line_release();
}

void
msg_drop(void)
{
	msg_line_forget();
	state.count = before;
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
	msg_release();
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
	state.count.failed = true;
	pthread_mutex_unlock(&state.lock);
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

		if (state.count.shown < state.limit) {
			char text[LINE_SIZE + 512];

			snprintf(text, sizeof(text), "%s:%llu: %s", file,
				(unsigned long long)(first + item->line),
				item->text);
			say(text);
			state.count.shown++;
		} else {
			state.count.hidden++;
		}
	}
	state.count.hidden += list->hidden;
	state.count.bad += list->bad;
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
	return state.count.bad;
}

static void
tell_hidden(void)
{
	char text[128];

	if (!state.count.hidden)
		return;
	snprintf(text, sizeof(text), "%llu more message%s not shown",
		(unsigned long long)state.count.hidden, state.count.hidden == 1 ? "" : "s");
	say(text);
	state.count.hidden = 0;
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
	msg_line_put(text.p, text.n);
}

int
msg_close(void)
{
	tell_hidden();
	if (fflush(stdout) || ferror(stdout) ||
		(close(STDOUT_FILENO) && errno != EBADF))
		msg_die_errno("standard output");
	return state.count.bad > 0 || state.count.failed;
}
