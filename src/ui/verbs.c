/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/verbs.h"

#include "analysis/trace_ref.h"
#include "ui/calltree.h"
#include "ui/filters.h"
#include "ui/pickers.h"
#include "ui/query_prompt.h"
#include "ui/sandwich.h"
#include "ui/selection.h"

/* Of an id, so that no word is taken for one; and of what can be nothing else. */
enum { DIGITS_LEAST = 4, DIGITS_SURE = 12 };

struct verb {
	const char *name;
	const char *hint;        /* what is to be typed behind it */
	enum action action;      /* which asks for it, and has the sentence */
	enum prompt_kind prompt; /* whose history it joins */
	/* Says what the word would do, or what is wrong with it: false.  NULL: nothing is known before. */
	bool      (*note)(struct app *app, struct str word, struct buf *out);
	unsigned  (*run)(struct app *app, struct str word);
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

static bool
note_query(struct app *app, struct str word, struct buf *out)
{
	return query_note(app, word, out, NULL);
}

static const struct verb verbs[] = {
	{ "search",      "what to search for",   ACT_SEARCH,       PROMPT_SEARCH,    NULL,          search_for },
	{ "query",       "a condition on spans", ACT_QUERY,        PROMPT_QUERY,     note_query,    selection_add },
	{ "hide",        "a regular expression", ACT_HIDE_BY,      PROMPT_HIDE,      pattern_count, filter_hide_by },
	{ "only",        "a regular expression", ACT_ONLY_BY,      PROMPT_ONLY,      pattern_count, filter_only_by },
	{ "ignore",      "a regular expression", ACT_IGNORE_BY,    PROMPT_IGNORE,    pattern_count, filter_ignore_by },
	{ "show-from",   "a regular expression", ACT_SHOW_FROM_BY, PROMPT_SHOW_FROM, pattern_count, filter_show_from_by },
	{ "sandwich",    "a regular expression", ACT_SANDWICH_OF,  PROMPT_SANDWICH,  pattern_count, sandwich_of },
	{ "unfold-to",   "how many levels",      ACT_UNFOLD_TO,    PROMPT_LEVELS,    NULL,          unfold_to },
	{ "write",       "a file name",          ACT_WRITE,        PROMPT_WRITE,     NULL,          write_stacks_to },
	{ "save-screen", "a file name",          ACT_SAVE_SCREEN,  PROMPT_SAVE,      NULL,          save_screen },
};

/* The word comes without the spaces before it. */
static const struct verb *
find(struct str line, struct str *word_out)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
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
		buf_add(&item->text, str_of(action_infos[verb->action].sentence));
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
		return app_act(app, verb->action);
	line_history_add(&app->prompt.lines[verb->prompt], word);
	return verb->run(app, word);
}
