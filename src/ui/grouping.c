/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/grouping.h"

#include <stdlib.h>

#include "util/unit.h"

enum { KEY_COLS = 28 };

static const struct { const char *name, *meaning; } span_keys[] = {
	{ "service,name", "as in the input" }, { "name", "of whatever service" }, { "service", "calls inside one are one box" },
	{ "kind", "server, client and so on" },
};

enum { SPAN_KEYS = sizeof span_keys / sizeof *span_keys };

/* The attribute number index by name; those of events do not name their spans.  False: there are not so many. */
static bool
attribute_at(struct app *app, uint32_t index, struct str *name_out, uint32_t *spans_out)
{
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(app->session->cache), NULL);
	uint32_t end;

	for (uint32_t begin = 0; begin < keys->count; begin = end) {
		bool found = false;

		*spans_out = 0;
		for (end = begin; end < keys->count && keys->keys[end].name == keys->keys[begin].name; end++)
			if (keys->keys[end].place != ATTR_EVENT) {
				found = true;
				*spans_out = keys->keys[end].spans > *spans_out ? keys->keys[end].spans : *spans_out;
			}
		*name_out = strtab_get(keys->names, keys->keys[begin].name);
		if (found && index-- == 0)
			return true;
	}
	return false;
}

static uint32_t
group_count(struct app *app)
{
	struct label_keys keys = { 0 };
	struct str name;
	uint32_t count = 0, spans;

	if (app_shows_spans(app)) {
		while (attribute_at(app, count, &name, &spans))
			count++;
		return SPAN_KEYS + count;
	}
	lens_label_keys(app->session->ds, &keys);
	count = 1 + (uint32_t)keys.len;
	vec_fini(&keys);
	return count;
}

/* The raw key of a line; "" for the line that takes all away. */
static struct str
key_at(struct app *app, uint32_t index)
{
	struct label_keys keys = { 0 };
	struct str name = STR("");
	uint32_t spans;

	if (index == 0)
		return name;
	if (app_shows_spans(app)) {
		if (index < SPAN_KEYS)
			return str_of(span_keys[index].name);
		return attribute_at(app, index - SPAN_KEYS, &name, &spans) ? name : STR("");
	}
	lens_label_keys(app->session->ds, &keys);
	name = dataset_str(app->session->ds, keys.at[index - 1]);
	vec_fini(&keys);
	return name;
}

/* Which of the keys in force it is, from 1; 0: none. */
static uint32_t
place_of_key(const char *group, struct str key)
{
	struct str keys[LENS_KEYS_MAX];
	uint32_t count = lens_keys(group, keys);

	for (uint32_t i = 0; i < count; i++)
		if (str_equal(keys[i], key))
			return i + 1;
	return 0;
}

static void
group_item(struct app *app, uint32_t index, struct popup_item *item)
{
	const char *group = app->state.recipe.spec.group;
	struct str key = key_at(app, index), name;
	uint32_t spans, place = place_of_key(group, key);

	if (index == 0) {
		buf_add(&item->left, app_shows_spans(app) ? str_of(span_keys[0].name) : STR("no labels"));
		buf_add(&item->text, app_shows_spans(app) ? str_of(span_keys[0].meaning) : STR("stacks alone"));
		item->marked = !group;
		return;
	}
	names_safe(key, &item->left);
	if (!app_shows_spans(app)) {
		buf_add(&item->text, STR("a level above the stacks for each value"));
	} else if (index < SPAN_KEYS) {
		buf_add(&item->text, str_of(span_keys[index].meaning));
	} else if (attribute_at(app, index - SPAN_KEYS, &name, &spans)) {
		buf_add(&item->text, STR("attribute of "));
		unit_format(spans, STR("spans"), app->options.ascii, &item->text);
		if (!attrs_keys(build_cache_attrs(app->session->cache), NULL)->all)
			buf_add(&item->text, STR(" looked at"));
	}
	item->marked = place > 0;
	if (place)
		buf_addf(&item->right, "%u", place);
	if (item->left.len >= KEY_COLS)
		buf_addc(&item->left, ' ');
}

static unsigned
group_choose(struct app *app, uint32_t index)
{
	struct tree_spec spec = app->state.recipe.spec;
	struct str keys[LENS_KEYS_MAX], key = key_at(app, index);
	uint32_t count = lens_keys(spec.group, keys), place = place_of_key(spec.group, key);
	struct buf text = { 0 };

	if (count == LENS_KEYS_MAX && !place && index > 0)
		return app_say(app, "there can be at most %d keys", LENS_KEYS_MAX);
	for (uint32_t i = 0; i < count && index > 0; i++)
		if (i + 1 != place) {
			buf_add(&text, text.len ? STR(",") : STR(""));
			buf_add(&text, keys[i]);
		}
	if (index > 0 && !place) {
		buf_add(&text, text.len ? STR(",") : STR(""));
		buf_add(&text, key);
	}
	spec.group = app_keep_pattern(app, buf_str(&text));
	buf_fini(&text);
	return app_change_spec(app, &spec);
}

const struct popup_ops group_picker = {
	.title = "what boxes stand for", .filter = true, .left_cols = KEY_COLS, .count = group_count, .item = group_item,
	.choose = group_choose,
};

bool
group_can(struct app *app)
{
	return app_shows_spans(app) || app->session->ds->label_count > 0;
}

unsigned
group_open(struct app *app)
{
	return group_can(app) ? popup_open(app, &group_picker) : app_say(app, "these samples have no labels");
}

bool
group_on(struct app *app)
{
	return app->state.recipe.spec.group != NULL;
}

void
group_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("by "));
	names_safe(str_of(app->state.recipe.spec.group), out);
}

unsigned
group_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.group = NULL;
	return app_change_spec(app, &spec);
}

bool
link_print_group(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !group_on(app))
		return false;
	buf_add(out, str_of(app->state.recipe.spec.group));
	return true;
}
