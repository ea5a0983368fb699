#include <stddef.h>
#include <string.h>

#include "bench.h"
#include "bench_row.h"
#include "moment.h"
#include "writer.h"

/* The first prime above 2^31: multiplying by it modulo the number of customers
 * strews the frequent ones over all numbers. */
#define STREW 2147483659U

#define IMPOSSIBLE_EVERY 100003

static const char *const kinds[] = {
	"consult", "advise", "guide", "order", "sale", "repair", "install",
	"maintain", "complaint", "suggest", "return", "payment", "remind",
	"lead", "callback", "reply", "survey", "part", "hold",
};
static const char *const channels[] = {"phone", "web", "wechat", "store", "mail"};
static const char *const statuses[] = {"open", "waiting", "closed", "cancelled"};
static const char *const ranges[] = {
	"空调", "冰箱", "洗衣机", "热水器", "电视", "油烟机", "净水机", "冷柜",
};
static const char *const notes[] = {
	"客户来电，已登记", "上门前先电话联系", "已按规范完成，客户确认", "配件齐全",
	"地址有变，以电话为准", "用户要求周末上门", "无异常", "已说明保修范围",
	"first visit", "call before 18:00", "no parts used", "customer satisfied",
	"试机正常\\n客户签字", "等待客户回电", "resolved by phone", "已转网点处理",
};
static const char *const families[] = {
	"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙",
	"马", "朱", "胡", "郭",
};
static const char *const given[] = {
	"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳",
	"杰", "娟", "涛", "明", "秀英", "建国", "桂兰", "志强", "晓明", "海燕",
	"文博", "子涵", "雨桐", "浩然", "欣怡", "国庆", "春梅", "立新", "小红",
	"永康",
};
static const char *const regions[] = {
	"山东", "江苏", "浙江", "广东", "河南", "河北", "四川", "湖北", "湖南",
	"安徽", "福建", "辽宁", "陕西", "上海", "北京", "天津",
};
static const char *const streets[] = {
	"人民路", "解放路", "中山路", "建设街", "和平里", "文化路", "长江路",
	"黄河路",
};

static char *
put_id(char *p, char letter, uint32_t n, unsigned digits)
{
	*p++ = letter;
	return moment_digits(p, n, digits);
}

static char *
put_money(char *p, uint32_t cents)
{
	uint32_t whole = cents / 100, limit = 10;
	unsigned digits = 1;

	for (; whole >= limit && digits < 9; limit *= 10)
		digits++;
	p = moment_digits(p, whole, digits);
	*p++ = '.';
	return moment_digits(p, cents % 100, 2);
}

static char *
put_time(char *p, int64_t seconds, char between)
{
	return seconds == 0 ? p : moment_write(p, seconds, between);
}

static char *
put_note(char *p, unsigned note)
{
	p = writer_put(p, notes[note % 16]);
	if (note & 48)
		p = put_id(writer_put(p, " 回执号 "), 'H', note * 7919U, 7);
	return p;
}

/* The columns in their order, as canonical records (comma TAB, between T) or
 * as CSV; only a note holds commas, so only it is quoted. */
static char *
put_ticket(char *p, const struct bench_row *row, char comma, char between)
{
	p = put_id(p, 'T', row->number, 8);
	*p++ = comma;
	if (row->ref != 0)
		p = put_id(p, 'T', row->ref, 8);
	*p++ = comma;
	p = put_id(p, 'C', row->customer, 8);
	*p++ = comma;
	p = writer_put(p, kinds[row->kind]);
	*p++ = comma;
	p = writer_put(p, channels[row->channel]);
	*p++ = comma;
	p = writer_put(p, ranges[row->product % 8]);
	p = put_id(p, '-', 10U + row->product, 2);
	*p++ = comma;
	p = put_time(p, row->opened, between);
	*p++ = comma;
	p = put_time(p, row->due, between);
	*p++ = comma;
	p = put_time(p, row->closed, between);
	*p++ = comma;
	p = writer_put(p, statuses[row->status]);
	*p++ = comma;
	p = put_id(p, 'A', row->owner, 3);
	*p++ = comma;
	p = put_id(p, 'S', row->station, 4);
	*p++ = comma;
	if (row->amount != 0)
		p = put_money(p, row->amount);
	*p++ = comma;
	if (row->score != 0)
		*p++ = (char)('0' + row->score);
	*p++ = comma;
	return p;
}

/* The seventh column of a line of CSV; those before it are not quoted. */
static char *
opened_at(char *line)
{
	for (unsigned commas = 0; commas < 6; line++)
		commas += *line == ',';
	return line;
}

static void
write_ticket(struct writer *records, struct writer *csv, const struct bench_row *row)
{
	char *p = put_ticket(writer_room(records), row, '\t', 'T'), *start;

	p = put_note(p, row->note);
	*p++ = '\n';
	records->end = p;
	start = writer_room(csv);
	p = put_ticket(start, row, ',', ' ');
	if (row->number % IMPOSSIBLE_EVERY == 0)
		memcpy(opened_at(start), "2026-02-30", 10);
	*p++ = '"';
	p = put_note(p, row->note);
	csv->end = writer_put(p, "\"\r\n");
}

/* Half of the tickets come from anybody, half from a few. */
static uint32_t
frequent(struct random *r, uint32_t customers)
{
	return random_chance(r, 500) ? random_below(r, customers) :
		random_low(r, customers);
}

/* Customers come and go: each is there from a moment on, for a while; the
 * moment is a thousandth of the whole time. */
static bool
is_there(uint32_t customer, uint32_t moment)
{
	struct random own = {.state = customer};
	uint32_t first = random_below(&own, 900);

	return moment >= first && moment < first + 20 + random_low(&own, 2000);
}

static uint32_t
caller(struct random *r, uint32_t customers, uint32_t moment)
{
	uint32_t customer = frequent(r, customers);

	for (int tries = 0; tries < 6 && !is_there(customer, moment); tries++)
		customer = frequent(r, customers);
	return customer;
}

static void
write_tickets(const char *directory, uint32_t customers, uint32_t tickets,
	struct random *r)
{
	static const char header[] = "ticket_id\tref\tcustomer_id\tkind\tchannel"
		"\tproduct\topened_at\tdue_at\tclosed_at\tstatus\towner\tstation"
		"\tamount\tscore\tnote\n";
	int64_t first = moment_seconds(2023, 1, 1, 0, 0);
	int64_t span = moment_seconds(2026, 11, 21, 9, 0) - first;
	struct bench_children children = {0};
	struct writer records, csv;

	writer_open(&records, directory, "tickets.tsv", NULL);
	writer_open(&csv, directory, "tickets.csv", NULL);
	records.end = writer_put(records.end, header);
	for (const char *p = header; *p != '\n'; p++)
		*csv.end++ = *p == '\t' ? ',' : *p;
	csv.end = writer_put(csv.end, "\r\n");
	for (uint32_t i = 0; i < tickets; i++) {
		int64_t now = first + span * i / tickets;
		struct bench_row row = {.number = i + 1};

		if (!bench_children_next(&children, now, &row)) {
			uint32_t moment = (uint32_t)((uint64_t)i * 1000 / tickets);

			row.customer = 1 + (uint32_t)((uint64_t)caller(r,
				customers, moment) * STREW % customers);
			bench_row_new(&row, now, r);
			bench_children_expect(&children, &row, r);
		}
		if (row.closed >= first + span) {
			row.closed = 0;
			row.status = BENCH_OPEN;
		}
		write_ticket(&records, &csv, &row);
	}
	writer_close(&records);
	writer_close(&csv);
}

struct person {
	uint32_t number, names, address;
	uint64_t phone;
	int64_t created, birthday;
};

static char *
put_person_name(char *p, const struct person *person)
{
	p = writer_put(p, families[person->names % 16]);
	return writer_put(p, given[person->names / 16 % 32]);
}

static char *
put_address(char *p, const struct person *person)
{
	p = writer_put(p, streets[person->address % 8]);
	p = moment_digits(p, 10 + person->address / 8 % 90, 2);
	return writer_put(p, "号");
}

static void
write_person(struct writer *w, const struct person *person)
{
	char *p = put_id(writer_room(w), 'C', person->number, 8);

	*p++ = '\t';
	p = put_person_name(p, person);
	p = writer_put(p, "\tperson\t+86");
	p = moment_digits(p, person->phone, 11);
	p = writer_put(p, "\t");
	p = writer_put(p, regions[person->address % 16]);
	*p++ = '\t';
	p = put_address(p, person);
	*p++ = '\t';
	p = moment_write(p, person->birthday, '\t') - 9;
	*p++ = '\t';
	p = put_id(p, 'M', 1 + person->number % 97, 3);
	*p++ = '\t';
	p = moment_write(p, person->created, 'T');
	*p++ = '\n';
	w->end = p;
}

/* `138 1234 5678`, `138-1234-5678`, `+86 13812345678` or as it is. */
static char *
put_phone(char *p, uint64_t phone, unsigned form)
{
	static const char between[] = {' ', '-'};

	if (form >= 2)
		return moment_digits(writer_put(p, form == 2 ? "+86 " : ""), phone, 11);
	p = moment_digits(p, phone / 100000000, 3);
	*p++ = between[form];
	p = moment_digits(p, phone / 10000 % 10000, 4);
	*p++ = between[form];
	return moment_digits(p, phone % 10000, 4);
}

static void
write_person_csv(struct writer *w, const struct person *person)
{
	struct moment birthday = moment_split(person->birthday);
	char *p = writer_room(w);

	*p++ = '"';
	p = put_id(p, 'C', person->number, 8);
	p = put_person_name(writer_put(p, "\",\""), person);
	p = writer_put(p, "\",\"person\",\"");
	p = put_phone(p, person->phone, person->names >> 16 & 3);
	p = writer_put(p, "\",\"");
	p = writer_put(p, regions[person->address % 16]);
	p = put_address(writer_put(p, "\",\""), person);
	p = moment_digits(writer_put(p, "\",\""), birthday.year, 4);
	*p++ = '/';
	p = moment_digits(p, birthday.month, birthday.month > 9 ? 2 : 1);
	*p++ = '/';
	p = moment_digits(p, birthday.day, birthday.day > 9 ? 2 : 1);
	p = put_id(writer_put(p, "\",\""), 'M', 1 + person->number % 97, 3);
	p = moment_write(writer_put(p, "\",\""), person->created, ' ');
	w->end = writer_put(p, "\"\r\n");
}

static void
write_customers(const char *directory, uint32_t customers, struct random *r)
{
	static const char header[] = "customer_id\tname\ttype\tphone\tregion\t"
		"address\tbirthday\towner\tcreated_at\n";
	struct writer records, csv;
	uint64_t before = 13800000000;

	writer_open(&records, directory, "customers.tsv", NULL);
	writer_open(&csv, directory, "customers.csv", NULL);
	records.end = writer_put(records.end, header);
	for (const char *p = header; *p != '\n'; p++)
		*csv.end++ = *p == '\t' ? ',' : *p;
	csv.end = writer_put(csv.end, "\r\n");
	for (uint32_t i = 0; i < customers; i++) {
		uint64_t draw = random_next(r);
		struct person person = {
			.number = i + 1,
			.names = (uint32_t)draw,
			.address = (uint32_t)(draw >> 32),
		};

		person.phone = 13000000000 + random_next(r) % 6999999999;
		person.created = moment_seconds(2018, 1, 1, 8, 0) +
			random_below(r, 157680000);
		person.birthday = moment_seconds(1970, 1, 1, 0, 0) +
			random_below(r, 12000) * (int64_t)MOMENT_DAY;
		write_person(&records, &person);
		if (random_chance(r, 50))
			person.phone = before;
		before = person.phone;
		write_person_csv(&csv, &person);
	}
	writer_close(&records);
	writer_close(&csv);
}

void
bench_generate(const char *directory, uint32_t customers, uint32_t tickets,
	uint64_t seed)
{
	struct random r = {.state = seed};

	write_customers(directory, customers, &r);
	write_tickets(directory, customers, tickets, &r);
}
