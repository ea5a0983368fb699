#include "alias.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "msg.h"
#include "rules.h"
#include "src/crm-import/columns.tsv.h"
#include "text.h"
#include "written.h"

struct alias_key
alias_key_of(struct slice header)
{
	struct buf half = {0}, low = {0};
	struct alias_key key;
	size_t open = 0;

	text_lower(&low, written_half(text_trim(header), &half));
	buf_free(&half);
	key.text = mem_alloc(low.n + 1, 1);
	key.n = 0;
	for (size_t i = 0; i < low.n; i++) {
		if (memchr(" _-.:*'\"\t\r\n", low.p[i], 11))
			continue;
		if (low.p[i] == '(')
			open = key.n;
		key.text[key.n++] = low.p[i];
	}
	key.brief = open > 0 && key.text[key.n - 1] == ')' ? open : key.n;
	buf_free(&low);
	return key;
}

void
alias_key_free(struct alias_key *key)
{
	free(key->text);
}

bool
alias_meets(const struct alias_key *known, const struct alias_key *cell)
{
	return known->n > 0 && (known->n == cell->n || known->n == cell->brief) &&
		memcmp(known->text, cell->text, known->n) == 0;
}

static struct alias *
new_entry(struct alias_table *t)
{
	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : 1024;
		t->entries = mem_resize(t->entries, t->room, sizeof *t->entries);
	}
	t->entries[t->count] = (struct alias){0};
	return &t->entries[t->count++];
}

static void
add(struct alias_table *t, struct slice name, struct slice header)
{
	struct alias *a = new_entry(t);
	size_t from = 0;

	a->name = mem_pool_copy(&t->pool, name);
	a->header = mem_pool_copy(&t->pool, header);
	a->whole = alias_key_of(header);
	a->weak = header.n > 1 && header.p[0] == '+';
	from = a->weak;
	for (size_t i = from; i <= header.n; i++) {
		if (i < header.n && header.p[i] != '+')
			continue;
		if (a->count == ALIAS_PARTS)
			msg_die("--map: too many columns joined: %.*s",
				(int)header.n, header.p);
		a->parts[a->count++] = alias_key_of(
			(struct slice){header.p + from, i - from});
		from = i + 1;
	}
}

/* name=header,name=header */
static void
add_inline(struct alias_table *t, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, ",");
		const char *equals = memchr(text, '=', n);
		struct slice name, header;

		if (!equals)
			msg_usage("--map: not NAME=HEADER: %.*s", (int)n, text);
		name = text_trim((struct slice){text, (size_t)(equals - text)});
		header = text_trim((struct slice){equals + 1,
			n - (size_t)(equals - text) - 1});
		if (name.n == 0 || header.n == 0)
			msg_usage("--map: not NAME=HEADER: %.*s", (int)n, text);
		add(t, name, header);
		text += n + (text[n] == ',');
	}
}

static void
add_rules(struct alias_table *t, struct rules *table)
{
	size_t name = rules_need(table, "name");
	size_t header = rules_need(table, "header");

	for (size_t i = 0; i < table->count; i++) {
		struct slice n = rules_cell(table, i, name);
		struct slice h = rules_cell(table, i, header);

		if (n.n == 0 || h.n == 0)
			rules_die(table, i, n.n ? header : name, "empty");
		add(t, n, h);
	}
	rules_close(table);
}

static void
add_file(struct alias_table *t, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 && errno == ENOENT)
		msg_usage("--map: neither NAME=HEADER nor a file: %s", path);
	add_rules(t, rules_open(path));
}

struct alias_table *
alias_open(const char *const *maps, size_t n)
{
	struct alias_table *t = mem_zero(1, sizeof *t);

	for (size_t i = 0; i < n; i++)
		if (strchr(maps[i], '='))
			add_inline(t, maps[i]);
	t->inlines = t->count;
	for (size_t i = 0; i < n; i++)
		if (!strchr(maps[i], '='))
			add_file(t, maps[i]);
	t->mapped = t->count;
	add_rules(t, rules_built_in("columns.tsv", (struct slice){
		(const char *)columns_tsv, sizeof columns_tsv}));
	return t;
}

void
alias_close(struct alias_table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		struct alias *a = &t->entries[i];

		alias_key_free(&a->whole);
		for (size_t k = 0; k < a->count; k++)
			alias_key_free(&a->parts[k]);
	}
	free(t->entries);
	mem_pool_free(&t->pool);
	free(t);
}

void
alias_print(const struct alias_table *t, struct out *out)
{
	struct buf b = {0};

	buf_text(&b, "name\theader\n");
	for (size_t i = 0; i < t->count; i++) {
		out_text(&b, t->entries[i].name);
		buf_byte(&b, '\t');
		out_text(&b, t->entries[i].header);
		buf_byte(&b, '\n');
	}
	out_write(out, buf_slice(&b));
	buf_free(&b);
}
