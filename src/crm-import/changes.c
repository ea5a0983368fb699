#include "changes.h"

#include <stdlib.h>

#include "mem.h"

void
changes_open(struct changes *c, uint32_t loaded, bool traced)
{
	*c = (struct changes){.traced = traced, .loaded = loaded};
	c->of = mem_zero((size_t)loaded + 1, sizeof *c->of);
}

void
changes_close(struct changes *c)
{
	free(c->of);
	free(c->items);
	free(c->newest);
	free(c->traces);
}

void
changes_update(struct changes *c, uint32_t record, struct slice before)
{
	if (record >= c->loaded)
		return;
	if (c->of[record] == 0) {
		if (c->count == c->room) {
			c->room = 2 * c->room + 64;
			c->items = mem_resize(c->items, c->room,
				sizeof *c->items);
		}
		c->items[c->count] = (struct changes_item){record, 0, before};
		c->of[record] = (uint32_t)++c->count;
	}
	c->items[c->of[record] - 1].updates++;
}

static void
make_room(struct changes *c, uint32_t record)
{
	if (record >= c->newest_room) {
		size_t room = (size_t)record + record / 2 + 1024;

		c->newest = mem_resize(c->newest, room, sizeof *c->newest);
		for (size_t i = c->newest_room; i < room; i++)
			c->newest[i] = 0;
		c->newest_room = room;
	}
	if (c->trace_count == c->trace_room) {
		c->trace_room = 2 * c->trace_room + 1024;
		c->traces = mem_resize(c->traces, c->trace_room,
			sizeof *c->traces);
	}
}

void
changes_trace_row(struct changes *c, uint32_t record, uint32_t column,
	struct changes_row row)
{
	if (!c->traced)
		return;
	make_room(c, record);
	c->traces[c->trace_count++] = (struct changes_trace){row, column,
		c->newest[record]};
	c->newest[record] = (uint32_t)c->trace_count;
}

struct changes_row
changes_row_of(const struct changes *c, uint32_t record, uint32_t column)
{
	uint32_t at = record < c->newest_room ? c->newest[record] : 0;

	for (; at > 0; at = c->traces[at - 1].before)
		if (c->traces[at - 1].column == column ||
			c->traces[at - 1].column == CHANGES_ALL)
			return c->traces[at - 1].row;
	return (struct changes_row){0, 0};
}

const struct slice *
changes_before(const struct changes *c, uint32_t record)
{
	return record < c->loaded && c->of[record]
		? &c->items[c->of[record] - 1].before : NULL;
}
