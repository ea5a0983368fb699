#define _GNU_SOURCE
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if ZLIB
#include <zlib.h>
#endif

#include "mem.h"
#include "msg.h"

#define BLOCK ((size_t)256 * 1024)
#define PIPE_SIZE (1024 * 1024)

struct input {
	const char *name;
	int fd;
	bool seekable;
	uint64_t start;     /* offset in the file of our offset 0 */
	uint64_t size;      /* seekable: bytes from start */
	uint64_t next;      /* seekable: where input_read goes on */
	/* streams: raw bytes read ahead, of which [used .. filled) are left */
	unsigned char *raw;
	size_t used, filled;
	bool ended;
#if ZLIB
	z_stream *inflate;
	bool in_member;     /* inside a gzip member */
#endif
};

static size_t
read_some(const struct input *in, void *p, size_t n)
{
	for (;;) {
		ssize_t done = read(in->fd, p, n);

		if (done >= 0)
			return (size_t)done;
		if (errno == EAGAIN)
			(void)poll(&(struct pollfd){in->fd, POLLIN, 0}, 1, -1);
		else if (errno != EINTR)
			msg_die_errno("%s", in->name);
	}
}

/* Looks at the first bytes; a stream keeps them for input_read. */
static bool
is_gzip(struct input *in)
{
	unsigned char magic[3];

	if (in->seekable) {
		if (in->size < sizeof(magic))
			return false;
		input_at(in, (char *)magic, sizeof(magic), 0);
	} else {
		while (in->filled < sizeof(magic) && !in->ended) {
			size_t n = read_some(in, in->raw + in->filled,
				BLOCK - in->filled);

			in->filled += n;
			in->ended = n == 0;
		}
		if (in->filled < sizeof(magic))
			return false;
		memcpy(magic, in->raw, sizeof(magic));
	}
	return magic[0] == 0x1F && magic[1] == 0x8B && magic[2] == 8;
}

static void
start_gzip(struct input *in)
{
#if ZLIB
	if (in->seekable) {
		in->seekable = false;
		if (lseek(in->fd, (off_t)in->start, SEEK_SET) < 0)
			msg_die_errno("%s", in->name);
	}
	if (!in->raw)
		in->raw = mem_alloc(BLOCK, 1);
	in->inflate = mem_zero(1, sizeof(*in->inflate));
	if (inflateInit2(in->inflate, 15 + 16) != Z_OK)
		msg_die("out of memory");
#else
	msg_die("%s: gzip: this program was built without zlib; "
		"use: zcat FILE | %s ...", in->name, msg_program());
#endif
}

static void
stat_input(struct input *in)
{
	struct stat st;
	off_t at;

	if (fstat(in->fd, &st))
		msg_die_errno("%s", in->name);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		msg_die_errno("%s", in->name);
	}
#ifdef F_SETPIPE_SZ
	if (S_ISFIFO(st.st_mode))
		(void)fcntl(in->fd, F_SETPIPE_SZ, PIPE_SIZE);
#endif
	/* files of /proc say that they are empty: those are read as streams */
	if (S_ISREG(st.st_mode) && st.st_size > 0 &&
		(at = lseek(in->fd, 0, SEEK_CUR)) >= 0) {
		in->seekable = true;
		in->start = (uint64_t)at;
		in->size = at < st.st_size ? (uint64_t)(st.st_size - at) : 0;
#ifdef POSIX_FADV_SEQUENTIAL
		(void)posix_fadvise(in->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
	} else {
		in->raw = mem_alloc(BLOCK, 1);
	}
}

struct input *
input_open(const char *name)
{
	struct input *in = mem_zero(1, sizeof(*in));

	if (!name || strcmp(name, "-") == 0) {
		in->name = "(standard input)";
		in->fd = STDIN_FILENO;
	} else {
		if (!*name)
			msg_die("an empty file name");
		in->name = name;
		in->fd = open(name, O_RDONLY | O_CLOEXEC);
		if (in->fd < 0)
			msg_die_errno("%s", name);
	}
	stat_input(in);
	if (is_gzip(in))
		start_gzip(in);
	return in;
}

void
input_close(struct input *in)
{
	if (!in)
		return;
#if ZLIB
	if (in->inflate) {
		inflateEnd(in->inflate);
		free(in->inflate);
	}
#endif
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	free(in->raw);
	free(in);
}

const char *
input_name(const struct input *in)
{
	return in->name;
}

bool
input_seekable(const struct input *in)
{
	return in->seekable;
}

uint64_t
input_size(const struct input *in)
{
	return in->size;
}

void
input_at(struct input *in, char *p, size_t n, uint64_t offset)
{
	while (n > 0) {
		ssize_t done = pread(in->fd, p, n, (off_t)(in->start + offset));

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			msg_die_errno("%s", in->name);
		if (done == 0)
			msg_die("%s: became shorter while it was read", in->name);
		p += done;
		n -= (size_t)done;
		offset += (uint64_t)done;
	}
}

#if ZLIB
static void
fill(struct input *in)
{
	if (in->used < in->filled || in->ended)
		return;
	in->used = 0;
	in->filled = read_some(in, in->raw, BLOCK);
	in->ended = in->filled == 0;
}

/* Decides what follows a member: another one, the end, or rubbish (which
 * gzip(1) ignores when it is zeros: padding of tapes). */
static bool
next_member(struct input *in)
{
	fill(in);
	while (in->used < in->filled && in->raw[in->used] == 0) {
		in->used++;
		fill(in);
	}
	if (in->used == in->filled)
		return false;
	if (in->raw[in->used] != 0x1F)
		msg_die("%s: gzip: bytes that are not gzip follow the end",
			in->name);
	if (inflateReset(in->inflate) != Z_OK)
		msg_die("%s: gzip: cannot start again", in->name);
	return true;
}

static size_t
read_gzip(struct input *in, char *p, size_t n)
{
	z_stream *z = in->inflate;
	unsigned room = n > (size_t)1 << 30 ? 1U << 30 : (unsigned)n;

	z->next_out = (unsigned char *)p;
	z->avail_out = room;
	while (z->avail_out == room) {
		int result;

		if (!in->in_member && !next_member(in))
			return 0;
		in->in_member = true;
		fill(in);
		if (in->used == in->filled)
			msg_die("%s: gzip: cut short", in->name);
		z->next_in = in->raw + in->used;
		z->avail_in = (unsigned)(in->filled - in->used);
		result = inflate(z, Z_NO_FLUSH);
		in->used = in->filled - z->avail_in;
		if (result == Z_STREAM_END)
			in->in_member = false;
		else if (result != Z_OK && result != Z_BUF_ERROR)
			msg_die("%s: gzip: %s", in->name,
				z->msg ? z->msg : "damaged");
	}
	return room - z->avail_out;
}
#endif

size_t
input_read(struct input *in, char *p, size_t n)
{
	if (n == 0)
		return 0;
	if (in->seekable) {
		uint64_t left = in->size - in->next;

		if (n > left)
			n = (size_t)left;
		input_at(in, p, n, in->next);
		in->next += n;
		return n;
	}
#if ZLIB
	if (in->inflate)
		return read_gzip(in, p, n);
#endif
	if (in->used < in->filled) {
		if (n > in->filled - in->used)
			n = in->filled - in->used;
		memcpy(p, in->raw + in->used, n);
		in->used += n;
		return n;
	}
	if (in->ended)
		return 0;
	n = read_some(in, p, n);
	in->ended = n == 0;
	return n;
}

static int
open_spool(void)
{
	const char *folder = getenv("TMPDIR");
	size_t size;
	char *path;
	int fd;

	if (!folder || !*folder)
		folder = "/tmp";
	size = strlen(folder) + 32;
	path = mem_alloc(size, 1);
	snprintf(path, size, "%s/crm-spool.XXXXXX", folder);
	fd = mkstemp(path);
	if (fd < 0)
		msg_die_errno("%s: temporary file", folder);
	unlink(path);
	free(path);
	return fd;
}

static void
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			msg_die_errno("temporary file in TMPDIR");
		p += done;
		n -= (size_t)done;
	}
}

void
input_spool(struct input *in)
{
	uint64_t size = 0;
	char *block;
	size_t n;
	int fd;

	if (in->seekable)
		return;
	fd = open_spool();
	block = mem_alloc(BLOCK, 1);
	while ((n = input_read(in, block, BLOCK)) > 0) {
		write_all(fd, block, n);
		size += n;
	}
	free(block);
#if ZLIB
	if (in->inflate) {
		inflateEnd(in->inflate);
		free(in->inflate);
		in->inflate = NULL;
	}
#endif
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	in->fd = fd;
	in->seekable = true;
	in->start = in->next = 0;
	in->size = size;
}
