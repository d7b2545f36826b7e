/* SPDX-License-Identifier: MIT
 * A node by its names, as links and the command line write it: "frontend GET /cart;cart GetCart#2".
 * Labels are those shown, escaped (util/text.h), outermost first, joined with ';'.
 * #2, #3 ... say which one of several siblings of the same label is meant, counted in the order of the tree; without it, the first.
 * span:TRACE-SPAN, or span:SPAN, is the node of a span by its ids (analysis/trace_ref.h): its own in time order, in a merged tree the one
 * it went into; `all` for the sixteen digits of a trace.
 * A label that itself ends in # and digits has that # escaped.  The empty path is `all`. */
#ifndef ANALYSIS_PATH_H
#define ANALYSIS_PATH_H

#include "model/tree.h"
#include "util/buf.h"
#include "util/error.h"

/* Appends the path of a node. */
void path_format(const struct tree *tree, const struct dataset *ds, node_id node, struct buf *out);

/* The node of a path; false with err (ERROR_USAGE) when it is not well formed or leads nowhere.  err may be NULL. */
bool path_find(const struct tree *tree, const struct dataset *ds, struct str path, node_id *out, struct error *err);

#endif
