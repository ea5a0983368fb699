#include "profile.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "hash.h"
#include "text.h"
#include "title.h"

enum {
	MOST_WORDS = 48,    /* of an address */
	MOST_EMAIL = 96,    /* bytes that are compared */
	LEAST_DIGITS = 5,   /* of a telephone number */
	MOST_DIGITS = 18,
	LEAST_NUMBER = 4,   /* characters of an identity number */
};

static uint64_t
code_of(const void *p, size_t n)
{
	uint64_t code = hash_code((struct slice){p, n});

	return code ? code : 1;
}

/* A value without escapes; most have none. */
static struct slice
decoded(struct profile_reader *r, struct slice field)
{
	if (!text_escaped(field))
		return field;
	buf_clear(&r->text);
	text_unescape(&r->text, field);
	return buf_slice(&r->text);
}

static int
by_letters(const void *a, const void *b)
{
	const struct fold_word *x = a, *y = b;

	for (size_t i = 0; i < x->n && i < y->n; i++)
		if (x->p[i] != y->p[i])
			return x->p[i] < y->p[i] ? -1 : 1;
	return (x->n > y->n) - (x->n < y->n);
}

static struct similar_text
keep_text(struct profile_reader *r, const uint32_t *p, size_t n)
{
	uint32_t *to = mem_pool_get(&r->pool, (n + 1) * sizeof *to);

	memcpy(to, p, n * sizeof *to);
	return (struct similar_text){to, n};
}

/* The words in order, those that are titles only if there is no other. */
static struct similar_text
join_words(struct profile_reader *r, bool titles)
{
	uint32_t room[SIMILAR_MOST];
	size_t n = 0;

	for (size_t i = 0; i < r->fold.count; i++) {
		const struct fold_word *word = &r->fold.words[i];
		size_t gap = n > 0;

		if (word->kind == FOLD_CHINESE ||
			(!titles && title_word((struct similar_text){word->p,
				word->n})))
			continue;
		if (n + gap >= SIMILAR_MOST)
			break;
		if (gap)
			room[n++] = ' ';
		for (size_t k = 0; k < word->n && n < SIMILAR_MOST; k++)
			room[n++] = word->p[k];
	}
	if (n == 0 && !titles && r->fold.count > 0)
		return join_words(r, true);
	return keep_text(r, room, n);
}

static struct similar_text
join_chinese(struct profile_reader *r)
{
	uint32_t room[SIMILAR_MOST];
	struct similar_text name = {room, 0};

	for (size_t i = 0; i < r->fold.count; i++) {
		const struct fold_word *word = &r->fold.words[i];

		if (word->kind != FOLD_CHINESE)
			continue;
		for (size_t k = 0; k < word->n && name.n < SIMILAR_MOST; k++)
			room[name.n++] = word->p[k];
	}
	name = title_strip(name);
	return keep_text(r, name.p, name.n);
}

static void
read_name(struct profile_reader *r, struct slice field, struct profile *p)
{
	uint64_t codes[2];

	fold_text(&r->fold, field);
	p->chinese = join_chinese(r);
	qsort(r->fold.words, r->fold.count, sizeof *r->fold.words, by_letters);
	p->name = join_words(r, false);
	if (p->name.n + p->chinese.n == 0)
		return;
	codes[0] = code_of(p->name.p, p->name.n * sizeof *p->name.p);
	codes[1] = code_of(p->chinese.p, p->chinese.n * sizeof *p->chinese.p);
	p->codes[PROFILE_NAME] = code_of(codes, sizeof codes);
}

static uint64_t
read_phone(struct profile_reader *r, struct slice field)
{
	struct slice s = decoded(r, field);
	uint64_t number = 0;
	size_t i = 0, digits = 0;

	if (s.n > 3 && memcmp(s.p, "+86", 3) == 0)
		i = 3;
	for (; i < s.n && s.p[i] != ';' && digits < MOST_DIGITS; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			continue;
		number = number * 10 + (uint64_t)(s.p[i] - '0');
		digits += number > 0;
	}
	return digits < LEAST_DIGITS ? 0 : number;
}

static void
read_phones(struct profile_reader *r, const struct profile_columns *c,
	const struct slice *fields, struct profile *p)
{
	if (c->phone != SIZE_MAX)
		p->phones[0] = read_phone(r, fields[c->phone]);
	if (c->phone2 != SIZE_MAX)
		p->phones[1] = read_phone(r, fields[c->phone2]);
	if (p->phones[0] == p->phones[1])
		p->phones[1] = 0;
	p->codes[PROFILE_PHONE] = p->phones[0];
	p->codes[PROFILE_PHONE2] = p->phones[1];
}

static void
read_email(struct profile_reader *r, struct slice field, struct profile *p)
{
	struct slice s = decoded(r, field);
	char *to;

	if (s.n == 0)
		return;
	if (s.n > MOST_EMAIL)
		s.n = MOST_EMAIL;
	to = mem_pool_get(&r->pool, s.n);
	for (size_t i = 0; i < s.n; i++)
		to[i] = s.p[i] >= 'A' && s.p[i] <= 'Z'
			? (char)(s.p[i] + 'a' - 'A') : s.p[i];
	p->email = (struct slice){to, s.n};
	p->codes[PROFILE_EMAIL] = code_of(to, s.n);
}

/* The first of the columns that has a number of letters and digits. */
static void
read_number(struct profile_reader *r, const struct profile_columns *c,
	const struct slice *fields, struct profile *p)
{
	char room[MOST_EMAIL];

	for (size_t k = 0; k < PROFILE_PARTS && c->numbers[k] != SIZE_MAX; k++) {
		struct slice s = decoded(r, fields[c->numbers[k]]);
		size_t n = 0;

		for (size_t i = 0; i < s.n && n < sizeof room; i++)
			if (isalnum((unsigned char)s.p[i]))
				room[n++] = (char)toupper((unsigned char)s.p[i]);
		if (n < LEAST_NUMBER)
			continue;
		p->number = mem_pool_copy(&r->pool, (struct slice){room, n});
		p->codes[PROFILE_NUMBER] = code_of(room, n);
		return;
	}
}

static void
read_birthday(struct slice field, struct profile *p)
{
	struct date_civil day;

	if (field.n == 0 || date_read_day(field, &day) != DATE_OK)
		return;
	p->birthday = (uint32_t)(day.year * 10000 + day.month * 100 + day.day);
	p->codes[PROFILE_BIRTHDAY] = p->birthday;
}

static void
add_word(struct profile_reader *r, const uint32_t *p, size_t n, bool number,
	bool region)
{
	if (n > SIMILAR_MOST)
		n = SIMILAR_MOST;
	if (r->word_count == MOST_WORDS)
		return;
	if (r->word_count == r->word_room) {
		r->word_room = MOST_WORDS;
		r->words = mem_resize(r->words, r->word_room, sizeof *r->words);
	}
	r->words[r->word_count++] = (struct profile_word){
		.code = (uint32_t)code_of(p, n * sizeof *p),
		.at = (uint16_t)(r->text.n / sizeof *p), .n = (uint8_t)n,
		.number = number, .region = region};
	buf_add(&r->text, (struct slice){(const char *)p, n * sizeof *p});
}

/* A single character (a number's 号, a 室) says nothing. */
static void
add_words(struct profile_reader *r, struct slice field, bool region)
{
	fold_text(&r->fold, field);
	for (size_t i = 0; i < r->fold.count; i++) {
		const struct fold_word *word = &r->fold.words[i];

		if (word->kind != FOLD_CHINESE)
			add_word(r, word->p, word->n,
				word->kind == FOLD_DIGITS, region);
		else
			for (size_t k = 0; k + 1 < word->n; k++)
				add_word(r, word->p + k, 2, false, region);
	}
}

static int
by_code(const void *a, const void *b)
{
	const struct profile_word *x = a, *y = b;

	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return x->region - y->region;
}

static void
keep_words(struct profile_reader *r, struct profile *p)
{
	uint32_t codes[MOST_WORDS];
	size_t n = 0, placed = 0;

	if (r->word_count > 1)
		qsort(r->words, r->word_count, sizeof *r->words, by_code);
	for (size_t i = 0; i < r->word_count; i++) {
		if (n > 0 && r->words[n - 1].code == r->words[i].code)
			continue;
		r->words[n++] = r->words[i];
		if (!r->words[i].region)
			codes[placed++] = r->words[i].code;
	}
	if (n == 0)
		return;
	p->words = mem_pool_get(&r->pool, n * sizeof *p->words);
	memcpy(p->words, r->words, n * sizeof *p->words);
	p->word_count = (uint32_t)n;
	p->text = keep_text(r, (const uint32_t *)(const void *)r->text.p,
		r->text.n / sizeof *p->text).p;
	p->placed = placed > 0;
	if (placed > 0)
		p->codes[PROFILE_ADDRESS] = code_of(codes,
			placed * sizeof *codes);
}

static void
read_address(struct profile_reader *r, const struct profile_columns *c,
	const struct slice *fields, struct profile *p)
{
	buf_clear(&r->text);
	r->word_count = 0;
	for (size_t i = 0; i < PROFILE_PARTS && c->addresses[i] != SIZE_MAX; i++)
		add_words(r, fields[c->addresses[i]], false);
	for (size_t i = 0; i < PROFILE_PARTS && c->regions[i] != SIZE_MAX; i++)
		add_words(r, fields[c->regions[i]], true);
	keep_words(r, p);
}

void
profile_read(struct profile_reader *r, const struct profile_columns *c,
	const struct slice *fields, struct profile *p)
{
	*p = (struct profile){0};
	if (c->name != SIZE_MAX)
		read_name(r, fields[c->name], p);
	read_phones(r, c, fields, p);
	if (c->email != SIZE_MAX)
		read_email(r, fields[c->email], p);
	read_number(r, c, fields, p);
	if (c->birthday != SIZE_MAX)
		read_birthday(fields[c->birthday], p);
	read_address(r, c, fields, p);
}

void
profile_reader_free(struct profile_reader *r)
{
	mem_pool_free(&r->pool);
	fold_free(&r->fold);
	free(r->words);
	buf_free(&r->text);
	*r = (struct profile_reader){0};
}
