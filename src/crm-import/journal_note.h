#ifndef JOURNAL_NOTE_H
#define JOURNAL_NOTE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/**
 * journal_note: .JOURNAL.pending, what a run leaves beside the journal while it
 * appends to it, see journal.h.
 *
 * journal_note_put(journal, start, file, made): the journal is start bytes long,
 * and file will be replaced by what `made` is the status of. Durable when it
 * returns. journal_note_remove(journal): the run is done, or taken back.
 */
void journal_note_put(const char *journal, uint64_t start, const char *file,
	const struct stat *made);
void journal_note_remove(const char *journal);

/** What became of the run that left a note. */
enum journal_note {
	JOURNAL_NOTE_NONE,  /* there is no note */
	JOURNAL_NOTE_OLD,   /* its FILE was not replaced */
	JOURNAL_NOTE_NEW,   /* it was */
	JOURNAL_NOTE_OTHER, /* FILE is neither */
};

/** journal_note_get(journal, start, file): file: its FILE, to be freed, unless
 * there is none. Ends the program (exit 2) where the note cannot be read. */
enum journal_note journal_note_get(const char *journal, uint64_t *start,
	char **file);

#endif
