/* SPDX-License-Identifier: MIT
 * What is to be noted: spans that are odd, and what was repaired or skipped while loading. */
#include "config.h"

#include <inttypes.h>

#include "analysis/odd.h"
#include "ui/goto.h"
#include "ui/popup.h"
#include "ui/track_sum.h"
#include "ui/viewer.h"
#include "util/unit.h"

enum { COUNT_COLS = 16 };

/* ---- of loading */

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

/* ---- what is odd about the spans */

static struct odd_counts
count_odd(struct app *app)
{
	const struct track_odd *odd = track_odd_get(app);

	return odd ? odd->counts : (struct odd_counts){ 0 };
}

/* The kinds that there are, the grave ones first; returns how many. */
static uint32_t
list_odd(const struct odd_counts *counts, enum odd *kinds)
{
	uint32_t count = 0;

	for (int grave = 1; grave >= 0; grave--)
		for (int kind = 0; kind < ODD_KINDS; kind++)
			if (counts->count[kind] && odd_is_grave((enum odd)kind) == (grave == 1))
				kinds[count++] = (enum odd)kind;
	return count;
}

static void
add_roots(struct app *app, const struct odd_counts *counts)
{
	struct buf text = { 0 };

	unit_count(counts->tracks == 1 ? counts->roots : counts->many_rooted, &text);
	buf_add(&text, counts->tracks == 1 ? STR(" spans have no parent: there are several roots") : STR(" traces or threads have several roots"));
	popup_add(app, &(struct popup_line){ .left = STR("roots"), .text = buf_str(&text) }, popup_text_cols(app, COUNT_COLS));
	buf_fini(&text);
}

/* One line for each kind, after a heading and that of the roots; false: there is nothing odd. */
static bool
add_odd(struct app *app)
{
	enum odd kinds[ODD_KINDS];
	struct odd_counts counts = count_odd(app);
	uint32_t count = list_odd(&counts, kinds);

	if (count == 0 && counts.many_rooted == 0)
		return false;
	popup_add(app, &(struct popup_line){ .text = STR("spans: enter goes to the first of a kind"), .heading = true }, 0);
	if (counts.many_rooted)
		add_roots(app, &counts);
	for (uint32_t i = 0; i < count; i++) {
		struct buf text = { 0 };
		odd_describe_many(kinds[i], counts.count[kinds[i]], counts.most_ns[kinds[i]], app->options.ascii, &text);
		popup_add(app, &(struct popup_line){ .left = str_of(odd_word(kinds[i])), .text = buf_str(&text), .bad = odd_is_grave(kinds[i]) },
		          popup_text_cols(app, COUNT_COLS));
		buf_fini(&text);
	}
	return true;
}

/* How many notes begin up to a line: what goes on in further lines has nothing at its left. */
static uint32_t
notes_until(const struct app *app, uint32_t line)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i <= line && i < app->popup.lines.len; i++)
		count += app->popup.lines.at[i].left.len > 0;
	return count;
}

/* The first line of a kind. */
static uint32_t
first_odd(const struct app *app, const struct odd_counts *counts)
{
	uint32_t line = 0;

	while (line + 1 < app->popup.lines.len && notes_until(app, line) <= (counts->many_rooted > 0))
		line++;
	return line;
}

static unsigned
choose(struct app *app, uint32_t index)
{
	enum odd kinds[ODD_KINDS];
	struct odd_counts counts = count_odd(app);
	uint32_t count = list_odd(&counts, kinds), begin = 1 + (counts.many_rooted > 0);

	/* The lines are gone with the popup. */
	popup_begin(app);
	add_odd(app);
	uint32_t at = notes_until(app, index);
	popup_close(app);
	if (at < begin || at - begin >= count)
		return UPDATE_DRAW;
	return app_go_to_span(app, counts.first[kinds[at - begin]]);
}

static const struct popup_ops notes = {
	.title = "notes", .left_cols = COUNT_COLS, .count = popup_line_count, .item = popup_line_item, .choose = choose,
};

unsigned
notes_open(struct app *app)
{
	const struct dataset *ds = app->session->ds;
	bool loading = ds->note_count > 0 || app->options.problem_count > 0;

	popup_begin(app);
	bool odd = add_odd(app);
	if (!odd && !loading) {
		popup_close(app);
		return app_say(app, "nothing was repaired or skipped while loading");
	}
	if (loading)
		popup_add(app, &(struct popup_line){ .text = STR("loading"), .heading = true }, 0);
	for (size_t i = 0; i < app->options.problem_count; i++)
		popup_add(app, &(struct popup_line){ .left = STR("configuration"), .text = str_of(app->options.problems[i]), .bad = true },
		          popup_text_cols(app, COUNT_COLS));
	for (int severity = NOTE_ERROR; severity >= NOTE_INFO; severity--)
		for (uint32_t i = 0; i < ds->note_count; i++)
			if ((int)ds->notes[i].severity == severity)
				add_note(app, &ds->notes[i]);
	popup_open(app, &notes);
	if (odd) {
		struct odd_counts counts = count_odd(app);
		popup_choose_row(app, first_odd(app, &counts));
	}
	return UPDATE_DRAW;
}
