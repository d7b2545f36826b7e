/* SPDX-License-Identifier: MIT
 * One scene made on a thread of its own, where that takes longer than a user should wait without a word.
 * Meanwhile nothing else may use the session's build cache or add to its patterns. */
#ifndef UI_BUILDER_H
#define UI_BUILDER_H

#include "ui/session.h"

struct builder;

struct builder *builder_start(struct session *session, const struct scene_key *key);    /* borrows the session */
bool            builder_is_done(const struct builder *builder);
struct job     *builder_job(struct builder *builder);    /* its wish JOB_DROP stops it */

/* Waits for the end and frees the builder.  The scene is the caller's; NULL when it was stopped. */
struct scene   *builder_finish(struct builder *builder);

#endif
