#ifndef LIST_H
#define LIST_H

/**
 * list: the columns of what the tool prints.
 */
enum list_column {
	LIST_DUE_AT, LIST_LATE, LIST_PRIORITY, LIST_RULE, LIST_ACTION,
	LIST_CHANNEL, LIST_CUSTOMER_ID, LIST_NAME, LIST_PHONE, LIST_REGION,
	LIST_TICKET_ID, LIST_PRODUCT, LIST_STATION, LIST_OWNER, LIST_ASSIGNEE,
	LIST_TEXT,
	LIST_COLUMNS,
};

extern const char *const list_names[LIST_COLUMNS];

#endif
