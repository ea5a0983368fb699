#include "title.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const char *const words[] = {
	"mr", "mrs", "ms", "miss", "dr", "prof", "co", "ltd", "limited",
	"inc", "llc", "plc", "corp", "corporation", "company", "gmbh", "ag",
	"bv", "sa", "pty", "the",
};

/* The longer before the shorter that it ends in; 0 ends each. */
enum { LONGEST = 7 };
static const uint32_t endings[][LONGEST] = {
	{0x80a1, 0x4efd, 0x6709, 0x9650, 0x516c, 0x53f8}, /* gufen youxian gongsi */
	{0x6709, 0x9650, 0x8d23, 0x4efb, 0x516c, 0x53f8}, /* youxian zeren gongsi */
	{0x96c6, 0x56e2, 0x6709, 0x9650, 0x516c, 0x53f8}, /* jituan youxian gongsi */
	{0x6709, 0x9650, 0x516c, 0x53f8}, /* youxian gongsi */
	{0x80a1, 0x4efd, 0x516c, 0x53f8}, /* gufen gongsi */
	{0x516c, 0x53f8}, /* gongsi */
	{0x96c6, 0x56e2}, /* jituan */
	{0x5148, 0x751f}, /* xiansheng */
	{0x5973, 0x58eb}, /* nvshi */
	{0x5c0f, 0x59d0}, /* xiaojie */
	{0x8001, 0x5e08}, /* laoshi */
	{0x592a, 0x592a}, /* taitai */
	{0x5e08, 0x5085}, /* shifu */
	{0x7ecf, 0x7406}, /* jingli */
};

static bool
is_word(struct similar_text text, const char *word)
{
	if (strlen(word) != text.n)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != (unsigned char)word[i])
			return false;
	return true;
}

bool
title_word(struct similar_text word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(word, words[i]))
			return true;
	return false;
}

/* The length of the ending that name has; 0 where it has none, or is all of
 * it. */
static size_t
ending_of(struct similar_text name)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t n = 0;

		while (endings[i][n])
			n++;
		if (n < name.n && memcmp(name.p + name.n - n, endings[i],
			n * sizeof *name.p) == 0)
			return n;
	}
	return 0;
}

struct similar_text
title_strip(struct similar_text name)
{
	size_t n;

	while ((n = ending_of(name)) > 0)
		name.n -= n;
	return name;
}
