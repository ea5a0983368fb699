#ifndef REVERT_H
#define REVERT_H

#include <stddef.h>

#include "import.h"

/** revert_run(import, files): --revert: FILE as it was before a run, by the
 * journal, all or nothing. files: operands, which it has no use for. */
void revert_run(const struct import *import, size_t files);

#endif
