#ifndef EXPR_NODE_H
#define EXPR_NODE_H

#include "date.h"
#include "expr.h"

/**
 * expr_node: what the files of expr share; nobody else includes it.
 *
 *   expr_lex       text -> tokens
 *   expr_parse     tokens -> a tree, by precedence
 *   expr_name      a bare word -> column or given value
 *   expr_call      a function; expr_relation, expr_aggregate, expr_form: theirs
 *   expr_type      operators: what fits, and constants folded at once
 *   expr_pattern   regular expressions
 *   expr_eval      conditions on a record; expr_value: columns and values;
 *                  expr_arithmetic and expr_function: what is done with them;
 *                  expr_decay: a power of two
 *   expr_known     conditions of which only some columns are known
 *   expr_share     parts that several expressions have
 *   expr           the contract of expr.h over all of them
 *
 * A tree is typed when it is made: every operation knows what its parts are,
 * and nothing is checked again for a record.
 */
enum expr_op {
	/* any type */
	NODE_CONSTANT,
	NODE_GIVEN,
	NODE_AGGREGATE,
	NODE_ELSE, /* a ?? b */
	NODE_IF,   /* if(a, b), if(a, b, c) */
	NODE_SHARED, /* part 0, computed once for a row; of no text */
	/* conditions */
	NODE_AND,
	NODE_OR,
	NODE_AND_WHOLE, /* every part is looked at, for rate() */
	NODE_OR_WHOLE,
	NODE_NOT,
	NODE_COMPARE,      /* all but text */
	NODE_COMPARE_TEXT,
	NODE_IS,           /* a text column == or != a literal */
	NODE_AMONG,        /* a text column in literals */
	NODE_IN,           /* part 0 in the others */
	NODE_IN_TEXT,
	NODE_MATCH,
	NODE_EMPTY,
	NODE_CONTAINS,
	NODE_STARTS,
	NODE_GTIN,
	NODE_HAS,
	/* text */
	NODE_COLUMN,
	NODE_YEARMONTH,
	NODE_LOWER,
	NODE_UPPER,
	/* numbers, times, durations, periods */
	NODE_COLUMN_NUMBER,
	NODE_COLUMN_TIME,
	NODE_READ_NUMBER, /* of a text */
	NODE_READ_TIME,
	NODE_ADD,
	NODE_SUBTRACT,
	NODE_ADD_MONTHS,      /* time + period */
	NODE_SUBTRACT_MONTHS,
	NODE_MULTIPLY,
	NODE_SCALE,           /* duration * number */
	NODE_REPEAT,          /* period * number */
	NODE_DIVIDE,
	NODE_PORTION,         /* duration / number */
	NODE_RATIO,           /* duration / duration */
	NODE_REMAINDER,
	NODE_NEGATE,
	NODE_COUNT,
	NODE_FIRST,
	NODE_LAST,
	NODE_SUM,
	/* functions, in expr_function */
	NODE_YEAR,
	NODE_MONTH,
	NODE_DAY,
	NODE_HOUR,
	NODE_WEEKDAY,
	NODE_DATE,
	NODE_DAYS,
	NODE_HOURS,
	NODE_MINUTES,
	NODE_MIN,
	NODE_MAX,
	NODE_ABS,
	NODE_FLOOR,
	NODE_ROUND,
	NODE_CENTS, /* money() */
	NODE_SQRT,
	NODE_LENGTH,
	NODE_ANNIVERSARY,
	NODE_WORK,
	NODE_WORKTIME,
	NODE_DECAY,
};

enum expr_compare {
	COMPARE_EQUAL,
	COMPARE_UNEQUAL,
	COMPARE_LESS,
	COMPARE_LESS_EQUAL,
	COMPARE_GREATER,
	COMPARE_GREATER_EQUAL,
};

struct expr_node {
	enum expr_op op;
	enum expr_type type;
	enum expr_compare compare; /* NODE_MATCH: == for ~, != for !~ */
	bool money;
	bool missing;         /* of a constant */
	bool day;             /* a column with a birthday in it */
	bool days;            /* a duration written in days or weeks */
	unsigned depth;
	size_t table, column; /* column: also of a given, aggregate, relation,
	                         shared value */
	int64_t i;            /* of a constant */
	struct date_civil as_of; /* NODE_ANNIVERSARY */
	struct slice s;       /* of a constant; NODE_IS: the literal */
	struct slice source;  /* columns and relations: as they are written */
	const struct expr_node **part;
	size_t parts;
	const struct expr_pattern *pattern;
	const struct calendar *calendar;
};

struct expr {
	const struct expr_node *root;
	struct slice text;                /* in the pool */
	const struct expr_node **mention; /* columns, givens, relations */
	size_t mentions;
	bool holds;                       /* work or worktime occurs */
};

enum expr_token_kind {
	TOKEN_WRONG, /* not a token: the error is set */
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_TIME,
	TOKEN_DURATION,
	TOKEN_PERIOD,
	TOKEN_TEXT,
	TOKEN_NAME, /* customer.name is one too */
	TOKEN_OR,
	TOKEN_AND,
	TOKEN_NOT,
	TOKEN_IN,
	TOKEN_TRUE,
	TOKEN_FALSE,
	TOKEN_ASOF,
	TOKEN_EQUAL,
	TOKEN_UNEQUAL,
	TOKEN_LESS,
	TOKEN_LESS_EQUAL,
	TOKEN_GREATER,
	TOKEN_GREATER_EQUAL,
	TOKEN_MATCH,
	TOKEN_NO_MATCH,
	TOKEN_ELSE,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_TIMES,
	TOKEN_OVER,
	TOKEN_PERCENT,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_COMMA,
};

struct expr_token {
	enum expr_token_kind kind;
	size_t at;      /* byte in the text */
	struct slice s; /* as written; TOKEN_TEXT: what is in the quotes */
	int64_t i;      /* the value of a literal */
	bool days;      /* TOKEN_DURATION: in days or weeks */
};

/** What a bare word means. */
enum expr_place {
	PLACE_ROW,     /* a column of tables[0], or given */
	PLACE_SHOW,    /* outside the arguments of aggregates: given */
	PLACE_RELATED, /* in the condition of a relation: a column of related */
};

struct expr_parser {
	struct expr_scope *scope;
	struct slice text;
	size_t next;              /* byte after the token */
	size_t end;               /* byte after the token before */
	struct expr_token token;
	enum expr_place place;
	bool whole;               /* inside rate() */
	unsigned depth;
	struct expr *into;        /* gets the mentions */
	struct expr_error *error;
	bool failed;
};

/** expr_fail(p, at, format, ...): sets the error, unless one is set already.
 * Returns null, for the caller to return. */
void *expr_fail(struct expr_parser *p, size_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** expr_shown(s): how many bytes of s go into a message (for "%.*s"). */
int expr_shown(struct slice s);

/* Tokens. expr_lex_peek: the byte that begins the token after this one, or 0.
 * expr_lex_symbol: the first character of a word that is no letter, digit or
 * "_": where, or word.n. expr_lex_name: the length of the name s begins with. */
void expr_lex_next(struct expr_parser *p);
char expr_lex_peek(const struct expr_parser *p);
size_t expr_lex_symbol(struct slice word);
size_t expr_lex_name(struct slice s);

/* The tree. What returns a node returns null where the error is set.
 * expr_parse_all: to the end of the text. */
struct expr_node *expr_parse(struct expr_parser *p);
struct expr_node *expr_parse_all(struct expr_parser *p);
/** expr_parse_take(p, kind, what): goes past a token of the kind; else fails
 * with `expected WHAT`. */
bool expr_parse_take(struct expr_parser *p, enum expr_token_kind kind,
	const char *what);

struct expr_node *expr_name(struct expr_parser *p, struct expr_token word);
/** expr_name_symbol(p, word): true, and the error set, where the word holds a
 * sign of an input method: it was meant as an operator or a quote. */
bool expr_name_symbol(struct expr_parser *p, struct expr_token word);
/** expr_name_suggest(p, word, names, n, what): fails with `unknown WHAT "word"
 * (did you mean ...?)`. */
void *expr_name_suggest(struct expr_parser *p, struct expr_token word,
	const struct slice *names, size_t n, const char *what);
/** expr_name_column(p, name, in_data, source): the bare column of that name;
 * null, and nothing set, where there is none. in_data: nor where the data has
 * it not. */
struct expr_node *expr_name_column(struct expr_parser *p, struct slice name,
	bool in_data, struct slice source);
struct expr_node *expr_call(struct expr_parser *p, struct expr_token name);

/* They are called behind the "(". False, and nothing done, where the name is
 * none of theirs. *node is null where the error is set. */
bool expr_relation_call(struct expr_parser *p, struct expr_token name,
	struct expr_node **node);
bool expr_aggregate_call(struct expr_parser *p, struct expr_token name,
	struct expr_node **node);
bool expr_form_call(struct expr_parser *p, struct expr_token name,
	struct expr_node **node);

/** expr_relation_part(op): what the operation asks of its relation
 * (expr_part); 0: it is none of a relation. */
unsigned expr_relation_part(enum expr_op op);

/** Names for "did you mean": the i-th, or null. */
const char *expr_relation_named(size_t i);
const char *expr_aggregate_named(size_t i);

/* Nodes. */
struct expr_node *expr_node_new(struct expr_parser *p, enum expr_op op,
	enum expr_type type);
struct expr_node *expr_node_constant(struct expr_parser *p,
	enum expr_type type, int64_t i);
struct expr_node *expr_node_text(struct expr_parser *p, struct slice s);
bool expr_node_add(struct expr_parser *p, struct expr_node *n,
	const struct expr_node *part);
/** expr_node_fold(p, n): n, or a constant where all its parts are. */
struct expr_node *expr_node_fold(struct expr_parser *p, struct expr_node *n);
void expr_node_mention(struct expr_parser *p, struct expr_node *n);

/* Operators, checked. at: of the operator. */
struct expr_node *expr_type_binary(struct expr_parser *p,
	struct expr_token operator, struct expr_node *a, struct expr_node *b);
struct expr_node *expr_type_compare(struct expr_parser *p,
	struct expr_token operator, struct expr_node *a, struct expr_node *b);
struct expr_node *expr_type_in(struct expr_parser *p, size_t at,
	struct expr_node *list);
struct expr_node *expr_type_match(struct expr_parser *p,
	struct expr_token operator, struct expr_node *a, struct expr_node *b,
	size_t b_at);
struct expr_node *expr_type_else(struct expr_parser *p, size_t at,
	struct expr_node *a, struct expr_node *b);
struct expr_node *expr_type_negate(struct expr_parser *p, size_t at,
	struct expr_node *a);
/** expr_type_read(p, n, type): n, a text that is not a literal, read as a number
 * or a time. */
struct expr_node *expr_type_read(struct expr_parser *p, struct expr_node *n,
	enum expr_type type);

/* Regular expressions. */
const struct expr_pattern *expr_pattern_new(struct expr_parser *p, size_t at,
	struct slice text);
bool expr_pattern_in(struct slice text, struct slice part);
/** 1 matches, 0 does not, -1 as expr_eval_room. */
int expr_pattern_match(const struct expr_pattern *pattern,
	struct expr_env *env, struct slice s);
void expr_pattern_free(struct expr_pattern *first);

/*
 * Evaluation: 1 and the value, 0 missing, -1 bad; of a condition 1, 0, -1.
 * expr_eval_room(env, n): false where the scratch had to grow: what points
 * into it is gone, so the caller returns -1 and expr_eval_node begins again
 * (bad_why is null then).
 */
/** Of a function that others only hand over to: they keep no registers for it. */
#define EXPR_APART __attribute__((noinline))

int expr_eval_true(const struct expr_node *n, struct expr_env *env);
int expr_eval_number(const struct expr_node *n, struct expr_env *env,
	int64_t *i);
/** expr_eval_chosen(n, env, status): the part of an if() that counts; null: none
 * does, and *status is 0 or -1. */
const struct expr_node *expr_eval_chosen(const struct expr_node *n,
	struct expr_env *env, int *status);
int expr_eval_text(const struct expr_node *n, struct expr_env *env,
	struct slice *s);
bool expr_eval_room(struct expr_env *env, size_t n);
int expr_eval_bad(const struct expr_node *column, struct expr_env *env,
	const char *why);
bool expr_eval_node(const struct expr_node *n, struct expr_env *env,
	struct expr_value *value);
int expr_arithmetic(const struct expr_node *n, struct expr_env *env,
	int64_t *i);
int expr_function(const struct expr_node *n, struct expr_env *env,
	int64_t *i);
/** expr_decay(age, half, i): 2^(-age / half) in 1/10000, half to even; false
 * where half <= 0 or the result is too large. */
bool expr_decay(int64_t age, int64_t half, int64_t *i);

/** expr_share_eval(n, env, i): of a NODE_SHARED. */
int expr_share_eval(const struct expr_node *n, struct expr_env *env,
	int64_t *i);
/** expr_share_bare(n): n, or what it shares. */
static inline const struct expr_node *
expr_share_bare(const struct expr_node *n)
{
	return n->op == NODE_SHARED ? n->part[0] : n;
}

int expr_value_given(const struct expr_node *n, const struct expr_env *env,
	const struct expr_value **value);
/** expr_value_decode(column, env, s): *s, which holds a backslash, becomes what
 * it means. */
int expr_value_decode(const struct expr_node *column, struct expr_env *env,
	struct slice *s);

/** expr_value_field(column, env, s): the bytes of a column as they stand. False
 * only where they surely hold no escape. */
static inline bool
expr_value_field(const struct expr_node *n, const struct expr_env *env,
	struct slice *s)
{
	const struct slice *cells;

	if (n->table == 0 && env->row != NULL) {
		*s = record_field(env->row, n->column);
		return env->row->backslash;
	}
	cells = env->cells[n->table];
	*s = cells != NULL ? cells[n->column] : (struct slice){NULL, 0};
	if (s->n == 2 && s->p[0] == '\\' && s->p[1] == 'N')
		s->n = 0;
	return true;
}

/** expr_value_column(column, env, s): the same, decoded. */
static inline int
expr_value_column(const struct expr_node *n, struct expr_env *env, struct slice *s)
{
	bool escapes = expr_value_field(n, env, s);

	if (s->n == 0)
		return 0;
	if (escapes && memchr(s->p, '\\', s->n) != NULL)
		return expr_value_decode(n, env, s);
	return 1;
}

#endif
