/* SPDX-License-Identifier: MIT
 * The user's configuration: a JSON object with comments, of the settings listed in one table, of keys and of saved queries.
 * What is wrong in it is told and passed over; it never keeps the program from starting. */
#ifndef UI_SETTINGS_H
#define UI_SETTINGS_H

#include <stdint.h>

#include "ui/actions.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/setting.h"
#include "util/vec.h"

enum config_kind { CONFIG_WORD, CONFIG_FLAG, CONFIG_NUMBER };    /* a whole number from 0 to CONFIG_NUMBER_MOST */

enum { CONFIG_NUMBER_MOST = 10000 };

struct config_row {
	const char        *name;
	enum config_kind   kind;
	const char *const *words;       /* those that a word may be, ended by NULL; NULL: any */
	const char        *usual;       /* without a configuration; "true" or "false" for a flag, digits for a number */
	const char        *sentence;
};

extern const struct config_row config_rows[];    /* ends with a NULL name */

struct config_key {
	const char *key;
	enum action action;    /* ACT_NONE: null, the key does nothing */
};

struct config {
	struct arena arena;
	struct { VEC(struct setting); }    settings;    /* only known names with valid values; of two of a name the later one holds */
	const char  *path;                              /* of the file; NULL: there is none */
	uint64_t     theme_line;                        /* where it names a theme; 0: it does not */
	struct { VEC(struct config_key); } keys;
	struct { VEC(struct setting); }    queries;     /* saved ones, each a name and a text that can be read */
	struct { VEC(const char *); }      problems;    /* "config.json:3: ...", raw bytes of the file in them */
};

/* folder/config.json, where folder is $XDG_CONFIG_HOME/spanfire or ~/.config/spanfire; free().  NULL when neither is set. */
char *config_folder(void);

/* path NULL: the usual one, which need not be there. */
void  config_read(const char *path, struct config *config);
void  config_parse(struct str text, const char *path, struct config *config);
void  config_fini(struct config *config);

/* The setting's value, or NULL when it is not set. */
const char *config_value(const struct config *config, const char *name);

/* Appends a configuration of all that there is, as it is without one, each with its sentence: reading it changes nothing. */
void  config_dump(struct buf *out);

#endif
