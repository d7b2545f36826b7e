/* SPDX-License-Identifier: MIT
 * Differences from the default view that the user can see and take back one by one. */
#ifndef UI_PILLS_H
#define UI_PILLS_H

#include <stdint.h>

#include "ui/labels.h"
#include "ui/viewer.h"

/* In the order in which they stand, the most telling first. */
enum pill_kind {
	PILL_SANDWICH, PILL_FOCUS, PILL_SEARCH, PILL_QUERY, PILL_QUERY_LAST = PILL_QUERY + SELECT_QUERIES_MAX - 1,    /* one for each query */
	PILL_RANGE,
	PILL_LABEL, PILL_LABEL_LAST = PILL_LABEL + LABEL_PILLS_MAX - 1,    /* one for each label */
	PILL_GROUP, PILL_GRAIN, PILL_RECURSION, PILL_INVERT, PILL_CRITICAL, PILL_SKEW, PILL_CHAINS, PILL_ROWS, PILL_MATCHES, PILL_TRACK, PILL_METRIC, PILL_MERGE, PILL_ORDER, PILL_ZOOM, PILL_FLIP, PILL_COLOUR, PILL_COLUMN, PILL_ALIGN, PILL_NAMES, PILL_COUNT,
	PILL_FILTER = PILL_COUNT,    /* this and those that follow it: one for each filter; they stand behind PILL_RANGE */
	PILL_NONE = INT32_MAX
};

unsigned pill_count(struct app *app);
enum pill_kind pill_at(struct app *app, uint32_t index);    /* of those that are on; PILL_NONE: there are not so many */
bool     pill_is_on(struct app *app, enum pill_kind kind);
void     pill_text(struct app *app, enum pill_kind kind, struct buf *out);    /* sanitised, short, without the cross */
void     pill_text_cut(struct app *app, enum pill_kind kind, int cols, struct buf *out);    /* in at most so many columns */
unsigned pill_remove(struct app *app, enum pill_kind kind);                   /* enum update; nothing happens when it is not on */

#endif
