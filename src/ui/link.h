/* SPDX-License-Identifier: MIT
 * The view as a command line that opens it again, and the way back: what such a command line asks for.
 * One row per part of the state: a new part of struct view_state needs its row here and its option in cli/options.c, nothing else. */
#ifndef UI_LINK_H
#define UI_LINK_H

#include "ui/viewer.h"
#include "util/error.h"

enum link_value {
	LINK_FLAG,       /* the option takes no value */
	LINK_WORD,       /* a word or a number */
	LINK_TEXT,       /* any bytes: quoted, and escaped when it must be */
	LINK_FILTER,     /* a text; which option it has is up to link_filter_option() */
	LINK_PATH,       /* names that are escaped already (analysis/path.h) */
};

struct link_field {
	const char     *option;    /* its long name */
	enum link_value value;
	/* Appends the value; false: nothing needs to be said.  Called again with at + 1 after it was true, for options that come several times.
	 * NULL: a field before it prints it too. */
	bool          (*print)(struct app *app, unsigned at, struct buf *out);
	/* Takes the value over into the state; false: it makes no sense.  NULL: what builds the tree, which is asked for in another way. */
	bool          (*apply)(struct app *app, struct view_state *state, struct str value);
	bool            usual;     /* a matter of taste: may be a default in the configuration */
	/* In place of the two functions: where in the state it is a number, which is not said while it is 0, or the number of one of some
	 * words; the first of these goes without saying where the view began with it. */
	size_t             offset, bytes;
	const char *const *words;
};

/* Whether its value is put into a state as one. */
static inline bool
link_applies(const struct link_field *field)
{
	return field->apply || field->bytes;
}

extern const struct link_field link_fields[];    /* in the order in which they are applied; ends with a NULL option */

/* A whole number that fills the text. */
bool link_number(struct str text, uint32_t *out);

/* Appends the whole command line. */
void link_format(struct app *app, struct buf *out);

/* Whether that is an option for a matter of taste. */
bool link_is_usual(const char *option);

/* Puts a wish into a state: one before there is a tree only when its field is `usual`.  False: there is no such field, or no such value. */
bool link_apply(struct app *app, struct view_state *state, const struct setting *setting);

#endif
