/* SPDX-License-Identifier: MIT
 * A file of stacks being written on a thread of its own while one goes on looking: one at a time, told by a message once it is there.
 * Its tree and dataset are the session's, which keeps that scene until the file is done (session->written).  A session that is dropped
 * meanwhile, since the input was read again, is the writing's from then on and ends with it.  All else is the writing's own. */
#ifndef UI_WRITING_H
#define UI_WRITING_H

#include "ui/viewer.h"

struct export_format;

enum writing_half { WRITING_WHOLE, WRITING_CALLEES, WRITING_CALLERS };

/* What is to be written, and where. */
struct writing_wish {
	const struct export_format *format;
	struct scene       *scene;      /* the session's; merged, of no sandwich, where a half is wanted */
	node_id             within;     /* whose subtree is written; NODE_ALL for a half */
	enum writing_half   half;       /* of the sandwich, made on the thread too, as `export --sandwich` has it */
	struct str          pattern;    /* of a half: its functions, a valid pattern, */
	const struct scene *seen;       /* and where it is on screen */
	node_id             of;         /* the node there whose subtree of the half is written; NODE_ALL: all of it */
	const char         *path;
	bool                force;
};

/* Begins, where none is on.  The wish and what it names but the scene are not needed any longer.  enum update. */
unsigned writing_start(struct app *app, const struct writing_wish *wish);
bool     writing_is_on(const struct app *app);

/* With a tick: how far it is, and what has become of it.  enum update. */
unsigned writing_poll(struct app *app);

/* "writing out.folded 34%", sanitised; "" when none is on. */
void     writing_text(const struct app *app, struct buf *out);

/* Gives it up: nothing is left of the file.  A message follows with a later tick.  False: none is on. */
bool     writing_stop(struct app *app);

/* Whether one should not leave yet, and says so in *update_out; asked twice, one may. */
bool     writing_holds(struct app *app, unsigned *update_out);

/* Before the session is freed.  True: it is the writing's from now on. */
bool     writing_takes(struct app *app, struct session *session);

/* Gives it up and waits for its end. */
void     writing_end(struct app *app);

#endif
