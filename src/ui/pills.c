/* SPDX-License-Identifier: MIT
 * Which pills there are, what they say, and how they are taken back. */
#include "config.h"

#include "ui/pills_core.h"

#include "ui/filters.h"
#include "ui/sandwich.h"
#include "ui/selection.h"
#include "util/text.h"

static const struct pill *
pill_of(enum pill_kind kind)
{
	return tree_pills[kind].is_on ? &tree_pills[kind] : &view_pills[kind];
}

static bool
is_filter(enum pill_kind kind)
{
	return kind >= PILL_FILTER && kind < PILL_NONE;
}

static bool
is_query(enum pill_kind kind)
{
	return kind >= PILL_QUERY && kind <= PILL_QUERY_LAST;
}

static bool
is_label(enum pill_kind kind)
{
	return kind >= PILL_LABEL && kind <= PILL_LABEL_LAST;
}

bool
pill_is_on(struct app *app, enum pill_kind kind)
{
	if (is_label(kind))
		return label_on(app, (unsigned)(kind - PILL_LABEL));
	if (is_query(kind))
		return (unsigned)(kind - PILL_QUERY) < app->state.recipe.select.query_count;
	/* What the list of traces does not show, it does not say. */
	if (view_is_bare(app->state.view) && kind != PILL_SEARCH && kind != PILL_MATCHES && !is_query(kind) && kind != PILL_RANGE)
		return false;
	if (is_filter(kind))
		return (unsigned)(kind - PILL_FILTER) < app->state.recipe.filter_count;
	return pill_of(kind)->is_on(app);
}

static uint32_t
filter_pills(const struct app *app)
{
	return view_is_bare(app->state.view) ? 0 : app->state.recipe.filter_count;
}

unsigned
pill_count(struct app *app)
{
	unsigned count = filter_pills(app);

	for (int kind = 0; kind < PILL_COUNT; kind++)
		count += pill_is_on(app, (enum pill_kind)kind);
	return count;
}

enum pill_kind
pill_at(struct app *app, uint32_t index)
{
	uint32_t filters = filter_pills(app);

	for (int kind = 0; kind < PILL_COUNT; kind++) {
		if (pill_is_on(app, (enum pill_kind)kind) && index-- == 0)
			return (enum pill_kind)kind;
		if (kind == PILL_RANGE && index < filters)
			return (enum pill_kind)(PILL_FILTER + (int)index);
		if (kind == PILL_RANGE)
			index -= filters;
	}
	return PILL_NONE;
}

void
pill_text(struct app *app, enum pill_kind kind, struct buf *out)
{
	struct buf text = { 0 };

	if (is_filter(kind) || is_query(kind) || is_label(kind) || kind == PILL_SANDWICH) {
		if (is_label(kind))
			label_text(app, (unsigned)(kind - PILL_LABEL), &text);
		else if (is_query(kind))
			selection_query_text(app, (unsigned)(kind - PILL_QUERY), &text);
		else if (kind == PILL_SANDWICH)
			sandwich_text(app, &text);
		else
			filter_text(app, (unsigned)(kind - PILL_FILTER), &text);
		text_fit(buf_str(&text), PILL_NAME_COLS, false, app->options.ascii, out);
		buf_fini(&text);
		return;
	}
	pill_of(kind)->text(app, out);
}

/* Of a search the pattern is cut, not what it finds. */
void
pill_text_cut(struct app *app, enum pill_kind kind, int cols, struct buf *out)
{
	struct buf text = { 0 };

	if (kind == PILL_SEARCH)
		search_pill_text(app, cols, &text);
	else
		pill_text(app, kind, &text);
	text_fit(buf_str(&text), cols, false, app->options.ascii, out);
	buf_fini(&text);
}

unsigned
pill_remove(struct app *app, enum pill_kind kind)
{
	/* Clicks that come together are for what was drawn before the first of them. */
	if (kind == PILL_NONE || !pill_is_on(app, kind))
		return UPDATE_NONE;
	if (is_query(kind))
		return selection_query_remove(app, (unsigned)(kind - PILL_QUERY));
	if (is_label(kind))
		return label_remove(app, (unsigned)(kind - PILL_LABEL));
	return is_filter(kind) ? filter_remove(app, (unsigned)(kind - PILL_FILTER)) : pill_of(kind)->remove(app);
}
