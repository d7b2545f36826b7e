/* SPDX-License-Identifier: MIT
 * The prompt for a query: what it would keep while it is typed, where it is wrong, and a list of what it can go on with. */
#ifndef UI_QUERY_PROMPT_H
#define UI_QUERY_PROMPT_H

#include "ui/viewer.h"

/* The action: opens the prompt.  enum update. */
unsigned query_ask(struct app *app);
/* Opens a list of the saved queries. */
unsigned query_saved_open(struct app *app);

/* For the prompt: after every change; keys and clicks for the list (false: not for it); the list above the line, whose word begins in
 * column word_col; and its end. */
void     query_prompt_change(struct app *app, struct str text);
void     query_prompt_again(struct app *app, bool list);    /* nothing was typed, but more is known; list: of what it can go on with */
bool     query_prompt_handle(struct app *app, const struct event *event, unsigned *update_out);
void     query_prompt_draw(struct app *app, struct grid *grid, int bottom);
void     query_prompt_close(struct app *app);

/* Says what a query would keep, or what is wrong with it: false, with the byte in *bad_at (may be NULL). */
bool     query_note(struct app *app, struct str text, struct buf *note, size_t *bad_at);

/* The saved queries, in the palette behind a word. */
extern const struct popup_ops saved_queries;

#endif
