/* SPDX-License-Identifier: MIT
 * What is chosen from lists: tracks in several orders, themes of one's own, and the palette with all of it and what is typed. */
#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/viewer_test.h"
#include "ui/link.h"
#include "ui/popup.h"
#include "ui/theme_file.h"
#include "ui/value_column.h"
#include "util/alloc.h"

/* Three threads of two processes. */
static struct dataset *
threads(void)
{
	static const struct { const char *process, *name; double weight; } of[] = {
		{ "browser", "main", 10 }, { "renderer", "zebra", 70 }, { "renderer", "main", 20 },
	};
	struct sink *sink = sink_new(STR("threads.json"));

	sink_sample_type(sink, STR("cpu"), STR("bytes"));
	for (size_t i = 0; i < 3; i++) {
		stack_id stack = add_frame(sink, add_frame(sink, ID_NONE, "run"), of[i].name);
		track_id track = sink_thread(sink, str_of(of[i].process), str_of(of[i].name));
		sink_sample(sink, stack, track, (double[]){ of[i].weight });
	}
	return seal(sink);
}

/* Whether the texts stand below each other in this order. */
static bool
in_order(struct viewer *viewer, const char *const *texts)
{
	int before = -1;

	for (; *texts; texts++) {
		int col, row;
		if (!viewer_find(viewer, *texts, &col, &row) || row <= before)
			return false;
		before = row;
	}
	return true;
}

/* What is known of a track gives way to its name. */
static void
test_narrow(void)
{
	struct viewer viewer;
	int row;

	viewer_open(&viewer, three_traces(), 80, 24);
	viewer_keys(&viewer, "t");
	ok(viewer_find(&viewer, "3 spans", NULL, &row) && strstr(viewer_row(&viewer, row), "api GET /") && strstr(viewer_row(&viewer, row), "900 µs"),
	   "a track has its name, its spans and its length");
	viewer_resize(&viewer, 40, 10);
	ok(viewer_find(&viewer, "api GET /", NULL, &row) && strstr(viewer_row(&viewer, row), "900 µs") && !strstr(viewer_row(&viewer, row), "span"),
	   "where it is narrow the name is whole");
	viewer_close(&viewer);
}

static void
test_tracks(void)
{
	static const char *const as_read[] = { "all tracks", "thread main of browser", "thread zebra of renderer", "thread main of renderer", NULL };
	static const char *const by_weight[] = { "all tracks", "thread zebra of renderer", "thread main of renderer", "thread main of browser", NULL };
	static const char *const by_name[] = { "all tracks", "thread main of browser", "thread main of renderer", "thread zebra of renderer", NULL };
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, threads(), 100, 24);
	viewer_keys(&viewer, "t");
	ok(in_order(&viewer, as_read) && viewer_shows(&viewer, "as in the input"), "tracks as they are in the input, with their processes");
	viewer_keys(&viewer, "Down Down Tab");
	ok(in_order(&viewer, by_weight) && viewer_shows(&viewer, "heaviest first"), "by weight");
	ok(viewer_shows(&viewer, "> thread zebra"), "the chosen one stays chosen");
	ok(viewer_shows(&viewer, "1 sample        70 B") && viewer_shows(&viewer, "1 sample        10 B"), "with their weights");
	ok(viewer_find(&viewer, "heaviest first", &col, &row), "with the mouse");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(in_order(&viewer, by_name) && viewer_shows(&viewer, "by name"), "by name");
	viewer_type(&viewer, "mren");
	ok(viewer_shows(&viewer, "> thread main of renderer") && viewer.app->popup.list.count == 1, "letters that are spread narrow it");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.recipe.spec.track, 2, "what is chosen is what was shown");
	viewer_keys(&viewer, "t");
	ok(viewer_shows(&viewer, "by name") && viewer_shows(&viewer, "> thread main of renderer"), "the order is kept, and it stands on what is open");
	viewer_keys(&viewer, "Home Enter");
	ok(viewer.app->state.recipe.spec.track == TRACK_ALL, "all of them, merged");
	viewer_keys(&viewer, "t");
	ok(!viewer_shows(&viewer, "nothing matches"), "there are some");
	viewer_type(&viewer, "zzz");
	ok(viewer_shows(&viewer, "nothing matches"), "a list of which nothing is left says so");
	viewer_keys(&viewer, "Esc");
	viewer_close(&viewer);
}

/* Of a thread that seldom calls anything the time between its calls is no weight. */
static void
test_idle(void)
{
	static const struct { const char *thread; int64_t start, end; } of[] = {
		{ "idle", 0, 2 }, { "idle", 9000, 9003 }, { "idle", 9001, 9002 }, { "busy", 100, 700 },
	};
	static const char *const by_weight[] = { "all tracks", "thread busy", "thread idle", NULL };
	struct sink *sink = sink_new(STR("threads.json"));
	struct viewer viewer;

	sink_group_open(sink);
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		sink_thread_span(sink, sink_thread(sink, STR("app"), str_of(of[i].thread)), &(struct span_in){
			.id = i + 1, .parent_id = i == 2 ? 2 : 0, .name = STR("run"), .start_ns = of[i].start * 1000000, .end_ns = of[i].end * 1000000, .has_start = true, .has_end = true,
		});
	sink_group_close(sink);
	viewer_open(&viewer, seal(sink), 100, 24);
	viewer_keys(&viewer, "t Tab");
	ok(in_order(&viewer, by_weight) && viewer_shows(&viewer, "3 spans       5 ms") && viewer_shows(&viewer, "1 span      600 ms"), "threads weigh what their calls take");
	viewer_keys(&viewer, "Esc");
	viewer_close(&viewer);
}

static void
test_themes(void)
{
	char folder[] = "/tmp/spanfire-themes-XXXXXX";
	struct app_options options = { .title = "x", .version = "1", .view = -1, .theme_folder = folder };
	struct viewer viewer = { .now = 1000 };

	if (!mkdtemp(folder)) {
		skip(1, "no room for a file");
		return;
	}
	char *mine = xasprintf("%s/dusk.json", folder), *broken = xasprintf("%s/broken.json", folder), *other = xasprintf("%s/a b.json", folder);
	FILE *file = fopen(mine, "w");
	fputs("{ \"roles\": { \"background\": \"#102030\" } }", file);
	fclose(file);
	file = fopen(broken, "w");
	fputs("{ \"roles\": 7 }", file);
	fclose(file);
	fclose(fopen(other, "w"));
	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_keys(&viewer, ": t h e m e Enter");
	ok(viewer_shows(&viewer, "dusk") && viewer_shows(&viewer, "your own") && viewer_shows(&viewer, "color-blind"), "own themes are listed");
	ok(!viewer_shows(&viewer, "a b"), "what cannot be a theme's name is not");
	viewer_keys(&viewer, "End Enter");
	is_text(theme_name(app_theme(viewer.app)), "dusk", "and chosen");
	is_int(theme_rgb(app_theme(viewer.app), PAINT(ROLE_BACKGROUND)), 0x102030, "they look so");
	file = fopen(mine, "w");
	fputs("{ \"roles\": { \"background\": \"#405060\" } }", file);
	fclose(file);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "theme dusk");
	viewer_keys(&viewer, "Enter");
	is_int(theme_rgb(app_theme(viewer.app), PAINT(ROLE_BACKGROUND)), 0x405060, "one that was changed is read again");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "theme broken");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "broken.json:1"), "what is wrong with one is said with its place");
	is_text(theme_name(app_theme(viewer.app)), "dusk", "and changes nothing");
	viewer_close(&viewer);
	themes_forget();
	unlink(mine);
	unlink(broken);
	unlink(other);
	rmdir(folder);
	free(mine);
	free(broken);
	free(other);
}

static void
palette(struct viewer *viewer, const char *line)
{
	viewer_keys(viewer, ":");
	viewer_type(viewer, line);
	viewer_keys(viewer, "Enter");
}

static void
test_palette(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 30);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "hide ::parse");
	ok(viewer_shows(&viewer, "> hide ::parse") && viewer_shows(&viewer, "1 frame, 2 boxes"), "a verb and its word, and what it would find");
	viewer_type(&viewer, "|[");
	ok(viewer_shows(&viewer, "missing terminating ]"), "or what is wrong with it");
	viewer_keys(&viewer, "Esc");
	palette(&viewer, "hide ::parse");
	ok(viewer_shows(&viewer, "hide /::parse/ ✕"), "it is done");
	palette(&viewer, "hide /::parse/");
	ok(!viewer_shows(&viewer, "hide /::parse/ ✕") || viewer.app->state.recipe.filter_count == 2, "any text is a word");
	viewer_keys(&viewer, "Alt-x Up");
	ok(viewer_shows(&viewer, "hide: /::parse/"), "it is remembered where it would have been asked for");
	viewer_keys(&viewer, "Esc");
	palette(&viewer, "without hide /::");
	is_int(viewer.app->state.recipe.filter_count, 1, "what differs can be taken back by its name");
	viewer_keys(&viewer, "d Enter");
	palette(&viewer, "only main");
	palette(&viewer, "show-from serve");
	palette(&viewer, "ignore tiny_0");
	is_int(viewer.app->state.recipe.filter_count, 3, "all filters");
	palette(&viewer, "hide ");
	ok(viewer_shows(&viewer, "hide: "), "without a word one is asked for it");
	viewer_keys(&viewer, "Esc");
	palette(&viewer, "search json parse");
	is_text(app_search(viewer.app), "json parse", "search");
	palette(&viewer, "sandwich parse$");
	is_int(viewer.app->state.view, VIEW_SANDWICH, "sandwich");
	palette(&viewer, "unfold-to 2");
	is_int(viewer.app->state.view, VIEW_TREE, "levels of the call tree");
	viewer_close(&viewer);
}

static void
test_set(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 30);
	palette(&viewer, "metric space");
	is_int(viewer.app->state.recipe.spec.metric.sample_type, 1, "metric NAME");
	palette(&viewer, "theme light");
	is_text(theme_name(app_theme(viewer.app)), "light", "theme NAME");
	palette(&viewer, "sort total");
	is_int(viewer.app->state.sort, TOP_TOTAL, "sort COLUMN");
	palette(&viewer, "order alphabetical");
	is_int(viewer.app->state.recipe.spec.order, ORDER_ALPHABETICAL, "order ORDER");
	palette(&viewer, "recursion all");
	is_int(viewer.app->state.recipe.recursion, RECURSION_ALL, "recursion HOW");
	viewer_keys(&viewer, ": Tab");
	ok(viewer_shows(&viewer, "up "), "Tab writes the chosen name out");
	viewer_keys(&viewer, "Ctrl-u");
	viewer_type(&viewer, "metric s");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "metric samples"), "as far as it is known");
	viewer_keys(&viewer, "Esc");
	viewer_close(&viewer);
	viewer_open(&viewer, three_traces(), 120, 30);
	palette(&viewer, "track render slow");
	ok(viewer.app->state.recipe.spec.track == TRACK_ALL, "a name that no track has changes nothing");
	viewer_keys(&viewer, "Esc");
	palette(&viewer, "track trace 03");
	ok(viewer.app->state.recipe.spec.track == 2 && viewer.app->scene->tree->timed, "track NAME");
	palette(&viewer, "merge merged");
	ok(!viewer.app->scene->tree->timed, "merge HOW");
	palette(&viewer, "merge merged");
	ok(!viewer.app->scene->tree->timed, "twice is once");
	viewer_close(&viewer);
}

/* Whether one of the palette's lines begins so. */
static bool
has_line(struct viewer *viewer, const char *begin)
{
	struct app *app = viewer->app;
	bool found = false;

	for (uint32_t i = 0; i < popup_line_count(app) && !found; i++) {
		struct popup_item item = { 0 };
		popup_line_item(app, i, &item);
		found = str_starts(buf_str(&item.left), str_of(begin));
		popup_item_fini(&item);
	}
	return found;
}

/* Of every part of the view but where in it one is, and the names of views, which are actions. */
static void
test_options(void)
{
	static const char *const places[] = { "trace", "view", "pane", "cursor", "viewport", "scroll", "similar" };
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 100, 24);
	viewer_keys(&viewer, ":");
	for (const struct link_field *field = link_fields; field->option; field++) {
		bool is_place = strstr(field->option, "-row") || strstr(field->option, "-scroll") || strstr(field->option, "-span") ||
		                strcmp(field->option, "list-unfold") == 0;
		for (size_t i = 0; i < sizeof places / sizeof *places; i++)
			is_place |= strcmp(field->option, places[i]) == 0;
		if (!is_place)
			ok(has_line(&viewer, field->option), "the palette has --%s", field->option);
	}
	ok(has_line(&viewer, "export"), "and the command that writes");
	viewer_close(&viewer);
}

static void
palette_line(struct viewer *viewer, const char *line)
{
	viewer_keys(viewer, ":");
	viewer_type(viewer, line);
	viewer_keys(viewer, "Enter");
}

static void
test_option_words(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	palette_line(&viewer, "only-service");
	ok(viewer_shows(&viewer, "> only-service") && viewer_shows(&viewer, "a regular expression follows"), "an option asks for its word");
	viewer_type(&viewer, "^front");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "only-service /^front/ ✕"), "and takes it");
	viewer_keys(&viewer, "u");
	ok(!viewer_shows(&viewer, "only-service"), "back takes it back");
	palette_line(&viewer, "hide-service [");
	ok(viewer_shows(&viewer, "missing terminating ]"), "what is wrong with it is said");
	palette_line(&viewer, "column http.method");
	ok(str_equal(value_column_key(viewer.app), STR("http.method")), "a column by its key");
	palette_line(&viewer, "color-attribute http.method");
	is_int(viewer.app->state.color, COLOR_ATTRIBUTE, "colours by a key");
	palette_line(&viewer, "name-width 44");
	is_int(viewer.app->state.name_cols, 44, "a width");
	palette_line(&viewer, "utc on");
	ok(viewer.app->state.utc && viewer.app->state.absolute, "moments in UTC");
	palette_line(&viewer, "invert");
	ok(viewer.app->state.recipe.inverted, "bottom-up by its option's name");
	palette_line(&viewer, "--invert");
	ok(!viewer.app->state.recipe.inverted, "or as the command line has it");
	palette_line(&viewer, "--hide SELECT");
	ok(viewer_shows(&viewer, "hide /SELECT/ ✕"), "with its word");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "to-time soon");
	ok(viewer_shows(&viewer, "neither a time such as"), "a time that is none is told while it is typed");
	viewer_keys(&viewer, "Esc");
	palette_line(&viewer, "to-time 1970-01-02T00:00:00Z");
	ok(viewer.app->state.recipe.select.has_to && viewer.app->state.recipe.select.to_ns == INT64_C(86400000000000), "an end of the time");
	palette_line(&viewer, "from-time -1s");
	ok(viewer.app->state.recipe.select.has_from && viewer.app->state.recipe.select.has_to, "its beginning leaves the end");
	viewer_close(&viewer);
}

int
main(void)
{
	test_tracks();
	test_idle();
	test_narrow();
	test_themes();
	test_palette();
	test_set();
	test_options();
	test_option_words();
	return done();
}
