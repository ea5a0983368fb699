#ifndef FUZZ_H
#define FUZZ_H

#undef NDEBUG
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * fuzz: what the fuzz targets share (libFuzzer, `make fuzz`).
 *
 * A target is a file with LLVMFuzzerTestOneInput, whose assertions are what must
 * hold for any bytes, and fuzz_seeds, null at the end: texts to start from, which
 * are written into the first folder that the command line names.
 */
extern const char *const fuzz_seeds[];

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct slice
fuzz_text(const uint8_t *data, size_t size)
{
	return (struct slice){(const char *)data, size};
}

#endif
