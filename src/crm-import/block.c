#include "block.h"

#include <stdbool.h>
#include <string.h>

enum {
	RAREST = 3,       /* words of an address that make keys */
	MOST_NUMBERS = 3, /* of an address */
	MOST_NAMES = 4,   /* words of a name */
	LEAST_LOCAL = 4,  /* of an e-mail address, before the @ */
};

/* The keys of one profile as they are made. */
struct keys {
	uint64_t *keys;
	size_t n;
	enum block_kind kind;
};

static uint64_t
mix(uint64_t a, uint64_t b)
{
	a = (a ^ (b + UINT64_C(0x9e3779b97f4a7c15))) *
		UINT64_C(0xbf58476d1ce4e5b9);
	a = (a ^ a >> 29) * UINT64_C(0x94d049bb133111eb);
	return a ^ a >> 32;
}

/* Two parts, in this order, make a key. */
static void
add(struct keys *k, uint64_t first, uint64_t second)
{
	uint64_t key = mix(mix((uint64_t)k->kind + 1, first), second);

	for (size_t i = 0; i < k->n; i++)
		if (k->keys[i] == key)
			return;
	if (k->n < BLOCK_MOST_KEYS)
		k->keys[k->n++] = key;
}

static char
sound_digit(uint32_t c)
{
	static const char digits[] = "01230120022455012623010202";

	return c >= 'a' && c <= 'z' ? digits[c - 'a'] : '0';
}

uint64_t
block_sound(struct similar_text word)
{
	uint64_t sound = word.n ? word.p[0] : 0;
	char last = word.n ? sound_digit(word.p[0]) : '0';
	size_t n = 1;

	for (size_t i = 1; i < word.n && n < 4; i++) {
		char digit = sound_digit(word.p[i]);

		if (word.p[i] > 'z') {
			sound = sound << 16 | (word.p[i] & 0xffff);
			n++;
			continue;
		}
		if (digit != '0' && digit != last) {
			sound = sound << 16 | (unsigned char)digit;
			n++;
		}
		if (word.p[i] != 'h' && word.p[i] != 'w')
			last = digit;
	}
	for (; n < 4; n++)
		sound = sound << 16 | '0';
	return sound;
}

/* The words of the name that are not Chinese. */
static size_t
name_words(const struct profile *p, struct similar_text *words)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= p->name.n && n < MOST_NAMES; i++) {
		if (i < p->name.n && p->name.p[i] != ' ')
			continue;
		if (i > from)
			words[n++] = (struct similar_text){p->name.p + from,
				i - from};
		from = i + 1;
	}
	return n;
}

static uint64_t
two(const uint32_t *p)
{
	return (uint64_t)p[0] << 32 | p[1];
}

static void
email_keys(struct keys *k, const struct profile *p)
{
	const char *at;
	uint64_t local = 0;

	if (p->email.n == 0)
		return;
	add(k, p->codes[PROFILE_EMAIL], 0);
	at = memchr(p->email.p, '@', p->email.n);
	if (!at || at - p->email.p < LEAST_LOCAL)
		return;
	for (const char *s = p->email.p; s < at; s++)
		local = mix(local, (unsigned char)*s);
	add(k, local, 1);
}

static void
birthday_keys(struct keys *k, const struct profile *p)
{
	struct similar_text words[MOST_NAMES];
	size_t n = name_words(p, words);

	if (!p->birthday)
		return;
	for (size_t i = 0; i < n; i++)
		add(k, p->birthday, words[i].p[0]);
	if (p->chinese.n > 0)
		add(k, p->birthday, p->chinese.p[0]);
	if (p->chinese.n > 1)
		add(k, p->birthday, p->chinese.p[p->chinese.n - 1]);
	if (k->n == 0)
		add(k, p->birthday, 0);
}

static void
sound_keys(struct keys *k, const struct profile *p)
{
	struct similar_text words[MOST_NAMES];
	size_t n = name_words(p, words);
	uint64_t all = 0, year = p->birthday / 10000;

	for (size_t i = 0; i < n; i++) {
		uint64_t sound = block_sound(words[i]);

		all += mix(sound, 0);
		if (year)
			add(k, sound, year);
		if (p->birthday)
			add(k, sound, 10000 + p->birthday % 10000);
	}
	if (n > 1)
		add(k, all, 0);
	for (size_t i = 0; i + 1 < p->chinese.n && i < 2 * MOST_NAMES; i++)
		add(k, two(p->chinese.p + i), year);
}

/* The rarest words of the address itself, numbers apart. */
static size_t
rarest_words(const struct profile *p, const struct profile_word **rarest)
{
	size_t n = 0;

	for (uint32_t i = 0; i < p->word_count; i++) {
		const struct profile_word *word = &p->words[i];
		size_t at = n;

		if (word->region || word->number)
			continue;
		while (at > 0 && rarest[at - 1]->weight < word->weight)
			at--;
		if (at == RAREST)
			continue;
		n += n < RAREST;
		memmove(rarest + at + 1, rarest + at,
			(n - 1 - at) * sizeof *rarest);
		rarest[at] = word;
	}
	return n;
}

static size_t
numbers_of(const struct profile *p, uint64_t *numbers)
{
	size_t n = 0;

	for (uint32_t i = 0; i < p->word_count && n < MOST_NUMBERS; i++)
		if (p->words[i].number && !p->words[i].region)
			numbers[n++] = p->words[i].code;
	return n;
}

static void
address_keys(struct keys *k, const struct profile *p)
{
	const struct profile_word *rarest[RAREST];
	uint64_t numbers[MOST_NUMBERS];
	size_t words = rarest_words(p, rarest), n = numbers_of(p, numbers);

	if (!p->placed)
		return;
	add(k, p->codes[PROFILE_ADDRESS], 0);
	for (size_t i = 0; i < words; i++) {
		uint32_t one = rarest[i]->code;

		for (size_t m = 0; m < n; m++)
			add(k, one, numbers[m]);
		for (size_t m = 0; m < i; m++) {
			uint32_t other = rarest[m]->code;

			add(k, one < other ? one : other,
				one < other ? other : one);
		}
	}
}

static void
house_keys(struct keys *k, const struct profile *p)
{
	struct similar_text words[MOST_NAMES];
	uint64_t numbers[MOST_NUMBERS];
	size_t named = name_words(p, words), n = numbers_of(p, numbers);

	for (size_t m = 0; m < n; m++) {
		for (size_t i = 0; i < named; i++)
			add(k, block_sound(words[i]), numbers[m]);
		for (size_t i = 0; i + 1 < p->chinese.n && i < MOST_NAMES; i++)
			add(k, two(p->chinese.p + i), numbers[m]);
	}
}

size_t
block_keys(enum block_kind kind, const struct profile *p, uint64_t *keys)
{
	struct keys k = {keys, 0, kind};

	switch (kind) {
	case BLOCK_PHONE:
		for (int i = 0; i < 2; i++)
			if (p->phones[i])
				add(&k, p->phones[i], 0);
		break;
	case BLOCK_EMAIL: email_keys(&k, p); break;
	case BLOCK_NUMBER:
		if (p->number.n > 0)
			add(&k, p->codes[PROFILE_NUMBER], 0);
		break;
	case BLOCK_BIRTHDAY: birthday_keys(&k, p); break;
	case BLOCK_NAME:
		if (p->codes[PROFILE_NAME])
			add(&k, p->codes[PROFILE_NAME], 0);
		break;
	case BLOCK_SOUND: sound_keys(&k, p); break;
	case BLOCK_ADDRESS: address_keys(&k, p); break;
	case BLOCK_HOUSE: house_keys(&k, p); break;
	default: break;
	}
	return k.n;
}

const char *
block_name(enum block_kind kind)
{
	static const char *const names[] = {"a phone", "an email", "a number",
		"a birthday", "a name", "the sound of a name", "an address",
		"a house"};

	return names[kind];
}

/* The least significant byte first; after eight turns they are back where they
 * were. */
void
block_sort(struct block_entry *entries, struct block_entry *spare, size_t n)
{
	struct block_entry *from = entries, *to = spare;

	for (unsigned shift = 0; shift < 64; shift += 8) {
		size_t starts[257] = {0};
		struct block_entry *swap;

		for (size_t i = 0; i < n; i++)
			starts[(from[i].key >> shift & 255) + 1]++;
		for (size_t i = 1; i < 257; i++)
			starts[i] += starts[i - 1];
		for (size_t i = 0; i < n; i++)
			to[starts[from[i].key >> shift & 255]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
}
