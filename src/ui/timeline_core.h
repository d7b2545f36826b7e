/* SPDX-License-Identifier: MIT
 * What the parts that draw a row of the timeline share. */
#ifndef UI_TIMELINE_CORE_H
#define UI_TIMELINE_CORE_H

#include "ui/timeline.h"

enum { EIGHTHS = 8 };

/* What happened in a cell. */
enum happened { HAPPENED_NOTHING, HAPPENED_EVENT, HAPPENED_BEFORE, HAPPENED_LATER, HAPPENED_ERROR };

/* One row being drawn.  Columns are those of the chart, from 0. */
struct bar {
	struct app            *app;
	struct grid           *grid;
	const struct timeline *timeline;
	struct strips          strips;      /* what stands in it, disjoint, from left to right */
	struct strip_cell     *cells;
	uint8_t               *happened;    /* per column: enum happened */
	struct span_row        row;
	const struct span_group *group;     /* of a row of several; else NULL */
	double                 from, to;    /* of the span or the group, without what is below */
	double                 reach_from, reach_to;    /* with it */
	bool                   folded, chosen, faint;
	struct paint           box, ground;
	int                    line;        /* of the screen */
	int                    begin, end;  /* cells that are taken */
	int                    own_begin, own_end;      /* of them by the bar, without the line that shows how far it reaches */
	struct buf             text, more;
};

double       timeline_eighth(const struct timeline *timeline, double x);    /* of the chart, but near it when it is far away */
struct paint timeline_ink(const struct bar *bar);                           /* on the bar */
struct paint timeline_box(const struct bar *bar, uint32_t strip);           /* of a strip: members of a group alternate in shade */

/* timeline_marks.c: what is on the critical path; then events, found before words are put beside them and drawn after. */
void timeline_mark_critical(struct bar *bar);
void timeline_find_events(struct bar *bar);
void timeline_draw_events(struct bar *bar);

/* timeline_words.c: the duration and self time, where they hide no event; of a bar that is not on screen where it is too. */
void timeline_make_words(struct bar *bar);
void timeline_draw_words(struct bar *bar);
void timeline_draw_elsewhere(struct bar *bar);

#endif
