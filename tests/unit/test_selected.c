/* SPDX-License-Identifier: MIT
 * Selections: which tracks are kept, and what trees show of them. */
#include "config.h"

#include "analysis/recipe.h"
#include "analysis/trace_ref.h"
#include "tests/make.h"
#include "tests/tap.h"

/* Three traces that start at 0, 100 and 200, a thread of spans with samples, and a profile without spans. */
static struct dataset *
make_tracks(void)
{
	struct dataset *ds = make_dataset();
	uint64_t id = 1;

	for (uint8_t number = 1; number <= 3; number++) {
		track_id track = make_track(ds, TRACK_TRACE, number);
		int64_t start = (number - 1) * 100;
		span_id root = make_span(ds, "web", number == 2 ? "slow" : "fast", id, 0, start, start + 10 * number);
		span_id child = make_span(ds, "db", number == 3 ? "write" : "read", id + 1, id, start + 1, start + 4);
		ds->spans.track[root] = ds->spans.track[child] = track;
		id += 2;
	}
	track_id thread = make_track(ds, TRACK_THREAD, 0), profile = make_track(ds, TRACK_PROFILE, 0);
	span_id outer = make_span(ds, "", "outer", id, 0, 50, 250), inner = make_span(ds, "", "inner", id + 1, id, 120, 160),
	        leaf = make_span(ds, "", "leaf", id + 2, id + 1, 130, 140);
	ds->spans.track[outer] = ds->spans.track[inner] = ds->spans.track[leaf] = thread;
	for (int i = 0; i < 4; i++) {
		sample_id sample = make_sample_on(ds, make_stack(ds, "main;work"), 1, i < 2 ? thread : profile);
		dataset_set_sample_time(ds, sample, 60 + 60 * i);
	}
	dataset_seal(ds);
	return ds;
}

static struct select_spec
range(int64_t from, int64_t to)
{
	return (struct select_spec){ .has_from = from >= 0, .from_ns = from, .has_to = to >= 0, .to_ns = to };
}

/* The tracks that are kept, by their place. */
static void
keeps(struct build_cache *cache, struct strtab *patterns, const struct select_spec *spec, const char *want, const char *what)
{
	const struct selected *selected;
	const struct dataset *ds = build_cache_dataset(cache);
	char got[8] = "";
	size_t len = 0, asked = 0;

	ok(selected_get(cache, spec, patterns, NULL, &selected), "%s: not stopped", what);
	for (track_id track = 0; track < ds->track_count; track++)
		if (selected_has_track(selected, track)) {
			got[len++] = (char)('0' + track);
			asked += !spec->query_count || ds->tracks[track].span_count > 0;
		}
	is_text(got, want, what);
	if (selected)
		is_int(selected->track_count, (long long)asked, what);
}

static void
test_tracks(struct build_cache *cache, struct strtab *patterns)
{
	struct select_spec none = { 0 }, from = range(100, -1), to = range(-1, 100), both = range(100, 200), query = { 0 }, late;
	struct error err = { 0 };

	keeps(cache, patterns, &none, "01234", "no selection keeps everything");
	keeps(cache, patterns, &from, "1234", "what starts at a time or later");
	keeps(cache, patterns, &to, "03", "what starts before a time");
	keeps(cache, patterns, &both, "134", "what starts between two times");
	ok(select_add(&query, patterns, STR("name = fast"), &err) && query.query_count == 1, "a query is added");
	ok(select_add(&query, patterns, STR("name = fast"), &err) && query.query_count == 1, "but once");
	keeps(cache, patterns, &query, "024", "a query asks tracks with spans");
	ok(select_add(&query, patterns, STR("name = write"), &err), "another query");
	keeps(cache, patterns, &query, "24", "every query must find a span");
	late = query;
	late.has_from = true;
	late.from_ns = 201;
	keeps(cache, patterns, &late, "4", "and the time must be right");
	select_remove(&query, 0);
	keeps(cache, patterns, &query, "24", "one query is taken back");
	ok(!select_add(&query, patterns, STR("name ="), &err) && err.code == ERROR_USAGE && err.byte == 6, "a bad query is refused with its place");
	query = (struct select_spec){ 0 };
	select_add(&query, patterns, STR("root.name = fast"), NULL);
	select_add(&query, patterns, STR("trace.duration >= p50"), NULL);
	keeps(cache, patterns, &query, "024", "percentiles are of what the queries before leave");
	query.queries[0] = strtab_intern(patterns, STR("trace.duration >= p50"));
	query.queries[1] = strtab_intern(patterns, STR("root.name = fast"));
	keeps(cache, patterns, &query, "24", "so their order counts");
	char text[16];
	query = (struct select_spec){ 0 };
	for (int i = 0; i < SELECT_QUERIES_MAX; i++) {
		snprintf(text, sizeof text, "q%d", i);
		ok(select_add(&query, patterns, str_of(text), NULL), "query %d of several", i);
	}
	ok(!select_add(&query, patterns, STR("one more"), &err) && query.query_count == SELECT_QUERIES_MAX, "too many queries");
}

static void
test_cache(struct build_cache *cache, struct strtab *patterns)
{
	const struct selected *first, *again, *stopped;
	struct select_spec spec = range(1, 2), other;
	struct job job = { .wish = JOB_DROP };

	selected_get(cache, &spec, patterns, NULL, &first);
	selected_get(cache, &spec, patterns, NULL, &again);
	ok(first == again, "the same selection is not made twice");
	for (int i = 0; i < 40; i++) {
		other = range(i, 1000 + i);
		ok(selected_get(cache, &other, patterns, NULL, &again) && again->from_ns == i, "selection %d of many", i);
	}
	other = (struct select_spec){ 0 };
	select_add(&other, patterns, STR("name = nothing"), NULL);
	ok(!selected_get(cache, &other, patterns, &job, &stopped), "a selection can be stopped");
}

/* The names of a tree's nodes with their levels and totals. */
static void
shows(struct build_cache *cache, const struct strtab *patterns, const struct recipe *recipe, const char *want, const char *what)
{
	const struct dataset *ds = build_cache_dataset(cache);
	struct tree *tree = recipe_build(cache, recipe, patterns, NULL, NULL);
	struct buf got = { 0 };

	for (node_id node = 1; node < tree->count; node++) {
		struct str name = frame_name(ds, tree->frame[node]);
		buf_addf(&got, "%s%u %.*s %g", node > 1 ? ", " : "", tree->level[node], (int)name.len, name.at, tree->total[node]);
	}
	is_text(got.at ? got.at : "", want, what);
	tree_free(tree);
	buf_fini(&got);
}

static void
test_trees(struct build_cache *cache, struct strtab *patterns)
{
	struct recipe recipe = { .spec = { .track = TRACK_ALL, .metric = { .kind = METRIC_COUNT }, .order = ORDER_FIRST } };
	struct recipe other;

	recipe.select = range(100, 200);
	shows(cache, patterns, &recipe, "1 slow 2, 2 read 1, 1 inner 2, 2 leaf 1", "traces whole, of threads what starts in the time");
	recipe.spec.track = 3;
	recipe.spec.merge = MERGE_TIME;
	recipe.spec.metric.kind = METRIC_WALL;
	shows(cache, patterns, &recipe, "1 inner 40, 2 leaf 10", "in time order too");
	other = recipe;
	ok(recipe_equal(&recipe, &other), "equal recipes");
	other.select.to_ns++;
	ok(!recipe_equal(&recipe, &other), "a selection is part of a recipe");
	recipe.spec.track = 0;
	shows(cache, patterns, &recipe, "", "a trace that is not selected is not shown");
	recipe.spec = (struct tree_spec){ .track = TRACK_ALL, .metric = { .kind = METRIC_SAMPLE_TYPE } };
	shows(cache, patterns, &recipe, "1 main 2, 2 work 2", "samples that were taken in it");
	recipe.spec.track = 4;
	shows(cache, patterns, &recipe, "1 main 1, 2 work 1", "of one track");
	recipe.select = range(-1, 200);
	recipe.spec.merge = MERGE_TIME;
	shows(cache, patterns, &recipe, "1 main 60, 2 work 60", "samples in time order");
}

/* What is pasted, and the track and span that it names; -1: none. */
static const struct { const char *text; int track; uint64_t span; } refs[] = {
	{ "00000000000000000000000000000002", 1, 0 },
	{ "0000000000000002", 1, 0 },
	{ "0000000000000002-4", 1, 4 },
	{ "2", 1, 0 },
	{ "002-4", 1, 4 },
	{ " traceparent: 00-00000000000000000000000000000003-0000000000000005-01\n", 2, 5 },
	{ "00-00000000000000000000000000000003-0000000000000005-00", 2, 5 },
	{ "00000000000000000000000000000002-99", -1, 0 },
	{ "00-00000000000000000000000000000003-0000000000000005", -1, 0 },
	{ "0000000000000005", 2, 5 },
	{ "5", -1, 0 },
	{ "00000000000000000000000000000005", -1, 0 },
	{ "00000000000000", -1, 0 },
	{ "7", -1, 0 },
	{ "", -1, 0 },
	{ "-", -1, 0 },
	{ "2-", -1, 0 },
	{ "cart", -1, 0 },
	{ "000000000000000000000000000000002", -1, 0 },
};

static void
test_refs(const struct dataset *ds)
{
	for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
		struct trace_ref ref;
		struct error err = { 0 };
		track_id track = ID_NONE;
		span_id span = ID_NONE;
		bool found = trace_ref_parse(str_of(refs[i].text), &ref) && trace_ref_find(ds, &ref, &track, &span, NULL, &err);
		bool right = found && (int)track == refs[i].track && (refs[i].span ? span != ID_NONE && ds->spans.id[span] == refs[i].span : span == ID_NONE);
		ok(refs[i].track < 0 ? !found : right, "a trace and a span by \"%s\"", refs[i].text);
	}
}

int
main(void)
{
	struct dataset *ds = make_tracks();
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct strtab *patterns = strtab_new();

	test_tracks(cache, patterns);
	test_cache(cache, patterns);
	test_trees(cache, patterns);
	test_refs(ds);
	strtab_free(patterns);
	build_cache_free(cache);
	dataset_free(ds);
	return done();
}
