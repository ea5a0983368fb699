#ifndef OPT_H
#define OPT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * opt: the command line, the same way in every tool (crm(7)).
 *
 * A tool gives its own options as a table and gets each as it comes; the
 * options common to all are handled here. -h and -V print on standard output
 * and exit 0; anything wrong is msg_usage (exit 2).
 */

/** The options that every tool has, as given. */
struct opt_common {
	const char *output;  /* -o; null: standard output */
	const char *as_of;   /* --as-of as written; null: see date_as_of */
	const char *columns; /* --columns: the input has no header */
	unsigned jobs;       /* -j; at least 1 */
	bool quiet;          /* -q */
	bool no_header;      /* --no-header: print none */
};

/** One option of a tool. */
struct opt_entry {
	char letter;          /* 0: has no short form */
	const char *name;     /* long form without the dashes */
	const char *argument; /* its name in the help; null: takes none;
	                         "[X]": optional, after = only */
	const char *help;     /* one line */
};

struct opt_tool {
	const char *synopsis;  /* after the program's name */
	const char *purpose;   /* one line */
	const struct opt_entry *entries;
	size_t count;
	/** Called for entry i with its argument (null where it takes none or
	 * none was given). */
	void (*set)(void *to, size_t i, const char *argument);
	void *to;
};

/**
 * opt_parse(tool, common, argc, argv): reads the command line. Returns the
 * index in argv of the first operand; argv is permuted so that all operands
 * stand at the end. Calls msg_open and msg_limit.
 */
int opt_parse(const struct opt_tool *tool, struct opt_common *common,
	int argc, char **argv);

/** opt_number(name, text, least, most): a whole number, else msg_usage. */
long opt_number(const char *name, const char *text, long least, long most);

#endif
