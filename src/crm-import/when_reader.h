#ifndef WHEN_READER_H
#define WHEN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "when.h"

/**
 * when_reader: a date or a time as it is read, from left to right; for when*.c
 * only.
 */
/** What is left to be read. */
struct when_reader {
	const char *p, *end;
};

static inline bool
when_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
when_take(struct when_reader *r, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return false;
	r->p += n;
	return true;
}

static inline bool
when_take_any_case(struct when_reader *r, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((r->p[i] | 0x20) != word[i])
			return false;
	r->p += n;
	return true;
}

static inline void
when_skip_blanks(struct when_reader *r)
{
	while (r->p < r->end && *r->p == ' ')
		r->p++;
}

/* The digits at p, at most `most`; returns how many. */
static inline size_t
when_take_number(struct when_reader *r, size_t most, int *out)
{
	size_t n = 0;

	*out = 0;
	while (r->p < r->end && when_is_digit(*r->p) && n < most) {
		*out = *out * 10 + (*r->p++ - '0');
		n++;
	}
	return n;
}

static inline bool
when_at_digit(const struct when_reader *r)
{
	return r->p < r->end && when_is_digit(*r->p);
}

/** when_weekday(r): the name of a day of the week, with blanks and marks around
 * it: Monday 1 .. Sunday 7, or 0 where none stands there. */
int when_weekday(struct when_reader *r);

/** when_time(r, w): the time of day, and a zone, up to the end. */
enum date_status when_time(struct when_reader *r, struct when *w);

#endif
