/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/script.h"

#include "tests/tap.h"
#include "util/alloc.h"
#include "util/buf.h"

static const char steps[] =
	"# walk\n"
	"\n"
	"  key j Ctrl-c Enter \r\n"
	"type a bö c\n"
	"move 3,4\n"
	"click 1,1\n"
	"double 5,6\n"
	"right 7,8\n"
	"drag 1,1,11,5\n"
	"wheel up 2,2\n"
	"wheel down 2,2 ctrl\n"
	"wheel left 2,2 alt\n"
	"resize 120x40\n"
	"wait-idle\n"
	"save out/a b.svg\n"
	"quit";

static const struct { const char *text; int line; const char *says; } bad[] = {
	{ "jump 1,1", 1, "jump" },
	{ "key j\nkey\n", 2, "key NAME..." },
	{ "key Hyper-x", 1, "key NAME..." },
	{ "type \x1b", 1, "type TEXT" },
	{ "type \xff", 1, "type TEXT" },
	{ "click 0,1", 1, "click X,Y" },
	{ "click 1", 1, "click X,Y" },
	{ "click 1,2,3", 1, "click X,Y" },
	{ "click 1,99999999999999999999", 1, "click X,Y" },
	{ "\n\ndrag 1,2,3\n", 3, "drag X1,Y1,X2,Y2" },
	{ "wheel sideways 1,1", 1, "wheel" },
	{ "wheel up 1,1 shift", 1, "wheel" },
	{ "wheel up 1,1 ctrl alt", 1, "wheel" },
	{ "resize 80", 1, "resize COLSxROWS" },
	{ "resize 80x0", 1, "resize COLSxROWS" },
	{ "save a.png", 1, "save FILE.txt or FILE.svg" },
	{ "quit now", 1, "quit" },
	{ "wait-idle 3", 1, "wait-idle" },
};

static void
test_good(void)
{
	struct script script;
	struct error err = { 0 };
	static const struct { enum script_do what; int line; size_t count; } want[] = {
		{ SCRIPT_EVENTS, 3, 3 }, { SCRIPT_EVENTS, 4, 6 }, { SCRIPT_EVENTS, 5, 1 }, { SCRIPT_EVENTS, 6, 2 }, { SCRIPT_EVENTS, 7, 4 },
		{ SCRIPT_EVENTS, 8, 2 }, { SCRIPT_EVENTS, 9, 4 }, { SCRIPT_EVENTS, 10, 1 }, { SCRIPT_EVENTS, 11, 1 }, { SCRIPT_EVENTS, 12, 1 },
		{ SCRIPT_RESIZE, 13, 0 }, { SCRIPT_WAIT, 14, 0 }, { SCRIPT_SAVE, 15, 0 }, { SCRIPT_QUIT, 16, 0 },
	};

	ok(script_parse(STR(steps), "s", &script, &err), "the steps are understood");
	is_int((long long)script.steps.len, sizeof want / sizeof *want, "all of them");
	for (size_t i = 0; i < script.steps.len; i++) {
		const struct script_step *step = &script.steps.at[i];
		ok(step->what == want[i].what && step->line == (uint64_t)want[i].line && step->count == want[i].count, "step %zu", i);
	}
	const struct event *events = script.events.at;
	ok(events[1].key == 'c' && events[1].mods == MOD_CTRL && events[2].key == K_ENTER, "keys");
	ok(events[4].key == ' ' && events[6].key == 0xf6, "what is typed");
	ok(events[9].what == MOUSE_MOVE && events[9].col == 2 && events[9].row == 3, "cells count from one");
	ok(events[12].what == MOUSE_PRESS && events[12].clicks == 1 && events[14].clicks == 2, "a double click is two");
	ok(events[16].button == BUTTON_RIGHT, "the right button");
	ok(events[19].what == MOUSE_DRAG && events[19].col == 5 && events[20].col == 10 && events[20].row == 4, "a drag has a way");
	ok(events[22].what == MOUSE_WHEEL_UP && events[23].mods == MOD_CTRL && events[24].mods == MOD_ALT, "the wheel");
	ok(script.steps.at[10].cols == 120 && script.steps.at[10].rows == 40, "a size");
	is_text(script.steps.at[12].path, "out/a b.svg", "a path");
	script_fini(&script);
}

static void
test_bad(void)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct script script;
		struct error err = { 0 };
		bool parsed = script_parse(str_of(bad[i].text), "walk.txt", &script, &err);
		if (!ok(!parsed && err.code == ERROR_USAGE && err.line == (uint64_t)bad[i].line && strcmp(err.path, "walk.txt") == 0 && strstr(err.text, bad[i].says), "no step: %s", bad[i].says))
			diag("line %d: %s", (int)err.line, err.text);
		script_fini(&script);
	}
}

int
main(void)
{
	struct script script;
	struct error err = { 0 };

	test_good();
	test_bad();
	ok(!script_read("/nonexistent/script", &script, &err) && err.code == ERROR_USAGE, "a file that is not there");
	script_fini(&script);
	return done();
}
