/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/query_hint.h"

#include "analysis/query_core.h"
#include "util/near.h"
#include "util/text.h"

enum { NAMES_MAX = 20000 };    /* looked at for one that is near */

/* Names that others have for a field, or for a condition when they stand alone. */
static const struct { const char *word, *field, *condition; } others[] = {
	{ "error",            NULL,           "status = error" },
	{ "errors",           "trace.errors", "status = error" },
	{ "failed",           "error",        "status = error" },
	{ "fail",             "error",        "status = error" },
	{ "ok",               NULL,           "status = ok" },
	{ "unset",            NULL,           "status = unset" },
	{ "server",           NULL,           "kind = server" },
	{ "client",           NULL,           "kind = client" },
	{ "internal",         NULL,           "kind = internal" },
	{ "producer",         NULL,           "kind = producer" },
	{ "consumer",         NULL,           "kind = consumer" },
	{ "operation",        "name",         NULL },
	{ "op",               "name",         NULL },
	{ "span.name",        "name",         NULL },
	{ "service.name",     "service",      NULL },
	{ "svc",              "service",      NULL },
	{ "span.kind",        "kind",         NULL },
	{ "status.code",      "status",       NULL },
	{ "otel.status_code", "status",       NULL },
	{ "latency",          "duration",     NULL },
	{ "span.duration",    "duration",     NULL },
	{ "level",            "depth",        NULL },
	{ "trace.id",         "trace",        NULL },
	{ "trace_id",         "trace",        NULL },
	{ "traceid",          "trace",        NULL },
	{ "span.id",          "span",         NULL },
	{ "span_id",          "span",         NULL },
	{ "spanid",           "span",         NULL },
	{ "root",             "root.name",    NULL },
};

static void
add_safe(struct str text, void (*quote)(struct str text, struct buf *out), struct buf *out)
{
	struct buf quoted = { 0 };

	quote(text, &quoted);
	text_sanitise(buf_str(&quoted), out);
	buf_fini(&quoted);
}

static void
as_it_is(struct str text, struct buf *out)
{
	buf_add(out, text);
}

static void
say_meant(const char *field, struct str word, void (*quote)(struct str text, struct buf *out), struct buf *out)
{
	buf_add(out, str_of(field));
	add_safe(word, quote, out);
	buf_addc(out, '?');
}

static bool
is_service(const struct dataset *ds, struct str text)
{
	for (group_id group = 0; group < ds->group_count; group++)
		if (str_equal(dataset_str(ds, ds->groups[group].service), text))
			return true;
	return false;
}

static bool
is_name(const struct dataset *ds, struct str text)
{
	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (ds->frames[frame].of_span && str_equal(frame_name(ds, frame), text))
			return true;
	return false;
}

static void
try_services(const struct dataset *ds, struct near *near)
{
	for (group_id group = 0; group < ds->group_count && group < NAMES_MAX; group++)
		near_try(near, dataset_str(ds, ds->groups[group].service));
}

static void
try_names(const struct dataset *ds, struct near *near)
{
	for (frame_id frame = 0; frame < ds->frame_count && frame < NAMES_MAX; frame++)
		if (ds->frames[frame].of_span)
			near_try(near, frame_name(ds, frame));
}

static bool
is_in_a_name(const struct dataset *ds, struct str text)
{
	for (frame_id frame = 0; frame < ds->frame_count && frame < NAMES_MAX; frame++)
		if (ds->frames[frame].of_span && memmem(frame_name(ds, frame).at, frame_name(ds, frame).len, text.at, text.len))
			return true;
	return false;
}

static const char *
condition_of(struct str word)
{
	size_t i = 0;

	while (!others[i].condition || !str_equal(str_of(others[i].word), word))
		i++;
	return others[i].condition;
}

/* A word that stands for itself: most often it is a part of a name, or was meant as something else than a name. */
static void
hint_word(const struct dataset *ds, struct str word, struct buf *out)
{
	enum { CONDITION, FIELD, NAME, SERVICE, SORTS };
	struct near near[SORTS] = { { .written = word }, { .written = word }, { .written = word }, { .written = word } };
	int best = CONDITION;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (others[i].condition)
			near_try(&near[CONDITION], str_of(others[i].word));
	for (size_t i = 0; query_fields[i].name; i++)
		near_try(&near[FIELD], str_of(query_fields[i].name));
	try_names(ds, &near[NAME]);
	try_services(ds, &near[SERVICE]);
	for (int i = 0; i < SORTS; i++)
		if (near[i].found.at && (!near[best].found.at || near[i].distance < near[best].distance))
			best = i;
	struct str found = near[best].found;
	if (!found.at && word.len && is_in_a_name(ds, word)) {
		buf_add(out, STR("name ~ "));
		add_safe(word, query_quote, out);
		buf_add(out, STR(" finds parts"));
	} else if (found.at && best == CONDITION) {
		buf_addf(out, "%s?", condition_of(found));
	} else if (found.at && best == FIELD) {
		buf_addf(out, "a condition is %s = ...", found.at);
	} else if (found.at) {
		say_meant(best == SERVICE ? "service = " : "", found, best == SERVICE ? query_quote : query_quote_name, out);
	}
}

/* An attribute that no span has. */
static void
hint_key(struct build_cache *cache, struct str key, struct buf *out)
{
	const struct attr_keys *keys = attrs_peek_keys(build_cache_attrs(cache));
	struct near near = { .written = key };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (others[i].field && near_distance(key, str_of(others[i].word), 0) == 0) {
			buf_addf(out, "%s?", others[i].field);
			return;
		}
	for (size_t i = 0; query_fields[i].name; i++)
		near_try(&near, str_of(query_fields[i].name));
	struct str field = near.found;
	for (uint32_t i = 0; keys && i < keys->count; i++)
		near_try(&near, strtab_get(keys->names, keys->keys[i].name));
	if (near.found.at)
		say_meant("", near.found, near.found.at == field.at ? as_it_is : query_quote_attribute, out);
}

static bool
is_empty(const struct column *column)
{
	for (size_t i = 0; i < bits_words(column->count); i++)
		if (column->present[i])
			return false;
	return true;
}

/* Whether nothing in the input is called so; then it is said. */
static bool
hint_test(const struct query_test *test, struct build_cache *cache, struct buf *said, struct buf *meant)
{
	const struct dataset *ds = build_cache_dataset(cache);
	bool of_service = test->field == FIELD_SERVICE || test->field == FIELD_ROOT_SERVICE;
	bool of_name = test->field == FIELD_NAME || test->field == FIELD_ROOT_NAME;
	struct str text = test->value.text;

	if (test->field == FIELD_ATTRIBUTE) {
		const struct column *column = attrs_peek(build_cache_attrs(cache), test->key);
		if (!column || !is_empty(column))
			return false;
		buf_add(said, STR("no span has "));
		text_sanitise(test->key, said);
		hint_key(cache, test->key, meant);
		return true;
	}
	if (test->op != OP_EQ || !(of_name || of_service) || (of_name ? is_name(ds, text) : is_service(ds, text)))
		return false;
	buf_add(said, of_name ? STR("no span is called ") : STR("no service is called "));
	text_sanitise(text, said);
	if (test->bare) {
		hint_word(ds, text, meant);
		return true;
	}
	struct near near = { .written = text };
	if (of_name)
		try_names(ds, &near);
	else
		try_services(ds, &near);
	if (near.found.at)
		say_meant("", near.found, query_quote, meant);
	return true;
}

bool
query_hint(const struct query *query, struct build_cache *cache, struct buf *said, struct buf *meant)
{
	for (size_t i = 0; i < query->nodes.len; i++)
		if (query->nodes.at[i].kind == NODE_TEST && hint_test(&query->nodes.at[i].test, cache, said, meant))
			return true;
	return false;
}
