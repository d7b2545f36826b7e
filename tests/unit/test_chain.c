/* SPDX-License-Identifier: MIT
 * Chains of only children drawn as one box. */
#include "config.h"

#include <math.h>
#include <unistd.h>

#include "layout/chains.h"
#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/change.h"
#include "ui/flame.h"

/* main > a > b > c, which forks; beside it x > y, where y is too light for a chain. */
static struct dataset *
chained_profile(void)
{
	struct sink *sink = sink_new(STR("chain.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	uint32_t track = sink_track(sink, TRACK_PROFILE, STR("p"));
	stack_id root = add_frame(sink, ID_NONE, "root"), main_ = add_frame(sink, root, "main"), a = add_frame(sink, main_, "alpha");
	stack_id b = add_frame(sink, a, "beta"), c = add_frame(sink, b, "gamma"), x = add_frame(sink, root, "xi");
	stack_id y = add_frame(sink, x, "ypsilon");
	sink_sample(sink, a, track, (double[]){ 1 });
	sink_sample(sink, add_frame(sink, c, "left"), track, (double[]){ 300 });
	sink_sample(sink, add_frame(sink, c, "right"), track, (double[]){ 300 });
	sink_sample(sink, x, track, (double[]){ 100 });
	sink_sample(sink, y, track, (double[]){ 300 });
	return seal(sink);
}

static int
row_with(struct viewer *viewer, const char *text)
{
	int row;

	return viewer_find(viewer, text, NULL, &row) ? row : -1;
}

static void
test_folding(void)
{
	struct viewer viewer;

	viewer_open(&viewer, chained_profile(), 120, 24);
	viewer_keys(&viewer, "j Space");
	ok(viewer_shows(&viewer, "part of no chain"), "a fork is no chain");
	viewer_keys(&viewer, "z");
	ok(viewer_shows(&viewer, "chains folded ✕"), "z folds all chains, and a pill says so");
	ok(row_with(&viewer, " (4) main 60") == row_with(&viewer, "xi 40"), "a chain is one box with its first name");
	is_int(row_with(&viewer, " left 30"), row_with(&viewer, " (4) main 60") + 1, "what is below stands right under it");
	ok(viewer_shows(&viewer, " ypsilon 30"), "a child with less is no part of one");
	viewer_mouse(&viewer, MOUSE_MOVE, 10, row_with(&viewer, " (4) main"), 0, 0);
	ok(viewer_shows(&viewer, "and 3 below it in one box"), "the tooltip says how many");
	viewer_keys(&viewer, "j");
	is_text(viewer_cursor(&viewer), "main", "down goes to the chain's box");
	ok(viewer_shows(&viewer, "(4) main  total 601"), "which is described as such");
	viewer_keys(&viewer, "j");
	is_text(viewer_cursor(&viewer), "left", "and on to what is below");
	viewer_keys(&viewer, "k Space");
	ok(viewer_shows(&viewer, " gamma 59") && viewer_shows(&viewer, "chains folded"), "space unfolds this one");
	viewer_keys(&viewer, "j j Space");
	ok(viewer_shows(&viewer, "(4) main"), "and folds it from any of its boxes");
	is_text(viewer_cursor(&viewer), "main", "the cursor goes to the box it is folded into");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "chains folded") && viewer_shows(&viewer, "(4) main"), "steps of folding are one for going back");
	viewer_keys(&viewer, "u");
	ok(!viewer_shows(&viewer, "✕") && viewer_shows(&viewer, " gamma 59"), "and back takes it all back");
	viewer_keys(&viewer, "Space");
	viewer_close(&viewer);
}

static void
test_searching(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, chained_profile(), 120, 24);
	viewer_keys(&viewer, "z /");
	viewer_type(&viewer, "beta");
	viewer_keys(&viewer, "Enter");
	viewer_find(&viewer, "(4) main", &col, &row);
	is_int(grid_cell(&viewer.grid, col, row)->style.bg.role, ROLE_BOX, "a match inside a chain marks its box");
	viewer_keys(&viewer, "n");
	is_text(viewer_cursor(&viewer), "beta", "n unfolds the chain that hides what it finds");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "focus beta ✕"), "which can be gone into");
	viewer_keys(&viewer, "0 z z Enter");
	ok(viewer_shows(&viewer, "focus main ✕") && viewer_shows(&viewer, "(4) main"), "so can a folded one");
	viewer_keys(&viewer, "j Enter");
	is_int(row_with(&viewer, " left 100.0%"), row_with(&viewer, "(4) main") + 1, "a folded chain among the ancestors is one row");
	viewer_keys(&viewer, "2 j Enter");
	viewer_keys(&viewer, "s z Space 1 b z Space j l V k 5 Space h 1 u u u u u u u u");
	viewer_close(&viewer);
}

/* A request that waits for another, which waits for a third. */
static struct dataset *
waiting_trace(void)
{
	struct sink *sink = sink_new(STR("wait.json"));

	sink_group_open(sink);
	sink_group_service(sink, STR("shop"));
	add_span(sink, 1, 1, 0, "alpha", 1000, 11000, false);
	add_span(sink, 1, 2, 1, "beta", 1000, 10999, false);
	add_span(sink, 1, 3, 2, "gamma", 1001, 10998, false);
	add_span(sink, 1, 4, 3, "left", 1001, 4000, false);
	add_span(sink, 1, 5, 3, "right", 3000, 9000, false);
	add_span(sink, 1, 6, 5, "late", 3000, 9200, false);
	sink_group_close(sink);
	return seal(sink);
}

static void
test_in_time(void)
{
	struct viewer viewer;

	viewer_open(&viewer, waiting_trace(), 120, 24);
	int beta = row_with(&viewer, " shop beta");
	viewer_keys(&viewer, "z");
	ok(viewer_shows(&viewer, "(3) shop alpha") && !viewer_shows(&viewer, " shop beta"), "chains fold in the order of time too");
	is_int(row_with(&viewer, " shop left"), beta, "what is below moves up");
	ok(viewer_shows(&viewer, " shop late"), "a child that goes on beyond its parent stands for itself");
	viewer_keys(&viewer, "j j Enter");
	is_int(row_with(&viewer, "(3) shop alpha") + 1, row_with(&viewer, " shop left 3"), "a folded chain above the focus is one row");
	viewer_keys(&viewer, "u k Space");
	is_int(row_with(&viewer, " shop beta"), beta, "space unfolds it");
	viewer_close(&viewer);
}

static void
test_in_sandwich(void)
{
	struct viewer viewer;

	viewer_open(&viewer, chained_profile(), 120, 24);
	viewer_keys(&viewer, "z");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "gamma");
	viewer_keys(&viewer, "Enter n s");
	ok(viewer_shows(&viewer, "(4) beta") && row_with(&viewer, "(4) beta") + 1 == row_with(&viewer, " gamma 100.0%"), "callers fold from the function up");
	is_int(row_with(&viewer, " left 50.0%"), row_with(&viewer, " gamma 100.0%") + 1, "the function is no part of a chain");
	viewer_keys(&viewer, "k Space");
	ok(row_with(&viewer, " alpha ") >= 0 && row_with(&viewer, " root ") + 4 == row_with(&viewer, " gamma 100.0%"), "space unfolds them");
	viewer_keys(&viewer, "Space V");
	ok(viewer_shows(&viewer, "(4) beta"), "and folds them");
	viewer_keys(&viewer, "V z");
	ok(row_with(&viewer, " root ") + 4 == row_with(&viewer, " gamma 100.0%"), "z unfolds all");
	viewer_keys(&viewer, "1");
	ok(!viewer_shows(&viewer, "folded"), "the graph is as the sandwich was left");
	viewer_close(&viewer);
}

/* Every node is drawn or folded into its chain's head; rows grow by one from box to box, in time by at least that. */
static bool
folding_holds(struct rng *rng, bool timed)
{
	uint32_t nodes = 1 + rng_below(rng, 300);
	struct tree *tree = timed ? random_timed(rng, nodes, 40, 1000) : random_merged(rng, nodes, 40, false);
	uint64_t turned[8] = { rng_next(rng) & rng_next(rng), rng_next(rng) & rng_next(rng), rng_next(rng) };
	bool all = rng_below(rng, 2), fine = true;
	struct plane *open = plane_new(tree);
	uint32_t *rows, *size = chains_fold(open, all, turned, &rows), sum = 0;
	struct plane *plane = plane_new_rows(tree, rows);

	for (node_id node = 0; node < tree->count; node++) {
		node_id head = chain_head(tree, node), parent = tree->parent[node];
		bool folds = chain_goes_on(tree, node) && all != (turned[head / 64] >> (head % 64) & 1);
		sum += size[node];
		fine &= (size[node] == 0) == folds;
		if (folds)
			fine &= plane->index_of[node] == plane->index_of[head] && plane->row_of[node] == plane->row_of[head];
		else if (node && plane_has_box(plane, node))
			fine &= timed ? plane->row_of[node] > plane->row_of[parent] : plane->row_of[node] == plane->row_of[parent] + 1;
	}
	for (uint32_t row = 0; row < plane->rows; row++)
		for (uint32_t i = plane->row_start[row]; i + 1 < plane->row_start[row + 1]; i++)
			fine &= plane_right(plane, plane->box[i].node) <= plane_left(plane, plane->box[i + 1].node);
	fine &= sum == tree->count;
	plane_free(plane);
	plane_free(open);
	free(size);
	tree_free(tree);
	return fine;
}

static void
wait_for_it(struct viewer *viewer)
{
	for (int i = 0; i < 5000 && app_is_building(viewer->app); i++) {
		usleep(1000);
		viewer_wait(viewer, 0);
	}
}

/* Of a large tree in the background: the picture stands until it is there. */
static void
test_behind(void)
{
	struct viewer viewer;

	viewer_open(&viewer, chained_profile(), 120, 24);
	viewer.app->patience = 0;
	viewer_keys(&viewer, "z");
	wait_for_it(&viewer);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "beta");
	viewer_keys(&viewer, "Enter");
	const struct plane *folded = viewer.app->scene->plane;
	viewer_keys(&viewer, "n");
	ok(app_is_building(viewer.app) && viewer.app->scene->plane == folded, "the chain that a search goes into is unfolded in the background");
	wait_for_it(&viewer);
	is_text(viewer_cursor(&viewer), "beta", "and gone to then");
	viewer_keys(&viewer, "u");
	wait_for_it(&viewer);
	ok(row_with(&viewer, "(4) main") >= 0, "back folds it again");
	viewer_keys(&viewer, "n Ctrl-c");
	wait_for_it(&viewer);
	ok(viewer_shows(&viewer, "stopped: ") && row_with(&viewer, "(4) main") >= 0, "what is stopped leaves the picture as it was");
	viewer_keys(&viewer, "5 > n Enter");
	ok(app_is_building(viewer.app), "so it is for a focus");
	wait_for_it(&viewer);
	ok(viewer_shows(&viewer, "focus beta ✕"), "which is there then");
	app_loaded(viewer.app, chained_profile(), NULL, viewer.now);
	wait_for_it(&viewer);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "focus beta ✕") && viewer_shows(&viewer, "chains folded") && row_with(&viewer, " gamma 100") > 0, "and after a reload with the chain still unfolded");
	is_text(viewer_cursor(&viewer), "beta", "and the cursor in it");
	viewer_close(&viewer);
}

int
main(void)
{
	struct rng rng = { 11 };
	int broken = 0;

	test_folding();
	test_searching();
	test_in_time();
	test_in_sandwich();
	test_behind();
	for (int i = 0; i < 400; i++)
		broken += !folding_holds(&rng, i % 2);
	is_int(broken, 0, "in random trees every node is drawn, or folded into its chain's first");
	return done();
}
