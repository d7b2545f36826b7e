/* SPDX-License-Identifier: MIT
 * What boxes stand for, chosen on the screen: keys of spans, labels of samples, files and packages. */
#include "config.h"

#include "load/format.h"
#include "tests/unit/viewer_test.h"
#include "ui/link.h"

/* Threads as labels, and a host below one of them. */
static struct dataset *
labelled_profile(void)
{
	struct sink *sink = sink_new(STR("cpu.pprof"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id run = add_frame(sink, ID_NONE, "main::run"), parse = add_frame(sink, run, "json::parse"), get = add_frame(sink, parse, "json::get");
	label_id one = sink_label(sink, ID_NONE, STR("thread"), STR("worker 1")), two = sink_label(sink, ID_NONE, STR("thread"), STR("worker 2"));
	label_id host = sink_label(sink, two, STR("host"), STR("web"));
	const struct { stack_id stack; double weight; label_id label; } samples[] = {
		{ run, 10, one }, { get, 20, one }, { parse, 30, two }, { get, 40, host },
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		sink_sample(sink, samples[i].stack, sink_track(sink, TRACK_PROFILE, STR("profile")), &samples[i].weight);
		sink_sample_label(sink, samples[i].label);
	}
	return seal(sink);
}

static bool
link_has(struct viewer *viewer, const char *text)
{
	struct buf link = { 0 };

	link_format(viewer->app, &link);
	bool has = strstr(link.at, text) != NULL;
	if (!has)
		diag("%s", link.at);
	buf_fini(&link);
	return has;
}

static void
click_on(struct viewer *viewer, const char *text)
{
	int col, row;

	if (ok(viewer_find(viewer, text, &col, &row), "%s is there to be clicked", text))
		viewer_mouse(viewer, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(viewer, MOUSE_RELEASE, col, row, 0, 0);
}

static void
spans(void)
{
	struct viewer viewer;

	viewer_open(&viewer, three_traces(), 140, 20);
	viewer_keys(&viewer, "1");
	ok(viewer_shows(&viewer, "api GET / 100.0%"), "boxes are operations");
	viewer_keys(&viewer, "J");
	ok(viewer_shows(&viewer, "what boxes stand for") && viewer_shows(&viewer, "as in the input"), "J asks what boxes stand for");
	viewer_keys(&viewer, "k i n d Enter");
	ok(viewer_shows(&viewer, "by kind ✕") && viewer_shows(&viewer, " server 100.0%") && !viewer_shows(&viewer, "GET /"), "boxes are kinds");
	ok(link_has(&viewer, "--group-by kind"), "its link says so");
	viewer_keys(&viewer, "J");
	viewer_type(&viewer, "whatever");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "by kind,name ✕") && viewer_shows(&viewer, "server, GET / 100.0%"), "another key comes behind the first");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "query");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "/query  1 frame · 1 box"), "a search finds the new names");
	viewer_keys(&viewer, "Esc J k i n d Enter");
	ok(viewer_shows(&viewer, "by name ✕"), "chosen again a key goes");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "kind,name ✕"), "back brings it again");
	click_on(&viewer, "by kind,name ✕");
	ok(!viewer_shows(&viewer, "by kind") && viewer_shows(&viewer, "api"), "a click on its pill takes it back");
	viewer_close(&viewer);
}

static void
one_trace(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 100, 24);
	viewer_keys(&viewer, "J");
	viewer_type(&viewer, "calls inside");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "by service ✕") && !viewer_shows(&viewer, "merged ✕"), "one trace by service is merged, which needs no pill");
	viewer_keys(&viewer, "M");
	ok(!viewer_shows(&viewer, "by service") && viewer_shows(&viewer, "in the order of time"), "in time order boxes are spans again");
	viewer_close(&viewer);
}

static void
labels(void)
{
	struct viewer viewer;

	viewer_open(&viewer, labelled_profile(), 100, 20);
	viewer_keys(&viewer, "J");
	viewer_type(&viewer, "thread");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "thread: worker 2 70.0%") && viewer_shows(&viewer, "thread: worker 1 30.0%"), "a level for each thread");
	viewer_keys(&viewer, "2 B B B");
	ok(viewer_shows(&viewer, "by label ✕") && viewer_shows(&viewer, "thread: worker 2"), "a row of the table for each label");
	viewer_keys(&viewer, "1 @");
	ok(viewer_shows(&viewer, "only samples with a label") && viewer_shows(&viewer, "worker 2"), "@ lists the labels");
	viewer_type(&viewer, "worker 1");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "thread = worker 1 ✕") && viewer_shows(&viewer, "thread: worker 1 100.0%"), "only its samples are left");
	ok(link_has(&viewer, "--group-by thread") && link_has(&viewer, "--label 'thread=worker 1'"), "the link has both");
	viewer_keys(&viewer, "@");
	viewer_type(&viewer, "worker 2");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "thread: worker 2 70.0%"), "another value of the key comes in too");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "label thread=worker 1");
	ok(viewer_shows(&viewer, "> label thread=worker 1") && viewer_shows(&viewer, "Only samples with this label"), "the palette has the labels too");
	viewer_keys(&viewer, "Enter");
	ok(!viewer_shows(&viewer, "thread = worker 1 ✕"), "chosen there again it goes");
	viewer_keys(&viewer, "u");
	click_on(&viewer, "thread = worker 1 ✕");
	ok(viewer_shows(&viewer, "thread = worker 2 ✕") && !viewer_shows(&viewer, "worker 1"), "a click on a pill takes its label away");
	viewer_close(&viewer);
}

static void
grains(void)
{
	struct viewer viewer;

	viewer_open(&viewer, labelled_profile(), 100, 20);
	viewer_keys(&viewer, "%");
	ok(viewer_shows(&viewer, "files ✕") && viewer_shows(&viewer, "(no file) 100.0%"), "calls inside one file are joined");
	viewer_keys(&viewer, "%");
	ok(viewer_shows(&viewer, "packages ✕") && viewer_shows(&viewer, " json 90.0%") && !viewer_shows(&viewer, "json::get"), "or inside one package");
	ok(link_has(&viewer, "--granularity package"), "its link says so");
	viewer_keys(&viewer, "%");
	ok(!viewer_shows(&viewer, "packages ✕") && viewer_shows(&viewer, "json::parse 90.0%"), "and back");
	viewer_close(&viewer);
	viewer_open(&viewer, small_profile(), 100, 20);
	viewer_keys(&viewer, "J");
	ok(viewer_shows(&viewer, "these samples have no labels"), "without labels there is nothing to choose");
	viewer_close(&viewer);
}

/* The frames of one function at two lines and two addresses, read so. */
static void
read_as(enum sink_grain grain, uint32_t want_frames, const char *want_name, const char *what)
{
	struct sink *whole = sink_new(STR("cpu.pprof"));
	const double weight = 1;

	sink_set_grain(whole, grain);
	struct sink *part = sink_part(whole);
	sink_sample_type(part, STR("samples"), STR("samples"));
	for (uint32_t i = 0; i < 4; i++) {
		struct frame_in frame = { .name = STR("run"), .file = STR("run.c"), .line = 10 + i / 2, .address = 0x100 + i % 3 };
		sink_sample(part, sink_stack(part, ID_NONE, sink_frame(part, &frame)), sink_track(part, TRACK_PROFILE, STR("profile")), &weight);
	}
	sink_merge(whole, sink_batch(part));
	sink_free(part);
	struct dataset *ds = seal(whole);
	is_int(ds->frame_count, want_frames, what);
	is_text(frame_name(ds, 0).at, want_name, what);
	dataset_free(ds);
}

static void
lines(void)
{
	struct viewer viewer;

	read_as(SINK_FUNCTIONS, 1, "run", "read as functions");
	read_as(SINK_LINES, 2, "run:10", "read as lines");
	read_as(SINK_ADDRESSES, 3, "run 0x100", "read as addresses");
	viewer_open(&viewer, small_profile(), 100, 20);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "granularity line");
	viewer_keys(&viewer, "Enter");
	ok(viewer.update & UPDATE_RELOAD && app_grain(viewer.app) == SINK_LINES, "for lines the input is read again");
	ok(!viewer_shows(&viewer, "lines ✕"), "until then there are functions");
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "lines ✕") && link_has(&viewer, "--granularity line"), "then a pill and the link say so");
	viewer_keys(&viewer, "%");
	ok(viewer.update & UPDATE_RELOAD && app_grain(viewer.app) == SINK_FUNCTIONS, "and back to functions it is read once more");
	app_loaded(viewer.app, NULL, &(const struct error){ .code = ERROR_INPUT, .text = "gone" }, viewer.now);
	ok(app_grain(viewer.app) == SINK_LINES, "when that cannot be they stay lines");
	viewer_close(&viewer);
}

#define CALL(id, parent, name, attributes) \
	"{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"" id "\",\"parentSpanId\":\"" parent "\",\"name\":\"" name "\"," \
	"\"startTimeUnixNano\":\"1000\",\"endTimeUnixNano\":\"2000\",\"attributes\":[" attributes "]}"
#define NUMBER(key, value) "{\"key\":\"" key "\",\"value\":{\"intValue\":" value "}}"

/* An agent that repeats what its two calls of a model used. */
static struct dataset *
agent_trace(void)
{
	static const char text[] = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
		CALL("01", "", "agent", NUMBER("gen_ai.usage.input_tokens", "400")) ","
		CALL("02", "01", "chat", NUMBER("gen_ai.usage.input_tokens", "300") "," NUMBER("model.size", "7")) ","
		CALL("03", "01", "chat again", NUMBER("gen_ai.usage.input_tokens", "100") "," NUMBER("model.size", "70")) "]}]}]}";
	struct input in = { .begin = text, .end = text + sizeof text - 1, .last = true, .mapped = true };
	struct sink *sink = sink_new(STR("agent.json"));

	load_otlp_json.read(&in, sink);
	struct dataset *ds = sink_dataset(sink);
	ds->sources[0].bytes = text;
	ds->sources[0].size = sizeof text - 1;
	ds->sources[0].format = strtab_intern(ds->strings, STR("otlp-json"));
	return seal(sink);
}

static void
tokens(void)
{
	struct viewer viewer;

	viewer_open(&viewer, agent_trace(), 120, 20);
	viewer_keys(&viewer, "m");
	ok(viewer_shows(&viewer, "tokens-input") && viewer_shows(&viewer, "the sum of an attribute of spans"), "m offers tokens and attributes");
	viewer_type(&viewer, "tokens-input");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "metric tokens-input ✕") && viewer_shows(&viewer, "unknown_service chat 75.0%"), "width is tokens, each counted once");
	ok(link_has(&viewer, "--metric tokens-input"), "its link says so");
	viewer_keys(&viewer, "m");
	viewer_type(&viewer, "model.size");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "metric model.size ✕") && viewer_shows(&viewer, "unknown_service chat again 90.9%"), "or any attribute that is a number");
	viewer_keys(&viewer, "J");
	viewer_type(&viewer, "model.size");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "by model.size ✕") && viewer_shows(&viewer, " 70 90.9%"), "which can name the boxes too");
	app_loaded(viewer.app, agent_trace(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "metric model.size ✕") && viewer_shows(&viewer, "by model.size ✕") && viewer_shows(&viewer, " 70 90.9%"), "a reload keeps both");
	viewer_close(&viewer);
}

/* The table by a label without levels in the graph: the key is asked for. */
static void
rows_of_labels(void)
{
	struct viewer viewer;

	viewer_open(&viewer, labelled_profile(), 100, 20);
	viewer_keys(&viewer, "2 B B B");
	ok(viewer_shows(&viewer, "a row for each value of") && viewer_shows(&viewer, "> thread"), "B asks for the label behind files");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "by label ✕") && viewer_shows(&viewer, "thread: worker 2") && viewer_shows(&viewer, "thread: worker 1"), "a row for each of its values");
	viewer_keys(&viewer, "x");
	ok(!viewer_shows(&viewer, "▊thread: worker 2") && viewer_shows(&viewer, "thread: worker 1"), "one that is hidden goes with its samples");
	viewer_keys(&viewer, "u X");
	ok(viewer_shows(&viewer, "only thread: worker 2 ✕") && !viewer_shows(&viewer, "worker 1"), "or is left alone");
	viewer_close(&viewer);
	viewer_open(&viewer, agent_trace(), 100, 20);
	viewer_keys(&viewer, "2 B B B");
	viewer_type(&viewer, "model.size");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "by model.size ✕") && viewer_shows(&viewer, "▊70"), "of spans any attribute");
	viewer_close(&viewer);
}

static void
small_screen(void)
{
	struct viewer viewer;

	viewer_open(&viewer, labelled_profile(), 40, 10);
	viewer_keys(&viewer, "J Down Enter");
	ok(viewer_shows(&viewer, "thread: worker 2 70.0%"), "40x10: a level for each thread");
	viewer_keys(&viewer, "d");
	ok(viewer_shows(&viewer, "by thread"), "and a way to take it back");
	viewer_close(&viewer);
}

/* Numbers have their unit in the list, unless their key is one. */
static void
units_of_labels(void)
{
	struct viewer viewer;
	struct sink *sink = sink_new(STR("cpu.pprof"));
	const double weight = 10;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	sink_sample(sink, add_frame(sink, ID_NONE, "run"), sink_track(sink, TRACK_PROFILE, STR("profile")), &weight);
	sink_sample_label(sink, sink_label_number(sink, sink_label_number(sink, ID_NONE, STR("request"), 12, STR("kilobytes")), STR("bytes"), 4096, STR("bytes")));
	viewer_open(&viewer, seal(sink), 100, 20);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "label");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "12 kilobytes"), "a number has its unit");
	ok(viewer_shows(&viewer, "4096 ") && !viewer_shows(&viewer, "4096 bytes"), "not a second time");
	viewer_type(&viewer, "12");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "request = 12 ✕"), "chosen by its value");
	viewer_close(&viewer);
}

int
main(void)
{
	spans();
	one_trace();
	labels();
	rows_of_labels();
	units_of_labels();
	grains();
	lines();
	tokens();
	small_screen();
	return done();
}
