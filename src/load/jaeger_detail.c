/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/jaeger.h"

#include "load/detail.h"
#include "load/ids.h"
#include "load/record.h"

/* The scanner is on a span's object, or on that of its process. */
struct detail_reader {
	struct json         json;
	const struct dataset *ds;
	span_id             span;
	struct details     *out;
	struct buf          key, value;
	struct buf          http_message;    /* why an error is one, where nothing else says it */
	bool                has_message;
};

/* One key and value, with the type that the file gives or else JSON's. */
struct tag {
	struct str  key, value;    /* in the reader's buffers */
	const char *type;
};

static const char *
type_of(struct str declared, enum json_type json, struct str value)
{
	static const struct { struct str name; const char *type; } types[] = {
		{ STR("string"), "string" }, { STR("bool"), "bool" }, { STR("int64"), "int" }, { STR("float64"), "double" },
		{ STR("binary"), "bytes" },
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_equal(types[i].name, declared))
			return types[i].type;
	switch (json) {
	case JSON_NUMBER:
		for (size_t i = 0; i < value.len; i++)
			if (memchr(".eE", value.at[i], 3))
				return "double";
		return "int";
	case JSON_BOOL:
		return "bool";
	case JSON_ARRAY:
		return "array";
	case JSON_OBJECT:
		return "map";
	default:
		return "string";
	}
}

/* A tag may be called otherwise among the rows, or say how an event is called. */
static bool
is_wanted(const struct detail_reader *reader, struct str key)
{
	return details_want_key(reader->out, key) || jaeger_tag(key) != JAEGER_TAG_PLAIN || str_equal(key, STR("event"));
}

/* A tag object under the cursor; false: there is none.  The value of one that is not wished for is not read where its key comes first. */
static bool
read_tag(struct detail_reader *reader, struct tag *tag_out)
{
	struct json *json = &reader->json;
	enum json_type type = JSON_NULL;
	bool wanted = true;
	char declared[8];
	struct str key, text, name = { declared, 0 };

	buf_clear(&reader->key);
	buf_clear(&reader->value);
	if (!json_object(json))
		return false;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("key")) && json_peek(json) == JSON_STRING) {
			buf_clear(&reader->key);
			if (json_string(json, &text)) {
				buf_add(&reader->key, text);
				wanted = is_wanted(reader, text);
			}
		} else if (wanted && str_equal(key, STR("value"))) {
			reader_text(json, &reader->value, &type);
		} else if (str_equal(key, STR("type")) && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text) && text.len < sizeof declared) {
				memcpy(declared, text.at, text.len);
				name.len = text.len;
			}
		} else {
			json_skip(json);
		}
	}
	*tag_out = (struct tag){ buf_str(&reader->key), buf_str(&reader->value), NULL };
	tag_out->type = type_of(name, type, tag_out->value);
	return !json->fault;
}

/* Whether the tag is told elsewhere: as the kind, the status or the scope of the span. */
static bool
is_told(struct detail_reader *reader, const struct tag *tag)
{
	enum span_status status;

	switch (jaeger_tag(tag->key)) {
	case JAEGER_TAG_KIND:
		return jaeger_kind(tag->value) != SPAN_UNSPECIFIED;
	case JAEGER_TAG_STATUS:
		status = jaeger_status(tag->value);
		return status != STATUS_UNSET && status == (enum span_status)reader->ds->spans.status[reader->span];
	case JAEGER_TAG_MESSAGE:
	case JAEGER_TAG_SCOPE_NAME:
	case JAEGER_TAG_SCOPE_VERSION:
		return true;
	default:
		return false;
	}
}

/* A tag of the span in the section where it belongs. */
static void
add_span_tag(struct detail_reader *reader, const struct tag *tag)
{
	static const struct { enum jaeger_tag tag; enum detail_section section; struct str key; } elsewhere[] = {
		{ JAEGER_TAG_MESSAGE, DETAIL_SPAN, { "status.message", 14 } },
		{ JAEGER_TAG_SCOPE_NAME, DETAIL_SCOPE, { "otel.scope.name", 15 } },
		{ JAEGER_TAG_SCOPE_VERSION, DETAIL_SCOPE, { "otel.scope.version", 18 } },
	};
	enum jaeger_tag kind = jaeger_tag(tag->key);

	reader->has_message |= kind == JAEGER_TAG_MESSAGE && tag->value.len;
	if (kind == JAEGER_TAG_HTTP_MESSAGE) {
		buf_clear(&reader->http_message);
		buf_add(&reader->http_message, tag->value);
	}
	if (details_want(reader->out, DETAIL_ATTRIBUTE) && !is_told(reader, tag))
		details_add(reader->out, DETAIL_ATTRIBUTE, 0, tag->key, tag->type, tag->value);
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		if (elsewhere[i].tag == kind && tag->value.len && details_want(reader->out, elsewhere[i].section))
			details_add(reader->out, elsewhere[i].section, 0, elsewhere[i].key, "string", tag->value);
}

static void
read_span_tags(struct detail_reader *reader)
{
	struct tag tag;

	if (!json_array(&reader->json))
		return;
	while (json_element(&reader->json))
		if (read_tag(reader, &tag))
			add_span_tag(reader, &tag);
}

/* A store's form: {"http@url": ...}. */
static void
read_tag_object(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	enum json_type type;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		buf_clear(&reader->key);
		for (size_t i = 0; i < key.len; i++)
			buf_addc(&reader->key, key.at[i] == '@' ? '.' : key.at[i]);
		reader_text(json, &reader->value, &type);
		struct tag tag = { buf_str(&reader->key), buf_str(&reader->value), NULL };
		tag.type = type_of(STR(""), type, tag.value);
		if (!json->fault)
			add_span_tag(reader, &tag);
	}
}

/* The field "event" of a log names it, and has no row of its own. */
static void
read_log(struct detail_reader *reader, uint32_t index)
{
	struct json *json = &reader->json;
	struct details *out = reader->out;
	size_t first = out->len;
	int64_t micros = 0;
	bool named = false;
	struct str key;
	struct tag tag;

	if (!json_object(json))
		return;
	details_add(out, DETAIL_EVENT, index, STR("log"), "event", STR(""));
	while (json_key(json, &key)) {
		if (str_equal(key, STR("timestamp"))) {
			(void)json_int64(json, &micros);
			continue;
		}
		if (!str_equal(key, STR("fields")) || !json_array(json)) {
			if (!str_equal(key, STR("fields")))
				json_skip(json);
			continue;
		}
		while (json_element(json)) {
			if (!read_tag(reader, &tag))
				continue;
			if (!named && str_equal(tag.key, STR("event"))) {
				out->at[first].key = (struct str){ arena_copy(&out->arena, tag.value), tag.value.len };
				named = true;
			} else {
				details_add(out, DETAIL_EVENT, index, tag.key, tag.type, tag.value);
			}
		}
	}
	for (size_t i = first; i < out->len; i++)
		if (__builtin_mul_overflow(micros, 1000, &out->at[i].time_ns))
			out->at[i].time_ns = 0;
}

static void
read_logs(struct detail_reader *reader)
{
	uint32_t index = 0;

	if (json_array(&reader->json))
		while (json_element(&reader->json))
			read_log(reader, index++);
}

/* A reference as text, and whether it names the span's parent. */
struct reference {
	struct buf type, trace, span;
	bool       is_parent;
};

static void
read_member(struct json *json, struct buf *out)
{
	struct str text;

	buf_clear(out);
	if (json_string(json, &text))
		buf_add(out, text);
}

static bool
read_reference(struct detail_reader *reader, struct reference *ref)
{
	const struct dataset *ds = reader->ds;
	struct json *json = &reader->json;
	uint8_t trace_id[16];
	uint64_t id = 0;
	struct str key;

	buf_clear(&ref->type);
	buf_clear(&ref->trace);
	buf_clear(&ref->span);
	if (!json_object(json))
		return false;
	while (json_key(json, &key))
		if (str_equal(key, STR("refType")))
			read_member(json, &ref->type);
		else if (str_equal(key, STR("traceID")))
			read_member(json, &ref->trace);
		else if (str_equal(key, STR("spanID")))
			read_member(json, &ref->span);
		else
			json_skip(json);
	id_span(buf_str(&ref->span), &id);
	id_trace(buf_str(&ref->trace), trace_id);
	ref->is_parent = id && id == ds->spans.parent_id[reader->span] &&
	                 (!ref->trace.len || memcmp(trace_id, ds->tracks[ds->spans.track[reader->span]].trace_id, sizeof trace_id) == 0);
	return !json->fault;
}

static void
add_link(struct details *out, uint32_t index, const struct reference *ref)
{
	if (ref->trace.len)
		details_add(out, DETAIL_LINK, index, STR("trace_id"), "string", buf_str(&ref->trace));
	details_add(out, DETAIL_LINK, index, STR("span_id"), "string", buf_str(&ref->span));
	if (ref->type.len)
		details_add(out, DETAIL_LINK, index, STR("ref_type"), "string", buf_str(&ref->type));
}

/* The reference that is the parent is no link; that it follows from its parent is said of the span. */
static void
read_references(struct detail_reader *reader)
{
	struct reference ref = { 0 };
	bool has_parent = false;
	uint32_t links = 0;

	if (!json_array(&reader->json))
		return;
	while (json_element(&reader->json)) {
		if (!read_reference(reader, &ref))
			continue;
		if (ref.is_parent && !has_parent) {
			has_parent = true;
			if (details_want(reader->out, DETAIL_SPAN) && jaeger_ref_type(buf_str(&ref.type)) == JAEGER_FOLLOWS_FROM)
				details_add(reader->out, DETAIL_SPAN, 0, STR("parent.ref_type"), "string", buf_str(&ref.type));
		} else if (details_want(reader->out, DETAIL_LINK)) {
			add_link(reader->out, links++, &ref);
		}
	}
	buf_fini(&ref.type);
	buf_fini(&ref.trace);
	buf_fini(&ref.span);
}

static void
read_warnings(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct str text;

	if (!json_array(json))
		return;
	while (json_element(json))
		if (json_string(json, &text))
			details_add(reader->out, DETAIL_SPAN, 0, STR("warning"), "string", text);
}

static void
read_flags(struct detail_reader *reader)
{
	enum json_type type;

	reader_text(&reader->json, &reader->value, &type);
	if (type == JSON_NUMBER && !str_equal(buf_str(&reader->value), STR("0")))
		details_add(reader->out, DETAIL_SPAN, 0, STR("flags"), "int", buf_str(&reader->value));
}

static void
read_span(struct detail_reader *reader)
{
	const bool of_span = details_want(reader->out, DETAIL_SPAN);
	const bool tags = of_span || details_want(reader->out, DETAIL_ATTRIBUTE) || details_want(reader->out, DETAIL_SCOPE);
	const bool refs = of_span || details_want(reader->out, DETAIL_LINK);
	struct json *json = &reader->json;
	struct str key;

	while (json_key(json, &key)) {
		if (tags && str_equal(key, STR("tags")))
			read_span_tags(reader);
		else if (tags && str_equal(key, STR("tag")))
			read_tag_object(reader);
		else if (details_want(reader->out, DETAIL_EVENT) && str_equal(key, STR("logs")))
			read_logs(reader);
		else if (refs && str_equal(key, STR("references")))
			read_references(reader);
		else if (of_span && str_equal(key, STR("warnings")))
			read_warnings(reader);
		else if (of_span && str_equal(key, STR("flags")))
			read_flags(reader);
		else
			json_skip(json);
	}
	if (of_span && !reader->has_message && reader->http_message.len && reader->ds->spans.status[reader->span] == STATUS_ERROR)
		details_add(reader->out, DETAIL_SPAN, 0, STR("status.message"), "string", buf_str(&reader->http_message));
}

static void
read_process(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct str key, text;
	struct tag tag;

	while (json_key(json, &key)) {
		if (str_equal(key, STR("serviceName")) && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				details_add(reader->out, DETAIL_RESOURCE, 0, STR("service.name"), "string", text);
		} else if (str_equal(key, STR("tags")) && json_peek(json) == JSON_ARRAY) {
			json_array(json);
			while (json_element(json))
				if (read_tag(reader, &tag))
					details_add(reader->out, DETAIL_RESOURCE, 0, tag.key, tag.type, tag.value);
		} else {
			json_skip(json);
		}
	}
}

bool
jaeger_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];
	struct detail_reader reader = { .ds = ds, .span = span, .out = out };
	bool fine;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	if (!details_want_span(out) && !details_want(out, DETAIL_SCOPE)) {
		fine = true;
	} else if (record_open(&reader.json, source, ds->spans.detail_at[span], ds->spans.detail_len[span])) {
		read_span(&reader);
		fine = record_check(&reader.json, err);
	} else {
		fine = record_lost("the span", err);
	}
	if (fine && details_want(out, DETAIL_RESOURCE) && record_open(&reader.json, source, group->resource_at, group->resource_len)) {
		read_process(&reader);
		fine = record_check(&reader.json, err);
	}
	json_fini(&reader.json);
	buf_fini(&reader.key);
	buf_fini(&reader.value);
	buf_fini(&reader.http_message);
	return fine;
}
