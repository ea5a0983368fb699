#include "vocabulary.h"

#include <stdlib.h>

#include "tap.h"

/* Words of every length, many that begin and end alike. */
static size_t
make_word(char *word, int i)
{
	return (size_t)snprintf(word, 40, i % 2 ? "ab%0*dyz" : "%0*d",
		i % 17 + 1, i % 500);
}

int
main(void)
{
	struct vocabulary *v = vocabulary_open(sizeof(int));
	struct hash *h = hash_open(sizeof(int));
	bool same = true;
	char word[40];

	for (int round = 0; round < 3; round++)
		for (int i = 0; i < 20000; i++) {
			struct slice s = {word, make_word(word, i)};
			int *a = vocabulary_payload(v, s);
			int *b = hash_payload(h, hash_put(h, s, hash_code(s),
				NULL));

			same &= *a == *b;
			++*a;
			++*b;
		}
	tap_ok(same, "a vocabulary is a hash");
	tap_ok(hash_count(v->words) == hash_count(h), "with the same words");
	tap_ok(vocabulary_payload(v, (struct slice){NULL, 0}) ==
		vocabulary_payload(v, (struct slice){word, 0}),
		"the empty word is one");
	vocabulary_close(v);
	vocabulary_close(NULL);
	hash_close(h);
	return tap_done();
}
