#include "rules.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "msg.h"

#include "tap.h"

/* What a call that ends the program says, and its status. */
static int
dies(void (*call)(struct slice text), struct slice text, char *said,
	size_t size)
{
	int ends[2], status = 0;
	ssize_t n;
	pid_t child;

	if (pipe(ends))
		return -1;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		msg_open("test");
		call(text);
		_exit(0);
	}
	close(ends[1]);
	n = read(ends[0], said, size - 1);
	said[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	waitpid(child, &status, 0);
	return WEXITSTATUS(status);
}

static void
read_all(struct slice text)
{
	struct rules *r = rules_built_in("a.tsv", text);

	for (size_t i = 0; i < r->count; i++)
		rules_cell(r, i, rules_need(r, "when"));
	rules_close(r);
}

static void
read_fault(struct slice text)
{
	struct rules *r = rules_built_in("a.tsv", text);

	rules_die_at(r, 0, rules_need(r, "when"), 9,
		"unknown column \"recnecy\"");
}

static const struct {
	const char *name;
	void (*call)(struct slice text);
	const char *text;
	size_t n; /* 0: of the string */
	const char *said;
} bad[] = {
	{"no header", read_all, "", 0,
		"test: a.tsv: empty: not even a header\n"},
	{"a BOM alone", read_all, "\xEF\xBB\xBF", 0,
		"test: a.tsv: empty: not even a header\n"},
	{"a header without end", read_all, "when", 0, "test: a.tsv:1: the "
		"header line has no end; the file is cut short\n"},
	{"a last line without end", read_all, "when\na\nb", 0, "test: a.tsv:3: "
		"the last line has no end; the file is cut short\n"},
	{"too few fields", read_all, "when\tnote\na\tb\na\n", 0,
		"test: a.tsv:3: 1 fields, not 2\n"},
	{"too many fields", read_all, "when\na\tb\n", 0,
		"test: a.tsv:2: 2 fields, not 1\n"},
	{"a column twice", read_all, "when\tx\twhen\n", 0, "test: a.tsv:1: "
		"column \"when\" stands twice, as column 1 and 3\n"},
	{"a needed column missing", read_all, "whem\na\n", 0,
		"test: a.tsv: no column \"when\"; did you mean \"whem\"?\n"},
	{"NUL", read_all, "when\na\0b\n", 10,
		"test: a.tsv:2: holds a NUL byte\n"},
	{"LF among CRLF", read_all, "when\r\na\r\nb\n", 0,
		"test: a.tsv:3: ends in LF, but the header in CRLF\n"},
	{"CRLF among LF", read_all, "when\na\r\n", 0,
		"test: a.tsv:2: ends in CRLF, but the header in LF\n"},
	{"a wrong escape", read_all, "when\na\\qb\n", 0,
		"test: a.tsv:2: when: not an escape of crm(5): \"a\\\\qb\"\n"},
	{"a caret", read_fault, "note\twhen\n\torders > recnecy\n", 0,
		"test: a.tsv:2: when: position 10: unknown column "
		"\"recnecy\"\n  orders > recnecy\n           ^\n"},
	{"a caret behind Chinese", read_fault,
		"when\n\xE8\xAE\xA2\xE5\x8D\x95\xE6\x95\xB0x\n", 0,
		"test: a.tsv:2: when: position 10: unknown column "
		"\"recnecy\"\n  \xE8\xAE\xA2\xE5\x8D\x95\xE6\x95\xB0x\n"
		"        ^\n"},
};

static void
test_bad(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char said[1024];
		size_t n = bad[i].n ? bad[i].n - 1 : strlen(bad[i].text);
		int status = dies(bad[i].call,
			(struct slice){bad[i].text, n}, said, sizeof(said));

		if (!tap_ok(status == 2 && strcmp(said, bad[i].said) == 0,
				"%s", bad[i].name))
			printf("# status %d: %s", status, said);
	}
}

static void
test_good(void)
{
	struct rules *r = rules_built_in("b.tsv", slice_of(
		"\xEF\xBB\xBFwhen\tnote\ttext\r\n"
		"a\\tb\tC:\\windows\t\\N\r\n"
		"\t\t\"x\"\\\\\r\n"));

	tap_ok(r->count == 2 && r->column_count == 3, "size");
	tap_ok(r->lines[0] == 2 && r->lines[1] == 3, "lines");
	tap_ok(slice_is(rules_cell(r, 0, 0), "a\tb"), "an escape is decoded");
	tap_ok(rules_cell(r, 0, rules_find(r, "text")).n == 0, "\\N is missing");
	tap_ok(rules_cell(r, 1, 0).n == 0, "empty is missing");
	tap_ok(slice_is(rules_cell(r, 1, 2), "\"x\"\\"),
		"quotes are ordinary, CR is gone");
	tap_ok(rules_find(r, "absent") == RULES_NONE, "no such column");
	tap_ok(rules_cell(r, 0, RULES_NONE).n == 0, "its cells are missing");
	rules_close(r);
	rules_close(NULL);
	r = rules_built_in("c.tsv", slice_of("when\n"));
	tap_ok(r->count == 0, "a header alone");
	rules_close(r);
}

int
main(void)
{
	test_good();
	test_bad();
	return tap_done();
}
