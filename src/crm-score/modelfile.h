#ifndef MODELFILE_H
#define MODELFILE_H

#include <stdbool.h>

#include "clv.h"
#include "out.h"

/**
 * modelfile: a fitted model as a file: records with the columns model,
 * parameter, value, stderr, one for each parameter (with its standard error),
 * and loglik, customers, unit and as_of (without).
 */
struct modelfile {
	struct clv_fit purchases; /* any model but gammagamma */
	struct clv_fit spend;     /* gammagamma */
	bool has_spend;
	int64_t unit;             /* seconds; purchases.unit follows from it */
	int64_t as_of;            /* the models saw nothing later */
	bool has_as_of;
};

/** modelfile_write(m, out): numbers with CLV_DIGITS digits, so that a model
 * comes back as it was. */
void modelfile_write(const struct modelfile *m, struct out *out);

/** modelfile_read(path, unit, m): the rows may come in any order; loglik,
 * customers, as_of and standard errors may be missing, so may gammagamma, and
 * unit, which is then the given one (seconds). Ends the program, with file,
 * line, column and value, on anything else: an unknown model or parameter, one
 * twice or missing, a value not over 0 (a and s may be 0: nobody leaves) or out
 * of range, q not over 1. */
void modelfile_read(const char *path, int64_t unit, struct modelfile *m);

/** modelfile_unit(text, seconds): a duration: digits and one of w d h m s; false
 * where it is none, or not over 0. */
bool modelfile_unit(struct slice text, int64_t *seconds);

#endif
