/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/bindings.h"

#include "ui/event.h"

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
	{ "t",         ACT_TRACK },
	{ "m",         ACT_METRIC },
	{ "M",         ACT_MERGE },
	{ "o",         ACT_ORDER },
	{ "C",         ACT_COLOUR },
	{ "a",         ACT_ALIGN },
	{ "V",         ACT_FLIP },
	{ "x",         ACT_HIDE },
	{ "X",         ACT_ONLY },
	{ "b",         ACT_INVERT },
	{ "i",         ACT_DETAILS },
	{ "!",         ACT_NOTES },
	{ "<",         ACT_SORT_PREV },
	{ ">",         ACT_SORT_NEXT },
	{ "r",         ACT_SORT_REVERSE },
	{ "y",         ACT_COPY },
	{ "Y",         ACT_LINK },
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

enum action
binding_find(uint32_t key, uint8_t mods, unsigned places)
{
	for (const struct binding *b = bindings; b->key; b++) {
		uint32_t its_key;
		uint8_t its_mods;

		if (works_in(b->action, places) && key_parse(str_of(b->key), &its_key, &its_mods) && its_key == key &&
		    its_mods == mods)
			return b->action;
	}
	return ACT_NONE;
}

const char *
binding_key(enum action action)
{
	for (const struct binding *b = bindings; b->key; b++)
		if (b->action == action)
			return b->key;
	return NULL;
}

void
binding_keys(enum action action, struct buf *out)
{
	bool first = true;

	for (const struct binding *b = bindings; b->key; b++) {
		if (b->action != action)
			continue;
		if (!first)
			buf_addc(out, ' ');
		buf_add(out, str_of(b->key));
		first = false;
	}
}
