#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "definition.h"
#include "opt.h"

/** run: the reports that were asked for, from the files to the output. */
enum run_format {
	RUN_TEXT,
	RUN_TSV,
	RUN_JSON,
	RUN_MD,
	RUN_HTML,
	RUN_SVG,
};

struct run_options {
	struct opt_common common;
	char **definitions, **tickets, **prints; /* as often as they came */
	size_t definition_count, ticket_count, print_count;
	char *customers, *serials, *calendar;    /* null: not given */
	const char *since, *until, *target;
	const char *id;                          /* card: of the customer */
	enum run_format format;
	const char *lang;                        /* null: by the locale */
	bool list, explain, spreadsheet, mask;
	bool partial, merge, sorted;
	char **names;                            /* of the reports */
	size_t name_count;
};

/** run_reports(o, d): computes and writes the reports named, all of one kind of
 * records in one pass over them. */
void run_reports(const struct run_options *o, const struct definitions *d);

#endif
