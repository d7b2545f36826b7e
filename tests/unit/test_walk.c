/* SPDX-License-Identifier: MIT
 * Random keys, clicks and sizes: whatever is done, the screen stays valid and the cursor stays on a box that can be seen. */
#include "config.h"

#include <math.h>
#include <unistr.h>

#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/bindings.h"
#include "ui/calltree.h"
#include "ui/traces.h"
#include "ui/flame.h"
#include "ui/timeline.h"
#include "util/alloc.h"
#include "util/text.h"

enum { STEPS = 4000 };

/* Another shape than the small ones: deep, wide and overlapping. */
static struct dataset *
random_trace(uint64_t seed)
{
	struct rng rng = { seed };
	struct sink *sink = sink_new(STR("random.json"));

	sink_group_open(sink);
	for (uint64_t id = 1; id <= 600; id++) {
		char name[24];
		int64_t start = 1000000 + rng_below(&rng, 100000), length = rng_below(&rng, 5) ? rng_below(&rng, 300) : rng_below(&rng, 50000);
		snprintf(name, sizeof name, "op %u", rng_below(&rng, 30));
		uint64_t parent = id < 3 ? 0 : rng_below(&rng, 3) ? id - 1 : 1 + rng_below(&rng, (uint32_t)id - 1);
		add_span(sink, 1, id, parent, name, start, start + length, rng_below(&rng, 20) == 0);
	}
	sink_group_close(sink);
	return seal(sink);
}

static struct dataset *
deep_profile(void)
{
	struct sink *sink = sink_new(STR("deep.folded"));
	stack_id stack = ID_NONE;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	for (int i = 0; i < 3000; i++) {
		char name[24];
		snprintf(name, sizeof name, "level_%d", i % 50);
		stack = add_frame(sink, stack, name);
		if (i % 100 == 0)
			sink_sample(sink, stack, sink_track(sink, TRACK_PROFILE, STR("p")), (double[]){ 1 });
	}
	return seal(sink);
}

/* Names that no terminal draws the same: bidirectional, joined, combining, wide, empty, broken, and one of a megabyte. */
static struct dataset *
strange_profile(void)
{
	static const char *const names[] = {
		"\xe2\x80\xaeright to left\xe2\x80\xac", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
		"e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86", "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", "\xe2\x9d\xa4\xef\xb8\x8f", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "",
		"\x1b]0;title\x07", "a\nb\tc\rd", "\xff\xfe\x80", "\xc3", "\xed\xa0\x80", "\xe1\x84\x80\xe1\x85\xa1", "\xcc\x81", "\xe2\x80\x8b", "(a+)+$", "';rm -rf ~;'", "a;b",
	};
	enum { NAMES = sizeof names / sizeof *names, LONG = 1 << 20 };
	struct sink *sink = sink_new(STR("strange.folded"));
	struct rng rng = { 7 };
	char *longest = xcalloc(1, LONG + 1);

	sink_sample_type(sink, STR("samples"), STR("samples"));
	for (int i = 0; i < LONG; i++)
		longest[i] = "\xe6\x97\xa5"[i % 3];
	for (int i = 0; i < 300; i++) {
		stack_id stack = ID_NONE;
		for (uint32_t depth = 1 + rng_below(&rng, 8); depth-- > 0;)
			stack = add_frame(sink, stack, rng_below(&rng, 30) ? names[rng_below(&rng, NAMES)] : longest);
		sink_sample(sink, stack, sink_track(sink, TRACK_PROFILE, str_of(names[rng_below(&rng, NAMES)])), (double[]){ 1 + rng_below(&rng, 50) });
	}
	free(longest);
	return seal(sink);
}

static bool
cell_is_valid(const struct grid *grid, int col, int row)
{
	const struct cell *cell = &grid->cells[row * grid->cols + col];

	if (cell->width == 0)
		return cell->len == 0 && col > 0 && grid->cells[row * grid->cols + col - 1].width == 2;
	if (cell->width > 2 || cell->len == 0 || (unsigned char)cell->text[0] < ' ' || cell->text[0] == 0x7f)
		return false;
	if (cell->width == 2 && (col + 1 >= grid->cols || grid->cells[row * grid->cols + col + 1].width != 0))
		return false;
	return !u8_check((const uint8_t *)cell->text, cell->len) && cell->style.bg.role < ROLE_COUNT && cell->style.fg.role < ROLE_COUNT;
}

static const char *
fault(struct viewer *viewer)
{
	struct app *app = viewer->app;
	const struct grid *grid = &viewer->grid;
	struct strips strips = { 0 };
	struct flame flame;
	int screen_row;

	for (int row = 0; row < grid->rows; row++)
		for (int col = 0; col < grid->cols; col++)
			if (!cell_is_valid(grid, col, row))
				return "a cell is not valid";
	if (grid->cursor_col >= grid->cols || grid->cursor_row >= grid->rows)
		return "the terminal's cursor is outside";
	flame_measure(app, &flame);
	if (app->state.cursor >= flame.tree->count || app->state.focus >= flame.tree->count)
		return "the cursor is no node";
	if (!flame_has(&flame, app->state.cursor))
		return "the cursor is not in the picture";
	if (!(app->state.to > app->state.from) || app->state.from < flame.focus->from || app->state.to > flame.focus->to)
		return "the viewport left the focus";
	if (app->state.view == VIEW_TREE) {
		const struct folding *folding = calltree_rows(app);
		uint32_t at = folding_row(folding, app->state.cursor), rows = (uint32_t)app_screen(app).table.rows;
		return folding_at(folding, at) != app->state.cursor                              ? "the cursor is folded away"
		       : at < app->state.tree_top || (rows > 1 && at - app->state.tree_top >= rows - 1) ? "the cursor's row is not on screen"
		                                                                               : NULL;
	}
	if (app->state.view == VIEW_TIMELINE) {
		const struct span_rows *rows = timeline_rows(app);
		uint32_t at = span_rows_find(rows, app->state.cursor), visible = (uint32_t)app_screen(app).table.rows;
		return span_rows_at(rows, at).node != app->state.cursor                               ? "the cursor has no row"
		       : at < app->state.tree_top || (visible > 0 && at - app->state.tree_top >= visible) ? "the cursor's row is not on screen"
		                                                                                 : NULL;
	}
	if (app->state.view == VIEW_TRACES) {
		const struct traces *traces = traces_of(app);
		const struct trace_line *line = traces_chosen(app);
		uint32_t rows = (uint32_t)traces_list_rect(app).rows;
		uint32_t at = line ? (uint32_t)(line - traces->lines.at) : 0;
		return !line && traces->lines.len                                            ? "no trace is chosen"
		       : line && (at < app->state.traces.top || (rows > 1 && at - app->state.traces.top >= rows - 1)) ? "the chosen trace is not on screen"
		                                                                             : NULL;
	}
	if (!view_has_flame(app->state.view))
		return NULL;
	uint32_t row = flame_row_of(&flame, app->state.cursor);
	flame_strips(&flame, row, &strips);
	long at = flame_find(&flame, &strips, app->state.cursor);
	vec_fini(&strips);
	if (at < 0)
		return "the cursor is not drawn";
	if (!flame_screen_row(&flame, row, &screen_row))
		return "the cursor's row is not on screen";
	return NULL;
}

static void
random_key(struct viewer *viewer, struct rng *rng)
{
	static const char *const typed[] = { "a", "e", "op", "(", "json|tiny", "level_1", "X", "\xe6\x97\xa5" };
	int count = 0;

	while (bindings[count].key)
		count++;
	const struct binding *binding = &bindings[rng_below(rng, (uint32_t)count)];
	if (binding->action == ACT_QUIT && rng_below(rng, 4))
		return;
	if (rng_below(rng, 12) == 0) {
		struct str text = str_of(typed[rng_below(rng, sizeof typed / sizeof *typed)]);
		viewer_send(viewer, &(struct event){ .kind = EVENT_PASTE, .text = text });
		return;
	}
	if (rng_below(rng, 8) == 0)
		viewer_keys(viewer, rng_below(rng, 2) ? "Enter" : "Esc");
	else
		viewer_keys(viewer, binding->key);
}

static void
random_mouse(struct viewer *viewer, struct rng *rng)
{
	static const uint8_t mods[] = { 0, 0, 0, MOD_CTRL, MOD_ALT, MOD_SHIFT };
	int col = (int)rng_below(rng, (uint32_t)viewer->grid.cols), row = (int)rng_below(rng, (uint32_t)viewer->grid.rows);
	struct event event = {
		.kind = EVENT_MOUSE, .what = (enum mouse_what)rng_below(rng, MOUSE_WHEEL_RIGHT + 1),
		.button = (enum mouse_button)rng_below(rng, BUTTON_RIGHT + 1), .clicks = 1 + (int)rng_below(rng, 2), .col = col, .row = row,
		.mods = mods[rng_below(rng, sizeof mods)],
	};

	viewer_send(viewer, &event);
}

static void
random_step(struct viewer *viewer, struct rng *rng)
{
	uint32_t what = rng_below(rng, 40);

	if (what == 0)
		viewer_resize(viewer, 1 + (int)rng_below(rng, rng_below(rng, 2) ? 20 : 200), 1 + (int)rng_below(rng, rng_below(rng, 2) ? 10 : 60));
	else if (what == 1)
		viewer_wait(viewer, rng_below(rng, 4000));
	else if (what < 12)
		random_mouse(viewer, rng);
	else
		random_key(viewer, rng);
	viewer_draw(viewer);
	free(app_take_copy(viewer->app));
	free(app_take_save(viewer->app));
}

/* Files must not be written by a walk. */
static void
keep_prompts_harmless(struct viewer *viewer)
{
	if (viewer->app->prompt.kind == PROMPT_WRITE || viewer->app->prompt.kind == PROMPT_SAVE)
		viewer_keys(viewer, "Ctrl-u");
}

static void
walk(const char *what, struct dataset *ds, uint64_t seed, bool ascii, bool background)
{
	struct viewer viewer;
	struct rng rng = { seed };
	const char *bad = NULL;
	int step = 0;

	viewer_open(&viewer, ds, 80, 24);
	viewer.app->options.ascii = ascii;
	if (background)
		viewer.app->patience = 0;
	for (; step < STEPS && !bad; step++) {
		keep_prompts_harmless(&viewer);
		random_step(&viewer, &rng);
		bad = fault(&viewer);
	}
	if (!ok(!bad, "%s, seed %d: the screen stays valid", what, (int)seed))
		diag("step %d at %dx%d: %s", step, viewer.grid.cols, viewer.grid.rows, bad);
	viewer_close(&viewer);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= 3; seed++) {
		walk("a trace", checkout_trace(), seed, false, false);
		walk("traces", three_traces(), seed, seed == 2, seed == 3);
		walk("a profile", small_profile(), seed, seed == 3, false);
		walk("overlapping spans", random_trace(seed), seed, false, seed == 2);
	}
	walk("a deep profile", deep_profile(), 4, false, false);
	for (uint64_t seed = 6; seed <= 8; seed++)
		walk("strange names", strange_profile(), seed, seed == 7, seed == 8);
	walk("nothing", empty_dataset(), 5, false, false);
	return done();
}
