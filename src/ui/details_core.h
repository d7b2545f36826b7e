/* SPDX-License-Identifier: MIT
 * What the parts of the details pane share. */
#ifndef UI_DETAILS_CORE_H
#define UI_DETAILS_CORE_H

#include "ui/details.h"
#include "ui/entry_lines.h"
#include "util/regex.h"

enum { SEARCH_BYTES = 256 };    /* longest pattern, with its NUL */

struct details_pane {
	struct entries      entries;
	struct entry_lines  lines;
	bool                fresh;     /* they are of what follows */
	node_id             node;      /* or, of the list of traces, the track */
	bool                of_track;
	uint32_t            nth;
	node_id             focus;     /* that shares are of */
	int                 cols;

	char                search[SEARCH_BYTES];
	struct regex       *regex;     /* NULL: nothing is looked for */
	bool               *hits;      /* per line whether it matches; NULL: nothing is looked for */
	uint32_t            hit_count;
	uint32_t            hit;       /* the line that was gone to last */
};

struct details_pane *details_pane(struct app *app);

/* The chosen entry; NULL when there is none. */
const struct entry  *details_chosen(struct app *app);

/* What can be done with the chosen entry, as a popup. */
unsigned details_menu_open(struct app *app, int col, int row);

static inline bool
entry_can_be_chosen(const struct entry *entry)
{
	return entry->kind != ENTRY_HEADING;
}

/* Lines that a pane of this height shows of its entries. */
uint32_t details_visible(const struct app *app);

#endif
