/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/fetch.h"

#include "load/attr.h"
#include "ui/background.h"
#include "ui/change.h"
#include "ui/query_prompt.h"
#include "util/alloc.h"

enum { LINK_COST = 8 };    /* reading a span's links takes as long as looking at so many spans */

enum fetched { FETCH_COLUMN, FETCH_KEYS, FETCH_LINKS };

struct fetch {
	enum fetched          what;
	const struct dataset *ds;
	struct attrs         *attrs;
	char                 *key;       /* of a column; else NULL */
	size_t                key_len;
	bool                  keen;
	struct job            job;
	pthread_t             thread;
	_Atomic bool          done;
	struct column        *column;
	struct links         *links;
};

static void *
read_attribute(void *self)
{
	struct fetch *fetch = self;

	switch (fetch->what) {
	case FETCH_COLUMN:
		fetch->column = attr_reader.column(fetch->ds, (struct str){ fetch->key, fetch->key_len }, &fetch->job);
		break;
	case FETCH_KEYS:
		attrs_keys(fetch->attrs, &fetch->job);
		break;
	case FETCH_LINKS:
		fetch->links = links_read(fetch->ds, &fetch->job);
		break;
	}
	atomic_store(&fetch->done, true);
	return NULL;
}

/* The key is that of a column. */
static void
start(struct app *app, enum fetched what, struct str key, bool keen)
{
	struct fetch *fetch = app->fetch = xcalloc(1, sizeof *fetch);

	fetch->what = what;
	fetch->ds = build_cache_dataset(app->session->cache);
	fetch->attrs = build_cache_attrs(app->session->cache);
	fetch->key = what == FETCH_COLUMN ? xstrndup(key.at, key.len) : NULL;
	fetch->key_len = key.len;
	fetch->keen = keen;
	fetch->thread = background_start(read_attribute, fetch);
}

/* Once its thread has been waited for. */
static void
let_go(struct app *app)
{
	free(app->fetch->key);
	free(app->fetch);
	app->fetch = NULL;
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
		start(app, FETCH_COLUMN, key, keen);
	return NULL;
}

const struct attr_keys *
fetch_keys(struct app *app)
{
	struct attrs *attrs = build_cache_attrs(app->session->cache);
	const struct attr_keys *keys = is_quick(app) ? attrs_keys(attrs, NULL) : attrs_peek_keys(attrs);

	if (!keys && !app->fetch && !app_is_building(app))
		start(app, FETCH_KEYS, STR(""), false);
	return keys;
}

const struct links *
fetch_links(struct app *app)
{
	struct session *session = app->session;

	if (session->links || app->fetch || app_is_building(app))
		return session->links;
	uint32_t count = session->facts.linking;
	if (!count)
		session->links = xcalloc(1, sizeof *session->links);
	else if ((uint64_t)LINK_COST * count + session->ds->spans.count <= app->patience)
		session->links = links_read(session->ds, NULL);
	else
		start(app, FETCH_LINKS, STR(""), false);
	return session->links;
}

/* Hands over what has been read. */
static void
take_over(struct app *app)
{
	struct fetch *fetch = app->fetch;

	pthread_join(fetch->thread, NULL);
	if (fetch->column)
		attrs_put(build_cache_attrs(app->session->cache), (struct str){ fetch->key, fetch->key_len }, fetch->column);
	if (fetch->links)
		app->session->links = fetch->links;
	let_go(app);
}

unsigned
fetch_poll(struct app *app)
{
	if (!app->fetch || app_is_building(app))
		return UPDATE_NONE;
	bool done = atomic_load(&app->fetch->done), keen = app->fetch->keen;
	if (done)
		take_over(app);
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
	pthread_join(app->fetch->thread, NULL);
	column_free(app->fetch->column);
	links_free(app->fetch->links);
	let_go(app);
}
