#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * input: the bytes of what the user named: a file, standard input, gzip.
 *
 * Every function ends the program (exit 2) with the name and the reason where
 * reading fails: missing, a directory, unreadable, cut-short gzip, gzip
 * without zlib, a file that shrinks while it is read.
 */
struct input;

/** input_open(name): "-" or null is standard input. A pipe is enlarged. A gzip
 * file is recognised by its first bytes and read inflated. */
struct input *input_open(const char *name);
void input_close(struct input *in); /* null is allowed */

/** input_name(in): for messages: the operand, or "(standard input)". */
const char *input_name(const struct input *in);

/** input_seekable(in): it is a regular file, not compressed: input_at and
 * input_size work. Reading starts at the current offset of standard input. */
bool input_seekable(const struct input *in);
uint64_t input_size(const struct input *in);

/** input_at(in, p, n, offset): reads exactly n bytes at offset, which lie
 * within input_size. Safe from many threads. */
void input_at(struct input *in, char *p, size_t n, uint64_t offset);

/** input_read(in, p, n): the next bytes, as many as come, up to n; 0 at the
 * end. Works on every input; one thread at a time. */
size_t input_read(struct input *in, char *p, size_t n);

/** input_spool(in): makes in seekable: what is left of a stream is copied to
 * an unlinked file in TMPDIR (else /tmp). For work that needs two passes. */
void input_spool(struct input *in);

#endif
