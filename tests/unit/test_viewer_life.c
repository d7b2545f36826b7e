/* SPDX-License-Identifier: MIT
 * The viewer around its picture: loading and building, options, poor terminals, and what is taken away from it. */
#include "config.h"

#include <unistd.h>

#include "tests/unit/viewer_test.h"
#include "util/alloc.h"

static void
test_link_of_pipe(void)
{
	struct viewer viewer;
	const char *const paths[] = { "-" };

	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "Y");
	ok(!app_copy_caveat(viewer.app), "a link to files opens them");
	viewer.app->options.paths = paths;
	viewer.app->options.path_count = 1;
	viewer_keys(&viewer, "Y");
	ok(app_copy_caveat(viewer.app) && viewer_shows(&viewer, "has to be piped in again"), "one to a pipe says what it needs");
	viewer_keys(&viewer, "j y");
	ok(!app_copy_caveat(viewer.app), "a name needs nothing");
	viewer.app->options.path_count = 0;
	viewer_close(&viewer);
}

/* Without a picture between them, as a slow link hands them over. */
static void
press_blind(struct viewer *viewer, int col, int row)
{
	struct event event = { .kind = EVENT_MOUSE, .what = MOUSE_PRESS, .button = BUTTON_LEFT, .col = col, .row = row, .clicks = 1 };

	viewer->update |= app_handle(viewer->app, &event, ++viewer->now);
}

static void
test_taking(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "j j y");
	char *copied = app_take_copy(viewer.app);
	ok((viewer.update & UPDATE_COPY) && copied, "y copies");
	is_text(copied, "server::serve", "the name");
	free(copied);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "copy-stack");
	viewer_keys(&viewer, "Enter");
	copied = app_take_copy(viewer.app);
	ok((viewer.update & UPDATE_COPY) && copied, "the stack can be copied");
	is_text(copied, "main\nserver::serve\n", "outermost first");
	free(copied);
	viewer_keys(&viewer, "2");
	for (int i = 0; i < 600 && !viewer_shows(&viewer, "stack  main › evil"); i++)
		viewer_keys(&viewer, "j");
	viewer_keys(&viewer, "y 1");
	copied = app_take_copy(viewer.app);
	ok(copied && !strchr(copied, '\x1b') && strstr(copied, "evil"), "what is copied has no escape sequences");
	free(copied);
	viewer_keys(&viewer, "g j j v");
	ok(!(viewer.update & UPDATE_EDIT) && viewer_shows(&viewer, "does not say where this is written"), "v says when there is no file");
	viewer_keys(&viewer, "i");
	ok(viewer_shows(&viewer, "boxes  "), "i shows what is known");
	viewer_keys(&viewer, "i !");
	ok(viewer_shows(&viewer, "nothing was repaired"), "there is nothing to note");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "save-screen");
	viewer_keys(&viewer, "Enter Ctrl-u");
	viewer_type(&viewer, "x.svg");
	viewer_keys(&viewer, "Enter");
	char *saved = app_take_save(viewer.app);
	ok((viewer.update & UPDATE_SAVE) && saved && strcmp(saved, "x.svg") == 0, "the screen can be saved");
	free(saved);
	viewer_close(&viewer);
}

/* A click on what stands somewhere; false: it does not. */
static bool
click_on(struct viewer *viewer, const char *text)
{
	int col, row;

	if (!viewer_find(viewer, text, &col, &row))
		return false;
	viewer_mouse(viewer, MOUSE_PRESS, col, row, 1, 0);
	return true;
}

/* From the menu of a box. */
static bool
from_menu(struct viewer *viewer, const char *box, const char *action)
{
	struct event event = { .kind = EVENT_MOUSE, .what = MOUSE_PRESS, .button = BUTTON_RIGHT, .clicks = 1 };

	if (!viewer_find(viewer, box, &event.col, &event.row))
		return false;
	viewer_send(viewer, &event);
	return click_on(viewer, action);
}

/* From the palette, which the header opens, turning the wheel until it is there. */
static bool
from_palette(struct viewer *viewer, const char *action)
{
	if (!click_on(viewer, ": palette"))
		return false;
	for (int i = 0; i < 200 && !viewer_shows(viewer, action); i++)
		viewer_mouse(viewer, MOUSE_WHEEL_DOWN, 50, 12, 0, 0);
	return click_on(viewer, action);
}

static void
test_source(void)
{
	struct sink *sink = sink_new(STR("x.folded"));
	struct frame_in frame = { .name = STR("here"), .file = STR("/etc/passwd"), .line = 3 }, gone = { .name = STR("gone"), .file = STR("/nonexistent/a\x1b.c"), .line = 9 };
	struct viewer viewer;
	char *path = NULL;
	uint32_t line = 0;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id stack = sink_stack(sink, ID_NONE, sink_frame(sink, &frame));
	stack = sink_stack(sink, stack, sink_frame(sink, &gone));
	stack = sink_stack(sink, stack, sink_frame(sink, &(struct frame_in){ .name = STR("browser"), .file = STR("file:///etc/pass%77d"), .line = 1 }));
	stack = sink_stack(sink, stack, sink_frame(sink, &(struct frame_in){ .name = STR("hostile"), .file = STR("file:///etc/passwd%00.js"), .line = 1 }));
	add_sample(sink, stack, 3, 0);
	viewer_open(&viewer, seal(sink), 100, 24);
	viewer_keys(&viewer, "j v");
	ok((viewer.update & UPDATE_EDIT) && app_take_edit(viewer.app, &path, &line), "v opens the source");
	is_text(path, "/etc/passwd", "the file");
	is_int(line, 3, "and the line");
	free(path);
	ok(!app_take_edit(viewer.app, &path, &line), "once");
	ok(from_menu(&viewer, "here", "open-source") && (viewer.update & UPDATE_EDIT) && app_take_edit(viewer.app, &path, &line), "the menu opens it, too");
	free(path);
	viewer_keys(&viewer, "j v");
	ok(!(viewer.update & UPDATE_EDIT) && viewer_shows(&viewer, "there is no file /nonexistent/a\xe2\x90\x9b.c here"), "unless it is not there");
	viewer_keys(&viewer, "j v");
	ok((viewer.update & UPDATE_EDIT) && app_take_edit(viewer.app, &path, &line), "an address of a file is one");
	is_text(path, "/etc/passwd", "decoded");
	free(path);
	viewer_keys(&viewer, "j v");
	ok(!(viewer.update & UPDATE_EDIT), "but it does not end early");
	viewer_close(&viewer);
}

/* What keys take away, the mouse does, too. */
static void
test_by_mouse(void)
{
	static const struct { const char *action, *want; } copies[] = {
		{ "copy   ", "server::serve" }, { "copy-stack", "main\nserver::serve\n" },
	};
	struct viewer viewer;
	char *copied;

	viewer_open(&viewer, small_profile(), 120, 50);
	for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
		ok(from_menu(&viewer, "server::serve", copies[i].action), "the menu has %s", copies[i].action);
		copied = app_take_copy(viewer.app);
		is_text(copied ? copied : "", copies[i].want, "a click on it copies");
		free(copied);
	}
	ok(from_menu(&viewer, "server::serve", "copy-link"), "the menu has the link");
	copied = app_take_copy(viewer.app);
	ok(copied && strstr(copied, "--cursor 'main;server::serve'"), "with what was clicked");
	free(copied);
	ok(from_menu(&viewer, "server::serve", "write-here") && viewer_shows(&viewer, "this box server::serve"), "it writes the box");
	ok(click_on(&viewer, "speedscope") && viewer_shows(&viewer, "write to: "), "in the format that is clicked");
	viewer_keys(&viewer, "Esc");
	ok(from_palette(&viewer, "reload ") && (viewer.update & UPDATE_RELOAD), "the palette reads the input again");
	ok(from_palette(&viewer, "mouse ") && (viewer.update & UPDATE_MOUSE), "and leaves the mouse to the terminal");
	viewer_close(&viewer);
}

static void
test_loading(void)
{
	struct app_options options = { .title = "big.json", .view = -1 };
	struct viewer viewer = { .now = 1000 };
	struct job job = { 0 };

	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loading(viewer.app, &job, 1000);
	atomic_store(&job.total, 100 << 20);
	atomic_store(&job.done, 25 << 20);
	atomic_store(&job.spans, 12345);
	atomic_store(&job.phase, "reading");
	ok(app_is_loading(viewer.app) && app_next_tick_ms(viewer.app, 1000) == 100, "news is due after 100 ms");
	viewer_wait(&viewer, 1000);
	ok(viewer_shows(&viewer, "reading") && viewer_shows(&viewer, "25 MiB of 100 MiB · 25 MiB/s · 12,345 spans and samples · 3 s left"),
	   "how far it is, how fast, how long");
	viewer_keys(&viewer, "Ctrl-c");
	ok(viewer_shows(&viewer, "keep what has been read"), "Ctrl-C asks");
	viewer_keys(&viewer, "g");
	ok(!viewer_shows(&viewer, "keep what has been read") && atomic_load(&job.wish) == JOB_GO, "one can go on");
	viewer_keys(&viewer, "Ctrl-c k");
	is_int(atomic_load(&job.wish), JOB_KEEP, "or keep what there is");
	app_loaded(viewer.app, checkout_trace(), NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "frontend POST /checkout"), "then it is shown");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "mail");
	viewer_keys(&viewer, "Enter R");
	ok(viewer.update & UPDATE_RELOAD, "R reads again");
	app_loading(viewer.app, &job, viewer.now);
	app_loaded(viewer.app, NULL, &(struct error){ .code = ERROR_INPUT, .text = "gone" }, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "not read again: gone") && viewer_shows(&viewer, "/mail"), "what was shown stays when that fails");
	app_loaded(viewer.app, checkout_trace(), NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "/mail  1 frame"), "the search outlives a reload");
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "834 samples"), "even another kind of input");
	viewer_close(&viewer);

	struct dataset *three = three_traces();
	struct recipe asked = { .spec = tree_spec_default(three) };
	asked.spec.track = 2;
	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_set_recipe(viewer.app, &asked);
	app_loaded(viewer.app, three, NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "render slow"), "a trace can be asked for");
	app_set_recipe(viewer.app, NULL);
	app_loaded(viewer.app, checkout_trace(), NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "is not there any more") && viewer_shows(&viewer, "POST /checkout"), "what has gone since is not asked for again");
	viewer_close(&viewer);

	int col, row;
	three = three_traces();
	asked.spec = tree_spec_default(three);
	asked.spec.track = 2;
	asked.spec.merge = MERGE_MERGED;
	asked.spec.order = ORDER_ALPHABETICAL;
	viewer.app = app_new(&options, 160, 24);
	grid_init(&viewer.grid, 160, 24);
	app_set_recipe(viewer.app, &asked);
	app_loaded(viewer.app, three, NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "merged ✕") && viewer_shows(&viewer, "order alphabetical ✕"), "what options ask for is taken back by pills, too");
	ok(viewer_find(&viewer, "✕", &col, &row) && viewer_shows(&viewer, "track trace"), "the trace as well");
	press_blind(&viewer, col, row);
	viewer_wait(&viewer, 0);
	ok(viewer.app->state.recipe.spec.track == TRACK_ALL && !viewer_shows(&viewer, "track trace"), "then all are there");
	viewer_close(&viewer);

	viewer_open(&viewer, checkout_trace(), 100, 24);
	viewer_keys(&viewer, "6 f");
	viewer_type(&viewer, "duration > p50");
	viewer_keys(&viewer, "Enter");
	app_loaded(viewer.app, empty_dataset(), NULL, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "there is nothing to show") && viewer_shows(&viewer, "the timeline is made of spans"), "stopped before anything was read there is nothing to look at");
	viewer_close(&viewer);

	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loading(viewer.app, &job, viewer.now);
	app_loaded(viewer.app, NULL, &(struct error){ .code = ERROR_INPUT, .text = "no format fits" }, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer_shows(&viewer, "no format fits"), "a failure is told");
	viewer_keys(&viewer, "q");
	ok(viewer.update & UPDATE_QUIT, "and left");
	viewer_close(&viewer);
	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loading(viewer.app, &job, viewer.now);
	app_loaded(viewer.app, NULL, &(struct error){ .code = ERROR_CANCELLED }, viewer.now);
	viewer_wait(&viewer, 0);
	ok(viewer.update & UPDATE_QUIT, "what was dropped ends the program");
	viewer_close(&viewer);
}

static void
wait_for_tree(struct viewer *viewer)
{
	for (int i = 0; i < 5000 && app_is_loading(viewer->app); i++) {
		usleep(1000);
		viewer_wait(viewer, 0);
	}
	ok(!app_is_loading(viewer->app), "the tree is there in the end");
}

static void
test_background(void)
{
	struct app_options options = { .title = "x", .view = VIEW_FLAME, .search = "render" };
	struct viewer viewer = { .now = 1 };

	viewer.app = app_new(&options, 140, 24);
	viewer.app->patience = 0;
	grid_init(&viewer.grid, 140, 24);
	app_loaded(viewer.app, three_traces(), NULL, 1);
	viewer_draw(&viewer);
	ok(app_is_loading(viewer.app) && viewer_shows(&viewer, "of 9 spans and samples"), "a large tree is built in the background");
	int due = app_next_tick_ms(viewer.app, viewer.now);
	ok(due >= 0 && due <= 20, "and looked after");
	wait_for_tree(&viewer);
	ok(viewer_shows(&viewer, "api GET /") && viewer_shows(&viewer, "/render"), "then it is shown as asked for");
	viewer_keys(&viewer, "o");
	ok(viewer_shows(&viewer, "Ctrl-C stops") && viewer_shows(&viewer, "api GET /"), "meanwhile the old one stays");
	viewer_keys(&viewer, "a C 2");
	is_int(viewer.app->state.view, VIEW_FLAME, "and does not move");
	wait_for_tree(&viewer);
	ok(viewer_shows(&viewer, "order alphabetical"), "until the new one is there");
	is_int(viewer.app->state.view, VIEW_TABLE, "what was typed ahead is for the new one");
	viewer_keys(&viewer, "u u u");
	ok(viewer_shows(&viewer, "order alphabetical") && !viewer_shows(&viewer, "colour"), "looks are gone back over, too");
	viewer_keys(&viewer, "u");
	ok(!app_is_loading(viewer.app) && !viewer_shows(&viewer, "order alpha"), "one that is there already is shown at once");
	viewer_keys(&viewer, "U o Ctrl-c");
	for (int i = 0; i < 5000 && app_is_loading(viewer.app); i++) {
		usleep(1000);
		viewer_wait(&viewer, 0);
	}
	ok(viewer_shows(&viewer, "stopped: ") && viewer_shows(&viewer, "order alphabetical"), "what is stopped leaves the picture as it was");
	viewer_keys(&viewer, "M o");
	viewer_close(&viewer);

	viewer.app = app_new(&options, 140, 24);
	viewer.app->patience = 0;
	grid_init(&viewer.grid, 140, 24);
	app_loaded(viewer.app, checkout_trace(), NULL, viewer.now);
	viewer_keys(&viewer, "q");
	for (int i = 0; i < 5000 && !(viewer.update & UPDATE_QUIT); i++) {
		usleep(1000);
		viewer_wait(&viewer, 0);
	}
	ok(viewer.update & UPDATE_QUIT, "stopping the first one ends the program");
	viewer_close(&viewer);
}

static void
test_options(void)
{
	struct app_options options = { .title = "x", .view = VIEW_FLAME, .search = "mail", .focus = "frontend POST /checkout;checkout PlaceOrder" };
	struct viewer viewer = { .now = 1 };

	viewer.app = app_new(&options, 140, 24);
	grid_init(&viewer.grid, 140, 24);
	app_loaded(viewer.app, checkout_trace(), NULL, 1);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "focus checkout PlaceOrder") && viewer_shows(&viewer, "/mail"), "opened with a focus and a search");
	viewer_send(&viewer, &(struct event){ .kind = EVENT_BACKGROUND, .rgb = 0xfafafa });
	ok(theme_is_light(app_theme(viewer.app)), "a light terminal gets the light theme");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "theme");
	viewer_keys(&viewer, "Enter Home Enter");
	ok(!theme_is_light(app_theme(viewer.app)), "the theme can be chosen");
	viewer_send(&viewer, &(struct event){ .kind = EVENT_BACKGROUND, .rgb = 0xfafafa });
	ok(!theme_is_light(app_theme(viewer.app)), "and then stays");
	viewer_close(&viewer);
}

static void
test_footer(void)
{
	static const int widths[] = { 200, 80, 40 };
	struct viewer viewer;

	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		viewer_open(&viewer, small_profile(), widths[i], 24);
		viewer_keys(&viewer, "j j");
		ok(viewer_shows(&viewer, "? help"), "the way to the help is shown in %d columns", widths[i]);
		viewer_close(&viewer);
	}
}

static void
test_deep_stack(void)
{
	enum { LEVELS = 5000 };
	struct sink *sink = sink_new(STR("deep.folded"));
	stack_id stack = ID_NONE;
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	for (int i = 0; i < LEVELS; i++) {
		char name[16];
		snprintf(name, sizeof name, "f%d", i);
		stack = add_frame(sink, stack, name);
	}
	add_sample(sink, stack, 1, 1);
	viewer_open(&viewer, seal(sink), 100, 24);
	viewer_keys(&viewer, "j j j j j");
	ok(viewer_shows(&viewer, "stack  f0 › f1 › f2 › f3 › f4"), "a stack begins with its outermost frame");
	viewer_keys(&viewer, "G");
	ok(viewer_shows(&viewer, "stack  … › ") && viewer_shows(&viewer, " › f4999"), "or says that it does not");
	viewer_close(&viewer);
}

static void
test_plain(void)
{
	struct app_options options = { .title = "x", .view = -1, .ascii = true, .mono = true };
	struct viewer viewer = { .now = 1 };
	bool plain = true;

	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loaded(viewer.app, checkout_trace(), NULL, 1);
	viewer_draw(&viewer);
	for (int i = 0; i < 100 * 24; i++)
		plain &= viewer.grid.cells[i].len == 1 && viewer.grid.cells[i].text[0] >= ' ' && viewer.grid.cells[i].text[0] < 0x7f;
	ok(plain, "nothing but ASCII is drawn where there is no more");
	ok(strstr(viewer_row(&viewer, 6), "|frontend GET /cart 290 ms") && strstr(viewer_row(&viewer, 6), "|checkout PlaceOrder"),
	   "boxes begin with a bar");
	ok(viewer_shows(&viewer, "! checkout charge card"), "errors have a mark");
	viewer_close(&viewer);
}

static void
test_clicks_that_come_together(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	viewer_keys(&viewer, "j l x");
	ok(viewer_find(&viewer, "✕", &col, &row), "a filter is a pill");
	press_blind(&viewer, col, row);
	press_blind(&viewer, col, row);
	viewer_draw(&viewer);
	ok(viewer.app->state.recipe.filter_count == 0 && !viewer_shows(&viewer, "✕"), "a second click on it that comes with the first does nothing");
	viewer_keys(&viewer, "5 ;");
	ok(viewer_find(&viewer, "▾", &col, &row), "the call tree has marks to fold");
	viewer_keys(&viewer, "j");
	node_id cursor = viewer.app->state.cursor;
	viewer.update |= app_handle(viewer.app, &(struct event){ .kind = EVENT_KEY, .key = '7' }, ++viewer.now);
	viewer.update |= app_handle(viewer.app, &(struct event){ .kind = EVENT_KEY, .key = '1' }, ++viewer.now);
	press_blind(&viewer, col, row);
	ok(viewer.app->state.cursor == cursor, "nor does one on a mark of another view");
	viewer_draw(&viewer);
	viewer_keys(&viewer, ".");
	ok(viewer_find(&viewer, "sandwich", &col, &row), "the menu has lines");
	viewer_keys(&viewer, "Esc .");
	viewer.update |= app_handle(viewer.app, &(struct event){ .kind = EVENT_KEY, .key = K_ESC }, ++viewer.now);
	viewer.update |= app_handle(viewer.app, &(struct event){ .kind = EVENT_KEY, .key = 't' }, ++viewer.now);
	int view = (int)viewer.app->state.view;
	press_blind(&viewer, col, row);
	ok(viewer.app->popup.ops && (int)viewer.app->state.view == view, "nor one on a list that is not drawn yet");
	viewer_close(&viewer);
}

int
main(void)
{
	test_clicks_that_come_together();
	test_taking();
	test_link_of_pipe();
	test_by_mouse();
	test_source();
	test_loading();
	test_background();
	test_options();
	test_footer();
	test_deep_stack();
	test_plain();
	return done();
}
