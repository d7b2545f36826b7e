/* SPDX-License-Identifier: MIT
 * Files written from the viewer: merged stacks, and the screen itself. */
#include "config.h"

#include <inttypes.h>

#include "export/export.h"
#include "ui/viewer.h"
#include "util/alloc.h"

enum { PATH_SHOWN = 200 };

/* Stacks are merged whatever is on screen; the focus is found again in the merged tree. */
unsigned
write_stacks(struct app *app, struct str path)
{
	const struct export_format *format = export_format_find(STR("folded"));
	struct scene_key key = { .recipe = app->state.recipe };
	struct scene *shown = app_scene(app), *scene = shown;
	struct export_report report = { 0 };
	struct error err = { 0 };
	char *name = xstrndup(path.at, path.len);
	unsigned update;

	if (shown->tree->timed || app->state.view == VIEW_SANDWICH) {
		key.recipe.spec.merge = MERGE_MERGED;
		scene = session_scene(app->session, &key);
	}
	node_id within = scene_map(shown, app->state.focus, scene);
	struct metric_info metric = metric_describe(app->session->ds, key.recipe.spec.metric);
	struct export_subject subject = { scene->tree, app->session->ds, within, metric.name, metric.unit };
	if (!format || !export_to_file(format, &subject, name, false, &report, &err))
		update = app_say(app, "not written: %.*s", PATH_SHOWN, err.text);
	else if (report.renamed)
		update = app_say(app, "written to %.*s; %" PRIu64 " names had to be changed", PATH_SHOWN, name, report.renamed);
	else
		update = app_say(app, "written to %.*s", PATH_SHOWN, name);
	free(name);
	return update;
}

unsigned
save_screen(struct app *app, struct str path)
{
	if (!str_ends(path, STR(".txt")) && !str_ends(path, STR(".svg")))
		return app_say(app, "the name must end in .txt or .svg");
	free(app->save);
	app->save = xstrndup(path.at, path.len);
	return UPDATE_DRAW | UPDATE_SAVE;
}
