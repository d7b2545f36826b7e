/* SPDX-License-Identifier: MIT
 * Which key does what: the default keys as data, in the names that users write. */
#ifndef UI_BINDINGS_H
#define UI_BINDINGS_H

#include <stdint.h>

#include "ui/actions.h"
#include "util/buf.h"

struct binding {
	const char *key;       /* as key_parse() reads it */
	enum action action;
};

extern const struct binding bindings[];    /* ends with a NULL key; of several keys for an action the first is the one to show */

/* The user's keys come before those: a key and what it does from now on, ACT_NONE for nothing.  False: there is no such key, or no room. */
bool bindings_add(struct str key, enum action action);
void bindings_forget(void);    /* only those above are left */

/* What the key does in these places (enum place, several at once); ACT_NONE if nothing. */
enum action binding_find(uint32_t key, uint8_t mods, unsigned places);

/* The action's first key, or NULL; and all of them, separated by spaces. */
const char *binding_key(enum action action);
void        binding_keys(enum action action, struct buf *out);

#endif
