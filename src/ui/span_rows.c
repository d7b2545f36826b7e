/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/span_rows.h"

#include <string.h>

#include "util/alloc.h"
#include "util/bits.h"

/* ---- what a search keeps */

/* From each match up to the first node that is kept already. */
static void
keep_matches(struct span_rows *rows)
{
	const struct tree *tree = rows->folding->tree;
	size_t words = bits_words(tree->count);

	free(rows->kept);
	free(rows->kept_runs);
	rows->kept = xcalloc(words, sizeof *rows->kept);
	rows->kept_runs = xcalloc(words, sizeof *rows->kept_runs);
	rows->kept_search = rows->search;
	for (uint32_t i = 0; i < rows->only->node_count; i++)
		for (node_id node = rows->only->nodes[i]; node != NODE_NONE && !bits_has(rows->kept, node); node = tree->parent[node]) {
			bits_set(rows->kept, node);
			if (rows->facts->run[node] != NODE_NONE)
				bits_set(rows->kept_runs, rows->facts->run[node]);
		}
}

/* ---- which nodes have a row */

/* Whether a run of similar siblings is one row. */
static bool
is_group(const struct span_rows *rows, node_id node)
{
	return node != rows->root && ranked_has(&rows->facts->heads, node) && !folding_shows_similar(rows->folding, node);
}

/* The first of [from, end) that begins a group.  In *run_inout is which run the first one from there on is, then the one that is found. */
static node_id
next_group(const struct span_rows *rows, node_id from, node_id end, uint32_t *run_inout)
{
	node_id head = bits_next(rows->facts->heads.words, from, end);

	for (; head < end && (head == rows->root || folding_shows_similar(rows->folding, head)); ++*run_inout)
		head = bits_next(rows->facts->heads.words, head + 1, end);
	return head;
}

/* Of nodes below an open one: those that have a row. */
static void
show_range(struct span_rows *rows, node_id from, node_id end)
{
	const struct tree *tree = rows->folding->tree;
	const uint64_t *kept = rows->only ? rows->kept : NULL;
	const struct span_facts *facts = rows->facts;
	uint32_t run = ranked_below(&facts->heads, from);
	node_id closed = 0, head = 0;
	bool looked = false;

	while (from < end) {
		if (!looked || closed < from)
			closed = folding_next_closed(rows->folding, from, end);
		if (!looked || head < from)
			head = next_group(rows, from, end, &run);
		looked = true;
		rows->steps++;
		node_id stop = closed < head ? closed : head;
		ranked_put_range(&rows->shown, from, kept || stop == end ? stop : stop + 1, kept);
		if (stop == end)
			return;
		if (kept && bits_has(stop == head ? rows->kept_runs : kept, stop))
			ranked_put(&rows->shown, stop);
		from = stop == head ? facts->stretch.at[run].end : tree->end[stop];
		if (stop == head)
			run = facts->stretch.at[run].next;
		else if (head < from)
			run = ranked_below(&facts->heads, from);
	}
}

static void
show_all(struct span_rows *rows)
{
	const struct tree *tree = rows->folding->tree;
	bool bare = rows->root == NODE_ALL && tree->count > 1;

	ranked_drop_range(&rows->shown, 0, tree->count);
	/* All of the time is said by the axis: `all` has a row only where there is nothing else. */
	if (!bare)
		ranked_put(&rows->shown, rows->root);
	show_range(rows, rows->root + 1, tree->end[rows->root]);
	ranked_count(&rows->shown);
	if (ranked_total(&rows->shown) == 0) {
		ranked_put(&rows->shown, bare ? NODE_ALL + 1 : rows->root);
		ranked_count(&rows->shown);
	}
}

/* Of what the latest turn of the folding is about. */
static void
show_part(struct span_rows *rows, node_id node)
{
	bool head = ranked_has(&rows->facts->heads, node) && node != rows->root;
	node_id end = head ? span_group_end(rows->facts, node) : rows->folding->tree->end[node];

	if (node == rows->root || !ranked_has(&rows->shown, node))
		return;
	ranked_drop_range(&rows->shown, node, end);
	show_range(rows, node, end);
	ranked_count(&rows->shown);
}

void
span_rows_show(struct span_rows *rows, const struct folding *folding, const struct span_facts *facts, const struct match *only,
               uint64_t search)
{
	uint64_t number = only ? search : 0;
	bool same = rows->made && rows->root == folding->root && rows->only == only && rows->search == number;
	bool follows = same && folding->latest != NODE_NONE && rows->step == folding->before;

	if (same && rows->step == folding->step)
		return;
	if (!rows->made)
		ranked_init(&rows->shown, folding->tree->count);
	rows->made = true;
	rows->folding = folding;
	rows->facts = facts;
	rows->step = folding->step;
	rows->root = folding->root;
	rows->only = only;
	rows->search = number;
	if (only && (!rows->kept || rows->kept_search != search))
		keep_matches(rows);
	if (follows)
		show_part(rows, folding->latest);
	if (!follows || ranked_total(&rows->shown) == 0)
		show_all(rows);
	rows->count = ranked_total(&rows->shown);
}

void
span_rows_fini(struct span_rows *rows)
{
	ranked_fini(&rows->shown);
	free(rows->kept);
	free(rows->kept_runs);
	*rows = (struct span_rows){ 0 };
}

/* ---- rows */

const struct span_group *
span_rows_group(const struct span_rows *rows, struct span_row row)
{
	return span_group_of(rows->facts, row.node);
}

struct span_row
span_rows_at(const struct span_rows *rows, uint32_t row)
{
	node_id node = ranked_at(&rows->shown, row);
	const struct span_group *group = is_group(rows, node) ? span_group_of(rows->facts, node) : NULL;

	return (struct span_row){ node, group ? group->end - group->begin : 1 };
}

uint32_t
span_rows_find(const struct span_rows *rows, node_id node)
{
	uint32_t upto = ranked_below(&rows->shown, node + 1);

	/* What hides a node is the last visible one before it. */
	return upto ? upto - 1 : 0;
}

node_id
span_rows_end(const struct span_rows *rows, struct span_row row)
{
	return row.count > 1 ? span_rows_group(rows, row)->node_end : rows->folding->tree->end[row.node];
}
