/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/labels.h"

#include <stdlib.h>

#include "analysis/label_filter.h"
#include "util/alloc.h"
#include "util/chars.h"
#include "util/text.h"
#include "util/unit.h"

enum { KEY_COLS = 28, LABELS_MOST = 20000, LINES_MOST = 500 };    /* labels listed, the heaviest of each key first */

/* A key with one of its values, and what the samples with it weigh. */
struct choice {
	str_id   key, value, unit;
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
	uint32_t type = app_shows_spans(app) ? 0 : app->state.recipe.spec.metric.sample_type;

	for (sample_id sample = 0; ds->samples.label && sample < ds->samples.count; sample++)
		if (ds->samples.label[sample] != ID_NONE)
			weights[ds->samples.label[sample]] += samples_weight(&ds->samples, sample, type);
	for (label_id label = ds->label_count; label-- > 0;)
		if (ds->labels[label].parent != ID_NONE)
			weights[ds->labels[label].parent] += weights[label];
	return weights;
}

/* The heaviest of each key first; without weighing, in the order of the input. */
static struct choices
list_choices(const struct app *app, bool weigh)
{
	const struct dataset *ds = app->session->ds;
	struct choices choices = { 0 };
	struct label_keys keys = { 0 };
	struct idmap map;
	double *weights = weigh ? weights_of_labels(app) : NULL;

	idmap_init(&map);
	lens_label_keys(ds, &keys);
	for (label_id label = 0; label < ds->label_count; label++) {
		const struct label *at = &ds->labels[label];
		uint32_t known = find_choice(&choices, &map, at);

		if (known == ID_NONE) {
			struct choice choice = { .key = at->key, .value = at->value, .unit = at->unit };

			while (keys.at[choice.key_order] != at->key)
				choice.key_order++;
			known = (uint32_t)choices.len;
			idmap_add(&map, hash_pair(at->key, at->value), known);
			vec_push(&choices, choice);
		}
		choices.at[known].weight += weights ? weights[label] : 0;
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
		spec.labels = app_keep_pattern(app, buf_str(&text));
		update = app_change_spec(app, &spec);
	}
	buf_fini(&text);
	return update;
}

static unsigned
turn_nth(struct app *app, bool weighed, uint32_t index)
{
	const struct dataset *ds = app->session->ds;
	struct choices choices = list_choices(app, weighed);
	struct str key = dataset_str(ds, choices.at[index].key), value = dataset_str(ds, choices.at[index].value);

	vec_fini(&choices);
	return label_turn(app, key, value);
}

static unsigned
label_choose(struct app *app, uint32_t index)
{
	return turn_nth(app, true, index);
}

uint32_t
label_lines(struct app *app)
{
	if (!label_can(app))
		return 0;
	struct choices choices = list_choices(app, false);
	uint32_t count = choices.len <= LINES_MOST ? (uint32_t)choices.len : 0;
	vec_fini(&choices);
	return count;
}

void
label_add_lines(struct app *app)
{
	const struct dataset *ds = app->session->ds;
	struct choices choices = list_choices(app, false);
	struct buf left = { 0 };

	for (size_t i = 0; i < choices.len; i++) {
		struct str key = dataset_str(ds, choices.at[i].key), value = dataset_str(ds, choices.at[i].value);
		buf_clear(&left);
		buf_add(&left, STR("label "));
		buf_add(&left, key);
		buf_addc(&left, '=');
		buf_add(&left, value);
		popup_add(app, &(struct popup_line){
			.left = buf_str(&left), .text = STR("Only samples with this label"), .marked = place_of_label(app->state.recipe.spec.labels, key, value) > 0,
		}, 0);
	}
	buf_fini(&left);
	vec_fini(&choices);
}

unsigned
label_choose_line(struct app *app, uint32_t index)
{
	return turn_nth(app, false, index);
}

/* A number is shown with its unit, unless its key says it. */
static void
show_value(const struct dataset *ds, const struct choice *choice, struct buf *out)
{
	buf_add(out, dataset_str(ds, choice->value));
	if (choice->unit == STR_EMPTY || choice->unit == choice->key)
		return;
	buf_addc(out, ' ');
	buf_add(out, dataset_str(ds, choice->unit));
}

static bool
shows_value(struct str shown, struct str value)
{
	bool number = value.len && (char_is_digit(value.at[0]) || value.at[0] == '-');

	return str_equal(shown, value) || (number && str_starts(shown, value) && shown.at[value.len] == ' ');
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
		bool same_value = shows_value(buf_str(&item->text), buf_str(&safe));
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
	return app->session->ds->label_count > 0 && !app_shows_spans(app);
}

unsigned
label_open(struct app *app)
{
	const struct dataset *ds = app->session->ds;
	struct metric_info metric = metric_describe(ds, app->state.recipe.spec.metric);
	struct buf weight = { 0 }, value = { 0 };

	if (!label_can(app))
		return app_say(app, "%s", app_shows_spans(app) ? "only samples have labels: f asks spans for their attributes" : "these samples have no labels");
	struct choices choices = list_choices(app, true);
	popup_begin(app);
	for (size_t i = 0; i < choices.len; i++) {
		buf_clear(&weight);
		buf_clear(&value);
		show_value(ds, &choices.at[i], &value);
		unit_format(choices.at[i].weight, metric.unit, app->options.ascii, &weight);
		popup_add(app, &(const struct popup_line){
			.left = dataset_str(ds, choices.at[i].key), .text = buf_str(&value), .right = buf_str(&weight),
		}, 0);
	}
	vec_fini(&choices);
	buf_fini(&weight);
	buf_fini(&value);
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
	spec.labels = app_keep_pattern(app, buf_str(&text));
	buf_fini(&text);
	return app_change_spec(app, &spec);
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
