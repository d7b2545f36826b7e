/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"
#include "analysis/label.h"
#include "tests/make.h"
#include "tests/tap.h"

static const struct metric first_type = { METRIC_SAMPLE_TYPE, 0 };

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
	struct build_cache *cache = build_cache_new(ds);
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
	struct tree_spec spec = { TRACK_ALL, first_type, MERGE_MERGED, ORDER_ALPHABETICAL };
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

int
main(void)
{
	profiles();
	orders();
	return done();
}
