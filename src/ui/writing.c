/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/writing.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/invert.h"
#include "export/export.h"
#include "ui/background.h"
#include "util/alloc.h"

enum { PATH_SHOWN = 200, NAME_SHOWN = 80 };

/* Of a half of a sandwich. */
struct half {
	enum writing_half which;
	struct tree      *tree;       /* once it is made */
	enum tree_order   order;
	const uint32_t   *rank;       /* the cache's */
	struct buf        pattern;
	frame_id         *frames;     /* the way from `all` to what is written, */
	uint32_t          depth;      /* so many */
};

struct writing {
	struct session             *session;
	bool                        owns_session;
	const struct export_format *format;
	struct export_subject       subject;
	struct half                 half;
	char                       *path;
	struct buf                  units;       /* the texts of the subject */
	bool                        force;
	bool                        warned;      /* that one cannot leave without losing it */
	int                         shown;       /* percent, as of the latest tick */
	struct job                  job;
	pthread_t                   thread;
	_Atomic bool                done;
	bool                        written;
	struct export_report        report;
	struct error                err;
};

/* The node at the end of the way; there always is one, since the half on screen was made in the same way. */
static node_id
follow(const struct tree *tree, const frame_id *frames, uint32_t depth)
{
	node_id node = NODE_ALL;

	for (uint32_t i = 0; i < depth; i++) {
		node_id child = tree_first_child(tree, node);
		while (child != NODE_NONE && tree->frame[child] != frames[i])
			child = tree_next_sibling(tree, child);
		CHECK(child != NODE_NONE);
		node = child;
	}
	return node;
}

static void
make_half(struct writing *writing)
{
	struct half *half = &writing->half;
	struct export_subject *subject = &writing->subject;
	frame_word *functions = recipe_frames(NULL, subject->ds, buf_str(&half->pattern));
	struct sandwich sandwich = sandwich_build(subject->tree, subject->ds, functions, half->order, half->rank, &writing->job);
	struct tree **tree = half->which == WRITING_CALLERS ? &sandwich.callers : &sandwich.callees;

	half->tree = *tree;
	*tree = NULL;
	sandwich_fini(&sandwich);
	free(functions);
	subject->tree = half->tree;
	/* One that was stopped is not complete, and nothing of it is written. */
	if (!job_stopped(&writing->job))
		subject->within = follow(half->tree, half->frames, half->depth);
}

static void *
write_file(void *self)
{
	struct writing *writing = self;

	if (writing->half.which != WRITING_WHOLE)
		make_half(writing);
	if (job_stopped(&writing->job))
		error_set(&writing->err, ERROR_CANCELLED, "stopped");
	else
		writing->written = export_to_file(writing->format, &writing->subject, writing->path, writing->force, &writing->report, &writing->err);
	atomic_store(&writing->done, true);
	return NULL;
}

static void
copy_units(struct writing *writing, const struct metric_info *metric)
{
	struct buf *texts = &writing->units;

	buf_add(texts, metric->name);
	buf_add(texts, metric->unit);
	writing->subject.metric = (struct str){ texts->at, metric->name.len };
	writing->subject.unit = (struct str){ texts->at ? texts->at + metric->name.len : NULL, metric->unit.len };
}

static void
begin_half(struct app *app, struct half *half, const struct writing_wish *wish)
{
	const struct tree_spec *spec = &wish->scene->key.recipe.spec;
	const struct tree *seen = wish->seen->tree;

	CHECK(wish->scene->ds == wish->seen->ds);
	*half = (struct half){ .which = wish->half, .order = spec->order, .rank = build_cache_ranks(app->session->cache, spec) };
	buf_add(&half->pattern, wish->pattern);
	half->depth = seen->level[wish->of];
	half->frames = xcalloc(half->depth ? half->depth : 1, sizeof *half->frames);
	for (node_id node = wish->of; node != NODE_ALL; node = seen->parent[node])
		half->frames[seen->level[node] - 1] = seen->frame[node];
}

unsigned
writing_start(struct app *app, const struct writing_wish *wish)
{
	struct writing *writing = xcalloc(1, sizeof *writing);
	struct scene *scene = wish->scene;
	struct metric_info metric = metric_describe(scene->ds, scene->key.recipe.spec.metric);

	CHECK(!app->writing);
	app->writing = writing;
	writing->session = app->session;
	app->session->written = scene;
	writing->format = wish->format;
	writing->subject = (struct export_subject){ .tree = scene->tree, .ds = scene->ds, .within = wish->within, .job = &writing->job };
	copy_units(writing, &metric);
	if (wish->half != WRITING_WHOLE)
		begin_half(app, &writing->half, wish);
	writing->path = xstrdup(wish->path);
	writing->force = wish->force;
	writing->thread = background_start(write_file, writing);
	return UPDATE_DRAW;
}

bool
writing_is_on(const struct app *app)
{
	return app->writing != NULL;
}

static void
finish(struct app *app)
{
	struct writing *writing = app->writing;

	pthread_join(writing->thread, NULL);
	app->writing = NULL;
	writing->session->written = NULL;
	if (writing->owns_session)
		session_free(writing->session);
	tree_free(writing->half.tree);
	buf_fini(&writing->half.pattern);
	free(writing->half.frames);
	buf_fini(&writing->units);
	free(writing->path);
	free(writing);
}

static unsigned
tell(struct app *app, const struct writing *writing)
{
	if (writing->err.code == ERROR_CANCELLED)
		return app_say(app, "stopped: nothing was written to %.*s", PATH_SHOWN, writing->path);
	if (!writing->written)
		return app_say(app, "not written: %.*s", PATH_SHOWN, writing->err.text);
	if (writing->report.renamed)
		return app_say(app, "written to %.*s; %" PRIu64 " name%s written otherwise, %s", PATH_SHOWN, writing->path, writing->report.renamed,
		               writing->report.renamed == 1 ? "" : "s", writing->format->cannot);
	return app_say(app, "written to %.*s", PATH_SHOWN, writing->path);
}

static int
percent(const struct writing *writing)
{
	uint64_t done = atomic_load(&writing->job.done), total = atomic_load(&writing->job.total);

	return total ? (int)(100.0 * (double)(done < total ? done : total) / (double)total) : 0;
}

unsigned
writing_poll(struct app *app)
{
	struct writing *writing = app->writing;

	if (!writing)
		return UPDATE_NONE;
	if (atomic_load(&writing->done)) {
		unsigned update = tell(app, writing);
		finish(app);
		return update;
	}
	int now = percent(writing), before = writing->shown;
	writing->shown = now;
	return now != before ? UPDATE_DRAW : UPDATE_NONE;
}

void
writing_text(const struct app *app, struct buf *out)
{
	const struct writing *writing = app->writing;

	if (!writing)
		return;
	const char *slash = strrchr(writing->path, '/');
	struct str name = str_of(slash && slash[1] ? slash + 1 : writing->path);
	if (name.len > NAME_SHOWN)
		name.len = NAME_SHOWN;
	buf_add(out, job_stopped((struct job *)&writing->job) ? STR("stopping ") : STR("writing "));
	names_safe(name, out);
	buf_addf(out, " %d%%", writing->shown);
}

bool
writing_stop(struct app *app)
{
	if (!app->writing)
		return false;
	atomic_store(&app->writing->job.wish, JOB_DROP);
	return true;
}

bool
writing_holds(struct app *app, unsigned *update_out)
{
	struct buf text = { 0 };

	if (!app->writing || app->writing->warned)
		return false;
	app->writing->warned = true;
	writing_text(app, &text);
	*update_out = app_say(app, "still %s: once more leaves without it", buf_str(&text).at);
	buf_fini(&text);
	return true;
}

bool
writing_takes(struct app *app, struct session *session)
{
	if (!app->writing || app->writing->session != session)
		return false;
	app->writing->owns_session = true;
	return true;
}

void
writing_end(struct app *app)
{
	if (writing_stop(app))
		finish(app);
}
