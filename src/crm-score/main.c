/* crm-score: figures about each customer, ticket, station, owner ... See
 * crm-score(1). */
#include "card.h"
#include "msg.h"
#include "options.h"
#include "score.h"
#include "store.h"

static void
print_rules(const struct options *o, struct out *out)
{
	unsigned of;

	out_write(out, card_built_in(o->card, &of));
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct store *store;

	options_read(&o, argc, argv);
	store = store_open(o.common.output);
	if (o.print_rules)
		print_rules(&o, store_out(store));
	else if (o.partial)
		score_partial(&o, store_out(store));
	else if (o.of_tickets)
		score_tickets(&o, store_out(store));
	else if (o.by)
		score_groups(&o, store_out(store));
	else
		score_customers(&o, store_out(store));
	store_commit(store);
	options_free(&o);
	return msg_close();
}
