#ifndef RELATE_PASS_H
#define RELATE_PASS_H

#include "relate.h"
#include "relate_table.h"

/**
 * relate_pass: what the files of a pass share. For relate.c, relate_pass.c and
 * relate_kinds.c alone.
 */
enum { RELATE_MASK = 64 }; /* relations in one mask */

/** What rows of a kind mean to one of the jobs: a group of 64 relations that
 * follow each other in its scope, of which some are of the kind. */
struct relate_concern {
	size_t job;
	size_t group;
	uint64_t kinds; /* bit i: relation 64 * group + i is of the kind */
	bool pause;
};

struct relate_kind {
	struct relate_concern *concerns;
	size_t count;
	size_t number;
};

/** What is known of rows of a kind as soon as their status is. */
struct relate_state {
	struct relate_state *next;
	struct slice status;
	struct relate_answer {
		uint64_t holds, open; /* those that hold; that are to be asked */
	} answers[]; /* of each concern */
};

struct relate_pass_job {
	struct relate_job given;
	struct relate_table *table;
	size_t key;          /* column, or RECORD_NONE */
	bool wider;          /* conditions name columns that the file lacks */
	bool sums;           /* amounts matter */
};

struct relate_worker {
	struct expr_env env;
	struct slice *cells;    /* of a row whose table is wider than the file */
	struct buf key;         /* decoded */
	uint64_t *holds;        /* of each concern with the row at hand */
	struct relate_state **states;  /* of each kind */
	size_t state_count;
	struct mem_pool pool;
};

struct relate_pass {
	struct record_source *tickets;
	int64_t as_of;
	struct relate_pass_job *jobs;
	size_t job_count;
	size_t opened, closed, amount, status; /* columns; amount: where sums
	                                          are asked for */
	struct hash *kinds;  /* struct relate_kind */
	size_t most;         /* concerns of one kind */
	struct relate_worker *workers;
	unsigned worker_count;
};

/** relate_pass_kinds(pass): which kinds concern whom. */
void relate_pass_kinds(struct relate_pass *pass);

/** relate_pass_state(pass, w, r, kind): of the record's status. Lives until the
 * next. */
const struct relate_state *relate_pass_state(const struct relate_pass *pass,
	struct relate_worker *w, const struct record *r,
	const struct relate_kind *kind);

/** relate_pass_relations(pass, concern): the first of its group. */
const struct expr_relation *relate_pass_relations(
	const struct relate_pass *pass, const struct relate_concern *concern);

/** relate_pass_show(pass, job, w, r): the row as the conditions of a job see
 * it. */
void relate_pass_show(const struct relate_pass *pass,
	const struct relate_pass_job *job, struct relate_worker *w,
	const struct record *r);

/** relate_pass_result(table, relation_count): the finished table. */
struct relate *relate_pass_result(struct relate_table *table,
	size_t relation_count);

#endif
