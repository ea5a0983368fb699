#ifndef SEGMENTS_H
#define SEGMENTS_H

#include "expr.h"
#include "rules.h"

/**
 * segments: the rules of crm-segment (crm-rules(5)): records of segment, when.
 */
struct segments {
	struct rules *rules;
	size_t count;
	struct expr **when;
	struct slice *names; /* as fields: escaped */
	struct slice *texts; /* of the conditions */
	size_t *same;        /* the first rule with the same name */
	struct buf escaped;  /* holds names */
};

/** segments_preset(name): the text of a built-in set; p is null where there is
 * none of that name. */
struct slice segments_preset(const char *name);

/** segments_open(rules, scope): compiles them; owns rules from now on. Ends the
 * program on an error in a rule. */
struct segments *segments_open(struct rules *rules, struct expr_scope *scope);
void segments_close(struct segments *s); /* null is allowed */

/** segments_hint(error, text): where it is a figure that the input has not, the
 * message says where figures come from. */
void segments_hint(struct expr_error *error, struct slice text);

#endif
