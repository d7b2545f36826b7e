/* SPDX-License-Identifier: MIT
 * A profile of many boxes becomes samples, and samples a tree, without both being in memory at a time: what is used up goes back.
 * Linked with --wrap=give_back, which counts. */
#include "config.h"

#include "analysis/build.h"
#include "load/boxes.h"
#include "tests/make.h"
#include "tests/tap.h"

enum { BOXES = 300000, CHILDREN = 3 };

void __real_give_back(void *at, size_t size);
void __wrap_give_back(void *at, size_t size);

static size_t given_back;

void
__wrap_give_back(void *at, size_t size)
{
	given_back += size;
	__real_give_back(at, size);
}

/* Level by level, as servers send them: every box has three children while there are boxes left. */
static struct dataset *
load_boxes(void)
{
	struct sink *sink = sink_new(STR("boxes"));
	struct profiles profiles = { .sink = sink };
	struct boxes boxes = { .sides = 1 };
	frame_id frames[CHILDREN];

	for (uint32_t i = 0; i < CHILDREN; i++) {
		char name[] = { (char)('a' + i), '\0' };
		frames[i] = sink_frame(sink, &(struct frame_in){ .name = str_of(name), .module = STR(""), .file = STR("") });
	}
	for (uint32_t i = 0; i < BOXES; i++)
		boxes_add(&boxes, i ? (i - 1) / CHILDREN : ID_NONE, i % CHILDREN, (double[]){ NAN }, (double[]){ i % 7 });
	boxes_push(&boxes, &(struct boxes_target){
		.profiles = &profiles, .track = STR(""), .type = STR("t"), .unit = STR("u"), .frames = frames,
	});
	boxes_fini(&boxes);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

/* Nodes whose total is not that of their children and their own, whose siblings are out of order, or whose parent is not above them. */
static uint32_t
count_wrong(const struct tree *tree)
{
	uint32_t wrong = 0;

	for (node_id node = 0; node < tree->count; node++) {
		double total = tree->self[node], last = INFINITY;
		for (node_id child = tree_first_child(tree, node); child != NODE_NONE; child = tree_next_sibling(tree, child)) {
			total += tree->total[child];
			wrong += tree->total[child] > last || tree->parent[child] != node || tree->level[child] != tree->level[node] + 1;
			last = tree->total[child];
		}
		wrong += total != tree->total[node];
	}
	return wrong;
}

int
main(void)
{
	struct dataset *ds = load_boxes();

	is_int(ds->stacks.count, BOXES, "a stack for each box");
	ok(given_back > BOXES * sizeof(uint32_t) * 3 / 2, "boxes go back while samples come: %zu bytes", given_back);
	given_back = 0;
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct tree *tree = tree_build(cache, &spec, NULL);
	is_int(tree->count, BOXES + 1, "a node for each box");
	is_int(count_wrong(tree), 0, "every node has its place");
	ok(given_back > BOXES * (size_t)48, "what nodes were made of goes back while the tree comes: %zu bytes", given_back);
	tree_free(tree);
	build_cache_free(cache);
	dataset_free(ds);
	return done();
}
