/* SPDX-License-Identifier: MIT
 * Files written from the viewer: which part of the graph, in which format, and what becomes of a file that is there. */
#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/export.h"
#include "load/load.h"
#include "tests/unit/viewer_test.h"
#include "ui/writing.h"
#include "util/alloc.h"

enum { TICKS = 5000 };    /* of a millisecond that a thread is given */

static char *folder;

/* Until the file is there, or will never be. */
static void
settle(struct viewer *viewer)
{
	for (int i = 0; i < TICKS && (app_is_loading(viewer->app) || app_is_writing(viewer->app)); i++) {
		usleep(1000);
		viewer_wait(viewer, 20);
	}
}

/* Begins to write: keys lead to the prompt for the name, which then is this one in the test's folder. */
static char *
write_to(struct viewer *viewer, const char *keys, const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);

	viewer_keys(viewer, keys);
	viewer_keys(viewer, "Ctrl-u");
	viewer_type(viewer, path);
	viewer_keys(viewer, "Enter");
	if (viewer->app->patience)
		settle(viewer);
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

/* The file holds just that; it is removed. */
static void
holds(char *path, const char *text, const char *what)
{
	char found[4096] = "";
	FILE *file = fopen(path, "r");

	if (file && fread(found, 1, sizeof found - 1, file) == 0)
		diag("nothing in it");
	if (file)
		fclose(file);
	is_text(found, text, what);
	unlink(path);
	free(path);
}

static struct dataset *
shared_parse(void)
{
	struct sink *sink = sink_new(STR("parse.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id root = add_frame(sink, ID_NONE, "main"), read = add_frame(sink, root, "read"), load = add_frame(sink, root, "load");
	stack_id of_read = add_frame(sink, read, "parse"), of_load = add_frame(sink, load, "parse");
	add_sample(sink, of_read, 1, 0);
	add_sample(sink, of_load, 2, 0);
	add_sample(sink, add_frame(sink, of_load, "lex"), 4, 0);
	add_sample(sink, add_frame(sink, of_load, "parse"), 8, 0);
	add_sample(sink, root, 16, 0);
	return seal(sink);
}

/* What is seen in a sandwich can be taken away: each half, and parts of them. */
static void
test_sandwich(void)
{
	struct viewer viewer;
	const char *callees = "parse 3\nparse;lex 4\nparse;parse 8\n", *callers = "parse;load;main 14\nparse;read;main 1\n";

	viewer_open(&viewer, shared_parse(), 100, 24);
	viewer_keys(&viewer, "j j j");
	is_text(viewer_cursor(&viewer), "parse", "on a function");
	viewer_keys(&viewer, "b s w");
	ok(viewer.app->state.view == VIEW_SANDWICH && viewer_shows(&viewer, "callees of parse") && viewer_shows(&viewer, "callers of parse") &&
	   viewer_shows(&viewer, "everything"), "both halves are offered, and everything");
	viewer_keys(&viewer, "Esc");
	holds(write_to(&viewer, "w Enter", "callees"), callees, "what it calls, recursion counted once");
	holds(write_to(&viewer, "w Down Down Down Enter", "callers"), callers, "what calls it");
	holds(write_to(&viewer, "w Down Down Down Down Down Down Enter", "all"),
	      "main 16\nmain;load;parse 2\nmain;load;parse;lex 4\nmain;load;parse;parse 8\nmain;read;parse 1\n", "everything, from the top down");
	viewer_keys(&viewer, "j");
	const char *below = viewer_cursor(&viewer);
	ok(viewer.app->state.cursor != NODE_ALL && !scene_is_caller(app_scene(viewer.app), viewer.app->state.cursor), "below");
	bool lex = strcmp(below, "lex") == 0;
	viewer_keys(&viewer, ": w r i t e - h e r e Enter");
	ok(viewer_shows(&viewer, lex ? "this box lex" : "this box parse"), "a box has its own, from the menu");
	viewer_keys(&viewer, "Esc");
	holds(write_to(&viewer, "w End Up Up Enter", "box"), lex ? "lex 4\n" : "parse 8\n", "what is in it");
	viewer_keys(&viewer, "k k");
	ok(scene_is_caller(app_scene(viewer.app), viewer.app->state.cursor), "above");
	is_text(viewer_cursor(&viewer), "load", "the heaviest caller");
	holds(write_to(&viewer, "w End Up Up Enter", "caller"), "load;main 14\n", "and its callers");
	char *path = xasprintf("%s/typed", folder);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "write ");
	viewer_type(&viewer, path);
	viewer_keys(&viewer, "Enter");
	settle(&viewer);
	holds(path, callees, "a name alone means what it calls");
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
	settle(&viewer);
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
	settle(&viewer);
	ok(viewer_shows(&viewer, "written to") && viewer.app->scene->tree->timed, "then it is written");
	reads_back(path, "folded", "api: GET /", all / 3, "and the same as ever");
	viewer_close(&viewer);
}

/* The reader of a pipe, which comes when it is told to. */
struct reader { char *path; char text[8192]; size_t len; };

/* To its end, whatever there is room for: a pipe that is left early is an error for the writer. */
static void *
read_pipe(void *self)
{
	struct reader *reader = self;
	FILE *file = fopen(reader->path, "r");

	reader->len = file ? fread(reader->text, 1, sizeof reader->text - 1, file) : 0;
	while (file && getc(file) != EOF)
		continue;
	if (file)
		fclose(file);
	return NULL;
}

static char *
make_pipe(void)
{
	char *path = xasprintf("%s/pipe", folder);

	unlink(path);
	if (mkfifo(path, 0600) != 0)
		diag("no pipe");
	return path;
}

/* Begins to write to a pipe that nobody reads. */
static char *
write_to_pipe(struct viewer *viewer)
{
	char *path = make_pipe();

	viewer_keys(viewer, "w Enter Ctrl-u");
	viewer_type(viewer, path);
	viewer_keys(viewer, "Enter");
	for (int i = 0; i < 5; i++)
		viewer_wait(viewer, 20);
	return path;
}

/* One goes on looking while a file is written. */
static void
test_meanwhile(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, small_profile(), 100, 24);
	char *path = write_to_pipe(&viewer);
	ok(app_is_writing(viewer.app) && viewer_shows(&viewer, "writing pipe 0%  Esc stops"), "how far it is stands in the last line");
	viewer_keys(&viewer, "j j");
	is_text(viewer_cursor(&viewer), "server::serve", "keys go on working");
	viewer_keys(&viewer, "w");
	ok(viewer_shows(&viewer, "one file at a time") && !viewer.app->popup.ops, "a second file has to wait");
	viewer_keys(&viewer, "q");
	ok(!(viewer.update & UPDATE_QUIT) && viewer_shows(&viewer, "still writing pipe"), "q says first what would be lost");
	viewer_keys(&viewer, "k q");
	ok(viewer.update & UPDATE_QUIT, "and leaves when it is pressed again");
	viewer_keys(&viewer, "Esc");
	settle(&viewer);
	ok(!app_is_writing(viewer.app) && viewer_shows(&viewer, "stopped: nothing was written to "), "Esc stops it");
	free(path);
	viewer_wait(&viewer, 5000);
	path = write_to_pipe(&viewer);
	ok(viewer_find(&viewer, "Esc stops", &col, &row), "how to stop it can be clicked");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	settle(&viewer);
	ok(!app_is_writing(viewer.app) && viewer_shows(&viewer, "stopped: "), "too");
	free(path);
	path = write_to_pipe(&viewer);
	viewer_close(&viewer);
	ok(true, "the program may end while it writes");
	unlink(path);
	free(path);
}

/* What is written is what was there when it began, whatever is read meanwhile. */
static void
test_reload(void)
{
	struct viewer viewer;
	struct reader reader = { 0 };
	pthread_t thread;

	viewer_open(&viewer, small_profile(), 100, 24);
	reader.path = write_to_pipe(&viewer);
	app_loaded(viewer.app, three_traces(), NULL, viewer.now);
	viewer_keys(&viewer, "1");
	app_loaded(viewer.app, checkout_trace(), NULL, viewer.now);
	ok(app_is_writing(viewer.app), "the input is read again while it writes");
	pthread_create(&thread, NULL, read_pipe, &reader);
	settle(&viewer);
	pthread_join(thread, NULL);
	ok(viewer_shows(&viewer, "written to ") && strstr(reader.text, "main;server::serve;json::parse 300\n"), "all of the old one is there");
	unlink(reader.path);
	free(reader.path);
	viewer_close(&viewer);
}

/* Trees are let go when there are many, but not the one that is written. */
static void
test_trees(void)
{
	static const char *const turns[] = { "b", "o", "m Down Enter", "b", "o", "b", "o", "b", "m Down Enter", "b", "o" };
	struct viewer viewer;
	struct reader reader = { 0 };
	pthread_t thread;

	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "o");
	reader.path = write_to_pipe(&viewer);
	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
		viewer_keys(&viewer, turns[i]);
	pthread_create(&thread, NULL, read_pipe, &reader);
	settle(&viewer);
	pthread_join(thread, NULL);
	ok(strstr(reader.text, "main;server::serve;json::parse 300\n"), "the tree that is written stays");
	unlink(reader.path);
	free(reader.path);
	viewer_close(&viewer);
}

static long
size_of(const char *path)
{
	struct stat there;

	return stat(path, &there) == 0 ? (long)there.st_size : -1;
}

/* A writer that never ends by itself. */
static bool
write_on_and_on(const struct export_subject *subject, FILE *out, struct export_report *report, struct error *err)
{
	report->renamed = 0;
	for (uint64_t i = 0; !ferror(out) && !job_stopped(subject->job); i++) {
		fputs("on and ", out);
		atomic_store(&subject->job->total, 200);
		atomic_store(&subject->job->done, 84);
		usleep(100);
	}
	return error_set(err, ERROR_SYSTEM, "cannot write");
}

static bool
is_empty(const char *path)
{
	return rmdir(path) == 0 && mkdir(path, 0700) == 0;
}

static void
test_stopped(void)
{
	static const struct export_format endless = { .name = "endless", .suffix = ".endless", .write = write_on_and_on };
	struct viewer viewer;
	char *path = xasprintf("%s/stacks", folder);

	viewer_open(&viewer, small_profile(), 100, 24);
	writing_start(viewer.app, &(struct writing_wish){ .format = &endless, .scene = app_scene(viewer.app), .path = path });
	for (int i = 0; i < TICKS && !viewer_shows(&viewer, "42%"); i++) {
		usleep(1000);
		viewer_wait(&viewer, 20);
	}
	ok(viewer_shows(&viewer, "writing stacks 42%"), "half way");
	ok(!is_empty(folder) && size_of(path) < 0, "the file has another name meanwhile");
	viewer_keys(&viewer, "Ctrl-c");
	settle(&viewer);
	ok(!(viewer.update & UPDATE_QUIT) && viewer_shows(&viewer, "stopped: "), "Ctrl-C stops it first");
	ok(is_empty(folder), "and nothing is left");
	writing_start(viewer.app, &(struct writing_wish){ .format = &endless, .scene = app_scene(viewer.app), .path = path });
	usleep(5000);
	viewer_close(&viewer);
	ok(is_empty(folder), "nor after the end of the program");
	free(path);
}

static void
make_empty(const char *path)
{
	FILE *file = fopen(path, "w");

	if (file)
		fclose(file);
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
	settle(&viewer);
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
		test_sandwich();
		test_home();
		test_replace();
		test_background();
		test_meanwhile();
		test_reload();
		test_trees();
		test_stopped();
		rmdir(folder);
	} else {
		skip(1, "no room for a file");
	}
	return done();
}
