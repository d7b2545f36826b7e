/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/fetch.h"

#include "load/attr.h"
#include "ui/background.h"
#include "ui/change.h"
#include "ui/query_prompt.h"
#include "util/alloc.h"

struct fetch {
	const struct dataset *ds;
	struct attrs         *attrs;
	char                 *key;       /* NULL: which attributes there are */
	size_t                key_len;
	bool                  keen;
	struct job            job;
	pthread_t             thread;
	_Atomic bool          done;
	struct column        *column;
};

static void *
read_attribute(void *self)
{
	struct fetch *fetch = self;

	if (fetch->key)
		fetch->column = attr_reader.column(fetch->ds, (struct str){ fetch->key, fetch->key_len }, &fetch->job);
	else
		attrs_keys(fetch->attrs, &fetch->job);
	atomic_store(&fetch->done, true);
	return NULL;
}

/* key.at NULL: which attributes there are. */
static void
start(struct app *app, struct str key, bool keen)
{
	struct fetch *fetch = app->fetch = xcalloc(1, sizeof *fetch);

	fetch->ds = build_cache_dataset(app->session->cache);
	fetch->attrs = build_cache_attrs(app->session->cache);
	fetch->key = key.at ? xstrndup(key.at, key.len) : NULL;
	fetch->key_len = key.len;
	fetch->keen = keen;
	fetch->thread = background_start(read_attribute, fetch);
}

/* The column, which is NULL when it was given up. */
static struct column *
finish(struct app *app)
{
	struct fetch *fetch = app->fetch;

	pthread_join(fetch->thread, NULL);
	struct column *column = fetch->column;
	free(fetch->key);
	free(fetch);
	app->fetch = NULL;
	return column;
}

static bool
is_quick(const struct app *app)
{
	return app->session->ds->spans.count <= app->patience;
}

const struct column *
fetch_column(struct app *app, struct str key, bool keen)
{
	struct attrs *attrs = build_cache_attrs(app->session->cache);

	if (app_is_building(app))
		return NULL;
	const struct column *column = is_quick(app) ? attrs_get(attrs, key, NULL) : attrs_peek(attrs, key);
	if (column)
		return column;
	if (fetch_reads(app, key))
		app->fetch->keen |= keen;
	else if (app->fetch && keen && !app->fetch->keen)
		fetch_stop(app, false);
	if (!app->fetch)
		start(app, key, keen);
	return NULL;
}

const struct attr_keys *
fetch_keys(struct app *app)
{
	struct attrs *attrs = build_cache_attrs(app->session->cache);
	const struct attr_keys *keys = is_quick(app) ? attrs_keys(attrs, NULL) : attrs_peek_keys(attrs);

	if (!keys && !app->fetch && !app_is_building(app))
		start(app, (struct str){ 0 }, false);
	return keys;
}

unsigned
fetch_poll(struct app *app)
{
	if (!app->fetch || app_is_building(app))
		return UPDATE_NONE;
	bool done = atomic_load(&app->fetch->done), keen = app->fetch->keen;
	if (done) {
		struct attrs *attrs = build_cache_attrs(app->session->cache);
		struct str key = { app->fetch->key, app->fetch->key_len };
		if (app->fetch->column)
			attrs_put(attrs, key, app->fetch->column);
		finish(app);
	}
	if (keen && app->prompt.kind == PROMPT_QUERY)
		query_prompt_again(app, done);
	return done || keen ? UPDATE_DRAW : UPDATE_NONE;
}

bool
fetch_reads(const struct app *app, struct str key)
{
	return app->fetch && app->fetch->key && str_equal(key, (struct str){ app->fetch->key, app->fetch->key_len });
}

bool
fetch_is_on(const struct app *app)
{
	return app->fetch != NULL;
}

double
fetch_share(const struct app *app)
{
	uint64_t done = app->fetch ? atomic_load(&app->fetch->job.done) : 0, total = app->fetch ? atomic_load(&app->fetch->job.total) : 0;

	return done < total ? (double)done / (double)total : total > 0;
}

void
fetch_stop(struct app *app, bool keen_only)
{
	if (!app->fetch || (keen_only && !app->fetch->keen))
		return;
	atomic_store(&app->fetch->job.wish, JOB_DROP);
	column_free(finish(app));
}
