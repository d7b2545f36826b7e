/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/span_facts.h"

#include <math.h>

#include "layout/pack.h"
#include "util/alloc.h"

enum { SIMILAR_LEAST = 4 };    /* fewer say more when each has its row */

static bool
has_failed(const struct tree *tree, const struct dataset *ds, node_id node)
{
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	return span != ID_NONE && ds->spans.status[span] == STATUS_ERROR;
}

/* [first, end) are siblings in a row. */
static void
mark_run(struct span_facts *facts, const struct tree *tree, node_id first, node_id end)
{
	ranked_put(&facts->heads, first);
	for (node_id node = first; node < end; node = tree->end[node])
		facts->run[node] = first;
}

static void
find_runs(struct span_facts *facts, const struct tree *tree, node_id parent)
{
	node_id first = tree_first_child(tree, parent);
	uint32_t count = 0;

	for (node_id child = first; child != NODE_NONE;) {
		node_id next = tree_next_sibling(tree, child);
		count++;
		/* What filters join from elsewhere may begin earlier. */
		if (next == NODE_NONE || tree->frame[next] != tree->frame[first] || tree->x0[next] < tree->x0[child]) {
			if (count >= SIMILAR_LEAST)
				mark_run(facts, tree, first, tree->end[child]);
			first = next;
			count = 0;
		}
		child = next;
	}
}

static void
add_group(struct span_facts *facts, const struct tree *tree, node_id first)
{
	struct span_group group = {
		.node = first, .begin = (uint32_t)facts->member.len, .from = facts->from[first], .to = facts->to[first],
	};
	node_id node = first, end = tree->end[tree->parent[first]];
	double until = -INFINITY;

	for (; node < end && facts->run[node] == first; node = tree->end[node]) {
		until = fmax(until, pack_end(tree, node));
		vec_push(&facts->member, node);
		vec_push(&facts->until, until);
		group.sum += tree->total[node];
		group.most = fmax(group.most, tree->total[node]);
		group.from = fmin(group.from, facts->from[node]);
		group.to = fmax(group.to, facts->to[node]);
	}
	group.node_end = node;
	group.end = (uint32_t)facts->member.len;
	vec_push(&facts->groups, group);
	vec_push(&facts->stretch, (struct span_stretch){ node, ranked_below(&facts->heads, node) });
}

void
span_facts_init(struct span_facts *facts, const struct tree *tree, const struct dataset *ds)
{
	uint32_t count = tree->count;

	*facts = (struct span_facts){ 0 };
	facts->from = xreallocarray(NULL, count, sizeof *facts->from);
	facts->to = xreallocarray(NULL, count, sizeof *facts->to);
	facts->errors_before = xcalloc((size_t)count + 1, sizeof *facts->errors_before);
	facts->run = xreallocarray(NULL, count, sizeof *facts->run);
	ranked_init(&facts->heads, count);
	memset(facts->run, 0xff, count * sizeof *facts->run);
	for (node_id node = 0; node < count; node++) {
		facts->from[node] = tree->x0[node];
		facts->to[node] = pack_end(tree, node);
		facts->errors_before[node + 1] = facts->errors_before[node] + has_failed(tree, ds, node);
		find_runs(facts, tree, node);
	}
	ranked_count(&facts->heads);
	for (node_id node = count; node-- > 1;) {
		node_id parent = tree->parent[node];
		facts->from[parent] = fmin(facts->from[parent], facts->from[node]);
		facts->to[parent] = fmax(facts->to[parent], facts->to[node]);
	}
	for (node_id head = bits_next(facts->heads.words, 0, count); head < count; head = bits_next(facts->heads.words, head + 1, count))
		add_group(facts, tree, head);
}

void
span_facts_fini(struct span_facts *facts)
{
	free(facts->from);
	free(facts->to);
	free(facts->errors_before);
	free(facts->run);
	ranked_fini(&facts->heads);
	vec_fini(&facts->groups);
	vec_fini(&facts->stretch);
	vec_fini(&facts->member);
	vec_fini(&facts->until);
	span_path_fini(&facts->path);
	*facts = (struct span_facts){ 0 };
}

/* The pieces of a span lie in the order of time; they and its node begin by the same clock. */
static void
own_path_extent(const struct tree *tree, const struct critical *critical, const int64_t *start_ns, node_id node, double *from_out, double *to_out)
{
	span_id span = tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;
	uint32_t begin = span == ID_NONE ? 0 : critical->first[span], end = span == ID_NONE ? 0 : critical->first[span + 1];

	*from_out = INFINITY;
	*to_out = -INFINITY;
	if (begin == end)
		return;
	const struct critical_piece *first = &critical->pieces[critical->of_span[begin]], *last = &critical->pieces[critical->of_span[end - 1]];
	*from_out = tree->x0[node] + (double)(first->start_ns - start_ns[span]);
	*to_out = tree->x0[node] + (double)(last->end_ns - start_ns[span]);
}

/* Members follow each other on the path as their starts do. */
static void
add_members(struct span_path *path, const struct span_facts *facts, const struct span_group *group)
{
	uint32_t last = UINT32_MAX;
	double through = 0, from, to;

	for (uint32_t i = group->begin; i < group->end; i++) {
		if (span_path_extent(path, facts->member.at[i], &from, &to)) {
			through += to - from;
			last = i;
		}
		path->through[i] = through;
		path->last[i] = last;
	}
}

void
span_path_init(struct span_path *path, const struct tree *tree, const struct span_facts *facts, const struct critical *critical,
               const int64_t *start_ns)
{
	uint32_t count = tree->count;

	path->before = xcalloc((size_t)count + 1, sizeof *path->before);
	path->from = xreallocarray(NULL, count, sizeof *path->from);
	path->to = xreallocarray(NULL, count, sizeof *path->to);
	for (node_id node = 0; node < count; node++) {
		span_id span = tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;
		path->before[node + 1] = path->before[node] + (span != ID_NONE && critical_has(critical, span));
		own_path_extent(tree, critical, start_ns, node, &path->from[node], &path->to[node]);
	}
	for (node_id node = count; node-- > 1;) {
		node_id parent = tree->parent[node];
		path->from[parent] = fmin(path->from[parent], path->from[node]);
		path->to[parent] = fmax(path->to[parent], path->to[node]);
	}
	path->through = xreallocarray(NULL, facts->member.len, sizeof *path->through);
	path->last = xreallocarray(NULL, facts->member.len, sizeof *path->last);
	for (size_t i = 0; i < facts->groups.len; i++)
		add_members(path, facts, &facts->groups.at[i]);
}

void
span_path_fini(struct span_path *path)
{
	free(path->before);
	free(path->from);
	free(path->to);
	free(path->through);
	free(path->last);
	*path = (struct span_path){ 0 };
}

bool
span_path_extent(const struct span_path *path, node_id node, double *from_out, double *to_out)
{
	*from_out = path->from[node];
	*to_out = path->to[node];
	return *from_out < *to_out;
}

/* The place of the first member that begins after x. */
static uint32_t
first_after(const struct span_facts *facts, const struct tree *tree, const struct span_group *group, double x)
{
	uint32_t low = group->begin, high = group->end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (tree->x0[facts->member.at[middle]] <= x)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

double
span_path_until(const struct span_path *path, const struct tree *tree, const struct span_facts *facts, const struct span_group *group,
                double x)
{
	uint32_t next = first_after(facts, tree, group, x), last = next > group->begin ? path->last[next - 1] : UINT32_MAX;
	double from, to;

	if (last == UINT32_MAX)
		return 0;
	span_path_extent(path, facts->member.at[last], &from, &to);
	return path->through[next - 1] - fmax(0, to - fmax(x, from));
}

bool
span_group_next(const struct span_facts *facts, const struct tree *tree, const struct span_group *group, double x, double end,
                double *from_out, double *to_out, node_id *member_out)
{
	uint32_t low = first_after(facts, tree, group, x);

	if (low > group->begin && facts->until.at[low - 1] > x) {
		*from_out = x;
		*to_out = facts->until.at[low - 1];
		*member_out = facts->member.at[low - 1];
		return true;
	}
	if (low == group->end || tree->x0[facts->member.at[low]] >= end)
		return false;
	*from_out = tree->x0[facts->member.at[low]];
	*to_out = facts->until.at[low];
	*member_out = facts->member.at[low];
	return true;
}
