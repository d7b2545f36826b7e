/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/hue.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/label.h"
#include "analysis/search.h"
#include "analysis/query_core.h"
#include "ui/filters.h"
#include "ui/legend_shares.h"
#include "ui/selection.h"
#include "ui/shown_attribute.h"
#include "util/alloc.h"
#include "util/exact.h"
#include "util/unit.h"

enum { COLD = 17, HOT = 2, PLAIN_HUE = 2, ERROR_HUE = 1, OK_HUE = 10, UNSET_HUE = 16 };    /* of PAINT_HUES: blue, red ... */

/* Small shares are told apart better than large ones. */
uint8_t
hue_of_share(double share)
{
	double part = share > 0 ? fmin(sqrt(share), 1) : 0;

	return (uint8_t)(COLD - lround(part * (COLD - HOT)));
}

static const char *
kind_word(struct app *app, node_id node)
{
	const struct dataset *ds = app->session->ds;
	const struct tree *tree = app_scene(app)->tree;
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	if (span != ID_NONE)
		return query_kind_words[ds->spans.kind[span] <= SPAN_CONSUMER ? ds->spans.kind[span] : SPAN_UNSPECIFIED];
	return label_kind(ds, tree->frame[node]).at;
}

static const char *
status_word(struct app *app, node_id node)
{
	static const char *const words[] = { [STATUS_UNSET] = "unset", [STATUS_OK] = "ok", [STATUS_ERROR] = "error" };
	const struct tree *tree = app_scene(app)->tree;
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	return span != ID_NONE ? words[app->session->ds->spans.status[span] % 3] : "none";
}

/* As people expect them to be. */
static uint8_t
status_hue(const char *word)
{
	return strcmp(word, "error") == 0 ? ERROR_HUE : strcmp(word, "ok") == 0 ? OK_HUE : UNSET_HUE;
}

void
hue_by_attribute(struct app *app, struct view_state *state, struct str key)
{
	state->color = COLOR_ATTRIBUTE;
	state->color_key = strtab_intern(app->patterns, key);
}

/* The attribute's value of the node's first span; false: it has none. */
static bool
attribute_value(struct app *app, node_id node, struct str *out)
{
	const struct tree *tree = app_scene(app)->tree;
	span_id span = tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;

	if (span == ID_NONE)
		return false;
	const struct column *column = shown_attribute(app, &app->color_values, app->state.color_key);
	if (!column || !column_has(column, span))
		return false;
	*out = strtab_get(column->strings, column->string[span]);
	return true;
}

static uint8_t
attribute_hue(struct app *app, node_id node)
{
	struct str value;

	return attribute_value(app, node, &value) ? paint_hue(value) : UNSET_HUE;
}

static double
share(struct app *app, double value)
{
	double whole = app_scene(app)->tree->total[app->state.focus];

	return whole > 0 ? value / whole : 0;
}

uint8_t
hue_of_node(struct app *app, node_id node)
{
	return hue_of_box(app, node, app_scene(app)->tree->frame[node]);
}

uint8_t
hue_of_box(struct app *app, node_id node, frame_id frame)
{
	const struct tree *tree = app_scene(app)->tree;

	switch (app->state.color) {
	case COLOR_VALUE:   return hue_of_share(share(app, tree->total[node]));
	case COLOR_SELF:    return hue_of_share(share(app, tree_own(tree, node)));
	case COLOR_KIND:    return frame == ID_NONE ? PLAIN_HUE : paint_hue(str_of(kind_word(app, node)));
	case COLOR_STATUS:  return frame == ID_NONE ? PLAIN_HUE : status_hue(status_word(app, node));
	case COLOR_SERVICE: return frame == ID_NONE ? PLAIN_HUE : paint_hue(frame_module(app->session->ds, frame));
	case COLOR_ATTRIBUTE: return attribute_hue(app, node);
	default:            return name_hue(names_get(&app->names, frame), app->state.color);
	}
}

bool
hue_mode_tells(const struct app *app, enum color_mode mode)
{
	const struct dataset *ds = app->session->ds;

	if (mode == COLOR_KIND || mode == COLOR_STATUS) {
		if (ds->spans.count > 0)
			return true;
		for (frame_id frame = 0; mode == COLOR_KIND && frame < ds->frame_count; frame++)
			if (ds->frames[frame].kind != FRAME_USER)
				return true;
		return false;
	}
	for (frame_id frame = 0; mode == COLOR_SERVICE && frame < ds->frame_count; frame++)
		if (ds->frames[frame].module != STR_EMPTY)
			return true;
	return mode != COLOR_SERVICE;
}

/* What the hue stands for, sanitised: "net/http", "kernel"; nothing when it is a share. */
static void
add_key(struct app *app, node_id node, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	frame_id frame = app_scene(app)->tree->frame[node];
	struct str value = STR("none");

	switch (app->state.color) {
	case COLOR_PACKAGE: names_safe(label_package(ds, frame), out); break;
	case COLOR_NAME:    buf_add(out, names_get(&app->names, frame)->text); break;
	case COLOR_SERVICE: names_safe(frame_module(ds, frame), out); break;
	case COLOR_KIND:    buf_add(out, str_of(kind_word(app, node))); break;
	case COLOR_STATUS:  buf_add(out, str_of(status_word(app, node))); break;
	case COLOR_ATTRIBUTE:
		attribute_value(app, node, &value);
		names_safe(value, out);
		break;
	default:            break;
	}
}

/* ---- the legend */

enum { ENTRIES_MAX = 200, ROWS_MAX = 10000, LEFT_COLS = 4 };

struct entry {
	node_id  node;     /* the first that has it */
	double   self;
	char    *key;
};

struct legend {
	VEC(struct entry);
};

static void
add_self(struct legend *legend, struct app *app, node_id node, double self)
{
	struct buf key = { 0 };

	add_key(app, node, &key);
	buf_addc(&key, '\0');
	for (size_t i = 0; i < legend->len; i++)
		if (strcmp(legend->at[i].key, key.at) == 0) {
			legend->at[i].self += self;
			buf_fini(&key);
			return;
		}
	if (legend->len < ENTRIES_MAX)
		vec_push(legend, (struct entry){ node, self, xstrdup(key.at) });
	buf_fini(&key);
}

static int
by_self(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->self < y->self ? 1 : x->self > y->self ? -1 : strcmp(x->key, y->key);
}

/* From the table of the focus: its rows are few beside the boxes, and come by weight. In a sandwich the callers' self is that of others. */
static void
collect(struct app *app, struct legend *legend)
{
	struct scene *scene = app_scene(app);
	node_id within = app->state.focus;
	const struct top *top = scene_top(scene, app->session->ds, within, TOP_SELF, false);
	bool halves = scene->tree->halves;

	for (uint32_t i = 0; i < top->count && i < ROWS_MAX; i++) {
		const struct top_row *row = &top->rows[i];
		double self = halves ? scene_half_sum(scene, row->frame, within, scene_is_caller(scene, within)).self : row->self;
		add_self(legend, app, scene_heaviest(scene, row, TOP_FUNCTIONS, within), self);
	}
	if (legend->len)
		qsort(legend->at, legend->len, sizeof *legend->at, by_self);
}

static void
drop(struct legend *legend)
{
	for (size_t i = 0; i < legend->len; i++)
		free(legend->at[i].key);
	vec_fini(legend);
}

static bool
is_of_shares(const struct app *app)
{
	return app->state.color == COLOR_VALUE || app->state.color == COLOR_SELF;
}

/* Whether a line stands for something that every span has for itself: what asks for it is a query. */
static bool
is_of_spans(const struct app *app)
{
	enum color_mode mode = app->state.color;

	return app->scene->tree->span && (mode == COLOR_KIND || mode == COLOR_STATUS || mode == COLOR_ATTRIBUTE);
}

static void
add_quoted(struct str text, struct buf *out)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"' || text.at[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, text.at[i]);
	}
	buf_addc(out, '"');
}

/* "kind = server", "status = error", "\"http.method\" = \"GET\"". */
static unsigned
ask_for(struct app *app, const struct entry *entry)
{
	struct buf query = { 0 };
	struct str value;

	if (app->state.color == COLOR_ATTRIBUTE) {
		bool has = attribute_value(app, entry->node, &value);
		buf_add(&query, has ? STR("") : STR("NOT "));
		add_quoted(strtab_get(app->patterns, app->state.color_key), &query);
		buf_add(&query, has ? STR(" = ") : STR(" EXISTS"));
		if (has)
			add_quoted(value, &query);
	} else {
		bool kind = app->state.color == COLOR_KIND;
		span_id span = app_scene(app)->tree->span[entry->node];
		uint8_t which = span == ID_NONE ? 0 : (kind ? app->session->ds->spans.kind : app->session->ds->spans.status)[span];
		buf_addf(&query, "%s = %s", kind ? "kind" : "status", (kind ? query_kind_words : query_status_words)[which]);
	}
	unsigned update = selection_add(app, buf_str(&query));
	buf_fini(&query);
	return update;
}

/* What a line stands for: how a search names it, and which filters look at it. */
static const struct aspect {
	const char      *field;
	struct str     (*text)(const struct dataset *ds, frame_id frame);
	enum filter_kind only, hide;
} aspects[COLOR_MODES] = {
	[COLOR_PACKAGE] = { "pkg:", label_package, FILTER_ONLY_PACKAGE, FILTER_HIDE_PACKAGE },
	[COLOR_NAME]    = { "", frame_name, FILTER_ONLY, FILTER_HIDE },
	[COLOR_SERVICE] = { "service:", frame_module, FILTER_ONLY_SERVICE, FILTER_HIDE_SERVICE },
	[COLOR_KIND]    = { "kind:", label_kind, FILTER_ONLY_KIND, FILTER_HIDE_KIND },
};

static const struct aspect *
aspect_of(const struct app *app)
{
	enum color_mode mode = app->state.color;

	return mode < COLOR_MODES && aspects[mode].field && !is_of_spans(app) ? &aspects[mode] : NULL;
}

static unsigned
search_for(struct app *app, const struct aspect *aspect, const struct entry *entry)
{
	struct buf pattern = { 0 };

	if (!entry->key[0])
		return UPDATE_NONE;
	buf_add(&pattern, str_of(aspect->field));
	search_quote(str_of(entry->key), &pattern);
	app_remember(app, 0);
	app_set_search(app, buf_str(&pattern));
	buf_fini(&pattern);
	return UPDATE_DRAW;
}

static unsigned
filter_for(struct app *app, const struct aspect *aspect, const struct entry *entry)
{
	struct buf pattern = { 0 };

	exact_quote(aspect->text(app->session->ds, app_scene(app)->tree->frame[entry->node]), &pattern);
	unsigned update = filter_by(app, app->legend_verb == LEGEND_ONLY ? aspect->only : aspect->hide, buf_str(&pattern));
	buf_fini(&pattern);
	return update;
}

static unsigned
legend_choose(struct app *app, uint32_t index)
{
	const struct aspect *aspect = aspect_of(app);
	struct legend legend = { 0 };
	unsigned update = UPDATE_NONE;

	if (is_of_shares(app))
		return legend_share_choose(app, index);
	collect(app, &legend);
	if (index < legend.len)
		update = !aspect ? ask_for(app, &legend.at[index]) : (app->legend_verb == LEGEND_SEARCH ? search_for : filter_for)(app, aspect, &legend.at[index]);
	drop(&legend);
	return update;
}

static void
legend_arrange(struct app *app, bool next)
{
	static const char *const words[] = { [LEGEND_SEARCH] = "search", [LEGEND_ONLY] = "only", [LEGEND_HIDE] = "hide" };

	app->legend_verb = next ? (enum legend_verb)((app->legend_verb + 1) % LEGEND_VERBS) : LEGEND_SEARCH;
	app->popup.order_word = words[app->legend_verb];
}

static const struct popup_ops scale_ops = {
	.title = "what the colours mean", .left_cols = LEFT_COLS, .count = popup_line_count, .item = popup_line_item,
};

static const struct popup_ops query_ops = {
	.title = "what the colours mean: query", .left_cols = LEFT_COLS, .count = popup_line_count, .item = popup_line_item, .choose = legend_choose,
};

static const struct popup_ops legend_ops = {
	.title = "what the colours mean", .left_cols = LEFT_COLS, .count = popup_line_count, .item = popup_line_item, .choose = legend_choose,
	.arrange = legend_arrange,
};

static void
add_line(struct app *app, uint8_t hue, const char *text, double self)
{
	struct buf right = { 0 };

	if (self >= 0)
		unit_percent(self, app_scene(app)->tree->total[app->state.focus], &right);
	popup_add(app, &(struct popup_line){ .text = str_of(text), .right = buf_str(&right), .swatch = true, .hue = hue }, 0);
	buf_fini(&right);
}

unsigned
legend_open(struct app *app)
{
	struct legend legend = { 0 };

	if (app->state.color == COLOR_PLAIN)
		return app_say(app, "all boxes have one colour: C changes it");
	popup_begin(app);
	if (is_of_shares(app)) {
		for (uint32_t i = 0; i < LEGEND_SHARES; i++) {
			struct buf text = { 0 };
			legend_share_text(app, i, &text);
			add_line(app, hue_of_share(legend_share(i)), buf_str(&text).at, -1);
			buf_fini(&text);
		}
		return popup_open(app, &legend_ops);
	}
	collect(app, &legend);
	for (size_t i = 0; i < legend.len; i++)
		add_line(app, hue_of_node(app, legend.at[i].node), legend.at[i].key[0] ? legend.at[i].key : "none", legend.at[i].self);
	drop(&legend);
	return popup_open(app, aspect_of(app) ? &legend_ops : is_of_spans(app) ? &query_ops : &scale_ops);
}
