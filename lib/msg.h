#ifndef MSG_H
#define MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * msg: what a program says on standard error, and its exit status.
 *
 * Exit status (crm(7)): 0 done; 1 done, but records were bad and left out, or
 * the check that was asked for failed; 2 not done. One place decides it: here.
 * Every message is one line "PROGRAM: TEXT", written with one write(2); what
 * goes on in more lines is indented by two blanks. Other controls, and bytes that
 * are not UTF-8, come from the names of files and from arguments: they are shown
 * escaped.
 * msg_die, msg_warn and msg_fail may be called from any thread.
 */

/** msg_open(program): the name that begins every message: the last part of
 * argv[0]. First call of main. */
void msg_open(const char *program);

const char *msg_program(void);

/** msg_hold(): until msg_release(), what is said waits, as it may turn out to be
 * of no use; msg_drop() forgets it, and what was counted meanwhile. The end of
 * the program releases it. */
void msg_hold(void);
void msg_release(void);
void msg_drop(void);

/** msg_limit(n): how many bad records are shown (default 20); the rest is
 * counted. */
void msg_limit(size_t n);

/** msg_die: says why and ends the program with status 2. msg_die_errno adds
 * ": " and the text of errno. */
_Noreturn void msg_die(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
_Noreturn void msg_die_errno(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/** msg_usage: as msg_die, and adds "see 'PROGRAM --help'". */
_Noreturn void msg_usage(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/** msg_warn: something that the user should know; the status stays. */
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** msg_summary: the last word of a run on what it did; says before it how many
 * messages were not shown. Not called under -q. */
void msg_summary(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** msg_summary_as(text): as msg_summary, but whole lines written as they are, for
 * other programs to read. */
void msg_summary_as(struct slice text);

/** msg_fail(): the check that was asked for failed: status 1 at the end. */
void msg_fail(void);

/**
 * msg_list: the bad records of one piece of the input.
 *
 * Pieces are worked on in any order; their messages wait here until the lines
 * before them are counted. They are kept in the order of their lines, whatever the
 * order they come in; at most the limit, the first; the rest is counted. Start
 * from all zero.
 */
struct msg_list {
	struct msg_item *items;
	size_t shown, room;
	uint64_t hidden; /* messages beyond the limit */
	uint64_t bad;    /* records, not messages */
};

/**
 * msg_bad(list, line, column, value, format, ...): the record at line (from 0
 * in the piece) is bad and left out. column may be null; value (with p null:
 * none) is shown quoted, control bytes escaped, cut when long:
 *     crm-score: tickets.tsv:17: amount: not a number: "12,50"
 */
void msg_bad(struct msg_list *list, uint64_t line, const char *column,
	struct slice value, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/** msg_mention: the same line, for a record that is kept: not counted as bad,
 * the status stays. */
void msg_mention(struct msg_list *list, uint64_t line, const char *column,
	struct slice value, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/** msg_list_show(list, file, first): prints the list, whose line 0 is line
 * `first` of file, and empties it. Calls must come in the order of the input.
 * Once a record was bad the exit status is 1. */
void msg_list_show(struct msg_list *list, const char *file, uint64_t first);

/** msg_list_drop(list): empties it unsaid. */
void msg_list_drop(struct msg_list *list);

/** msg_quote(buffer, size, value): value between quotes, control bytes and
 * broken UTF-8 escaped, cut with "..." to fit; terminated. Returns buffer. */
char *msg_quote(char *buffer, size_t size, struct slice value);

uint64_t msg_bad_count(void); /* shown or not, so far */

/** msg_close(): says how many messages were not shown, checks that standard
 * output took everything, returns the exit status for main to return. */
int msg_close(void);

#endif
