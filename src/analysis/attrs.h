/* SPDX-License-Identifier: MIT
 * The attribute columns of a dataset by name, each filled when it is first asked for and kept.
 * Attributes stay in the input (model/dataset.h); whoever makes the set says how they are read again: load/attr.h has the reader.
 * One thread at a time, but for the keys. */
#ifndef ANALYSIS_ATTRS_H
#define ANALYSIS_ATTRS_H

#include "model/attr_keys.h"

struct attrs;

struct attrs *attrs_new(const struct dataset *ds, const struct attr_reader *reader);    /* borrows both; reader NULL: there are no values */
void          attrs_free(struct attrs *attrs);                                          /* NULL is allowed */

/* The values of a key as text, a COLUMN_STRING which belongs to the set; NULL only when the job was stopped.  job may be NULL. */
const struct column *attrs_get(struct attrs *attrs, struct str key, struct job *job);

/* The column if it is there already, else NULL. */
const struct column *attrs_peek(const struct attrs *attrs, struct str key);

/* Takes a column that was read elsewhere; one that is there already is kept instead. */
void attrs_put(struct attrs *attrs, struct str key, struct column *column);

/* The keys if they are there already, else NULL.  From any thread. */
const struct attr_keys *attrs_peek_keys(struct attrs *attrs);

/* Which keys there are; the set's, NULL only when the job was stopped.  From any thread. */
const struct attr_keys *attrs_keys(struct attrs *attrs, struct job *job);

#endif
