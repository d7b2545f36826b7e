/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_json.h"

#include "load/elements.h"

static bool
is_scope_spans(struct str key)
{
	return str_equal(key, STR("scopeSpans")) || str_equal(key, STR("scope_spans"));
}

static bool
is_library_spans(struct str key)
{
	return str_equal(key, STR("instrumentationLibrarySpans")) || str_equal(key, STR("instrumentation_library_spans"));
}

static bool
is_scope(struct str key)
{
	return str_equal(key, STR("scope")) || str_equal(key, STR("instrumentationLibrary")) ||
	       str_equal(key, STR("instrumentation_library"));
}

static void
apply_resource(struct otlp_reader *reader)
{
	if (reader->has_service)
		sink_group_service(reader->base.sink, buf_str(&reader->service));
	if (reader->has_resource_place)
		sink_group_resource(reader->base.sink, reader->resource_at, reader->resource_len);
}

/* Whether the array under the cursor has elements; it is passed over. */
static bool
skip_array(struct json *json)
{
	bool any = false;

	if (!json_array(json))
		return false;
	while (json_element(json)) {
		any = true;
		json_skip(json);
	}
	return any;
}

/* Spans come before their resource, or the older form before the newer: looks through the rest of the object for these, and comes
 * back.  Where that fails (a moving window has its limits) the group stays open until the end of the object. */
static void
look_ahead(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	struct json_mark mark = json_mark(json);
	struct str key;

	reader->looked_ahead = true;
	json_skip(json);
	while (json_key(json, &key)) {
		if (str_equal(key, STR("resource")))
			otlp_resource(reader);
		else if (is_scope_spans(key))
			reader->has_scope_spans = skip_array(json);
		else
			json_skip(json);
	}
	if (json->fault)
		reader->has_resource = reader->has_service = reader->has_resource_place = false;
	else
		reader->has_resource = true;
	json_rewind(json, mark);
}

static void
span_element(struct json_reader *base)
{
	otlp_span((struct otlp_reader *)(void *)base);
}

static void
walk(const struct run *run, struct sink *sink, reader_value_fn *read_one)
{
	struct otlp_reader reader = { 0 };

	elements_walk(&reader.base, run, sink, read_one);
	otlp_reader_fini(&reader);
}

static void *
read_span_run(const void *context, const struct run *run, struct sink *sink)
{
	(void)context;
	sink_group_open(sink);
	walk(run, sink, span_element);
	return NULL;
}

static void
merge_span_run(void *context, struct sink *into, struct batch *batch, void *beside)
{
	(void)context;
	(void)beside;
	sink_merge_open(into, batch);
}

static const struct element_reader span_elements = { .read = read_span_run, .merge = merge_span_run };

/* The elements of the array that was entered, many at a time where there are many. */
static void
read_elements(struct otlp_reader *reader, const struct element_reader *elements, void (*read_one)(struct otlp_reader *reader))
{
	uint32_t depth = reader->base.json.depth;
	uint64_t again_at = 0;

	do {
		if (elements == &span_elements || !reader->open)
			elements_read(&reader->base, elements, NULL, &again_at);
	} while (reader_element(&reader->base, depth) && (read_one(reader), true));
}

static void
read_spans(struct otlp_reader *reader)
{
	if (reader_array(&reader->base))
		read_elements(reader, &span_elements, otlp_span);
}

static void
read_scope(struct otlp_reader *reader, struct heading_in *heading)
{
	struct json *json = &reader->base.json;
	bool is_object = json_peek(json) == JSON_OBJECT;
	uint64_t at = json_offset(json), len;

	if (!json_skip(json) || !is_object)
		return;
	len = json_offset(json) - at;
	if (len <= UINT32_MAX) {
		heading->scope_at = at;
		heading->scope_len = (uint32_t)len;
	}
	/* A group that holds several scopes, since its resource is yet to come, names none. */
	if (reader->has_scope)
		sink_group_scope(reader->base.sink, 0, 0);
	else if (len <= UINT32_MAX)
		sink_group_scope(reader->base.sink, at, (uint32_t)len);
	reader->has_scope = true;
}

static void
close_group(struct otlp_reader *reader)
{
	if (reader->open)
		sink_group_close(reader->base.sink);
	reader->open = false;
}

/* The spans of one scope under the cursor. */
static void
read_scope_spans(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	struct heading_in heading = { .at = json_offset(json) };
	struct str key;

	if (!json_object(json)) {
		if (!json->fault)
			reader_note(&reader->base, NOTE_WARNING, "scope spans that are not an object: passed over", heading.at);
		return;
	}
	if (!reader->open) {
		sink_group_open(reader->base.sink);
		reader->open = true;
		reader->has_scope = false;
	}
	buf_clear(&reader->scope_schema);
	while (json_key(json, &key)) {
		if (str_equal(key, STR("spans")))
			read_spans(reader);
		else if (is_scope(key))
			read_scope(reader, &heading);
		else if (otlp_is_schema(key))
			otlp_keep_text(json, &reader->scope_schema);
		else
			json_skip(json);
	}
	heading.end = json_offset(json);
	heading.schema = buf_str(&reader->scope_schema);
	sink_heading(reader->base.sink, &heading);
	reader->has_headings = true;
	if (reader->has_resource) {
		apply_resource(reader);
		close_group(reader);
	}
}

/* False: there were none. */
static bool
read_scope_list(struct otlp_reader *reader)
{
	uint32_t depth;
	bool any = false;

	if (!reader_array(&reader->base))
		return false;
	depth = reader->base.json.depth;
	while (reader_element(&reader->base, depth)) {
		any = true;
		read_scope_spans(reader);
	}
	return any;
}

void
otlp_resource_begin(struct otlp_reader *reader)
{
	reader->has_service = reader->has_resource = reader->has_resource_place = false;
	reader->looked_ahead = reader->has_scope_spans = reader->has_headings = false;
	reader->first_heading = sink_headings(reader->base.sink);
	buf_clear(&reader->resource_schema);
}

bool
otlp_resource_member(struct otlp_reader *reader, struct str key)
{
	bool library = is_library_spans(key);

	if (str_equal(key, STR("resource"))) {
		otlp_resource(reader);
	} else if (library || is_scope_spans(key)) {
		if (!reader->looked_ahead && (!reader->has_resource || (library && !reader->has_scope_spans)))
			look_ahead(reader);
		if (library && reader->has_scope_spans) {
			reader_note(&reader->base, NOTE_INFO, "spans in the older form that are there in the newer form too: passed over",
			          json_offset(&reader->base.json));
			json_skip(&reader->base.json);
			return true;
		}
		reader->has_scope_spans |= read_scope_list(reader) && !library;
	} else if (otlp_is_schema(key)) {
		otlp_keep_text(&reader->base.json, &reader->resource_schema);
	} else {
		return false;
	}
	return true;
}

void
otlp_resource_end(struct otlp_reader *reader)
{
	if (reader->open)
		apply_resource(reader);
	close_group(reader);
	if (reader->has_headings)
		sink_headings_resource(reader->base.sink, reader->first_heading, reader->resource_at,
		                       reader->has_resource_place ? reader->resource_len : 0, buf_str(&reader->resource_schema));
	reader->has_headings = false;
}

static void
read_resource_spans(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);
	struct str key;

	if (!json_object(json)) {
		if (!json->fault)
			reader_note(&reader->base, NOTE_WARNING, "resource spans that are not an object: passed over", at);
		return;
	}
	otlp_resource_begin(reader);
	while (json_key(json, &key))
		if (!otlp_resource_member(reader, key))
			json_skip(json);
	otlp_resource_end(reader);
}

static void
resource_element(struct json_reader *base)
{
	read_resource_spans((struct otlp_reader *)(void *)base);
}

static void *
read_resource_run(const void *context, const struct run *run, struct sink *sink)
{
	(void)context;
	walk(run, sink, resource_element);
	return NULL;
}

static void
merge_resource_run(void *context, struct sink *into, struct batch *batch, void *beside)
{
	(void)context;
	(void)beside;
	sink_merge(into, batch);
}

static const struct element_reader resource_elements = { .read = read_resource_run, .merge = merge_resource_run };

void
otlp_resource_list(struct otlp_reader *reader)
{
	if (reader_array(&reader->base))
		read_elements(reader, &resource_elements, read_resource_spans);
}
