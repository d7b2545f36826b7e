/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/at_work.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/keyed.h"

struct sweep {
	const struct tree *tree;
	uint32_t          *running;    /* per node: children that run, twice, and whether it runs itself */
	uint32_t           working;
};

/* Starts and ends of nodes by time, nodes in order at one time. */
struct edges {
	struct keyed *starts, *ends;
	uint32_t      count;    /* of each */
};

static struct edges
collect_edges(const struct tree *tree)
{
	struct edges edges = {
		.starts = xreallocarray(NULL, tree->count, sizeof *edges.starts), .ends = xreallocarray(NULL, tree->count, sizeof *edges.ends),
	};
	struct keyed *spare = xreallocarray(NULL, tree->count, sizeof *spare);

	for (node_id node = 1; node < tree->count; node++) {
		if (tree->total[node] <= 0)
			continue;
		edges.starts[edges.count] = (struct keyed){ keyed_of_double(tree->x0[node]), node };
		edges.ends[edges.count++] = (struct keyed){ keyed_of_double(tree->x0[node] + tree->total[node]), node };
	}
	keyed_sort(&edges.starts, &spare, edges.count);
	keyed_sort(&edges.ends, &spare, edges.count);
	free(spare);
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
take_edge(struct sweep *sweep, node_id node, bool is_end)
{
	node_id parent = sweep->tree->parent[node];

	change(sweep, node, is_end ? UINT32_MAX : 1);
	if (parent != NODE_ALL)
		change(sweep, parent, is_end ? UINT32_MAX - 1 : 2);
}

static void
add_step(struct at_work *work, double time, uint32_t working)
{
	uint32_t last = work->count - 1;

	work->from[work->count] = time;
	work->before[work->count] = work->count ? work->before[last] + work->working[last] * (time - work->from[last]) : 0;
	work->working[work->count++] = working;
	if (working > work->most)
		work->most = working;
}

struct at_work *
at_work_build(const struct tree *tree)
{
	struct at_work *work = xcalloc(1, sizeof *work);
	struct sweep sweep = { .tree = tree, .running = xcalloc(tree->count, sizeof *sweep.running) };
	struct edges edges = collect_edges(tree);
	const struct keyed *start = edges.starts, *starts_end = start + edges.count, *end = edges.ends, *ends_end = end + edges.count;

	work->from = xreallocarray(NULL, (size_t)edges.count * 2 + 1, sizeof *work->from);
	work->working = xreallocarray(NULL, (size_t)edges.count * 2 + 1, sizeof *work->working);
	work->before = xreallocarray(NULL, (size_t)edges.count * 2 + 1, sizeof *work->before);
	while (end < ends_end) {
		bool is_start = start < starts_end && start->key <= end->key;
		uint64_t key = is_start ? start->key : end->key;
		double time = is_start ? tree->x0[start->value] : tree->x0[end->value] + tree->total[end->value];

		for (; start < starts_end && start->key == key; start++)
			take_edge(&sweep, start->value, false);
		for (; end < ends_end && end->key == key; end++)
			take_edge(&sweep, end->value, true);
		add_step(work, time, sweep.working);
	}
	free(edges.starts);
	free(edges.ends);
	free(sweep.running);
	work->every = xreallocarray(NULL, work->count / AT_WORK_FAN + 1, sizeof *work->every);
	for (uint32_t i = 0; i < work->count; i += AT_WORK_FAN)
		work->every[i / AT_WORK_FAN] = work->from[i];
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
	free(work->every);
	free(work);
}

/* How many of an ascending list, from low on, are not after a time; high: all of them. */
static uint32_t
count_until(const double *times, uint32_t low, uint32_t high, double time)
{
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (times[middle] <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The integral up to a time. */
static double
integral(const struct at_work *work, double time)
{
	uint32_t groups = (work->count + AT_WORK_FAN - 1) / AT_WORK_FAN, group = count_until(work->every, 0, groups, time);
	uint32_t end = group < groups ? group * AT_WORK_FAN : work->count;
	uint32_t low = group ? count_until(work->from, (group - 1) * AT_WORK_FAN + 1, end, time) : 0;

	return low == 0 ? 0 : work->before[low - 1] + work->working[low - 1] * (time - work->from[low - 1]);
}

double
at_work_mean(const struct at_work *work, double from, double to)
{
	return to > from ? (integral(work, to) - integral(work, from)) / (to - from) : 0;
}

void
at_work_means(const struct at_work *work, double from, double to, int parts, double *means_out)
{
	double width = to - from, left = from, until = integral(work, from);

	for (int i = 0; i < parts; i++) {
		double right = from + width * (i + 1) / parts, next = integral(work, right);
		means_out[i] = right > left ? (next - until) / (right - left) : 0;
		left = right;
		until = next;
	}
}
