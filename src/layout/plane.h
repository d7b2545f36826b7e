/* SPDX-License-Identifier: MIT
 * Rows of disjoint, sorted boxes over the value or time axis: what gets drawn.
 * A node's row is its level; but a timed tree of spans is packed (layout/pack.h), intervals half-open and at least 1 ns wide.
 * Row 0 holds `all`, which is as wide as the axis, never empty, and covers every box.
 * A node without width in a tree that is not packed has no box: its row_of and index_of are those of its nearest ancestor that has one.
 * A plane borrows its tree. */
#ifndef LAYOUT_PLANE_H
#define LAYOUT_PLANE_H

#include "model/tree.h"

enum {
	PEAK_FAN    = 16,    /* entries of a level of peaks that one entry of the next sums up: a line of the processor's cache */
	PEAK_LEVELS = 8,     /* enough for 2^32 boxes */
	REACH_FAN   = 1024,  /* nodes that one entry of `reach` sums up */
};

/* How far boxes go.  Where children lie inside their parents, sums of it only know of rows. */
struct reach { double from, to; uint32_t row; };    /* row: the lowest */

/* What is asked of a box that is drawn, side by side: its node's own arrays lie far apart in a large tree.  Two fill a line of the cache. */
struct box {
	double   left;           /* plane_left() */
	double   total;          /* its node's */
	double   sum_to;         /* of the totals in its row up to and with it */
	node_id  node;
	frame_id frame;          /* its node's */
};

struct plane {
	const struct tree *tree;
	uint32_t  rows;
	uint32_t *row_start;     /* rows + 1 offsets into box: the boxes of row r are box[row_start[r] .. row_start[r + 1]) */
	struct box *box;         /* sorted by left edge inside a row */
	uint32_t *row_of;        /* per node */
	uint32_t *index_of;      /* per node: its place in box */
	double    from, to;      /* the axis: the extent of `all` */

	/* Level 0: per box, the greater of its width and half the gap after it, rounded up.  Further levels: maxima of PEAK_FAN entries. */
	float    *peak[PEAK_LEVELS];
	uint32_t  peak_levels;

	struct reach *reach;     /* of every REACH_FAN nodes */
};

struct plane *plane_new(const struct tree *tree);

/* With rows given per node, for a tree whose boxes stand elsewhere than usual; rows become the plane's.
 * PLANE_NO_ROW: the node has no box of its own.  Where `all` has none, it counts as the first box under it; then a row may be empty. */
#define PLANE_NO_ROW UINT32_MAX
struct plane *plane_new_rows(const struct tree *tree, uint32_t *rows);

void          plane_free(struct plane *plane);    /* NULL is allowed */

static inline bool
plane_has_box(const struct plane *plane, node_id node)
{
	return plane->box[plane->index_of[node]].node == node;
}

/* A box's edges on the axis. */
double        plane_left(const struct plane *plane, node_id node);
double        plane_right(const struct plane *plane, node_id node);
/* The right edge of the box at a place, in a row whose places end before row_end. */
double        plane_right_at(const struct plane *plane, uint32_t place, uint32_t row_end);

/* Asks for these boxes: memory answers many questions in little more time than one. */
void          plane_prefetch(const struct plane *plane, const uint32_t *places, uint32_t count);

/* The totals of the boxes [first, first + count) of a row, at least one. */
double        plane_sum(const struct plane *plane, uint32_t first, uint32_t count);

/* How far the boxes of a subtree go.  O(REACH_FAN + nodes / REACH_FAN). */
struct reach  plane_reach(const struct plane *plane, node_id node);
struct reach  reach_of(const struct plane *plane, node_id node);    /* what it adds to a sum */
struct reach  reach_join(struct reach a, struct reach b);

/* The places in box of those boxes of a row that overlap [from, to): a half-open range, maybe empty. */
void          plane_range(const struct plane *plane, uint32_t row, double from, double to, uint32_t *begin_out, uint32_t *end_out);

/* The first place in [begin, end) whose box, or twice the half gap after it, is at least `least` wide; end when there is none.
 * Never passes over one, but may return one that is narrower by a rounding.  Adds to *steps_inout the entries it looked at.
 * O(log boxes). */
uint32_t      plane_next_peak(const struct plane *plane, uint32_t begin, uint32_t end, double least, uint64_t *steps_inout);

/* Whether the box does not stand directly under its parent's row: it bears an arrow. */
bool          plane_is_detached(const struct plane *plane, node_id node);

#endif
