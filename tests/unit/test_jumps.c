/* SPDX-License-Identifier: MIT
 * Going from box to box for what they are, in every view; the spans of a box; the cursor that stays on its span from view to view. */
#include "config.h"

#include "analysis/jump.h"
#include "tests/unit/viewer_test.h"
#include "ui/critical.h"
#include "ui/goto.h"
#include "ui/timeline.h"

enum { MS = 1000000 };

static void
test_gap(void)
{
	struct sink *sink = sink_new(STR("gap.json"));
	struct jump_gap gap;

	sink_group_open(sink);
	add_span(sink, 1, 1, 0, "root", 1000, 2000, false);
	add_span(sink, 1, 2, 1, "a", 1000, 1200, false);
	add_span(sink, 1, 3, 1, "inside a", 1050, 1100, false);
	add_span(sink, 1, 4, 1, "b", 1500, 1800, false);
	add_span(sink, 1, 5, 1, "late", 2500, 2600, false);
	add_span(sink, 1, 6, 3, "leaf", 1050, 1100, false);
	sink_group_close(sink);
	struct dataset *ds = seal(sink);
	struct forest *forest = forest_new(ds);
	ok(jump_longest_gap(forest, ds, 0, &gap) && gap.from_ns == 1200 && gap.to_ns == 1500, "the longest time without a child");
	ok(gap.before == 1 && gap.after == 3, "between these");
	ok(!jump_longest_gap(forest, ds, 2, &gap), "there is none where children are at work all the time");
	ok(jump_longest_gap(forest, ds, 3, &gap) && gap.from_ns == 1500 && gap.to_ns == 1800 && gap.before == ID_NONE && gap.after == ID_NONE,
	   "a span without children is one gap");
	forest_free(forest);
	dataset_free(ds);
}

static void
test_errors(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 40);
	viewer_keys(&viewer, "e");
	is_text(viewer_cursor(&viewer), "checkout SELECT item", "e goes to an error in the order of time");
	viewer_keys(&viewer, "e");
	is_text(viewer_cursor(&viewer), "checkout charge card", "and to the next one");
	viewer_keys(&viewer, "E");
	is_text(viewer_cursor(&viewer), "checkout SELECT item", "E back");
	viewer_keys(&viewer, "M g e");
	ok(!viewer.app->scene->tree->timed && viewer.app->scene->tree->items[viewer.app->state.cursor] == 1, "merged too");
	is_text(viewer_cursor(&viewer), "checkout charge card", "the heaviest comes first there");
	viewer_keys(&viewer, "e");
	is_text(viewer_cursor(&viewer), "checkout SELECT item", "a box of many spans has the error of any");
	viewer_keys(&viewer, "5 g e");
	is_text(viewer_cursor(&viewer), "checkout charge card", "in the call tree");
	viewer_keys(&viewer, "2 g e");
	const char *row = viewer_row(&viewer, viewer.grid.rows - 3);
	ok(strstr(row, "charge card") || strstr(row, "SELECT item"), "in the table by row");
	viewer_keys(&viewer, "1 b g e");
	ok(strcmp(viewer_cursor(&viewer), "checkout charge card") == 0 || strcmp(viewer_cursor(&viewer), "checkout SELECT item") == 0, "bottom-up");
	viewer_close(&viewer);

	viewer_open(&viewer, three_traces(), 100, 30);
	viewer_keys(&viewer, "1");
	viewer_keys(&viewer, "e");
	is_text(viewer_cursor(&viewer), "api render", "of all traces together");
	viewer_close(&viewer);

	viewer_open(&viewer, small_profile(), 100, 30);
	viewer_keys(&viewer, "e");
	ok(viewer_shows(&viewer, "samples neither fail nor wait"), "a profile has none");
	viewer_close(&viewer);
}

static void
test_critical(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 40);
	viewer_keys(&viewer, "p");
	is_text(viewer_cursor(&viewer), "frontend POST /checkout", "p goes along the critical path");
	viewer_keys(&viewer, "p");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "from box to box");
	viewer_keys(&viewer, "P P");
	ok(viewer.app->state.cursor > 60 && critical_is_on(viewer.app, viewer.app->state.cursor), "P back, and round to the last one");
	viewer_keys(&viewer, "M g p");
	is_text(viewer_cursor(&viewer), "frontend POST /checkout", "merged too");
	viewer_close(&viewer);
}

/* Cells of the mark at the cursor's box. */
static int
gap_cells(struct viewer *viewer)
{
	int count = 0;

	for (int row = 2; row < viewer->grid.rows - 3; row++)
		for (int col = 0; col < viewer->grid.cols; col++) {
			const struct cell *cell = grid_cell(&viewer->grid, col, row);
			bool line = cell->len == 3 && (memcmp(cell->text, "│", 3) == 0 || memcmp(cell->text, "─", 3) == 0);
			count += line && cell->style.fg.role == ROLE_INK && cell->style.attrs & ATTR_BOLD;
		}
	return count;
}

static int
selected_on_axis(struct viewer *viewer)
{
	struct timeline timeline;
	int count = 0;

	if (!timeline_measure(viewer->app, &timeline))
		return -1;
	for (int i = 0; i < timeline.axis.cols; i++)
		count += grid_cell(&viewer->grid, timeline.axis.col + i, timeline.axis.row)->style.bg.role == ROLE_SELECTED;
	return count;
}

static void
test_relatives(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 40);
	viewer_keys(&viewer, "j $");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "$ goes to the slowest child");
	viewer_keys(&viewer, "$");
	is_text(viewer_cursor(&viewer), "checkout ship order", "and on");
	app_act(viewer.app, ACT_SIBLING_PREV);
	is_text(viewer_cursor(&viewer), "checkout charge card", "the sibling before");
	app_act(viewer.app, ACT_SIBLING_NEXT);
	is_text(viewer_cursor(&viewer), "checkout ship order", "the next one");
	app_act(viewer.app, ACT_SIBLING_NEXT);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "the last one under its parent"), "which is the last");
	viewer_keys(&viewer, "^");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "^ goes to the parent");
	app_act(viewer.app, ACT_GAP);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "80 ms without a child") && viewer_shows(&viewer, "after checkout ship order"), "the longest gap is said");
	ok(gap_cells(&viewer) >= 3, "and marked at its box");
	viewer_keys(&viewer, "6");
	is_int(gap_cells(&viewer), 0, "until another key comes");
	app_act(viewer.app, ACT_GAP);
	viewer_draw(&viewer);
	ok(gap_cells(&viewer) >= 3 && selected_on_axis(&viewer) >= gap_cells(&viewer), "in the timeline on the axis too");
	viewer_wait(&viewer, 60000);
	ok(gap_cells(&viewer) == 0 && selected_on_axis(&viewer) == 0, "as long as the message stands");
	viewer_keys(&viewer, "1 :");
	viewer_type(&viewer, "longest");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "without a child"), "the palette goes there too");
	viewer_keys(&viewer, ".");
	ok(viewer_shows(&viewer, "Go to the slowest child"), "and the menu");
	viewer_close(&viewer);
}

/* Five calls under one parent, the third of them the slowest. */
static struct dataset *
calls(void)
{
	struct sink *sink = sink_new(STR("calls.json"));

	sink_group_open(sink);
	sink_group_service(sink, STR("s"));
	add_span(sink, 1, 1, 0, "root", 0, 100 * MS, false);
	for (uint64_t i = 0; i < 5; i++)
		add_span(sink, 1, 10 + i, 1, "call", (int64_t)i * 20 * MS, (int64_t)i * 20 * MS + (i == 2 ? 15 : 2 + (int64_t)i) * MS, i == 4);
	sink_group_close(sink);
	return seal(sink);
}

static void
test_instances(void)
{
	struct viewer viewer;

	viewer_open(&viewer, calls(), 100, 50);
	viewer_keys(&viewer, "M j j i");
	is_text(viewer_cursor(&viewer), "s call", "merged, the calls are one box");
	ok(viewer_shows(&viewer, "spans, slowest first 5") && viewer_shows(&viewer, "   15 ms › +40 ms"), "the pane lists its spans");
	ok(viewer_shows(&viewer, "min 2 ms  median 5 ms  p90 15 ms  p99 15 ms  max 15 ms"), "how long they took");
	ok(viewer_shows(&viewer, "errors      1 of 5"), "and how many failed");
	viewer_keys(&viewer, ")");
	ok(viewer_shows(&viewer, "1 of 5, slowest first") && viewer_shows(&viewer, "000000000000000c"), ") goes to the slowest");
	viewer_keys(&viewer, ")");
	ok(viewer_shows(&viewer, "2 of 5") && viewer_shows(&viewer, "000000000000000e") && viewer_shows(&viewer, "● error"), "and to the next");
	viewer_keys(&viewer, "( (");
	ok(viewer_shows(&viewer, "5 of 5"), "( goes back, and round");
	viewer_keys(&viewer, "Tab Enter");
	ok(viewer_shows(&viewer, "spans, slowest first 5"), "from one of them back to all");
	viewer_keys(&viewer, "} j j Enter");
	ok(viewer_shows(&viewer, "3 of 5") && viewer.app->state.in_details, "one is chosen from the list");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "spans, slowest first 5"), "u goes back");
	viewer_close(&viewer);
}

static span_id
cursor_span(struct viewer *viewer)
{
	const struct tree *tree = viewer->app->scene->tree;

	return tree->span[viewer->app->state.cursor];
}

static void
test_same_span(void)
{
	struct viewer viewer;

	viewer_open(&viewer, calls(), 100, 50);
	viewer_keys(&viewer, "M j j M");
	is_int(cursor_span(&viewer), 3, "in the order of time a box becomes its slowest span");
	viewer_keys(&viewer, "l M M");
	is_int(cursor_span(&viewer), 4, "or the one that was the cursor last");
	viewer_keys(&viewer, "M i ) ) M");
	is_int(cursor_span(&viewer), 5, "or that the details were about");
	viewer_keys(&viewer, "i 6");
	is_int(cursor_span(&viewer), 5, "the timeline has the same");
	viewer_keys(&viewer, "5");
	is_int(cursor_span(&viewer), 5, "the call tree too");
	viewer_keys(&viewer, "1 j j");
	viewer_close(&viewer);

	viewer_open(&viewer, three_traces(), 100, 30);
	viewer_keys(&viewer, "1");
	viewer_keys(&viewer, "j j");
	char name[64];
	snprintf(name, sizeof name, "%s", viewer_cursor(&viewer));
	is_int(viewer.app->scene->tree->items[viewer.app->state.cursor], 3, "all traces merged");
	struct tree_spec spec = session_default_spec(viewer.app->session, 1);
	app_change_spec(viewer.app, &spec);
	ok(viewer.app->scene->tree->timed && viewer.app->session->ds->spans.track[cursor_span(&viewer)] == 1, "of the chosen trace the one in it");
	is_text(viewer_cursor(&viewer), name, "of the same name");
	viewer_close(&viewer);
}

static void
test_odd(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 160, 40);
	viewer_keys(&viewer, "!");
	ok(viewer_shows(&viewer, "1 span ends after its parent, by 90 ms"), "! tells of odd spans");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "checkout send mail", "and goes to them");
	ok(viewer_shows(&viewer, "! ends 90 ms after its parent"), "the detail bar has a mark and a sentence");
	viewer_keys(&viewer, "i");
	viewer_keys(&viewer, "g");
	ok(viewer_shows(&viewer, "odd spans 1") && viewer_shows(&viewer, "1 span ends after its parent, by 90 ms") && viewer_shows(&viewer, "spans      66"), "those of all have the trace, with its notes");
	viewer_keys(&viewer, "G");
	ok(viewer_shows(&viewer, "odd         ends 90 ms after its parent") || viewer_shows(&viewer, "odd        ends 90 ms after its parent"), "and the details");
	viewer_close(&viewer);
}

int
main(void)
{
	test_gap();
	test_errors();
	test_critical();
	test_relatives();
	test_instances();
	test_same_span();
	test_odd();
	return done();
}
