/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/select.h"

#include <inttypes.h>
#include <stdio.h>

#include "analysis/path.h"
#include "analysis/query_hint.h"
#include "analysis/trace_ref.h"
#include "cli/message.h"
#include "load/attr.h"
#include "util/instant.h"
#include "util/text.h"
#include "util/unit.h"

/* How many tracks and metrics a message lists. */
enum { TRACKS_LISTED = 5, METRICS_MAX = 64, DIGITS_SHOWN = 8 };

void
track_describe(const struct dataset *ds, track_id id, struct buf *out)
{
	static const char *const kinds[] = { [TRACK_TRACE] = "trace", [TRACK_THREAD] = "thread", [TRACK_PROFILE] = "profile" };
	const struct track *track = &ds->tracks[id];

	buf_addf(out, "%" PRIu32 " %s ", id + 1, kinds[track->kind]);
	if (track->kind == TRACK_TRACE && track->name == STR_EMPTY)
		trace_id_brief(track, DIGITS_SHOWN, out);
	else
		buf_add(out, dataset_str(ds, track->name));
}

static bool
no_such_track(const struct dataset *ds, const char *option, const char *name, struct error *err)
{
	struct buf list = { 0 };

	for (track_id i = 0; i < ds->track_count && i < TRACKS_LISTED; i++) {
		buf_add(&list, i ? STR(", ") : STR(""));
		track_describe(ds, i, &list);
	}
	if (ds->track_count > TRACKS_LISTED)
		buf_addf(&list, " and %" PRIu32 " more", ds->track_count - TRACKS_LISTED);
	error_set(err, ERROR_USAGE, "%s: there is no '%.100s'; there %s %s", option, name, ds->track_count == 1 ? "is" : "are",
	          ds->track_count ? list.at : "none");
	buf_fini(&list);
	return false;
}

static bool
find_track(const struct dataset *ds, const char *name, track_id *out, struct error *err)
{
	uint64_t number = 0;
	size_t digits = strspn(name, "0123456789");

	for (track_id i = 0; i < ds->track_count; i++) {
		if (ds->tracks[i].name != STR_EMPTY && str_equal(dataset_str(ds, ds->tracks[i].name), str_of(name))) {
			*out = i;
			return true;
		}
	}
	if (strcmp(name, "all") == 0) {
		*out = TRACK_ALL;
		return true;
	}
	if (digits == 0 || digits > 10 || name[digits])
		return no_such_track(ds, "--track", name, err);
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + (uint64_t)(name[i] - '0');
	if (number < 1 || number > ds->track_count)
		return no_such_track(ds, "--track", name, err);
	*out = (track_id)(number - 1);
	return true;
}

static bool
find_trace(const struct dataset *ds, const char *text, track_id *out, struct error *err)
{
	struct trace_ref ref;
	span_id span;
	uint32_t count = 0;

	if (trace_ref_parse(str_of(text), &ref) && trace_ref_find(ds, &ref, out, &span, &count, err))
		return true;
	if (count == 0)
		return no_such_track(ds, "--trace", text, err);
	struct error inner = *err;
	return error_set(err, ERROR_USAGE, "--trace: %s", inner.text);
}

/* Attributes are looked for only when there is no other metric of that name, since that takes reading some of the input again. */
static bool
find_metric(const struct dataset *ds, const char *name, struct metric *out, struct error *err)
{
	struct metric_info infos[METRICS_MAX];
	struct buf list = { 0 };

	if (metric_find(ds, NULL, str_of(name), out))
		return true;
	struct attr_keys *keys = attr_keys(ds, NULL);
	uint32_t count = metric_list(ds, keys, infos, METRICS_MAX);
	bool found = metric_find(ds, keys, str_of(name), out);
	attr_keys_free(keys);
	if (found)
		return true;
	for (uint32_t i = 0; i < count && i < METRICS_MAX; i++) {
		buf_add(&list, i ? STR(", ") : STR(""));
		buf_add(&list, infos[i].name);
	}
	error_set(err, ERROR_USAGE, "--metric: there is no '%.100s'; there %s %s", name, count == 1 ? "is" : "are", count ? list.at : "none");
	buf_fini(&list);
	return false;
}

bool
select_spec(const struct dataset *ds, const struct request *request, bool as_viewed, struct tree_spec *spec_out, struct error *err)
{
	struct tree_spec spec = tree_spec_default(ds);
	struct metric usual = metric_default(ds);

	if (!as_viewed) {
		spec.track = TRACK_ALL;
		spec.merge = MERGE_MERGED;
	}
	if (!as_viewed || request->track)
		spec.metric = usual;
	if (request->track && !find_track(ds, request->track, &spec.track, err))
		return false;
	if (request->trace && !find_trace(ds, request->trace, &spec.track, err))
		return false;
	if (request->metric && !find_metric(ds, request->metric, &spec.metric, err))
		return false;
	if (request->metric && as_viewed && !request->track && !request->trace)
		spec.track = tree_spec_track(ds, spec.metric);
	bool one_track = (request->track || request->trace) && spec.track != TRACK_ALL;
	if (one_track && !request->metric)
		spec.metric = metric_of_track(ds, usual, spec.track);
	if (one_track && as_viewed)
		spec.merge = ds->tracks[spec.track].kind == TRACK_TRACE ? MERGE_TIME : MERGE_MERGED;
	if (request->merge != CHOICE_UNSET)
		spec.merge = (enum merge_mode)request->merge;
	spec.adjusted = request->adjust_skew;
	spec.critical = request->critical;
	if (request->order != CHOICE_UNSET)
		spec.order = (enum tree_order)request->order;
	if (request->grain != CHOICE_UNSET && request->grain < GRAIN_LINE)
		spec.grain = (enum grain)request->grain;
	/* Boxes laid out in time are as wide as they lasted: another metric can only be seen merged. */
	if (request->metric && spec.metric.kind != METRIC_WALL && request->merge == CHOICE_UNSET)
		spec.merge = MERGE_MERGED;
	*spec_out = spec;
	return true;
}

void
select_value(const struct metric_info *metric, double value, bool ascii, struct buf *out)
{
	struct buf raw = { 0 };

	if (!str_equal(metric->name, metric->unit)) {
		buf_add(&raw, metric->name);
		buf_addc(&raw, ' ');
	}
	unit_format(value, metric->unit, ascii, &raw);
	text_sanitise(buf_str(&raw), out);
	buf_fini(&raw);
}

static bool
add_filters(struct recipe *recipe, struct strtab *patterns, const struct request *request, struct error *err)
{
	recipe->inverted = request->invert;
	recipe->recursion = request->recursion == CHOICE_UNSET ? RECURSION_KEEP : (enum recursion)request->recursion;
	for (size_t i = 0; i < request->filters.len; i++) {
		enum filter_kind kind = (enum filter_kind)request->filters.at[i].kind;
		if (!recipe_add(recipe, patterns, kind, str_of(request->filters.at[i].pattern), err)) {
			struct error inner = *err;
			return error_set(err, inner.code, "--%s: %s", filter_kind_name(kind), inner.text);
		}
	}
	return true;
}

/* The names as the input has them are what one gets without grouping. */
static bool
add_group(const struct dataset *ds, const struct request *request, struct strtab *patterns, struct tree_spec *spec, struct error *err)
{
	struct str keys[LENS_KEYS_MAX];
	uint32_t count = lens_keys(request->group, keys);
	struct lens_spec lens = { .keys = request->group, .of_spans = metric_is_of_spans(spec->metric) };
	struct buf text = { 0 };

	if (!count)
		return true;
	struct attr_keys *attributes = attr_keys(ds, NULL);
	bool fine = lens_check(ds, attributes, &lens, err);
	attr_keys_free(attributes);
	if (!fine) {
		struct error inner = *err;
		return error_set(err, inner.code, "--group-by: %s", inner.text);
	}
	for (uint32_t i = 0; i < count; i++) {
		buf_add(&text, i ? STR(",") : STR(""));
		buf_add(&text, keys[i]);
	}
	if (!lens.of_spans || !str_equal(buf_str(&text), STR("service,name")))
		spec->group = strtab_get(patterns, strtab_intern(patterns, buf_str(&text))).at;
	buf_fini(&text);
	return true;
}

static bool
has_label(const struct dataset *ds, const char *wish)
{
	size_t len = strcspn(wish, "=");
	str_id key = strtab_find(ds->strings, (struct str){ wish, len }), value = strtab_find(ds->strings, str_of(wish + len + 1));
	label_id label = 0;

	while (label < ds->label_count && (ds->labels[label].key != key || ds->labels[label].value != value))
		label++;
	return label < ds->label_count;
}

/* A label that no sample has leaves nothing, which is worth a word. */
static bool
add_labels(const struct dataset *ds, const struct request *request, struct strtab *patterns, struct tree_spec *spec, struct error *err)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < request->labels.len; i++) {
		const char *label = request->labels.at[i].pattern;

		if (!strchr(label, '=') || strchr(label, '\n')) {
			buf_fini(&text);
			return error_set(err, ERROR_USAGE, "--label: '%.100s' is not a key, '=' and a value", label);
		}
		if (!has_label(ds, label))
			message("--label: no sample has the label '%s'", label);
		buf_add(&text, str_of(label));
		buf_addc(&text, '\n');
	}
	if (text.len)
		spec->labels = strtab_get(patterns, strtab_intern(patterns, buf_str(&text))).at;
	buf_fini(&text);
	return true;
}

static bool
read_time(const struct dataset *ds, const char *option, const char *text, bool *has, int64_t *ns, struct error *err)
{
	int64_t start = 0, end;

	if (!text)
		return true;
	if (dataset_lacks_times(ds))
		return error_set(err, ERROR_USAGE, "--%s: the samples have no times", option);
	dataset_extent(ds, &start, &end);
	*has = instant_parse_from(str_of(text), start, ns);
	return *has || error_set(err, ERROR_USAGE, "--%s: '%.100s' is neither a time such as 2026-01-31T12:00:00Z nor one since the start such as 1.5s",
	                         option, text);
}

bool
select_traces(const struct dataset *ds, const struct request *request, struct strtab *patterns, struct select_spec *out, struct error *err)
{
	*out = (struct select_spec){ 0 };
	if (request->queries.len && !dataset_has_spans(ds))
		return error_set(err, ERROR_USAGE, "--query: there are no spans to ask");
	for (size_t i = 0; i < request->queries.len; i++)
		if (!select_add(out, patterns, str_of(request->queries.at[i].pattern), err)) {
			struct error inner = *err;
			*err = (struct error){ 0 };
			return error_set(err, inner.code, "--query: %s", inner.text);
		}
	return read_time(ds, "from-time", request->from_time, &out->has_from, &out->from_ns, err) &&
	       read_time(ds, "to-time", request->to_time, &out->has_to, &out->to_ns, err);
}

void
select_say_empty(struct build_cache *cache, const struct select_spec *spec, const struct strtab *patterns)
{
	const struct selected *selected;

	if (!selected_get(cache, spec, patterns, NULL, &selected) || !selected || selected->track_count)
		return;
	message("nothing is selected: no trace is what --query, --from-time and --to-time ask for");
	for (unsigned i = 0; i < spec->query_count; i++) {
		struct str text = strtab_get(patterns, spec->queries[i]);
		struct query *query = query_parse(text, NULL);
		struct buf said = { 0 }, meant = { 0 };
		if (query && query_reads_input(query))
			attrs_keys(build_cache_attrs(cache), NULL);
		if (query && query_hint(query, cache, &said, &meant)) {
			buf_add(&said, meant.len ? STR(": ") : STR(""));
			buf_add(&said, buf_str(&meant));
			message("%s", said.at);
		}
		buf_fini(&said);
		buf_fini(&meant);
		query_free(query);
	}
}

bool
select_recipe(const struct dataset *ds, const struct request *request, bool as_viewed, struct strtab *patterns,
              struct recipe *recipe_out, struct error *err)
{
	*recipe_out = (struct recipe){ 0 };
	return select_spec(ds, request, as_viewed, &recipe_out->spec, err) &&
	       add_group(ds, request, patterns, &recipe_out->spec, err) && add_labels(ds, request, patterns, &recipe_out->spec, err) &&
	       add_filters(recipe_out, patterns, request, err) &&
	       select_traces(ds, request, patterns, &recipe_out->select, err);
}

struct search *
select_search(const struct request *request)
{
	return request->search ? search_parse(str_of(request->search)) : NULL;
}
