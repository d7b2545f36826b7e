/* SPDX-License-Identifier: MIT
 * Attributes and links that the viewer would like to have, read one after the other on a thread of its own while it goes on.
 * Where there are few spans nothing waits: they are read at once.  While a tree is built nothing is fetched or taken over. */
#ifndef UI_FETCH_H
#define UI_FETCH_H

#include "load/links.h"
#include "ui/viewer.h"

struct fetch;

/* The column of a key, which belongs to the session's attributes; NULL: not yet, ask again when the screen is drawn anew.  keen: somebody
 * waits for it, and what nobody waits for gives way. */
const struct column    *fetch_column(struct app *app, struct str key, bool keen);
/* Which attributes there are; NULL likewise. */
const struct attr_keys *fetch_keys(struct app *app);

/* Who links to whom; NULL likewise.  The session's. */
const struct links     *fetch_links(struct app *app);

/* With a tick: takes over what has been read.  enum update. */
unsigned fetch_poll(struct app *app);

/* Whether this attribute is being read. */
bool     fetch_reads(const struct app *app, struct str key);

/* Whether something is being read, and how much of it, from 0 to 1. */
bool     fetch_is_on(const struct app *app);
double   fetch_share(const struct app *app);

/* Gives up what is being read; nothing of it is kept.  keen_only: only what somebody waited for. */
void     fetch_stop(struct app *app, bool keen_only);

#endif
