#include "targets.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "msg.h"

static bool
same_place(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool
find_folder(const char *path, struct stat *st)
{
	size_t n = (size_t)(last_part(path) - path);
	char *folder = mem_copy(n ? (struct slice){path, n} : slice_of("."));
	bool found = stat(folder, st) == 0;

	free(folder);
	return found;
}

static bool
standard(const char *path)
{
	return strcmp(path, "-") == 0;
}

static bool
find(const char *path, struct stat *st)
{
	return standard(path) ? fstat(STDOUT_FILENO, st) == 0
		: stat(path, st) == 0;
}

/* Devices may be named twice, but what follows in a pipe reads one stream.
 * Files that are not there yet are told by their folder and name. */
static bool
same(const char *a, const char *b)
{
	struct stat one, other;
	bool exist[2] = {find(a, &one), find(b, &other)};

	if (standard(a) && standard(b))
		return true;
	if (exist[0] && exist[1])
		return (S_ISREG(one.st_mode) || ((standard(a) || standard(b)) &&
			S_ISFIFO(one.st_mode))) && same_place(&one, &other);
	return !exist[0] && !exist[1] &&
		strcmp(last_part(a), last_part(b)) == 0 &&
		find_folder(a, &one) && find_folder(b, &other) &&
		same_place(&one, &other);
}

void
targets_check(const struct target *targets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (targets[i].path && targets[k].path &&
				same(targets[i].path, targets[k].path))
				msg_usage("--%s and --%s: %s for both",
					targets[k].option, targets[i].option,
					standard(targets[k].path)
					? "standard output" : "one file");
}
