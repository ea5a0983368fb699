#ifndef FOLD_WORKER_H
#define FOLD_WORKER_H

#include "fold_add.h"

/** fold_worker: what a thread works with, made and released; for fold.c alone.
 * The groups are not released. */
void fold_worker_open(struct fold_worker *w, const struct fold_job *job);
void fold_worker_close(struct fold_worker *w, size_t reports);

#endif
