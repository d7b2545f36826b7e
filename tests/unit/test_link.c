/* SPDX-License-Identifier: MIT
 * A view as a command line: whatever was done before, the line opens what was looked at. */
#include "config.h"

#include <math.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/select.h"
#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/bindings.h"
#include "ui/link.h"
#include "ui/selection.h"
#include "ui/traces.h"
#include "util/alloc.h"
#include "util/choices.h"

enum { WALKS = 60, STEPS = 40, ARGS_MAX = 256, COLS = 90, ROWS = 26 };

struct args {
	struct arena arena;
	char        *argv[ARGS_MAX];
	int          argc;
};

/* The words of a command line as a shell splits it; only quotes and backslashes mean something. */
static void
split(const char *line, struct args *args)
{
	struct buf word = { 0 };

	*args = (struct args){ 0 };
	arena_init(&args->arena);
	while (*line && args->argc < ARGS_MAX - 1) {
		buf_clear(&word);
		for (; *line && *line != ' '; line++) {
			if (*line == '\'') {
				for (line++; *line && *line != '\''; line++)
					buf_addc(&word, *line);
			} else {
				line += *line == '\\';
				buf_addc(&word, *line);
			}
		}
		buf_addc(&word, '\0');
		args->argv[args->argc++] = arena_copy(&args->arena, buf_str(&word));
		line += *line == ' ';
	}
	buf_fini(&word);
}

/* A viewer as the program makes it from a command line. */
static bool
open_line(struct viewer *viewer, const struct request *request, struct dataset *ds, struct error *err)
{
	struct app_options options = {
		.title = "x", .search = request->search, .focus = request->focus, .sandwich = request->sandwich, .view = request->view,
		.wishes = request->wishes.at, .wish_count = request->wishes.len,
	};
	*viewer = (struct viewer){ .now = 1000 };
	viewer->app = app_new(&options, COLS, ROWS);
	grid_init(&viewer->grid, COLS, ROWS);
	struct recipe recipe;
	if (!select_recipe(ds, request, true, app_patterns(viewer->app), &recipe, err)) {
		dataset_free(ds);
		viewer_close(viewer);
		return false;
	}
	app_set_recipe(viewer->app, &recipe);
	app_loaded(viewer->app, ds, NULL, viewer->now);
	viewer_draw(viewer);
	return true;
}

static bool
same_words(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool
same_recipe(const struct app *a, const struct app *b)
{
	const struct recipe *x = &a->state.recipe, *y = &b->state.recipe;

	if (x->filter_count != y->filter_count)
		return false;
	for (unsigned i = 0; i < x->filter_count; i++) {
		struct recipe_filter f = recipe_filter(x, a->patterns, i), g = recipe_filter(y, b->patterns, i);
		if (f.kind != g.kind || !str_equal(strtab_get(a->patterns, f.pattern), strtab_get(b->patterns, g.pattern)))
			return false;
	}
	if (x->select.query_count != y->select.query_count || x->select.has_from != y->select.has_from || x->select.has_to != y->select.has_to ||
	    x->select.from_ns != y->select.from_ns || x->select.to_ns != y->select.to_ns)
		return false;
	for (unsigned i = 0; i < x->select.query_count; i++)
		if (!str_equal(strtab_get(a->patterns, x->select.queries[i]), strtab_get(b->patterns, y->select.queries[i])))
			return false;
	if (!same_words(x->spec.group, y->spec.group) || !same_words(x->spec.labels, y->spec.labels) || x->spec.grain != y->spec.grain)
		return false;
	return x->spec.track == y->spec.track && metric_equal(x->spec.metric, y->spec.metric) && x->spec.merge == y->spec.merge &&
	       x->spec.order == y->spec.order && x->recursion == y->recursion && x->inverted == y->inverted &&
	       x->spec.adjusted == y->spec.adjusted && x->spec.critical == y->spec.critical;
}

/* What differs between two views of the same input; NULL if nothing does. */
static const char *
difference(const struct app *a, const struct app *b)
{
	const struct view_state *x = &a->state, *y = &b->state;

	if (!same_recipe(a, b))
		return "the tree";
	if (!str_equal(strtab_get(a->patterns, x->sandwich), strtab_get(b->patterns, y->sandwich)))
		return "the sandwich";
	if (x->chains != y->chains || (a->scene->chain_size && b->scene->chain_size &&
	    memcmp(a->scene->chain_size, b->scene->chain_size, a->scene->tree->count * sizeof *a->scene->chain_size)))
		return "the chains";
	if (x->name_cols != y->name_cols)
		return "the width of names";
	if ((x->view == VIEW_TREE || x->view == VIEW_TIMELINE) && x->tree_top != y->tree_top)
		return "the call tree's scrolling";
	if (x->view != y->view || x->pane != y->pane)
		return "the view";
	if (x->focus != y->focus)
		return "the focus";
	if (x->cursor != y->cursor)
		return "the cursor";
	if (x->from != y->from || x->to != y->to)
		return "the viewport";
	if (x->top_row != y->top_row)
		return "the scrolling";
	if (strcmp(app_search(a), app_search(b)) != 0)
		return "the search";
	if (x->align != y->align || x->color != y->color || x->flipped != y->flipped || x->brief != y->brief || x->absolute != y->absolute || x->critical != y->critical)
		return "the look";
	if (x->sort != y->sort || x->ascending != y->ascending || x->table_by != y->table_by || x->only_matches != y->only_matches || x->table_row != y->table_row || x->table_top != y->table_top)
		return "the table";
	if (x->details != y->details || (x->details && (x->in_details != y->in_details || x->details_nth != y->details_nth ||
	                                               x->details_row != y->details_row || x->details_top != y->details_top)))
		return "the details";
	if (x->traces.sort != y->traces.sort || x->traces.descending != y->traces.descending || x->traces.chart != y->traces.chart)
		return "the list of traces";
	if (x->view == VIEW_TRACES && traces_chosen((struct app *)(uintptr_t)a) && (x->traces.track != y->traces.track || x->traces.part != y->traces.part || x->traces.top != y->traces.top))
		return "the place in the list of traces";
	return NULL;
}

static const char *
reopened(struct viewer *viewer, struct dataset *again, const char *line)
{
	struct args args;
	struct request request;
	struct error err = { 0 };
	struct viewer other;
	const char *what;

	split(line, &args);
	bool good = request_parse(args.argc, args.argv, &request, &err);
	if (!good)
		dataset_free(again);
	if (!good || !open_line(&other, &request, again, &err)) {
		diag("%s", err.text);
		what = "it cannot be opened";
	} else {
		what = difference(viewer->app, other.app);
		viewer_close(&other);
	}
	request_fini(&request);
	arena_fini(&args.arena);
	return what;
}

/* Keys that leave nothing behind but the view. */
static bool
is_harmless(enum action action)
{
	return action != ACT_QUIT && action != ACT_SUSPEND && action != ACT_WRITE && action != ACT_SAVE_SCREEN && action != ACT_RELOAD &&
	       action != ACT_THEME;
}

static void
random_recipe(struct viewer *viewer, struct rng *rng)
{
	static const char *const patterns[] = { "^tiny", "json|GET", "\\x41", "it's", "\x1b", "order$" };
	struct recipe recipe = viewer->app->state.recipe;
	struct error err;

	recipe_add(&recipe, viewer->app->patterns, (enum filter_kind)rng_below(rng, FILTER_KINDS),
	           str_of(patterns[rng_below(rng, sizeof patterns / sizeof *patterns)]), &err);
	recipe.recursion = (enum recursion)rng_below(rng, RECURSION_ALL + 1);
	recipe.inverted = rng_below(rng, 4) == 0;
	app_remember(viewer->app, 0);
	app_change_recipe(viewer->app, &recipe);
	viewer_send(viewer, &(struct event){ .kind = EVENT_RESIZE, .cols = COLS, .rows = ROWS });
}

static void
random_selection(struct viewer *viewer, struct rng *rng)
{
	static const char *const queries[] = {
		"name ~ e", "duration > 1us", "trace.errors > 0", "name = \"it's\" OR NOT error = true", "name != \x1b", "name !~ \xff", "depth > 1",
	};
	const struct dataset *ds = viewer->app->session->ds;
	int64_t start = 0, end = 0, from, to;

	dataset_extent(ds, &start, &end);
	from = start + (end - start) / 16 * rng_below(rng, 8);
	to = end - (end - start) / 16 * rng_below(rng, 8);
	if (rng_below(rng, 2))
		selection_set_range(viewer->app, rng_below(rng, 2) ? &from : NULL, rng_below(rng, 3) ? &to : NULL);
	else
		selection_add(viewer->app, str_of(queries[rng_below(rng, sizeof queries / sizeof *queries)]));
	viewer_send(viewer, &(struct event){ .kind = EVENT_RESIZE, .cols = COLS, .rows = ROWS });
}

static void
random_steps(struct viewer *viewer, struct rng *rng)
{
	static const char *const typed[] = {
		"tiny", "it's", "a b\\sc", "(", "-e", "\\x41", "\\\\", "\xe6\x97\xa5 \"q q\"", "$HOME `id`", ("\xe2\x80\xae" "x"), "!", "%s",
	};
	uint32_t count = 0;

	while (bindings[count].key)
		count++;
	for (int i = 0; i < STEPS; i++) {
		const struct binding *binding = &bindings[rng_below(rng, count)];
		if (viewer->app->popup.ops || viewer->app->prompt.kind != PROMPT_NONE)
			viewer_keys(viewer, rng_below(rng, 2) ? "Enter" : "j Enter");
		else if (rng_below(rng, 40) == 0)
			random_recipe(viewer, rng);
		else if (rng_below(rng, 40) == 0)
			random_selection(viewer, rng);
		else if (rng_below(rng, 15) == 0)
			app_set_search(viewer->app, str_of(typed[rng_below(rng, sizeof typed / sizeof *typed)]));
		else if (is_harmless(binding->action))
			viewer_keys(viewer, binding->key);
		free(app_take_copy(viewer->app));
	}
	if (viewer->app->popup.ops || viewer->app->prompt.kind != PROMPT_NONE)
		viewer_keys(viewer, "Esc");
}

/* The same input read again in place: the link is what it was. */
static const char *
reloaded(struct viewer *viewer, struct dataset *again, const char *line)
{
	app_loaded(viewer->app, again, NULL, viewer->now);
	viewer_keys(viewer, "Y");
	char *now = app_take_copy(viewer->app);
	bool same = now && strcmp(now, line) == 0;
	if (!same)
		diag("after a reload: %s", now);
	free(now);
	return same ? NULL : "a reload changes it";
}

static void
test_walks(const char *what, struct dataset *(*make)(void))
{
	int failed = 0;

	for (uint64_t seed = 1; seed <= WALKS; seed++) {
		struct viewer viewer;
		struct rng rng = { seed };
		viewer_open(&viewer, make(), COLS, ROWS);
		random_steps(&viewer, &rng);
		viewer_keys(&viewer, "Y");
		char *line = app_take_copy(viewer.app);
		const char *bad = line ? reopened(&viewer, make(), line) : "there is none";
		if (!bad)
			bad = reloaded(&viewer, make(), line);
		if (bad && failed++ < 3)
			diag("seed %d, %s: %s", (int)seed, bad, line);
		free(line);
		viewer_close(&viewer);
	}
	ok(failed == 0, "%s: every view is opened again by its link, and outlives a reload", what);
}

/* Samples with labels that need quotes and escapes. */
static struct dataset *
labelled_profile(void)
{
	static const char *const values[] = { "it's", "a=b c", "\\x41", "\x1b", "", "\xff" };
	struct sink *sink = sink_new(STR("cpu.pprof"));
	struct rng rng = { 9 };
	double weight = 1;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id stacks[3];
	stacks[0] = add_frame(sink, ID_NONE, "main");
	stacks[1] = add_frame(sink, stacks[0], "json::parse");
	stacks[2] = add_frame(sink, stacks[1], "json::get");
	for (int i = 0; i < 40; i++, weight++) {
		label_id label = sink_label(sink, ID_NONE, STR("thread \"x\""), str_of(values[rng_below(&rng, 6)]));

		sink_sample(sink, stacks[rng_below(&rng, 3)], sink_track(sink, TRACK_PROFILE, STR("profile")), &weight);
		sink_sample_label(sink, rng_below(&rng, 2) ? label : sink_label(sink, label, STR("$host"), str_of(values[rng_below(&rng, 6)])));
	}
	return seal(sink);
}

/* Samples with times, of one thread. */
static struct dataset *
timed_profile(void)
{
	static const char *const names[] = { "main", "tiny one", "json::parse", "it's", "GET /" };
	struct sink *sink = sink_new(STR("cpu.perf"));
	struct rng rng = { 5 };

	sink_sample_type(sink, STR("samples"), STR("samples"));
	sink_sample_type(sink, STR("time"), STR("milliseconds"));
	uint32_t track = sink_track(sink, TRACK_THREAD, STR("worker"));
	for (int i = 0; i < 200; i++) {
		stack_id stack = ID_NONE;
		for (uint32_t left = rng_below(&rng, 6); left > 0; left--)
			stack = add_frame(sink, stack, names[rng_below(&rng, 5)]);
		sink_sample_at(sink, stack, track, (double[]){ 1, i % 7 ? 1 : 0 }, i * 1000000);
	}
	return seal(sink);
}

/* Profiles that measure different things, of which the input itself shows the second first. */
static struct dataset *
active_profile(void)
{
	static const char *const names[] = { "one", "two", "three" };
	struct sink *sink = sink_new(STR("three.speedscope"));

	for (uint32_t i = 0; i < 3; i++) {
		double weights[3] = { 0 };
		uint32_t type = sink_sample_type(sink, str_of(names[i]), i ? STR("bytes") : STR("milliseconds"));
		track_id track = sink_track(sink, TRACK_PROFILE, str_of(names[i]));
		stack_id stack = add_frame(sink, ID_NONE, "main");
		weights[type] = 5 * (i + 1);
		sink_sample(sink, stack, track, weights);
		sink_sample(sink, add_frame(sink, stack, names[i]), track, weights);
		if (i == 1)
			sink_active_track(sink, track, type);
	}
	return seal(sink);
}

static void
test_active(void)
{
	struct viewer viewer;

	viewer_open(&viewer, active_profile(), COLS, ROWS);
	const struct tree_spec *spec = &viewer.app->state.recipe.spec;
	is_int(spec->track, 1, "the track that the input shows first is shown first");
	ok(spec->metric.sample_type == 1 && viewer_shows(&viewer, "20 B") && !viewer_shows(&viewer, "\xe2\x9c\x95"), "by what it measures, without a pill");
	viewer_keys(&viewer, "t End Enter");
	ok(spec->track == 2 && spec->metric.sample_type == 2 && viewer_shows(&viewer, "30 B"), "another one by what that measures");
	viewer_keys(&viewer, "t Home Enter");
	ok(spec->track == TRACK_ALL && viewer_shows(&viewer, "all tracks"), "all of them are a difference");
	viewer_close(&viewer);
}

static void
test_hostile(void)
{
	static const char *const paths[] = { "/tmp/a b's.json", "-x\x1b[31m\xff.json" };
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), COLS, ROWS);
	viewer.app->options.paths = paths;
	viewer.app->options.path_count = 1;
	viewer_keys(&viewer, "Y");
	char *line = app_take_copy(viewer.app);
	is_text(line, "spanfire '/tmp/a b'\\''s.json'", "a view without differences is its file");
	free(line);
	viewer.app->options.path_count = 2;
	app_set_search(viewer.app, STR("\xff" "a\x1b"));
	viewer_keys(&viewer, "j Y");
	line = app_take_copy(viewer.app);
	is_text(line, "spanfire --escaped --search '\\xffa\\x1b' --cursor main -- '/tmp/a b\\x27s.json' '-x\\x1b[31m\\xff.json'",
	        "bytes that are no text are escaped");
	struct args args;
	struct request request;
	struct error err = { 0 };
	split(line, &args);
	ok(request_parse(args.argc, args.argv, &request, &err), "which is read");
	is_int((int)request.path_count, 2, "as two files");
	is_text(request.paths[1], paths[1], "with the name that it was");
	is_text(request.search, "\xff" "a\x1b", "and the pattern");
	request_fini(&request);
	arena_fini(&args.arena);
	free(line);
	viewer.app->options.demo = true;
	app_set_search(viewer.app, STR(""));
	viewer_keys(&viewer, "g Y");
	line = app_take_copy(viewer.app);
	is_text(line, "spanfire --demo", "the demo is called by its name");
	free(line);
	viewer_close(&viewer);
}

/* A word that the list of traces knows, which is no part of a view. */
static bool
is_of_list(const struct option_row *row, const char *word)
{
	return row->taken_by & TAKEN_BY(COMMAND_TRACES) && choice_index(choices_list_sort, str_of(word)) >= 0;
}

static void
test_table(void)
{
	struct viewer viewer;
	struct view_state state = { 0 };
	int unknown = 0;

	viewer_open(&viewer, small_profile(), COLS, ROWS);
	for (const struct link_field *field = link_fields; field->option; field++) {
		const struct option_row *row = option_rows;
		while (row->name && strcmp(row->name, field->option) != 0)
			row++;
		if (!ok(row->name && row->taken_by & TAKEN_BY(COMMAND_VIEWER), "the viewer takes --%s", field->option))
			continue;
		bool text = field->value == LINK_TEXT || field->value == LINK_FILTER;
		ok(text == (row->escapes || row->kind == OPTION_LIST), "--%s is escaped on both sides or none", field->option);
		for (size_t i = 0; link_applies(field) && row->choices && row->choices[i]; i++)
			unknown += !link_apply(viewer.app, &state, &(struct setting){ field->option, row->choices[i] }) && !is_of_list(row, row->choices[i]);
	}
	is_int(unknown, 0, "every word that the options list means something");
	ok(!link_apply(viewer.app, &state, &(struct setting){ "align", "middle" }), "no other does");
	for (const struct option_row *row = option_rows; row->name; row++) {
		const struct link_field *field = link_fields;
		while (field->option && strcmp(row->name, field->option) != 0)
			field++;
		if (row->kind == OPTION_WISH)
			ok(field->option && link_applies(field), "--%s is part of a link", row->name);
	}
	viewer_close(&viewer);
}

static void
test_wrong_wishes(void)
{
	static const struct setting wishes[] = { { "cursor", "no;such" }, { "viewport", "7,3" }, { "scroll", "99999" }, { "table-row", "4294967295" } };
	struct app_options options = { .title = "x", .view = VIEW_BOTH, .wishes = wishes, .wish_count = 4 };
	struct viewer viewer = { .now = 1000 };

	viewer.app = app_new(&options, COLS, ROWS);
	grid_init(&viewer.grid, COLS, ROWS);
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "--viewport: there is no 7,3 here"), "what makes no sense is said");
	ok(viewer.app->state.table_row < 500 && viewer.app->state.top_row < 10, "and the rest made to fit");
	viewer_close(&viewer);
}

int
main(void)
{
	test_table();
	test_hostile();
	test_wrong_wishes();
	test_active();
	test_walks("profiles of which one is active", active_profile);
	test_walks("a trace", checkout_trace);
	test_walks("traces", three_traces);
	test_walks("a profile", small_profile);
	test_walks("a thread along the clock", timed_profile);
	test_walks("samples with labels", labelled_profile);
	return done();
}
