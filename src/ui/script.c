/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/script.h"

#include <errno.h>
#include <stdio.h>
#include <unistr.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/chars.h"

enum { CELL_MAX = 10000, FILE_LIMIT = 1 << 20 };

/* One line being understood. */
struct line {
	struct script *script;
	struct str     rest;      /* behind the verb */
	struct str     verb;
};

static struct str
trim(struct str text)
{
	while (text.len && char_is_blank(text.at[0]))
		text.at++, text.len--;
	while (text.len && (char_is_blank(text.at[text.len - 1]) || text.at[text.len - 1] == '\r'))
		text.len--;
	return text;
}

/* Takes the next word off the front; empty at the end. */
static struct str
next_word(struct str *text)
{
	struct str word = trim(*text);
	size_t len = 0;

	while (len < word.len && !char_is_blank(word.at[len]))
		len++;
	*text = str_tail(word, len);
	return (struct str){ word.at, len };
}

/* count numbers from 1 to CELL_MAX with the separator between them. */
static bool
read_numbers(struct str word, char separator, int count, int *out)
{
	size_t at = 0;

	for (int i = 0; i < count; i++) {
		int value = 0;
		size_t digits = 0;
		if (i > 0 && (at == word.len || word.at[at++] != separator))
			return false;
		for (; at < word.len && char_is_digit(word.at[at]) && value <= CELL_MAX; at++, digits++)
			value = value * 10 + (word.at[at] - '0');
		if (digits == 0 || value < 1 || value > CELL_MAX)
			return false;
		out[i] = value;
	}
	return at == word.len;
}

static void
add_mouse(struct line *line, enum mouse_what what, enum mouse_button button, int clicks, const int *cell, uint8_t mods)
{
	vec_push(&line->script->events, (struct event){ .kind = EVENT_MOUSE, .what = what, .button = button, .clicks = clicks,
	                                                .col = cell[0] - 1, .row = cell[1] - 1, .mods = mods });
}

static void
add_click(struct line *line, enum mouse_button button, int clicks, const int *cell)
{
	add_mouse(line, MOUSE_PRESS, button, clicks, cell, 0);
	add_mouse(line, MOUSE_RELEASE, button, 0, cell, 0);
}

static bool
parse_keys(struct line *line)
{
	struct str word = next_word(&line->rest);

	if (word.len == 0)
		return false;
	for (; word.len; word = next_word(&line->rest)) {
		struct event event = { .kind = EVENT_KEY };
		if (!key_parse(word, &event.key, &event.mods))
			return false;
		vec_push(&line->script->events, event);
	}
	return true;
}

static bool
parse_type(struct line *line)
{
	struct str text = trim(line->rest);

	while (text.len) {
		ucs4_t point;
		int len = u8_mbtoucr(&point, (const uint8_t *)text.at, text.len);
		if (len <= 0 || point < ' ')
			return false;
		vec_push(&line->script->events, (struct event){ .kind = EVENT_KEY, .key = point });
		text.at += len;
		text.len -= (size_t)len;
	}
	return true;
}

static bool
parse_pointer(struct line *line)
{
	int cell[2];

	if (!read_numbers(trim(line->rest), ',', 2, cell))
		return false;
	if (str_equal(line->verb, STR("move"))) {
		add_mouse(line, MOUSE_MOVE, BUTTON_NONE, 0, cell, 0);
	} else if (str_equal(line->verb, STR("right"))) {
		add_click(line, BUTTON_RIGHT, 1, cell);
	} else {
		add_click(line, BUTTON_LEFT, 1, cell);
		if (str_equal(line->verb, STR("double")))
			add_click(line, BUTTON_LEFT, 2, cell);
	}
	return true;
}

static bool
parse_drag(struct line *line)
{
	int cells[4];

	if (!read_numbers(trim(line->rest), ',', 4, cells))
		return false;
	const int middle[2] = { (cells[0] + cells[2]) / 2, (cells[1] + cells[3]) / 2 };
	add_mouse(line, MOUSE_PRESS, BUTTON_LEFT, 1, cells, 0);
	add_mouse(line, MOUSE_DRAG, BUTTON_LEFT, 0, middle, 0);
	add_mouse(line, MOUSE_DRAG, BUTTON_LEFT, 0, cells + 2, 0);
	add_mouse(line, MOUSE_RELEASE, BUTTON_LEFT, 0, cells + 2, 0);
	return true;
}

static bool
parse_wheel(struct line *line)
{
	static const struct { const char *name; enum mouse_what what; } ways[] = {
		{ "up", MOUSE_WHEEL_UP }, { "down", MOUSE_WHEEL_DOWN }, { "left", MOUSE_WHEEL_LEFT }, { "right", MOUSE_WHEEL_RIGHT },
	};
	struct str way = next_word(&line->rest), where = next_word(&line->rest), with = next_word(&line->rest);
	uint8_t mods = str_equal(with, STR("ctrl")) ? MOD_CTRL : str_equal(with, STR("alt")) ? MOD_ALT : 0;
	int cell[2];

	if ((with.len && !mods) || trim(line->rest).len || !read_numbers(where, ',', 2, cell))
		return false;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (str_equal(way, str_of(ways[i].name))) {
			add_mouse(line, ways[i].what, BUTTON_NONE, 0, cell, mods);
			return true;
		}
	return false;
}

static const struct {
	const char    *verb;
	enum script_do what;
	bool         (*parse)(struct line *line);    /* SCRIPT_EVENTS */
	const char    *form;
} verbs[] = {
	{ "key", SCRIPT_EVENTS, parse_keys, "key NAME..." },
	{ "type", SCRIPT_EVENTS, parse_type, "type TEXT" },
	{ "move", SCRIPT_EVENTS, parse_pointer, "move X,Y" },
	{ "click", SCRIPT_EVENTS, parse_pointer, "click X,Y" },
	{ "double", SCRIPT_EVENTS, parse_pointer, "double X,Y" },
	{ "right", SCRIPT_EVENTS, parse_pointer, "right X,Y" },
	{ "drag", SCRIPT_EVENTS, parse_drag, "drag X1,Y1,X2,Y2" },
	{ "wheel", SCRIPT_EVENTS, parse_wheel, "wheel up|down|left|right X,Y [ctrl|alt]" },
	{ "resize", SCRIPT_RESIZE, NULL, "resize COLSxROWS" },
	{ "wait-idle", SCRIPT_WAIT, NULL, "wait-idle" },
	{ "save", SCRIPT_SAVE, NULL, "save FILE.txt or FILE.svg" },
	{ "quit", SCRIPT_QUIT, NULL, "quit" },
};

static bool
parse_other(struct line *line, enum script_do what, struct script_step *step)
{
	struct str rest = trim(line->rest);
	int size[2];

	switch (what) {
	case SCRIPT_RESIZE:
		if (!read_numbers(rest, 'x', 2, size))
			return false;
		step->cols = size[0];
		step->rows = size[1];
		return true;
	case SCRIPT_SAVE:
		if (!str_ends(rest, STR(".txt")) && !str_ends(rest, STR(".svg")))
			return false;
		step->path = xstrndup(rest.at, rest.len);
		return true;
	default:
		return rest.len == 0;
	}
}

static bool
parse_line(struct line *line, struct script_step *step, struct error *err)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (!str_equal(line->verb, str_of(verbs[i].verb)))
			continue;
		step->what = verbs[i].what;
		step->first = line->script->events.len;
		if (!(verbs[i].parse ? verbs[i].parse(line) : parse_other(line, step->what, step)))
			return error_set(err, ERROR_USAGE, "this step is written '%s'", verbs[i].form);
		step->count = line->script->events.len - step->first;
		return true;
	}
	return error_set(err, ERROR_USAGE, "no step is called '%.*s'", (int)(line->verb.len < 64 ? line->verb.len : 64), line->verb.at);
}

bool
script_parse(struct str text, const char *path, struct script *script, struct error *err)
{
	uint64_t number = 0;

	*script = (struct script){ .path = path };
	while (text.len) {
		const char *end = memchr(text.at, '\n', text.len);
		struct str rest = { text.at, end ? (size_t)(end - text.at) : text.len };
		size_t used = rest.len + (end != NULL);
		number++;
		text = str_tail(text, used);
		struct line line = { .script = script, .verb = next_word(&rest) };
		line.rest = rest;
		if (line.verb.len == 0 || line.verb.at[0] == '#')
			continue;
		struct script_step step = { .line = number };
		if (!parse_line(&line, &step, err))
			return error_at_line(err, path, number);
		vec_push(&script->steps, step);
	}
	return true;
}

bool
script_read(const char *path, struct script *script, struct error *err)
{
	FILE *file = fopen(path, "r");
	struct buf text = { 0 };
	char part[4096];
	size_t count;

	*script = (struct script){ .path = path };
	if (!file) {
		error_set(err, ERROR_USAGE, "cannot read the script: %s", strerror(errno));
		return error_at_line(err, path, 0);
	}
	while (text.len <= FILE_LIMIT && (count = fread(part, 1, sizeof part, file)) > 0)
		buf_add(&text, (struct str){ part, count });
	bool good = !ferror(file) && text.len <= FILE_LIMIT;
	fclose(file);
	if (!good) {
		error_set(err, ERROR_USAGE, "cannot read the script: %s", text.len > FILE_LIMIT ? "it is too long" : strerror(errno));
		error_at_line(err, path, 0);
	} else {
		good = script_parse(buf_str(&text), path, script, err);
	}
	buf_fini(&text);
	return good;
}

void
script_fini(struct script *script)
{
	for (size_t i = 0; i < script->steps.len; i++)
		free(script->steps.at[i].path);
	vec_fini(&script->steps);
	vec_fini(&script->events);
}
