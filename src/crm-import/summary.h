#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "journal.h"
#include "source.h"

/**
 * summary: how many rows there were and what became of them. read is always
 * the sum of the others. Where records of FILE are worked on instead of rows,
 * read counts these, and removed those that are gone.
 */
struct summary {
	uint64_t read, created, updated, unchanged, rejected, removed;
};

/** What the summary is about. */
struct summary_of {
	unsigned kind;
	const struct source *sources; /* encodings and delimiters */
	size_t source_count;          /* 0: none was read */
	const char *what;             /* then: "revert of RUN" and the like */
	const struct journal *journal; /* of this run; or null */
	bool tsv;
};

/** summary_say(s, of): the closing line, with the encodings and delimiters that
 * were found, on standard error; or two lines of TSV there. */
void summary_say(const struct summary *s, const struct summary_of *of);

/** summary_kind(kind): "customers" or "tickets". */
const char *summary_kind(unsigned kind);

#endif
