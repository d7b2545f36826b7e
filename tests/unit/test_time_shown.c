/* SPDX-License-Identifier: MIT
 * Profiles along the clock, in the viewer. */
#include "config.h"

#include "tests/unit/viewer_test.h"

enum { MS = 1000000 };

/* Two threads: of the first, work, a sleep and work again. */
static struct dataset *
two_threads(void)
{
	struct sink *sink = sink_new(STR("threads.perf"));

	sink_sample_type(sink, STR("cycles"), STR("cycles"));
	sink_sample_type(sink, STR("samples"), STR("samples"));
	uint32_t first = sink_track(sink, TRACK_THREAD, STR("worker")), second = sink_track(sink, TRACK_THREAD, STR("idler"));
	stack_id root = add_frame(sink, ID_NONE, "serve"), parse = add_frame(sink, root, "parse"), store = add_frame(sink, root, "store");
	for (int i = 0; i < 40; i++)
		sink_sample_at(sink, i < 10 || i >= 30 ? parse : store, first, (double[]){ 5, 1 }, (i < 20 ? i : i + 100) * MS);
	sink_sample_at(sink, root, second, (double[]){ 5, 1 }, 3 * MS);
	return seal(sink);
}

int
main(void)
{
	struct viewer viewer;

	viewer_open(&viewer, two_threads(), 120, 24);
	viewer_keys(&viewer, "M");
	ok(viewer_shows(&viewer, "one thread at a time can be shown in time order"), "several threads stay merged, and why");
	viewer_keys(&viewer, "t Down Enter M");
	const struct tree *tree = viewer.app->scene->tree;
	ok(tree->sampled && viewer_shows(&viewer, "in time order ✕"), "M lays the samples of a thread along the clock");
	ok(viewer_shows(&viewer, "140 ms"), "the axis is its time");
	is_int(tree->count, 7, "what goes on is one box, after a sleep there is another");
	viewer_keys(&viewer, "j j");
	is_text(viewer_cursor(&viewer), "parse", "down into the first call");
	ok(viewer_shows(&viewer, "total 10 ms"), "which is as long as it went on");
	viewer_keys(&viewer, "Enter");
	ok(viewer.app->state.focus == 2, "a call can be the focus");
	viewer_keys(&viewer, "u / s t o r e Enter");
	ok(viewer_shows(&viewer, "2 boxes") || viewer_shows(&viewer, "/store 1"), "search finds its calls");
	viewer_keys(&viewer, "k x");
	tree = viewer.app->scene->tree;
	ok(tree->sampled && tree->count == 5, "what hides a frame leaves the clock as it is");
	viewer_keys(&viewer, "Y");
	ok(strstr(viewer.app->copy, "--merge time") && strstr(viewer.app->copy, "--track"), "a link keeps it");
	viewer_keys(&viewer, "t Down Enter");
	ok(viewer.app->scene->tree->sampled, "another thread is shown in time order too");
	viewer_keys(&viewer, "M");
	ok(!viewer.app->scene->tree->timed, "M merges it again");
	viewer_close(&viewer);
	return done();
}
