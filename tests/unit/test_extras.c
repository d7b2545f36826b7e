/* SPDX-License-Identifier: MIT
 * What a state needs beyond its tree is made in the background where there is much of it. */
#include "config.h"

#include <unistd.h>

#include "tests/unit/viewer_test.h"
#include "ui/change.h"
#include "ui/critical.h"
#include "ui/details_core.h"

static void
wait_for_it(struct viewer *viewer)
{
	for (int i = 0; i < 5000 && app_is_building(viewer->app); i++) {
		usleep(1000);
		viewer_wait(viewer, 0);
	}
}

/* Whether keys begin to make something that is shown once it is there. */
static bool
makes(struct viewer *viewer, const char *keys)
{
	viewer_keys(viewer, keys);
	bool began = app_is_building(viewer->app);
	wait_for_it(viewer);
	return began;
}

static void
open_patient(struct viewer *viewer, struct dataset *ds)
{
	viewer_open(viewer, ds, 120, 24);
	viewer->app->patience = 0;
}

static void
test_chains(void)
{
	struct viewer viewer;

	open_patient(&viewer, checkout_trace());
	const struct scene *scene = viewer.app->scene;
	ok(makes(&viewer, "M"), "another tree is");
	ok(makes(&viewer, "z") && viewer_shows(&viewer, "chains folded"), "folded chains are");
	const struct plane *folded = viewer.app->scene->plane;
	ok(viewer.app->scene != scene && folded == viewer.app->scene->folded.plane, "and drawn");
	ok(!makes(&viewer, "u") && viewer.app->scene->plane == viewer.app->scene->open, "back is at once");
	ok(!makes(&viewer, "U") && viewer.app->scene->plane == folded, "and forward");
	viewer_keys(&viewer, "z");
	ok(viewer.app->scene->chain_size == NULL, "nothing is needed to unfold them");
	viewer_keys(&viewer, "M");
	wait_for_it(&viewer);
	viewer_keys(&viewer, "z Ctrl-c");
	wait_for_it(&viewer);
	ok(viewer.app->scene->chain_size == NULL && viewer_shows(&viewer, "stopped: "), "what is stopped leaves the picture as it was");
	viewer_close(&viewer);
}

static void
test_table(void)
{
	struct viewer viewer;

	open_patient(&viewer, checkout_trace());
	ok(makes(&viewer, "2") && viewer.app->scene->top, "a table of many functions is");
	ok(makes(&viewer, "B") && viewer.app->state.table_by == TOP_PACKAGES && viewer_shows(&viewer, "by service"), "places of packages are");
	ok(makes(&viewer, "B") && viewer.app->state.table_by == TOP_FILES, "and those of files");
	ok(!makes(&viewer, "B Esc B") && viewer.app->state.table_by == TOP_PACKAGES, "once");
	viewer_keys(&viewer, "1");
	ok(makes(&viewer, "M") && !viewer.app->scene->places[TOP_PACKAGES], "not where there is no table");
	ok(makes(&viewer, "2") && viewer.app->scene->places[TOP_PACKAGES], "but with the next one");
	viewer_close(&viewer);
}

static void
test_critical(void)
{
	struct viewer viewer;

	open_patient(&viewer, checkout_trace());
	ok(makes(&viewer, "O") && viewer.app->state.critical && viewer.app->scene->span_facts.path.before, "the critical path is");
	ok(!makes(&viewer, "6") && viewer.app->state.view == VIEW_TIMELINE, "for the timeline too");
	ok(makes(&viewer, "O") && viewer.app->state.recipe.spec.critical && viewer.app->scene->span_facts.path.before,
	   "and with the tree of what is on it alone");
	viewer_close(&viewer);
}

/* The picture that is drawn while the next one is made asks the builder's cache for nothing, which the thread sanitizer sees. */
static void
test_critical_ahead(void)
{
	struct viewer viewer;

	open_patient(&viewer, checkout_trace());
	viewer_keys(&viewer, "O M");
	const struct scene *scene = viewer.app->scene;
	for (int i = 0; i < 5000 && !viewer.app->state.critical; i++) {
		usleep(1000);
		viewer_wait(&viewer, 0);
	}
	ok(app_is_building(viewer.app) && viewer.app->scene == scene && viewer.app->state.critical, "the critical path is there, and what was typed ahead begins");
	const struct session *session = viewer.app->session;
	ok(session->critical[0] && scene->span_facts.path.before, "it is known meanwhile");
	viewer.app->session->critical[0] = NULL;
	ok(!critical_path(viewer.app) && !critical_is_on(viewer.app, 1), "what is not known then is not looked for");
	viewer_resize(&viewer, 100, 20);
	ok(!session->critical[0], "nor when it is drawn");
	wait_for_it(&viewer);
	ok(critical_path(viewer.app) && session->critical[0], "but afterwards");
	viewer_close(&viewer);
}

/* What they are read by way of belongs to the builder while it is at work. */
static void
test_details(void)
{
	struct viewer viewer;

	open_patient(&viewer, checkout_trace());
	viewer_keys(&viewer, "i");
	ok(details_pane(viewer.app)->entries.len > 0, "there are details");
	viewer_resize(&viewer, 40, 6);
	viewer_keys(&viewer, "Down M");
	ok(app_is_building(viewer.app) && app_screen(viewer.app).details.rows <= 0, "a tree is made while there is no room for them");
	viewer_resize(&viewer, 120, 24);
	ok(app_screen(viewer.app).details.rows > 0 && details_pane(viewer.app)->entries.len == 0, "where there is room again they wait for it");
	wait_for_it(&viewer);
	ok(details_pane(viewer.app)->entries.len > 0, "and are there with it");
	viewer_close(&viewer);
}

static bool
reloads(const struct viewer *viewer)
{
	return viewer->update & UPDATE_RELOAD;
}

/* Ticks until the input is to be read again; false: it never is. */
static bool
wait_for_reload(struct viewer *viewer)
{
	for (int i = 0; i < 5000 && !reloads(viewer); i++) {
		usleep(1000);
		viewer_wait(viewer, 0);
	}
	return reloads(viewer);
}

/* From files, in an order that functions have not been in. */
static void
ask_for_lines(struct viewer *viewer)
{
	ok(makes(viewer, "%") && makes(viewer, "o") && viewer->app->state.recipe.spec.grain == GRAIN_FILE, "boxes are files");
	viewer_keys(viewer, ":");
	viewer_type(viewer, "granularity line");
	viewer_keys(viewer, "Enter");
}

static void
test_reload(void)
{
	struct viewer viewer;

	open_patient(&viewer, checkout_trace());
	viewer_keys(&viewer, "M R M");
	ok(app_is_building(viewer.app) && !reloads(&viewer), "a reload waits for the tree being made");
	ok(wait_for_reload(&viewer) && !viewer.app->scene->tree->timed, "and comes after it");
	ok(!app_is_building(viewer.app) && !viewer.app->ahead.count, "what was typed after it makes no other tree");
	viewer_close(&viewer);

	open_patient(&viewer, small_profile());
	ask_for_lines(&viewer);
	ok(app_is_building(viewer.app) && !reloads(&viewer), "lines need another tree before the input is read again");
	ok(wait_for_reload(&viewer) && viewer.app->state.recipe.spec.grain == GRAIN_FUNCTION && app_grain(viewer.app) == SINK_LINES, "for them");
	viewer_close(&viewer);

	open_patient(&viewer, small_profile());
	ask_for_lines(&viewer);
	viewer_keys(&viewer, "Esc");
	wait_for_it(&viewer);
	ok(!reloads(&viewer) && app_grain(viewer.app) == SINK_FUNCTIONS, "what is stopped is not read again either");
	viewer_close(&viewer);
}

int
main(void)
{
	test_chains();
	test_table();
	test_critical();
	test_critical_ahead();
	test_details();
	test_reload();
	return done();
}
