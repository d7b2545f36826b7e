/* SPDX-License-Identifier: MIT
 * Which traces are looked at: queries and a range of time, each a pill of its own.  What changes them returns enum update. */
#ifndef UI_SELECTION_H
#define UI_SELECTION_H

#include "ui/viewer.h"

/* Adds a query to those in force; one that cannot be read is said, with its place. */
unsigned selection_add(struct app *app, struct str query);
/* Other bounds for the time, ns since 1970, from_ns in it and to_ns not; NULL: none. */
unsigned selection_set_range(struct app *app, const int64_t *from_ns, const int64_t *to_ns);

/* What is kept; NULL: everything, or it is not known while a tree is built.  Valid until another selection is asked for. */
const struct selected *selection_now(struct app *app);

/* One trace in the order of time, with the cursor on a span of it (ID_NONE: none); a selection that leaves it out is dropped. */
unsigned selection_open_trace(struct app *app, track_id track, span_id span);

/* Of those in force: what its pill says, sanitised; and without it. */
void     selection_query_text(struct app *app, unsigned index, struct buf *out);
unsigned selection_query_remove(struct app *app, unsigned index);
bool     selection_has_range(struct app *app);
void     selection_range_text(struct app *app, struct buf *out);
unsigned selection_range_remove(struct app *app);

/* Their rows in ui/link.h. */
bool     link_print_query(struct app *app, unsigned at, struct buf *out);
bool     link_print_from_time(struct app *app, unsigned at, struct buf *out);
bool     link_print_to_time(struct app *app, unsigned at, struct buf *out);

#endif
