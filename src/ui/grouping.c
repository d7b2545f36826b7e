/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/grouping.h"

#include <stdlib.h>

#include "analysis/label_filter.h"
#include "ui/change.h"
#include "util/alloc.h"
#include "util/text.h"
#include "util/unit.h"

enum { KEY_COLS = 28, LABELS_MOST = 20000 };    /* labels listed, the heaviest of each key first */

static unsigned
change(struct app *app, const struct tree_spec *spec)
{
	app_remember(app, 0);
	return app_change_spec(app, spec);
}

/* Kept as long as the app is there; NULL when empty. */
static const char *
keep(struct app *app, const struct buf *text)
{
	return text->len ? strtab_get(app->patterns, strtab_intern(app->patterns, buf_str(text))).at : NULL;
}

static bool
of_spans(const struct app *app)
{
	return metric_is_of_spans(app->state.recipe.spec.metric);
}

/* ---- keys */

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

	if (of_spans(app)) {
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
	if (of_spans(app)) {
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
		buf_add(&item->left, of_spans(app) ? str_of(span_keys[0].name) : STR("no labels"));
		buf_add(&item->text, of_spans(app) ? str_of(span_keys[0].meaning) : STR("stacks alone"));
		item->marked = !group;
		return;
	}
	names_safe(key, &item->left);
	if (!of_spans(app)) {
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
	spec.group = keep(app, &text);
	buf_fini(&text);
	return change(app, &spec);
}

const struct popup_ops group_picker = {
	.title = "what boxes stand for", .filter = true, .left_cols = KEY_COLS, .count = group_count, .item = group_item,
	.choose = group_choose,
};

bool
group_can(struct app *app)
{
	return of_spans(app) || app->session->ds->label_count > 0;
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
	return change(app, &spec);
}

bool
link_print_group(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !group_on(app))
		return false;
	buf_add(out, str_of(app->state.recipe.spec.group));
	return true;
}

/* ---- granularity */

static enum grain
grain_now(const struct app *app)
{
	static const enum grain read_as[] = { [SINK_LINES] = GRAIN_LINE, [SINK_ADDRESSES] = GRAIN_ADDRESS };

	return app->session->grain == SINK_FUNCTIONS ? app->state.recipe.spec.grain : read_as[app->session->grain];
}

enum sink_grain
app_grain(const struct app *app)
{
	return app->options.grain;
}

unsigned
grain_set(struct app *app, enum grain grain)
{
	static const char *const words[] = {
		[GRAIN_FUNCTION] = "a box for each function", [GRAIN_FILE] = "calls inside one file are one box",
		[GRAIN_PACKAGE] = "calls inside one package are one box", [GRAIN_LINE] = "a box for each line, where lines are known",
		[GRAIN_ADDRESS] = "a box for each address, where addresses are known",
	};
	struct tree_spec spec = app->state.recipe.spec;
	enum sink_grain read_as = grain == GRAIN_LINE ? SINK_LINES : grain == GRAIN_ADDRESS ? SINK_ADDRESSES : SINK_FUNCTIONS;

	if (of_spans(app))
		return app_say(app, "spans have no files and packages: %s is for samples", action_infos[ACT_GRAIN].name);
	spec.grain = read_as == SINK_FUNCTIONS ? grain : GRAIN_FUNCTION;
	if (spec.grain != app->state.recipe.spec.grain)
		change(app, &spec);
	if (read_as == app->session->grain)
		return app_say(app, "%s", words[grain]);
	/* Functions, lines and addresses are told apart while the input is read. */
	app->options.grain = read_as;
	return app_say(app, "%s: the input is read again", words[grain]) | UPDATE_RELOAD;
}

unsigned
grain_next(struct app *app)
{
	enum grain now = grain_now(app);

	return grain_set(app, now < GRAIN_PACKAGE ? (enum grain)(now + 1) : GRAIN_FUNCTION);
}

bool
grain_on(struct app *app)
{
	return grain_now(app) != GRAIN_FUNCTION && !of_spans(app);
}

void
grain_text(struct app *app, struct buf *out)
{
	buf_addf(out, "%s%s", grain_name(grain_now(app)), grain_now(app) == GRAIN_ADDRESS ? "es" : "s");
}

unsigned
grain_remove(struct app *app)
{
	return grain_set(app, GRAIN_FUNCTION);
}

bool
link_print_grain(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || grain_now(app) == GRAIN_FUNCTION)
		return false;
	buf_add(out, str_of(grain_name(grain_now(app))));
	return true;
}

/* ---- labels */

/* A key with one of its values, and what the samples with it weigh. */
struct choice {
	str_id   key, value;
	uint32_t key_order;    /* by first appearance */
	double   weight;
};

struct choices { VEC(struct choice); };

static int
by_key_and_weight(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->key_order != y->key_order)
		return x->key_order < y->key_order ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static uint32_t
find_choice(const struct choices *choices, const struct idmap *map, const struct label *label)
{
	uint64_t hash = hash_pair(label->key, label->value);

	for (struct idmap_at at = idmap_first(map, hash); idmap_id(map, at) != ID_NONE; at = idmap_next(map, at))
		if (choices->at[idmap_id(map, at)].key == label->key && choices->at[idmap_id(map, at)].value == label->value)
			return idmap_id(map, at);
	return ID_NONE;
}

/* What the samples weigh that have a label, by the metric that is shown; free(). */
static double *
weights_of_labels(const struct app *app)
{
	const struct dataset *ds = app->session->ds;
	double *weights = xcalloc(ds->label_count ? ds->label_count : 1, sizeof *weights);
	uint32_t type = of_spans(app) ? 0 : app->state.recipe.spec.metric.sample_type;

	for (sample_id sample = 0; ds->samples.label && sample < ds->samples.count; sample++)
		if (ds->samples.label[sample] != ID_NONE)
			weights[ds->samples.label[sample]] += ds->samples.weight[(size_t)sample * ds->sample_type_count + type];
	for (label_id label = ds->label_count; label-- > 0;)
		if (ds->labels[label].parent != ID_NONE)
			weights[ds->labels[label].parent] += weights[label];
	return weights;
}

static struct choices
list_choices(const struct app *app)
{
	const struct dataset *ds = app->session->ds;
	struct choices choices = { 0 };
	struct label_keys keys = { 0 };
	struct idmap map;
	double *weights = weights_of_labels(app);

	idmap_init(&map);
	lens_label_keys(ds, &keys);
	for (label_id label = 0; label < ds->label_count; label++) {
		const struct label *at = &ds->labels[label];
		uint32_t known = find_choice(&choices, &map, at);

		if (known == ID_NONE) {
			struct choice choice = { .key = at->key, .value = at->value };

			while (keys.at[choice.key_order] != at->key)
				choice.key_order++;
			known = (uint32_t)choices.len;
			idmap_add(&map, hash_pair(at->key, at->value), known);
			vec_push(&choices, choice);
		}
		choices.at[known].weight += weights[label];
	}
	if (choices.len)
		qsort(choices.at, choices.len, sizeof *choices.at, by_key_and_weight);
	if (choices.len > LABELS_MOST)
		choices.len = LABELS_MOST;
	idmap_fini(&map);
	vec_fini(&keys);
	free(weights);
	return choices;
}

/* Which wish it is, from 1; 0: none. */
static uint32_t
place_of_label(const char *labels, struct str key, struct str value)
{
	struct str wished_key, wished_value;

	for (uint32_t i = 0; label_wish(labels, i, &wished_key, &wished_value); i++)
		if (str_equal(wished_key, key) && str_equal(wished_value, value))
			return i + 1;
	return 0;
}

/* All wishes but the one at this place, counted from 1. */
static void
wishes_without(const char *labels, uint32_t place, struct buf *out)
{
	struct str key, value;

	for (uint32_t i = 0; label_wish(labels, i, &key, &value); i++) {
		if (i + 1 == place)
			continue;
		buf_add(out, key);
		buf_addc(out, '=');
		buf_add(out, value);
		buf_addc(out, '\n');
	}
}

unsigned
label_turn(struct app *app, struct str key, struct str value)
{
	struct tree_spec spec = app->state.recipe.spec;
	uint32_t place = place_of_label(spec.labels, key, value);
	struct buf text = { 0 };
	unsigned update;

	wishes_without(spec.labels, place, &text);
	if (!place) {
		buf_add(&text, key);
		buf_addc(&text, '=');
		buf_add(&text, value);
		buf_addc(&text, '\n');
	}
	if (memchr(key.at, '=', key.len) || memchr(key.at, '\n', key.len) || memchr(value.at, '\n', value.len))
		update = app_say(app, "this label cannot be asked for: its key has a '=' or it has a line break");
	else if (!place && label_on(app, LABEL_PILLS_MAX - 1))
		update = app_say(app, "there can be at most %d labels", LABEL_PILLS_MAX);
	else {
		spec.labels = keep(app, &text);
		update = change(app, &spec);
	}
	buf_fini(&text);
	return update;
}

static unsigned
label_choose(struct app *app, uint32_t index)
{
	const struct dataset *ds = app->session->ds;
	struct choices choices = list_choices(app);
	struct str key = dataset_str(ds, choices.at[index].key), value = dataset_str(ds, choices.at[index].value);

	vec_fini(&choices);
	return label_turn(app, key, value);
}

static void
label_item(struct app *app, uint32_t index, struct popup_item *item)
{
	struct str key, value;
	struct buf safe = { 0 };

	popup_line_item(app, index, item);
	for (unsigned i = 0; label_wish(app->state.recipe.spec.labels, i, &key, &value); i++) {
		buf_clear(&safe);
		names_safe(value, &safe);
		bool same_value = str_equal(buf_str(&safe), buf_str(&item->text));
		buf_clear(&safe);
		names_safe(key, &safe);
		item->marked = item->marked || (same_value && str_equal(buf_str(&safe), buf_str(&item->left)));
	}
	buf_fini(&safe);
}

static const struct popup_ops label_picker = {
	.title = "only samples with a label", .filter = true, .left_cols = KEY_COLS, .count = popup_line_count, .item = label_item,
	.choose = label_choose,
};

bool
label_can(struct app *app)
{
	return app->session->ds->label_count > 0 && !of_spans(app);
}

unsigned
label_open(struct app *app)
{
	const struct dataset *ds = app->session->ds;
	struct metric_info metric = metric_describe(ds, app->state.recipe.spec.metric);
	struct buf weight = { 0 };

	if (!label_can(app))
		return app_say(app, "%s", of_spans(app) ? "only samples have labels: f asks spans for their attributes" : "these samples have no labels");
	struct choices choices = list_choices(app);
	popup_begin(app);
	for (size_t i = 0; i < choices.len; i++) {
		buf_clear(&weight);
		unit_format(choices.at[i].weight, metric.unit, app->options.ascii, &weight);
		popup_add(app, &(const struct popup_line){
			.left = dataset_str(ds, choices.at[i].key), .text = dataset_str(ds, choices.at[i].value), .right = buf_str(&weight),
		}, 0);
	}
	vec_fini(&choices);
	buf_fini(&weight);
	return popup_open(app, &label_picker);
}

bool
label_on(struct app *app, unsigned index)
{
	struct str key, value;

	return label_wish(app->state.recipe.spec.labels, index, &key, &value);
}

void
label_text(struct app *app, unsigned index, struct buf *out)
{
	struct str key, value;

	if (!label_wish(app->state.recipe.spec.labels, index, &key, &value))
		return;
	text_sanitise(key, out);
	buf_add(out, STR(" = "));
	text_sanitise(value, out);
}

unsigned
label_remove(struct app *app, unsigned index)
{
	struct tree_spec spec = app->state.recipe.spec;
	struct buf text = { 0 };

	wishes_without(spec.labels, index + 1, &text);
	spec.labels = keep(app, &text);
	buf_fini(&text);
	return change(app, &spec);
}

bool
link_print_label(struct app *app, unsigned at, struct buf *out)
{
	struct str key, value;

	if (!label_wish(app->state.recipe.spec.labels, at, &key, &value))
		return false;
	buf_add(out, key);
	buf_addc(out, '=');
	buf_add(out, value);
	return true;
}
