#define _GNU_SOURCE
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "date.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include "text.h"

#define ROOM ((size_t)64 * 1024)
#define PIPE_SIZE (1024 * 1024)

struct out {
	int fd;
	const char *name;
	size_t n;
	char bytes[ROOM];
};

struct out *
out_open(int fd, const char *name)
{
	struct out *o = mem_alloc(1, sizeof(*o));
#ifdef F_SETPIPE_SZ
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode))
		(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#endif
	o->fd = fd;
	o->name = name;
	o->n = 0;
	return o;
}

static void
write_all(struct out *o, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(o->fd, p, n);

		if (done < 0 && errno == EAGAIN)
			(void)poll(&(struct pollfd){o->fd, POLLOUT, 0}, 1, -1);
		else if (done < 0 && errno != EINTR)
			msg_die_errno("%s", o->name);
		if (done < 0)
			continue;
		p += done;
		n -= (size_t)done;
	}
}

void
out_write(struct out *o, struct slice s)
{
	if (s.n > ROOM - o->n) {
		out_flush(o);
		if (s.n >= ROOM) {
			write_all(o, s.p, s.n);
			return;
		}
	}
	if (s.n)
		memcpy(o->bytes + o->n, s.p, s.n);
	o->n += s.n;
}

void
out_flush(struct out *o)
{
	write_all(o, o->bytes, o->n);
	o->n = 0;
}

void
out_close(struct out *o)
{
	out_flush(o);
	free(o);
}

void
out_abandon(struct out *o)
{
	free(o);
}

void
out_text(struct buf *b, struct slice s)
{
	text_escape(b, s);
}

void
out_number(struct buf *b, int64_t value)
{
	b->n += num_write(buf_reserve(b, NUM_SIZE), value);
}

void
out_count(struct buf *b, uint64_t n)
{
	b->n += num_write_count(buf_reserve(b, NUM_SIZE), n);
}

void
out_time(struct buf *b, int64_t t)
{
	b->n += date_write(buf_reserve(b, DATE_SIZE), t);
}

void
out_day(struct buf *b, int64_t t)
{
	b->n += date_write_day(buf_reserve(b, DATE_SIZE), t);
}
