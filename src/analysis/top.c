/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/top.h"

#include <stdlib.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/keyed.h"
#include "util/vec.h"

struct counting {
	const frame_id *first;  /* per frame: the one that its row stands for */
	frame_id *label;     /* per node: that of its label's row; NULL when rows are not for labels */
	uint32_t *row_of;    /* per frame; ID_NONE: none yet */
	uint32_t *open;      /* per frame: its nodes on the way from the top to here */
	struct { VEC(struct top_row); } rows;
};

static struct top_row *
row_of_frame(struct counting *counting, frame_id frame)
{
	if (counting->row_of[frame] == ID_NONE) {
		counting->row_of[frame] = (uint32_t)counting->rows.len;
		vec_push(&counting->rows, (struct top_row){ .frame = frame, .heaviest = NODE_NONE });
	}
	return &counting->rows.at[counting->row_of[frame]];
}

static frame_id
frame_of_row(const struct counting *counting, const struct tree *tree, node_id node)
{
	return counting->label ? counting->label[node] : counting->first[tree->frame[node]];
}

static void
count_node(struct counting *counting, const struct tree *tree, node_id node)
{
	struct top_row *row = row_of_frame(counting, frame_of_row(counting, tree, node));

	row->self += tree_own(tree, node);
	row->count += tree->items[node];
	row->nodes++;
	if (counting->open[row->frame]++ == 0)
		row->total += tree->total[node];
	if (row->heaviest == NODE_NONE || tree->total[node] > tree->total[row->heaviest])
		row->heaviest = node;
}

struct str
top_key(const struct dataset *ds, frame_id frame, enum top_by by)
{
	return by == TOP_FUNCTIONS  ? frame_name(ds, frame)
	       : by == TOP_PACKAGES ? label_package(ds, frame)
	       : by == TOP_FILES    ? frame_file(ds, frame)
	       : ds->frames[frame].of_label ? frame_name(ds, frame)
	                                    : STR("");
}

frame_id *
top_firsts(const struct dataset *ds, enum top_by by)
{
	frame_id *first = xreallocarray(NULL, ds->frame_count ? ds->frame_count : 1, sizeof *first);
	struct strtab *keys = strtab_new();
	struct { VEC(frame_id); } first_of_key = { 0 };

	for (frame_id frame = 0; frame < ds->frame_count; frame++) {
		if (by == TOP_FUNCTIONS) {
			first[frame] = frame;
			continue;
		}
		str_id key = strtab_intern(keys, top_key(ds, frame, by));
		while (first_of_key.len <= key)
			vec_push(&first_of_key, ID_NONE);
		if (first_of_key.at[key] == ID_NONE)
			first_of_key.at[key] = frame;
		first[frame] = first_of_key.at[key];
	}
	vec_fini(&first_of_key);
	strtab_free(keys);
	return first;
}

struct top *
top_build(const struct tree *tree, const struct dataset *ds, node_id within)
{
	return top_build_by(tree, ds, within, TOP_FUNCTIONS);
}

/* Parents come first; what has no label above it is a row of its own kind. */
static frame_id *
labels_of(const struct tree *tree, const struct dataset *ds, const frame_id *first)
{
	frame_id *label = xreallocarray(NULL, tree->count, sizeof *label);

	label[NODE_ALL] = ID_NONE;
	for (node_id node = 1; node < tree->count; node++) {
		frame_id frame = tree->frame[node], above = label[tree->parent[node]];

		label[node] = ds->frames[frame].of_label || above == ID_NONE ? first[frame] : above;
	}
	return label;
}

/* Where boxes overlap it matters which one is above. */
static struct top *
build_packed(const struct tree *tree, const struct dataset *ds, node_id within, enum top_by by)
{
	struct occurrences *places = top_places(tree, ds, by, false);
	struct top *top = top_build_at(places, ds, within, by);

	for (uint32_t i = 0; i < top->count; i++)
		top->rows[i].heaviest = occurrences_heaviest(places, top->rows[i].frame, within);
	occurrences_free(places);
	return top;
}

struct top *
top_build_by(const struct tree *tree, const struct dataset *ds, node_id within, enum top_by by)
{
	if (tree_is_packed(tree))
		return build_packed(tree, ds, within, by);
	struct top *top = xcalloc(1, sizeof *top);
	frame_id *first = top_firsts(ds, by);
	struct counting counting = {
		.first = first,
		.label = by == TOP_LABELS ? labels_of(tree, ds, first) : NULL,
		.row_of = xreallocarray(NULL, ds->frame_count, sizeof *counting.row_of),
		.open = xcalloc(ds->frame_count, sizeof *counting.open),
	};
	node_id last = NODE_NONE;

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		counting.row_of[frame] = ID_NONE;
	for (node_id node = within == NODE_ALL ? 1 : within; node < tree->end[within]; node++) {
		/* Of the nodes that lead to the last one, those that end here are left; within itself ends behind them all. */
		for (; last != NODE_NONE && tree->end[last] <= node; last = tree->parent[last])
			counting.open[frame_of_row(&counting, tree, last)]--;
		count_node(&counting, tree, node);
		last = node;
	}
	top->rows = counting.rows.at;
	top->count = (uint32_t)counting.rows.len;
	top->total = tree->total[within];
	top->by = by;
	free(first);
	free(counting.row_of);
	free(counting.label);
	free(counting.open);
	top_sort(top, ds, TOP_SELF, false);
	return top;
}

struct occurrences *
top_places(const struct tree *tree, const struct dataset *ds, enum top_by by, bool sums)
{
	if (by == TOP_FUNCTIONS)
		return occurrences_new(tree, ds, sums);
	frame_id *first = top_firsts(ds, by), *of_node = by == TOP_LABELS ? labels_of(tree, ds, first) : xreallocarray(NULL, tree->count, sizeof *of_node);
	for (node_id node = 1; by != TOP_LABELS && node < tree->count; node++)
		of_node[node] = first[tree->frame[node]];
	struct occurrences *places = occurrences_new_of(tree, of_node, ds->frame_count, sums);
	free(of_node);
	free(first);
	return places;
}

struct top *
top_build_at(const struct occurrences *places, const struct dataset *ds, node_id within, enum top_by by)
{
	const struct tree *tree = places->tree;
	struct top *top = xcalloc(1, sizeof *top);
	struct { VEC(struct top_row); } rows = { 0 };

	for (frame_id frame = 0; frame < places->frame_count; frame++) {
		if (!occurrences_of(places, frame))
			continue;
		struct occurrence_sum sum = occurrences_sum(places, frame, within);
		node_id heaviest = places->heaviest[frame];
		if (sum.nodes)
			vec_push(&rows, (struct top_row){
				.frame = frame, .self = sum.self, .total = sum.total, .count = sum.items, .nodes = sum.nodes,
				.heaviest = within == NODE_ALL || tree_is_inside(tree, heaviest, within) ? heaviest : NODE_NONE,
			});
	}
	top->rows = rows.at;
	top->count = (uint32_t)rows.len;
	top->total = tree->total[within];
	top->by = by;
	top_sort(top, ds, TOP_SELF, false);
	return top;
}

void
top_free(struct top *top)
{
	if (!top)
		return;
	free(top->rows);
	free(top);
}

struct sorting {
	const struct dataset *ds;
	enum top_by   rows;
	enum top_sort by;
	bool          ascending;
};

static int
compare_numbers(double a, double b)
{
	return a < b ? -1 : a > b;
}

static int
by_name(const struct dataset *ds, enum top_by by, const struct top_row *x, const struct top_row *y)
{
	if (by != TOP_FUNCTIONS)
		return str_compare(top_key(ds, x->frame, by), top_key(ds, y->frame, by));
	const struct frame *a = &ds->frames[x->frame], *b = &ds->frames[y->frame];
	int order = str_compare(dataset_str(ds, a->name), dataset_str(ds, b->name));

	if (!order)
		order = str_compare(dataset_str(ds, a->module), dataset_str(ds, b->module));
	if (!order)
		order = str_compare(dataset_str(ds, a->file), dataset_str(ds, b->file));
	return order;
}

static int
by_key(const struct top_row *x, const struct top_row *y, const struct sorting *sorting)
{
	switch (sorting->by) {
	case TOP_SELF:
		return compare_numbers(x->self, y->self);
	case TOP_TOTAL:
		return compare_numbers(x->total, y->total);
	case TOP_COUNT:
		return x->count < y->count ? -1 : x->count > y->count;
	case TOP_NAME:
		return by_name(sorting->ds, sorting->rows, x, y);
	}
	return 0;
}

static int
by_rules(const void *a, const void *b, void *context)
{
	const struct top_row *x = a, *y = b;
	const struct sorting *sorting = context;
	int order = by_key(x, y, sorting);

	if (order)
		return sorting->ascending ? order : -order;
	order = compare_numbers(y->self, x->self);
	if (!order)
		order = compare_numbers(y->total, x->total);
	if (!order)
		order = by_name(sorting->ds, sorting->rows, x, y);
	return order ? order : x->frame < y->frame ? -1 : x->frame > y->frame;
}

static uint64_t
number_key(const struct top_row *row, enum top_sort by)
{
	return by == TOP_COUNT ? row->count : keyed_of_double(by == TOP_SELF ? row->self : row->total);
}

/* By a number; only rows with the same one are compared. */
static void
sort_by_number(struct top *top, struct sorting *sorting)
{
	struct top_row *rows = xreallocarray(NULL, top->count, sizeof *rows);
	struct keyed *items = xreallocarray(NULL, top->count, sizeof *items), *spare = xreallocarray(NULL, top->count, sizeof *spare);

	for (uint32_t i = 0; i < top->count; i++) {
		uint64_t key = number_key(&top->rows[i], sorting->by);
		items[i] = (struct keyed){ sorting->ascending ? key : ~key, i };
	}
	keyed_sort(&items, &spare, top->count);
	for (uint32_t i = 0; i < top->count; i++)
		rows[i] = top->rows[items[i].value];
	for (uint32_t begin = 0, end; begin < top->count; begin = end) {
		for (end = begin + 1; end < top->count && items[end].key == items[begin].key; end++)
			;
		if (end - begin > 1)
			qsort_r(rows + begin, end - begin, sizeof *rows, by_rules, sorting);
	}
	free(items);
	free(spare);
	free(top->rows);
	top->rows = rows;
}

void
top_sort(struct top *top, const struct dataset *ds, enum top_sort by, bool ascending)
{
	struct sorting sorting = { ds, top->by, by, ascending };

	if (top->count > 1 && by == TOP_NAME)
		qsort_r(top->rows, top->count, sizeof *top->rows, by_rules, &sorting);
	else if (top->count > 1)
		sort_by_number(top, &sorting);
}
