#define _GNU_SOURCE
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "msg.h"

enum { MOST_LINKS = 40 };

struct store {
	struct out *out;
	int fd;
	char *path;      /* the file itself, links followed; null: fd given */
	char *temporary; /* null: written directly */
	struct store *next;
};

struct store_lock {
	int fd;
};

/* Temporary files to be removed if the program ends before they are
 * committed. */
static struct store *open_stores;
static pthread_mutex_t stores_lock = PTHREAD_MUTEX_INITIALIZER;

static void
remove_temporaries(void)
{
	for (struct store *s = open_stores; s; s = s->next)
		if (s->temporary)
			unlink(s->temporary);
}

static void
on_signal(int number)
{
	remove_temporaries();
	signal(number, SIG_DFL);
	raise(number);
}

static void
watch_end(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};

	atexit(remove_temporaries);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct sigaction old;

		if (sigaction(signals[i], NULL, &old) == 0 &&
			old.sa_handler == SIG_DFL) {
			old = (struct sigaction){.sa_handler = on_signal};
			sigaction(signals[i], &old, NULL);
		}
	}
}

static void
remember(struct store *s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, watch_end);
	pthread_mutex_lock(&stores_lock);
	s->next = open_stores;
	open_stores = s;
	pthread_mutex_unlock(&stores_lock);
}

static void
forget(struct store *s)
{
	pthread_mutex_lock(&stores_lock);
	for (struct store **p = &open_stores; *p; p = &(*p)->next)
		if (*p == s) {
			*p = s->next;
			break;
		}
	pthread_mutex_unlock(&stores_lock);
}

/* Where the name ends: symbolic links followed one by one, so that a link to a
 * file that does not exist yet makes that file. What is no file is left to the
 * system, which alone can follow /dev/stdout to a pipe. */
static char *
follow(const char *path)
{
	char *at = mem_copy(slice_of(path));
	struct stat st;

	if (!*path)
		msg_die("an empty file name");
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return at;
	for (int i = 0; i < MOST_LINKS; i++) {
		char target[4096];
		ssize_t n = readlink(at, target, sizeof(target) - 1);
		const char *slash = strrchr(at, '/');
		size_t folder;
		char *next;

		if (n < 0)
			return at;
		folder = slash && target[0] != '/'
			? (size_t)(slash - at) + 1 : 0;
		next = mem_alloc(folder + (size_t)n + 1, 1);
		memcpy(next, at, folder);
		memcpy(next + folder, target, (size_t)n);
		next[folder + (size_t)n] = '\0';
		free(at);
		at = next;
	}
	errno = ELOOP;
	msg_die_errno("%s", path);
}

static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* PATH/.NAME + suffix */
static char *
beside(const char *path, const char *suffix)
{
	size_t folder = folder_length(path), n = strlen(path) + strlen(suffix) + 2;
	char *name = mem_alloc(n, 1);

	snprintf(name, n, "%.*s.%s%s", (int)folder, path, path + folder, suffix);
	return name;
}

static char *
folder_of(const char *path)
{
	size_t n = folder_length(path);

	return n ? mem_copy((struct slice){path, n}) : mem_copy(slice_of("."));
}

/* A temporary is .NAME.tmp.XXXXXX and locked by its writer as long as that
 * lives: one that can be locked was left by a program that was killed. */
static void
remove_stale(const char *path)
{
	char *prefix = beside(path + folder_length(path), ".tmp.");
	char *folder = folder_of(path);
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		int fd;

		if (strncmp(e->d_name, prefix, strlen(prefix)) != 0)
			continue;
		fd = openat(dirfd(d), e->d_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
		if (fd < 0)
			continue;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			unlinkat(dirfd(d), e->d_name, 0);
		close(fd);
	}
	if (d)
		closedir(d);
	free(folder);
	free(prefix);
}

static void
open_temporary(struct store *s, const struct stat *old)
{
	mode_t mask = umask(0);
	struct stat made;

	umask(mask);
	remove_stale(s->path);
	remember(s);
	/* until it is locked another program may take it for a stale one */
	do {
		char *before = s->temporary;

		s->temporary = beside(s->path, ".tmp.XXXXXX");
		free(before);
		s->fd = mkostemp(s->temporary, O_CLOEXEC);
		if (s->fd < 0)
			msg_die_errno("%s", s->path);
		(void)flock(s->fd, LOCK_EX);
		if (fstat(s->fd, &made))
			msg_die_errno("%s", s->temporary);
	} while (made.st_nlink == 0 && close(s->fd) == 0);
	if (old) {
		/* only root may give the file to its old owner: try */
		if (fchown(s->fd, old->st_uid, old->st_gid) != 0)
			(void)fchown(s->fd, (uid_t)-1, old->st_gid);
		if (fchmod(s->fd, old->st_mode & 07777))
			msg_die_errno("%s", s->temporary);
	} else if (fchmod(s->fd, 0600 & ~mask)) {
		msg_die_errno("%s", s->temporary);
	}
}

/* The names of what the program was started with: where it is a file, others may
 * write to it too, and it must not be replaced under them. */
static int
inherited(const char *path)
{
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		size_t n = strlen(folders[i]);

		if (strncmp(path, folders[i], n) == 0 && path[n] &&
			strspn(path + n, "0123456789") == strlen(path + n))
			return atoi(path + n);
	}
	return -1;
}

static void
open_directly(struct store *s)
{
	s->fd = open(s->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (s->fd < 0)
		msg_die_errno("%s", s->path);
}

struct store *
store_open(const char *path)
{
	struct store *s = mem_zero(1, sizeof(*s));
	struct stat st;

	if (!path || strcmp(path, "-") == 0) {
		s->fd = STDOUT_FILENO;
		s->out = out_open(s->fd, "standard output");
		return s;
	}
	s->fd = inherited(path);
	if (s->fd >= 0) {
		s->path = mem_copy(slice_of(path));
		s->fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0);
		if (s->fd < 0)
			msg_die_errno("%s", path);
		s->out = out_open(s->fd, s->path);
		return s;
	}
	s->path = follow(path);
	if (stat(s->path, &st) == 0) {
		if (S_ISDIR(st.st_mode)) {
			errno = EISDIR;
			msg_die_errno("%s", path);
		}
		if (S_ISREG(st.st_mode)) {
			if (access(s->path, W_OK))
				msg_die_errno("%s", path);
			open_temporary(s, &st);
		} else {
			open_directly(s);
		}
	} else if (errno == ENOENT) {
		open_temporary(s, NULL);
	} else {
		msg_die_errno("%s", path);
	}
	s->out = out_open(s->fd, s->path);
	return s;
}

struct out *
store_out(struct store *s)
{
	return s->out;
}

static void
sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd); /* not every file system can */
		close(fd);
	}
	free(folder);
}

static void
release(struct store *s)
{
	free(s->temporary);
	free(s->path);
	free(s);
}

void
store_prepare(struct store *s, struct stat *made)
{
	out_flush(s->out);
	if ((s->temporary && fsync(s->fd)) || fstat(s->fd, made))
		msg_die_errno("%s", s->path ? s->path : "standard output");
}

void
store_commit(struct store *s)
{
	out_close(s->out);
	if (s->temporary) {
		if (fsync(s->fd))
			msg_die_errno("%s", s->path);
		if (rename(s->temporary, s->path))
			msg_die_errno("%s", s->path);
		forget(s);
		sync_folder(s->path);
	}
	if (s->path && close(s->fd))
		msg_die_errno("%s", s->path);
	release(s);
}

void
store_abandon(struct store *s)
{
	if (s->temporary) {
		unlink(s->temporary);
		forget(s);
	}
	if (s->path)
		close(s->fd);
	out_abandon(s->out);
	release(s);
}

/* -1: what is no regular file needs no lock, and where it stands (/dev) is no
 * place for one. */
static int
open_lock(const char *path)
{
	char *real = follow(path), *name = beside(real, ".lock");
	struct stat st;
	int fd = -1;

	if (stat(real, &st) != 0 || S_ISREG(st.st_mode)) {
		fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0)
			msg_die_errno("%s", path);
	}
	free(name);
	free(real);
	return fd;
}

bool
store_lock(const char *path, bool wait, struct store_lock **lock)
{
	int fd = open_lock(path);
	bool locked = fd < 0;

	while (!locked && !(locked = flock(fd, wait ? LOCK_EX :
		LOCK_EX | LOCK_NB) == 0)) {
		if (errno == EINTR)
			continue;
		if (wait || errno != EWOULDBLOCK)
			msg_die_errno("%s", path);
		close(fd);
		return false;
	}
	*lock = mem_zero(1, sizeof(**lock));
	(*lock)->fd = fd;
	return true;
}

void
store_unlock(struct store_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	free(lock);
}
