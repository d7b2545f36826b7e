/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "ui/line_edit.h"
#include "ui/list.h"
#include "ui/state.h"

static void
press(struct line_edit *edit, const char *keys, const struct line_history *history)
{
	while (*keys) {
		size_t len = strcspn(keys, " ");
		struct event event = { .kind = EVENT_KEY };
		if (key_parse((struct str){ keys, len }, &event.key, &event.mods))
			line_edit_handle(edit, &event, history);
		keys += len + (keys[len] == ' ');
	}
}

static void
paste(struct line_edit *edit, struct str text)
{
	line_edit_handle(edit, &(struct event){ .kind = EVENT_PASTE, .text = text }, NULL);
}

static void
check(const struct line_edit *edit, const char *want, size_t at, const char *what)
{
	is_text(buf_str(&edit->text).at, want, what);
	is_int((long long)edit->at, (long long)at, "and the cursor is there");
}

static void
test_editing(void)
{
	struct line_edit edit;

	line_edit_init(&edit, STR("foo bar"), 100);
	check(&edit, "foo bar", 7, "begins at the end of its text");
	press(&edit, "! Home X", NULL);
	check(&edit, "Xfoo bar!", 1, "letters go in at the cursor");
	press(&edit, "Right Delete Delete Backspace", NULL);
	check(&edit, "X bar!", 1, "Backspace and Delete");
	press(&edit, "End Ctrl-w", NULL);
	check(&edit, "X ", 2, "Ctrl-W takes a word");
	press(&edit, "y Ctrl-a Ctrl-k", NULL);
	check(&edit, "", 0, "Ctrl-K takes the rest");
	press(&edit, "Backspace Delete Left Right Ctrl-w Ctrl-u Ctrl-h Ctrl-d Ctrl-b Ctrl-f", NULL);
	check(&edit, "", 0, "nothing happens to an empty line");
	press(&edit, "a b c Ctrl-b Ctrl-b Ctrl-u", NULL);
	check(&edit, "bc", 0, "Ctrl-U takes what is before");
	line_edit_fini(&edit);
}

static void
test_unicode(void)
{
	struct line_edit edit;

	line_edit_init(&edit, STR(""), 100);
	paste(&edit, STR("a\xe6\x97\xa5" "e\xcc\x81" "b"));
	check(&edit, "a\xe6\x97\xa5" "e\xcc\x81" "b", 8, "pasted text is kept");
	press(&edit, "Left Left", NULL);
	check(&edit, "a\xe6\x97\xa5" "e\xcc\x81" "b", 4, "the cursor moves by clusters");
	press(&edit, "Delete Backspace", NULL);
	check(&edit, "ab", 1, "and so does what is taken away");
	paste(&edit, STR("\x1b[31m\n\xff"));
	ok(!strpbrk(edit.text.at, "\x1b\n\xff"), "control characters and invalid bytes do not get in");
	line_edit_fini(&edit);
	line_edit_init(&edit, STR(""), 4);
	paste(&edit, STR("ab\xe6\x97\xa5"));
	check(&edit, "ab", 2, "a cluster that would pass the limit is left out whole");
	press(&edit, "c d e", NULL);
	check(&edit, "abcd", 4, "no more than the limit is taken");
	line_edit_fini(&edit);
}

static void
test_recall(void)
{
	struct line_history history = { 0 };
	struct line_edit edit;

	line_history_add(&history, STR("one"));
	line_history_add(&history, STR("two"));
	line_history_add(&history, STR("two"));
	line_history_add(&history, STR(""));
	is_int((long long)history.len, 2, "repeats and empty lines are not remembered");
	line_edit_init(&edit, STR("new"), 100);
	press(&edit, "Up", &history);
	check(&edit, "two", 3, "up recalls the last line");
	press(&edit, "Up Up Up", &history);
	check(&edit, "one", 3, "and stops at the first");
	press(&edit, "Down Down", &history);
	check(&edit, "new", 3, "down comes back to what was being typed");
	press(&edit, "Down", &history);
	check(&edit, "new", 3, "and no further");
	for (int i = 0; i < 300; i++)
		line_history_add(&history, i % 2 ? STR("x") : STR("y"));
	ok(history.len <= 100, "it does not grow for ever");
	line_edit_fini(&edit);
	line_history_fini(&history);
}

static void
test_list(void)
{
	struct list list = { .count = 10, .visible = 4 };

	list_move(&list, 5);
	ok(list.cursor == 5 && list.top == 2, "the list follows its cursor");
	list_scroll(&list, -2);
	ok(list.cursor == 3 && list.top == 0, "the cursor follows the list");
	list_move(&list, 1000000);
	ok(list.cursor == 9 && list.top == 6, "to the end");
	list_scroll(&list, -INT32_MAX);
	ok(list.cursor == 3 && list.top == 0, "and back");
	list.count = 2;
	list_settle(&list);
	ok(list.cursor == 1 && list.top == 0, "a list that shrank");
	list.count = 0;
	list_settle(&list);
	ok(list.cursor == 0 && list.top == 0, "an empty list");
	list_move(&list, 1);
	ok(list.cursor == 0, "stays where it is");
	list = (struct list){ .count = 3, .visible = 0 };
	list_move(&list, 2);
	ok(list.cursor == 2 && list.top == 2 && list.visible == 1, "no room counts as one row");
}

static void
test_history(void)
{
	struct history history = { 0 };
	struct view_state state = { .focus = 0 };

	ok(!history_go(&history, &state, false) && !history_go(&history, &state, true), "nowhere to go at first");
	for (node_id n = 1; n <= 3; n++) {
		history_push(&history, &state, 0);
		state.focus = n;
	}
	state.cursor = 77;
	ok(history_go(&history, &state, false) && state.focus == 2, "back");
	ok(history_go(&history, &state, true) && state.focus == 3 && state.cursor == 77, "forward to how it was left");
	ok(!history_go(&history, &state, true), "and no further");
	history_go(&history, &state, false);
	history_go(&history, &state, false);
	history_push(&history, &state, 0);
	state.focus = 9;
	ok(!history_can(&history, true), "a new step drops what lay ahead");
	ok(history_go(&history, &state, false) && state.focus == 1, "and leads back to where it began");
	history_fini(&history);

	for (int i = 0; i < 5; i++) {
		history_push(&history, &state, 1);
		state.focus = 20 + (node_id)i;
	}
	ok(history_go(&history, &state, false) && state.focus == 1 && !history_can(&history, false), "steps of one kind are one");
	for (int i = 0; i < 1000; i++)
		history_push(&history, &state, 0);
	ok(history.len <= 200, "history does not grow for ever");
	history_fini(&history);
}

int
main(void)
{
	test_editing();
	test_unicode();
	test_recall();
	test_list();
	test_history();
	return done();
}
