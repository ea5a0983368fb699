#ifndef STORE_H
#define STORE_H

#include <stdbool.h>

#include "out.h"

/**
 * store: where results go, so that a file is the old or the new, never half.
 *
 * store_open(path) with a path: a temporary file beside it, which store_commit
 * flushes, fsyncs and renames over it; the directory is fsynced too. Until then
 * path is as it was, and the program's end removes the temporary. A symbolic
 * link is followed; an existing file keeps its mode, a new one is 0600 less
 * the umask; what is no regular file is written directly, and so is what is open
 * already (/dev/stdout, /dev/stderr, /dev/fd/N). path null: standard output. Errors end the program (exit 2). Temporary files that a killed
 * program left are removed.
 */
struct store;

struct store *store_open(const char *path);
struct out *store_out(struct store *s);

/** store_prepare(s, made): all that was written is flushed and fsynced, but path
 * is still as it was; *made is the status of what will be path. For those who
 * must note it before store_commit. */
struct stat;
void store_prepare(struct store *s, struct stat *made);

/** store_commit(s): makes it so; s is gone. store_abandon(s): leaves path as
 * it was; s is gone. */
void store_commit(struct store *s);
void store_abandon(struct store *s);

/** store_lock(path, wait): an exclusive lock on .FILE.lock beside path (none for what
 * is no regular file), held
 * until store_unlock or the end of the program. False only where wait is false
 * and another program holds it. */
struct store_lock;
bool store_lock(const char *path, bool wait, struct store_lock **lock);
void store_unlock(struct store_lock *lock);

#endif
