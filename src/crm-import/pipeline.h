#ifndef PIPELINE_H
#define PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clean.h"
#include "csv.h"
#include "source.h"

/**
 * pipeline: a file is split into batches of rows, the batches are cleaned on
 * several threads, and taken in their order by the calling one.
 */
struct pipeline_job {
	const struct clean_layout *layout;
	struct source *source;
	const uint32_t *to; /* as in clean_batch */
	unsigned jobs;
	void (*take)(void *context, const struct csv_batch *rows,
		const struct clean_batch *cleaned);
	/** Room for n bytes that lives on, for cleaned lines; null: they are
	 * not worth it. Called by any thread. */
	char *(*keep)(void *context, size_t n);
	/** Whether clean_batch makes codes. Called by any thread. */
	bool (*coded)(void *context);
	void *context;
};

/** pipeline_run(job): all of the file, or less where it turns out to be broken
 * (source_broken). */
void pipeline_run(const struct pipeline_job *job);

#endif
