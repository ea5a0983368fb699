#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "header.h"
#include "msg.h"
#include "sniff.h"
#include "text.h"
#include "written.h"

enum { SAMPLE = 256 * 1024 };

static void
read_sample(const struct source *s, struct buf *sample, bool *whole)
{
	struct encode *e = encode_again(s->encode);
	size_t n;

	*whole = false;
	while (sample->n < SAMPLE && !*whole) {
		n = encode_read(e, buf_reserve(sample, SAMPLE), SAMPLE);
		sample->n += n;
		*whole = n == 0;
	}
	encode_close(e);
}

void
source_open(struct source *s, const char *name,
	const struct source_form *form, const struct columns *columns)
{
	struct csv_batch batch = {0};
	struct buf sample = {0};
	bool whole, quote;

	*s = (struct source){.asked = form->date_order};
	pthread_mutex_init(&s->lock, NULL);
	s->in = input_open(name);
	s->name = input_name(s->in);
	s->encode = form->presumed
		? encode_presume(s->in, form->encoding, form->jobs)
		: encode_open(s->in, form->encoding, form->jobs);
	read_sample(s, &sample, &whole);
	if (sample.n == 0)
		msg_die("%s: empty: not even a header", s->name);
	if (!memchr(sample.p, '\n', sample.n) &&
		memchr(sample.p, '\r', sample.n)) {
		encode_old_ends(s->encode);
		buf_clear(&sample);
		read_sample(s, &sample, &whole);
	}
	quote = form->quote || encode_wide(s->encode);
	if (form->delimiter)
		s->form = (struct csv_form){form->delimiter,
			form->delimiter != '\t' || quote};
	else
		s->form = sniff_form(buf_slice(&sample), whole, quote);
	csv_split(s->form, buf_slice(&sample), whole, &batch);
	header_find(s, form, columns, &batch);
	csv_batch_free(&batch);
	buf_free(&sample);
}

void
source_close(struct source *s)
{
	encode_close(s->encode);
	input_close(s->in);
	pthread_mutex_destroy(&s->lock);
	free(s->headers);
	free(s->titles);
	free(s->columns);
	free(s->types);
	free(s->evidence);
	mem_pool_free(&s->pool);
}

bool
source_check(struct source *s, struct slice text, bool *replaced)
{
	*replaced = !encode_presumed(s->encode) && encode_replaced(s->encode);
	if (!encode_presumed(s->encode) ||
		text_valid(text, replaced) == text.n)
		return true;
	atomic_store(&s->broken, true);
	return false;
}

bool
source_broken(const struct source *s)
{
	return atomic_load(&s->broken);
}

bool
source_cell(const struct source *s, const struct csv_batch *batch,
	const struct csv_field *field, struct buf *scratch, struct slice *out)
{
	struct slice raw = csv_raw(batch, field);

	*out = raw;
	buf_clear(scratch);
	if (s->form.quote) {
		*out = csv_value(batch, field, scratch);
		return true;
	}
	if (!batch->backslash || !text_escaped(raw))
		return true;
	if (slice_is(raw, "\\N")) {
		out->n = 0;
		return true;
	}
	if (!text_unescape(scratch, raw))
		return false;
	*out = buf_slice(scratch);
	return true;
}

/* The last character of what is before is one of three bytes, and so is the
 * first of what comes: Chinese, which is not set apart by blanks. */
static bool
is_chinese(const struct buf *before, struct slice next)
{
	return before->n >= 3 && (unsigned char)next.p[0] >= 0xE2 &&
		(unsigned char)before->p[before->n - 3] >= 0xE2;
}

/* A name whose family name stands last, all of it Chinese: it comes first. */
static bool
is_turned(const struct source *s, const struct columns_match *c,
	const struct csv_batch *batch, const struct csv_row *row,
	struct buf *cell)
{
	bool turned = c->family_last;

	for (unsigned i = 0; i < c->count && turned; i++) {
		struct slice part;

		turned = source_cell(s, batch,
			&batch->fields[row->first + c->parts[i]], cell, &part);
		part = text_trim(part);
		turned = turned && part.n >= 3 &&
			(unsigned char)part.p[0] >= 0xE2 &&
			(unsigned char)part.p[part.n - 3] >= 0xE2;
	}
	return turned;
}

static bool
join(const struct source *s, size_t column, const struct csv_batch *batch,
	const struct csv_row *row, struct buf *scratch, struct slice *out)
{
	const struct columns_match *c = &s->columns[column];
	bool list = s->types[column] == SCHEMA_LIST, good = true;
	struct buf joined = {0}, cell = {0};
	bool turned = is_turned(s, c, batch, row, &cell);

	for (unsigned i = 0; i < c->count && good; i++) {
		uint32_t from = c->parts[turned ? c->count - 1 - i : i];
		struct slice part;

		good = source_cell(s, batch,
			&batch->fields[row->first + from], &cell, &part);
		part = text_trim(part);
		if (part.n == 0)
			continue;
		if (joined.n > 0 && (list || !is_chinese(&joined, part)))
			buf_byte(&joined, list ? ',' : ' ');
		buf_add(&joined, part);
	}
	buf_clear(scratch);
	buf_add(scratch, buf_slice(&joined));
	*out = buf_slice(scratch);
	buf_free(&joined);
	buf_free(&cell);
	return good;
}

/* The first or last byte of what text_trim removes. */
static bool
may_be_blank(char c)
{
	return (unsigned char)c <= ' ' || c == '\xc2' || c == '\xe3' ||
		c == '\xa0' || c == '\x80';
}

bool
source_value(const struct source *s, size_t column,
	const struct csv_batch *batch, const struct csv_row *row,
	struct buf *scratch, struct slice *out)
{
	const struct columns_match *c = &s->columns[column];

	if (c->count > 1)
		return join(s, column, batch, row, scratch, out);
	if (!source_cell(s, batch, &batch->fields[row->first + c->parts[0]],
		scratch, out))
		return false;
	if (out->n > 0 && (may_be_blank(out->p[0]) ||
		may_be_blank(out->p[out->n - 1])))
		*out = text_trim(*out);
	return true;
}

enum schema_type
source_type(struct slice name, unsigned kind)
{
	const struct schema_column *column = schema_find(name);

	return column && (column->kinds & (kind | SCHEMA_COMPUTED))
		? column->type : SCHEMA_TEXT;
}

static void
weigh(struct source_evidence *e, struct slice value)
{
	struct when w;
	bool dmy, mdy;

	if (when_read(value, false, &w) != DATE_OK || !w.open)
		return;
	dmy = when_fits(&w, WHEN_DMY);
	mdy = when_fits(&w, WHEN_MDY);
	if (dmy && mdy)
		e->both |= !w.dotted && w.civil.day != w.civil.month;
	else if (w.dotted)
		*(dmy ? &e->dot_dmy : &e->dot_mdy) = true;
	else
		*(dmy ? &e->dmy : &e->mdy) = true;
}

static void
survey_row(struct source *s, const struct csv_batch *b,
	const struct csv_row *row, struct buf *scratch, struct buf *half)
{
	if (row->fields != s->header_count)
		return;
	for (size_t i = 0; i < s->column_count; i++) {
		const struct columns_match *c = &s->columns[i];
		struct slice value;

		if (!c->nameless && s->types[i] != SCHEMA_TIME &&
			s->types[i] != SCHEMA_DAY)
			continue;
		if (!source_value(s, i, b, row, scratch, &value))
			continue;
		if (c->nameless) {
			s->evidence[i].any |= value.n > 0;
			continue;
		}
		weigh(&s->evidence[i], written_half(value, half));
	}
}

/* Reads all of the file once more, for what only whole columns tell. */
static void
survey(struct source *s)
{
	struct encode *e = encode_again(s->encode);
	struct csv *csv = csv_open(e, s->form);
	struct csv_batch batch = {0};
	struct buf scratch = {0}, half = {0};

	while (csv_next(csv, &batch) && source_check(s,
		buf_slice(&batch.text), &batch.replaced))
		for (size_t i = 0; i < batch.row_count; i++)
			if (batch.rows[i].line > s->header_line)
				survey_row(s, &batch, &batch.rows[i], &scratch,
					&half);
	buf_free(&scratch);
	buf_free(&half);
	csv_batch_free(&batch);
	csv_close(csv);
	encode_close(e);
	s->surveyed = true;
}

static void
drop_empty(struct source *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->column_count; i++) {
		if (s->columns[i].nameless && !s->evidence[i].any &&
			!source_broken(s))
			continue;
		s->evidence[kept] = s->evidence[i];
		s->types[kept] = s->types[i];
		s->columns[kept++] = s->columns[i];
	}
	s->column_count = kept;
}

void
source_match(struct source *s, struct columns *columns, unsigned kind)
{
	bool nameless = false;

	s->columns = columns_of(columns, &(struct columns_header){
		.kind = kind, .file = s->name, .headers = s->titles,
		.n = s->header_count,
		.records = s->form.delimiter == '\t' && !s->form.quote},
		&s->pool, &s->column_count);
	s->types = mem_alloc(s->column_count + 1, sizeof *s->types);
	s->evidence = mem_zero(s->column_count + 1, sizeof *s->evidence);
	for (size_t i = 0; i < s->column_count; i++) {
		s->types[i] = source_type(s->columns[i].name, kind);
		nameless |= s->columns[i].nameless;
	}
	if (nameless) {
		survey(s);
		drop_empty(s);
	}
}

/* Why the evidence decides nothing, or null. */
static const char *
unclear(const struct source_evidence *e)
{
	bool dmy = e->dmy || e->dot_dmy, mdy = e->mdy || e->dot_mdy;

	if (dmy && mdy)
		return "some dates are day first, others month first";
	return !dmy && !mdy && e->both
		? "day and month cannot be told apart" : NULL;
}

/* Names the first column that is not clear, whichever thread met which. */
void
source_refuse(const struct source *s)
{
	size_t column = 0;
	struct slice title;

	while (!unclear(&s->evidence[column]))
		column++;
	title = s->titles[s->columns[column].parts[0]];
	msg_die("%s: %.*s: %s; --date-order=dmy or --date-order=mdy decides",
		s->name, (int)title.n, title.p,
		unclear(&s->evidence[column]));
}

enum when_order
source_order(struct source *s, size_t column, const struct when *w)
{
	const struct source_evidence *e = &s->evidence[column];

	if (s->asked && (!w->dotted || s->asked == WHEN_DMY))
		return s->asked;
	pthread_mutex_lock(&s->lock);
	if (!s->surveyed)
		survey(s);
	pthread_mutex_unlock(&s->lock);
	if (s->asked)
		return e->dot_dmy && !e->dot_mdy ? WHEN_DMY : s->asked;
	if (unclear(e) && !source_broken(s))
		return WHEN_UNKNOWN;
	return e->mdy || e->dot_mdy ? WHEN_MDY : WHEN_DMY;
}
