/* SPDX-License-Identifier: MIT
 * Names of frames ready for the screen: sanitised, measured and coloured once, when a frame is first drawn.
 * Thousands may be new on one screen: what needs no change is the dataset's own text, and short forms are made when they are asked for. */
#ifndef UI_NAMES_H
#define UI_NAMES_H

#include "model/dataset.h"
#include "ui/state.h"
#include "util/arena.h"

struct name {
	struct str text;       /* sanitised, "service name" for spans; cut when very long */
	int        cols;
	struct str brief;      /* at NULL: not asked for yet */
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

/* Asks memory for what it keeps of a frame that is about to be drawn. */
static inline void
names_prefetch(const struct names *names, frame_id frame)
{
	if (frame != ID_NONE)
		__builtin_prefetch(&names->of_frame[frame]);
}

/* frame ID_NONE: the root's.  Valid until names_fini(). */
const struct name *names_get(struct names *names, frame_id frame);

/* Its text, or its short form where a profile's frame has one; *cols_out, which may be NULL: its columns. */
struct str         names_show(struct names *names, frame_id frame, bool brief, int *cols_out);
uint8_t            name_hue(const struct name *name, enum color_mode mode);

/* Appends any text of a file, sanitised and cut when very long. */
void               names_safe(struct str raw, struct buf *out);

#endif
