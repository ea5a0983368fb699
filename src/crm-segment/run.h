#ifndef RUN_H
#define RUN_H

#include "abc.h"
#include "chunk.h"
#include "expr.h"
#include "opt.h"
#include "segments.h"
#include "was.h"

/** What the user asked of crm-segment, compiled. */
struct run {
	const struct opt_common *common;
	struct record_source *source;
	struct out *out;
	struct expr_scope *scope;
	struct expr *where;        /* null: every record */
	struct segments *segments; /* null: no rules */
	struct was *was;           /* null: no earlier result */
	bool all, check, explain;
	const char *split;         /* folder; null: one output */
	size_t abc_column, by_column; /* RECORD_NONE: not asked for */
	int64_t limits[2];
};

/** run_segments: the input with `segment` (and `was`, `move`, `why`), or just
 * those that pass --where. run_count: the table of --count. run_abc: the input
 * with abc, share, cumshare. */
void run_segments(const struct run *run);
void run_count(const struct run *run);
void run_abc(const struct run *run);

/** run_passes(run, c, r, env): 1: r passes --where, 0: it does not, -1: it is a
 * bad record, and reported. Sets env->row. run_report_bad says what expr_eval
 * found bad. */
int run_passes(const struct run *run, struct chunk *c, const struct record *r,
	struct expr_env *env);
void run_report_bad(struct chunk *c, const struct record *r,
	const struct expr_env *env);

/** run_write_header(run, layout): unless --no-header. */
void run_write_header(const struct run *run,
	const struct record_layout *layout);

#endif
