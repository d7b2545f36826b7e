/* SPDX-License-Identifier: MIT
 * What is known about one box, as entries under headings: facts of its span or function, attributes, events, links, and where one can
 * go from it.  Texts are raw bytes of the input; the details pane lays them out (ui/entry_lines.h). */
#ifndef UI_ENTRIES_H
#define UI_ENTRIES_H

#include "load/detail.h"
#include "ui/viewer.h"

enum entry_kind {
	ENTRY_HEADING,      /* key: its title, value: how many follow */
	ENTRY_FACT,
	ENTRY_ATTRIBUTE,    /* something that the file says under a key */
	ENTRY_EVENT,        /* key: its name, value: when; its attributes follow */
	ENTRY_SPAN,         /* leads to a span */
	ENTRY_INSTANCE,     /* leads to the nth span of the node */
	ENTRY_LABEL,        /* key: its weight, value: the label's */
};

struct entry {
	enum entry_kind     kind;
	enum detail_section section;    /* of an attribute */
	struct str          key, value;
	const char         *type;       /* as the file has it, a constant; NULL: none */
	span_id             span;       /* ENTRY_SPAN */
	uint32_t            nth;        /* ENTRY_INSTANCE, from 1; ENTRY_LABEL: label_id */
	enum role           ink;        /* of the value */
};

/* A zeroed struct is empty.  Texts live in the arena. */
struct entries {
	struct arena arena;
	bool         waits;    /* more is being read in the background */
	VEC(struct entry);
};

/* Everything about a node of the app's scene: of the nth of its spans, or with 0 of the only one, else of all of them together.
 * Reads the input again. */
void entries_read(struct app *app, node_id node, uint32_t nth, struct entries *out);
/* Everything about a trace or thread; ID_NONE: nothing. */
void entries_read_track(struct app *app, track_id track, struct entries *out);
void entries_fini(struct entries *entries);

/* One more; key and value are copied. */
void entries_add(struct entries *entries, const struct entry *entry);

#endif
