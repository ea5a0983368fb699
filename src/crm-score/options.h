#ifndef OPTIONS_H
#define OPTIONS_H

#include "lifetime.h"
#include "opt.h"

/**
 * options: the command line of crm-score.
 */
struct options {
	struct opt_common common;
	char **operands;         /* files of customers */
	size_t operand_count;
	char **tickets;          /* -t: files; of partials with merge */
	size_t ticket_count;
	const char *purchases;   /* null: orders and sales */
	const char *breaks, *save_breaks;
	const char *csi, *nps;   /* conditions; null: not asked for */
	const char *card, *by, *season;
	int bins, scale;
	bool bins_given, scale_given, time_given;
	bool of_tickets;
	bool clv;
	struct lifetime_job lifetime;      /* its as_of is not set here */
	const char *save_model, *report;
	bool explain, strict_keys, partial, merge, print_rules;
};

/** options_read(o, argc, argv): checks what does not go together. */
void options_read(struct options *o, int argc, char **argv);
void options_free(struct options *o);

#endif
