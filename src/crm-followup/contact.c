#include "contact.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hash.h"
#include "mem.h"
#include "msg.h"
#include "opt.h"
#include "text.h"

#include "plan.h"

struct contact {
	int64_t as_of;
	uint64_t most;  /* 0: no cap */
	int64_t window; /* seconds */
	struct hash *customers; /* how many contacts in the window */
};

struct contact *
contact_open(const char *cap, int64_t as_of)
{
	struct contact *c = mem_zero(1, sizeof(*c));
	const char *slash = cap ? strchr(cap, '/') : NULL;
	char *count;

	c->as_of = as_of;
	c->customers = hash_open(sizeof(uint64_t));
	if (!cap)
		return c;
	if (!slash || !plan_duration(slice_of(slash + 1), &c->window))
		msg_usage("--cap: not a number of contacts and a duration, "
			"like 1/7d: %s", cap);
	count = mem_copy((struct slice){cap, (size_t)(slash - cap)});
	c->most = (uint64_t)opt_number("cap", count, 1, 1000000);
	free(count);
	return c;
}

void
contact_close(struct contact *c)
{
	if (!c)
		return;
	hash_close(c->customers);
	free(c);
}

static uint64_t *
count_of(struct contact *c, struct slice customer)
{
	return hash_payload(c->customers, hash_put(c->customers, customer,
		hash_code(customer), NULL));
}

void
contact_past(struct contact *c, struct slice customer, int64_t at)
{
	if (c->most && customer.n && c->as_of - at < c->window)
		++*count_of(c, customer);
}

/* Small or capital letters: who wrote ALL did not mean to be called. */
static bool
same_word(struct slice a, struct slice b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static bool
refused(struct slice list, struct slice channel)
{
	while (list.n) {
		const char *comma = memchr(list.p, ',', list.n);
		size_t n = comma ? (size_t)(comma - list.p) : list.n;
		struct slice one = text_trim((struct slice){list.p, n});

		if (same_word(one, slice_of("all")) || same_word(one, channel))
			return true;
		list.p += n + (comma != NULL);
		list.n -= n + (comma != NULL);
	}
	return false;
}

const char *
contact_refuses(struct contact *c, struct slice customer, struct slice channel,
	struct slice no_contact, bool urgent)
{
	uint64_t *count;

	if (!channel.n)
		return NULL;
	if (refused(no_contact, channel))
		return "no_contact";
	if (!c->most || !customer.n)
		return NULL;
	count = count_of(c, customer);
	if (!urgent && *count >= c->most)
		return "cap";
	++*count;
	return NULL;
}
