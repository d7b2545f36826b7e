/* SPDX-License-Identifier: MIT
 * The table in the viewer: rows by function, package or file, only what a search finds, and what can be done with a row. */
#include "config.h"

#include "tests/unit/viewer_test.h"
#include "ui/table.h"

static struct dataset *
packed_profile(void)
{
	struct sink *sink = sink_new(STR("packed.pprof"));
	struct frame_in frames[] = {
		{ .name = STR("net/http.Serve"), .file = STR("server.go") },
		{ .name = STR("net/http.read"), .file = STR("server.go") },
		{ .name = STR("encoding/json.Marshal"), .file = STR("encode.go") },
		{ .name = STR("net/http.write"), .file = STR("transfer.go") },
		{ .name = STR("runtime.mallocgc") },
	};
	frame_id id[5];
	uint32_t track;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	track = sink_track(sink, TRACK_PROFILE, STR("p"));
	for (int i = 0; i < 5; i++)
		id[i] = sink_frame(sink, &frames[i]);
	stack_id serve = sink_stack(sink, ID_NONE, id[0]), read = sink_stack(sink, serve, id[1]), json = sink_stack(sink, serve, id[2]);
	stack_id again = sink_stack(sink, json, id[3]), malloc_ = sink_stack(sink, again, id[4]);
	sink_sample(sink, serve, track, (double[]){ 1 });
	sink_sample(sink, read, track, (double[]){ 20 });
	sink_sample(sink, json, track, (double[]){ 300 });
	sink_sample(sink, again, track, (double[]){ 4000 });
	sink_sample(sink, malloc_, track, (double[]){ 50000 });
	return seal(sink);
}

static const struct top_row *
row_of(struct viewer *viewer, const char *name)
{
	const struct top *top = table_rows(viewer->app);

	for (uint32_t i = 0; i < top->count; i++) {
		struct buf text = { 0 };
		table_name(viewer->app, &top->rows[i], &text);
		bool same = str_equal(buf_str(&text), str_of(name));
		buf_fini(&text);
		if (same)
			return &top->rows[i];
	}
	return NULL;
}

static void
click(struct viewer *viewer, int col, int row)
{
	viewer_mouse(viewer, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(viewer, MOUSE_RELEASE, col, row, 0, 0);
}

static void
test_groups(void)
{
	struct viewer viewer;
	const struct top_row *row;
	int col, at;

	viewer_open(&viewer, packed_profile(), 140, 24);
	viewer_keys(&viewer, "2 B");
	ok(viewer_shows(&viewer, "by package ✕"), "B makes rows of packages");
	row = row_of(&viewer, "net/http");
	ok(row && (long)row->self == 4021 && (long)row->total == 54321 && row->nodes == 3, "self adds up, total counts what is outermost once");
	ok(viewer_shows(&viewer, " package") && viewer_shows(&viewer, "self 50,000"), "its columns and the detail line say so");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "read");
	viewer_keys(&viewer, "Enter n");
	row = table_chosen(viewer.app);
	ok(row && row == row_of(&viewer, "net/http"), "a search finds the package of what it finds");
	viewer_keys(&viewer, "s");
	ok(viewer_shows(&viewer, "sandwich-here is not for a whole package"), "a package has no sandwich, and it is said");
	ok(viewer_find(&viewer, "› * x", &col, &at), "it has marks for what can be done with it");
	click(&viewer, col + 4, at);
	ok(viewer_shows(&viewer, "hide-package net/http ✕") && !row_of(&viewer, "net/http"), "it can be hidden");
	viewer_keys(&viewer, "u X");
	ok(viewer_shows(&viewer, "only-package net/http ✕"), "or kept alone");
	viewer_keys(&viewer, "u");
	viewer_find(&viewer, "› * x", &col, &at);
	click(&viewer, col + 2, at);
	is_text(app_search(viewer.app), "pkg:\"\\A(?-i)net/http\\z\"", "searched for");
	viewer_keys(&viewer, "y");
	is_text(viewer.app->copy ? viewer.app->copy : "", "net/http", "and copied");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "net/http.Serve", "Enter goes to its heaviest box");
	viewer_keys(&viewer, "Esc 2 B");
	ok(viewer_shows(&viewer, "by file ✕"), "B again of files");
	row = row_of(&viewer, "server.go");
	ok(row && (long)row->self == 21 && row_of(&viewer, "no file is known"), "also of what has none");
	viewer_keys(&viewer, "G *");
	ok(strncmp(app_search(viewer.app), "file:", 5) == 0, "a file is searched for");
	viewer_keys(&viewer, "x");
	ok(viewer_shows(&viewer, "hide-file server.go ✕") && !row_of(&viewer, "server.go"), "and hidden");
	viewer_keys(&viewer, "u X");
	ok(viewer_shows(&viewer, "only-file server.go ✕") && row_of(&viewer, "encode.go"), "or kept, with what is around it");
	viewer_keys(&viewer, "u");
	viewer_find(&viewer, "› * x", &col, &at);
	click(&viewer, col + 4, at);
	ok(viewer_shows(&viewer, "hide-file "), "by mouse, too");
	viewer_keys(&viewer, "u Esc > > < < r r");
	viewer_keys(&viewer, "B");
	ok(!viewer_shows(&viewer, "✕") && viewer_shows(&viewer, " symbol"), "and once more of functions");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "by file ✕"), "back works");
	viewer_close(&viewer);
}

/* Paths that begin alike are told apart by their ends. */
static void
test_paths(void)
{
	struct sink *sink = sink_new(STR("paths.pprof"));
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	uint32_t track = sink_track(sink, TRACK_PROFILE, STR("p"));
	for (int i = 0; i < 2; i++) {
		struct frame_in frame = { .name = i ? STR("f") : STR("g"), .file = i ? STR("/a/very/long/way/to/the/sources/of/it/all/one.c") : STR("/a/very/long/way/to/the/sources/of/it/all/two.c") };
		sink_sample(sink, sink_stack(sink, ID_NONE, sink_frame(sink, &frame)), track, (double[]){ i + 1 });
	}
	viewer_open(&viewer, seal(sink), 60, 16);
	viewer_keys(&viewer, "2 B B");
	ok(viewer_shows(&viewer, "it/all/one.c") && viewer_shows(&viewer, "it/all/two.c"), "rows of files show the ends of their paths");
	viewer_keys(&viewer, "x");
	viewer_resize(&viewer, 120, 16);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "hide-file …s/of/it/all/one.c ✕"), "so does the pill");
	viewer_close(&viewer);
}

static void
test_services(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 140, 24);
	viewer_keys(&viewer, "2 B");
	ok(viewer_shows(&viewer, "a row for each service") && viewer_shows(&viewer, "by service ✕") && viewer_shows(&viewer, " service "), "packages of spans are services");
	viewer_keys(&viewer, "s");
	ok(viewer_shows(&viewer, "is not for a whole service"), "in messages, too");
	viewer_keys(&viewer, "x");
	ok(viewer_shows(&viewer, "spans hidden: "), "one is hidden as a service");
	viewer_close(&viewer);
}

static void
test_only_matches(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 140, 24);
	viewer_keys(&viewer, "2 F");
	ok(!viewer_shows(&viewer, "✕") && row_of(&viewer, "main"), "without a search all rows are there");
	ok(viewer.app->prompt.kind == PROMPT_SEARCH, "and F asks what to leave");
	viewer_type(&viewer, "json");
	ok(row_of(&viewer, "json::parse") && !row_of(&viewer, "main"), "what is typed narrows the table");
	viewer_keys(&viewer, "Enter");
	is_int(table_rows(viewer.app)->count, 1, "to what matches");
	ok(viewer_shows(&viewer, "only matches ✕"), "a pill says so");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "nosuch");
	ok(viewer_shows(&viewer, "nothing matches"), "it may be nothing");
	viewer_keys(&viewer, "Esc F");
	ok(row_of(&viewer, "main") != NULL, "F brings all back");
	viewer_close(&viewer);
}

static void
test_marks(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, small_profile(), 140, 24);
	viewer_keys(&viewer, "2 j j");
	ok(viewer_find(&viewer, "› s * x", &col, &row), "the chosen row has its marks");
	struct buf name = { 0 };
	table_name(viewer.app, table_chosen(viewer.app), &name);
	buf_addc(&name, '\0');
	click(&viewer, col + 4, row);
	ok(strstr(app_search(viewer.app), name.at) != NULL, "one searches for it");
	click(&viewer, col + 6, row);
	ok(viewer_shows(&viewer, "hide ") && !row_of(&viewer, name.at), "one hides it");
	viewer_keys(&viewer, "u");
	viewer_find(&viewer, "› s * x", &col, &row);
	click(&viewer, col + 2, row);
	ok(viewer.app->state.view == VIEW_SANDWICH, "one opens its sandwich");
	viewer_keys(&viewer, "2");
	viewer_find(&viewer, "› s * x", &col, &row);
	click(&viewer, col, row);
	ok(viewer.app->state.view == VIEW_FLAME, "one leads to the graph");
	buf_fini(&name);
	viewer_close(&viewer);
}

int
main(void)
{
	test_groups();
	test_services();
	test_paths();
	test_only_matches();
	test_marks();
	return done();
}
