/* SPDX-License-Identifier: MIT
 * What the list of traces shows: all rows once, then in an order, less what is not found, with what is unfolded. */
#include "config.h"

#include "ui/traces.h"

#include "analysis/label.h"
#include "analysis/search.h"
#include "analysis/usage.h"
#include "ui/change.h"
#include "ui/fetch.h"
#include "ui/selection.h"
#include "util/alloc.h"
#include "util/bits.h"

void
traces_free(struct traces *traces)
{
	if (!traces)
		return;
	for (uint32_t i = 0; i < traces->list->count; i++)
		free(traces->parts[i].at);
	trace_stats_free(traces->stats);
	vec_fini(&traces->lines);
	free(traces->parts);
	free(traces->order);
	free(traces->ranks);
	free(traces->found);
	free(traces->found_text);
	free(traces->listed);
	free(traces->kept);
	free(traces->unfolded);
	free(traces->line_of);
	trace_list_free(traces->list);
	forest_free(traces->forest);
	free(traces);
}

bool
traces_can_sort(const struct traces *traces, enum trace_sort sort)
{
	switch (sort) {
	case TRACES_BY_TOKENS:   return traces->has_tokens;
	case TRACES_BY_COST:     return traces->has_cost;
	case TRACES_BY_ID:
	case TRACES_BY_SERVICES: return !traces->threads;
	default:                 return true;
	}
}

bool
traces_lead(const struct dataset *ds)
{
	uint32_t count = 0;

	for (track_id track = 0; track < ds->track_count && count < 2; track++)
		count += ds->tracks[track].kind == TRACK_TRACE && ds->tracks[track].span_count > 0;
	return count > 1;
}

static struct traces *
traces_new(const struct dataset *ds)
{
	struct traces *traces = xcalloc(1, sizeof *traces);

	traces->ds = ds;
	traces->forest = forest_new(ds);
	traces->list = trace_list_build_all(ds, traces->forest);
	traces->parts = xcalloc(traces->list->count + 1, sizeof *traces->parts);
	traces->unfolded = bits_new(ds->track_count);
	traces->line_of = xreallocarray(NULL, (size_t)ds->track_count + 1, sizeof *traces->line_of);
	traces->threads = true;
	for (uint32_t i = 0; i < traces->list->count; i++) {
		const struct trace_row *row = &traces->list->rows[i];
		traces->threads &= ds->tracks[row->track].kind != TRACK_TRACE;
	}
	return traces;
}

/* Whether all that a sum is made of has been read. */
static bool
has_columns(struct app *app, const struct attr_keys *keys, enum metric_kind kind)
{
	enum { KEYS_MAX = 32 };
	struct str names[KEYS_MAX];
	uint32_t count = usage_keys(keys, kind, names, KEYS_MAX);

	for (uint32_t i = 0; i < count && i < KEYS_MAX; i++)
		if (!fetch_column(app, names[i], false))
			return false;
	return true;
}

/* Tokens and cost: while their attributes are read in the background, the list is there without. */
static void
add_usage(struct app *app, struct traces *traces)
{
	const struct { enum metric_kind kind; enum trace_sort sort; double **sums; bool *there; } wanted[] = {
		{ METRIC_TOKENS, TRACES_BY_TOKENS, &traces->list->tokens, &traces->has_tokens },
		{ METRIC_COST, TRACES_BY_COST, &traces->list->cost, &traces->has_cost },
	};
	enum { WANTED = sizeof wanted / sizeof *wanted };
	struct attrs *attrs = build_cache_attrs(app->session->cache);

	if (traces->usage == (1u << WANTED) - 1 || app_is_building(app) || !traces->ds->spans.count)
		return;
	const struct attr_keys *keys = fetch_keys(app);
	for (unsigned i = 0; keys && i < WANTED; i++) {
		*wanted[i].there = usage_is_there(keys, wanted[i].kind);
		if (traces->usage >> i & 1 || !has_columns(app, keys, wanted[i].kind))
			continue;
		traces->usage |= 1u << i;
		if (!*wanted[i].there)
			continue;
		struct column *weights = usage_weights(traces->ds, traces->forest, attrs, (struct metric){ .kind = wanted[i].kind }, NULL);
		*wanted[i].sums = trace_list_sums(traces->list, traces->ds, weights);
		column_free(weights);
		if (traces->order && traces->sort == wanted[i].sort) {
			free(traces->order);
			traces->order = NULL;
		}
	}
}

/* Each step makes the next one due; true: it was done again. */
static bool
sort(struct traces *traces, const struct traces_state *want)
{
	if (traces->order && traces->sort == want->sort && traces->descending == want->descending)
		return false;
	if (want->sort == TRACES_BY_NAME && !traces->ranks)
		traces->ranks = label_ranks(traces->ds);
	free(traces->order);
	traces->sort = want->sort;
	traces->descending = want->descending;
	traces->order = trace_list_order(traces->list, traces->ds, want->sort, want->descending, traces->ranks);
	return true;
}

static bool
search(struct traces *traces, const char *text)
{
	if (traces->found_text ? strcmp(traces->found_text, text) == 0 : !text[0])
		return false;
	free(traces->found);
	free(traces->found_text);
	traces->found = NULL;
	traces->found_text = NULL;
	traces->found_count = 0;
	if (!text[0])
		return true;
	struct search *search = search_parse(str_of(text));
	traces->found = trace_list_search(traces->list, traces->ds, traces->forest, search);
	traces->found_text = xstrdup(text);
	for (uint32_t i = 0; i < traces->list->count; i++)
		traces->found_count += traces_finds(traces, i);
	search_free(search);
	return true;
}

/* While a tree is built, the selection is that from before. */
static bool
keep_selected(struct app *app, struct traces *traces)
{
	const struct select_spec *select = &app->state.recipe.select;
	size_t words = bits_words(traces->ds->track_count);

	if (app_is_building(app) || select_equal(select, &traces->select))
		return false;
	const struct selected *selected = selection_now(app);
	free(traces->kept);
	traces->kept = NULL;
	traces->select = *select;
	if (selected) {
		traces->kept = xcalloc(words, sizeof *traces->kept);
		memcpy(traces->kept, selected->tracks, ((size_t)traces->ds->track_count + 63) / 64 * sizeof *traces->kept);
	}
	return true;
}

static bool
is_kept(const struct traces *traces, uint32_t row)
{
	track_id track = traces->list->rows[row].track;

	/* Queries ask spans. */
	if (traces->select.query_count && !traces->list->rows[row].spans)
		return false;
	return !traces->kept || bits_has(traces->kept, track);
}

static bool
filter(struct traces *traces, bool only_found, bool again)
{
	if (traces->listed && !again && traces->only_found == only_found)
		return false;
	if (!traces->listed)
		traces->listed = xreallocarray(NULL, traces->list->count, sizeof *traces->listed);
	traces->only_found = only_found;
	traces->listed_count = 0;
	traces->listed_spans = traces->listed_errors = 0;
	traces->longest_ns = 0;
	int64_t first = INT64_MAX, last = INT64_MIN;
	for (uint32_t i = 0; i < traces->list->count; i++) {
		const struct trace_row *row = &traces->list->rows[traces->order[i]];
		if (!is_kept(traces, traces->order[i]) || (only_found && !traces_finds(traces, traces->order[i])))
			continue;
		traces->listed[traces->listed_count++] = traces->order[i];
		traces->listed_spans += row->spans;
		traces->listed_errors += row->errors;
		if (row->duration_ns > traces->longest_ns)
			traces->longest_ns = row->duration_ns;
		if (!row->spans && row->duration_ns == 0)    /* samples that do not say when they were taken */
			continue;
		first = row->start_ns < first ? row->start_ns : first;
		last = row->start_ns + row->duration_ns > last ? row->start_ns + row->duration_ns : last;
	}
	traces->listed_ns = last > first ? last - first : 0;
	return true;
}

/* The steps up to the latest one that turned all, from the last back: each toggle turns one. */
static void
unfold(struct traces *traces, const struct folds *folds, uint32_t step)
{
	const struct dataset *ds = traces->ds;
	uint32_t base = step;

	while (base && folds->at[base - 1].kind == FOLD_TOGGLE)
		base = folds->at[base - 1].before;
	bool all = base && folds->at[base - 1].kind == FOLD_ALL;
	memset(traces->unfolded, all ? 0xff : 0, bits_words(ds->track_count) * sizeof *traces->unfolded);
	for (; step != base; step = folds->at[step - 1].before)
		bits_flip(traces->unfolded, folds->at[step - 1].what);
}

static void
make_lines(struct traces *traces)
{
	traces->lines.len = 0;
	memset(traces->line_of, 0xff, ((size_t)traces->ds->track_count + 1) * sizeof *traces->line_of);
	for (uint32_t i = 0; i < traces->listed_count; i++) {
		uint32_t row = traces->listed[i];
		track_id track = traces->list->rows[row].track;
		traces->line_of[track] = (uint32_t)traces->lines.len;
		vec_push(&traces->lines, (struct trace_line){ row, 0 });
		if (traces->threads || !bits_has(traces->unfolded, track))
			continue;
		uint32_t parts = traces_parts(traces, row)->count;
		for (uint32_t part = 1; part <= parts; part++)
			vec_push(&traces->lines, (struct trace_line){ row, part });
	}
}

struct traces *
traces_of(struct app *app)
{
	const struct view_state *state = &app->state;

	if (!app->session->traces)
		app->session->traces = traces_new(app->session->ds);
	struct traces *traces = app->session->traces;
	add_usage(app, traces);
	bool fresh = !traces->order;
	bool sorted = sort(traces, &state->traces);
	bool searched = search(traces, app_search(app)), selected = keep_selected(app, traces);
	bool filtered = filter(traces, state->only_matches && state->search != STR_EMPTY, sorted || searched || selected);
	if (filtered && (fresh || searched || selected || !sorted)) {
		trace_stats_free(traces->stats);
		traces->stats = NULL;
	}
	if (fresh || traces->folds != state->traces.folds)
		unfold(traces, &app->folds, state->traces.folds);
	if (fresh || filtered || traces->folds != state->traces.folds)
		make_lines(traces);
	traces->folds = state->traces.folds;
	return traces;
}

const struct trace_parts *
traces_parts(struct traces *traces, uint32_t row)
{
	struct trace_parts *parts = &traces->parts[row];

	if (!parts->at)
		*parts = trace_parts_of(traces->ds, traces->forest, traces->list->rows[row].track);
	return parts;
}

const struct trace_stats *
traces_stats(struct traces *traces, uint32_t time_buckets, uint32_t length_buckets)
{
	if (traces->stats && traces->time_buckets == time_buckets && traces->length_buckets == length_buckets)
		return traces->stats;
	trace_stats_free(traces->stats);
	traces->time_buckets = time_buckets;
	traces->length_buckets = length_buckets;
	traces->stats = trace_stats_build(traces->list, traces->ds, traces->listed, traces->listed_count, time_buckets, length_buckets);
	return traces->stats;
}
