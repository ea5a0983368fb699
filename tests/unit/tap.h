#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>

/**
 * tap: what a unit test prints (Test Anything Protocol).
 *
 * tap_ok(pass, format, ...): one assertion; the text names the case.
 * tap_done(): the plan; main returns it.
 */
static int tap_count, tap_failed;

#define tap_ok(pass, ...) tap_line((pass), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 4, 5))) static inline bool
tap_line(bool pass, const char *file, int line, const char *format, ...)
{
	__builtin_va_list list;

	tap_count++;
	printf("%sok %d - ", pass ? "" : "not ", tap_count);
	__builtin_va_start(list, format);
	vprintf(format, list);
	__builtin_va_end(list);
	putchar('\n');
	if (!pass) {
		tap_failed++;
		printf("# %s:%d\n", file, line);
	}
	return pass;
}

static inline int
tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed > 0;
}

#endif
