/* SPDX-License-Identifier: MIT
 * The header bar: what is open, and facts about it. */
#include "config.h"

#include <stdio.h>

#include "ui/bindings.h"
#include "ui/line.h"
#include "ui/pickers.h"
#include "ui/selection.h"
#include "ui/traces.h"
#include "ui/track_sum.h"
#include "ui/viewer.h"
#include "util/text.h"
#include "util/unit.h"

static const char *const hints[] = { "?", "help", ":", "palette", "q", "quit" };

struct fact {
	size_t      begin, end;    /* of its text in the buffer they share */
	int         weight;        /* where there is no room for all, the lightest go first */
	enum role   role;
	enum action action;        /* of a click; ACT_NONE if nothing */
};

enum { FACTS_MAX = 12, DROPPED = -1 };

struct facts_line {
	struct buf  text;
	struct fact fact[FACTS_MAX];
	size_t      count;
};

static void
end_fact(struct facts_line *facts, int weight, enum role role, enum action action)
{
	size_t begin = facts->count ? facts->fact[facts->count - 1].end : 0;

	if (facts->text.len > begin)
		facts->fact[facts->count++] = (struct fact){ begin, facts->text.len, weight, role, action };
}

static void
add_count(struct facts_line *facts, uint64_t count, const char *one, const char *many, int weight, enum role role, enum action action)
{
	unit_count(count, &facts->text);
	buf_addc(&facts->text, ' ');
	buf_add(&facts->text, str_of(count == 1 ? one : many));
	end_fact(facts, weight, role, action);
}

static void
add_total(struct app *app, struct facts_line *facts)
{
	struct scene *scene = app_scene(app);
	struct metric_info metric = metric_describe(app->session->ds, app->state.recipe.spec.metric);

	if (!scene->tree->timed && !str_equal(metric.name, scene->unit)) {
		names_safe(metric.name, &facts->text);
		buf_addc(&facts->text, ' ');
	}
	unit_format(scene->tree->timed ? scene->tree->width : scene->all, scene->unit, app->options.ascii, &facts->text);
	end_fact(facts, 6, ROLE_TEXT, ACT_METRIC);
}

static void
add_notes(struct app *app, struct facts_line *facts)
{
	const struct session *session = app->session;

	if (session->ds->note_count)
		add_count(facts, session->ds->note_count, "note", "notes", session->facts.warnings ? 4 : 2,
		          session->facts.warnings ? ROLE_WARNING : ROLE_TEXT, ACT_NOTES);
}

/* What the picture of this trace has to be taken with a grain of salt for; the notes say what. */
static void
add_odd(struct facts_line *facts, const struct track_odd *odd)
{
	struct track_sum sum = track_odd_sum(odd);

	track_sum_odd(&sum, &facts->text);
	end_fact(facts, sum.odd ? 4 : 2, sum.odd ? ROLE_WARNING : ROLE_TEXT, ACT_NOTES);
}

/* What is listed, of what there is. */
static void
collect_list(struct app *app, struct facts_line *facts)
{
	const struct session *session = app->session;
	const struct traces *traces = traces_of(app);

	if (traces->listed_count < traces->list->count) {
		unit_count(traces->listed_count, &facts->text);
		buf_add(&facts->text, STR(" of "));
	}
	add_count(facts, traces->list->count, traces->threads ? "thread" : "trace", traces->threads ? "threads" : "traces", 5, ROLE_TEXT, ACT_TRACK);
	if (traces->listed_ns > 0) {
		unit_duration(traces->listed_ns, app->options.ascii, &facts->text);
		end_fact(facts, 3, ROLE_TEXT, ACT_NONE);
	}
	if (session->ds->spans.count) {
		add_count(facts, traces->listed_spans, "span", "spans", 3, ROLE_TEXT, ACT_NONE);
		if (traces->listed_count == traces->list->count)
			add_count(facts, session->facts.services, "service", "services", 1, ROLE_TEXT, ACT_NONE);
		uint64_t errors = traces->listed_errors;
		add_count(facts, errors, "error", "errors", errors ? 4 : 1, errors ? ROLE_ERROR : ROLE_TEXT, ACT_ERROR_NEXT);
	}
	add_notes(app, facts);
}

/* What tracks are called all together. */
static const char *
tracks_word(const struct app *app)
{
	switch (app->session->facts.kinds) {
	case 1u << TRACK_TRACE:  return "traces";
	case 1u << TRACK_THREAD: return "threads";
	default:                 return "tracks";
	}
}

static void
collect_facts(struct app *app, struct facts_line *facts)
{
	const struct session *session = app->session;
	const struct dataset *ds = session->ds;
	track_id track = app->state.recipe.spec.track;
	const struct track *chosen = track != TRACK_ALL ? &ds->tracks[track] : ds->track_count == 1 ? &ds->tracks[0] : NULL;

	if (app->state.view == VIEW_TRACES) {
		collect_list(app, facts);
		return;
	}
	const struct selected *selected = chosen ? NULL : selection_now(app);
	if (selected) {
		unit_count(selected->track_count, &facts->text);
		buf_add(&facts->text, STR(" of "));
	}
	if (!chosen)
		add_count(facts, ds->track_count, "track", tracks_word(app), 5, ROLE_TEXT, ACT_TRACK);
	else if (chosen->kind != TRACK_PROFILE || ds->track_count > 1)
		track_short_name(app, (track_id)(chosen - ds->tracks), &facts->text);
	end_fact(facts, 5, ROLE_TEXT, ACT_TRACK);
	add_total(app, facts);
	if (app_shows_spans(app)) {
		uint64_t errors = chosen ? session_tracks(app->session)[chosen - ds->tracks].errors : session->facts.errors;
		uint64_t spans = chosen ? chosen->span_count : ds->spans.count;
		const struct track_odd *odd = chosen ? track_odd_get(app) : NULL;
		if (selected) {
			errors = selected->error_count;
			spans = selected->span_count;
		}
		add_count(facts, spans, "span", "spans", 3, ROLE_TEXT, ACT_NONE);
		if (!selected && (!chosen || odd))
			add_count(facts, chosen ? odd->services : session->facts.services, "service", "services", 1, ROLE_TEXT, ACT_NONE);
		add_count(facts, errors, "error", "errors", errors ? 4 : 1, errors ? ROLE_ERROR : ROLE_TEXT, ACT_ERROR_NEXT);
		if (odd && chosen->kind == TRACK_TRACE)
			add_odd(facts, odd);
	} else {
		add_count(facts, session->facts.stacks, "stack", "stacks", 2, ROLE_TEXT, ACT_NONE);
		add_count(facts, session->facts.frames, "function", "functions", 1, ROLE_TEXT, ACT_NONE);
	}
	add_notes(app, facts);
}

static int
fact_cols(const struct facts_line *facts, size_t i)
{
	const struct fact *fact = &facts->fact[i];

	return text_width((struct str){ facts->text.at + fact->begin, fact->end - fact->begin }) + 3;
}

static void
drop_facts(struct facts_line *facts, int room)
{
	int cols = 0;

	for (size_t i = 0; i < facts->count; i++)
		cols += fact_cols(facts, i);
	while (cols > room) {
		size_t lightest = 0;
		for (size_t i = 1; i < facts->count; i++)
			if (facts->fact[lightest].weight == DROPPED ||
			    (facts->fact[i].weight != DROPPED && facts->fact[i].weight <= facts->fact[lightest].weight))
				lightest = i;
		if (facts->count == 0 || facts->fact[lightest].weight == DROPPED)
			break;
		cols -= fact_cols(facts, lightest);
		facts->fact[lightest].weight = DROPPED;
	}
}

static void
put_facts(struct app *app, struct line *line)
{
	struct facts_line facts = { 0 };
	struct str dot = glyph_text(GLYPH_DOT, app->options.ascii);

	collect_facts(app, &facts);
	drop_facts(&facts, line_left(line) - 1);
	for (size_t i = 0; i < facts.count; i++) {
		const struct fact *fact = &facts.fact[i];
		if (fact->weight == DROPPED)
			continue;
		line_space(line, 1);
		line_put(line, dot, ROLE_DIM, 0);
		line_space(line, 1);
		if (fact->action != ACT_NONE)
			hits_add(&app->hits, (struct rect){ line->col, line->row, fact_cols(&facts, i) - 3, 1 }, HIT_ACTION, fact->action);
		line_put(line, (struct str){ facts.text.at + fact->begin, fact->end - fact->begin }, fact->role,
		         fact->role == ROLE_TEXT ? 0 : ATTR_BOLD);
	}
	buf_fini(&facts.text);
}

static void
put_hints(struct app *app, struct grid *grid, struct rect rect, int taken)
{
	static const enum action actions[] = { ACT_HELP, ACT_PALETTE, ACT_QUIT };
	int cols = -1;    /* less the last gap, but for one cell at the edge */

	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		cols += (int)strlen(hints[i]) + (i % 2 ? 2 : 1);
	struct line line = { grid, rect.row, rect.col + rect.cols - cols, rect.col + rect.cols };
	if (line.col < taken + 2)
		return;
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i += 2) {
		int from = line.col;
		line_put(&line, str_of(hints[i]), ROLE_ACCENT, 0);
		line_space(&line, 1);
		line_put(&line, str_of(hints[i + 1]), ROLE_DIM, 0);
		hits_add(&app->hits, (struct rect){ from, rect.row, line.col - from, 1 }, HIT_ACTION, actions[i / 2]);
		line_space(&line, 2);
	}
}

enum { COLS_LEAST = 40, ROWS_LEAST = 10 };

static void
put_in_the_middle(struct grid *grid, int row, const char *text, enum role role, uint8_t attrs)
{
	int cols = (int)strlen(text), col = cols < grid->cols ? (grid->cols - cols) / 2 : 0;

	grid_text_over(grid, col, row, grid->cols - col, str_of(text), PAINT(role), attrs);
}

bool
too_small_draw(struct grid *grid)
{
	char texts[3][64];
	int row = (grid->rows - 1) / 2;

	if (grid->cols >= COLS_LEAST && grid->rows >= ROWS_LEAST)
		return false;
	snprintf(texts[0], sizeof texts[0], "%dx%d is too small: %dx%d at least", grid->cols, grid->rows, COLS_LEAST, ROWS_LEAST);
	snprintf(texts[1], sizeof texts[1], "needs %dx%d", COLS_LEAST, ROWS_LEAST);
	snprintf(texts[2], sizeof texts[2], "%dx%d", COLS_LEAST, ROWS_LEAST);
	int i = grid->cols >= (int)strlen(texts[0]) ? 0 : grid->cols >= (int)strlen(texts[1]) ? 1 : 2;
	put_in_the_middle(grid, row, texts[i], ROLE_WARNING, ATTR_BOLD);
	if (row + 1 < grid->rows && binding_key(ACT_QUIT)) {
		snprintf(texts[0], sizeof texts[0], "larger shows it again, %s leaves", binding_key(ACT_QUIT));
		snprintf(texts[1], sizeof texts[1], "%s leaves", binding_key(ACT_QUIT));
		put_in_the_middle(grid, row + 1, texts[grid->cols < (int)strlen(texts[0])], ROLE_DIM, 0);
	}
	return true;
}

void
header_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct line line = line_begin(grid, rect, ROLE_BAR);
	struct buf title = { 0 }, fitted = { 0 };

	line_space(&line, 1);
	line_put(&line, STR("spanfire"), ROLE_ACCENT, ATTR_BOLD);
	line_space(&line, 2);
	names_safe(str_of(app->title), &title);
	int room = rect.cols / 2 > line_left(&line) ? line_left(&line) : rect.cols / 2;
	if (room > 0)
		text_fit(buf_str(&title), room, true, grid->ascii, &fitted);
	line_put(&line, buf_str(&fitted), ROLE_TEXT, 0);
	if (app->scene) {
		put_facts(app, &line);
		put_hints(app, grid, rect, line.col);
	}
	buf_fini(&title);
	buf_fini(&fitted);
}
