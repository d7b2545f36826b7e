/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/bindings.h"

#include <string.h>

#include "ui/event.h"

enum { OWN_KEYS = 512, OWN_KEY_BYTES = 24 };

const struct binding bindings[] = {
	{ "Up",        ACT_MOVE_UP },
	{ "k",         ACT_MOVE_UP },
	{ "Down",      ACT_MOVE_DOWN },
	{ "j",         ACT_MOVE_DOWN },
	{ "Left",      ACT_MOVE_LEFT },
	{ "h",         ACT_MOVE_LEFT },
	{ "Right",     ACT_MOVE_RIGHT },
	{ "l",         ACT_MOVE_RIGHT },
	{ "Home",      ACT_ROW_START },
	{ "End",       ACT_ROW_END },
	{ "g",         ACT_FIRST },
	{ "G",         ACT_LAST },
	{ "PageUp",    ACT_PAGE_UP },
	{ "PageDown",  ACT_PAGE_DOWN },
	{ "H",         ACT_PAN_LEFT },
	{ "L",         ACT_PAN_RIGHT },
	{ "Enter",     ACT_ENTER },
	{ "u",         ACT_BACK },
	{ "Backspace", ACT_BACK },
	{ "U",         ACT_FORWARD },
	{ "0",         ACT_RESET },
	{ "+",         ACT_ZOOM_IN },
	{ "=",         ACT_ZOOM_IN },
	{ "-",         ACT_ZOOM_OUT },
	{ "Esc",       ACT_CANCEL },
	{ "1",         ACT_VIEW_FLAME },
	{ "2",         ACT_VIEW_TABLE },
	{ "3",         ACT_VIEW_BOTH },
	{ "4",         ACT_VIEW_SANDWICH },
	{ "5",         ACT_VIEW_TREE },
	{ "6",         ACT_VIEW_TIMELINE },
	{ "7",         ACT_VIEW_TRACES },
	{ "s",         ACT_SANDWICH },
	{ "z",         ACT_CHAINS },
	{ "Space",     ACT_FOLD },
	{ "[",         ACT_VIEW_PREV },
	{ "]",         ACT_VIEW_NEXT },
	{ "Tab",       ACT_PANE_NEXT },
	{ "Shift-Tab", ACT_PANE_NEXT },
	{ "/",         ACT_SEARCH },
	{ "n",         ACT_SEARCH_NEXT },
	{ "N",         ACT_SEARCH_PREV },
	{ "*",         ACT_SEARCH_HERE },
	{ "e",         ACT_ERROR_NEXT },
	{ "E",         ACT_ERROR_PREV },
	{ "p",         ACT_CRITICAL_NEXT },
	{ "P",         ACT_CRITICAL_PREV },
	{ "^",         ACT_PARENT },
	{ "$",         ACT_SLOWEST },
	{ "t",         ACT_TRACK },
	{ "m",         ACT_METRIC },
	{ "M",         ACT_MERGE },
	{ "o",         ACT_ORDER },
	{ "J",         ACT_GROUP },
	{ "@",         ACT_LABEL },
	{ "%",         ACT_GRAIN },
	{ "C",         ACT_COLOUR },
	{ "c",         ACT_LEGEND },
	{ "A",         ACT_NAMES },
	{ "a",         ACT_ALIGN },
	{ "V",         ACT_FLIP },
	{ "O",         ACT_CRITICAL },
	{ "T",         ACT_TIMES },
	{ "K",         ACT_SKEW },
	{ "x",         ACT_HIDE },
	{ "D",         ACT_HIDE_SERVICE },
	{ "X",         ACT_ONLY },
	{ "f",         ACT_QUERY },
	{ "Alt-f",     ACT_QUERIES },
	{ "Alt-x",     ACT_HIDE_BY },
	{ "Alt-X",     ACT_ONLY_BY },
	{ "S",         ACT_SANDWICH_OF },
	{ "d",         ACT_PILLS },
	{ "Delete",    ACT_PILLS },
	{ "b",         ACT_INVERT },
	{ "i",         ACT_DETAILS },
	{ "{",         ACT_SECTION_PREV },
	{ "}",         ACT_SECTION_NEXT },
	{ "(",         ACT_SPAN_PREV },
	{ ")",         ACT_SPAN_NEXT },
	{ "!",         ACT_NOTES },
	{ "<",         ACT_SORT_PREV },
	{ ">",         ACT_SORT_NEXT },
	{ "r",         ACT_SORT_REVERSE },
	{ ",",         ACT_FOLD_ALL },
	{ ";",         ACT_UNFOLD_ALL },
	{ "#",         ACT_UNFOLD_TO },
	{ "z",         ACT_ROOT_HERE },
	{ "Z",         ACT_FIT },
	{ "r",         ACT_RANGE },
	{ "D",         ACT_CHART },
	{ "<",         ACT_NARROWER },
	{ ">",         ACT_WIDER },
	{ "B",         ACT_TABLE_BY },
	{ "F",         ACT_ONLY_MATCHES },
	{ "y",         ACT_COPY },
	{ "Y",         ACT_LINK },
	{ "v",         ACT_EDIT },
	{ "w",         ACT_WRITE },
	{ ".",         ACT_MENU },
	{ ":",         ACT_PALETTE },
	{ "?",         ACT_HELP },
	{ "F1",        ACT_HELP },
	{ "R",         ACT_RELOAD },
	{ "F2",        ACT_MOUSE },
	{ "Ctrl-l",    ACT_REDRAW },
	{ "Ctrl-z",    ACT_SUSPEND },
	{ "q",         ACT_QUIT },
	{ "Ctrl-c",    ACT_QUIT },
	{ NULL,        ACT_NONE },
};

/* IN_BOTH is a place on top of the pane's own: an action of both places works in either pane there. */
static bool
works_in(enum action action, unsigned places)
{
	return (action_infos[action].places & places) != 0;
}

/* Keys of the user's, latest last. */
struct own_binding {
	char        key[OWN_KEY_BYTES];
	uint32_t    code;
	uint8_t     mods;
	enum action action;    /* ACT_NONE: the key does nothing */
};

static struct own_binding own[OWN_KEYS];
static size_t             own_count;

bool
bindings_add(struct str key, enum action action)
{
	struct own_binding binding = { .action = action };

	if (own_count == OWN_KEYS || key.len >= sizeof binding.key || !key_parse(key, &binding.code, &binding.mods))
		return false;
	memcpy(binding.key, key.at, key.len);
	own[own_count++] = binding;
	return true;
}

void
bindings_forget(void)
{
	own_count = 0;
}

/* True when the user decides about the key in these places. */
static bool
find_own(uint32_t key, uint8_t mods, unsigned places, enum action *action_out)
{
	for (size_t i = own_count; i-- > 0;)
		if (own[i].code == key && own[i].mods == mods && (own[i].action == ACT_NONE || works_in(own[i].action, places))) {
			*action_out = own[i].action;
			return true;
		}
	return false;
}

enum action
binding_find(uint32_t key, uint8_t mods, unsigned places)
{
	enum action action;

	if (find_own(key, mods, places, &action))
		return action;
	for (const struct binding *b = bindings; b->key; b++) {
		uint32_t its_key;
		uint8_t its_mods;

		if (works_in(b->action, places) && key_parse(str_of(b->key), &its_key, &its_mods) && its_key == key &&
		    its_mods == mods)
			return b->action;
	}
	return ACT_NONE;
}

/* Whether a key still does what it is listed for. */
static bool
is_in_force(const char *key, enum action action)
{
	uint32_t code;
	uint8_t mods;

	return key_parse(str_of(key), &code, &mods) && binding_find(code, mods, action_infos[action].places) == action;
}

const char *
binding_key(enum action action)
{
	for (size_t i = 0; i < own_count; i++)
		if (own[i].action == action && is_in_force(own[i].key, action))
			return own[i].key;
	for (const struct binding *b = bindings; b->key; b++)
		if (b->action == action && (own_count == 0 || is_in_force(b->key, action)))
			return b->key;
	return NULL;
}

static void
add_key(const char *key, struct buf *out, size_t from)
{
	if (out->len > from)
		buf_addc(out, ' ');
	buf_add(out, str_of(key));
}

void
binding_keys(enum action action, struct buf *out)
{
	size_t from = out->len;

	for (size_t i = 0; i < own_count; i++)
		if (own[i].action == action && is_in_force(own[i].key, action))
			add_key(own[i].key, out, from);
	for (const struct binding *b = bindings; b->key; b++) {
		bool listed = false;
		for (size_t i = 0; i < own_count; i++)
			listed |= own[i].action == action && strcmp(own[i].key, b->key) == 0;
		if (b->action == action && !listed && (own_count == 0 || is_in_force(b->key, action)))
			add_key(b->key, out, from);
	}
}
