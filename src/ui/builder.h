/* SPDX-License-Identifier: MIT
 * One scene made on a thread of its own, where that takes longer than a user should wait without a word.
 * Meanwhile nothing else may use the session's build cache or add to its patterns. */
#ifndef UI_BUILDER_H
#define UI_BUILDER_H

#include "ui/extras.h"
#include "ui/session.h"

struct builder;

/* Borrows the session.  What it has of the key already is only given the extras; wanted is the builder's then. */
struct builder *builder_start(struct session *session, const struct scene_key *key, struct wanted wanted);
bool            builder_is_done(const struct builder *builder);
struct job     *builder_job(struct builder *builder);    /* its wish JOB_DROP stops it */

/* Waits for the end and frees the builder.  A scene that is not the session's is the caller's; NULL when it was stopped. */
struct scene   *builder_finish(struct builder *builder, bool *is_new_out);

#endif
