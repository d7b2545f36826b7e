/* SPDX-License-Identifier: MIT
 * What header and list say of a track besides what the dataset has of it; and whether a span is marked as odd. */
#ifndef UI_TRACK_SUM_H
#define UI_TRACK_SUM_H

#include "analysis/odd.h"
#include "ui/viewer.h"

/* Of the list of traces: counted where it is not kept, but nothing while a tree is being built; `adjusted`: with clocks corrected. */
struct track_sum track_sum_get(struct app *app, track_id track, bool adjusted);

/* What is odd about the spans of one track, or of all of them. */
struct track_odd {
	track_id          track;
	struct odd_counts counts;
	uint32_t          services;    /* that it goes through; of all tracks 0 */
	uint64_t         *doubtful;    /* a bit per span, as in util/bits.h: odd_is_doubtful() */
};

/* O(the track's spans); any thread may call it. */
struct track_odd       *track_odd_make(struct build_cache *cache, track_id track, bool adjusted);
void                    track_odd_free(struct track_odd *odd);    /* NULL is allowed */

struct track_sum        track_odd_sum(const struct track_odd *odd);

/* What the session keeps; NULL where that is of another track, or nothing. */
const struct track_odd *track_odd_kept(const struct session *session, track_id track, bool adjusted);
void                    track_odd_keep(struct session *session, bool adjusted, struct track_odd *odd);    /* takes it */

/* Of the track that the present scene shows: made where it is not kept; NULL while a tree is being built. */
const struct track_odd *track_odd_get(struct app *app);

/* "2 odd spans", else "3 roots"; nothing where there is nothing to doubt and one root. */
void             track_sum_odd(const struct track_sum *sum, struct buf *out);

/* Whether a node of a tree in the order of time is a span that is doubtful. */
bool             node_is_doubtful(struct app *app, node_id node);

#endif
