/* SPDX-License-Identifier: MIT
 * For reading: the notes of loading. */
#include "config.h"

#include <inttypes.h>

#include "ui/popup.h"
#include "ui/viewer.h"
#include "util/unit.h"

enum { COUNT_COLS = 14 };

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
