#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

/**
 * bench_generate(directory, customers, tickets, seed): the files of the
 * benchmark: customers.tsv, tickets.tsv (about 157 bytes a row, ordered by
 * opened_at, customers scattered, some far more often than others) and the
 * same as customers.csv (every field quoted, CRLF, phones as people write them,
 * one in twenty twice) and tickets.csv (CRLF, one time in 100,003 impossible).
 * customers and tickets at least 1 and at most 99,999,999.
 */
void bench_generate(const char *directory, uint32_t customers,
	uint32_t tickets, uint64_t seed);

#endif
