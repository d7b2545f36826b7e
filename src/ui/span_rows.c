/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/span_rows.h"

#include <math.h>

#include "layout/pack.h"
#include "util/alloc.h"

enum { SIMILAR_LEAST = 4 };    /* fewer say more when each has its row */

/* ---- facts */

static bool
has_failed(const struct tree *tree, const struct dataset *ds, node_id node)
{
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	return span != ID_NONE && ds->spans.status[span] == STATUS_ERROR;
}

static void
find_runs(const struct tree *tree, node_id parent, uint32_t *run)
{
	node_id first = tree_first_child(tree, parent);
	uint32_t count = 0;

	for (node_id child = first; child != NODE_NONE;) {
		node_id next = tree_next_sibling(tree, child);
		count++;
		/* What filters join from elsewhere may begin earlier. */
		if (next == NODE_NONE || tree->frame[next] != tree->frame[first] || tree->x0[next] < tree->x0[child]) {
			if (count >= SIMILAR_LEAST)
				run[first] = count;
			first = next;
			count = 0;
		}
		child = next;
	}
}

void
span_facts_init(struct span_facts *facts, const struct tree *tree, const struct dataset *ds)
{
	uint32_t count = tree->count;

	facts->from = xreallocarray(NULL, count, sizeof *facts->from);
	facts->to = xreallocarray(NULL, count, sizeof *facts->to);
	facts->errors_before = xcalloc((size_t)count + 1, sizeof *facts->errors_before);
	facts->run = xcalloc(count, sizeof *facts->run);
	for (node_id node = 0; node < count; node++) {
		facts->from[node] = tree->x0[node];
		facts->to[node] = pack_end(tree, node);
		facts->errors_before[node + 1] = facts->errors_before[node] + has_failed(tree, ds, node);
		find_runs(tree, node, facts->run);
	}
	for (node_id node = count; node-- > 1;) {
		node_id parent = tree->parent[node];
		facts->from[parent] = fmin(facts->from[parent], facts->from[node]);
		facts->to[parent] = fmax(facts->to[parent], facts->to[node]);
	}
}

void
span_facts_fini(struct span_facts *facts)
{
	free(facts->from);
	free(facts->to);
	free(facts->errors_before);
	free(facts->run);
	free(facts->path_before);
	free(facts->path_from);
	free(facts->path_to);
	*facts = (struct span_facts){ 0 };
}

bool
span_on_path(struct span_facts *facts, const struct tree *tree, const struct critical *critical, node_id from, node_id to)
{
	if (!facts->path_before) {
		facts->path_before = xcalloc((size_t)tree->count + 1, sizeof *facts->path_before);
		for (node_id node = 0; node < tree->count; node++) {
			span_id span = tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;
			facts->path_before[node + 1] = facts->path_before[node] + (span != ID_NONE && critical_has(critical, span));
		}
	}
	return facts->path_before[to] > facts->path_before[from];
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

bool
span_path_extent(struct span_facts *facts, const struct tree *tree, const struct critical *critical, const int64_t *start_ns,
                 node_id node, double *from_out, double *to_out)
{
	if (!facts->path_from) {
		facts->path_from = xreallocarray(NULL, tree->count, sizeof *facts->path_from);
		facts->path_to = xreallocarray(NULL, tree->count, sizeof *facts->path_to);
		for (node_id i = 0; i < tree->count; i++)
			own_path_extent(tree, critical, start_ns, i, &facts->path_from[i], &facts->path_to[i]);
		for (node_id i = tree->count; i-- > 1;) {
			node_id parent = tree->parent[i];
			facts->path_from[parent] = fmin(facts->path_from[parent], facts->path_from[i]);
			facts->path_to[parent] = fmax(facts->path_to[parent], facts->path_to[i]);
		}
	}
	*from_out = facts->path_from[node];
	*to_out = facts->path_to[node];
	return *from_out < *to_out;
}

node_id
span_run_of(const struct span_facts *facts, const struct tree *tree, node_id node)
{
	node_id parent = tree->parent[node], first = parent == NODE_NONE ? NODE_NONE : tree_first_child(tree, parent);

	while (first != NODE_NONE && first <= node) {
		uint32_t count = facts->run[first] ? facts->run[first] : 1;
		node_id head = first;
		while (count-- > 0 && first != NODE_NONE) {
			if (first == node)
				return head;
			first = tree_next_sibling(tree, first);
		}
	}
	return node;
}

/* ---- rows */

node_id
span_row_end(const struct tree *tree, struct span_row row)
{
	node_id last = row.node;

	for (uint32_t i = 1; i < row.count; i++)
		last = tree->end[last];
	return tree->end[last];
}

/* A row for a run of siblings.  Returns where the next row begins. */
static node_id
add_group(struct span_rows *rows, node_id first)
{
	const struct tree *tree = rows->folding->tree;
	struct span_group group = {
		.node = first, .begin = (uint32_t)rows->member.len, .from = rows->facts->from[first], .to = rows->facts->to[first],
	};
	node_id node = first;
	double until = -INFINITY;

	for (uint32_t i = 0; i < rows->facts->run[first]; i++, node = tree->end[node]) {
		until = fmax(until, pack_end(tree, node));
		vec_push(&rows->member, node);
		vec_push(&rows->until, until);
		group.sum += tree->total[node];
		group.most = fmax(group.most, tree->total[node]);
		group.from = fmin(group.from, rows->facts->from[node]);
		group.to = fmax(group.to, rows->facts->to[node]);
	}
	group.end = (uint32_t)rows->member.len;
	vec_push(&rows->groups, group);
	return node;
}

static bool
is_kept(const struct match *only, node_id node, node_id end)
{
	uint32_t low = 0, high = only ? only->node_count : 0;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (only->nodes[middle] < node)
			low = middle + 1;
		else
			high = middle;
	}
	return !only || (low < only->node_count && only->nodes[low] < end);
}

static node_id
add_row(struct span_rows *rows, node_id node)
{
	const struct folding *folding = rows->folding;
	const struct tree *tree = folding->tree;
	bool group = node != folding->root && rows->facts->run[node] && !folding_shows_similar(folding, node);
	struct span_row row = { node, group ? rows->facts->run[node] : 1 };

	if (!group && !is_kept(rows->only, node, tree->end[node]) && node != folding->root)
		return tree->end[node];
	if (!group) {
		vec_push(&rows->rows, row);
		return folding_is_open(folding, node) ? node + 1 : tree->end[node];
	}
	size_t members = rows->member.len;
	node_id end = add_group(rows, node);
	if (is_kept(rows->only, node, end)) {
		vec_push(&rows->rows, row);
	} else {
		rows->groups.len--;
		rows->member.len = rows->until.len = members;
	}
	return end;
}

void
span_rows_show(struct span_rows *rows, const struct folding *folding, const struct span_facts *facts, const struct match *only,
               uint64_t search)
{
	uint64_t number = only ? search : 0;

	if (rows->made && rows->step == folding->step && rows->root == folding->root && rows->only == only && rows->search == number)
		return;
	rows->made = true;
	rows->folding = folding;
	rows->facts = facts;
	rows->step = folding->step;
	rows->root = folding->root;
	rows->only = only;
	rows->search = number;
	rows->rows.len = rows->groups.len = rows->member.len = rows->until.len = 0;
	/* All of the time is said by the axis: `all` has a row only where there is nothing else. */
	node_id first = folding->root == NODE_ALL && folding->tree->count > 1 ? NODE_ALL + 1 : folding->root;
	for (node_id node = first; node < folding->tree->end[folding->root];)
		node = add_row(rows, node);
	if (rows->rows.len == 0)
		vec_push(&rows->rows, (struct span_row){ first, 1 });
}

void
span_rows_fini(struct span_rows *rows)
{
	vec_fini(&rows->rows);
	vec_fini(&rows->groups);
	vec_fini(&rows->member);
	vec_fini(&rows->until);
	*rows = (struct span_rows){ 0 };
}

uint32_t
span_rows_find(const struct span_rows *rows, node_id node)
{
	size_t low = 0, high = rows->rows.len;

	/* What hides a node is the last visible one before it. */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (rows->rows.at[middle].node <= node)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

const struct span_group *
span_rows_group(const struct span_rows *rows, struct span_row row)
{
	size_t low = 0, high = rows->groups.len;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (rows->groups.at[middle].node <= row.node)
			low = middle;
		else
			high = middle;
	}
	return &rows->groups.at[low];
}

bool
span_group_next(const struct span_rows *rows, const struct span_group *group, double x, double end, double *from_out, double *to_out,
                node_id *member_out)
{
	const struct tree *tree = rows->folding->tree;
	uint32_t low = group->begin, high = group->end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (tree->x0[rows->member.at[middle]] <= x)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > group->begin && rows->until.at[low - 1] > x) {
		*from_out = x;
		*to_out = rows->until.at[low - 1];
		*member_out = rows->member.at[low - 1];
		return true;
	}
	if (low == group->end || tree->x0[rows->member.at[low]] >= end)
		return false;
	*from_out = tree->x0[rows->member.at[low]];
	*to_out = rows->until.at[low];
	*member_out = rows->member.at[low];
	return true;
}
