#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
write_seed(const char *folder, size_t i)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/seed-%zu", folder, i);
	file = fopen(path, "w");
	if (!file || fwrite(fuzz_seeds[i], 1, strlen(fuzz_seeds[i]), file) !=
		strlen(fuzz_seeds[i]) || fclose(file) != 0) {
		perror(path);
		exit(2);
	}
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int folder = 1;

	while (folder < *argc && (*argv)[folder][0] == '-')
		folder++;
	for (size_t i = 0; folder < *argc && fuzz_seeds[i]; i++)
		write_seed((*argv)[folder], i);
	return 0;
}
