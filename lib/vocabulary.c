#include "vocabulary.h"

#include <stdlib.h>

#include "mem.h"

struct vocabulary *
vocabulary_open(size_t payload)
{
	struct vocabulary *v = mem_zero(1, sizeof(*v));

	v->words = hash_open(payload);
	return v;
}

void
vocabulary_close(struct vocabulary *v)
{
	if (!v)
		return;
	hash_close(v->words);
	free(v);
}

void *
vocabulary_look_up(struct vocabulary *v, struct slice word)
{
	return hash_payload(v->words, hash_put(v->words, word,
		hash_code(word), NULL));
}
