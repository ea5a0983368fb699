#ifndef MSG_LINE_H
#define MSG_LINE_H

#include <stddef.h>

/**
 * msg_line: for msg.c alone: how a line gets to standard error, with one
 * write(2), and what is escaped in it.
 *
 * msg_line_say(program, text): "PROGRAM: TEXT", escaped. msg_line_put(p, n): as it
 * is. msg_line_hold(): from now on lines wait; msg_line_release(): they are
 * said; msg_line_forget(): they are not. Safe from many threads.
 */
enum { MSG_LINE_SIZE = 2688 }; /* most bytes of one, before it is escaped */

void msg_line_say(const char *program, const char *text);
void msg_line_put(const char *p, size_t n);
void msg_line_hold(void);
void msg_line_release(void);
void msg_line_forget(void);

#endif
