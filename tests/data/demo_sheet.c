#include <inttypes.h>
#include <stddef.h>

#include "demo_sheet.h"
#include "demo_words.h"
#include "writer.h"

#define EMPTY_ROW ",,,,,,,,,,,,,,,,,,\r\n"
#define HEADER "客户编号,客户名称,客户类型,业种,手机,联系电话,邮箱,地区,地址," \
	"生日,客户经理,来源,VIP等级,授信额度,欠款,年度目标,免打扰,建档时间,备注\r\n"

/* Where a sheet was printed and pasted together again. */
#define PAGE 600

/* A digit of four in full width, as typed with a Chinese keyboard. */
static void
put_wide(struct writer *w, uint64_t n, uint64_t unit)
{
	static const char *const wide[] = {
		"０", "１", "２", "３", "４", "５", "６", "７", "８", "９",
	};

	for (; unit > 0; unit /= 10)
		writer_format(w, "%s", wide[n / unit % 10]);
}

static void
put_mobile(struct writer *w, uint64_t phone, uint32_t form)
{
	unsigned head = (unsigned)(phone / 100000000);
	unsigned middle = (unsigned)(phone / 10000 % 10000);
	unsigned tail = (unsigned)(phone % 10000);

	if (form == 0)
		writer_format(w, "%03u %04u %04u", head, middle, tail);
	else if (form == 1)
		writer_format(w, "%03u-%04u-%04u", head, middle, tail);
	else if (form == 2)
		writer_format(w, "+86 %03u%04u%04u", head, middle, tail);
	else if (form == 3)
		writer_format(w, "0086%03u%04u%04u", head, middle, tail);
	else if (form == 4)
		put_wide(w, phone, 10000000000);
	else
		writer_format(w, "%03u%04u%04u", head, middle, tail);
}

static void
put_land_line(struct writer *w, const struct demo_customer *c, uint32_t i)
{
	const char *code = demo_words_regions[c->region].code;

	if (i % 5 == 0)
		writer_format(w, "(%s)8000%04u", code, i);
	else if (i % 5 == 1)
		writer_format(w, "%s-8000%04u转%u", code, i, 800 + i % 20);
	else
		writer_format(w, "%s-8000%04u", code, i);
}

static void
put_date(struct writer *w, int64_t seconds, uint32_t form)
{
	struct moment m = moment_split(seconds);

	if (form == 0)
		writer_format(w, "%u/%u/%u", m.year, m.month, m.day);
	else if (form == 1)
		writer_format(w, "%u年%u月%u日", m.year, m.month, m.day);
	else if (form == 2)
		writer_format(w, "%04u%02u%02u", m.year, m.month, m.day);
	else
		writer_format(w, "%04u-%02u-%02u", m.year, m.month, m.day);
}

static void
put_created(struct writer *w, int64_t seconds, uint32_t form)
{
	struct moment m = moment_split(seconds);

	put_date(w, seconds, form);
	if (form != 2)
		writer_format(w, " %u:%02u", m.hour, m.minute);
}

static void
put_money(struct writer *w, int64_t yuan, uint32_t form)
{
	unsigned thousands = (unsigned)(yuan / 1000), rest = (unsigned)(yuan % 1000);

	if (form == 0 && thousands > 0)
		writer_format(w, "\"¥%u,%03u.00\"", thousands, rest);
	else if (form == 1 && thousands > 0)
		writer_format(w, "\"%u,%03u\"", thousands, rest);
	else if (form == 2 && thousands > 0)
		put_wide(w, (uint64_t)yuan, 100000);
	else
		writer_format(w, "%" PRId64, yuan);
}

/* What stands before the phones; blanks are left at the end of some names. */
static void
put_name(struct writer *w, const struct demo_customer *c, uint32_t i)
{
	writer_format(w, "%s%s,%s,%s,", c->name, i % 17 == 0 ? "  " : "",
		c->trade ? "公司" : "个人", c->trade ? c->trade : "");
}

static void
put_phones(struct writer *w, const struct demo_customer *c, uint32_t i)
{
	if (c->trade == NULL || i % 2)
		put_mobile(w, c->phone, i % 13);
	writer_format(w, ",");
	if (c->trade != NULL)
		put_land_line(w, c, i);
	else if (i % 400 == 3)
		writer_format(w, "不详");
}

static void
put_row(struct writer *w, const struct demo_customer *c, uint32_t i)
{
	writer_format(w, "KH%05u,", i + 1);
	put_name(w, c, i);
	put_phones(w, c, i);
	writer_format(w, ",%s,%s,%s%s%s,", c->email,
		demo_words_regions[c->region].name, i % 50 == 9 ? "\"" : "",
		c->address, i % 50 == 9 ? "，近地铁口, 北门\"" : "");
	if (c->birthday != 0)
		put_date(w, c->birthday, i % 7);
	writer_format(w, ",%s,%s,%s,", c->manager, c->source, c->tier);
	if (c->trade != NULL)
		put_money(w, c->credit, i / 12 % 7);
	writer_format(w, ",");
	if (c->trade != NULL && i % 204 == 17)
		writer_format(w, "\"(1,250.00)\"");
	else if (c->trade != NULL)
		put_money(w, c->balance, i / 12 % 5);
	writer_format(w, ",");
	if (c->trade != NULL)
		put_money(w, c->target, i / 12 % 6);
	writer_format(w, ",%s,", c->no_contact);
	put_created(w, c->created, i % 5);
	writer_format(w, *c->note ? ",\"%s\"\r\n" : ",\r\n", c->note);
}

/* Known by phone only, with a new address. */
static void
put_moved(struct writer *w, const struct demo_customer *c)
{
	writer_format(w, ",%s,,,", c->name);
	put_mobile(w, c->phone, 1);
	writer_format(w, ",,,%s,%s市新华路8号3-%u,,,,,,,,,,已搬家\r\n",
		demo_words_regions[c->region].name,
		demo_words_regions[c->region].city[0],
		(unsigned)(c->phone % 90) * 10 + 101);
}

/* The same person, taken for a new one. */
static void
put_again(struct writer *w, const struct demo_customer *c, uint32_t number)
{
	writer_format(w, "KH%05u,%s,个人,,", number, c->name);
	put_mobile(w, c->phone, 12);
	writer_format(w, ",,%s,%s,%s,,%s,网站,,,,,,2026/10/9 10:%02u,\r\n",
		c->email, demo_words_regions[c->region].name, c->address,
		c->manager, number % 60);
}

static void
put_useless(struct writer *w, const struct demo_world *world)
{
	const struct demo_customer *c = &world->customers[110];

	writer_format(w, "KH09001,王小虎,个人,,13800009001,,,山东,,1990年2月30日"
		",赵立新,,,,,,,2026/11/2 9:30,日期有误\r\n");
	writer_format(w, "KH09002,金海饭店,公司,餐饮,13800009002,,,江苏,,,钱伟东,"
		",,面议,,,,2026/11/3 15:10,\r\n");
	writer_format(w, ",李先生,个人,,,,,浙江,,,周海涛,,,,,,,2026/11/4,没有留电话\r\n");
	writer_format(w, "KH09004,赵女士,个人,,13800009004,,,河南,中原路6号,2楼,,"
		"周海涛,,,,,,,2026/11/5,地址未加引号\r\n");
	writer_format(w, "KH09005,海天商贸,公司,经销商,13800009005,,,湖北,,,冯建军,"
		",,200000,约3万,,,2026/11/6,\r\n");
	writer_format(w, ",%s,个人,,", c->name);
	put_mobile(w, c->phone, 12);
	writer_format(w, ",,,,,,,,,,,,,,两个编号同一手机\r\n");
}

void
demo_sheet_write(struct demo_world *world, const char *directory)
{
	struct writer w;

	writer_open(&w, directory, "customers.csv", "GB18030");
	writer_format(&w, "青禾电器客户档案（2026年11月20日导出）" EMPTY_ROW EMPTY_ROW);
	for (uint32_t i = 0; i < DEMO_CUSTOMERS; i++) {
		if (i > 0 && i % PAGE == 0)
			writer_format(&w, EMPTY_ROW);
		if (i % PAGE == 0)
			writer_format(&w, HEADER);
		put_row(&w, &world->customers[i], i);
	}
	for (uint32_t i = 100; i < DEMO_CUSTOMERS; i += 168)
		put_moved(&w, &world->customers[i]);
	for (uint32_t i = 110; i < DEMO_CUSTOMERS; i += 240)
		put_again(&w, &world->customers[i], 8000 + i);
	put_useless(&w, world);
	writer_close(&w);
}
