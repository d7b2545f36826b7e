/* SPDX-License-Identifier: MIT
 * The header bar: what is open; facts in the order of their weight, dropped from the right. */
#include "config.h"

#include "ui/line.h"
#include "ui/pickers.h"
#include "ui/viewer.h"
#include "util/text.h"
#include "util/unit.h"

static const char *const hints[] = { "?", "help", ":", "palette", "q", "quit" };

struct fact {
	enum role   role;
	enum action action;    /* of a click; ACT_NONE if nothing */
};

/* The facts' texts in turn, all in one buffer. */
struct facts_line {
	struct buf   text;
	size_t       end[12];
	struct fact  fact[12];
	size_t       count;
};

static void
end_fact(struct facts_line *facts, enum role role, enum action action)
{
	if (facts->text.len == (facts->count ? facts->end[facts->count - 1] : 0))
		return;
	facts->end[facts->count] = facts->text.len;
	facts->fact[facts->count++] = (struct fact){ role, action };
}

static void
add_count(struct facts_line *facts, uint64_t count, const char *one, const char *many, enum role role, enum action action)
{
	unit_count(count, &facts->text);
	buf_addc(&facts->text, ' ');
	buf_add(&facts->text, str_of(count == 1 ? one : many));
	end_fact(facts, role, action);
}

static void
add_total(struct app *app, struct facts_line *facts)
{
	struct scene *scene = app_scene(app);
	struct metric_info metric = metric_describe(app->session->ds, app->state.spec.metric);

	if (!scene->tree->timed && !str_equal(metric.name, scene->unit)) {
		names_safe(metric.name, &facts->text);
		buf_addc(&facts->text, ' ');
	}
	unit_format(scene->tree->timed ? scene->tree->width : scene->tree->total[NODE_ALL], scene->unit, app->options.ascii, &facts->text);
	end_fact(facts, ROLE_TEXT, ACT_METRIC);
}

static void
collect_facts(struct app *app, struct facts_line *facts)
{
	const struct session *session = app->session;
	const struct dataset *ds = session->ds;
	track_id track = app->state.spec.track;
	const struct track *chosen = track != TRACK_ALL ? &ds->tracks[track] : ds->track_count == 1 ? &ds->tracks[0] : NULL;

	if (chosen)
		track_short_name(app, (track_id)(chosen - ds->tracks), &facts->text);
	else
		add_count(facts, ds->track_count, "track", dataset_has_spans(ds) ? "traces" : "tracks", ROLE_TEXT, ACT_TRACK);
	end_fact(facts, ROLE_TEXT, ACT_TRACK);
	add_total(app, facts);
	if (metric_is_of_spans(app->state.spec.metric)) {
		add_count(facts, chosen ? chosen->span_count : ds->spans.count, "span", "spans", ROLE_TEXT, ACT_NONE);
		add_count(facts, session->facts.services, "service", "services", ROLE_TEXT, ACT_NONE);
		add_count(facts, session->facts.errors, "error", "errors", session->facts.errors ? ROLE_ERROR : ROLE_TEXT, ACT_ERROR_NEXT);
	} else {
		add_count(facts, ds->stacks.count, "stack", "stacks", ROLE_TEXT, ACT_NONE);
		add_count(facts, session->facts.frames, "function", "functions", ROLE_TEXT, ACT_NONE);
	}
	if (ds->note_count)
		add_count(facts, ds->note_count, "note", "notes", session->facts.warnings ? ROLE_WARNING : ROLE_TEXT, ACT_NOTES);
}

static void
put_facts(struct app *app, struct line *line)
{
	struct facts_line facts = { 0 };
	struct str dot = glyph_text(GLYPH_DOT, app->options.ascii);

	collect_facts(app, &facts);
	for (size_t i = 0; i < facts.count; i++) {
		size_t from = i ? facts.end[i - 1] : 0;
		struct str text = { facts.text.at + from, facts.end[i] - from };
		int cols = text_width(text);
		if (line_left(line) < cols + 4)
			break;
		line_space(line, 1);
		line_put(line, dot, ROLE_DIM, 0);
		line_space(line, 1);
		if (facts.fact[i].action != ACT_NONE)
			hits_add(&app->hits, (struct rect){ line->col, line->row, cols, 1 }, HIT_ACTION, facts.fact[i].action);
		line_put(line, text, facts.fact[i].role, facts.fact[i].role == ROLE_TEXT ? 0 : ATTR_BOLD);
	}
	buf_fini(&facts.text);
}

static void
put_hints(struct app *app, struct grid *grid, struct rect rect, int taken)
{
	static const enum action actions[] = { ACT_HELP, ACT_PALETTE, ACT_QUIT };
	int cols = 1;

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
	if (app->session)
		put_facts(app, &line);
	put_hints(app, grid, rect, line.col);
	buf_fini(&title);
	buf_fini(&fitted);
}
