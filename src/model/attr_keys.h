/* SPDX-License-Identifier: MIT
 * Which attributes there are, and how whoever wants their values asks the floor that can read the input again. */
#ifndef MODEL_ATTR_KEYS_H
#define MODEL_ATTR_KEYS_H

#include "model/column.h"
#include "model/dataset.h"
#include "util/job.h"

/* Where an attribute stands. */
enum attr_place { ATTR_SPAN, ATTR_EVENT, ATTR_SCOPE, ATTR_RESOURCE };

struct attr_key {
	str_id          name;       /* dotted; in the names of the list */
	enum attr_place place;
	uint32_t        spans;      /* how many of the spans looked at have it there */
	uint32_t        numbers;    /* with a first value there that is wholly a finite number */
};

/* Sorted by name, then place; a name that stands in several places has an entry for each. */
struct attr_keys {
	struct strtab   *names;
	struct attr_key *keys;
	uint32_t         count;
	uint32_t         looked_at;    /* spans */
	bool             all;          /* that is every span */
};

void attr_keys_free(struct attr_keys *keys);    /* NULL is allowed */

/* The entries [*begin_out, *end_out) of a name; false: there is none. */
bool attr_keys_find(const struct attr_keys *keys, struct str name, uint32_t *begin_out, uint32_t *end_out);

/* What reads the input again; load/attr.h has the one there is.  Both give NULL only when the job was stopped; job may be NULL. */
struct attr_reader {
	struct column    *(*column)(const struct dataset *ds, struct str key, struct job *job);    /* COLUMN_STRING */
	struct attr_keys *(*keys)(const struct dataset *ds, struct job *job);
};

#endif
