#ifndef CPU_H
#define CPU_H

#include <stdbool.h>

/**
 * cpu: which of the ways that look at many bytes at once this processor has.
 *
 * cpu_kind(): "avx512" (with F, BW, VL and VBMI2), "avx2" (with BMI and POPCNT),
 * "sse2", "neon" or "portable": the fastest one, chosen once; or what the
 * environment variable CRM_SCAN names, if that works here (for tests).
 * cpu_works(kind): whether it does.
 */
const char *cpu_kind(void);
bool cpu_works(const char *kind);

#endif
