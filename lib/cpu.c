#include "cpu.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Fastest first. */
static const char *const kinds[] = {
	"avx512", "avx2", "sse2", "neon", "portable",
};

static const char *chosen;
static pthread_once_t once = PTHREAD_ONCE_INIT;

bool
cpu_works(const char *kind)
{
#if defined(__x86_64__)
	bool avx2 = __builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("bmi") &&
		__builtin_cpu_supports("popcnt");

	if (strcmp(kind, "avx512") == 0)
		return avx2 && __builtin_cpu_supports("avx512f") &&
			__builtin_cpu_supports("avx512bw") &&
			__builtin_cpu_supports("avx512vl") &&
			__builtin_cpu_supports("avx512vbmi2");
	if (strcmp(kind, "avx2") == 0)
		return avx2;
	if (strcmp(kind, "sse2") == 0)
		return true;
#elif defined(__aarch64__)
	if (strcmp(kind, "neon") == 0)
		return true;
#endif
	return strcmp(kind, "portable") == 0;
}

static void
choose(void)
{
	const char *wanted = getenv("CRM_SCAN");
	size_t n = sizeof kinds / sizeof *kinds;

	for (size_t i = 0; i < n; i++)
		if (cpu_works(kinds[i]) &&
			(!chosen || (wanted && strcmp(kinds[i], wanted) == 0)))
			chosen = kinds[i];
}

const char *
cpu_kind(void)
{
	pthread_once(&once, choose);
	return chosen;
}
