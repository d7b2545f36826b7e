/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"
#include "analysis/label.h"
#include "tests/make.h"
#include "tests/tap.h"

static const struct metric wall = { .kind = METRIC_WALL }, count = { .kind = METRIC_COUNT }, errors = { .kind = METRIC_ERRORS },
                           first_type = { .kind = METRIC_SAMPLE_TYPE };

/* The tree in one line, children in brackets, with total and self: "all:9 [a:5(2) [b:3(3) ] c:4(4) ]". */
static char *
drawn(const struct dataset *ds, const struct tree *tree)
{
	static struct buf out;

	buf_clear(&out);
	buf_addf(&out, "all:%g", tree->total[NODE_ALL]);
	for (node_id node = 1; node < tree->count; node++) {
		uint32_t before = tree->level[node - 1];

		buf_add(&out, tree->level[node] > before ? STR(" [") : STR(" "));
		for (; before > tree->level[node]; before--)
			buf_add(&out, STR("] "));
		label_show(ds, tree->frame[node], &out);
		buf_addf(&out, ":%g(%g)", tree->total[node], tree->self[node]);
	}
	for (uint32_t level = tree->level[tree->count - 1]; level > 0; level--)
		buf_add(&out, STR(" ]"));
	return out.at;
}

static struct tree *
build(const struct dataset *ds, struct tree_spec spec)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree *tree = tree_build(cache, &spec, NULL);

	build_cache_free(cache);
	return tree;
}

static void
profiles(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "a;b;c", 2);
	make_sample(ds, "z", 4);
	make_sample(ds, "a;b", 1);
	make_sample(ds, "a;d", 3);
	make_sample(ds, "a;b;c", 2);
	make_sample(ds, "", 10);
	dataset_seal(ds);
	struct tree_spec spec = tree_spec_default(ds);
	ok(spec.track == TRACK_ALL && spec.merge == MERGE_MERGED && metric_equal(spec.metric, first_type), "the default for a profile");
	struct tree *tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:22 [a:8(0) [b:5(1) [c:4(4) ] d:3(3) ] z:4(4) ]", "heaviest first");
	is_double(tree->self[NODE_ALL], 10, 0, "an empty stack belongs to all");
	is_int(tree->items[NODE_ALL], 1, "and so does its record");
	is_int(tree->items[3], 2, "equal stacks add up");
	ok(!tree->span, "no spans in it");
	tree_free(tree);
	spec.order = ORDER_FIRST;
	spec.merge = MERGE_TIME;
	ok(!tree_spec_is_timed(ds, &spec), "samples cannot be in time order");
	tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:22 [a:8(0) [b:5(1) [c:4(4) ] d:3(3) ] z:4(4) ]", "first come first");
	tree_free(tree);
	dataset_free(ds);
}

static void
orders(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "m;b", 1);
	make_sample(ds, "c", 1);
	make_sample(ds, "B", 7);
	make_sample(ds, "m;a", 1);
	dataset_set_sample_time(ds, 0, 30);
	dataset_set_sample_time(ds, 1, 20);
	dataset_set_sample_time(ds, 2, 40);
	dataset_set_sample_time(ds, 3, 10);
	dataset_seal(ds);
	struct tree_spec spec = { .track = TRACK_ALL, .metric = first_type, .merge = MERGE_MERGED, .order = ORDER_ALPHABETICAL };
	struct tree *tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:10 [B:7(7) c:1(1) m:2(0) [a:1(1) b:1(1) ] ]", "alphabetical, by bytes");
	tree_free(tree);
	spec.order = ORDER_FIRST;
	tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:10 [m:2(0) [a:1(1) b:1(1) ] c:1(1) B:7(7) ]", "by first time");
	tree_free(tree);
	spec.order = ORDER_HEAVIEST;
	tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:10 [B:7(7) m:2(0) [a:1(1) b:1(1) ] c:1(1) ]", "heaviest, ties by first time");
	tree_free(tree);
	dataset_free(ds);
}

static void
two_traces(void)
{
	struct dataset *ds = make_dataset();

	make_track(ds, TRACK_TRACE, 1);
	make_track(ds, TRACK_TRACE, 2);
	make_span(ds, "web", "page", 1, 0, 0, 100);
	make_span(ds, "db", "query", 2, 1, 10, 30);
	make_span(ds, "db", "query", 3, 1, 40, 50);
	make_span(ds, "web", "draw", 4, 1, 60, 95);
	span_id root = make_span(ds, "web", "page", 1, 0, 500, 580);
	span_id query = make_span(ds, "db", "query", 2, 1, 500, 570);
	ds->spans.track[root] = ds->spans.track[query] = 1;
	ds->spans.status[query] = STATUS_ERROR;
	dataset_seal(ds);
	struct tree_spec spec = tree_spec_default(ds);
	ok(spec.track == TRACK_ALL && !tree_spec_is_timed(ds, &spec) && metric_equal(spec.metric, wall), "the default for several traces");
	struct tree *tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:180 [web page:180(45) [db query:100(100) web draw:35(35) ] ]", "traces merge");
	is_int(tree->items[1], 2, "spans of a node");
	is_int(tree->span[2], 1, "the first of them stands for all");
	tree_free(tree);
	spec.metric = count;
	spec.order = ORDER_FIRST;
	tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:6 [web page:6(2) [db query:3(3) web draw:1(1) ] ]", "count: own ones are self");
	tree_free(tree);
	spec.metric = errors;
	tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:1 [web page:1(0) [db query:1(1) web draw:0(0) ] ]", "errors likewise; what has none stays");
	tree_free(tree);
	spec.track = 1;
	spec.metric = wall;
	tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:80 [web page:80(10) [db query:70(70) ] ]", "one track of them");
	tree_free(tree);
	spec.merge = MERGE_TIME;
	ok(tree_spec_is_timed(ds, &spec), "one track can be in time order");
	spec.track = TRACK_ALL;
	ok(!tree_spec_is_timed(ds, &spec), "two cannot");
	dataset_free(ds);
}

static void
timed(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "late", 3, 1, 1060, 1090);
	make_span(ds, "s", "root", 1, 0, 1000, 1100);
	make_span(ds, "s", "short", 4, 1, 1010, 1020);
	make_span(ds, "s", "long", 5, 1, 1010, 1050);
	make_span(ds, "s", "short again", 6, 1, 1010, 1020);
	make_span(ds, "s", "inner", 7, 5, 1020, 1200);
	make_span(ds, "s", "before", 8, 0, 990, 995);
	dataset_seal(ds);
	struct tree_spec spec = tree_spec_default(ds);
	ok(spec.track == 0 && tree_spec_is_timed(ds, &spec), "the default for a trace");
	struct tree *tree = build(ds, spec);
	is_text(drawn(ds, tree), "all:210 [s before:5(5) s root:100(30) [s long:40(10) [s inner:180(180) ] s short:10(10) "
	        "s short again:10(10) s late:30(30) ] ]", "by start, longer first, input order");
	ok(tree->timed && tree->width == 210 && tree->self[NODE_ALL] == 0, "its axis is the track's extent");
	ok(tree->x0[1] == 0 && tree->x0[4] == 30 && tree->x0[7] == 70, "left edges count from its start");
	ok(tree->span[4] == 5 && tree->items[4] == 1, "a node is a span");
	tree_free(tree);
	spec.track = TRACK_ALL;
	ok(tree_spec_is_timed(ds, &spec), "all tracks are one when there is one");
	dataset_free(ds);
}

/* Sums of a merged tree: widths add up, children are inside their parents, every span is in one node. */
static bool
adds_up(const struct tree *tree)
{
	uint64_t items = 0;

	for (node_id node = 0; node < tree->count; node++) {
		double x = tree->x0[node], sum = tree->self[node];

		for (node_id child = tree_first_child(tree, node); child != NODE_NONE; child = tree_next_sibling(tree, child)) {
			if (fabs(tree->x0[child] - x) > 1e-9 * (1 + tree->width) || tree->parent[child] != node)
				return false;
			x += tree->total[child];
			sum += tree->total[child];
		}
		if (fabs(sum - tree->total[node]) > 1e-9 * (1 + sum) || x > tree->x0[node] + tree->total[node] + 1e-9 * (1 + tree->width))
			return false;
		items += tree->items[node];
	}
	return items > 0 && tree->end[NODE_ALL] == tree->count;
}

/* Whether siblings are of different frames and stand in the order that was asked for. */
static bool
is_ordered(const struct dataset *ds, const struct tree *tree, enum tree_order order)
{
	uint32_t *rank = label_ranks(ds);
	bool good = true;

	for (node_id node = 1; node < tree->count; node++) {
		for (node_id next = tree_next_sibling(tree, node); next != NODE_NONE; next = tree_next_sibling(tree, next)) {
			int64_t start = ds->spans.start_ns[tree->span[node]];

			good &= tree->frame[node] != tree->frame[next];
			if (order == ORDER_HEAVIEST)
				good &= tree->total[node] >= tree->total[next];
			else if (order == ORDER_ALPHABETICAL)
				good &= rank[tree->frame[node]] <= rank[tree->frame[next]];
			else
				good &= start <= ds->spans.start_ns[tree->span[next]] || tree->items[node] > 1;
		}
	}
	free(rank);
	return good;
}

/* The weight of one path of frames, going through all spans: what a node of this path must have as its self. */
static bool
is_self_of_path(const struct dataset *ds, const struct tree *tree, node_id node, const struct column *weights)
{
	double self = 0;
	uint32_t items = 0;

	for (span_id span = 0; span < ds->spans.count; span++) {
		span_id at = span;
		node_id up = node;

		for (; at != ID_NONE && up != NODE_ALL && ds->spans.frame[at] == tree->frame[up]; at = ds->spans.parent[at])
			up = tree->parent[up];
		if (at == ID_NONE && up == NODE_ALL) {
			self += weights->number[span];
			items++;
		}
	}
	return fabs(self - tree->self[node]) <= 1e-9 * (1 + self) && items == tree->items[node];
}

static void
random_merges(void)
{
	static const char *const names[] = { "a", "b", "c", "d", "e" };
	bool sums = true, order = true, selves = true;

	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct dataset *ds = make_dataset();
		uint64_t state = seed;

		make_track(ds, TRACK_TRACE, 1);
		make_track(ds, TRACK_TRACE, 2);
		for (uint32_t i = 0; i < 4 * seed; i++) {
			uint64_t parent = i && random_below(&state, 6) ? 1 + random_below(&state, i) : 0;
			int64_t start = random_below(&state, 1000);
			int64_t end = start + random_below(&state, 300);
			span_id span = make_span(ds, "s", names[random_below(&state, 5)], i + 1, parent, start, end);

			ds->spans.track[span] = parent ? ds->spans.track[parent - 1] : i & 1;
			ds->spans.status[span] = random_below(&state, 3) ? STATUS_OK : STATUS_ERROR;
		}
		dataset_seal(ds);
		struct tree_spec spec = { .track = TRACK_ALL, .metric = { .kind = (enum metric_kind)(seed % 4) }, .merge = MERGE_MERGED, .order = (enum tree_order)(seed % 3) };
		struct tree *tree = build(ds, spec);
		struct forest *forest = forest_new(ds);
		struct critical *critical = critical_build(forest, ds);
		struct column *weights = metric_weights(ds, forest, critical, spec.metric);
		sums &= adds_up(tree);
		order &= is_ordered(ds, tree, spec.order);
		for (node_id node = 1; node < tree->count; node++)
			selves &= is_self_of_path(ds, tree, node, weights);
		critical_free(critical);
		forest_free(forest);
		column_free(weights);
		tree_free(tree);
		dataset_free(ds);
	}
	ok(sums, "children are inside their parents and widths add up");
	ok(order, "siblings are different frames in order");
	ok(selves, "a node is all spans of its path");
}

static void
stopping(void)
{
	struct dataset *ds = make_dataset();
	struct job job = { 0 };

	make_span(ds, "s", "x", 1, 0, 0, 10);
	make_sample(ds, "a", 1);
	dataset_seal(ds);
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct tree *tree = tree_build(cache, &spec, &job);
	ok(tree != NULL, "a job that goes on");
	tree_free(tree);
	atomic_store(&job.wish, JOB_DROP);
	ok(!tree_build(cache, &spec, &job), "and one that is stopped");
	build_cache_free(cache);
	build_cache_free(NULL);
	dataset_free(ds);
}

static void
large(void)
{
	enum { MANY = 100000, DEEP = 200000 };
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "root", 1, 0, 0, MANY);
	for (uint32_t i = 0; i < DEEP; i++)
		make_span(ds, "s", i & 1 ? "odd" : "even", i + 2, i + 1, 0, MANY);
	for (uint32_t i = 0; i < MANY; i++)
		make_span(ds, "t", "sibling", DEEP + i + 2, 1, i, i + 1);
	dataset_seal(ds);
	struct tree_spec spec = { .track = TRACK_ALL, .metric = wall, .merge = MERGE_MERGED, .order = ORDER_HEAVIEST };
	struct tree *tree = build(ds, spec);
	is_int(tree->depth, DEEP + 1, "200,000 levels deep");
	is_int(tree->count, DEEP + 3, "100,000 siblings are one box");
	is_double(tree->total[NODE_ALL], MANY, 1e-9 * MANY, "wall time of it all");
	tree_free(tree);
	spec.merge = MERGE_TIME;
	tree = build(ds, spec);
	is_int(tree->count, DEEP + MANY + 2, "or a box each");
	is_int(tree->depth, DEEP + 1, "as deep");
	tree_free(tree);
	dataset_free(ds);
}

int
main(void)
{
	profiles();
	orders();
	two_traces();
	timed();
	random_merges();
	stopping();
	large();
	return done();
}
