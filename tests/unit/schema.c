#include "schema.h"

#include "tap.h"

static void
test_types(void)
{
	static const struct {
		const char *names;
		enum schema_type type;
	} cases[] = {
		{"customer_id name trade email region address owner source tier ",
			SCHEMA_TEXT},
		{"type status ", SCHEMA_ENUM},
		{"phone phone2 ", SCHEMA_PHONE},
		{"birthday ", SCHEMA_DAY},
		{"credit_limit balance target amount spend worth ",
			SCHEMA_MONEY},
		{"no_contact ", SCHEMA_LIST},
		{"created_at updated_at opened_at due_at closed_at first_order "
			"last_order ", SCHEMA_TIME},
		{"ticket_id ref kind channel product model serial barcode fault "
			"item stage station note ", SCHEMA_TEXT},
		{"quantity score expected weight priority orders recency r f m "
			"alive points csi gap share cumshare late customers ",
			SCHEMA_NUMBER},
		{"rfm segment grade why abc was move assignee Amount amount2 \xE9 ",
			SCHEMA_TEXT},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *p = cases[i].names, *blank;

		for (; (blank = strchr(p, ' ')); p = blank + 1) {
			struct slice name = {p, (size_t)(blank - p)};

			tap_ok(schema_type_of(name) == cases[i].type,
				"type of %.*s", (int)name.n, name.p);
		}
	}
	tap_ok(schema_find(slice_of("segment")) == NULL, "find none");
	tap_ok(schema_find((struct slice){NULL, 0}) == NULL, "find the empty name");
	tap_ok(schema_find((struct slice){"amounts", 6}) ==
		schema_find(slice_of("amount")), "find a slice");
}

/* The columns of a kind, each followed by a blank. */
static const char *
columns_of(enum schema_kind kind, bool only_required)
{
	static char text[2000];
	size_t n, used = 0;
	const struct schema_column *columns = schema_columns(&n);

	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(columns[i].name);

		if (!(columns[i].kinds & (unsigned)kind) ||
			(only_required && !columns[i].required))
			continue;
		memcpy(text + used, columns[i].name, length);
		used += length;
		text[used++] = ' ';
	}
	text[used] = '\0';
	return text;
}

static void
test_order(void)
{
	tap_ok(strcmp(columns_of(SCHEMA_CUSTOMERS, false),
		"customer_id name type trade phone phone2 email region address "
		"birthday owner source tier credit_limit balance target "
		"no_contact created_at updated_at ") == 0, "customers in order");
	tap_ok(strcmp(columns_of(SCHEMA_TICKETS, false),
		"ticket_id customer_id ref kind channel product model serial "
		"barcode fault item quantity score expected weight priority "
		"amount opened_at due_at closed_at status stage owner station "
		"note ") == 0, "tickets in order");
	tap_ok(strcmp(columns_of(SCHEMA_CUSTOMERS, true), "customer_id ") == 0,
		"required of customers");
	tap_ok(strcmp(columns_of(SCHEMA_TICKETS, true),
		"ticket_id customer_id kind opened_at ") == 0,
		"required of tickets");
}

static void
test_words(void)
{
	const struct schema_column *type = schema_find(slice_of("type"));
	const struct schema_column *status = schema_find(slice_of("status"));
	static const char *const types[] = {"person", "company"};
	static const char *const states[] = {
		"open", "waiting", "closed", "cancelled"
	};

	for (size_t i = 0; i < 2; i++)
		tap_ok(slice_is(slice_of(type->words[i]), types[i]), "type %s",
			types[i]);
	tap_ok(!type->words[2], "no other type");
	for (size_t i = 0; i < 4; i++)
		tap_ok(slice_is(slice_of(status->words[i]), states[i]),
			"status %s", states[i]);
	tap_ok(!status->words[4], "no other status");
	tap_ok(!schema_find(slice_of("kind"))->words, "kind is open");
}

static void
test_once(void)
{
	size_t n, twice = 0, wordless = 0;
	const struct schema_column *columns = schema_columns(&n);

	for (size_t i = 0; i < n; i++) {
		twice += schema_find(slice_of(columns[i].name)) != &columns[i];
		wordless += (columns[i].type == SCHEMA_ENUM) !=
			(columns[i].words != NULL);
	}
	tap_ok(n > 50 && twice == 0, "no name twice");
	tap_ok(wordless == 0, "enums, and only they, have words");
	tap_ok(schema_find(slice_of("score"))->kinds ==
		(SCHEMA_TICKETS | SCHEMA_COMPUTED), "score is given or computed");
}

int
main(void)
{
	test_types();
	test_order();
	test_words();
	test_once();
	return tap_done();
}
