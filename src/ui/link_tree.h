/* SPDX-License-Identifier: MIT
 * The rows of ui/link.h that say which tree is looked at. */
#ifndef UI_LINK_TREE_H
#define UI_LINK_TREE_H

#include "ui/viewer.h"

bool link_print_trace(struct app *app, unsigned at, struct buf *out);
bool link_print_track(struct app *app, unsigned at, struct buf *out);
bool link_print_metric(struct app *app, unsigned at, struct buf *out);
bool link_print_merge(struct app *app, unsigned at, struct buf *out);
bool link_print_order(struct app *app, unsigned at, struct buf *out);
/* Filters of all kinds in the order in which they were given, and which option each is. */
bool        link_print_filter(struct app *app, unsigned at, struct buf *out);
const char *link_filter_option(const struct app *app, unsigned at);
bool link_print_recursion(struct app *app, unsigned at, struct buf *out);
bool link_print_critical(struct app *app, unsigned at, struct buf *out);
bool link_print_skew(struct app *app, unsigned at, struct buf *out);
bool link_print_invert(struct app *app, unsigned at, struct buf *out);
bool link_print_sandwich(struct app *app, unsigned at, struct buf *out);

#endif
