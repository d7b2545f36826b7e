/* SPDX-License-Identifier: MIT
 * The details pane: everything that is known about the box under the cursor.
 * It opens upward from the detail bar, or at the right side where there is room, and may have the keys.  It follows the cursor; while it
 * is closed nothing is read. */
#ifndef UI_DETAILS_H
#define UI_DETAILS_H

#include "ui/viewer.h"

enum { DETAILS_SHARE = 40, DETAILS_SHARE_LEAST = 10, DETAILS_SHARE_MOST = 90 };    /* of the screen, in percent: usual, least, most */

/* In the state's details_of: what it says of the pane is about the node that the cursor will be on. */
#define DETAILS_OF_ANY (NODE_NONE - 1)

/* What is laid out now; NULL before the first time. */
struct details_pane;

void     details_free(struct app *app);
void     details_forget(struct app *app);     /* the tree is another one */
void     details_settle(struct app *app);     /* reads what the pane shows, and puts its rows in order */
void     details_draw(struct app *app, struct grid *grid, struct rect rect);
void     details_head_draw(struct app *app, struct grid *grid, struct rect rect);    /* the row above it, where it has one */

/* Which node it is about: the cursor's, in the table the heaviest of the chosen row. */
node_id  details_node(struct app *app);

/* Actions.  act: while it has the keys; false: not one of its actions. */
unsigned details_toggle(struct app *app);
unsigned details_enter(struct app *app);      /* opens it; when it is open, gives it the keys */
bool     details_act(struct app *app, enum action action, unsigned *update_out);
/* While it has the keys: whether an action is its own, and in *can_out whether it would do something. */
bool     details_can(struct app *app, enum action action, bool *can_out);
unsigned details_mouse(struct app *app, const struct event *event);
unsigned details_drag(struct app *app, const struct event *event);    /* its edge is where the pointer is */
unsigned details_go_to_entry(struct app *app, uint32_t entry);        /* its section stands at the top */
/* To the next of the spans that the node stands for, slowest first, or the one before. */
unsigned details_step(struct app *app, int by);

/* What is looked for in the pane; "" for nothing. */
void     details_search(struct app *app, struct str pattern);
unsigned details_find(struct app *app, struct str pattern);    /* and goes to the first match */
uint32_t details_hit_count(struct app *app);                   /* lines that match */

/* Its sections, drawn from the right end of a row leftwards where there is room for all of them; the columns they took. */
int      details_sections_draw(struct app *app, struct grid *grid, struct rect rect);

#endif
