/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/attrs.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/vec.h"

struct attrs {
	const struct dataset *ds;
	attr_fill            *fill;
	struct strtab        *keys;
	struct { VEC(struct column *); } columns;    /* by id of the key */
};

struct attrs *
attrs_new(const struct dataset *ds, attr_fill *fill)
{
	struct attrs *attrs = xcalloc(1, sizeof *attrs);

	attrs->ds = ds;
	attrs->fill = fill;
	attrs->keys = strtab_new();
	return attrs;
}

void
attrs_free(struct attrs *attrs)
{
	if (!attrs)
		return;
	for (size_t i = 0; i < attrs->columns.len; i++)
		column_free(attrs->columns.at[i]);
	vec_fini(&attrs->columns);
	strtab_free(attrs->keys);
	free(attrs);
}

const struct column *
attrs_get(struct attrs *attrs, struct str key, struct job *job)
{
	str_id id = strtab_intern(attrs->keys, key);

	while (attrs->columns.len <= id)
		vec_push(&attrs->columns, NULL);
	if (!attrs->columns.at[id])
		attrs->columns.at[id] = attrs->fill ? attrs->fill(attrs->ds, key, job) : column_new(COLUMN_STRING, attrs->ds->spans.count);
	return attrs->columns.at[id];
}
