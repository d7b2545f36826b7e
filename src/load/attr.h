/* SPDX-License-Identifier: MIT
 * Attributes of spans, read again from the input: which there are, and the values of one as a column. */
#ifndef LOAD_ATTR_H
#define LOAD_ATTR_H

#include "model/attr_keys.h"

/* The values that each span has under the dotted name: its own first, then those of its events, its scope, its resource; repeated keys
 * each.  As text: arrays and maps as JSON, truths as "true" and "false".  A record that cannot be read again has none.
 * COLUMN_STRING; NULL only when the job was stopped.  job may be NULL; it is told of bytes done. */
struct column *attr_column(const struct dataset *ds, struct str key, struct job *job);

/* The same on so many threads; the column is the same whatever their number. */
struct column *attr_column_on(const struct dataset *ds, struct str key, unsigned threads, struct job *job);

/* The attributes that spans have, those of links and of no name aside.  Where there are very many spans not all are looked at: a key that
 * few of them have may be missing.  NULL only when the job was stopped; job may be NULL. */
struct attr_keys *attr_keys(const struct dataset *ds, struct job *job);

extern const struct attr_reader attr_reader;

#endif
