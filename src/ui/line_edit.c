/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/line_edit.h"

#include <unistr.h>

#include "util/alloc.h"
#include "util/text.h"

enum { HISTORY_MAX = 100 };

void
line_history_add(struct line_history *history, struct str line)
{
	if (line.len == 0 || (history->len && str_equal(str_of(vec_last(history)), line)))
		return;
	if (history->len == HISTORY_MAX) {
		free(history->at[0]);
		memmove(history->at, history->at + 1, (HISTORY_MAX - 1) * sizeof *history->at);
		history->len--;
	}
	vec_push(history, xstrndup(line.at, line.len));
}

void
line_history_fini(struct line_history *history)
{
	for (size_t i = 0; i < history->len; i++)
		free(history->at[i]);
	vec_fini(history);
}

void
line_edit_init(struct line_edit *edit, struct str text, size_t limit)
{
	*edit = (struct line_edit){ .limit = limit };
	line_edit_set(edit, text);
}

void
line_edit_fini(struct line_edit *edit)
{
	buf_fini(&edit->text);
	buf_fini(&edit->typed);
}

static size_t
cluster_bytes(struct str safe)
{
	int unused;

	return text_cluster(safe, &unused);
}

/* Puts text in at the insertion point; what does not fit as a whole cluster is left out. */
static void
insert(struct line_edit *edit, struct str safe)
{
	size_t room = edit->limit > edit->text.len ? edit->limit - edit->text.len : 0;
	size_t take = 0;

	while (take < safe.len) {
		size_t step = cluster_bytes(str_tail(safe, take));
		if (step == 0 || take + step > room)
			break;
		take += step;
	}
	vec_reserve(&edit->text, edit->text.len + take + 1);
	memmove(edit->text.at + edit->at + take, edit->text.at + edit->at, edit->text.len - edit->at);
	memcpy(edit->text.at + edit->at, safe.at ? safe.at : "", take);
	edit->text.len += take;
	edit->text.at[edit->text.len] = '\0';
	edit->at += take;
}

static void
insert_raw(struct line_edit *edit, struct str raw)
{
	struct buf safe = { 0 };

	text_sanitise(raw, &safe);
	insert(edit, buf_str(&safe));
	buf_fini(&safe);
}

void
line_edit_set(struct line_edit *edit, struct str text)
{
	buf_clear(&edit->text);
	edit->at = 0;
	insert_raw(edit, text);
}

static void
erase(struct line_edit *edit, size_t from, size_t to)
{
	if (from >= to)
		return;
	memmove(edit->text.at + from, edit->text.at + to, edit->text.len - to);
	edit->text.len -= to - from;
	edit->text.at[edit->text.len] = '\0';
	edit->at = from;
}

static size_t
next_cluster(const struct line_edit *edit, size_t at)
{
	return at + cluster_bytes((struct str){ buf_str(&edit->text).at + at, edit->text.len - at });
}

static size_t
previous_cluster(const struct line_edit *edit)
{
	size_t before = 0, at = 0;

	while (at < edit->at) {
		before = at;
		at = next_cluster(edit, at);
		if (at == before)
			break;
	}
	return before;
}

static size_t
word_start(const struct line_edit *edit)
{
	size_t at = edit->at;

	while (at > 0 && edit->text.at[at - 1] == ' ')
		at--;
	while (at > 0 && edit->text.at[at - 1] != ' ')
		at--;
	return at;
}

/* by 1: a line further back. */
static void
recall(struct line_edit *edit, const struct line_history *history, int by)
{
	size_t want = edit->recalled + (size_t)by;

	if (!history || (by < 0 && edit->recalled == 0) || want > history->len)
		return;
	if (edit->recalled == 0) {
		buf_clear(&edit->typed);
		buf_add(&edit->typed, buf_str(&edit->text));
	}
	edit->recalled = want;
	line_edit_set(edit, want ? str_of(history->at[history->len - want]) : buf_str(&edit->typed));
}

static bool
handle_control(struct line_edit *edit, uint32_t key)
{
	switch (key) {
	case 'a': edit->at = 0; return true;
	case 'e': edit->at = edit->text.len; return true;
	case 'b': edit->at = previous_cluster(edit); return true;
	case 'f': edit->at = next_cluster(edit, edit->at); return true;
	case 'd': erase(edit, edit->at, next_cluster(edit, edit->at)); return true;
	case 'h': erase(edit, previous_cluster(edit), edit->at); return true;
	case 'k': erase(edit, edit->at, edit->text.len); return true;
	case 'u': erase(edit, 0, edit->at); return true;
	case 'w': erase(edit, word_start(edit), edit->at); return true;
	default:  return false;
	}
}

static bool
handle_named(struct line_edit *edit, uint32_t key, const struct line_history *history)
{
	switch (key) {
	case K_LEFT:      edit->at = previous_cluster(edit); return true;
	case K_RIGHT:     edit->at = next_cluster(edit, edit->at); return true;
	case K_HOME:      edit->at = 0; return true;
	case K_END:       edit->at = edit->text.len; return true;
	case K_BACKSPACE: erase(edit, previous_cluster(edit), edit->at); return true;
	case K_DELETE:    erase(edit, edit->at, next_cluster(edit, edit->at)); return true;
	case K_UP:        recall(edit, history, 1); return history != NULL;
	case K_DOWN:      recall(edit, history, -1); return history != NULL;
	default:          return false;
	}
}

bool
line_edit_handle(struct line_edit *edit, const struct event *event, const struct line_history *history)
{
	uint8_t bytes[6];

	if (event->kind == EVENT_PASTE) {
		insert_raw(edit, event->text);
		return true;
	}
	if (event->kind != EVENT_KEY || (event->mods & MOD_ALT))
		return false;
	if (event->key >= K_FIRST_NAMED)
		return event->mods == 0 && handle_named(edit, event->key, history);
	if (event->mods & MOD_CTRL)
		return handle_control(edit, event->key);
	int len = u8_uctomb(bytes, event->key, sizeof bytes);
	if (len <= 0 || event->key < ' ' || event->key == 0x7f)
		return false;
	insert_raw(edit, (struct str){ (const char *)bytes, (size_t)len });
	return true;
}
