/* SPDX-License-Identifier: MIT
 * What is to be noted: spans that are odd, and what was repaired or skipped while loading. */
#include "config.h"

#include <inttypes.h>

#include "analysis/odd.h"
#include "load/detail.h"
#include "ui/clocks.h"
#include "ui/goto.h"
#include "ui/popup.h"
#include "ui/viewer.h"
#include "util/unit.h"

enum { COUNT_COLS = 14 };

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

enum { LINKS_READ_MOST = 20000 };    /* spans up to which each is asked for its links */

/* How many spans link to others, so that the trace is no tree; 0 also where there are too many to ask. */
static uint32_t
count_linked(struct app *app, span_id *first_out)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	track_id track = app->state.recipe.spec.track;
	uint32_t spans = track == TRACK_ALL ? ds->spans.count : ds->tracks[track].span_count;

	*first_out = ID_NONE;
	return spans <= LINKS_READ_MOST ? details_count_linked(ds, track, first_out) : 0;
}

static struct odd_counts
count_odd(struct app *app)
{
	return odd_count(clocks_dataset(app), build_cache_forest(app->session->cache), app->state.recipe.spec.track);
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
	popup_add(app, &(struct popup_line){ .left = STR("roots"), .text = buf_str(&text) }, 0);
	buf_fini(&text);
}

static void
add_links(struct app *app, uint32_t linked)
{
	struct buf text = { 0 };

	unit_count(linked, &text);
	buf_add(&text, linked == 1 ? STR(" span links to others") : STR(" spans link to others"));
	buf_add(&text, STR(": together they are more than a tree"));
	popup_add(app, &(struct popup_line){ .left = STR("links"), .text = buf_str(&text) }, 0);
	buf_fini(&text);
}

/* One line for each kind, after a heading and that of the roots, and one of links; false: there is nothing odd. */
static bool
add_odd(struct app *app)
{
	enum odd kinds[ODD_KINDS];
	struct odd_counts counts = count_odd(app);
	uint32_t count = list_odd(&counts, kinds);
	span_id first_linked;
	uint32_t linked = count_linked(app, &first_linked);

	if (count == 0 && counts.many_rooted == 0 && linked == 0)
		return false;
	popup_add(app, &(struct popup_line){ .text = STR("spans: enter goes to the first of a kind"), .heading = true }, 0);
	if (counts.many_rooted)
		add_roots(app, &counts);
	for (uint32_t i = 0; i < count; i++) {
		struct buf text = { 0 };
		odd_describe_many(kinds[i], counts.count[kinds[i]], counts.most_ns[kinds[i]], app->options.ascii, &text);
		popup_add(app, &(struct popup_line){ .left = str_of(odd_word(kinds[i])), .text = buf_str(&text), .bad = odd_is_grave(kinds[i]) }, 0);
		buf_fini(&text);
	}
	if (linked)
		add_links(app, linked);
	return true;
}

/* The lines before those of kinds. */
static uint32_t
odd_begin(const struct odd_counts *counts)
{
	return 1 + (counts->many_rooted > 0);
}

static unsigned
choose(struct app *app, uint32_t index)
{
	enum odd kinds[ODD_KINDS];
	struct odd_counts counts = count_odd(app);
	uint32_t count = list_odd(&counts, kinds), begin = odd_begin(&counts);

	span_id first_linked;

	if (index == begin + count && count_linked(app, &first_linked))
		return app_go_to_span(app, first_linked);
	if (index < begin || index - begin >= count)
		return UPDATE_DRAW;
	return app_go_to_span(app, counts.first[kinds[index - begin]]);
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
		popup_choose_row(app, odd_begin(&counts));
	}
	return UPDATE_DRAW;
}
