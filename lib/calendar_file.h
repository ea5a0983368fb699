#ifndef CALENDAR_FILE_H
#define CALENDAR_FILE_H

#include "calendar.h"

/**
 * calendar_file: what a calendar is made of, and how it is read. For
 * calendar.c alone.
 */

/** The working windows of a day: windows[first .. first + count), sorted and
 * disjoint. */
struct calendar_day {
	int64_t date; /* its midnight; of a weekday: unused */
	size_t first, count;
};

struct calendar {
	struct calendar_day week[7]; /* Monday first */
	int64_t week_seconds;        /* of working time in a plain week */
	struct calendar_day *days;   /* those unlike their weekday, by date */
	size_t day_count, day_room;
	struct calendar_span *windows; /* seconds of the day */
	size_t window_count, window_room;
};

/** calendar_file_read(path): as calendar_open. */
struct calendar *calendar_file_read(const char *path);

#endif
