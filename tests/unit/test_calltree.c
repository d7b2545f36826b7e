/* SPDX-License-Identifier: MIT
 * The call tree: folding, its keys and mouse, and the list of rows against a slow one. */
#include "config.h"

#include <math.h>

#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/calltree.h"

static int
row_with(struct viewer *viewer, const char *text)
{
	int row;

	return viewer_find(viewer, text, NULL, &row) ? row : -1;
}

static void
palette(struct viewer *viewer, const char *name)
{
	viewer_keys(viewer, ":");
	viewer_type(viewer, name);
	viewer_keys(viewer, "Enter");
}

static void
test_keys(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "5");
	ok(row_with(&viewer, "symbol ") == 2 && row_with(&viewer, "self   self %     total  total %") == 2, "the call tree has the table's columns");
	ok(row_with(&viewer, "  ▾ main") == 4 && row_with(&viewer, "    ▾ server::serve") == 5, "what is heavy is open");
	ok(row_with(&viewer, "      ▾ json::parse") == 6 && row_with(&viewer, "        · json::parse") == 7, "children are indented");
	is_int(row_with(&viewer, "· tiny_001"), 8, "heaviest first");
	viewer_keys(&viewer, "j j");
	is_text(viewer_cursor(&viewer), "server::serve", "down goes to the next row");
	ok(viewer_shows(&viewer, "total 634 samples"), "which is described");
	viewer_keys(&viewer, "Space");
	ok(row_with(&viewer, "    ▸ server::serve") == 5 && !viewer_shows(&viewer, "json::parse"), "space folds");
	ok(row_with(&viewer, "· 日本語::関数") == 6, "what comes after moves up");
	viewer_keys(&viewer, "l");
	ok(viewer_shows(&viewer, "▾ server::serve"), "right unfolds");
	viewer_keys(&viewer, "l h h h");
	ok(viewer_shows(&viewer, "▸ server::serve"), "then goes in; left goes out, then folds");
	viewer_keys(&viewer, "h");
	is_text(viewer_cursor(&viewer), "main", "and to the parent");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "▾ server::serve"), "back takes folding back");
	viewer_keys(&viewer, "g j j j j j j j Space");
	ok(viewer_shows(&viewer, "nothing below it"), "a leaf has nothing to unfold");
	viewer_resize(&viewer, 40, 10);
	ok(viewer_shows(&viewer, "total") && !viewer_shows(&viewer, "self  "), "where it is narrow the total stays");
	viewer_resize(&viewer, 120, 24);
	viewer_keys(&viewer, "g j j j Enter");
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "focus json::parse ✕"), "Enter focuses in the graph");
	viewer_keys(&viewer, "5");
	ok(row_with(&viewer, "▾ json::parse") == 3 && !viewer_shows(&viewer, "main  "), "the tree begins at the focus");
	viewer_close(&viewer);
}

static void
test_levels(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "5");
	palette(&viewer, "fold-all");
	ok(viewer_shows(&viewer, "▸ frontend POST /checkout") && !viewer_shows(&viewer, "PlaceOrder"), "all folds");
	palette(&viewer, "unfold-to");
	viewer_type(&viewer, "2");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "▸ checkout PlaceOrder"), "or unfolds to a level");
	palette(&viewer, "unfold-all");
	viewer_keys(&viewer, "G");
	is_text(viewer_cursor(&viewer), "checkout send mail", "or to the end");
	palette(&viewer, "fold-all");
	is_text(viewer_cursor(&viewer), "frontend POST /checkout", "a cursor that is folded away goes to what hides it");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "mail");
	viewer_keys(&viewer, "Enter n");
	is_text(viewer_cursor(&viewer), "checkout send mail", "n unfolds what it finds");
	viewer_keys(&viewer, "1");
	is_text(viewer_cursor(&viewer), "checkout send mail", "the graph has the same cursor");
	viewer_keys(&viewer, "5 x");
	ok(viewer_shows(&viewer, "hide send mail ✕"), "filters work");
	viewer_keys(&viewer, "s");
	ok(viewer_shows(&viewer, "sandwich "), "and the sandwich");
	viewer_keys(&viewer, "u * b M o m Esc t Esc i Esc y 2 5 V a C ] [ 5 G PageUp PageDown g");
	viewer_close(&viewer);
	viewer_open(&viewer, empty_dataset(), 60, 12);
	viewer_keys(&viewer, "5 j k h l Space Enter G g n 5");
	ok(viewer_shows(&viewer, "· all"), "nothing can be shown as a tree too");
	viewer_close(&viewer);
}

static void
test_mouse(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "5");
	viewer_find(&viewer, "▾ server", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(viewer_shows(&viewer, "▸ server::serve"), "a click on the mark folds");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(&viewer, MOUSE_PRESS, col + 4, row + 1, 1, 0);
	is_text(viewer_cursor(&viewer), "json::parse", "a click on a row selects it");
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, col, row, 0, 0);
	ok(!viewer_shows(&viewer, "▾ main"), "the wheel scrolls");
	for (int i = 0; i < 300; i++)
		viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, col, row, 0, 0);
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, col, row, 0, 0);
	ok(viewer_shows(&viewer, "evil"), "as far as the end");
	viewer_keys(&viewer, "g j j");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 4, row, 2, 0);
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "focus server::serve"), "a double click goes in");
	viewer_close(&viewer);
}

static bool
is_listed(const struct folding *folding, node_id node)
{
	for (node_id up = node; up != folding->root;) {
		up = folding->tree->parent[up];
		if (!folding_is_open(folding, up))
			return false;
	}
	return true;
}

/* Random steps, forward and back: the rows are those whose ancestors are all open. */
static bool
rows_hold(struct rng *rng)
{
	struct tree *tree = random_merged(rng, 1 + rng_below(rng, 200), 9, false);
	struct folds folds = { 0 };
	struct folding folding;
	uint32_t step = 0;
	bool fine = true;

	folding_init(&folding, tree);
	for (int i = 0; i < 60 && fine; i++) {
		uint32_t kind = rng_below(rng, 12);
		if (kind == 0 && folds.len)
			step = rng_below(rng, (uint32_t)folds.len + 1);
		else
			step = folds_add(&folds, step, kind < 3 ? FOLD_ALL : kind < 4 ? FOLD_LEVEL : FOLD_TOGGLE,
			                 kind == 3 ? rng_below(rng, 9) : rng_below(rng, tree->count));
		folding_show(&folding, &folds, step, rng_below(rng, 20) ? folding.root == NODE_NONE ? 0 : folding.root : rng_below(rng, tree->count));
		if (rng_below(rng, 4) == 0)
			continue;
		folding_list(&folding);
		size_t at = 0;
		for (node_id node = folding.root; node < tree->end[folding.root]; node++) {
			bool listed = is_listed(&folding, node);
			if (listed)
				fine &= at < folding.count && folding_at(&folding, (uint32_t)at) == node && folding_row(&folding, node) == at;
			at += listed;
			fine &= tree_is_inside(tree, node, folding_at(&folding, folding_row(&folding, node)));
		}
		fine &= at == folding.count;
	}
	folding_fini(&folding);
	vec_fini(&folds);
	tree_free(tree);
	return fine;
}

static void
test_rows(void)
{
	struct rng rng = { 3 };
	int broken = 0;

	for (int i = 0; i < 300; i++)
		broken += !rows_hold(&rng);
	is_int(broken, 0, "the rows are those whose ancestors are all open");
}

int
main(void)
{
	test_keys();
	test_levels();
	test_mouse();
	test_rows();
	return done();
}
