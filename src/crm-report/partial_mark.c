#include "partial_mark.h"

#include "hash.h"

const char *const partial_mark_columns[PARTIAL_COLUMNS] = {
	"key", "figure", "value", "times", "report", "definition",
};

const char *const partial_mark_tables[PARTIAL_TABLES] = {
	"columns of tickets", "columns of customers", "columns of serials",
};

void
partial_mark_definition(const struct partial_job *job, struct buf *b)
{
	static const enum definition_field fields[] = {
		DEFINITION_OF, DEFINITION_WHERE, DEFINITION_BY,
		DEFINITION_ACROSS, DEFINITION_SHOW, DEFINITION_HAVING,
		DEFINITION_EVERY,
	};
	struct buf all = {0};
	size_t i;

	for (i = 0; i < sizeof fields / sizeof *fields; i++) {
		buf_add(&all, definition_get(job->definition, fields[i]));
		buf_byte(&all, '\n');
	}
	buf_printf(b, "%016llx", (unsigned long long)hash_code(buf_slice(&all)));
	buf_free(&all);
}

void
partial_mark_made(const struct partial_job *job, struct buf *b)
{
	buf_text(b, "as-of=");
	out_time(b, job->as_of);
	if (job->since)
		buf_printf(b, " since=%s", job->since);
	if (job->until)
		buf_printf(b, " until=%s", job->until);
	if (job->calendar)
		buf_printf(b, " calendar=%s", job->calendar);
}
