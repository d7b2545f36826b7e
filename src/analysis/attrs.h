/* SPDX-License-Identifier: MIT
 * The attribute columns of a dataset by name, each filled when it is first asked for and kept.
 * Attributes stay in the input (model/dataset.h); whoever makes the set says how one is read again: load/attr.h has the function. */
#ifndef ANALYSIS_ATTRS_H
#define ANALYSIS_ATTRS_H

#include "model/column.h"
#include "model/dataset.h"
#include "util/job.h"

/* A COLUMN_STRING with the values of the attribute, as text; NULL only when the job was stopped. */
typedef struct column *attr_fill(const struct dataset *ds, struct str key, struct job *job);

struct attrs;

struct attrs *attrs_new(const struct dataset *ds, attr_fill *fill);    /* borrows ds; fill NULL: every column is empty */
void          attrs_free(struct attrs *attrs);                         /* NULL is allowed */

/* The column of a key, which belongs to the set; NULL only when the job was stopped.  job may be NULL.  One thread at a time. */
const struct column *attrs_get(struct attrs *attrs, struct str key, struct job *job);

#endif
