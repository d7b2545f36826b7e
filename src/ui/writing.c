/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/writing.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "export/export.h"
#include "util/alloc.h"

enum { PATH_SHOWN = 200, NAME_SHOWN = 80 };

struct writing {
	struct session             *session;
	bool                        owns_session;
	const struct export_format *format;
	struct export_subject       subject;
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

static void *
write_file(void *self)
{
	struct writing *writing = self;

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

unsigned
writing_start(struct app *app, const struct export_format *format, struct scene *scene, node_id within, const char *path, bool force)
{
	struct writing *writing = xcalloc(1, sizeof *writing);
	struct metric_info metric = metric_describe(scene->ds, scene->key.recipe.spec.metric);
	sigset_t all, before;

	CHECK(!app->writing);
	app->writing = writing;
	writing->session = app->session;
	app->session->written = scene;
	writing->format = format;
	writing->subject = (struct export_subject){ .tree = scene->tree, .ds = scene->ds, .within = within, .job = &writing->job };
	copy_units(writing, &metric);
	writing->path = xstrdup(path);
	writing->force = force;
	/* Signals are for the thread that has the terminal. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&writing->thread, NULL, write_file, writing) != 0)
		panic("cannot start a thread");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
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
		return app_say(app, "written to %.*s; %" PRIu64 " names had to be changed", PATH_SHOWN, writing->path, writing->report.renamed);
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
