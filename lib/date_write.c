#include "date.h"

#include <string.h>

static const char digits[] =
	"00010203040506070809101112131415161718192021222324"
	"25262728293031323334353637383940414243444546474849"
	"50515253545556575859606162636465666768697071727374"
	"75767778798081828384858687888990919293949596979899";

static void
put_two(char *out, int n)
{
	memcpy(out, digits + 2 * n, 2);
}

static void
put_day(char *out, const struct date_civil *c)
{
	put_two(out, c->year / 100);
	put_two(out + 2, c->year % 100);
	out[4] = out[7] = '-';
	put_two(out + 5, c->month);
	put_two(out + 8, c->day);
}

size_t
date_write(char *out, int64_t t)
{
	struct date_civil c;

	date_split(t, &c);
	put_day(out, &c);
	out[10] = 'T';
	out[13] = out[16] = ':';
	put_two(out + 11, c.hour);
	put_two(out + 14, c.minute);
	put_two(out + 17, c.second);
	return DATE_WRITTEN;
}

size_t
date_write_day(char *out, int64_t t)
{
	struct date_civil c;

	date_split(t, &c);
	put_day(out, &c);
	return DATE_WRITTEN_DAY;
}
