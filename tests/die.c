/* For LD_PRELOAD: the program is killed before its $DIE_AT-th call of those that
 * change files, or, with $DIE_HALF, when half of a write is done. */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

static int
is_time(void)
{
	static int calls;
	const char *at = getenv("DIE_AT");

	return at && ++calls == atoi(at);
}

static void
die(void)
{
	kill(getpid(), SIGKILL);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	struct iovec part = {(void *)p, n};

	if (is_time()) {
		part.iov_len = n / 2;
		if (getenv("DIE_HALF"))
			(void)!writev(fd, &part, 1);
		die();
	}
	return writev(fd, &part, 1);
}

int
fsync(int fd)
{
	if (is_time())
		die();
	return fdatasync(fd);
}

int
rename(const char *from, const char *to)
{
	if (is_time())
		die();
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int
unlink(const char *path)
{
	if (is_time())
		die();
	return unlinkat(AT_FDCWD, path, 0);
}

int
open(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode = 0;

	va_start(list, flags);
	if (flags & O_CREAT)
		mode = va_arg(list, mode_t);
	va_end(list);
	if ((flags & O_CREAT) && is_time())
		die();
	return openat(AT_FDCWD, path, flags, mode);
}
