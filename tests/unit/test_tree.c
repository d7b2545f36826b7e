/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/column.h"
#include "model/tree.h"
#include "tests/make.h"
#include "tests/tap.h"

static void
small_tree(void)
{
	struct tree *tree = tree_new(2, true);
	node_id a = tree_add(tree, 0, 1);
	node_id b = tree_add(tree, 1, 2);
	node_id c = tree_add(tree, 2, 3);
	node_id d = tree_add(tree, 3, 2);
	node_id e = tree_add(tree, 4, 1);

	tree->total[NODE_ALL] = 12;
	tree->total[a] = 8;
	tree->total[b] = 3;
	tree->total[c] = 2;
	tree->total[d] = 4;
	tree->total[e] = 3;
	tree_finish(tree);
	is_int(tree->count, 6, "six nodes with all");
	is_int(tree->depth, 3, "depth");
	is_int(tree->end[NODE_ALL], 6, "all ends after the last");
	is_int(tree->end[a], 5, "end of an inner node");
	is_int(tree->end[b], 4, "end of a nested node");
	is_int(tree->end[e], 6, "end of a leaf");
	is_int(tree->parent[d], a, "parent after going up");
	is_int(tree->parent[NODE_ALL], NODE_NONE, "all has no parent");
	is_double(tree->x0[d], 3, 0, "siblings lie side by side");
	is_double(tree->x0[e], 8, 0, "roots too");
	is_double(tree->width, 12, 0, "width");
	is_int(tree_first_child(tree, a), b, "first child");
	is_int(tree_next_sibling(tree, b), d, "next sibling");
	is_int(tree_next_sibling(tree, d), NODE_NONE, "no further sibling");
	is_int(tree_first_child(tree, e), NODE_NONE, "no child");
	is_int(tree_next_sibling(tree, e), NODE_NONE, "last root");
	is_int(tree_next_sibling(tree, NODE_ALL), NODE_NONE, "all has no sibling");
	ok(tree_is_inside(tree, c, a) && tree_is_inside(tree, a, a) && !tree_is_inside(tree, e, a), "inside");
	is_int(tree->span[c], ID_NONE, "no span yet");
	tree_free(tree);
	tree_free(NULL);
}

static void
deep_tree(void)
{
	enum { DEEP = 200000 };
	struct tree *tree = tree_new(0, false);
	bool good = true;

	for (uint32_t level = 1; level <= DEEP; level++)
		tree_add(tree, 0, level);
	node_id back = tree_add(tree, 1, 1);
	tree_finish(tree);
	is_int(tree->depth, DEEP, "deep");
	is_int(tree->parent[back], NODE_ALL, "back at the top");
	for (node_id node = 1; node <= DEEP; node++)
		good &= tree->parent[node] == node - 1 && tree->end[node] == DEEP + 1;
	ok(good, "parents and ends of a chain");
	ok(!tree->span, "no spans when not asked for");
	tree_free(tree);
}

static void
columns(void)
{
	struct column *number = column_new(COLUMN_NUMBER, 130);
	struct column *text = column_new(COLUMN_STRING, 0);

	ok(!column_has(number, 129), "nothing is there at first");
	column_set_number(number, 129, 2.5);
	ok(column_has(number, 129) && !column_has(number, 128), "one is there");
	is_double(number->number[129], 2.5, 0, "its value");
	is_double(number->number[128], 0, 0, "0 where nothing is");
	ok(text->strings && text->string && !text->number, "a column of strings has its own table");
	column_free(number);
	column_free(text);
	column_free(NULL);
}

int
main(void)
{
	small_tree();
	deep_tree();
	columns();
	return done();
}
