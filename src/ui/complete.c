/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/complete.h"
#include "ui/fetch.h"
#include "ui/viewer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "analysis/label.h"
#include "analysis/query.h"
#include "analysis/trace_list.h"
#include "analysis/trace_ref.h"
#include "util/alloc.h"
#include "util/text.h"
#include "util/unit.h"

enum { CANDIDATES_MAX = 200, VALUES_LOOKED_AT = 2000 };

struct finder {
	struct app        *app;
	struct completion *out;
	struct str         word;       /* typed so far, without a quote before it */
	void             (*quote)(struct str text, struct buf *out);    /* how the next ones stand in a query */
	bool               inside;     /* candidates that have it somewhere inside; else those that begin with it */
};

/* A value with how often it is met. */
struct counted { str_id id; uint32_t count; };

static bool
starts_alike(struct str text, struct str word)
{
	return text.len >= word.len && strncasecmp(text.at, word.at, word.len) == 0;
}

static bool
fits(const struct finder *finder, struct str text)
{
	bool starts = starts_alike(text, finder->word);

	if (!finder->inside || starts)
		return starts && !finder->inside;
	for (size_t i = 1; i + finder->word.len <= text.len; i++)
		if (starts_alike(str_tail(text, i), finder->word))
			return true;
	return false;
}

/* Whether it can be typed. */
static bool
is_typed(struct str text)
{
	struct buf safe = { 0 };

	text_sanitise(text, &safe);
	bool same = str_equal(buf_str(&safe), text);
	buf_fini(&safe);
	return same;
}

static struct str
keep(struct finder *finder, struct str text)
{
	return (struct str){ arena_copy(&finder->out->arena, text), text.len };
}

/* Offers a text as it stands in a query. */
static void
offer_as(struct finder *finder, struct str plain, struct str text, struct str help)
{
	struct completion *out = finder->out;

	if (out->len < CANDIDATES_MAX && fits(finder, plain) && is_typed(text))
		vec_push(out, (struct candidate){ keep(finder, text), keep(finder, help) });
}

/* Offers a value or name, quoted where it must be. */
static void
offer(struct finder *finder, struct str plain, struct str help)
{
	struct buf quoted = { 0 };

	finder->quote(plain, &quoted);
	offer_as(finder, plain, buf_str(&quoted), help);
	buf_fini(&quoted);
}

static void
offer_counted(struct finder *finder, struct str plain, uint32_t count, const char *what)
{
	struct buf help = { 0 };

	unit_count(count, &help);
	buf_addf(&help, " %s%s", what, count == 1 ? "" : "s");
	offer(finder, plain, buf_str(&help));
	buf_fini(&help);
}

static int
more_first(const void *left, const void *right)
{
	const struct counted *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* Offers the strings of the dataset that were counted, the most frequent first. */
static void
offer_strings(struct finder *finder, const uint32_t *counts, const char *what)
{
	const struct dataset *ds = finder->app->session->ds;
	struct { VEC(struct counted); } found = { 0 };

	for (str_id id = 0; id < strtab_count(ds->strings); id++)
		if (counts[id] && fits(finder, dataset_str(ds, id)))
			vec_push(&found, (struct counted){ id, counts[id] });
	if (found.len)
		qsort(found.at, found.len, sizeof *found.at, more_first);
	for (size_t i = 0; i < found.len && i < CANDIDATES_MAX; i++)
		offer_counted(finder, dataset_str(ds, found.at[i].id), found.at[i].count, what);
	vec_fini(&found);
}

static void
offer_names(struct finder *finder)
{
	const struct dataset *ds = finder->app->session->ds;
	uint32_t *counts = xcalloc(strtab_count(ds->strings), sizeof *counts);

	for (span_id span = 0; span < ds->spans.count; span++)
		counts[ds->frames[ds->spans.frame[span]].name]++;
	offer_strings(finder, counts, "span");
	free(counts);
}

static void
offer_services(struct finder *finder)
{
	const struct dataset *ds = finder->app->session->ds;
	uint32_t *counts = xcalloc(strtab_count(ds->strings), sizeof *counts);

	for (span_id span = 0; span < ds->spans.count; span++)
		counts[ds->groups[ds->spans.group[span]].service]++;
	offer_strings(finder, counts, "span");
	free(counts);
}

static void
offer_roots(struct finder *finder, bool names)
{
	const struct dataset *ds = finder->app->session->ds;
	const struct trace_list *list = build_cache_traces(finder->app->session->cache);
	uint32_t *counts = xcalloc(strtab_count(ds->strings), sizeof *counts);

	for (uint32_t i = 0; i < list->count; i++) {
		span_id root = list->rows[i].root;
		counts[names ? ds->frames[ds->spans.frame[root]].name : ds->groups[ds->spans.group[root]].service]++;
	}
	offer_strings(finder, counts, "trace");
	free(counts);
}

/* The words of a field that some span has: of kinds and statuses, each a byte of a span. */
static void
offer_words(struct finder *finder, const struct query_field *field)
{
	const struct spans *spans = &finder->app->session->ds->spans;
	bool of_kind = str_equal(str_of(field->name), STR("kind")), of_error = str_equal(str_of(field->name), STR("error"));
	uint32_t counts[UINT8_MAX + 1] = { 0 };

	for (span_id span = 0; span < spans->count; span++)
		counts[of_kind ? spans->kind[span] : of_error ? spans->status[span] == STATUS_ERROR : spans->status[span]]++;
	for (size_t i = 0; field->words[i]; i++)
		if (counts[i])
			offer_counted(finder, str_of(field->words[i]), counts[i], "span");
}

/* Ids of traces, with their roots. */
static void
offer_traces(struct finder *finder)
{
	const struct dataset *ds = finder->app->session->ds;
	const struct trace_list *list = build_cache_traces(finder->app->session->cache);
	struct buf id = { 0 }, root = { 0 };

	for (uint32_t i = 0; i < list->count && finder->out->len < CANDIDATES_MAX; i++) {
		const struct trace_row *row = &list->rows[i];
		if (ds->tracks[row->track].kind != TRACK_TRACE)
			continue;
		buf_clear(&id);
		buf_clear(&root);
		trace_id_add(&ds->tracks[row->track], &id);
		label_show(ds, ds->spans.frame[row->root], &root);
		struct buf safe = { 0 };
		text_sanitise(buf_str(&root), &safe);
		offer(finder, buf_str(&id), buf_str(&safe));
		buf_fini(&safe);
	}
	buf_fini(&id);
	buf_fini(&root);
}

/* Ids of spans that begin with what is typed, with their names. */
static void
offer_spans(struct finder *finder)
{
	const struct dataset *ds = finder->app->session->ds;
	size_t digits = finder->word.len;
	char typed[SPAN_ID_DIGITS + 1], id[SPAN_ID_DIGITS + 1];

	if (digits == 0 || digits > SPAN_ID_DIGITS)
		return;
	snprintf(typed, sizeof typed, "%.*s", (int)digits, finder->word.at);
	if (strspn(typed, "0123456789abcdefABCDEF") != digits)
		return;
	uint64_t start = strtoull(typed, NULL, 16);
	for (span_id span = 0; span < ds->spans.count && finder->out->len < CANDIDATES_MAX; span++)
		if (ds->spans.id[span] && ds->spans.id[span] >> 4 * (SPAN_ID_DIGITS - digits) == start) {
			snprintf(id, sizeof id, "%016" PRIx64, ds->spans.id[span]);
			offer(finder, str_of(id), names_get(&finder->app->names, ds->spans.frame[span])->text);
		}
}

/* ---- by place */

static void
offer_saved(struct finder *finder)
{
	const struct app_options *options = &finder->app->options;
	struct buf help = { 0 };

	for (size_t i = 0; i < options->query_count; i++) {
		buf_clear(&help);
		buf_add(&help, STR("saved as "));
		text_sanitise(str_of(options->queries[i].name), &help);
		offer_as(finder, str_of(options->queries[i].value), str_of(options->queries[i].value), buf_str(&help));
	}
	buf_fini(&help);
}

static void
offer_attributes(struct finder *finder)
{
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(finder->app->session->cache), NULL);
	uint32_t end;

	for (uint32_t i = 0; keys && i < keys->count; i = end) {
		uint32_t most = keys->keys[i].spans;
		for (end = i + 1; end < keys->count && keys->keys[end].name == keys->keys[i].name; end++)
			most = keys->keys[end].spans > most ? keys->keys[end].spans : most;
		offer_counted(finder, strtab_get(keys->names, keys->keys[i].name), most, keys->all ? "span" : "of some span");
	}
}

static void
offer_operands(struct finder *finder, bool first)
{
	if (first)
		offer_saved(finder);
	for (const struct query_field *field = query_fields; field->name; field++)
		offer_as(finder, str_of(field->name), str_of(field->name), str_of(field->help));
	finder->quote = query_quote_attribute;
	offer_attributes(finder);
	finder->quote = query_quote_name;
	offer_as(finder, STR("NOT"), STR("NOT"), STR("turns the next condition round"));
	if (finder->word.len)
		offer_names(finder);
}

static const struct query_field *
field_named(struct str name)
{
	for (const struct query_field *field = query_fields; field->name; field++)
		if (str_equal(str_of(field->name), name))
			return field;
	return NULL;
}

static void
offer_joins(struct finder *finder)
{
	offer_as(finder, STR("AND"), STR("AND"), STR("both on the same span"));
	offer_as(finder, STR("OR"), STR("OR"), STR("either on the same span"));
}

static void
offer_operators(struct finder *finder, struct str name)
{
	static const struct { const char *text, *help; bool of_text; } operators[] = {
		{ "=", "equal", false }, { "!=", "another value", false }, { "<", "less", false }, { "<=", "at most", false }, { ">", "more", false },
		{ ">=", "at least", false }, { "~", "an expression is found in it", true }, { "!~", "an expression is not found in it", true },
		{ "exists", "has a value", false },
	};
	const struct query_field *field = field_named(name);

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (!field || field->is_text || !operators[i].of_text)
			offer_as(finder, str_of(operators[i].text), str_of(operators[i].text), str_of(operators[i].help));
	offer_joins(finder);
}

/* Values of an attribute, as soon as they are read. */
static void
offer_column(struct finder *finder, struct str key)
{
	const struct column *column = fetch_column(finder->app, key, true);
	struct column_count *counts = xcalloc(VALUES_LOOKED_AT, sizeof *counts);

	if (column) {
		uint32_t values = column_frequent(column, counts, VALUES_LOOKED_AT);
		for (uint32_t i = 0; i < values && i < VALUES_LOOKED_AT; i++)
			offer_counted(finder, strtab_get(column->strings, counts[i].string), counts[i].count, "time");
	}
	free(counts);
}

static void
offer_percentiles(struct finder *finder)
{
	offer_as(finder, STR("p50"), STR("p50"), STR("the median of the list"));
	offer_as(finder, STR("p90"), STR("p90"), STR("what 90% of the list do not exceed"));
	offer_as(finder, STR("p99"), STR("p99"), STR("what 99% of the list do not exceed"));
}

static void
offer_values(struct finder *finder, struct str name)
{
	const struct query_field *field = field_named(name);

	finder->quote = query_quote;
	if (!field)
		offer_column(finder, name);
	else if (field->words)
		offer_words(finder, field);
	else if (!field->is_text)
		offer_percentiles(finder);
	else if (str_equal(name, STR("name")))
		offer_names(finder);
	else if (str_equal(name, STR("service")))
		offer_services(finder);
	else if (str_equal(name, STR("trace")))
		offer_traces(finder);
	else if (str_equal(name, STR("span")))
		offer_spans(finder);
	else if (str_starts(name, STR("root.")))
		offer_roots(finder, str_equal(name, STR("root.name")));
}

static void
offer_all(struct finder *finder, const struct query_spot *spot, struct str before)
{
	switch (spot->place) {
	case QUERY_OPERAND:
		offer_operands(finder, strspn(before.at, " ") >= spot->from);
		break;
	case QUERY_OPERATOR:
		offer_operators(finder, spot->field);
		break;
	case QUERY_VALUE:
		offer_values(finder, spot->field);
		break;
	case QUERY_JOIN:
		offer_joins(finder);
		break;
	}
}

void
completion_find(struct app *app, struct str text, struct completion *out)
{
	struct buf scratch = { 0 }, copy = { 0 };
	struct query_spot spot = query_spot(text, &scratch);
	struct finder finder = { .app = app, .out = out, .word = { text.at + spot.from + spot.quoted, text.len - spot.from - spot.quoted } };

	completion_fini(out);
	arena_init(&out->arena);
	buf_add(&copy, text);
	buf_addc(&copy, '\0');
	out->from = spot.from;
	offer_all(&finder, &spot, buf_str(&copy));
	out->begins = out->len;
	finder.inside = true;
	if (finder.word.len > 1)
		offer_all(&finder, &spot, buf_str(&copy));
	buf_fini(&copy);
	buf_fini(&scratch);
}

void
completion_fini(struct completion *completion)
{
	vec_fini(completion);
	arena_fini(&completion->arena);
	*completion = (struct completion){ 0 };
}
