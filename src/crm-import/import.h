#ifndef IMPORT_H
#define IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base.h"
#include "opt.h"
#include "source.h"

/**
 * import: what the command line asked for, and the work.
 */
struct import {
	struct opt_common common;
	struct source_form form;
	unsigned kind;              /* 0: by the headers */
	const char *into, *rejects, *match, *journal, *revert;
	const char *pairs, *apply, *aliases;
	double threshold;           /* of a pair: least score */
	const char **maps, **customers, **checks, **sets;
	size_t map_count, customer_count, check_count, set_count;
	enum base_on_match on_match;
	bool consent_replaced, excel, orphans_kept, no_wait, dry_run;
	bool print_columns, summary_tsv;
	int64_t as_of;
};

/** import_run(import, files, n): all of it: reads, cleans, merges, writes, and
 * says how much there was. n == 0: standard input. */
void import_run(const struct import *import, char *const *files, size_t n);

/** import_print_columns(import): prints the table of header names. */
void import_print_columns(const struct import *import);

#endif
