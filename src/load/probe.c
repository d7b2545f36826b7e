/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/probe.h"

#include <stdio.h>

#include "load/json.h"
#include "load/json_scan.h"
#include "load/reply.h"
#include "util/text.h"

#define BINARY_LOOK   ((size_t)4 << 10)    /* bytes that decide between binary and text */
#define LINE_SCAN_MAX ((size_t)16 << 20)   /* bytes in which a first line must end for lines to frame documents */
#define STREAM_FRAMES ((size_t)8 << 20)    /* bytes of a moving window that may be spent on proving line framing */
#define SHOWN_MAX     40u                  /* bytes of an unknown input that its error shows */
#define SHOWN_KEYS    8u
#define CERTAIN_SCORE 90                   /* no format that is told by what comes later has more */
#define WEAK_SCORE    30                   /* below it a file that is known to be something else is that */

bool
probe_has(const struct probe *probe, const char *path)
{
	size_t len = strlen(path);
	const char *at = probe->paths.len ? probe->paths.at : "", *end = at + probe->paths.len;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		if ((size_t)(newline - at) == len && memcmp(at, path, len) == 0)
			return true;
		at = newline + 1;
	}
	return false;
}

int
probe_shape(const struct probe *probe, const struct probe_shape *shapes, size_t count, const char **why_out)
{
	for (size_t i = 0; probe->json && i < count; i++) {
		const struct probe_shape *shape = &shapes[i];
		size_t met = 0, all = sizeof shape->paths / sizeof *shape->paths;

		while (met < all && shape->paths[met] && probe_has(probe, shape->paths[met]))
			met++;
		if (met < all && shape->paths[met])
			continue;
		*why_out = shape->why;
		return shape->score;
	}
	return 0;
}

static bool
is_binary(struct str head)
{
	size_t len = head.len < BINARY_LOOK ? head.len : BINARY_LOOK;

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)head.at[i] < 0x20 && !memchr("\t\n\f\r\33", head.at[i], 5))
			return true;
	return false;
}

/* Where JSON begins: behind blanks and the line )]}' that some servers send first. */
static size_t
json_start(struct str text)
{
	size_t at = 0;

	if (str_starts(text, STR(")]}'"))) {
		const char *newline = memchr(text.at, '\n', text.len);
		at = newline ? (size_t)(newline - text.at) : text.len;
	}
	while (at < text.len && memchr(" \t\r\n", text.at[at], 4))
		at++;
	return at;
}

/* Whether a document begins here: a bracket with something in it that JSON allows.  Names of frames may begin with one too. */
static bool
is_json(struct str text)
{
	if (!text.len || (text.at[0] != '{' && text.at[0] != '['))
		return false;
	for (size_t at = 1; at < text.len; at++)
		if (!memchr(" \t\r\n", text.at[at], 4))
			return memchr(text.at[0] == '{' ? "\"}" : "\"{[]-0123456789tfnNI", text.at[at], text.at[0] == '{' ? 2 : 20) != NULL;
	return true;
}

/* Bytes of the first line, if they are more than PROBE_HEAD_MAX. */
static size_t
first_line(struct str text)
{
	size_t head = text.len < PROBE_HEAD_MAX ? text.len : PROBE_HEAD_MAX, line = str_find_char(text, '\n');

	line += line < text.len;
	return line > head ? line : head;
}

void
prober_look(struct prober *prober, struct str text, bool whole)
{
	struct probe *seen = &prober->seen;
	size_t start = json_start(text);

	*seen = (struct probe){
		.json = is_json(str_tail(text, start)),
		.binary = is_binary(text),
	};
	seen->head = str_head(text, text.len < PROBE_HEAD_MAX ? text.len : PROBE_HEAD_MAX);
	if (!seen->json)
		seen->head.len = first_line(text);
	seen->whole = whole && seen->head.len == text.len;
	if (!seen->json)
		return;
	outline_read(&prober->outline, str_tail(text, start), whole);
	seen->paths = buf_str(&prober->outline.paths);
	seen->json_lines = prober->outline.lines == LINES_PROVEN;
}

void
prober_fini(struct prober *prober)
{
	outline_fini(&prober->outline);
	prober->seen = (struct probe){ 0 };
}

const struct load_format *
probe_best(const struct probe *probe, const struct load_format **rival_out)
{
	const struct load_format *best = NULL;
	int best_score = 0;

	*rival_out = NULL;
	for (const struct load_format *const *at = load_formats; *at; at++) {
		const char *why = "";
		int score = (*at)->score(probe, &why);
		if (score > best_score) {
			best = *at;
			best_score = score;
			*rival_out = NULL;
		} else if (best && score == best_score) {
			*rival_out = *at;
		}
	}
	return best;
}

/* Whether what was seen decides which format it is, and only whether lines frame its documents is left. */
static bool
is_certain(const struct probe *seen, const struct load_format *format)
{
	const char *why;

	return format && seen->json && format->score(seen, &why) >= CERTAIN_SCORE;
}

/* No value has ended in what was looked at, which is one line: how much shows whether one does where that line ends.  0: the end is too
 * far away, or nothing follows. */
static size_t
look_at_line(const struct input *in, size_t looked)
{
	const char *from = in->begin + looked;
	size_t left = (size_t)(in->end - from);
	const char *newline = memchr(from, '\n', left < LINE_SCAN_MAX ? left : LINE_SCAN_MAX);
	const char *next = newline ? json_scan_blank(newline, in->end) : in->end;

	return next < in->end ? (size_t)(next - in->begin) + 1 : 0;
}

/* Whether more text could still change what is known. */
static bool
is_undecided(const struct prober *prober, const struct load_format *format, const struct input *in, size_t looked)
{
	const struct probe *seen = &prober->seen;

	if (looked >= PROBE_SCAN_MAX)
		return false;
	if (seen->json && format)
		return format->read_lines && prober->outline.lines == LINES_UNKNOWN && (in->mapped || looked < STREAM_FRAMES);
	return seen->json || (!format && !seen->binary && !memchr(seen->head.at, '\n', seen->head.len));
}

static size_t
widen(struct input *in, size_t want)
{
	while ((size_t)(in->end - in->begin) < want && input_more(in, 0))
		;
	size_t have = (size_t)(in->end - in->begin);
	return have < want ? have : want;
}

/* The best format, unless the input only happens to look like it and is known to be something else. */
static const struct load_format *
choose(const struct probe *seen, const struct load_format **rival_out)
{
	const struct load_format *best = probe_best(seen, rival_out);
	const char *ignored = "";

	if (best && best->score(seen, &ignored) < WEAK_SCORE && foreign_name(seen, &ignored))
		return NULL;
	return best;
}

static void
describe_json(const struct prober *prober, bool cut, struct buf *out)
{
	struct str paths = prober->seen.paths;
	unsigned shown = 0;

	buf_add(out, cut ? STR("it is JSON that is cut short") : STR("it is JSON"));
	while (paths.len && shown < SHOWN_KEYS) {
		const char *newline = memchr(paths.at, '\n', paths.len);
		struct str path = { paths.at, (size_t)(newline - paths.at) };
		paths.at += path.len + 1;
		paths.len -= path.len + 1;
		if (memchr(path.at, '.', path.len) && !str_starts(path, STR("[].")))
			continue;
		if (path.len > SHOWN_MAX || str_ends(path, STR("[]")) || (memchr(path.at + 3, '.', path.len > 3 ? path.len - 3 : 0)))
			continue;
		buf_add(out, shown++ ? STR(", ") : STR(" with the keys "));
		text_sanitise(path, out);
	}
}

static void
describe_bytes(const struct probe *seen, struct buf *out)
{
	struct str line = seen->head;
	const char *newline = memchr(line.at, '\n', line.len);

	if (seen->binary) {
		buf_add(out, STR("it is binary and begins with"));
		for (size_t i = 0; i < line.len && i < 12; i++)
			buf_addf(out, " %02x", (unsigned char)line.at[i]);
		return;
	}
	while (line.len && memchr(" \t\r\n", line.at[0], 4))
		line = str_tail(line, 1);
	if (!line.len) {
		buf_add(out, STR("there is nothing in it but blanks"));
		return;
	}
	newline = memchr(line.at, '\n', line.len);
	if (newline)
		line.len = (size_t)(newline - line.at);
	buf_add(out, STR("it is text and begins with '"));
	text_sanitise((struct str){ line.at, line.len < SHOWN_MAX ? line.len : SHOWN_MAX }, out);
	buf_addf(out, "%s'", line.len > SHOWN_MAX ? "..." : "");
}

static bool
is_empty_list(struct str head)
{
	char seen[2];
	size_t count = 0;

	for (size_t i = 0; i < head.len; i++)
		if (!memchr(" \t\r\n", head.at[i], 4)) {
			if (count == 2)
				return false;
			seen[count++] = head.at[i];
		}
	return count == 2 && seen[0] == '[' && seen[1] == ']';
}

/* Whether the text ends before its document does. */
static bool
is_cut(const struct input *in)
{
	struct json json;
	bool cut;

	json_init_memory(&json, (struct str){ in->begin, (size_t)(in->end - in->begin) }, 0, JSON_LOAD);
	while (json_next(&json) && json_skip(&json))
		;
	cut = in->last && json.cut;
	json_fini(&json);
	return cut;
}

static void
say_unknown(const struct prober *prober, const struct input *in, struct error *err)
{
	const struct error *problem = input_problem(in);
	struct buf text = { 0 };
	const char *hint = NULL, *name = foreign_name(&prober->seen, &hint);
	bool cut = prober->seen.json && is_cut(in);

	if (reply_error(&prober->seen, &text)) {
		error_set(err, ERROR_INPUT, "the server replied with an error: %s", text.at);
		buf_fini(&text);
		return;
	}
	if (prober->seen.whole && is_empty_list(prober->seen.head)) {
		buf_add(&text, STR("an empty list: there is nothing in it (tried:"));
	} else if (cut && !name && foreign_beginning(&prober->seen)) {
		buf_addf(&text, "looks like %s: there is nothing to show in it (it reads:", foreign_beginning(&prober->seen));
	} else if (name) {
		buf_addf(&text, "looks like %s, which this version cannot read", name);
		if (hint)
			buf_addf(&text, ": %s", hint);
		buf_add(&text, STR(" (it reads:"));
	} else {
		buf_add(&text, STR("no known format: "));
		if (prober->seen.json)
			describe_json(prober, cut, &text);
		else
			describe_bytes(&prober->seen, &text);
		buf_add(&text, STR(" (tried:"));
	}
	for (const struct load_format *const *at = load_formats; *at; at++)
		buf_addf(&text, "%s %s", at == load_formats ? "" : ",", (*at)->name);
	buf_addf(&text, ")%s%s", problem->code ? "; " : "", problem->text);
	error_set(err, ERROR_INPUT, "%s", text.at);
	buf_fini(&text);
}

static void
say_tied(const struct probe *seen, const struct load_format *one, const struct load_format *two, struct error *err)
{
	const char *one_why = "", *two_why = "";

	one->score(seen, &one_why);
	two->score(seen, &two_why);
	error_set(err, ERROR_INPUT, "could be %s (%s) or %s (%s): say which with --format", one->name, one_why, two->name, two_why);
}

/* What is not known may be cut further on, which is to be said.  What was seen has moved then. */
static void
look_on(struct input *in, struct prober *prober, size_t looked)
{
	bool whole = prober->seen.whole;

	(void)widen(in, PROBE_SCAN_MAX);
	prober_look(prober, (struct str){ in->begin, looked }, whole);
}

const struct load_format *
probe_input(struct input *in, const struct load_format *forced, struct prober *prober, struct error *err)
{
	const struct load_format *format = forced, *rival = NULL;
	size_t want = PROBE_HEAD_MAX, looked;

	for (;;) {
		looked = widen(in, want);
		bool whole = in->last && looked == (size_t)(in->end - in->begin);
		prober_look(prober, (struct str){ in->begin, looked }, whole);
		if (!forced)
			format = choose(&prober->seen, &rival);
		if (looked < want || whole || !is_undecided(prober, format, in, looked))
			break;
		want = in->mapped && is_certain(&prober->seen, format) ? look_at_line(in, looked) : want * 8;
		if (!want)
			break;
	}
	if (job_stopped(in->job)) {
		error_set(err, ERROR_CANCELLED, "stopped");
		return NULL;
	}
	if (looked == 0 && input_problem(in)->code == ERROR_NONE)
		error_set(err, ERROR_INPUT, "empty file");
	else if (looked == 0)
		error_set(err, input_problem(in)->code, "%s", input_problem(in)->text);
	else if (!format) {
		look_on(in, prober, looked);
		say_unknown(prober, in, err);
	} else if (rival) {
		say_tied(&prober->seen, format, rival, err);
	} else {
		return format;
	}
	return NULL;
}
