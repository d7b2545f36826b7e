/* SPDX-License-Identifier: MIT
 * Members of records that are alike: which field comes after which is remembered from record to record, and looked at first.
 *
 *	static const struct json_field_name names[] = { JSON_NAME("id", FIELD_ID), ... };
 *	static const struct json_fields fields = JSON_FIELDS(names);
 *
 *	order.last = 0;                                               order: zeroed at first, then kept over all records
 *	while ((field = json_field(&json, &fields, &order)) != JSON_FIELD_END)
 *		switch (field) ...                                    as after json_key()
 */
#ifndef LOAD_JSON_FIELDS_H
#define LOAD_JSON_FIELDS_H

#include "load/json.h"

#define JSON_FIELDS_MAX 32       /* rows of a table */
#define JSON_NAME_MAX   32       /* bytes of a name as it is written */
#define JSON_FIELD_END  (-1)
#define JSON_FIELD_NONE 0        /* a key that is not in the table; or in it, since it is not read but comes often */

struct json_field_name {
	char    quoted[JSON_NAME_MAX];    /* as it mostly stands in the input: "id": */
	uint8_t len;
	int     field;                    /* JSON_FIELD_NONE or above */
};

struct json_fields {
	const struct json_field_name *names;
	unsigned count;
};

#define JSON_NAME(name, field) { "\"" name "\":", sizeof(name) + 2, (field) }
#define JSON_FIELDS(names)     { (names), sizeof(names) / sizeof *(names) }

struct json_field_order {
	unsigned last;                          /* 0: none in this record yet; else one more than the row that came last */
	uint8_t  after[JSON_FIELDS_MAX + 1];    /* the row that came after it; where some records lack that one, the next is behind it */
};

/* The next member of the object that was entered, with the cursor on its value; JSON_FIELD_END: the object has ended, or a fault. */
int json_field(struct json *json, const struct json_fields *fields, struct json_field_order *order);

/* The field of a key that was read otherwise. */
int json_field_of(const struct json_fields *fields, struct str key);

#endif
