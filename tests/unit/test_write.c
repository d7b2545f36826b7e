/* SPDX-License-Identifier: MIT
 * Files written from the viewer: which part of the graph, in which format, and what becomes of a file that is there. */
#include "config.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/load.h"
#include "tests/unit/viewer_test.h"
#include "util/alloc.h"

static char *folder;

/* Begins to write: keys lead to the prompt for the name, which then is this one in the test's folder. */
static char *
write_to(struct viewer *viewer, const char *keys, const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);

	viewer_keys(viewer, keys);
	viewer_keys(viewer, "Ctrl-u");
	viewer_type(viewer, path);
	viewer_keys(viewer, "Enter");
	return path;
}

/* The file is read as that format; in what is read the first line of stacks is the given name, and its total. */
static void
reads_back(char *path, const char *format, const char *root, double total, const char *what)
{
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .format = format }, &err);
	struct build_cache *cache = ds ? build_cache_new(ds, NULL) : NULL;
	struct tree_spec spec = ds ? tree_spec_default(ds) : (struct tree_spec){ 0 };

	spec.merge = MERGE_MERGED;
	struct tree *tree = ds ? tree_build(cache, &spec, NULL) : NULL;
	bool good = tree && tree->count > 1 && str_equal(frame_name(ds, tree->frame[1]), str_of(root)) && fabs(tree->total[NODE_ALL] - total) <= 1e-9 * total;
	if (!ok(good, "%s", what) && tree)
		diag("%.*s, total %g", (int)frame_name(ds, tree->frame[1]).len, frame_name(ds, tree->frame[1]).at, tree->total[NODE_ALL]);
	tree_free(tree);
	build_cache_free(cache);
	dataset_free(ds);
	unlink(path);
	free(path);
}

static void
test_formats(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "w");
	ok(viewer_shows(&viewer, "folded") && viewer_shows(&viewer, "speedscope") && viewer_shows(&viewer, "nested-set"), "w offers all formats");
	ok(viewer_shows(&viewer, "everything") && !viewer_shows(&viewer, "the focus") && !viewer_shows(&viewer, "this box"),
	   "of all where there is nothing else");
	viewer_keys(&viewer, "Down Enter");
	ok(viewer_shows(&viewer, "write to: checkout.speedscope.json") && viewer_shows(&viewer, "speedscope of everything"),
	   "a name is suggested, and what will be in it is said");
	viewer_keys(&viewer, "Ctrl-u");
	viewer_type(&viewer, "x.nested-set.json");
	ok(viewer_shows(&viewer, "nested-set of everything"), "the suffix decides");
	viewer_keys(&viewer, "Esc");
	double all = viewer.app->scene->tree->total[NODE_ALL];
	reads_back(write_to(&viewer, "w Enter", "a.folded"), "folded", "main", all, "folded stacks");
	ok(viewer_shows(&viewer, "written to"), "a message says so");
	reads_back(write_to(&viewer, "w Enter", "a.speedscope.json"), "speedscope", "main", all, "speedscope by the suffix");
	reads_back(write_to(&viewer, "w End Enter", "a.txt"), "nested-set", "main", all, "the chosen format without one");
	viewer_keys(&viewer, "w");
	ok(viewer_find(&viewer, "speedscope", &col, &row), "with the mouse");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(viewer_shows(&viewer, "write to: checkout.speedscope.json"), "too");
	viewer_close(&viewer);
}

static void
test_scopes(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "j j Enter j");
	is_text(viewer_cursor(&viewer), "json::parse", "with a focus and the cursor below it");
	viewer_keys(&viewer, "w");
	ok(viewer_shows(&viewer, "the focus server::serve") && viewer_shows(&viewer, "everything") && viewer_shows(&viewer, "this box json::parse"),
	   "each can be written");
	viewer_keys(&viewer, "Esc");
	double focus = viewer.app->scene->tree->total[viewer.app->state.focus];
	reads_back(write_to(&viewer, "w Enter", "focus"), "folded", "server::serve", focus, "the focus comes first");
	reads_back(write_to(&viewer, "w End Enter", "box"), "nested-set", "json::parse", 500, "the box under the cursor");
	viewer_keys(&viewer, ": w r i t e - h e r e Enter");
	ok(viewer_shows(&viewer, "this box json::parse") && !viewer_shows(&viewer, "everything"), "from the menu only that");
	viewer_keys(&viewer, "Esc x");
	reads_back(write_to(&viewer, "w Enter", "filtered"), "folded", "server::serve", focus, "filters hold: what is hidden leaves its weight");
	viewer_keys(&viewer, "m Down Enter");
	ok(viewer.app->scene->tree->total[NODE_ALL] > 1 << 20, "with another metric");
	reads_back(write_to(&viewer, "w Enter", "bytes"), "folded", "server::serve",
	           viewer.app->scene->tree->total[viewer.app->state.focus], "that one is written");
	viewer_close(&viewer);
	viewer_open(&viewer, three_traces(), 100, 24);
	viewer_keys(&viewer, "1");
	double all = viewer.app->scene->tree->total[NODE_ALL];
	viewer_keys(&viewer, "t Down Enter");
	ok(viewer.app->scene->tree->timed, "a trace in time order");
	viewer_keys(&viewer, "w");
	ok(viewer_shows(&viewer, "what is selected") && viewer_shows(&viewer, "all tracks"), "alone or with all others");
	viewer_keys(&viewer, "Esc");
	reads_back(write_to(&viewer, "w Enter", "one"), "folded", "api: GET /", all / 3, "the one that is shown, merged");
	reads_back(write_to(&viewer, "w Down Down Down Enter", "all"), "folded", "api: GET /", all, "all of them");
	viewer_close(&viewer);
}

/* What is seen in the order of time is written so where the format can say it. */
static void
test_time(void)
{
	struct viewer viewer;

	viewer_open(&viewer, three_traces(), 100, 24);
	viewer_keys(&viewer, "1");
	double all = viewer.app->scene->tree->total[NODE_ALL];
	viewer_keys(&viewer, "t Down Enter w");
	ok(viewer_shows(&viewer, "what is selected, in the order of time") && viewer_shows(&viewer, "what is selected, merged"),
	   "the order of time for speedscope, all else merged");
	viewer_keys(&viewer, "Esc");
	char *path = write_to(&viewer, "w Down Enter", "time.speedscope.json"), text[4096] = "";
	FILE *file = fopen(path, "r");
	ok(file && fread(text, 1, sizeof text - 1, file) > 0 && strstr(text, "\"evented\"") && strstr(text, "\"at\": 900000"), "as boxes that open and close");
	if (file)
		fclose(file);
	reads_back(path, "speedscope", "api: GET /", all / 3, "which read back are the same stacks");
	viewer_keys(&viewer, "j j Enter");
	reads_back(write_to(&viewer, "w Down Enter", "part.speedscope.json"), "speedscope", "api: render", 400000, "of the focus alone");
	viewer_close(&viewer);
	viewer_open(&viewer, checkout_trace(), 100, 24);
	viewer_keys(&viewer, "w");
	ok(viewer.app->scene->tree->timed && !viewer_shows(&viewer, "in the order of time"), "spans that overlap are merged");
	viewer_close(&viewer);
}

static void
test_home(void)
{
	struct viewer viewer;
	char *before = xstrdup(getenv("HOME") ? getenv("HOME") : "/"), *path = xasprintf("%s/mine.folded", folder);

	setenv("HOME", folder, 1);
	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "w Enter Ctrl-u");
	viewer_type(&viewer, "~/mine.folded");
	viewer_keys(&viewer, "Enter");
	reads_back(path, "folded", "main", viewer.app->scene->tree->total[NODE_ALL], "~ is the user's folder");
	viewer_close(&viewer);
	setenv("HOME", before, 1);
	free(before);
}

/* A tree that takes its time is made in the background, and can be let go. */
static void
test_background(void)
{
	struct viewer viewer;

	viewer_open(&viewer, three_traces(), 100, 24);
	viewer_keys(&viewer, "1");
	double all = viewer.app->scene->tree->total[NODE_ALL];
	viewer_keys(&viewer, "t Down Enter");
	viewer.app->patience = 0;
	char *path = write_to(&viewer, "w Enter", "later");
	ok(app_is_loading(viewer.app) && viewer.app->scene->tree->timed, "the picture stays while the merged tree is built");
	for (int i = 0; i < 1000 && app_is_loading(viewer.app); i++) {
		usleep(1000);
		viewer_wait(&viewer, 20);
	}
	ok(viewer_shows(&viewer, "written to") && viewer.app->scene->tree->timed, "then it is written");
	reads_back(path, "folded", "api: GET /", all / 3, "and the same as ever");
	viewer_close(&viewer);
}

static void
make_empty(const char *path)
{
	FILE *file = fopen(path, "w");

	if (file)
		fclose(file);
}

static long
size_of(const char *path)
{
	struct stat there;

	return stat(path, &there) == 0 ? (long)there.st_size : -1;
}

static void
test_replace(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, small_profile(), 100, 24);
	char *path = write_to(&viewer, "w Enter", "again.folded");
	make_empty(path);
	free(write_to(&viewer, "w Enter", "again.folded"));
	ok(viewer_shows(&viewer, "the file is there already") && viewer_shows(&viewer, "replace "), "one is asked");
	viewer_keys(&viewer, "Esc");
	ok(size_of(path) == 0, "Esc leaves it as it is");
	free(write_to(&viewer, "w Enter", "again.folded"));
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "write to: ") && viewer_shows(&viewer, "again.folded"), "another name may be typed");
	viewer_keys(&viewer, "Enter");
	ok(viewer_find(&viewer, "replace ", &col, &row), "or it is replaced");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(size_of(path) > 100, "with the mouse too");
	free(write_to(&viewer, ": s a v e - s c r e e n Enter", "again.folded"));
	ok(viewer_shows(&viewer, "must end in"), "a picture has its own suffixes");
	unlink(path);
	free(path);
	path = xasprintf("%s/screen.svg", folder);
	make_empty(path);
	free(write_to(&viewer, ": s a v e - s c r e e n Enter", "screen.svg"));
	ok(viewer_shows(&viewer, "the file is there already"), "it is asked about too");
	viewer_keys(&viewer, "Down Enter");
	char *saved = app_take_save(viewer.app);
	ok((viewer.update & UPDATE_SAVE) && saved && strcmp(saved, path) == 0, "and replaced");
	free(saved);
	unlink(path);
	free(path);
	free(write_to(&viewer, "w Enter", "no/such/folder"));
	ok(viewer_shows(&viewer, "not written: ") && viewer_shows(&viewer, "no folder to write it in"), "what goes wrong is said");
	viewer_keys(&viewer, "w Enter Up");
	ok(viewer_shows(&viewer, "no/such/folder"), "the name that was typed comes back");
	viewer_close(&viewer);
}

int
main(void)
{
	char where[] = "/tmp/spanfire-write-XXXXXX";

	folder = mkdtemp(where);
	if (folder) {
		test_formats();
		test_scopes();
		test_time();
		test_home();
		test_replace();
		test_background();
		rmdir(folder);
	} else {
		skip(1, "no room for a file");
	}
	return done();
}
