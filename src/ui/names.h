/* SPDX-License-Identifier: MIT
 * Names of frames ready for the screen: sanitised, measured and coloured once, when a frame is first drawn. */
#ifndef UI_NAMES_H
#define UI_NAMES_H

#include "model/dataset.h"
#include "ui/state.h"
#include "util/arena.h"

struct name {
	struct str text;       /* sanitised, "service name" for spans; cut when very long */
	int        cols;
	struct str brief;      /* the short form, where a profile's frame has one; else as text */
	int        brief_cols;
	uint8_t    package_hue, name_hue;
};

struct names {
	const struct dataset *ds;
	struct arena          arena;
	struct name          *of_frame;    /* text.at NULL: not asked for yet */
	struct name           all;         /* of node 0 */
};

void names_init(struct names *names, const struct dataset *ds);    /* borrows ds */
void names_fini(struct names *names);                              /* also of a zeroed struct */

/* frame ID_NONE: the root's.  Valid until names_fini(). */
const struct name *names_get(struct names *names, frame_id frame);
uint8_t            name_hue(const struct name *name, enum color_mode mode);

/* Appends any text of a file, sanitised and cut when very long. */
void               names_safe(struct str raw, struct buf *out);

#endif
