#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"
#include "msg.h"

#define FIRST 1.0  /* seconds before the first line */
#define EVERY 0.25 /* and between two */

struct progress {
	uint64_t total, done;
	double began, shown;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct progress *
progress_open(bool wanted, uint64_t total)
{
	struct progress *p;

	if (!wanted || !isatty(STDERR_FILENO))
		return NULL;
	p = mem_zero(1, sizeof(*p));
	p->total = total;
	p->began = now();
	return p;
}

static void
show(const struct progress *p, double passed)
{
	char line[160];
	int n = snprintf(line, sizeof(line), "\r%s: %.0f MB, %.0f MB/s",
		msg_program(), (double)p->done / 1e6,
		(double)p->done / 1e6 / passed);

	if (p->total >= p->done && p->done > 0 && n > 0) {
		double left = passed * (double)(p->total - p->done) /
			(double)p->done;

		n += snprintf(line + n, sizeof(line) - (size_t)n,
			" of %.0f MB, %d:%02d left", (double)p->total / 1e6,
			(int)left / 60, (int)left % 60);
	}
	if (n > 0)
		n += snprintf(line + n, sizeof(line) - (size_t)n, "\033[K");
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nowhere left to say it */
}

void
progress_add(struct progress *p, uint64_t bytes)
{
	double t;

	if (!p)
		return;
	p->done += bytes;
	t = now();
	if (t - p->began < FIRST || t - p->shown < EVERY)
		return;
	show(p, t - p->began);
	p->shown = t;
}

void
progress_close(struct progress *p)
{
	if (p && p->shown > 0 && write(STDERR_FILENO, "\r\033[K", 4) < 0)
		p->shown = 0;
	free(p);
}
