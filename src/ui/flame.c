/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/flame.h"

void
flame_measure(struct app *app, struct flame *flame)
{
	struct scene *scene = app_scene(app);

	*flame = (struct flame){
		.scene = scene,
		.tree = scene->tree,
		.plane = scene->plane,
		.focus = scene_focus(scene, app->state.focus),
		.rect = app_screen(app).flame,
		.view = { app->state.from, app->state.to, 1 },
		.top = app->state.top_row,
		.flipped = app->state.flipped,
	};
	flame->view.cols = flame->rect.cols;
	flame->rows = flame->focus->ancestor_count + flame->focus->rows;
}

bool
flame_has(const struct flame *flame, node_id node)
{
	return tree_is_inside(flame->tree, node, flame->focus->node) || tree_is_inside(flame->tree, flame->focus->node, node);
}

/* Ancestors stand one right under the other: how many are above this one, or the one that it is folded into. */
static uint32_t
place_above(const struct focus_info *focus, node_id node)
{
	uint32_t low = 0, high = focus->ancestor_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (focus->ancestors[middle] <= node)
			low = middle;
		else
			high = middle;
	}
	return low;
}

uint32_t
flame_row_of(const struct flame *flame, node_id node)
{
	const struct focus_info *focus = flame->focus;

	if (!tree_is_inside(flame->tree, node, focus->node))
		return tree_is_packed(flame->tree) ? place_above(focus, node) : flame->plane->row_of[node];
	return flame->plane->row_of[node] - flame->plane->row_of[focus->node] + focus->ancestor_count;
}

/* An ancestor's own strip, whatever else stands in its row. */
static void
ancestor_strip(const struct flame *flame, node_id node, struct strips *out)
{
	double scale = flame->view.cols * 8 / (flame->view.to - flame->view.from);
	double left = plane_left(flame->plane, node), right = plane_right(flame->plane, node);
	double begin = (left - flame->view.from) * scale, end = (right - flame->view.from) * scale;
	double last = flame->view.cols * 8;
	struct strip strip = { .node = node, .frame = flame->tree->frame[node], .first = flame->plane->index_of[node], .count = 1, .sum = flame->tree->total[node] };

	out->len = 0;
	strip.cut_left = begin < 0;
	strip.cut_right = end > last;
	strip.begin = (int32_t)(begin < 0 ? 0 : begin > last ? last : begin + 0.5);
	strip.end = (int32_t)(end < 0 ? 0 : end > last ? last : end + 0.5);
	if (strip.end > strip.begin)
		vec_push(out, strip);
}

/* Rounding at the edges of the viewport may let a neighbour of the focus in. */
static bool
keep_inside(const struct flame *flame, struct strip *strip)
{
	const struct box *box = flame->plane->box;
	node_id focus = flame->focus->node;

	while (strip->count > 0 && !tree_is_inside(flame->tree, box[strip->first].node, focus)) {
		strip->sum -= box[strip->first].total;
		strip->first++;
		strip->count--;
	}
	while (strip->count > 0 && !tree_is_inside(flame->tree, box[strip->first + strip->count - 1].node, focus)) {
		strip->count--;
		strip->sum -= box[strip->first + strip->count].total;
	}
	if (strip->count > 0 && !tree_is_inside(flame->tree, strip->node, focus)) {
		strip->node = box[strip->first].node;
		strip->frame = box[strip->first].frame;
	}
	return strip->count > 0;
}

void
flame_strips(const struct flame *flame, uint32_t row, struct strips *out)
{
	const struct focus_info *focus = flame->focus;
	size_t kept = 0;

	if (row < focus->ancestor_count) {
		ancestor_strip(flame, focus->ancestors[row], out);
		return;
	}
	strips_of_row(flame->plane, row - focus->ancestor_count + flame->plane->row_of[focus->node], flame->view, out);
	if (focus->node == NODE_ALL)
		return;
	for (size_t i = 0; i < out->len; i++)
		if (keep_inside(flame, &out->at[i]))
			out->at[kept++] = out->at[i];
	out->len = kept;
}

long
flame_find(const struct flame *flame, const struct strips *strips, node_id node)
{
	uint32_t index = flame->plane->index_of[node];
	size_t low = 0, high = strips->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct strip *strip = &strips->at[middle];
		if (index < strip->first)
			high = middle;
		else if (index >= strip->first + strip->count)
			low = middle + 1;
		else
			return (long)middle;
	}
	return -1;
}

bool
flame_screen_row(const struct flame *flame, uint32_t row, int *screen_row_out)
{
	if (row < flame->top || row - flame->top >= (uint32_t)flame->rect.rows)
		return false;
	int down = (int)(row - flame->top);
	*screen_row_out = flame->flipped ? flame->rect.row + flame->rect.rows - 1 - down : flame->rect.row + down;
	return true;
}

static bool
row_at(const struct flame *flame, int screen_row, uint32_t *row_out)
{
	int down = flame->flipped ? flame->rect.row + flame->rect.rows - 1 - screen_row : screen_row - flame->rect.row;

	if (down < 0 || down >= flame->rect.rows)
		return false;
	*row_out = flame->top + (uint32_t)down;
	return *row_out < flame->rows;
}

long
flame_strip_at(const struct flame *flame, int col, int screen_row, struct strips *strips)
{
	int32_t begin = (col - flame->rect.col) * 8, best_overlap = 0;
	uint32_t row;
	long best = -1;

	if (col < flame->rect.col || col >= flame->rect.col + flame->rect.cols || !row_at(flame, screen_row, &row))
		return -1;
	flame_strips(flame, row, strips);
	for (size_t i = 0; i < strips->len; i++) {
		const struct strip *strip = &strips->at[i];
		int32_t from = strip->begin > begin ? strip->begin : begin;
		int32_t to = strip->end < begin + 8 ? strip->end : begin + 8;
		/* What has no other cell than this one can only be meant here. */
		if (to > from && strip->begin >= begin && strip->end <= begin + 8)
			to += 8;
		if (to - from > best_overlap) {
			best_overlap = to - from;
			best = (long)i;
		}
	}
	return best;
}

uint32_t
flame_gathered(struct app *app, node_id node)
{
	struct strips strips = { 0 };
	struct flame flame;

	flame_measure(app, &flame);
	flame_strips(&flame, flame_row_of(&flame, node), &strips);
	long at = flame_find(&flame, &strips, node);
	uint32_t count = at >= 0 ? strips.at[at].count : 1;
	vec_fini(&strips);
	return count;
}

node_id
flame_box_at(const struct flame *flame, const struct strip *strip, int col)
{
	double x = flame->view.from + (flame->view.to - flame->view.from) * (col - flame->rect.col + 0.5) / flame->rect.cols;
	uint32_t low = strip->first, high = strip->first + strip->count;

	if (strip->count == 1)
		return strip->node;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (flame->plane->box[middle].left <= x)
			low = middle;
		else
			high = middle;
	}
	return flame->plane->box[low].node;
}
