/* SPDX-License-Identifier: MIT
 * Attribute values of all spans, read again from the input as a column. */
#ifndef LOAD_ATTR_H
#define LOAD_ATTR_H

#include "model/column.h"
#include "model/dataset.h"
#include "util/job.h"

/* The values that each span has under the dotted name: its own first, then those of its events, its scope, its resource; repeated keys
 * each.  As text: arrays and maps as JSON, truths as "true" and "false".  A record that cannot be read again has none.
 * COLUMN_STRING; NULL only when the job was stopped.  job may be NULL; it is told of bytes done. */
struct column *attr_column(const struct dataset *ds, struct str key, struct job *job);

/* The same on so many threads; the column is the same whatever their number. */
struct column *attr_column_on(const struct dataset *ds, struct str key, unsigned threads, struct job *job);

#endif
