/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/pack.h"

#include <math.h>
#include <stdlib.h>

#include "layout/plane.h"
#include "layout/runs.h"
#include "util/alloc.h"
#include "util/vec.h"

/* A subtree among its siblings. */
struct block {
	double  start, end;
	node_id node;
};

struct blocks { VEC(struct block); };

/* Rectangles by node, and what packing one group of siblings needs. */
struct packer {
	const struct tree *tree;
	double       *start, *end;    /* of subtrees */
	uint32_t     *height;
	uint32_t     *offset;         /* rows between the parent's row and the subtree's first, less one */
	const uint32_t *size;         /* NULL, or 0 for nodes without a row of their own */
	struct blocks siblings;
	struct blocks active;         /* those placed and not ended: a heap, the earliest end at its top */
	struct runs   free_rows;
};

double
pack_right(double start, double total)
{
	double end = start + (total > 1 ? total : 1);

	/* Far from zero 1 ns is less than the distance of two doubles. */
	return end > start ? end : nextafter(start, INFINITY);
}

static int
block_compare(const void *a, const void *b)
{
	const struct block *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

static void
heap_push(struct blocks *heap, struct block block)
{
	size_t at = heap->len;

	vec_push(heap, block);
	while (at > 0 && heap->at[(at - 1) / 2].end > block.end) {
		heap->at[at] = heap->at[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap->at[at] = block;
}

static struct block
heap_pop(struct blocks *heap)
{
	struct block top = heap->at[0];
	struct block last = vec_pop(heap);
	size_t at = 0;

	for (size_t child; child = 2 * at + 1, child < heap->len; at = child) {
		if (child + 1 < heap->len && heap->at[child + 1].end < heap->at[child].end)
			child++;
		if (heap->at[child].end >= last.end)
			break;
		heap->at[at] = heap->at[child];
	}
	if (heap->len > 0)
		heap->at[at] = last;
	return top;
}

/* Lists the children of a node in the order in which they are placed. */
static void
collect_siblings(struct packer *packer, node_id parent)
{
	struct blocks *siblings = &packer->siblings;
	const struct tree *tree = packer->tree;
	bool sorted = true;

	siblings->len = 0;
	for (node_id node = parent + 1; node < tree->end[parent]; node = tree->end[node]) {
		vec_push(siblings, (struct block){ packer->start[node], packer->end[node], node });
		if (siblings->len > 1 && block_compare(&siblings->at[siblings->len - 2], &vec_last(siblings)) > 0)
			sorted = false;
	}
	if (!sorted)
		qsort(siblings->at, siblings->len, sizeof *siblings->at, block_compare);
}

/* Gives the collected siblings their offsets; returns the rows that they take together. */
static uint32_t
place_siblings(struct packer *packer)
{
	const struct blocks *siblings = &packer->siblings;
	struct blocks *active = &packer->active;
	double latest = -INFINITY;
	uint32_t rows = 0;

	for (size_t i = 0; i < siblings->len; i++) {
		struct block block = siblings->at[i];
		uint32_t height = packer->height[block.node], offset = 0;

		if (block.start >= latest) {
			active->len = 0;
			runs_reset(&packer->free_rows);
		}
		while (active->len > 0 && active->at[0].end <= block.start) {
			node_id ended = heap_pop(active).node;

			runs_give(&packer->free_rows, packer->offset[ended], packer->height[ended]);
		}
		offset = runs_take(&packer->free_rows, height);
		packer->offset[block.node] = offset;
		heap_push(active, block);
		if (latest < block.end)
			latest = block.end;
		if (rows < offset + height)
			rows = offset + height;
	}
	return rows;
}

static bool
is_folded(const struct packer *packer, node_id node)
{
	return packer->size && packer->size[node] == 0;
}

/* The rectangle of a node whose children have theirs. */
static void
pack_node(struct packer *packer, node_id node)
{
	const struct tree *tree = packer->tree;
	node_id child = node + 1;
	uint32_t rows = 0;

	packer->start[node] = tree->x0[node];
	packer->end[node] = pack_end(tree, node);
	if (child < tree->end[node] && tree->end[child] == tree->end[node]) {
		packer->offset[child] = 0;
		rows = packer->height[child];
	} else if (child < tree->end[node]) {
		collect_siblings(packer, node);
		rows = place_siblings(packer);
	}
	packer->height[node] = rows + !is_folded(packer, node);
	for (; child < tree->end[node]; child = tree->end[child]) {
		packer->start[node] = fmin(packer->start[node], packer->start[child]);
		packer->end[node] = fmax(packer->end[node], packer->end[child]);
	}
}

void
pack_rows(const struct tree *tree, const uint32_t *size, uint32_t *row_of)
{
	struct packer packer = {
		.tree   = tree,
		.start  = xreallocarray(NULL, tree->count, sizeof *packer.start),
		.end    = xreallocarray(NULL, tree->count, sizeof *packer.end),
		.height = xreallocarray(NULL, tree->count, sizeof *packer.height),
		.offset = row_of,
		.size   = size,
	};

	runs_init(&packer.free_rows);
	for (node_id node = tree->count; node-- > 0;)
		pack_node(&packer, node);
	/* From offsets to rows: parents come first in pre-order. */
	row_of[NODE_ALL] = 0;
	for (node_id node = 1; node < tree->count; node++)
		row_of[node] += row_of[tree->parent[node]] + !is_folded(&packer, node);
	for (node_id node = 1; node < tree->count; node++)
		if (is_folded(&packer, node))
			row_of[node] = PLANE_NO_ROW;
	runs_fini(&packer.free_rows);
	vec_fini(&packer.siblings);
	vec_fini(&packer.active);
	free(packer.start);
	free(packer.end);
	free(packer.height);
}
