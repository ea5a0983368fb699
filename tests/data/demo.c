#include <stdio.h>
#include <stdlib.h>

#include "demo.h"
#include "demo_calls.h"
#include "demo_life.h"
#include "demo_people.h"
#include "demo_sheet.h"
#include "demo_tables.h"
#include "demo_world.h"

void
demo_generate(const char *directory)
{
	struct demo_world *w = calloc(1, sizeof(*w));

	if (w == NULL) {
		fputs("generate: out of memory\n", stderr);
		exit(2);
	}
	w->random.state = 20261121;
	w->now = moment_seconds(2026, 11, 21, 9, 0);
	demo_people_make(w);
	demo_life_make(w);
	demo_sheet_write(w, directory);
	demo_tables_write(w, directory);
	demo_calls_write(w, directory);
	free(w);
}
