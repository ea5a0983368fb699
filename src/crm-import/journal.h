#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "store.h"

/**
 * journal: every change of FILE, field by field, in a file of its own:
 * at run key column old new file line.
 *
 * old and new are fields of crm(5) as FILE holds them. A new record is
 * journalled with each field that is not missing, a record that goes likewise;
 * there the line of the record of the key is that in FILE. A record with
 * neither key nor column is about the first line of FILE (its old and new are
 * that line, escaped), where that changed.
 *
 * The records of a run are appended and fsynced before FILE is replaced: what is
 * in FILE is in the journal, always. Before that a note is made beside it,
 * .JOURNAL.pending: how long the journal was, and by inode, size and time what
 * FILE is and what it will be. It goes when FILE is replaced. A run that dies
 * leaves it, and the next one compares: is FILE still the old one, the records
 * are cut off again; is it the new one, they stay. Is it neither, because
 * something else changed FILE since, they stay too, and a message says so.
 */
struct journal;

/** A record of the journal; its fields are raw. */
struct journal_entry {
	struct slice at, run, key, column, old, new, file;
	uint64_t line;
};

/** journal_open(path, file, as_of, wait): locks the journal, settles what a run
 * left that died, and finds a name for this run: the date of as_of and a
 * number that no run of the date has. Null where it is locked and wait is
 * false. file: FILE. Ends the program (exit 2) where path is no journal. */
struct journal *journal_open(const char *path, const char *file,
	int64_t as_of, bool wait);

/** journal_run(j): the name of this run. */
const char *journal_run(const struct journal *j);

/** journal_begin(j, store): after all of FILE is written to store, and before
 * journal_add. journal_add(j, entry): appends a record of this run; at and run
 * are not looked at. journal_commit(j, store): the records are safe, then FILE
 * is replaced. Where anything fails, the journal is as it was. */
void journal_begin(struct journal *j, struct store *store);
void journal_add(struct journal *j, const struct journal_entry *entry);
void journal_commit(struct journal *j, struct store *store);

/** journal_count(j): records of this run. */
uint64_t journal_count(const struct journal *j);

/** journal_close(j): unlocks it; null is allowed. A journal that did not exist
 * has a header from now on. */
void journal_close(struct journal *j);

/** journal_read(path, take, context): hands out all records in their order,
 * number being their line. Ends the program where one is bad. */
void journal_read(const char *path, void (*take)(void *context,
	const struct journal_entry *entry, uint64_t number), void *context);

#endif
