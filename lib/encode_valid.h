#ifndef ENCODE_VALID_H
#define ENCODE_VALID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "input.h"

/**
 * encode_valid: for encode.c alone: whether a seekable input is UTF-8 from an
 * offset on. encode_valid(in, from, jobs, replaced): looked at by so many
 * threads; *replaced becomes true where U+FFFD is in it. The environment
 * variable CRM_CHUNK sets how many bytes each looks at, for tests: a megabyte
 * else.
 * encode_invalid(in, from): the offset of the first byte that is not, or
 * UINT64_MAX.
 */
bool encode_valid(struct input *in, uint64_t from, unsigned jobs,
	bool *replaced);
uint64_t encode_invalid(struct input *in, uint64_t from);

/** encode_valid_start(in, from): whether encode_valid_first() bytes from there on
 * are; the last of their characters may be cut. */
bool encode_valid_start(struct input *in, uint64_t from);
size_t encode_valid_first(void);

#endif
