/* Model files: written and read. */
#include "src/crm-score/modelfile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "msg.h"
#include "tap.h"

static char path[] = "/tmp/crm-model.XXXXXX";

static void
write_file(const char *text)
{
	FILE *f = fopen(path, "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		tap_ok(false, "cannot write %s", path);
}

static void
read_all(int fd, char *text, size_t size)
{
	size_t n = 0;
	ssize_t got;

	while (n + 1 < size && (got = read(fd, text + n, size - 1 - n)) > 0)
		n += (size_t)got;
	text[n] = '\0';
}

#define HEADER "model\tparameter\tvalue\tstderr\n"
#define MBG "mbgnbd\tr\t0.5248430476\t0.08326687796\n" \
	"mbgnbd\talpha\t6.183084628\t0.6956134947\n" \
	"mbgnbd\ta\t0.8913595011\t0.1547875901\n" \
	"mbgnbd\tb\t1.614002776\t0.5374845278\n" \
	"mbgnbd\tloglik\t-9582.135716\t\n" \
	"mbgnbd\tcustomers\t2357\t\n"
#define GAMMA "gammagamma\tp\t6.249571924\t1.190048715\n" \
	"gammagamma\tq\t3.744224837\t0.2901319565\n" \
	"gammagamma\tgamma\t15.44352298\t4.159399644\n" \
	"gammagamma\tloglik\t-4055.917695\t\n" \
	"gammagamma\tcustomers\t946\t\n"

static const char whole[] = HEADER MBG "mbgnbd\tunit\t7d\t\n"
	"mbgnbd\tas_of\t1997-09-30T23:59:59\t\n" GAMMA
	"gammagamma\tas_of\t1997-09-30T23:59:59\t\n";

static void
test_both_ways(void)
{
	struct modelfile m;
	struct out *out;
	FILE *f = tmpfile();
	char text[4096];

	write_file(whole);
	modelfile_read(path, 86400, &m);
	tap_ok(m.purchases.model == CLV_MBGNBD && m.unit == 604800 &&
		m.purchases.unit == 7 && m.purchases.value[3] == 1.614002776 &&
		m.purchases.error[0] == 0.08326687796 &&
		m.purchases.loglik == -9582.135716 &&
		m.purchases.customers == 2357, "purchases");
	tap_ok(m.has_spend && m.spend.model == CLV_GAMMAGAMMA &&
		m.spend.value[2] == 15.44352298 && m.spend.value[3] == 0 &&
		m.spend.customers == 946 && m.has_as_of &&
		m.as_of == 875663999, "spend, as-of");
	out = out_open(fileno(f), "model");
	modelfile_write(&m, out);
	out_close(out);
	lseek(fileno(f), 0, SEEK_SET);
	read_all(fileno(f), text, sizeof(text));
	tap_ok(strcmp(text, whole) == 0, "written as it was read");
	fclose(f);
}

/* Nothing but parameters, other columns, any order. */
static void
test_sparse(void)
{
	struct modelfile m;

	write_file("value\tnote\tparameter\tmodel\n"
		"11.668741\t\tbeta\tparetonbd\n"
		"0.6062401693\t\ts\tparetonbd\n"
		"10.57768329\tweeks\talpha\tparetonbd\n"
		"5.532770452e-1\t\tr\tparetonbd\n");
	modelfile_read(path, 129600, &m);
	tap_ok(m.purchases.model == CLV_PARETONBD && !m.has_spend &&
		!m.has_as_of && m.unit == 129600 && m.purchases.unit == 1.5 &&
		m.purchases.value[0] == 0.5532770452 &&
		m.purchases.value[3] == 11.668741 && isnan(m.purchases.loglik) &&
		isnan(m.purchases.error[2]) && m.purchases.customers == 0,
		"parameters alone");
}

static void
test_units(void)
{
	static const struct {
		const char *text;
		int64_t seconds; /* 0: none */
	} cases[] = {
		{"7d", 604800}, {"1w", 604800}, {"36h", 129600}, {"90m", 5400},
		{"45s", 45}, {"0d", 0}, {"7", 0}, {"d", 0}, {"", 0}, {"-7d", 0},
		{"7D", 0}, {"1mo", 0}, {"1.5d", 0}, {"99999999999d", 0},
	};
	int64_t seconds;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		tap_ok(modelfile_unit(slice_of(cases[i].text), &seconds) ==
			(cases[i].seconds > 0) && (cases[i].seconds == 0 ||
			seconds == cases[i].seconds), "unit \"%s\"",
			cases[i].text);
}

/* What the program says, in a process of its own, of a file that it refuses. */
static int
refuse(const char *text, char *said, size_t size)
{
	int pipes[2], status = -1;
	struct modelfile m;
	pid_t child;

	write_file(text);
	fflush(stdout);
	if (pipe(pipes) != 0)
		return -1;
	child = fork();
	if (child == 0) {
		dup2(pipes[1], 2);
		msg_open("crm-score");
		modelfile_read(path, 604800, &m);
		_exit(0);
	}
	close(pipes[1]);
	read_all(pipes[0], said, size);
	close(pipes[0]);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_refused(void)
{
	static const struct {
		const char *text, *said; /* after the path */
	} cases[] = {
		{HEADER MBG "nbd\tr\t1\t\n",
			":8: model: unknown model: \"nbd\"\n"},
		{HEADER MBG "mbgnbd\ts\t1\t\n",
			":8: parameter: the model has no such parameter: "
			"\"s\"\n"},
		{HEADER MBG "mbgnbd\tr\t1\t\n",
			":8: parameter: stands here twice: \"r\"\n"},
		{HEADER MBG "mbgnbd\tloglik\t1\t\n",
			":8: parameter: stands here twice: \"loglik\"\n"},
		{HEADER MBG "bgnbd\tr\t1\t\n",
			":8: model: a second model of purchases: \"bgnbd\"\n"},
		{HEADER MBG GAMMA "gammagamma\tunit\t7d\t\n",
			":13: parameter: the model has no such parameter: "
			"\"unit\"\n"},
		{HEADER "bgnbd\tb\t0\t\n",
			":2: value: not over 0: \"0\"\n"},
		{HEADER "bgnbd\ta\t-0.1\t\n",
			":2: value: not over 0: \"-0.1\"\n"},
		{HEADER "gammagamma\tgamma\t0\t\n",
			":2: value: not over 0: \"0\"\n"},
		{HEADER "bgnbd\tr\t0\t\n",
			":2: value: not over 0: \"0\"\n"},
		{HEADER "bgnbd\tr\t-2\t\n",
			":2: value: not over 0: \"-2\"\n"},
		{HEADER "bgnbd\tr\t1e19\t\n",
			":2: value: out of range: \"1e19\"\n"},
		{HEADER "bgnbd\tr\t\t\n", ":2: value: not over 0\n"},
		{HEADER "bgnbd\tr\tnan\t\n",
			":2: value: not a number: \"nan\"\n"},
		{HEADER "bgnbd\tr\t0x10\t\n",
			":2: value: not a number: \"0x10\"\n"},
		{HEADER "bgnbd\tr\t1e999\t\n",
			":2: value: not a number: \"1e999\"\n"},
		{HEADER "bgnbd\tr\t1,5\t\n",
			":2: value: not a number: \"1,5\"\n"},
		{HEADER "bgnbd\tr\t1\tx\n",
			":2: stderr: not a number: \"x\"\n"},
		{HEADER MBG "mbgnbd\tunit\t7\t\n",
			":8: value: not a duration: \"7\"\n"},
		{HEADER MBG "mbgnbd\tas_of\t1997\t\n",
			":8: value: not a time: \"1997\"\n"},
		{HEADER "mbgnbd\tcustomers\t1.5\t\n",
			":2: value: not a number of customers: \"1.5\"\n"},
		{HEADER MBG "gammagamma\tq\t0.9\t\n",
			":8: value: not over 1: the mean spend is not finite: "
			"\"0.9\"\n"},
		{HEADER "mbgnbd\tr\t1\t\nmbgnbd\talpha\t1\t\nmbgnbd\ta\t1\t\n",
			": mbgnbd has no row for b\n"},
		{HEADER MBG "gammagamma\tq\t2\t\n",
			": gammagamma has no row for p\n"},
		{HEADER GAMMA, ": no model of purchases: bgnbd, mbgnbd or "
			"paretonbd\n"},
		{"model\tparameter\nmbgnbd\tr\n", ": no column \"value\"\n"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char said[1024], want[1024];
		int status = refuse(cases[i].text, said, sizeof(said));

		snprintf(want, sizeof(want), "crm-score: %s%s", path,
			cases[i].said);
		tap_ok(status == 2 && strcmp(said, want) == 0,
			"refused %zu: %.*s", i, (int)strcspn(said, "\n"), said);
	}
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd < 0)
		return 1;
	close(fd);
	test_both_ways();
	test_sparse();
	test_units();
	test_refused();
	unlink(path);
	return tap_done();
}
