#include "opt.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "mem.h"
#include "msg.h"

enum { FIRST_LONG = 256, MOST_JOBS = 1024 };

enum common {
	HELP, OPT_VERSION, OUTPUT, AS_OF, JOBS, QUIET, MESSAGES, COLUMNS,
	NO_HEADER, COMMON_COUNT
};

static const struct opt_entry common_entries[COMMON_COUNT] = {
	[OUTPUT] = {'o', "output", "FILE",
		"write to FILE: all of it or nothing"},
	[AS_OF] = {0, "as-of", "WHEN",
		"the clock: a date, a time, today, yesterday, now"},
	[JOBS] = {'j', "jobs", "N", "threads (default: all processors)"},
	[QUIET] = {'q', "quiet", NULL, "no summary, no progress"},
	[MESSAGES] = {0, "max-messages", "N",
		"messages about records to show (default 20)"},
	[COLUMNS] = {0, "columns", "NAMES",
		"the input has no header; these are its columns: a,b,c"},
	[NO_HEADER] = {0, "no-header", NULL, "print no header"},
	[HELP] = {'h', "help", NULL, "print this and exit"},
	[OPT_VERSION] = {'V', "version", NULL, "print the version and exit"},
};

static void
print_entry(const struct opt_entry *e)
{
	char left[64], letter[4] = "  ";
	const char *argument = e->argument ? e->argument : "";
	bool optional = argument[0] == '[';

	if (e->letter)
		snprintf(letter, sizeof(letter), "-%c", e->letter);
	snprintf(left, sizeof(left), "%s%c --%s%s%s", letter,
		e->letter ? ',' : ' ', e->name,
		e->argument && !optional ? "=" : "", argument);
	printf("  %-28s %s%s\n", left, strlen(left) > 28 ? "\n"
		"                               " : "", e->help);
}

static void
print_help(const struct opt_tool *tool)
{
	printf("usage: %s %s\n%s\n\n", msg_program(), tool->synopsis,
		tool->purpose);
	for (size_t i = 0; i < tool->count; i++)
		print_entry(&tool->entries[i]);
	for (int i = OUTPUT; i < COMMON_COUNT; i++)
		print_entry(&common_entries[i]);
	print_entry(&common_entries[HELP]);
	print_entry(&common_entries[OPT_VERSION]);
	printf("\nSee %s(1) and crm(7).\n", msg_program());
	exit(msg_close());
}

static void
print_version(void)
{
	printf("%s (crm-tools) %s\n", msg_program(), VERSION);
	exit(msg_close());
}

long
opt_number(const char *name, const char *text, long least, long most)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end == text || *end || errno || n < least || n > most ||
		isspace((unsigned char)text[0]))
		msg_usage("--%s: not a whole number from %ld to %ld: %s", name,
			least, most, text);
	return n;
}

static unsigned
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > MOST_JOBS ? MOST_JOBS : (unsigned)n;
}

static void
set_common(const struct opt_tool *tool, struct opt_common *common,
	enum common which, const char *argument)
{
	switch (which) {
	case HELP:
		print_help(tool);
		break;
	case OPT_VERSION:
		print_version();
		break;
	case OUTPUT:
		if (!*argument)
			msg_usage("--output: an empty name");
		common->output = argument;
		break;
	case AS_OF:
		common->as_of = argument;
		break;
	case JOBS:
		common->jobs = (unsigned)opt_number("jobs", argument, 1,
			MOST_JOBS);
		break;
	case QUIET:
		common->quiet = true;
		break;
	case MESSAGES:
		msg_limit((size_t)opt_number("max-messages", argument, 0,
			1000000000));
		break;
	case COLUMNS:
		if (strpbrk(argument, "\t\r\n"))
			msg_usage("--columns: a tab or line end in a name");
		common->columns = argument;
		break;
	case NO_HEADER:
		common->no_header = true;
		break;
	case COMMON_COUNT:
		break;
	}
}

static int
kind_of_argument(const struct opt_entry *e)
{
	return !e->argument ? no_argument
		: e->argument[0] == '[' ? optional_argument : required_argument;
}

/* The two tables as getopt_long wants them; val is FIRST_LONG + number, the
 * common ones after the tool's. */
static void
make_tables(const struct opt_tool *tool, struct option *longs, char *shorts)
{
	size_t n = 0;

	*shorts++ = ':';
	for (size_t i = 0; i < tool->count + COMMON_COUNT; i++) {
		const struct opt_entry *e = i < tool->count ? &tool->entries[i]
			: &common_entries[i - tool->count];
		int kind = kind_of_argument(e);

		longs[n++] = (struct option){e->name, kind, NULL,
			FIRST_LONG + (int)i};
		if (e->letter) {
			*shorts++ = e->letter;
			if (kind != no_argument)
				*shorts++ = ':';
			if (kind == optional_argument)
				*shorts++ = ':';
		}
	}
	longs[n] = (struct option){0};
	*shorts = '\0';
}

static size_t
entry_of_letter(const struct opt_tool *tool, int letter)
{
	for (size_t i = 0; i < tool->count; i++)
		if (tool->entries[i].letter == letter)
			return i;
	for (size_t i = 0; i < COMMON_COUNT; i++)
		if (common_entries[i].letter == letter)
			return tool->count + i;
	return SIZE_MAX;
}

_Noreturn static void
refuse(int found, char **argv)
{
	const char *word = argv[optind - 1];

	if (found == ':')
		msg_usage("option %s needs an argument", word);
	if (optopt > 0 && optopt < FIRST_LONG)
		msg_usage("unknown option -%c", optopt);
	if (optopt >= FIRST_LONG)
		msg_usage("option %s takes no argument", word);
	msg_usage("unknown option %s", word);
}

/* A closed standard input, output or error would hand its number to the next
 * file that is opened. They are opened so that using them still fails. */
static void
keep_standard_files(void)
{
	static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
			exit(2);
}

/* A file that grows past a limit is then a write that fails, with a message.
 * All inputs are open at once: as many as the system allows, not as few as
 * shells begin with. */
static void
survive_limits(void)
{
	struct rlimit files;

#ifdef SIGXFSZ
	signal(SIGXFSZ, SIG_IGN);
#endif
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 &&
		files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
}

int
opt_parse(const struct opt_tool *tool, struct opt_common *common, int argc,
	char **argv)
{
	struct option *longs = mem_zero(tool->count + COMMON_COUNT + 1,
		sizeof(*longs));
	char *shorts = mem_alloc(3 * (tool->count + COMMON_COUNT) + 2, 1);
	int found;

	keep_standard_files();
	survive_limits();
	msg_open(argc > 0 ? argv[0] : NULL);
	*common = (struct opt_common){.jobs = processors()};
	make_tables(tool, longs, shorts);
	opterr = 0;
	while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		size_t i;

		if (found == '?' || found == ':')
			refuse(found, argv);
		i = found >= FIRST_LONG ? (size_t)(found - FIRST_LONG)
			: entry_of_letter(tool, found);
		if (i < tool->count)
			tool->set(tool->to, i, optarg);
		else
			set_common(tool, common, (enum common)(i - tool->count),
				optarg);
	}
	free(longs);
	free(shorts);
	return optind;
}
