#ifndef ENCODE_PART_H
#define ENCODE_PART_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "encode.h"

/**
 * encode_part: what encode.c and encode_read.c share.
 */
enum {
	ENCODE_NAME = 40,
	ENCODE_RAW = 64 * 1024,
	ENCODE_OUT = 4 * ENCODE_RAW,
};

struct encode {
	struct input *in;
	char name[ENCODE_NAME];
	uint64_t start;  /* after the byte order mark */
	uint64_t next;   /* of the input, to be read */
	uint64_t bad;    /* where it is not UTF-8, if that made the guess */
	bool chinese;    /* GB18030 and what it holds */
	bool beyond;     /* ... of which iconv reads U+10000 and more wrong */
	bool plain;      /* UTF-8: nothing to convert */
	bool replaced;   /* U+FFFD may be in it */
	bool presumed;   /* UTF-8: only the first part was looked at */
	bool old_ends;   /* CR is a line end */
	iconv_t convert; /* unless plain */
	char *raw;       /* bytes of the input, [raw_at .. raw_n) are left */
	size_t raw_at, raw_n;
	char *out;       /* bytes converted, [out_at .. out_n) are left */
	size_t out_at, out_n;
};

#endif
