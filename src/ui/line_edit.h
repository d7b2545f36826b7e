/* SPDX-License-Identifier: MIT
 * One line of text being typed, with a history.  The text is always valid UTF-8 without control characters. */
#ifndef UI_LINE_EDIT_H
#define UI_LINE_EDIT_H

#include "ui/event.h"
#include "util/buf.h"

/* Lines typed before, oldest first.  A zeroed struct is empty; it owns its lines. */
struct line_history { VEC(char *); };

void line_history_add(struct line_history *history, struct str line);    /* empty lines and repeats of the last are left out */
void line_history_fini(struct line_history *history);

struct line_edit {
	struct buf text;
	size_t     at;         /* byte of the insertion point, at a grapheme cluster */
	size_t     limit;      /* most bytes */
	size_t     recalled;   /* how many lines back in the history; 0: what is being typed */
	struct buf typed;      /* put aside while the history is looked through */
};

void line_edit_init(struct line_edit *edit, struct str text, size_t limit);
void line_edit_fini(struct line_edit *edit);

/* True when the event was one of editing, whether or not it changed anything.  history may be NULL. */
bool line_edit_handle(struct line_edit *edit, const struct event *event, const struct line_history *history);

/* Replaces the text. */
void line_edit_set(struct line_edit *edit, struct str text);

#endif
