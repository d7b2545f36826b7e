/* SPDX-License-Identifier: MIT
 * A box over the picture with a scrolling list in it, for choosing or for reading: pickers, palette, menu, help, notes, details.
 * One descriptor each; the list, its filter, its drawing and its keys are here once. */
#ifndef UI_POPUP_H
#define UI_POPUP_H

#include "ui/event.h"
#include "ui/grid.h"
#include "ui/line_edit.h"
#include "ui/list.h"
#include "util/arena.h"
#include "util/vec.h"

struct app;

/* A line of the list.  Texts are sanitised. */
struct popup_item {
	struct buf left;       /* in the accent colour, padded to the widest */
	struct buf text;
	struct buf right;      /* dimmed, at the right edge */
	bool       heading;
	bool       marked;     /* what is in force now */
	bool       bad;        /* a warning or an error */
	bool       faint;      /* would do nothing now */
	bool       swatch;     /* a patch of colour in place of left */
	uint8_t    hue;
};

struct popup_ops {
	const char *title;
	bool        filter;     /* typing narrows the list */
	int         left_cols;  /* room for left; 0: none */
	uint32_t  (*count)(struct app *app);
	void      (*item)(struct app *app, uint32_t index, struct popup_item *item);    /* item comes empty */
	/* Enter or a click, after the popup is closed.  NULL: for reading only, the list scrolls without a chosen row. */
	unsigned  (*choose)(struct app *app, uint32_t index);

	/* Where the list can be in several orders: makes popup->order and popup->order_word, those of the next order when next is set. */
	void      (*arrange)(struct app *app, bool next);
	/* Where what is typed can itself be chosen: a first line made of it (false: none), and choosing that. */
	/* "--" in front of it is passed over. */
	bool      (*offer)(struct app *app, struct str typed, struct popup_item *item);
	unsigned  (*take)(struct app *app, struct str typed);
};

void popup_item_fini(struct popup_item *item);

/* A line made when the popup was opened, where making it each time would be dear. */
struct popup_line {
	struct str left, text, right;
	bool       heading, bad, swatch, marked, faint;
	uint8_t    hue;        /* of the swatch */
};

#define POPUP_OFFER UINT32_MAX

struct popup {
	const struct popup_ops *ops;      /* NULL: none is open */
	struct list             list;     /* over shown */
	struct str              subject;  /* what it is about, behind the title; in the arena */
	struct line_edit        filter;
	struct { VEC(uint32_t); } shown;  /* indices that pass the filter; POPUP_OFFER: what is typed */
	uint32_t              *order;     /* all indices in the order that they are shown in; in the arena.  NULL: as they are */
	const char            *order_word;
	struct arena            arena;    /* of the lines' texts */
	struct { VEC(struct popup_line); } lines;
	bool                    has_anchor;
	int                     anchor_col, anchor_row;    /* where it was asked for with the mouse */
};

unsigned popup_open(struct app *app, const struct popup_ops *ops);
void     popup_subject(struct app *app, struct str safe);    /* of the open one */
void     popup_close(struct app *app);
void     popup_type(struct app *app, struct str text);       /* into the filter of the open one, in place of what is there */
unsigned popup_handle(struct app *app, const struct event *event);
void     popup_draw(struct app *app, struct grid *grid);
void     popup_choose_row(struct app *app, uint32_t index);    /* puts the cursor on an item */
/* The item of a row of the list, which is below list.count; item comes empty. */
void     popup_shown_item(struct app *app, uint32_t row, struct popup_item *item);

/* Lines made beforehand: popup_begin(), then lines, then popup_open() with popup_line_count and popup_line_item in its ops.
 * Texts are sanitised here; text longer than wrap_cols goes on in further lines. */
void     popup_begin(struct app *app);
void     popup_add(struct app *app, const struct popup_line *raw, int wrap_cols);
int      popup_text_cols(const struct app *app, int left_cols);    /* what text has room for without going on */
uint32_t popup_line_count(struct app *app);
void     popup_line_item(struct app *app, uint32_t index, struct popup_item *item);

/* The popups there are. */
unsigned help_open(struct app *app);
unsigned palette_open(struct app *app);
unsigned menu_open(struct app *app, int col, int row);    /* col -1: in the middle */
unsigned track_picker_open(struct app *app);
unsigned metric_picker_open(struct app *app);
unsigned theme_picker_open(struct app *app);
unsigned notes_open(struct app *app);
unsigned pills_open(struct app *app);

#endif
