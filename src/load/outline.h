/* SPDX-License-Identifier: MIT
 * What the start of a JSON input holds, for detection: the key paths of its first values, and whether each value has a line to itself.
 * Reads what there is of it, stops quietly where it is cut or broken, and uses bounded memory whatever the nesting. */
#ifndef LOAD_OUTLINE_H
#define LOAD_OUTLINE_H

#include "util/buf.h"
#include "util/str.h"

#define OUTLINE_KEYS_MAX 4    /* levels of keys in a path */

enum outline_lines {
	LINES_UNKNOWN,     /* the text ends before it shows */
	LINES_PROVEN,      /* several values, each on a line of its own */
	LINES_DISPROVED,   /* one value, or a value with a line break inside, or two on a line */
};

struct outline {
	struct buf         paths;    /* each with a newline after it: "data", "data[]", "data[].spans", "[].ph" */
	enum outline_lines lines;
	size_t             keys;     /* keys of the top level among the paths */
};

/* A zeroed outline is empty.  whole: nothing follows text. */
void outline_read(struct outline *outline, struct str text, bool whole);
void outline_fini(struct outline *outline);

#endif
