/* SPDX-License-Identifier: MIT
 * Which hue a box has: by what it belongs to, or by what it weighs. */
#ifndef UI_HUE_H
#define UI_HUE_H

#include "ui/viewer.h"

/* By node in the graph; by frame in the table, where what is of nodes is of the frame's heaviest. */
uint8_t hue_of_node(struct app *app, node_id node);
/* The same where its frame is at hand. */
uint8_t hue_of_box(struct app *app, node_id node, frame_id frame);

/* Whether colours by it say anything of what was read: frames may have no service or module, be all of one kind, and no status. */
bool    hue_mode_tells(const struct app *app, enum color_mode mode);

/* A share from 0 to 1 as a hue, from blue over green and yellow to red. */
uint8_t hue_of_share(double share);

/* Colours by the values of an attribute; its name is kept.  Reads the input again when it has not been read for it yet. */
void    hue_by_attribute(struct app *app, struct view_state *state, struct str key);

/* The list of hues in the view with what they stand for; choosing one searches for it. */
unsigned legend_open(struct app *app);

#endif
