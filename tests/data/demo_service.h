#ifndef DEMO_SERVICE_H
#define DEMO_SERVICE_H

#include "demo_world.h"

/** demo_service: what the call centre and the stations do for a customer. Each
 * adds a ticket and the child rows that follow from it; those that are due in
 * the last days before w->now are partly still to be done. */

/** A visit: repair, install or maintain. serial may be 0. */
struct demo_ticket *demo_service_visit(struct demo_world *w,
	enum demo_kind kind, uint32_t customer, uint32_t product,
	uint64_t serial, int64_t opened);

/** A call that needs no visit: consult, advise, guide, complaint, suggest,
 * remind. answered false: nobody called back or replied yet. */
struct demo_ticket *demo_service_call(struct demo_world *w,
	enum demo_kind kind, uint32_t customer, uint32_t product,
	int64_t opened, bool answered);

#endif
