/* SPDX-License-Identifier: MIT
 * The table of a scene, in the wanted order, and which of its rows a search finds. */
#include "config.h"

#include "ui/scene_core.h"

#include "util/alloc.h"
#include "util/bits.h"

/* Beyond so many nodes the memory for running sums is worth more than the time that they save. */
enum { SUMS_MAX = 4 * 1000 * 1000 };

void
scene_forget_table(struct scene *scene)
{
	top_free(scene->table);
	free(scene->group_hits);
	scene->table = NULL;
	scene->group_hits = NULL;
}

void
scene_take_top(struct scene *scene, struct top *top)
{
	top_free(scene->top);
	scene->top = top;
	scene->top_within = NODE_ALL;
	scene->top_sort = TOP_SELF;
	scene->top_ascending = false;
}

const struct top *
scene_top(struct scene *scene, const struct dataset *ds, node_id within, enum top_sort sort, bool ascending)
{
	if (!scene->top || scene->top_within != within) {
		scene_take_top(scene, top_build_at(scene->occurrences, ds, within, TOP_FUNCTIONS));
		scene->top_within = within;
	}
	if (scene->top_sort != sort || scene->top_ascending != ascending) {
		top_sort(scene->top, ds, sort, ascending);
		scene->top_sort = sort;
		scene->top_ascending = ascending;
	}
	return scene->top;
}

const struct occurrences *
scene_places(struct scene *scene, enum top_by by)
{
	if (by == TOP_FUNCTIONS)
		return scene->occurrences;
	if (!scene->places[by])
		scene->places[by] = scene_make_places(scene, by);
	return scene->places[by];
}

struct occurrences *
scene_make_places(const struct scene *scene, enum top_by by)
{
	return top_places(scene->tree, scene->ds, by, scene->tree->count <= SUMS_MAX);
}

node_id
scene_heaviest(struct scene *scene, const struct top_row *row, enum top_by by, node_id within)
{
	return row->heaviest == NODE_NONE ? occurrences_heaviest(scene_places(scene, by), row->frame, within) : row->heaviest;
}

static const frame_id *
firsts(struct scene *scene, const struct dataset *ds, enum top_by by)
{
	if (scene->firsts && scene->firsts_by == by)
		return scene->firsts;
	free(scene->firsts);
	free(scene->group_hits);
	scene->group_hits = NULL;
	scene->firsts = top_firsts(ds, by);
	scene->firsts_by = by;
	return scene->firsts;
}

bool
scene_row_hit(struct scene *scene, const struct dataset *ds, const struct top_row *row, enum top_by by)
{
	if (!scene->match || by == TOP_FUNCTIONS)
		return scene->match && match_has_frame(scene->match, row->frame);
	const frame_id *first = firsts(scene, ds, by);
	if (!scene->group_hits) {
		scene->group_hits = bits_new(ds->frame_count);
		for (frame_id frame = 0; frame < ds->frame_count; frame++)
			if (match_has_frame(scene->match, frame))
				bits_set(scene->group_hits, first[frame]);
	}
	return bits_has(scene->group_hits, row->frame);
}

static bool
same_table(const struct table_want *a, const struct table_want *b)
{
	return a->within == b->within && a->by == b->by && a->sort == b->sort && a->ascending == b->ascending && a->only_matches == b->only_matches;
}

const struct top *
scene_table(struct scene *scene, const struct dataset *ds, const struct table_want *want)
{
	bool only = want->only_matches && scene->match;
	uint32_t kept = 0;

	if (want->by == TOP_FUNCTIONS && !only)
		return scene_top(scene, ds, want->within, want->sort, want->ascending);
	if (scene->table && same_table(&scene->table_want, want))
		return scene->table;
	top_free(scene->table);
	scene->table_want = *want;
	scene->table = top_build_at(scene_places(scene, want->by), ds, want->within, want->by);
	for (uint32_t i = 0; i < scene->table->count; i++)
		if (!only || scene_row_hit(scene, ds, &scene->table->rows[i], want->by))
			scene->table->rows[kept++] = scene->table->rows[i];
	scene->table->count = kept;
	top_sort(scene->table, ds, want->sort, want->ascending);
	return scene->table;
}
