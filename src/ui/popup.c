/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/popup.h"

#include <ctype.h>

#include "ui/viewer.h"
#include "util/alloc.h"
#include "util/text.h"

enum { FILTER_BYTES = 128, WHEEL_ROWS = 3, NO_FIT = 4 };

void
popup_item_fini(struct popup_item *item)
{
	buf_fini(&item->left);
	buf_fini(&item->text);
	buf_fini(&item->right);
}

static bool
has_letters(struct str text, struct str letters)
{
	size_t at = 0;

	for (size_t i = 0; i < letters.len; i++, at++) {
		int want = tolower((unsigned char)letters.at[i]);
		while (at < text.len && tolower((unsigned char)text.at[at]) != want)
			at++;
		if (at == text.len)
			return false;
	}
	return true;
}

static bool
has_word_at(struct str text, size_t at, struct str word)
{
	size_t same = 0;

	while (same < word.len && at + same < text.len && tolower((unsigned char)text.at[at + same]) == tolower((unsigned char)word.at[same]))
		same++;
	return same == word.len;
}

static bool
has_word(struct str text, struct str word)
{
	for (size_t at = 0; at + word.len <= text.len; at++)
		if (has_word_at(text, at, word))
			return true;
	return false;
}

/* How well an item fits the filter, 0 the best; NO_FIT not at all.  Every word of it counts: best as the begin of the name, then as a part
 * of it, then as a part of the rest, then with its letters spread over the name. */
static int
fit_of(const struct popup_item *item, struct str filter)
{
	struct str name = buf_str(item->left.len ? &item->left : &item->text);
	int worst = 0;

	while (filter.len > 0) {
		const char *space = memchr(filter.at, ' ', filter.len);
		size_t len = space ? (size_t)(space - filter.at) : filter.len;
		struct str word = { filter.at, len };
		int fit = has_word_at(name, 0, word)                                                      ? 0
		          : has_word(name, word)                                                          ? 1
		          : has_word(buf_str(&item->text), word) || has_word(buf_str(&item->right), word) ? 2
		          : has_letters(name, word)                                                       ? 3
		                                                                                          : NO_FIT;
		if (fit > worst)
			worst = fit;
		filter.at += len + (space != NULL);
		filter.len -= len + (space != NULL);
	}
	return worst;
}

/* What narrows the list; where options are found by their names, also as a command line has them. */
static struct str
typed(const struct popup *popup)
{
	struct str text = buf_str(&popup->filter.text);

	return popup->ops->offer && str_starts(text, STR("--")) ? str_tail(text, 2) : text;
}

static bool
offers(struct app *app)
{
	const struct popup *popup = &app->popup;
	struct popup_item item = { 0 };
	bool made = popup->ops->offer && typed(popup).len > 0 && popup->ops->offer(app, typed(popup), &item);

	popup_item_fini(&item);
	return made;
}

void
popup_shown_item(struct app *app, uint32_t row, struct popup_item *item)
{
	const struct popup *popup = &app->popup;
	uint32_t index = popup->shown.at[row];

	if (index == POPUP_OFFER)
		popup->ops->offer(app, typed(popup), item);
	else
		popup->ops->item(app, index, item);
}

static void
refilter(struct app *app)
{
	struct popup *popup = &app->popup;
	uint32_t count = popup->ops->count(app);
	struct str filter = typed(popup);
	uint8_t *fits = xcalloc(count ? count : 1, sizeof *fits);

	for (uint32_t i = 0; i < count && filter.len; i++) {
		struct popup_item item = { 0 };
		popup->ops->item(app, i, &item);
		fits[i] = (uint8_t)(item.heading ? NO_FIT : fit_of(&item, filter));
		popup_item_fini(&item);
	}
	popup->shown.len = 0;
	if (offers(app))
		vec_push(&popup->shown, POPUP_OFFER);
	for (int fit = 0; fit < NO_FIT; fit++)
		for (uint32_t k = 0; k < count; k++) {
			uint32_t i = popup->order ? popup->order[k] : k;
			if (fits[i] == fit)
				vec_push(&popup->shown, i);
		}
	free(fits);
	popup->list = (struct list){ .count = (uint32_t)popup->shown.len, .visible = popup->list.visible };
	list_settle(&popup->list);
}

unsigned
popup_open(struct app *app, const struct popup_ops *ops)
{
	struct popup *popup = &app->popup;

	if (popup->ops)
		popup_close(app);
	popup->ops = ops;
	app->hits.len = 0;    /* it is yet to be drawn */
	line_edit_init(&popup->filter, STR(""), FILTER_BYTES);
	popup->list.visible = 1;
	if (ops->arrange)
		ops->arrange(app, false);
	refilter(app);
	return UPDATE_DRAW;
}

void
popup_subject(struct app *app, struct str safe)
{
	app->popup.subject = (struct str){ arena_copy(&app->popup.arena, safe), safe.len };
}

/* In the next order. */
static unsigned
rearrange(struct app *app)
{
	struct popup *popup = &app->popup;
	uint32_t chosen = popup->list.cursor < popup->shown.len ? popup->shown.at[popup->list.cursor] : 0;

	popup->ops->arrange(app, true);
	refilter(app);
	popup_choose_row(app, chosen);
	return UPDATE_DRAW;
}

void
popup_close(struct app *app)
{
	struct popup *popup = &app->popup;

	line_edit_fini(&popup->filter);
	vec_fini(&popup->shown);
	vec_fini(&popup->lines);
	arena_fini(&popup->arena);
	*popup = (struct popup){ 0 };
}

void
popup_choose_row(struct app *app, uint32_t index)
{
	struct popup *popup = &app->popup;

	for (size_t i = 0; i < popup->shown.len; i++)
		if (popup->shown.at[i] == index)
			popup->list.cursor = (uint32_t)i;
}

static unsigned
choose(struct app *app)
{
	struct popup *popup = &app->popup;
	const struct popup_ops *ops = popup->ops;

	if (!ops->choose) {
		popup_close(app);
		return UPDATE_DRAW;
	}
	if (popup->list.cursor >= popup->shown.len)
		return UPDATE_NONE;
	uint32_t index = popup->shown.at[popup->list.cursor];
	struct buf line = { 0 };
	buf_add(&line, typed(popup));
	popup_close(app);
	unsigned update = index == POPUP_OFFER ? ops->take(app, buf_str(&line)) : ops->choose(app, index);
	buf_fini(&line);
	return update | UPDATE_DRAW;
}

/* What is typed becomes the chosen line's name. */
static void
complete(struct app *app)
{
	struct popup *popup = &app->popup;
	struct popup_item item = { 0 };

	if (popup->list.cursor >= popup->shown.len)
		return;
	popup_shown_item(app, popup->list.cursor, &item);
	struct buf *name = item.left.len ? &item.left : &item.text;
	buf_addc(name, ' ');
	popup_type(app, buf_str(name));
	popup_item_fini(&item);
}

void
popup_type(struct app *app, struct str text)
{
	line_edit_set(&app->popup.filter, text);
	refilter(app);
}

static void
move(struct popup *popup, int64_t by)
{
	if (popup->ops->choose)
		list_move(&popup->list, by);
	else
		list_scroll(&popup->list, by);
}

static bool
handle_list_key(struct popup *popup, uint32_t key)
{
	int64_t page = popup->list.visible > 1 ? popup->list.visible - 1 : 1;

	switch (key) {
	case K_UP:        move(popup, -1); return true;
	case K_DOWN:      move(popup, 1); return true;
	case K_PAGE_UP:   move(popup, -page); return true;
	case K_PAGE_DOWN: move(popup, page); return true;
	case K_HOME:      move(popup, -(int64_t)UINT32_MAX); return true;
	case K_END:       move(popup, UINT32_MAX); return true;
	default:          return false;
	}
}

/* Where nothing is typed, letters move too. */
static uint32_t
as_arrow(uint32_t key)
{
	static const struct { uint32_t letter, key; } letters[] = {
		{ 'k', K_UP }, { 'j', K_DOWN }, { 'g', K_HOME }, { 'G', K_END }, { ' ', K_PAGE_DOWN }, { 'b', K_PAGE_UP },
	};

	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].letter == key)
			return letters[i].key;
	return key;
}

static unsigned
handle_key(struct app *app, const struct event *event)
{
	struct popup *popup = &app->popup;
	bool ctrl_c = event->key == 'c' && event->mods == MOD_CTRL;
	bool typing = popup->ops->filter;

	if (event->key == K_ESC || ctrl_c || (!typing && event->mods == 0 && (event->key == 'q' || event->key == '?'))) {
		popup_close(app);
		return UPDATE_DRAW;
	}
	if (event->key == K_ENTER)
		return choose(app);
	if (event->mods == 0 && handle_list_key(popup, typing ? event->key : as_arrow(event->key)))
		return UPDATE_DRAW;
	if (event->mods == MOD_CTRL && (event->key == 'n' || event->key == 'p')) {
		move(popup, event->key == 'n' ? 1 : -1);
		return UPDATE_DRAW;
	}
	if (event->key == K_TAB && popup->ops->arrange)
		return rearrange(app);
	if (event->key == K_TAB && typing)
		complete(app);
	else if (typing && line_edit_handle(&popup->filter, event, NULL))
		refilter(app);
	return UPDATE_DRAW;
}

static unsigned
handle_mouse(struct app *app, const struct event *event)
{
	struct popup *popup = &app->popup;
	struct hit hit = hits_at(&app->hits, event->col, event->row);

	if (event->what == MOUSE_WHEEL_UP || event->what == MOUSE_WHEEL_DOWN) {
		list_scroll(&popup->list, event->what == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
		return UPDATE_DRAW;
	}
	if (event->what == MOUSE_MOVE && hit.kind == HIT_ITEM && popup->ops->choose && hit.arg < popup->list.count &&
	    popup->list.cursor != hit.arg) {
		popup->list.cursor = hit.arg;
		return UPDATE_DRAW;
	}
	if (event->what != MOUSE_PRESS || !app->hits.len)
		return UPDATE_NONE;
	if (hit.kind == HIT_ITEM && popup->ops->choose) {
		popup->list.cursor = hit.arg;
		return choose(app);
	}
	if (hit.kind == HIT_ORDER)
		return rearrange(app);
	if (hit.kind == HIT_ITEM || hit.kind == HIT_POPUP)
		return UPDATE_NONE;
	popup_close(app);
	return UPDATE_DRAW;
}

unsigned
popup_handle(struct app *app, const struct event *event)
{
	if (event->kind == EVENT_MOUSE)
		return handle_mouse(app, event);
	if (event->kind == EVENT_KEY)
		return handle_key(app, event);
	if (event->kind == EVENT_PASTE && app->popup.ops->filter && line_edit_handle(&app->popup.filter, event, NULL)) {
		refilter(app);
		return UPDATE_DRAW;
	}
	return UPDATE_NONE;
}

/* ---- lines made beforehand */

void
popup_begin(struct app *app)
{
	popup_close(app);
	arena_init(&app->popup.arena);
}

static struct str
keep(struct app *app, struct str text)
{
	return (struct str){ arena_copy(&app->popup.arena, text), text.len };
}

/* Where to break a line that is too long: behind its last space, unless that is far back. */
static size_t
whole_words(struct str rest, size_t take)
{
	if (take == 0)
		return rest.len;
	for (size_t at = take; take < rest.len && at > take / 2; at--)
		if (rest.at[at - 1] == ' ')
			return at;
	return take;
}

void
popup_add(struct app *app, const struct popup_line *raw, int wrap_cols)
{
	struct popup_line line = {
		.heading = raw->heading, .bad = raw->bad, .swatch = raw->swatch, .marked = raw->marked, .faint = raw->faint, .hue = raw->hue,
	};
	struct buf safe = { 0 };

	names_safe(raw->left, &safe);
	line.left = keep(app, buf_str(&safe));
	buf_clear(&safe);
	names_safe(raw->right, &safe);
	line.right = keep(app, buf_str(&safe));
	buf_clear(&safe);
	names_safe(raw->text, &safe);
	struct str rest = buf_str(&safe);
	do {
		size_t take = wrap_cols > 0 ? text_prefix(rest, wrap_cols, NULL) : rest.len;
		take = whole_words(rest, take);
		line.text = keep(app, (struct str){ rest.at, take });
		vec_push(&app->popup.lines, line);
		line.left = line.right = STR("");
		rest.at += take;
		rest.len -= take;
	} while (rest.len > 0);
	buf_fini(&safe);
}

uint32_t
popup_line_count(struct app *app)
{
	return (uint32_t)app->popup.lines.len;
}

void
popup_line_item(struct app *app, uint32_t index, struct popup_item *item)
{
	const struct popup_line *line = &app->popup.lines.at[index];

	buf_add(&item->left, line->left);
	buf_add(&item->text, line->text);
	buf_add(&item->right, line->right);
	item->heading = line->heading;
	item->bad = line->bad;
	item->swatch = line->swatch;
	item->marked = line->marked;
	item->faint = line->faint;
	item->hue = line->hue;
}
