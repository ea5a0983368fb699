#include "ics.h"

#include <string.h>
#include <time.h>

#include "date.h"
#include "num.h"
#include "text.h"

#include "list.h"

enum { LINE = 75, LOWEST = 9, DELETE = 0x7f, BROKEN = 0xfffd };

/* A content line: folded, each further line begins with a blank. */
static void
add_line(struct buf *b, struct slice line)
{
	size_t width = 0;

	while (line.n) {
		uint32_t code;
		size_t n = text_decode(line, &code);

		if (width + n > LINE) {
			buf_text(b, "\r\n ");
			width = 1;
		}
		buf_add(b, (struct slice){line.p, n});
		width += n;
		line.p += n;
		line.n -= n;
	}
	buf_text(b, "\r\n");
}

static void
add_plain(struct buf *b, const char *line)
{
	add_line(b, slice_of(line));
}

/* A TEXT value from a field of crm(5). What is no character comes out as
 * U+FFFD, control characters not at all. */
static void
add_value(struct buf *line, struct slice cell)
{
	struct buf text = {0};
	struct slice left;
	uint32_t code;

	text_unescape(&text, cell);
	for (left = buf_slice(&text); left.n;) {
		size_t n = text_decode(left, &code);

		if (code == '\n')
			buf_text(line, "\\n");
		else if (code == '\\' || code == ';' || code == ',')
			buf_printf(line, "\\%c", (int)code);
		else if (code == BROKEN)
			line->n += text_encode(buf_reserve(line, 4), code);
		else if (code == '\t' || (code >= 0x20 && code != DELETE))
			buf_add(line, (struct slice){left.p, n});
		left.p += n;
		left.n -= n;
	}
	buf_free(&text);
}

static void
add_property(struct buf *b, const char *name, struct slice cell)
{
	struct buf line = {0};

	if (!cell.n)
		return;
	buf_printf(&line, "%s:", name);
	add_value(&line, cell);
	add_line(b, buf_slice(&line));
	buf_free(&line);
}

/* 20261121T083000: local time. */
static void
add_time(struct buf *b, const char *name, int64_t t, const char *zone)
{
	struct date_civil c;
	struct buf line = {0};

	date_split(t, &c);
	buf_printf(&line, "%s:%04d%02d%02dT%02d%02d%02d%s", name, c.year,
		c.month, c.day, c.hour, c.minute, c.second, zone);
	add_line(b, buf_slice(&line));
	buf_free(&line);
}

/* The stamp has to be in UTC. */
static int64_t
utc_of(int64_t local)
{
	struct date_civil c;
	struct tm tm = {.tm_isdst = -1};

	date_split(local, &c);
	tm.tm_year = c.year - 1900;
	tm.tm_mon = c.month - 1;
	tm.tm_mday = c.day;
	tm.tm_hour = c.hour;
	tm.tm_min = c.minute;
	tm.tm_sec = c.second;
	return (int64_t)mktime(&tm);
}

/* The same action has the same name in every run: that its ticket has another
 * owner by now makes it no other one. */
static void
add_name(struct buf *b, const struct slice *cells)
{
	static const enum list_column parts[] = {LIST_RULE, LIST_CUSTOMER_ID,
		LIST_TICKET_ID, LIST_OWNER, LIST_DUE_AT};
	bool of_owner = !cells[LIST_CUSTOMER_ID].n && !cells[LIST_TICKET_ID].n;
	struct buf line = {0};

	buf_text(&line, "UID:");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (i)
			buf_byte(&line, '/');
		if (parts[i] != LIST_OWNER || of_owner)
			add_value(&line, cells[parts[i]]);
	}
	buf_text(&line, "@crm-followup");
	add_line(b, buf_slice(&line));
	buf_free(&line);
}

static void
add_priority(struct buf *b, struct slice cell)
{
	int64_t value;

	if (num_read(cell, &value) != NUM_OK || value < NUM_ONE)
		return;
	value /= NUM_ONE;
	buf_printf(b, "PRIORITY:%d\r\n", value > LOWEST ? LOWEST : (int)value);
}

/* What to do, for whom; and all that may help to do it. */
static void
add_texts(struct buf *b, const struct slice *cells, struct slice why)
{
	static const enum list_column shown[] = {LIST_NAME, LIST_PHONE,
		LIST_REGION, LIST_CHANNEL, LIST_CUSTOMER_ID, LIST_TICKET_ID,
		LIST_PRODUCT, LIST_STATION, LIST_OWNER, LIST_ASSIGNEE};
	struct buf line = {0};

	buf_text(&line, "SUMMARY:");
	add_value(&line, cells[cells[LIST_ACTION].n ? LIST_ACTION
		: LIST_RULE]);
	if (cells[LIST_NAME].n) {
		buf_text(&line, ": ");
		add_value(&line, cells[LIST_NAME]);
	}
	add_line(b, buf_slice(&line));
	buf_clear(&line);
	buf_text(&line, "DESCRIPTION:");
	add_value(&line, cells[LIST_TEXT]);
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		if (!cells[shown[i]].n)
			continue;
		buf_printf(&line, "\\n%s: ", list_names[shown[i]]);
		add_value(&line, cells[shown[i]]);
	}
	if (why.n) {
		buf_text(&line, "\\nwhy: ");
		add_value(&line, why);
	}
	add_line(b, buf_slice(&line));
	buf_free(&line);
}

void
ics_begin(struct buf *b)
{
	add_plain(b, "BEGIN:VCALENDAR");
	add_plain(b, "VERSION:2.0");
	add_plain(b, "PRODID:-//crm-tools//crm-followup//EN");
}

void
ics_row(struct buf *b, const struct slice *cells, struct slice why,
	int64_t due, int64_t as_of)
{
	add_plain(b, "BEGIN:VTODO");
	add_name(b, cells);
	add_time(b, "DTSTAMP", utc_of(as_of), "Z");
	add_time(b, "DUE", due, "");
	add_priority(b, cells[LIST_PRIORITY]);
	add_texts(b, cells, why);
	add_property(b, "CATEGORIES", cells[LIST_RULE]);
	add_plain(b, "END:VTODO");
}

void
ics_end(struct buf *b)
{
	add_plain(b, "END:VCALENDAR");
}
