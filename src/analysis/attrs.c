/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/attrs.h"

#include <pthread.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/vec.h"

struct attrs {
	const struct dataset *ds;
	const struct attr_reader *reader;
	struct attr_keys     *list;       /* NULL until it is asked for; written under the lock */
	pthread_mutex_t       lock;
	struct strtab        *names;
	struct { VEC(struct column *); } columns;    /* by id of the name */
};

struct attrs *
attrs_new(const struct dataset *ds, const struct attr_reader *reader)
{
	struct attrs *attrs = xcalloc(1, sizeof *attrs);

	attrs->ds = ds;
	attrs->reader = reader;
	attrs->names = strtab_new();
	pthread_mutex_init(&attrs->lock, NULL);
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
	strtab_free(attrs->names);
	attr_keys_free(attrs->list);
	pthread_mutex_destroy(&attrs->lock);
	free(attrs);
}

static struct column **
place_of(struct attrs *attrs, struct str key)
{
	str_id id = strtab_intern(attrs->names, key);

	while (attrs->columns.len <= id)
		vec_push(&attrs->columns, NULL);
	return &attrs->columns.at[id];
}

const struct column *
attrs_get(struct attrs *attrs, struct str key, struct job *job)
{
	struct column **place = place_of(attrs, key);

	if (!*place)
		*place = attrs->reader ? attrs->reader->column(attrs->ds, key, job) : column_new(COLUMN_STRING, attrs->ds->spans.count);
	return *place;
}

void
attrs_put(struct attrs *attrs, struct str key, struct column *column)
{
	struct column **place = place_of(attrs, key);

	if (*place)
		column_free(column);
	else
		*place = column;
}

const struct column *
attrs_peek(const struct attrs *attrs, struct str key)
{
	str_id id = strtab_find(attrs->names, key);

	return id < attrs->columns.len ? attrs->columns.at[id] : NULL;
}

const struct attr_keys *
attrs_peek_keys(struct attrs *attrs)
{
	/* Whoever reads them has the lock. */
	if (pthread_mutex_trylock(&attrs->lock) != 0)
		return NULL;
	const struct attr_keys *list = attrs->list;
	pthread_mutex_unlock(&attrs->lock);
	return list;
}

static struct attr_keys *
no_keys(void)
{
	struct attr_keys *keys = xcalloc(1, sizeof *keys);

	keys->names = strtab_new();
	keys->all = true;
	return keys;
}

const struct attr_keys *
attrs_keys(struct attrs *attrs, struct job *job)
{
	pthread_mutex_lock(&attrs->lock);
	if (!attrs->list)
		attrs->list = attrs->reader && attrs->reader->keys ? attrs->reader->keys(attrs->ds, job) : no_keys();
	const struct attr_keys *list = attrs->list;
	pthread_mutex_unlock(&attrs->lock);
	return list;
}
