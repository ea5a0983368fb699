/* Data for the demo and the benchmark. The same arguments make the same bytes
 * on every machine. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "demo.h"

#define MOST 99999999

static uint64_t
number(const char *text, uint64_t most)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (errno != 0 || *text < '0' || *text > '9' || *end != '\0' || n > most) {
		fprintf(stderr, "generate: not a number up to %llu: %s\n",
			(unsigned long long)most, text);
		exit(2);
	}
	return n;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "demo") == 0) {
		demo_generate(argv[2]);
		return 0;
	}
	if ((argc == 5 || argc == 6) && strcmp(argv[1], "bench") == 0) {
		uint64_t customers = number(argv[3], MOST);
		uint64_t tickets = number(argv[4], MOST);

		bench_generate(argv[2], (uint32_t)(customers ? customers : 1),
			(uint32_t)(tickets ? tickets : 1),
			argc == 6 ? number(argv[5], UINT64_MAX) : 1);
		return 0;
	}
	fputs("usage: generate demo DIRECTORY\n"
		"       generate bench DIRECTORY CUSTOMERS TICKETS [SEED]\n", stderr);
	return 2;
}
