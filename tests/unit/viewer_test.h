/* SPDX-License-Identifier: MIT
 * Datasets and a viewer without a terminal for tests: keys and mouse in, the screen as text out. */
#ifndef TESTS_VIEWER_TEST_H
#define TESTS_VIEWER_TEST_H

#include <stdio.h>

#include "load/sink.h"
#include "tests/tap.h"
#include "ui/viewer.h"

struct viewer {
	struct app *app;
	struct grid grid;
	uint64_t    now;
	unsigned    update;    /* of the last event */
};

__attribute__((unused)) static void
add_span(struct sink *sink, uint8_t trace, uint64_t id, uint64_t parent, const char *name, int64_t start, int64_t end, bool error)
{
	struct span_in span = {
		.id = id, .parent_id = parent, .name = str_of(name), .start_ns = start, .end_ns = end, .has_start = true, .has_end = true,
		.kind = SPAN_SERVER, .status = error ? STATUS_ERROR : STATUS_UNSET,
	};

	span.trace_id[0] = trace;
	sink_span(sink, &span);
}

__attribute__((unused)) static struct dataset *
seal(struct sink *sink)
{
	struct dataset *ds = sink_take(sink);

	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

/* One trace: a shop's checkout, with an error, a parallel call, and a child that outlives its parent. */
__attribute__((unused)) static struct dataset *
checkout_trace(void)
{
	struct sink *sink = sink_new(STR("checkout.json"));
	const int64_t t = 1700000000000000000, ms = 1000000;

	sink_group_open(sink);
	sink_group_service(sink, STR("frontend"));
	add_span(sink, 1, 1, 0, "POST /checkout", t, t + 1000 * ms, false);
	add_span(sink, 1, 2, 1, "GET /cart", t + 10 * ms, t + 300 * ms, false);
	sink_group_close(sink);
	sink_group_open(sink);
	sink_group_service(sink, STR("checkout"));
	add_span(sink, 1, 3, 1, "PlaceOrder", t + 310 * ms, t + 980 * ms, false);
	add_span(sink, 1, 4, 3, "charge card", t + 320 * ms, t + 600 * ms, true);
	add_span(sink, 1, 5, 3, "ship order", t + 400 * ms, t + 900 * ms, false);
	add_span(sink, 1, 6, 5, "send mail", t + 890 * ms, t + 990 * ms, false);
	for (uint64_t i = 0; i < 60; i++)
		add_span(sink, 1, 100 + i, 2, "SELECT item", t + (int64_t)(20 + 4 * i) * ms, t + (int64_t)(22 + 4 * i) * ms, i == 50);
	sink_group_close(sink);
	return seal(sink);
}

/* Three traces of the same service. */
__attribute__((unused)) static struct dataset *
three_traces(void)
{
	struct sink *sink = sink_new(STR("traces.json"));

	sink_group_open(sink);
	sink_group_service(sink, STR("api"));
	for (uint8_t trace = 1; trace <= 3; trace++) {
		add_span(sink, trace, 1, 0, "GET /", 1000000 * trace, 1000000 * trace + 900000, false);
		add_span(sink, trace, 2, 1, "query", 1000000 * trace + 100000, 1000000 * trace + 400000, false);
		add_span(sink, trace, 3, 1, trace == 3 ? "render slow" : "render", 1000000 * trace + 400000, 1000000 * trace + 800000, trace == 2);
	}
	sink_group_close(sink);
	return seal(sink);
}

__attribute__((unused)) static stack_id
add_frame(struct sink *sink, stack_id parent, const char *name)
{
	struct frame_in frame = { .name = str_of(name) };

	return sink_stack(sink, parent, sink_frame(sink, &frame));
}

__attribute__((unused)) static void
add_sample(struct sink *sink, stack_id stack, double samples, double bytes)
{
	sink_sample(sink, stack, sink_track(sink, TRACK_PROFILE, STR("profile")), (double[]){ samples, bytes, samples * 1e9 });
}

/* A profile with three metrics, recursion, names that must be sanitised, and many boxes too small to see. */
__attribute__((unused)) static struct dataset *
small_profile(void)
{
	struct sink *sink = sink_new(STR("cpu.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	sink_sample_type(sink, STR("space"), STR("bytes"));
	sink_sample_type(sink, STR("ev\x1bil"), STR("\x1b]units\xff"));
	stack_id root = add_frame(sink, ID_NONE, "main"), server = add_frame(sink, root, "server::serve");
	stack_id parse = add_frame(sink, server, "json::parse"), again = add_frame(sink, parse, "json::parse");
	stack_id evil = add_frame(sink, root, "evil\x1b[31m\xff name \xe2\x80\xae");
	stack_id wide = add_frame(sink, root, "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e::\xe9\x96\xa2\xe6\x95\xb0");

	add_sample(sink, server, 100, 4096);
	add_sample(sink, parse, 300, 1 << 20);
	add_sample(sink, again, 200, 512);
	add_sample(sink, evil, 50, 0);
	add_sample(sink, wide, 150, 77);
	for (int i = 0; i < 400; i++) {
		char name[32];
		snprintf(name, sizeof name, "tiny_%03d", i);
		add_sample(sink, add_frame(sink, server, name), i % 7 == 0 ? 0 : 0.1, i);
	}
	return seal(sink);
}

__attribute__((unused)) static struct dataset *
empty_dataset(void)
{
	return seal(sink_new(STR("empty.json")));
}

__attribute__((unused)) static void
viewer_draw(struct viewer *viewer)
{
	app_draw(viewer->app, &viewer->grid);
}

__attribute__((unused)) static void
viewer_open(struct viewer *viewer, struct dataset *ds, int cols, int rows)
{
	struct app_options options = { .title = "checkout.json", .version = "1", .view = -1 };

	*viewer = (struct viewer){ .now = 1000 };
	viewer->app = app_new(&options, cols, rows);
	grid_init(&viewer->grid, cols, rows);
	app_loaded(viewer->app, ds, NULL, viewer->now);
	viewer_draw(viewer);
}

__attribute__((unused)) static void
viewer_close(struct viewer *viewer)
{
	app_free(viewer->app);
	grid_fini(&viewer->grid);
}

__attribute__((unused)) static void
viewer_send(struct viewer *viewer, const struct event *event)
{
	viewer->now += 10;
	viewer->update = app_handle(viewer->app, event, viewer->now);
	if (viewer->update & UPDATE_DRAW)
		viewer_draw(viewer);
}

/* Keys by name, separated by spaces: "j j Enter". */
__attribute__((unused)) static void
viewer_keys(struct viewer *viewer, const char *keys)
{
	while (*keys) {
		size_t len = strcspn(keys, " ");
		struct event event = { .kind = EVENT_KEY };
		if (!key_parse((struct str){ keys, len }, &event.key, &event.mods)) {
			ok(false, "a key is called %.*s", (int)len, keys);
			return;
		}
		viewer_send(viewer, &event);
		keys += len + (keys[len] == ' ');
	}
}

__attribute__((unused)) static void
viewer_type(struct viewer *viewer, const char *text)
{
	for (; *text; text++)
		viewer_send(viewer, &(struct event){ .kind = EVENT_KEY, .key = (uint32_t)(unsigned char)*text });
}

__attribute__((unused)) static void
viewer_mouse(struct viewer *viewer, enum mouse_what what, int col, int row, int clicks, uint8_t mods)
{
	viewer_send(viewer, &(struct event){ .kind = EVENT_MOUSE, .what = what, .button = BUTTON_LEFT, .col = col, .row = row,
	                                     .clicks = clicks, .mods = mods });
}

__attribute__((unused)) static void
viewer_wait(struct viewer *viewer, uint64_t ms)
{
	viewer->now += ms;
	viewer->update = app_handle(viewer->app, &(struct event){ .kind = EVENT_TICK }, viewer->now);
	viewer_draw(viewer);
}

__attribute__((unused)) static void
viewer_resize(struct viewer *viewer, int cols, int rows)
{
	grid_resize(&viewer->grid, cols, rows);
	viewer_send(viewer, &(struct event){ .kind = EVENT_RESIZE, .cols = cols, .rows = rows });
}

/* A row of the screen without the spaces at its end; valid until the next call. */
__attribute__((unused)) static const char *
viewer_row(struct viewer *viewer, int row)
{
	static char line[4096];
	struct buf text = { 0 };
	const char *at;

	grid_to_text(&viewer->grid, &text);
	at = text.at;
	for (; row > 0 && at; row--) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	snprintf(line, sizeof line, "%.*s", at ? (int)strcspn(at, "\n") : 0, at ? at : "");
	buf_fini(&text);
	return line;
}

/* Where the text first stands; false when it does not. */
__attribute__((unused)) static bool
viewer_find(struct viewer *viewer, const char *want, int *col_out, int *row_out)
{
	size_t len = strlen(want);

	for (int row = 0; row < viewer->grid.rows; row++)
		for (int col = 0; col < viewer->grid.cols; col++) {
			struct buf text = { 0 };
			for (int c = col; c < viewer->grid.cols && text.len < len; c++) {
				const struct cell *cell = grid_cell(&viewer->grid, c, row);
				buf_add(&text, (struct str){ cell->text, cell->len });
			}
			bool here = text.len >= len && memcmp(text.at, want, len) == 0;
			buf_fini(&text);
			if (here) {
				if (col_out)
					*col_out = col;
				if (row_out)
					*row_out = row;
				return true;
			}
		}
	return false;
}

__attribute__((unused)) static bool
viewer_shows(struct viewer *viewer, const char *want)
{
	return viewer_find(viewer, want, NULL, NULL);
}

__attribute__((unused)) static void
viewer_dump(struct viewer *viewer)
{
	for (int row = 0; row < viewer->grid.rows; row++)
		diag("%s", viewer_row(viewer, row));
}

/* The name under the cursor of the graph. */
__attribute__((unused)) static const char *
viewer_cursor(struct viewer *viewer)
{
	static char name[256];
	struct app *app = viewer->app;
	struct str text = names_get(&app->names, app->scene->tree->frame[app->state.cursor])->text;

	snprintf(name, sizeof name, "%.*s", (int)text.len, text.at);
	return name;
}

#endif
