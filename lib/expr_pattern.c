#include "expr_node.h"

#include <regex.h>
#include <stdlib.h>

struct expr_pattern {
	struct expr_pattern *next;
	bool plain;      /* no sign of a regular expression but at the ends */
	bool start, end; /* "^" and "$" */
	struct slice text;
	regex_t regex;
};

bool
expr_pattern_in(struct slice text, struct slice part)
{
	const char *p = text.p, *end;

	if (part.n == 0 || part.n > text.n)
		return part.n == 0;
	end = text.p + (text.n - part.n) + 1;
	while ((p = memchr(p, part.p[0], (size_t)(end - p))) != NULL) {
		if (memcmp(p, part.p, part.n) == 0)
			return true;
		if (++p == end)
			break;
	}
	return false;
}

/* Most patterns are plain words, which need no regular expression. */
static bool
plain(struct expr_pattern *pattern, struct slice s)
{
	size_t i;

	pattern->start = s.n > 0 && s.p[0] == '^';
	if (pattern->start)
		s = (struct slice){s.p + 1, s.n - 1};
	pattern->end = s.n > 0 && s.p[s.n - 1] == '$';
	if (pattern->end)
		s.n--;
	for (i = 0; i < s.n; i++) {
		if (strchr("\\.[](){}*+?|^$", s.p[i]) != NULL)
			return false;
	}
	pattern->text = s;
	return s.n > 0;
}

const struct expr_pattern *
expr_pattern_new(struct expr_parser *p, size_t at, struct slice text)
{
	struct expr_pattern *pattern;
	char why[128], *string;
	int status;

	pattern = mem_pool_get(&p->scope->pool, sizeof(*pattern));
	*pattern = (struct expr_pattern){0};
	pattern->plain = plain(pattern, text);
	if (pattern->plain)
		return pattern;
	string = mem_copy(text);
	status = regcomp(&pattern->regex, string, REG_EXTENDED | REG_NOSUB);
	free(string);
	if (status != 0) {
		regerror(status, &pattern->regex, why, sizeof(why));
		return expr_fail(p, at, "bad pattern: %s", why);
	}
	pattern->next = p->scope->patterns;
	p->scope->patterns = pattern;
	return pattern;
}

static bool
plain_match(const struct expr_pattern *pattern, struct slice s)
{
	size_t n = pattern->text.n;

	if (!pattern->start && !pattern->end)
		return expr_pattern_in(s, pattern->text);
	if (s.n < n || (pattern->start && pattern->end && s.n != n))
		return false;
	return memcmp(pattern->start ? s.p : s.p + (s.n - n), pattern->text.p,
		n) == 0;
}

int
expr_pattern_match(const struct expr_pattern *pattern, struct expr_env *env,
	struct slice s)
{
	struct buf *b = &env->scratch;
	char *string;

	if (pattern->plain)
		return plain_match(pattern, s);
	if (!expr_eval_room(env, s.n + 1))
		return -1;
	string = b->p + b->n;
	memcpy(string, s.p, s.n);
	string[s.n] = '\0';
	return regexec(&pattern->regex, string, 0, NULL, 0) == 0;
}

void
expr_pattern_free(struct expr_pattern *first)
{
	for (; first != NULL; first = first->next)
		regfree(&first->regex);
}
