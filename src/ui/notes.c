/* SPDX-License-Identifier: MIT
 * For reading: the notes of loading, and everything that is known about the box under the cursor. */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "load/detail.h"
#include "ui/popup.h"
#include "ui/table.h"
#include "ui/viewer.h"
#include "util/unit.h"

enum { COUNT_COLS = 14, KEY_COLS = 30 };

/* ---- notes */

static const char *const severity_words[] = { [NOTE_INFO] = "info", [NOTE_WARNING] = "warning", [NOTE_ERROR] = "error" };

static void
add_note(struct app *app, const struct note *note)
{
	const struct dataset *ds = app->session->ds;
	int wrap = popup_text_cols(app, COUNT_COLS);
	struct buf left = { 0 }, place = { 0 };

	unit_count(note->count, &left);
	buf_add(&left, STR("×"));
	popup_add(app, &(struct popup_line){ .left = buf_str(&left), .text = dataset_str(ds, note->text), .bad = note->severity != NOTE_INFO },
	          wrap);
	buf_add(&place, str_of(severity_words[note->severity]));
	if (note->source != ID_NONE) {
		buf_addc(&place, ' ');
		buf_add(&place, dataset_str(ds, ds->sources[note->source].path));
	}
	if (note->line)
		buf_addf(&place, " line %" PRIu64, note->line);
	else if (note->has_byte)
		buf_addf(&place, " byte %" PRIu64, note->byte);
	if (note->sample != STR_EMPTY) {
		buf_add(&place, STR(": "));
		buf_add(&place, dataset_str(ds, note->sample));
	}
	popup_add(app, &(struct popup_line){ .text = buf_str(&place) }, wrap);
	buf_fini(&left);
	buf_fini(&place);
}

static const struct popup_ops notes = {
	.title = "notes of loading", .left_cols = COUNT_COLS, .count = popup_line_count, .item = popup_line_item,
};

unsigned
notes_open(struct app *app)
{
	const struct dataset *ds = app->session->ds;

	if (ds->note_count == 0 && app->options.problem_count == 0)
		return app_say(app, "nothing was repaired or skipped while loading");
	popup_begin(app);
	for (size_t i = 0; i < app->options.problem_count; i++)
		popup_add(app, &(struct popup_line){ .left = STR("configuration"), .text = str_of(app->options.problems[i]), .bad = true },
		          popup_text_cols(app, COUNT_COLS));
	for (int severity = NOTE_ERROR; severity >= NOTE_INFO; severity--)
		for (uint32_t i = 0; i < ds->note_count; i++)
			if ((int)ds->notes[i].severity == severity)
				add_note(app, &ds->notes[i]);
	return popup_open(app, &notes);
}

/* ---- details */

static void
add_row(struct app *app, const char *key, struct str text)
{
	if (text.len)
		popup_add(app, &(struct popup_line){ .left = str_of(key), .text = text }, popup_text_cols(app, KEY_COLS));
}

static void
add_heading(struct app *app, const char *text)
{
	popup_add(app, &(struct popup_line){ .text = str_of(text), .heading = true }, 0);
}

__attribute__((format(printf, 3, 4))) static void
add_format(struct app *app, const char *key, const char *format, ...)
{
	char text[128];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	add_row(app, key, str_of(text));
}

static void
add_amount(struct app *app, const char *key, double value)
{
	struct buf text = { 0 };

	unit_format(value, app_scene(app)->unit, app->options.ascii, &text);
	buf_add(&text, STR("  "));
	unit_percent(value, app_scene(app)->all, &text);
	buf_add(&text, STR(" of all"));
	add_row(app, key, buf_str(&text));
	buf_fini(&text);
}

static void
add_clock(struct app *app, const char *key, int64_t ns)
{
	time_t seconds = (time_t)(ns / 1000000000);
	struct tm parts;
	char text[64];

	if (ns <= 0 || !gmtime_r(&seconds, &parts))
		return;
	size_t len = strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
	snprintf(text + len, sizeof text - len, ".%09" PRId64 " UTC", ns % 1000000000);
	add_row(app, key, str_of(text));
}

static void
add_span(struct app *app, span_id span)
{
	static const char *const kinds[] = { "unspecified", "internal", "server", "client", "producer", "consumer" };
	static const char *const statuses[] = { "unset", "ok", "error" };
	const struct spans *spans = &app->session->ds->spans;
	struct buf duration = { 0 };

	add_format(app, "kind", "%s", spans->kind[span] <= SPAN_CONSUMER ? kinds[spans->kind[span]] : "");
	add_format(app, "status", "%s", spans->status[span] <= STATUS_ERROR ? statuses[spans->status[span]] : "");
	add_clock(app, "start", spans->start_ns[span]);
	unit_duration(spans->duration_ns[span], app->options.ascii, &duration);
	add_row(app, "duration", buf_str(&duration));
	add_format(app, "span id", "%016" PRIx64, spans->id[span]);
	if (spans->parent_id[span])
		add_format(app, "parent id", "%016" PRIx64, spans->parent_id[span]);
	buf_fini(&duration);
}

static void
add_details(struct app *app, span_id span)
{
	static const char *const headings[] = {
		[DETAIL_SPAN] = "span", [DETAIL_ATTRIBUTE] = "attributes", [DETAIL_EVENT] = "events", [DETAIL_LINK] = "links",
		[DETAIL_RESOURCE] = "resource", [DETAIL_SCOPE] = "scope",
	};
	struct details details = { 0 };
	struct error err = { 0 };
	int section = -1;

	if (!details_read(app->session->ds, span, &details, &err)) {
		add_heading(app, "no more is known");
		add_row(app, "", str_of(err.text));
		details_fini(&details);
		return;
	}
	for (size_t i = 0; i < details.len; i++) {
		const struct detail_row *row = &details.at[i];
		if ((int)row->section != section)
			add_heading(app, headings[row->section]);
		section = (int)row->section;
		popup_add(app, &(struct popup_line){ .left = row->key, .text = row->value }, popup_text_cols(app, KEY_COLS));
	}
	details_fini(&details);
}

static void
add_frame(struct app *app, frame_id id)
{
	const struct dataset *ds = app->session->ds;
	const struct frame *frame = &ds->frames[id];

	add_row(app, "name", frame_short(ds, id));
	add_row(app, dataset_has_spans(ds) ? "service" : "module", dataset_str(ds, frame->module));
	add_row(app, "file", dataset_str(ds, frame->file));
	if (frame->line)
		add_format(app, "line", "%" PRIu32, frame->line);
}

static const struct popup_ops details = {
	.title = "details", .left_cols = KEY_COLS, .count = popup_line_count, .item = popup_line_item,
};

unsigned
details_open(struct app *app)
{
	struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;
	node_id node = app->state.cursor;

	if (app_pane(app) == PANE_TABLE) {
		const struct top_row *row = table_chosen(app);
		node = row ? row->heaviest : NODE_ALL;
	}
	if (node == NODE_ALL)
		return app_say(app, "this is everything: choose a box first");
	popup_begin(app);
	add_frame(app, tree->frame[node]);
	add_amount(app, "total", tree->total[node]);
	add_amount(app, "self", tree->self[node]);
	add_format(app, "level", "%" PRIu32, tree->level[node]);
	add_format(app, "boxes of this name", "%" PRIu32, scene->boxes_of_frame[tree->frame[node]]);
	span_id span = tree->span ? tree->span[node] : ID_NONE;
	if (span != ID_NONE) {
		if (tree->items[node] > 1)
			add_format(app, "the first of", "%" PRIu32 " spans", tree->items[node]);
		add_span(app, span);
		add_details(app, span);
	}
	return popup_open(app, &details);
}
