/* SPDX-License-Identifier: MIT
 * Choosing a track: all of them merged, or each; as in the input, by weight or by name. */
#include "config.h"

#include <stdlib.h>

#include "analysis/trace_ref.h"
#include "ui/pickers.h"
#include "ui/traces.h"
#include "util/text.h"
#include "util/unit.h"

enum { DIGITS_SHOWN = 6, WEIGHT_COLS = 11 };    /* of a trace id */

static const char *const kind_words[] = { [TRACK_TRACE] = "trace", [TRACK_THREAD] = "thread", [TRACK_PROFILE] = "profile" };

void
track_short_name(struct app *app, track_id id, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	const struct track *track = &ds->tracks[id];

	if (track->kind != TRACK_TRACE) {
		struct str name = dataset_str(ds, track->name);
		buf_add(out, str_of(kind_words[track->kind]));
		if (name.len) {
			buf_addc(out, ' ');
			names_safe(name, out);
		}
		return;
	}
	buf_add(out, STR("trace "));
	trace_id_brief(track, DIGITS_SHOWN, out);
}

void
track_name(struct app *app, track_id id, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	size_t from = out->len;

	if (id == TRACK_ALL) {
		buf_add(out, STR("all tracks"));
		return;
	}
	track_short_name(app, id, out);
	span_id root = session_tracks(app->session)[id].root;
	if (root != ID_NONE) {
		buf_addc(out, ' ');
		buf_add(out, names_get(&app->names, ds->spans.frame[root])->text);
	}
	struct buf process = { 0 };
	names_safe(dataset_str(ds, ds->tracks[id].process), &process);
	if (!str_has(str_tail(buf_str(out), from), buf_str(&process))) {
		buf_add(out, STR(" of "));
		buf_add(out, buf_str(&process));
	}
	buf_fini(&process);
}

/* ---- the list: item 0 is all of them */

static uint32_t
track_count(struct app *app)
{
	return app->session->ds->track_count + 1;
}

/* What spans or samples weigh, by which tracks are ordered; where that is the number of samples, how long they go on. */
static void
add_weight(struct app *app, track_id id, struct buf *out)
{
	const struct track *track = &app->session->ds->tracks[id];
	struct metric metric = app->state.recipe.spec.metric;
	struct str unit = metric_describe(app->session->ds, metric).unit;
	bool weighs = !metric_is_of_spans(metric) && track->sample_count && !str_equal(unit, STR("samples")) && !str_equal(unit, STR("count"));
	struct buf text = { 0 }, safe = { 0 };

	if (weighs)
		unit_format(session_track_weights(app->session, metric)[id], unit, app->options.ascii, &text);
	else if (metric_is_of_spans(metric) && track_is_of_spans(app->session->ds, id))
		unit_duration((int64_t)session_track_weights(app->session, metric)[id], app->options.ascii, &text);
	else if (track->end_ns > track->start_ns)
		unit_duration(track->end_ns - track->start_ns, app->options.ascii, &text);
	text_sanitise(buf_str(&text), &safe);
	for (int cols = text_width(buf_str(&safe)); cols < WEIGHT_COLS; cols++)
		buf_addc(out, ' ');
	buf_add(out, buf_str(&safe));
	buf_fini(&safe);
	buf_fini(&text);
}

static void
track_item(struct app *app, uint32_t index, struct popup_item *item)
{
	const struct dataset *ds = app->session->ds;
	track_id id = index ? index - 1 : TRACK_ALL;

	track_name(app, id, &item->text);
	item->marked = id == app->state.recipe.spec.track;
	if (id == TRACK_ALL) {
		buf_add(&item->right, STR("merged"));
		return;
	}
	const struct track *track = &ds->tracks[id];
	bool of_spans = track_is_of_spans(ds, id);
	uint32_t errors = session_tracks(app->session)[id].errors, count = of_spans ? track->span_count : track->sample_count;
	if (errors) {
		buf_addf(&item->right, "● %u %s   ", errors, errors == 1 ? "error" : "errors");
		item->bad = true;
	}
	unit_count(count, &item->right);
	buf_addf(&item->right, " %s%s", of_spans ? "span" : "sample", count == 1 ? " " : "s");
	add_weight(app, id, &item->right);
}

static unsigned
track_choose(struct app *app, uint32_t index)
{
	struct tree_spec usual = session_default_spec(app->session, index ? index - 1 : TRACK_ALL);
	struct tree_spec spec = app->state.recipe.spec;
	bool stays = app->state.view == VIEW_TIMELINE || (app_scene(app)->tree->timed && !metric_is_of_spans(spec.metric));

	if (view_is_bare(app->state.view) && index)
		return traces_open(app, index - 1);
	spec.track = usual.track;
	if (index)
		spec.metric = metric_of_track(app->session->ds, spec.metric, spec.track);
	spec.merge = stays && spec.track != TRACK_ALL ? MERGE_TIME : usual.merge;
	return app_change_spec(app, &spec);
}

/* ---- its order */

static const char *const order_words[] = {
	[TRACKS_AS_READ] = "as in the input", [TRACKS_BY_WEIGHT] = "heaviest first", [TRACKS_BY_NAME] = "by name",
};

struct track_place {
	uint32_t   index;
	double     weight;
	struct str name;    /* in the popup's arena */
};

static int
by_index(const struct track_place *a, const struct track_place *b)
{
	return a->index < b->index ? -1 : a->index > b->index;
}

static int
compare_weights(const void *left, const void *right)
{
	const struct track_place *a = left, *b = right;

	return a->weight > b->weight ? -1 : a->weight < b->weight ? 1 : by_index(a, b);
}

static int
compare_names(const void *left, const void *right)
{
	const struct track_place *a = left, *b = right;
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.at, b->name.at, len);

	return order ? order : a->name.len != b->name.len ? (a->name.len < b->name.len ? -1 : 1) : by_index(a, b);
}

static void
fill_name(struct app *app, struct track_place *place)
{
	struct buf name = { 0 };

	track_name(app, place->index - 1, &name);
	place->name = (struct str){ arena_copy(&app->popup.arena, buf_str(&name)), name.len };
	buf_fini(&name);
}

/* All of them together stay on top. */
static void
track_arrange(struct app *app, bool next)
{
	struct popup *popup = &app->popup;
	uint32_t count = track_count(app);

	app->track_order = (enum track_order)((app->track_order + next) % TRACK_ORDERS);
	popup->order_word = order_words[app->track_order];
	popup->order = NULL;
	if (app->track_order == TRACKS_AS_READ)
		return;
	struct track_place *places = arena_alloc(&popup->arena, count * sizeof *places);
	popup->order = arena_alloc(&popup->arena, count * sizeof *popup->order);
	const double *weights = app->track_order == TRACKS_BY_WEIGHT ? session_track_weights(app->session, app->state.recipe.spec.metric) : NULL;
	for (uint32_t i = 1; i < count; i++) {
		places[i] = (struct track_place){ .index = i, .weight = weights ? weights[i - 1] : 0 };
		if (!weights)
			fill_name(app, &places[i]);
	}
	if (count > 2)
		qsort(places + 1, count - 1, sizeof *places, weights ? compare_weights : compare_names);
	for (uint32_t i = 0; i < count; i++)
		popup->order[i] = places[i].index;
}

const struct popup_ops track_picker = {
	.title = "tracks", .filter = true, .count = track_count, .item = track_item, .choose = track_choose, .arrange = track_arrange,
};

unsigned
track_picker_open(struct app *app)
{
	popup_open(app, &track_picker);
	popup_choose_row(app, app->state.recipe.spec.track == TRACK_ALL ? 0 : app->state.recipe.spec.track + 1);
	return UPDATE_DRAW;
}
