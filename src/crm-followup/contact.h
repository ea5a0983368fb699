#ifndef CONTACT_H
#define CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

/**
 * contact: who may be contacted: do-not-contact and the cap. Only actions with
 * a channel are contacts.
 */
struct contact;

/** contact_open(cap, as_of): cap: "1/7d" or null: none. */
struct contact *contact_open(const char *cap, int64_t as_of);
void contact_close(struct contact *c); /* null is allowed */

/** contact_past(c, customer, at): there was one then. */
void contact_past(struct contact *c, struct slice customer, int64_t at);

/** contact_refuses(c, customer, channel, no_contact, urgent): why this one may
 * not be: "no_contact", "cap" (not where urgent); null: it may, and is
 * counted. */
const char *contact_refuses(struct contact *c, struct slice customer,
	struct slice channel, struct slice no_contact, bool urgent);

#endif
