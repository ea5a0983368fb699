#ifndef SUMMARY_H
#define SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "source.h"

/**
 * summary: how many rows there were and what became of them. read is always
 * the sum of the others.
 */
struct summary {
	uint64_t read, created, updated, unchanged, rejected;
};

/** summary_say(s, kind, sources, n): the closing line, with the encodings and
 * delimiters that were found. */
void summary_say(const struct summary *s, unsigned kind,
	const struct source *sources, size_t n);

/** summary_kind(kind): "customers" or "tickets". */
const char *summary_kind(unsigned kind);

#endif
