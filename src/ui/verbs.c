/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/verbs.h"

#include <stdio.h>

#include "analysis/trace_ref.h"
#include "ui/calltree.h"
#include "ui/clocks.h"
#include "ui/filters.h"
#include "ui/hue.h"
#include "ui/link.h"
#include "ui/pickers.h"
#include "ui/query_prompt.h"
#include "ui/sandwich.h"
#include "ui/selection.h"
#include "ui/value_column.h"
#include "util/instant.h"

/* Of an id, so that no word is taken for one; and of what can be nothing else. */
enum { DIGITS_LEAST = 4, DIGITS_SURE = 12 };

struct verb {
	const char *name;
	const char *hint;        /* what is to be typed behind it */
	enum action action;      /* which asks for it, and has the sentence; ACT_NONE: the palette does, in a line with this sentence: */
	const char *sentence;
	enum prompt_kind prompt; /* whose history it joins */
	/* Says what the word would do, or what is wrong with it: false.  NULL: nothing is known before. */
	bool      (*note)(struct app *app, struct str word, struct buf *out);
	unsigned  (*run)(struct app *app, struct str word);    /* NULL: a filter */
	enum filter_kind kind;
};

static unsigned
search_for(struct app *app, struct str word)
{
	app_remember(app, 0);
	app_set_search(app, word);
	return UPDATE_DRAW;
}

static unsigned
unfold_to(struct app *app, struct str word)
{
	if (app->state.view != VIEW_TREE)
		app_act(app, ACT_VIEW_TREE);
	return app->state.view == VIEW_TREE ? calltree_unfold_to(app, word) : UPDATE_DRAW;
}

/* NULL, or why the word is no moment here. */
static const char *
moment_of(struct app *app, struct str word, int64_t *ns_out)
{
	int64_t start = 0, end;

	if (dataset_lacks_times(app->session->ds))
		return "the samples have no times";
	dataset_extent(app->session->ds, &start, &end);
	return instant_parse_from(word, start, ns_out) ? NULL : "neither a time such as 2026-01-31T12:00:00Z nor one since the start such as 1.5s";
}

static bool
note_moment(struct app *app, struct str word, struct buf *out)
{
	int64_t ns;
	const char *wrong = moment_of(app, word, &ns);

	if (wrong)
		buf_add(out, str_of(wrong));
	else
		clock_moment(ns, 0, app->state.utc ? CLOCK_UTC : CLOCK_LOCAL, app->options.ascii, out);
	return !wrong;
}

static unsigned
set_moment(struct app *app, struct str word, bool is_from)
{
	const struct select_spec *now = &app->state.recipe.select;
	int64_t ns;
	const char *wrong = moment_of(app, word, &ns);

	if (wrong)
		return app_say(app, "%s", wrong);
	const int64_t *from = is_from ? &ns : now->has_from ? &now->from_ns : NULL;
	const int64_t *to = !is_from ? &ns : now->has_to ? &now->to_ns : NULL;
	return selection_set_range(app, from, to);
}

static unsigned
begin_at(struct app *app, struct str word)
{
	return set_moment(app, word, true);
}

static unsigned
end_at(struct app *app, struct str word)
{
	return set_moment(app, word, false);
}

static unsigned
show_column(struct app *app, struct str word)
{
	app_remember(app, 0);
	value_column_set(app, &app->state, word);
	return app->state.view == VIEW_TIMELINE ? UPDATE_DRAW : app_say(app, "its values stand beside the names in the timeline");
}

static unsigned
color_by(struct app *app, struct str word)
{
	app_remember(app, 0);
	hue_by_attribute(app, &app->state, word);
	return UPDATE_DRAW;
}

static bool
note_number(struct app *app, struct str word, struct buf *out)
{
	uint32_t number;

	(void)app;
	if (!link_number(word, &number))
		buf_add(out, STR("a whole number"));
	return out->len == 0;
}

static unsigned
set_name_width(struct app *app, struct str word)
{
	uint32_t cols;

	if (!link_number(word, &cols))
		return app_say(app, "the width is a whole number");
	app_remember(app, 0);
	app->state.name_cols = cols;
	return UPDATE_DRAW;
}

static bool
note_query(struct app *app, struct str word, struct buf *out)
{
	return query_note(app, word, out, NULL);
}

#define OF_ACTION(action, prompt, note, run)       action, NULL, prompt, note, run, FILTER_KINDS
#define OF_OPTION(sentence, note, run)             ACT_NONE, sentence, PROMPT_NONE, note, run, FILTER_KINDS
#define OF_FILTER(kind, sentence)                  ACT_NONE, sentence, PROMPT_NONE, NULL, NULL, kind

static const char expression[] = "a regular expression", moment[] = "a time, or one since the start", key[] = "a key of spans";

static const struct verb verbs[] = {
	{ "search",      "what to search for",   OF_ACTION(ACT_SEARCH,       PROMPT_SEARCH,    NULL,          search_for) },
	{ "query",       "a condition on spans", OF_ACTION(ACT_QUERY,        PROMPT_QUERY,     note_query,    selection_add) },
	{ "hide",        expression,             OF_ACTION(ACT_HIDE_BY,      PROMPT_HIDE,      pattern_count, filter_hide_by) },
	{ "only",        expression,             OF_ACTION(ACT_ONLY_BY,      PROMPT_ONLY,      pattern_count, filter_only_by) },
	{ "ignore",      expression,             OF_ACTION(ACT_IGNORE_BY,    PROMPT_IGNORE,    pattern_count, filter_ignore_by) },
	{ "show-from",   expression,             OF_ACTION(ACT_SHOW_FROM_BY, PROMPT_SHOW_FROM, pattern_count, filter_show_from_by) },
	{ "sandwich",    expression,             OF_ACTION(ACT_SANDWICH_OF,  PROMPT_SANDWICH,  pattern_count, sandwich_of) },
	{ "unfold-to",   "how many levels",      OF_ACTION(ACT_UNFOLD_TO,    PROMPT_LEVELS,    NULL,          unfold_to) },
	{ "write",       "a file name",          OF_ACTION(ACT_WRITE,        PROMPT_WRITE,     NULL,          write_stacks_to) },
	{ "save-screen", "a file name",          OF_ACTION(ACT_SAVE_SCREEN,  PROMPT_SAVE,      NULL,          save_screen) },
	{ "hide-service", expression, OF_FILTER(FILTER_HIDE_SERVICE, "Leave out the spans of services, or functions of modules, by their name") },
	{ "only-service", expression, OF_FILTER(FILTER_ONLY_SERVICE, "Keep only the stacks through services, or modules, by their name") },
	{ "hide-package", expression, OF_FILTER(FILTER_HIDE_PACKAGE, "Leave out the frames of packages, as colours have them, by their name") },
	{ "only-package", expression, OF_FILTER(FILTER_ONLY_PACKAGE, "Keep only the stacks through packages, as colours have them, by their name") },
	{ "hide-kind",    expression, OF_FILTER(FILTER_HIDE_KIND,    "Leave out the functions of a kind: user, kernel, jit, inlined or waker") },
	{ "only-kind",    expression, OF_FILTER(FILTER_ONLY_KIND,    "Keep only the stacks through functions of a kind: user, kernel, jit, inlined or waker") },
	{ "hide-file",    expression, OF_FILTER(FILTER_HIDE_FILE,    "Leave out the functions of source files, by their name") },
	{ "only-file",    expression, OF_FILTER(FILTER_ONLY_FILE,    "Keep only the stacks through functions of source files, by their name") },
	{ "from-time",       moment, OF_OPTION("Only traces and samples from this time on", note_moment, begin_at) },
	{ "to-time",         moment, OF_OPTION("Only traces and samples before this time", note_moment, end_at) },
	{ "column",          key,    OF_OPTION("An attribute of spans as a column of the timeline", NULL, show_column) },
	{ "color-attribute", key,    OF_OPTION("Colours by an attribute of spans", NULL, color_by) },
	{ "name-width", "how many columns, or 0", OF_OPTION("Columns for the names of the timeline; 0: as many as fit", note_number, set_name_width) },
};

enum { VERBS = sizeof verbs / sizeof *verbs };

/* The word comes without the spaces before it. */
static const struct verb *
find(struct str line, struct str *word_out)
{
	for (size_t i = 0; i < VERBS; i++) {
		struct str name = str_of(verbs[i].name);
		if (!str_starts(line, name) || line.len == name.len || line.at[name.len] != ' ')
			continue;
		size_t at = name.len;
		while (at < line.len && line.at[at] == ' ')
			at++;
		*word_out = str_tail(line, at);
		return &verbs[i];
	}
	return NULL;
}

/* What is typed or pasted is the id of a trace or of a span of it; false, with err if it can be nothing but the id of what is not there. */
static bool
find_ref(struct app *app, struct str line, track_id *track, span_id *span, struct error *err)
{
	struct error inner = { 0 };
	struct trace_ref ref;

	if (!trace_ref_parse(line, &ref) || strlen(ref.trace) < DIGITS_LEAST)
		return false;
	if (trace_ref_find(app->session->ds, &ref, track, span, NULL, &inner))
		return true;
	if (ref.has_span || strlen(ref.trace) >= DIGITS_SURE)
		*err = inner;
	return false;
}

static bool
offer_ref(struct app *app, struct str line, struct popup_item *item)
{
	struct error err = { 0 };
	track_id track;
	span_id span;

	if (!find_ref(app, line, &track, &span, &err)) {
		item->bad = err.text[0];
		buf_add(&item->text, str_of(err.text));
		return item->bad;
	}
	buf_add(&item->left, STR("open "));
	track_name(app, track, &item->text);
	if (span != ID_NONE) {
		buf_addf(&item->text, " %s ", app->options.ascii ? ">" : "›");
		buf_add(&item->text, names_get(&app->names, app->session->ds->spans.frame[span])->text);
	}
	return true;
}

/* The palette again, with the verb in it. */
static unsigned
ask(struct app *app, const struct verb *verb)
{
	char line[64];
	unsigned update = palette_open(app);

	snprintf(line, sizeof line, "%s ", verb->name);
	popup_type(app, str_of(line));
	return update;
}

bool
verb_offer(struct app *app, struct str line, struct popup_item *item)
{
	struct str word;
	const struct verb *verb = find(line, &word);

	if (!verb)
		return offer_ref(app, line, item);
	buf_addf(&item->left, "%s ", verb->name);
	buf_add(&item->left, word);
	if (word.len == 0)
		buf_addf(&item->text, "%s follows", verb->hint);
	else if (verb->note)
		item->bad = !verb->note(app, word, &item->text);
	else
		buf_add(&item->text, str_of(verb->sentence ? verb->sentence : action_infos[verb->action].sentence));
	return true;
}

unsigned
verb_take(struct app *app, struct str line)
{
	struct str word;
	const struct verb *verb = find(line, &word);
	struct error err = { 0 };
	track_id track;
	span_id span;

	if (!verb && find_ref(app, line, &track, &span, &err))
		return selection_open_trace(app, track, span);
	if (!verb)
		return err.text[0] ? app_say(app, "%s", err.text) : UPDATE_NONE;
	if (word.len == 0)
		return verb->sentence ? ask(app, verb) : app_act(app, verb->action);
	if (verb->prompt != PROMPT_NONE)
		line_history_add(&app->prompt.lines[verb->prompt], word);
	return verb->run ? verb->run(app, word) : filter_by(app, verb->kind, word);
}

/* ---- those that no action asks for, as lines */

static const struct verb *
line_at(uint32_t index)
{
	for (size_t i = 0; i < VERBS; i++)
		if (verbs[i].sentence && index-- == 0)
			return &verbs[i];
	return NULL;
}

uint32_t
verb_lines(struct app *app)
{
	uint32_t count = 0;

	(void)app;
	while (line_at(count))
		count++;
	return count;
}

void
verb_line(struct app *app, uint32_t index, struct popup_item *item)
{
	const struct verb *verb = line_at(index);

	(void)app;
	buf_add(&item->left, str_of(verb->name));
	buf_add(&item->text, str_of(verb->sentence));
}

unsigned
verb_choose(struct app *app, uint32_t index)
{
	return ask(app, line_at(index));
}
