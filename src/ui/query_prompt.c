/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/query_prompt.h"

#include "analysis/query_hint.h"
#include "ui/fetch.h"
#include "ui/line.h"
#include "ui/selection.h"
#include "util/text.h"
#include "util/unit.h"

enum { ROWS_MOST = 9, ROWS_LEFT = 4, COLS_MOST = 110, HELP_COLS = 34, COLS_FOR_ALL = 80, LIVE_SPANS = 2000000 };

unsigned
query_ask(struct app *app)
{
	if (!dataset_has_spans(app->session->ds))
		return app_say(app, "there are no spans to ask");
	return prompt_open(app, PROMPT_QUERY);
}

/* ---- what is typed */

/* Whether a query can be evaluated with every key; else the note says why not, or for how long. */
static bool
is_live(struct app *app, const struct query *query, struct buf *note)
{
	struct str unread = query_unread(query, app->session->cache);

	if (app->session->ds->spans.count > LIVE_SPANS) {
		buf_add(note, STR("enter counts"));
		return false;
	}
	if (!unread.at || fetch_column(app, unread, true))
		return true;
	buf_add(note, STR("reading "));
	text_sanitise(unread, note);
	buf_addf(note, " %.0f%%", 100 * fetch_share(app));
	return false;
}

static void
note_count(struct app *app, const struct select_spec *select, const struct query *query, struct buf *note)
{
	const struct selected *before = selection_now(app), *selected;
	uint32_t of = before ? before->track_count : app->session->ds->track_count;

	if (!selected_get(app->session->cache, select, app->patterns, NULL, &selected) || !selected)
		return;
	unit_count(selected->track_count, note);
	buf_add(note, STR(" of "));
	unit_count(of, note);
	buf_add(note, of == 1 ? STR(" trace") : STR(" traces"));
	if (selected->track_count > 0)
		return;
	struct buf said = { 0 }, meant = { 0 };
	if (query_hint(query, app->session->cache, &said, &meant)) {
		buf_add(note, STR(": "));
		if (app->cols >= COLS_FOR_ALL || !meant.len)
			buf_add(note, buf_str(&said));
		if (app->cols >= COLS_FOR_ALL && meant.len)
			buf_add(note, STR(": "));
		buf_add(note, buf_str(&meant));
	}
	buf_fini(&said);
	buf_fini(&meant);
}

bool
query_note(struct app *app, struct str text, struct buf *note, size_t *bad_at)
{
	struct select_spec select = app->state.recipe.select;
	struct error err = { 0 };
	struct query *query = query_parse(text, &err);
	bool good = query && select_add(&select, app->patterns, text, &err);

	if (!good) {
		text_sanitise(str_of(err.text), note);
		if (bad_at)
			*bad_at = query ? text.len : (size_t)err.byte;
	} else if (is_live(app, query, note)) {
		note_count(app, &select, query, note);
	}
	query_free(query);
	return good;
}

void
query_prompt_change(struct app *app, struct str text)
{
	struct prompt *prompt = &app->prompt;
	struct query_typing *typing = &prompt->typing;

	typing->chosen = ID_NONE;
	completion_find(app, (struct str){ text.at, prompt->edit.at }, &typing->completion);
	typing->top = 0;
	if (text_width(text) > 0)
		prompt->bad = !query_note(app, text, &prompt->note, &prompt->bad_at);
}

void
query_prompt_again(struct app *app, bool list)
{
	struct prompt *prompt = &app->prompt;
	struct str text = buf_str(&prompt->edit.text);

	if (list && prompt->typing.chosen == ID_NONE)
		completion_find(app, (struct str){ text.at, prompt->edit.at }, &prompt->typing.completion);
	buf_clear(&prompt->note);
	if (text_width(text) > 0)
		prompt->bad = !query_note(app, text, &prompt->note, &prompt->bad_at);
}

/* ---- going on with what is offered */

/* The text with another word in place of the one that is being typed. */
static void
put_word(struct app *app, struct str word, bool space)
{
	struct line_edit *edit = &app->prompt.edit;
	const struct query_typing *typing = &app->prompt.typing;
	struct buf text = { 0 };

	buf_add(&text, (struct str){ typing->base.at, typing->completion.from });
	buf_add(&text, word);
	if (space)
		buf_addc(&text, ' ');
	size_t at = text.len;
	buf_add(&text, str_tail(buf_str(&typing->base), typing->base_at));
	line_edit_set(edit, buf_str(&text));
	edit->at = at < edit->text.len ? at : edit->text.len;
	buf_fini(&text);
}

/* Keeps what was typed, so that one candidate after the other can take the word's place. */
static void
begin_choice(struct app *app)
{
	struct query_typing *typing = &app->prompt.typing;

	buf_clear(&typing->base);
	buf_add(&typing->base, buf_str(&app->prompt.edit.text));
	typing->base_at = app->prompt.edit.at;
}

/* What all candidates begin with that begin with what is typed. */
static struct str
common_start(const struct completion *completion)
{
	struct str common = completion->at[0].text;

	for (size_t i = 1; i < completion->begins; i++) {
		size_t len = 0;
		while (len < common.len && len < completion->at[i].text.len && common.at[len] == completion->at[i].text.at[len])
			len++;
		common.len = len;
	}
	return (struct str){ common.at, text_prefix(common, (int)common.len, NULL) };
}

/* What is tried is noted as if it had been typed; the list stays. */
static void
note_choice(struct app *app)
{
	struct prompt *prompt = &app->prompt;

	buf_clear(&prompt->note);
	prompt->bad = !query_note(app, buf_str(&prompt->edit.text), &prompt->note, &prompt->bad_at);
}

static unsigned
choose(struct app *app, uint32_t index)
{
	struct query_typing *typing = &app->prompt.typing;

	if (typing->chosen == ID_NONE)
		begin_choice(app);
	typing->chosen = index;
	put_word(app, typing->completion.at[index].text, true);
	if (typing->completion.len == 1) {
		buf_clear(&app->prompt.note);
		app->prompt.bad = false;
		query_prompt_change(app, buf_str(&app->prompt.edit.text));
	} else {
		note_choice(app);
	}
	return UPDATE_DRAW;
}

/* The next one of the list, or the one before; first as far as all of them agree. */
static unsigned
go_on(struct app *app, bool backwards)
{
	struct query_typing *typing = &app->prompt.typing;
	uint32_t count = (uint32_t)typing->completion.len;
	size_t typed = app->prompt.edit.at - typing->completion.from;

	if (count == 0)
		return UPDATE_NONE;
	struct str common = common_start(&typing->completion);
	struct str word = { app->prompt.edit.text.at + typing->completion.from, typed };
	if (typing->chosen == ID_NONE && count > 1 && common.len > typed && str_starts(common, word)) {
		begin_choice(app);
		put_word(app, common, false);
		buf_clear(&app->prompt.note);
		app->prompt.bad = false;
		query_prompt_change(app, buf_str(&app->prompt.edit.text));
		return UPDATE_DRAW;
	}
	if (typing->chosen == ID_NONE)
		return choose(app, backwards ? count - 1 : 0);
	return choose(app, (typing->chosen + (backwards ? count - 1 : 1)) % count);
}

bool
query_prompt_handle(struct app *app, const struct event *event, unsigned *update_out)
{
	struct query_typing *typing = &app->prompt.typing;

	if (event->kind == EVENT_KEY && (event->key == K_TAB || event->key == K_BACKTAB) && event->mods == 0) {
		*update_out = go_on(app, event->key == K_BACKTAB);
		return true;
	}
	if (event->kind != EVENT_MOUSE || !rect_has(typing->shown, event->col, event->row))
		return false;
	*update_out = UPDATE_NONE;
	uint32_t index = typing->top + (uint32_t)(event->row - typing->shown.row);
	if (event->what == MOUSE_PRESS && event->button == BUTTON_LEFT && index < typing->completion.len)
		*update_out = choose(app, index);
	else if (event->what == MOUSE_WHEEL_DOWN && typing->top + (uint32_t)typing->shown.rows < typing->completion.len)
		typing->top++, *update_out = UPDATE_DRAW;
	else if (event->what == MOUSE_WHEEL_UP && typing->top > 0)
		typing->top--, *update_out = UPDATE_DRAW;
	return true;
}

void
query_prompt_close(struct app *app)
{
	struct query_typing *typing = &app->prompt.typing;

	fetch_stop(app, true);
	completion_fini(&typing->completion);
	buf_fini(&typing->base);
	*typing = (struct query_typing){ 0 };
}

/* ---- drawing */

/* The chosen one is always on screen. */
static void
settle_top(struct query_typing *typing, uint32_t rows)
{
	if (typing->chosen == ID_NONE)
		return;
	if (typing->chosen < typing->top)
		typing->top = typing->chosen;
	if (typing->chosen >= typing->top + rows)
		typing->top = typing->chosen - rows + 1;
}

/* Of their texts, less what words on them need beside. */
static int
widest(const struct completion *completion, uint32_t from, uint32_t count, int all)
{
	int most = all - HELP_COLS > all / 2 ? all - HELP_COLS : all / 2;
	int cols = 0;

	for (uint32_t i = from; i < from + count; i++)
		if (text_width(completion->at[i].text) > cols)
			cols = text_width(completion->at[i].text);
	return cols < most ? cols : most;
}

static void
draw_candidate(struct grid *grid, struct rect rect, const struct candidate *candidate, int text_cols, bool chosen)
{
	struct line line = line_begin(grid, rect, chosen ? ROLE_SELECTED : ROLE_POPUP);
	enum role ink = chosen ? ROLE_SELECTED_TEXT : ROLE_POPUP_TEXT;
	struct buf text = { 0 };

	grid_text_over(grid, line.col, line.row, 1, chosen ? STR(">") : STR(" "), PAINT(ROLE_SELECTED_TEXT), ATTR_BOLD);
	line_space(&line, 2);
	line.end--;
	int help_at = line.col + text_cols + 2;
	text_fit(candidate->text, text_cols, false, grid->ascii, &text);
	line_put(&line, buf_str(&text), ink, chosen ? ATTR_BOLD : 0);
	if (help_at < line.end) {
		line.col = help_at;
		line_put_cut(&line, candidate->help, chosen ? ROLE_SELECTED_TEXT : ROLE_DIM, 0);
	}
	buf_fini(&text);
}

void
query_prompt_draw(struct app *app, struct grid *grid, int bottom)
{
	struct query_typing *typing = &app->prompt.typing;
	const struct completion *completion = &typing->completion;
	int rows = bottom - ROWS_LEFT < ROWS_MOST ? bottom - ROWS_LEFT : ROWS_MOST;
	int cols = grid->cols < COLS_MOST ? grid->cols : COLS_MOST;

	typing->shown = (struct rect){ 0 };
	if ((uint32_t)(rows < 0 ? 0 : rows) > completion->len)
		rows = (int)completion->len;
	if (rows <= 0)
		return;
	settle_top(typing, (uint32_t)rows);
	typing->shown = (struct rect){ 0, bottom - rows, cols, rows };
	int text_cols = widest(completion, typing->top, (uint32_t)rows, cols);
	for (int i = 0; i < rows; i++) {
		uint32_t index = typing->top + (uint32_t)i;
		draw_candidate(grid, (struct rect){ 0, bottom - rows + i, cols, 1 }, &completion->at[index], text_cols, index == typing->chosen);
	}
}

/* ---- saved ones */

static uint32_t
saved_count(struct app *app)
{
	return (uint32_t)app->options.query_count;
}

static void
saved_item(struct app *app, uint32_t index, struct popup_item *item)
{
	text_sanitise(str_of(app->options.queries[index].name), &item->left);
	text_sanitise(str_of(app->options.queries[index].value), &item->text);
}

static unsigned
saved_choose(struct app *app, uint32_t index)
{
	return selection_add(app, str_of(app->options.queries[index].value));
}

const struct popup_ops saved_queries = {
	.title = "saved queries", .filter = true, .left_cols = 18, .count = saved_count, .item = saved_item, .choose = saved_choose,
};

unsigned
query_saved_open(struct app *app)
{
	if (!dataset_has_spans(app->session->ds))
		return app_say(app, "there are no spans to ask");
	if (!app->options.query_count)
		return app_say(app, "no queries are saved: \"queries\" in the configuration has them by name");
	return popup_open(app, &saved_queries);
}
