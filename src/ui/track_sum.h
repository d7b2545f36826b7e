/* SPDX-License-Identifier: MIT
 * What header and list say of a track besides what the dataset has of it; and whether a span is marked as odd. */
#ifndef UI_TRACK_SUM_H
#define UI_TRACK_SUM_H

#include "ui/viewer.h"

/* `adjusted`: with clocks corrected.  O(the track's spans). */
struct track_sum track_sum_make(struct build_cache *cache, track_id track, bool adjusted);

/* What the session keeps of it; known is false where nothing was counted yet. */
struct track_sum track_sum_kept(const struct session *session, track_id track, bool adjusted);
void             track_sum_keep(struct session *session, track_id track, bool adjusted, struct track_sum sum);

/* Counted where it is not kept, but nothing while a tree is being built. */
struct track_sum track_sum_get(struct app *app, track_id track, bool adjusted);

/* "2 odd spans", else "3 roots"; nothing where there is nothing to doubt and one root. */
void             track_sum_odd(const struct track_sum *sum, struct buf *out);

/* Whether a node of a tree in the order of time is a span that is doubtful. */
bool             node_is_doubtful(struct app *app, node_id node);

#endif
