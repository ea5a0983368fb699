/* Relations from random tickets against a slow and obvious count. */
#include "relate.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "date.h"

#include "tap.h"

enum { ROWS = 4000, TICKETS = 300, KINDS = 4, RELATIONS = 9 };

#define START INT64_C(1767225600) /* 2026-01-01 */
#define AS_OF (START + 100 * DATE_DAY)

static const char *const kinds[KINDS] = {"a", "callback", "a-kind-of-many-bytes",
	"hold"};

struct row {
	char key[40];
	int kind;
	int64_t opened, closed; /* closed 0: open */
	int64_t amount;         /* 1/10000; -1: none */
	bool good;              /* status */
};

static struct row rows[ROWS];
static uint64_t state = 88172645463325252u;

static int64_t
pick(int64_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (int64_t)(state % (uint64_t)n);
}

static void
make_key(char *key, size_t size, int64_t i)
{
	/* some lie beside their words, some do not, one has an escape */
	snprintf(key, size, i % 7 == 0 ? "a-very-long-ticket-id-of-many-bytes-%d"
		: i % 11 == 0 ? "T\\%d" : "T%d", (int)i);
}

static void
write_key(FILE *f, const char *key)
{
	for (; *key; key++)
		fprintf(f, *key == '\\' ? "\\\\" : "%c", *key);
}

static void
write_time(FILE *f, int64_t t)
{
	char text[DATE_SIZE];

	fprintf(f, "\t%.*s", t ? (int)date_write(text, t) : 0, text);
}

static char *
make_file(void)
{
	static char path[] = "/tmp/crm-relate.XXXXXX";
	FILE *f = fdopen(mkstemp(path), "w");

	fprintf(f, "ticket_id\tref\tkind\topened_at\tclosed_at\tamount\tstatus\n");
	for (int i = 0; i < ROWS; i++) {
		struct row *r = &rows[i];

		make_key(r->key, sizeof(r->key), pick(TICKETS));
		r->kind = (int)pick(KINDS);
		r->opened = START + pick(110 * DATE_DAY);
		r->closed = pick(3) ? r->opened + pick(9) * DATE_DAY : 0;
		r->amount = pick(2) ? pick(1000) * NUM_ONE : -1;
		r->good = pick(2);
		fprintf(f, "x%d\t", i);
		write_key(f, r->key);
		fprintf(f, "\t%s", kinds[r->kind]);
		write_time(f, r->opened);
		write_time(f, r->closed);
		if (r->amount >= 0)
			fprintf(f, "\t%d", (int)(r->amount / NUM_ONE));
		else
			fprintf(f, "\t");
		fprintf(f, "\t%s\n", r->good ? "good" : "bad");
	}
	fclose(f);
	return path;
}

/* The relation of number i of what expressions ask: a kind, all or good. */
static const struct {
	const char *text;
	int kind;
	bool good;
} asked[] = {
	{"has(\"a\")", 0, false},
	{"has(\"a\", status == \"good\")", 0, true},
	{"count(\"callback\") > 1", 1, false},
	{"count(\"callback\", status == \"good\") > 1 and "
		"first(\"callback\", status == \"good\") < asof", 1, true},
	{"last(\"a-kind-of-many-bytes\") < asof", 2, false},
	{"sum(\"a-kind-of-many-bytes\", status == \"good\") > 1", 2, true},
	{"has(\"hold\", status == \"good\")", 3, true},
};

enum { ASKED = sizeof(asked) / sizeof(asked[0]) };

static struct expr_cell
count_slowly(size_t i, const char *key)
{
	struct expr_cell cell = {0};

	for (int k = 0; k < ROWS; k++) {
		const struct row *r = &rows[k];

		if (strcmp(r->key, key) != 0 || r->kind != asked[i].kind ||
			r->opened > AS_OF || (asked[i].good && !r->good))
			continue;
		if (!cell.count || r->opened < cell.first)
			cell.first = r->opened;
		if (!cell.count || r->opened > cell.last)
			cell.last = r->opened;
		cell.count++;
		if (r->amount >= 0) {
			cell.sum += r->amount;
			cell.amounts++;
		}
	}
	return cell;
}

/* What is asked for is right, the rest does not matter. */
static bool
cell_is(const struct expr_cell *cell, const struct expr_cell *want,
	unsigned parts)
{
	if ((cell && cell->count > 0) != (want->count > 0) &&
		parts != EXPR_PART_SUM)
		return false;
	if (!cell || want->count == 0)
		return true;
	return (!(parts & EXPR_PART_COUNT) || cell->count == want->count) &&
		(!(parts & EXPR_PART_FIRST) || cell->first == want->first) &&
		(!(parts & EXPR_PART_LAST) || cell->last == want->last) &&
		(!(parts & EXPR_PART_SUM) || (cell->sum == want->sum &&
		cell->amounts == want->amounts));
}

static int64_t
paused_slowly(const char *key)
{
	struct calendar_span spans[ROWS];
	size_t n = 0;
	int64_t sum = 0;

	for (int k = 0; k < ROWS; k++)
		if (strcmp(rows[k].key, key) == 0 && rows[k].kind == 3 &&
			rows[k].opened <= AS_OF)
			spans[n++] = (struct calendar_span){rows[k].opened,
				rows[k].closed ? rows[k].closed : AS_OF};
	n = calendar_unite(spans, n);
	for (size_t i = 0; i < n; i++)
		sum += spans[i].to - spans[i].from;
	return sum;
}

static bool
subject_is(const struct relate *r, const struct expr_scope *scope,
	const char *key)
{
	struct expr_cell cells[RELATIONS];
	const struct calendar_span *holds;
	size_t n;
	const struct expr_cell *found = relate_find(r, slice_of(key), cells,
		&holds, &n);
	int64_t paused = 0;

	for (size_t i = 0; i < ASKED; i++) {
		struct expr_cell want = count_slowly(i, key);

		if (!cell_is(found ? &found[i] : NULL, &want,
			scope->relations[i].parts))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		paused += holds[i].to - holds[i].from;
	return paused == paused_slowly(key);
}

static void
compile(struct expr_scope *scope)
{
	struct expr_error error;

	for (size_t i = 0; i < ASKED; i++)
		if (!expr_compile(scope, slice_of(asked[i].text), &error))
			tap_ok(false, "%s: %s", asked[i].text, error.text);
}

static void
test_all(char *path, size_t waiting, unsigned jobs)
{
	struct record_source *source = record_open(&path, 1, NULL, 0);
	struct expr_table table = {.names = source->names,
		.count = source->columns};
	struct expr_scope scope = {.tables = &table, .table_count = 1,
		.as_of = AS_OF, .relation_of = EXPR_OF_TICKET,
		.related = &table};
	struct relate_job job = {.tickets = source, .scope = &scope,
		.key = "ref", .holds = true, .waiting = waiting, .jobs = jobs};
	struct relate *r;
	bool same = true;

	compile(&scope);
	r = relate_run(&job);
	for (int i = 0; same && i < TICKETS + 5; i++) {
		char key[40];

		make_key(key, sizeof(key), i);
		same = subject_is(r, &scope, key);
	}
	tap_ok(same, "relations and holds: %u threads, %zu bytes may wait",
		jobs, waiting);
	relate_close(r);
	expr_scope_free(&scope);
	record_close(source);
}

/* ---- notes ---- */

struct noting {
	struct relate_pass *pass;
	const struct relate *r;
	uint64_t handed[ROWS]; /* marks, by where */
	size_t wrong;
};

static void
note_work(struct chunk *c, void *context)
{
	struct noting *n = context;
	struct record r;
	struct buf scratch = {0};

	while (chunk_next(c, &r)) {
		struct slice ref, kind = record_field(&r, 2);
		uint64_t row = (uint64_t)strtol(record_field(&r, 0).p + 1,
			NULL, 10);
		const struct relate_kind *of = relate_kind(n->pass, kind);

		if (of)
			relate_take(n->pass, c, &r, of, NULL);
		record_text(&r, 1, &scratch, &ref);
		/* every row notes the subject it belongs to */
		relate_note(n->pass, c, 0, ref, &(struct relate_note){row,
			row % 3 + 1});
	}
	buf_free(&scratch);
}

static void
take_note(const struct relate_subject *s, const struct relate_note *note,
	void *context)
{
	struct noting *n = context;
	struct expr_cell cell, want = count_slowly(2, rows[note->where].key);

	n->handed[note->where] += note->marks;
	relate_cell(n->r, s, 2, &cell);
	n->wrong += cell.count != want.count;
}

static void
test_notes(char *path, size_t waiting)
{
	static struct noting n;
	struct record_source *source = record_open(&path, 1, NULL, 0);
	struct expr_table table = {.names = source->names,
		.count = source->columns};
	struct expr_scope scope = {.tables = &table, .table_count = 1,
		.as_of = AS_OF, .relation_of = EXPR_OF_TICKET,
		.related = &table};
	struct relate_job job = {.tickets = source, .scope = &scope,
		.key = "ref", .notes = true, .waiting = waiting, .jobs = 2};
	struct chunk_job chunks = {.source = source, .jobs = 2,
		.work = note_work, .context = &n};
	struct relate *r;

	compile(&scope);
	n = (struct noting){.pass = relate_begin(&job, 1)};
	chunk_run(&chunks);
	relate_end(n.pass, &r);
	n.r = r;
	for (size_t i = 0; i < relate_parts(r); i++)
		relate_notes(r, 0, i, take_note, &n);
	for (uint64_t i = 0; i < ROWS; i++)
		n.wrong += n.handed[i] != i % 3 + 1;
	tap_ok(n.wrong == 0, "every note comes back once, with its subject's "
		"relations: %zu bytes may wait", waiting);
	relate_close(r);
	expr_scope_free(&scope);
	record_close(source);
}

int
main(void)
{
	char *path = make_file();

	setenv("CRM_CHUNK", "3000", 1);
	for (unsigned jobs = 1; jobs <= 4; jobs++)
		for (size_t waiting = 0; waiting <= 20000; waiting += 9999)
			test_all(path, waiting ? waiting - 9998 : 0, jobs);
	test_notes(path, 0);
	test_notes(path, 1);
	test_notes(path, 30000);
	unlink(path);
	return tap_done();
}
