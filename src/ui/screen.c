/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/screen.h"

enum {
	ROWS_FOR_HEADER  = 5,     /* with fewer rows there is none */
	ROWS_FOR_TABS    = 7,
	ROWS_FOR_MINIMAP = 14,
	ROWS_FOR_AIR     = 32,    /* a free row between minimap and picture */
	ROWS_FOR_WORK    = 20,    /* the strip of spans at work */
	ROWS_FOR_STACK   = 20,
	COLS_FOR_BESIDE  = 110,   /* table and graph side by side */
	ROWS_FOR_BELOW   = 12,    /* one below the other; else only the pane that has the keys */
	COLS_FOR_DETAILS = 140,   /* details beside the picture; else below it */
	DETAILS_COLS     = 30,    /* least of them, and of the picture beside them */
	DETAILS_ROWS     = 2,
	PICTURE_ROWS     = 2,     /* least that the details leave of the picture */
};

/* Takes rows off the upper or lower end of what is left. */
static struct rect
take_top(struct rect *left, int rows)
{
	struct rect taken = { left->col, left->row, left->cols, rows < left->rows ? rows : left->rows };

	left->row += taken.rows;
	left->rows -= taken.rows;
	return taken;
}

static struct rect
take_bottom(struct rect *left, int rows)
{
	struct rect taken = { left->col, left->row, left->cols, rows < left->rows ? rows : left->rows };

	left->rows -= taken.rows;
	taken.row = left->row + left->rows;
	return taken;
}

static void
split_both(struct screen *screen, struct rect *left, enum pane pane)
{
	int cols = left->cols;

	if (cols >= COLS_FOR_BESIDE) {
		int table_cols = cols * 2 / 5;
		screen->table = (struct rect){ left->col, left->row, table_cols, left->rows };
		screen->divider = (struct rect){ left->col + table_cols, left->row, 1, left->rows };
		left->col += table_cols + 1;
		left->cols -= table_cols + 1;
	} else if (left->rows >= ROWS_FOR_BELOW) {
		screen->table = take_top(left, left->rows * 2 / 5);
	} else if (pane == PANE_TABLE) {
		screen->table = *left;
		left->rows = 0;
	}
}

/* What goes over all of the time stands above the rows. */
static void
split_timeline(struct screen *screen, struct rect *left, int rows)
{
	if (rows >= ROWS_FOR_MINIMAP && left->rows >= 6)
		screen->minimap = take_top(left, 1);
	if (rows >= ROWS_FOR_WORK && left->rows >= 6)
		screen->work = take_top(left, 1);
	if (left->rows >= 3)
		screen->axis = take_top(left, 1);
}

static int
clamp(int value, int least, int most)
{
	return value > most ? most : value < least ? least : value;
}

/* Above the footer, under the detail bar, which is still to be taken. */
static void
split_below(struct screen *screen, struct rect *left, int rows, unsigned share)
{
	int most = left->rows - 1 - PICTURE_ROWS;

	if (most >= DETAILS_ROWS)
		screen->details = take_bottom(left, clamp(rows * (int)share / 100, DETAILS_ROWS, most));
}

static void
split_aside(struct screen *screen, struct rect *left, int cols, unsigned share)
{
	int taken = clamp(cols * (int)share / 100, DETAILS_COLS, cols - DETAILS_COLS - 1);

	left->cols -= taken + 1;
	screen->grip = (struct rect){ left->col + left->cols, left->row, 1, left->rows };
	screen->details = (struct rect){ left->col + left->cols + 1, left->row, taken, left->rows };
	screen->details_head = take_top(&screen->details, 1);
}

struct screen
screen_split(int cols, int rows, const struct view_state *state, bool timed)
{
	bool aside = state->details && cols >= COLS_FOR_DETAILS, below = state->details && !aside;
	enum view_id view = state->view;
	struct screen screen = { 0 };
	struct rect left = { 0, 0, cols, rows };

	if (rows >= ROWS_FOR_HEADER)
		screen.header = take_top(&left, 1);
	if (rows >= ROWS_FOR_TABS)
		screen.tabs = take_top(&left, 1);
	if (rows >= 3)
		screen.footer = take_bottom(&left, 1);
	if (below)
		split_below(&screen, &left, rows, state->details);
	else if (rows >= ROWS_FOR_STACK)
		screen.stack = take_bottom(&left, 1);
	if (rows >= 2)
		screen.detail = take_bottom(&left, 1);
	if (aside)
		split_aside(&screen, &left, cols, state->details);
	struct rect whole = left;
	if (view == VIEW_BOTH)
		split_both(&screen, &left, state->pane);
	if (view == VIEW_TIMELINE)
		split_timeline(&screen, &left, rows);
	if (!view_has_flame(view)) {
		screen.table = left;
		screen.flame = whole;
		return screen;
	}
	if (rows >= ROWS_FOR_MINIMAP && left.rows >= 6) {
		screen.minimap = take_top(&left, 1);
		if (rows >= ROWS_FOR_AIR)
			screen.air = take_top(&left, 1);
		if (timed && rows >= ROWS_FOR_WORK && left.rows >= 6)
			screen.work = take_top(&left, 1);
	}
	screen.flame = left.rows > 0 ? left : whole;
	return screen;
}

void
hits_add(struct hits *hits, struct rect rect, enum hit_kind kind, uint32_t arg)
{
	vec_push(hits, (struct hit){ rect, kind, arg });
}

struct hit
hits_at(const struct hits *hits, int col, int row)
{
	for (size_t i = hits->len; i-- > 0;)
		if (rect_has(hits->at[i].rect, col, row))
			return hits->at[i];
	return (struct hit){ .kind = HIT_NONE };
}
