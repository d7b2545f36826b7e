/* SPDX-License-Identifier: MIT
 * What can be done with an entry of the details pane. */
#include "config.h"

#include "ui/details_core.h"
#include "analysis/query.h"
#include "ui/copying.h"
#include "ui/details_json.h"
#include "ui/goto.h"
#include "ui/hue.h"
#include "ui/instances.h"
#include "ui/labels.h"
#include "ui/selection.h"
#include "ui/value_column.h"
#include "util/text.h"
#include "util/unit.h"

struct entry_action {
	const char *sentence;
	bool      (*can)(struct app *app, const struct entry *entry);
	unsigned  (*go)(struct app *app, const struct entry *entry);
};

/* Line breaks and tabs are kept, for a statement or a prompt is of many lines; nothing else that a terminal would obey is. */
static void
add_lines(struct str text, struct buf *out)
{
	for (size_t from = 0, i = 0; i <= text.len; i++) {
		if (i < text.len && text.at[i] != '\n' && text.at[i] != '\t')
			continue;
		text_sanitise((struct str){ text.at + from, i - from }, out);
		if (i < text.len)
			buf_addc(out, text.at[i]);
		from = i + 1;
	}
}

static unsigned
put_on_clipboard(struct app *app, struct buf *text, const char *what)
{
	unsigned update = copy_put(app, buf_str(text));

	buf_fini(text);
	return app_say(app, "copied %s", what) | update;
}

static bool
leads(struct app *app, const struct entry *entry)
{
	(void)app;
	return entry->kind == ENTRY_SPAN;
}

static unsigned
follow(struct app *app, const struct entry *entry)
{
	return app_go_to_span(app, entry->span);
}

static bool
has_value(struct app *app, const struct entry *entry)
{
	(void)app;
	return entry->value.len > 0;
}

static unsigned
copy_value(struct app *app, const struct entry *entry)
{
	struct buf text = { 0 };

	add_lines(entry->value, &text);
	return put_on_clipboard(app, &text, "the value");
}

static bool
has_key(struct app *app, const struct entry *entry)
{
	return entry->key.len > 0 && has_value(app, entry);
}

static unsigned
copy_pair(struct app *app, const struct entry *entry)
{
	struct buf text = { 0 };

	text_sanitise(entry->key, &text);
	buf_addc(&text, '=');
	add_lines(entry->value, &text);
	return put_on_clipboard(app, &text, "key and value");
}

static span_id
span_here(struct app *app)
{
	struct instances instances = instances_of(app, details_node(app));
	uint32_t nth = app->state.details_nth;

	return instances.count == 1 ? instances.at[0] : nth > 0 && nth <= instances.count ? instances.at[nth - 1] : ID_NONE;
}

static bool
is_span(struct app *app, const struct entry *entry)
{
	(void)entry;
	return span_here(app) != ID_NONE;
}

static unsigned
copy_json(struct app *app, const struct entry *entry)
{
	struct error err = { 0 };
	struct buf text = { 0 };

	(void)entry;
	if (details_json(app->session->ds, span_here(app), &text, &err))
		return put_on_clipboard(app, &text, "the span as JSON");
	buf_fini(&text);
	return app_say(app, "%s", err.text);
}

/* ---- with the attribute of all spans */

enum { QUERY_VALUE_BYTES = 1000 };    /* a longer value is no use in a query */

/* What a query calls it; NULL: nothing. */
static const char *
query_field(const struct entry *entry)
{
	static const char *const facts[] = { "name", "service", "kind" };

	for (size_t i = 0; i < sizeof facts / sizeof *facts && entry->kind == ENTRY_FACT; i++)
		if (str_equal(entry->key, str_of(facts[i])))
			return facts[i];
	return NULL;
}

static bool
can_ask(struct app *app, const struct entry *entry)
{
	bool attribute = entry->kind == ENTRY_ATTRIBUTE && entry->section != DETAIL_SPAN && entry->section != DETAIL_LINK;

	return (attribute || query_field(entry)) && entry->key.len && entry->value.len <= QUERY_VALUE_BYTES && dataset_has_spans(app->session->ds);
}

static unsigned
ask(struct app *app, const struct entry *entry, const char *operator)
{
	struct buf query = { 0 };

	if (query_field(entry))
		buf_add(&query, entry->key);
	else
		query_quote_attribute(entry->key, &query);
	buf_addf(&query, " %s ", operator);
	query_quote(entry->value, &query);
	unsigned update = selection_add(app, buf_str(&query));
	buf_fini(&query);
	return update;
}

static unsigned
ask_equal(struct app *app, const struct entry *entry)
{
	return ask(app, entry, "=");
}

static unsigned
ask_other(struct app *app, const struct entry *entry)
{
	return ask(app, entry, "!=");
}

static bool
is_attribute(struct app *app, const struct entry *entry)
{
	return can_ask(app, entry) && entry->kind == ENTRY_ATTRIBUTE;
}

static unsigned
colour_by(struct app *app, const struct entry *entry)
{
	app_remember(app, 0);
	hue_by_attribute(app, &app->state, entry->key);
	return app_say(app, "colours by the value of this attribute: c shows what they mean");
}

static unsigned
show_column(struct app *app, const struct entry *entry)
{
	app_remember(app, 0);
	value_column_set(app, &app->state, entry->key);
	return app_say(app, "%s", app->state.view == VIEW_TIMELINE ? "its values stand beside the names" : "its values stand beside the names in the timeline");
}

static bool
is_label(struct app *app, const struct entry *entry)
{
	(void)app;
	return entry->kind == ENTRY_LABEL;
}

static unsigned
keep_label(struct app *app, const struct entry *entry)
{
	const struct dataset *ds = app->session->ds;
	const struct label *label = &ds->labels[entry->nth];

	return label_turn(app, dataset_str(ds, label->key), dataset_str(ds, label->value));
}

/* The attribute of a span, or the key of a label of samples. */
static struct str
group_key(struct app *app, const struct entry *entry)
{
	const struct dataset *ds = app->session->ds;

	return is_label(app, entry) ? dataset_str(ds, ds->labels[entry->nth].key) : entry->key;
}

static bool
can_group(struct app *app, const struct entry *entry)
{
	struct str key = group_key(app, entry);

	return (is_label(app, entry) || is_attribute(app, entry)) && key.len && !memchr(key.at, ',', key.len);
}

static unsigned
group_by(struct app *app, const struct entry *entry)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.group = app_keep_pattern(app, group_key(app, entry));
	spec.merge = MERGE_MERGED;
	return app_change_spec(app, &spec);
}

static bool
is_number(struct app *app, const struct entry *entry)
{
	double number;

	return is_attribute(app, entry) && number_parse(entry->value, &number);
}

static unsigned
measure(struct app *app, const struct entry *entry)
{
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(app->session->cache), NULL);
	struct str name = strtab_get(app->patterns, strtab_intern(app->patterns, entry->key));
	struct tree_spec spec = app->state.recipe.spec;

	if (!metric_find(build_cache_dataset(app->session->cache), keys, name, &spec.metric))
		return app_say(app, "this attribute is not a number everywhere");
	spec.merge = MERGE_MERGED;
	return app_change_spec(app, &spec);
}

static const struct entry_action actions[] = {
	{ "Go there", leads, follow },
	{ "Copy the value", has_value, copy_value },
	{ "Copy as key=value", has_key, copy_pair },
	{ "Copy the whole span as JSON", is_span, copy_json },
	{ "Only traces with this value (=)", can_ask, ask_equal },
	{ "Only traces with spans of another value (!=)", can_ask, ask_other },
	{ "Colour by this attribute", is_attribute, colour_by },
	{ "Show it as a column of the timeline", is_attribute, show_column },
	{ "Only samples with this label", is_label, keep_label },
	{ "Group by this key", can_group, group_by },
	{ "Let widths mean this number", is_number, measure },
};

enum { ACTIONS = sizeof actions / sizeof *actions };

static const struct entry_action *
action_at(struct app *app, uint32_t index)
{
	const struct entry *entry = details_chosen(app);

	for (int i = 0; entry && i < ACTIONS; i++)
		if (actions[i].can(app, entry) && index-- == 0)
			return &actions[i];
	return NULL;
}

static uint32_t
action_count(struct app *app)
{
	uint32_t count = 0;

	while (action_at(app, count))
		count++;
	return count;
}

static void
action_item(struct app *app, uint32_t index, struct popup_item *item)
{
	buf_add(&item->text, str_of(action_at(app, index)->sentence));
}

static unsigned
action_choose(struct app *app, uint32_t index)
{
	const struct entry_action *action = action_at(app, index);

	return action ? action->go(app, details_chosen(app)) : UPDATE_NONE;
}

static const struct popup_ops menu = {
	.title = "this entry", .count = action_count, .item = action_item, .choose = action_choose,
};

unsigned
details_menu_open(struct app *app, int col, int row)
{
	if (!action_count(app))
		return app_say(app, "there is nothing to do with this");
	popup_open(app, &menu);
	app->popup.has_anchor = col >= 0;
	app->popup.anchor_col = col;
	app->popup.anchor_row = row;
	return UPDATE_DRAW;
}
