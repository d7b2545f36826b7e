/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/critical.h"

#include <math.h>

#include "ui/change.h"

enum { EIGHTHS = 8 };

const struct critical *
critical_path(struct app *app)
{
	struct session *session = app->session;
	bool adjusted = app->scene->key.recipe.spec.adjusted;
	const struct critical **kept = &session->critical[adjusted];

	if (!*kept && !app_is_building(app))
		*kept = build_cache_critical(session->cache, adjusted);
	return *kept;
}

const struct span_path *
critical_sums(struct app *app)
{
	struct scene *scene = app->scene;
	struct span_path *path = &scene->span_facts.path;
	const struct critical *critical = path->before ? NULL : critical_path(app);

	if (!path->before && !critical)
		return NULL;
	if (!path->before)
		span_path_init(path, scene->tree, &scene->span_facts, critical,
		               build_cache_times(app->session->cache, scene->key.recipe.spec.adjusted)->spans.start_ns);
	return path;
}

/* The span of a node in the order of time; ID_NONE: it has none. */
static span_id
timed_span(const struct app *app, node_id node)
{
	const struct tree *tree = app->scene->tree;

	return tree->timed && tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;
}

bool
critical_is_on(struct app *app, node_id node)
{
	span_id span = timed_span(app, node);

	const struct critical *critical = span != ID_NONE ? critical_path(app) : NULL;

	return critical && critical_has(critical, span);
}

/* The span's own time on the path from its start up to a place on the axis. */
static double
own_until(struct app *app, span_id span, node_id node, double x)
{
	const struct dataset *ds = build_cache_times(app->session->cache, app->scene->key.recipe.spec.adjusted);
	double since = x - app->scene->tree->x0[node];

	if (since <= 0)
		return 0;
	if (since >= app->scene->tree->total[node])
		since = app->scene->tree->total[node];
	return (double)critical_until(critical_path(app), span, ds->spans.start_ns[span] + (int64_t)since);
}

static double
part_until(struct app *app, const struct critical_bar *bar, span_id span, double x)
{
	const struct scene *scene = app->scene;

	if (bar->group)
		return span_path_until(critical_sums(app), scene->tree, &scene->span_facts, bar->group, x);
	return bar->whole ? fmax(bar->from, fmin(bar->to, x)) - bar->from : own_until(app, span, bar->node, x);
}

double
critical_part(struct app *app, const struct critical_bar *bar, double from, double to)
{
	span_id span = timed_span(app, bar->node);

	return span != ID_NONE ? part_until(app, bar, span, to) - part_until(app, bar, span, from) : 0;
}

/* A cell of which so many eighths are the path's, on the left or on the right. */
static void
paint_cell(struct grid *grid, int col, int row, int eighths, bool on_left)
{
	struct cell *cell = grid_cell(grid, col, row);
	struct paint box = cell->style.bg, path = PAINT(ROLE_CRITICAL);

	if (eighths == EIGHTHS)
		cell->style.bg = path;
	else if (on_left)
		grid_glyph(grid, col, row, (enum glyph)(GLYPH_LEFT_1 + eighths - 1), (struct style){ path, box, 0 });
	else
		grid_glyph(grid, col, row, (enum glyph)(GLYPH_LEFT_1 + EIGHTHS - eighths - 1), (struct style){ box, path, 0 });
}

void
critical_paint(struct app *app, struct grid *grid, const struct critical_bar *bar)
{
	double width = (app->state.to - app->state.from) / bar->cols, before;
	span_id span = timed_span(app, bar->node);

	if (span == ID_NONE || app_plain_cells(app))
		return;
	before = part_until(app, bar, span, app->state.from + width * bar->begin);
	for (int i = bar->begin; i < bar->end; i++) {
		double until = part_until(app, bar, span, app->state.from + width * (i + 1));
		int eighths = (int)fmin(EIGHTHS, round((until - before) / width * EIGHTHS));
		const struct cell *cell = grid_cell(grid, bar->left + i, bar->row);

		if (eighths > 0 && cell->len == 1 && cell->text[0] == ' ') {
			double middle = part_until(app, bar, span, app->state.from + width * (i + 0.5));

			paint_cell(grid, bar->left + i, bar->row, eighths, middle - before >= until - middle);
		}
		before = until;
	}
}

unsigned
critical_turn(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	if (!dataset_has_spans(app->session->ds))
		return app_say(app, "only traces have a critical path");
	if (spec.critical)
		return critical_remove(app);
	if (!app->state.critical) {
		struct view_state target = app->state;
		app_remember(app, 0);
		target.critical = true;
		return app_go(app, &target, GO_STATE) | app_say(app, app->scene->tree->timed ? "the critical path is marked" : "the critical path is marked in the order of time");
	}
	spec.critical = true;
	return app_change_spec(app, &spec) | app_say(app, "only what is on the critical path");
}

unsigned
critical_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.critical = false;
	struct view_state target = app->state;
	target.recipe.spec.critical = false;
	return app_go(app, &target, GO_MAP);
}
