#include "msg_line.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"

/* What waits. */
static struct {
	pthread_mutex_t lock;
	bool on;
	char *lines;
	size_t n, room;
} held = {.lock = PTHREAD_MUTEX_INITIALIZER};

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

/* False where there is no memory: that is no reason not to say it. */
static bool
keep_line(const char *text, size_t n)
{
	if (held.room - held.n < n) {
		size_t room = 2 * held.room + n;
		char *lines = realloc(held.lines, room);

		if (!lines)
			return false;
		held.lines = lines;
		held.room = room;
	}
	memcpy(held.lines + held.n, text, n);
	held.n += n;
	return true;
}

static void
forget(void)
{
	free(held.lines);
	held.lines = NULL;
	held.n = held.room = 0;
	held.on = false;
}

/* Under the lock. */
static void
say_held(void)
{
	write_line(held.lines, held.n);
	forget();
}

void
msg_line_put(const char *text, size_t n)
{
	pthread_mutex_lock(&held.lock);
	if (!held.on || !keep_line(text, n)) {
		say_held();
		write_line(text, n);
	}
	pthread_mutex_unlock(&held.lock);
}

void
msg_line_hold(void)
{
	pthread_mutex_lock(&held.lock);
	held.on = true;
	pthread_mutex_unlock(&held.lock);
}

void
msg_line_release(void)
{
	pthread_mutex_lock(&held.lock);
	say_held();
	pthread_mutex_unlock(&held.lock);
}

void
msg_line_forget(void)
{
	pthread_mutex_lock(&held.lock);
	forget();
	pthread_mutex_unlock(&held.lock);
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

/* What came from outside, the name of a file or
 * an argument, cannot steer a terminal or pass for another line: only what is
 * indented goes on in a line of its own. */
void
msg_line_say(const char *program, const char *text)
{
	char whole[MSG_LINE_SIZE], line[4 * MSG_LINE_SIZE];
	size_t size, i = 0, n = 0;

	snprintf(whole, sizeof(whole), "%s: %s", program, text);
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
	msg_line_put(line, n);
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
