/* SPDX-License-Identifier: MIT
 * Where things are on the screen: a few rectangles that follow from its size and the view, and the places that can be clicked. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/state.h"
#include "util/vec.h"

struct rect { int col, row, cols, rows; };    /* nothing when cols or rows is 0 */

static inline bool
rect_has(struct rect rect, int col, int row)
{
	return col >= rect.col && col < rect.col + rect.cols && row >= rect.row && row < rect.row + rect.rows;
}

struct screen {
	struct rect header, tabs, minimap, air, work, axis, flame, table, divider, detail, details, details_head, grip, stack, footer;
};

/* flame is never empty, also where the view does not show it: the graph keeps its place while another view is open.
 * timed: the graph is in the order of time, and has a strip that says how many spans are at work.
 * air: a free row above that strip, or nothing.
 * details: the pane's lines; details_head and grip: its first row and its edge beside the picture, nothing where it is below the
 * detail bar, which serves as both. */
struct screen screen_split(int cols, int rows, const struct view_state *state, bool timed);

/* What a click there does. */
enum hit_kind { HIT_NONE, HIT_ACTION, HIT_PILL, HIT_COLUMN, HIT_FOLD, HIT_ITEM, HIT_POPUP, HIT_ORDER, HIT_SECTION, HIT_CHART };

struct hit {
	struct rect   rect;
	enum hit_kind kind;
	uint32_t      arg;     /* action, pill kind, sort column, node, item of the popup, entry */
};

/* Filled while drawing; the last that covers a place wins. */
struct hits { VEC(struct hit); };

void       hits_add(struct hits *hits, struct rect rect, enum hit_kind kind, uint32_t arg);
struct hit hits_at(const struct hits *hits, int col, int row);

#endif
