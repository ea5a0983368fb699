#include <stddef.h>

#include "demo_tables.h"
#include "demo_words.h"
#include "writer.h"

#define IN_STORE 50 /* of each product: made, not sold */

static void
write_products(const char *directory)
{
	struct writer w;

	writer_open(&w, directory, "products.tsv", NULL);
	writer_format(&w, "product\tmodel\tprice\twarranty\tseason\n");
	for (unsigned i = 0; i < DEMO_PRODUCTS; i++) {
		const struct demo_product *p = &demo_words_products[i];

		writer_format(&w, "%s\t%s\t%u.00\t%u\t%s\n", p->name, p->model,
			p->price, p->warranty, p->season);
	}
	writer_close(&w);
}

static void
write_serials(const struct demo_world *world, const char *directory)
{
	struct writer w;

	writer_open(&w, directory, "serials.tsv", NULL);
	writer_format(&w, "serial\tproduct\n");
	for (unsigned i = 0; i < DEMO_PRODUCTS; i++)
		for (unsigned n = 1; n <= world->sold[i] + IN_STORE; n++)
			writer_format(&w, "QH%08u\t%s\n", (i + 1) * 1000000 + n,
				demo_words_products[i].name);
	writer_close(&w);
}

/* Dispatchers place the work, agents take the calls; what is left falls to the customers' own managers. */
static void
write_roster(const char *directory)
{
	struct writer w;

	writer_open(&w, directory, "roster.tsv", NULL);
	writer_format(&w, "assignee\twhen\tcapacity\tnote\n"
		"派工台\taction in (\"dispatch\", \"assign\", \"finish\")\t\t\n");
	for (unsigned i = 0; i < DEMO_AGENTS; i++) {
		const char *left = demo_words_regions[i].name;
		const char *right = demo_words_regions[(i + 1) % DEMO_REGIONS].name;

		writer_format(&w, "%s\tchannel == \"phone\" and region in "
			"(\"%s\", \"%s\")\t50\t坐席\n", demo_words_agents[i], left, right);
	}
	for (unsigned i = 0; i < DEMO_MANAGERS; i++)
		writer_format(&w, "%s\towner == \"%s\"\t40\t客户经理\n",
			demo_words_managers[i], demo_words_managers[i]);
	writer_close(&w);
}

void
demo_tables_write(const struct demo_world *w, const char *directory)
{
	write_products(directory);
	write_serials(w, directory);
	write_roster(directory);
}
