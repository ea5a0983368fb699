#ifndef KNOWN_H
#define KNOWN_H

#include <stddef.h>

#include "hash.h"

/** known_customers(files, n): the customer_ids of files of customers (crm(5)),
 * for hash_close. */
struct hash *known_customers(const char *const *files, size_t n);

#endif
