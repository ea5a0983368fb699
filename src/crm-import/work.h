#ifndef WORK_H
#define WORK_H

#include <stdbool.h>
#include <stddef.h>

#include "base.h"
#include "columns.h"
#include "hash.h"
#include "import.h"
#include "journal.h"
#include "layout.h"
#include "mem.h"
#include "renames.h"
#include "reread.h"
#include "source.h"
#include "store.h"
#include "summary.h"

/**
 * work: everything that is open during an import.
 */
struct work {
	const struct import *import;
	struct columns *columns;
	struct source *sources;
	size_t source_count;
	unsigned kind;
	struct slice *own;     /* columns of FILE; null: no such file */
	size_t own_count;
	struct mem_pool pool;
	struct layout layout;
	struct base *base;
	struct hash *customers;
	struct store_lock *lock;
	struct journal *journal;
	struct base_rules rules;
	struct renames *renames;        /* --aliases; or null */
	struct store_lock *renames_lock;
	struct reread *reread;          /* --dry-run; or null */
	struct summary applied;         /* what --apply did */
};

/** work_open(w, import, files, n, presumed): opens the files, finds what they
 * hold and where it goes; FILE is locked until work_close. presumed: files that
 * begin as UTF-8 are taken for UTF-8. Ends the program (exit 2) where
 * something is not as it must be. */
void work_open(struct work *w, const struct import *import, char *const *files,
	size_t n, bool presumed);
void work_close(struct work *w);

/** work_presumes(w): a file was taken for UTF-8 so. */
bool work_presumes(const struct work *w);

#endif
