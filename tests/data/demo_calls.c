#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo_calls.h"
#include "demo_words.h"
#include "writer.h"

#define HEADER "工单号,关联工单,客户编号,类型,渠道,产品,型号,序列号,条形码,故障," \
	"调查项目,数量,金额,满意度,期望,权重,受理时间,要求时间,完成时间,状态,阶段," \
	"责任人,网点,备注\n"

static void
put_text(struct writer *w, const char *text)
{
	bool quote = strpbrk(text, ",\"\n") != NULL;

	if (!quote) {
		writer_format(w, "%s", text);
		return;
	}
	writer_format(w, "\"");
	for (const char *p = text; *p != '\0'; p++)
		writer_format(w, *p == '"' ? "\"\"" : "%c", *p);
	writer_format(w, "\"");
}

static void
put_number(struct writer *w, unsigned n)
{
	if (n != 0)
		writer_format(w, "%u", n);
	writer_format(w, ",");
}

static void
put_time(struct writer *w, int64_t seconds)
{
	struct moment m = moment_split(seconds);

	if (seconds != 0)
		writer_format(w, "%u/%u/%u %u:%02u", m.year, m.month, m.day,
			m.hour, m.minute);
	writer_format(w, ",");
}

/* GTIN-13: twelve digits and the one that makes the weighted sum of all,
 * weights 1 and 3 by turns, a multiple of ten (GS1 General Specifications). */
static void
put_barcode(struct writer *w, const struct demo_ticket *t)
{
	char digits[14];
	unsigned sum = 0;

	snprintf(digits, sizeof(digits), "69012345%04u", 1000 + t->product);
	for (unsigned i = 0; i < 12; i++)
		sum += (unsigned)(digits[i] - '0') * (i % 2 ? 3 : 1);
	sum += t->bad_barcode;
	writer_format(w, "%s%u", digits, (10 - sum % 10) % 10);
}

static void
put_product(struct writer *w, const struct demo_ticket *t)
{
	if (t->product == DEMO_NONE) {
		writer_format(w, ",,,,");
		return;
	}
	writer_format(w, "%s,%s,", demo_words_products[t->product].name,
		demo_words_products[t->product].model);
	if (t->serial != 0)
		writer_format(w, "QH%08" PRIu64, t->serial);
	writer_format(w, ",");
	if (t->kind == DEMO_INSTALL)
		put_barcode(w, t);
	writer_format(w, ",");
}

static void
put_ticket(struct writer *w, const struct demo_world *world,
	const struct demo_ticket *t)
{
	writer_format(w, "GD%06u,", t->number);
	if (t->parent != DEMO_NONE)
		writer_format(w, "GD%06u", world->tickets[t->parent].number);
	writer_format(w, ",KH%05u,%s,%s,", t->customer + 1,
		demo_words_kinds[t->kind], t->channel);
	put_product(w, t);
	writer_format(w, "%s,%s,", t->fault, t->item);
	put_number(w, t->quantity);
	if (t->amount != 0)
		writer_format(w, "%" PRId64 ".%02u", t->amount / 100,
			(unsigned)(t->amount % 100));
	writer_format(w, ",");
	put_number(w, t->score);
	put_number(w, t->expected);
	put_number(w, t->weight);
	put_time(w, t->opened);
	put_time(w, t->due);
	put_time(w, t->closed);
	writer_format(w, "%s,%s,%s,%s,", t->status, t->stage, t->owner, t->station);
	put_text(w, t->note);
	writer_format(w, "\n");
}

/* What a call centre's data has: numbers typed wrongly, times mixed up. */
static void
spoil(struct demo_world *w, const uint32_t *order, uint32_t count)
{
	uint64_t before = 0;

	for (uint32_t i = 0, installs = 0; i < count; i++) {
		struct demo_ticket *t = &w->tickets[order[i]];

		if (t->kind != DEMO_INSTALL || ++installs % 41 != 0)
			continue;
		if (installs % 4 == 0)
			t->serial += 900000;
		else if (installs % 4 == 1 && before != 0)
			t->serial = before;
		else if (installs % 4 == 2)
			t->product = (t->product + 1) % DEMO_PRODUCTS;
		else
			t->bad_barcode = true;
		before = t->serial;
	}
	for (uint32_t i = 0, calls = 0; i < count; i++) {
		struct demo_ticket *t = &w->tickets[order[i]];

		if (t->kind != DEMO_CONSULT || ++calls % 90 != 0)
			continue;
		if (calls % 180 == 0)
			t->customer = 99000 + calls;
		else
			t->closed = t->opened - MOMENT_DAY;
	}
}

void
demo_calls_write(struct demo_world *world, const char *directory)
{
	uint32_t *order = calloc(DEMO_TICKETS, sizeof(*order)), count;
	struct writer w;

	if (order == NULL) {
		fputs("generate: out of memory\n", stderr);
		exit(2);
	}
	count = demo_world_settle(world, order);
	spoil(world, order, count);
	writer_open(&w, directory, "tickets.csv", NULL);
	writer_format(&w, "\xef\xbb\xbf" HEADER);
	for (uint32_t i = 0; i < count; i++)
		put_ticket(&w, world, &world->tickets[order[i]]);
	writer_close(&w);
	free(order);
}
