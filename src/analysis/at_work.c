/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/at_work.h"

#include <stdlib.h>

#include "util/alloc.h"

/* A node's start or end. */
struct edge {
	double   time;
	node_id  node;
	uint32_t is_end;
};

struct sweep {
	const struct tree *tree;
	uint32_t          *running;    /* per node: children that run, twice, and whether it runs itself */
	uint32_t           working;
};

static int
by_time(const void *left, const void *right)
{
	const struct edge *a = left, *b = right;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	if (a->is_end != b->is_end)
		return a->is_end < b->is_end ? -1 : 1;
	return a->node < b->node ? -1 : a->node > b->node;
}

static struct edge *
collect_edges(const struct tree *tree, uint32_t *count_out)
{
	struct edge *edges = xreallocarray(NULL, (size_t)tree->count * 2, sizeof *edges);
	uint32_t count = 0;

	for (node_id node = 1; node < tree->count; node++) {
		if (tree->total[node] <= 0)
			continue;
		edges[count++] = (struct edge){ tree->x0[node], node, 0 };
		edges[count++] = (struct edge){ tree->x0[node] + tree->total[node], node, 1 };
	}
	qsort(edges, count, sizeof *edges, by_time);
	*count_out = count;
	return edges;
}

/* Adds to what runs at a node, and keeps the number of those at work. */
static void
change(struct sweep *sweep, node_id node, uint32_t by)
{
	sweep->working -= sweep->running[node] == 1;
	sweep->running[node] += by;
	sweep->working += sweep->running[node] == 1;
}

static void
take_edge(struct sweep *sweep, const struct edge *edge)
{
	node_id parent = sweep->tree->parent[edge->node];

	change(sweep, edge->node, edge->is_end ? UINT32_MAX : 1);
	if (parent != NODE_ALL)
		change(sweep, parent, edge->is_end ? UINT32_MAX - 1 : 2);
}

struct at_work *
at_work_build(const struct tree *tree)
{
	struct at_work *work = xcalloc(1, sizeof *work);
	struct sweep sweep = { .tree = tree, .running = xcalloc(tree->count, sizeof *sweep.running) };
	uint32_t count;
	struct edge *edges = collect_edges(tree, &count);

	work->from = xreallocarray(NULL, (size_t)count + 1, sizeof *work->from);
	work->working = xreallocarray(NULL, (size_t)count + 1, sizeof *work->working);
	work->before = xreallocarray(NULL, (size_t)count + 1, sizeof *work->before);
	for (uint32_t i = 0; i < count;) {
		double time = edges[i].time, sum = 0;
		uint32_t last = work->count - 1;

		for (; i < count && edges[i].time <= time; i++)
			take_edge(&sweep, &edges[i]);
		if (work->count)
			sum = work->before[last] + work->working[last] * (time - work->from[last]);
		work->from[work->count] = time;
		work->before[work->count] = sum;
		work->working[work->count++] = sweep.working;
		if (sweep.working > work->most)
			work->most = sweep.working;
	}
	free(edges);
	free(sweep.running);
	return work;
}

void
at_work_free(struct at_work *work)
{
	if (!work)
		return;
	free(work->from);
	free(work->working);
	free(work->before);
	free(work);
}

/* The integral up to a time. */
static double
integral(const struct at_work *work, double time)
{
	uint32_t low = 0, high = work->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (work->from[middle] <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? 0 : work->before[low - 1] + work->working[low - 1] * (time - work->from[low - 1]);
}

double
at_work_mean(const struct at_work *work, double from, double to)
{
	return to > from ? (integral(work, to) - integral(work, from)) / (to - from) : 0;
}
