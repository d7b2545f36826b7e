/* SPDX-License-Identifier: MIT
 * Tags of spans, of which few say more than that they are there. */
#include "config.h"

#include "load/jaeger.h"

#include <strings.h>

#include "util/unit.h"

static const struct { struct str key; enum jaeger_tag tag; } tags[] = {
	{ STR("span.kind"), JAEGER_TAG_KIND },
	{ STR("error"), JAEGER_TAG_ERROR },
	{ STR("otel.status_code"), JAEGER_TAG_STATUS },
	{ STR("otel.status_description"), JAEGER_TAG_MESSAGE },
	{ STR("http.response.status_code"), JAEGER_TAG_HTTP },
	{ STR("http.status_code"), JAEGER_TAG_HTTP_OLD },
	{ STR("http.status_message"), JAEGER_TAG_HTTP_MESSAGE },
	{ STR("otel.scope.name"), JAEGER_TAG_SCOPE_NAME },
	{ STR("otel.library.name"), JAEGER_TAG_SCOPE_NAME },
	{ STR("otel.scope.version"), JAEGER_TAG_SCOPE_VERSION },
	{ STR("otel.library.version"), JAEGER_TAG_SCOPE_VERSION },
};

enum jaeger_tag
jaeger_tag(struct str key)
{
	/* Each of them has one of these letters first and is short; most tags are not of these. */
	if (key.len < 5 || key.len > 25 || !strchr("seoh", key.at[0]))
		return JAEGER_TAG_PLAIN;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_equal(tags[i].key, key))
			return tags[i].tag;
	return JAEGER_TAG_PLAIN;
}

static bool
is_word(struct str text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.at, word, text.len) == 0;
}

enum span_kind
jaeger_kind(struct str text)
{
	static const char *const names[] = {
		[SPAN_INTERNAL] = "internal", [SPAN_SERVER] = "server", [SPAN_CLIENT] = "client", [SPAN_PRODUCER] = "producer",
		[SPAN_CONSUMER] = "consumer",
	};

	for (unsigned i = SPAN_INTERNAL; i < sizeof names / sizeof *names; i++)
		if (is_word(text, names[i]))
			return (enum span_kind)i;
	return SPAN_UNSPECIFIED;
}

enum span_status
jaeger_status(struct str text)
{
	return is_word(text, "ok") ? STATUS_OK : is_word(text, "error") ? STATUS_ERROR : STATUS_UNSET;
}

static uint64_t
http_code(struct str text)
{
	double code;

	return number_parse(text, &code) && code >= 100 && code < 600 ? (uint64_t)code : 0;
}

static void
apply_tag(struct jaeger_span *span, enum jaeger_tag tag, struct str value)
{
	switch (tag) {
	case JAEGER_TAG_KIND:
		span->in.kind = jaeger_kind(value);
		break;
	case JAEGER_TAG_ERROR:
		span->error = is_word(value, "true") ? ERROR_TRUE : is_word(value, "false") ? ERROR_FALSE : span->error;
		break;
	case JAEGER_TAG_STATUS:
		span->status = jaeger_status(value);
		break;
	case JAEGER_TAG_HTTP:
		span->http = http_code(value);
		break;
	case JAEGER_TAG_HTTP_OLD:
		span->http_old = http_code(value);
		break;
	default:
		break;
	}
}

enum { TAG_KEY = 1, TAG_VALUE };

static const struct json_field_name tag_names[] = {
	JSON_NAME("key", TAG_KEY),
	JSON_NAME("type", JSON_FIELD_NONE),
	JSON_NAME("value", TAG_VALUE),
};
static const struct json_fields tag_fields = JSON_FIELDS(tag_names);

/* {key, type, value}, in any order. */
static void
read_tag(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct json *json = &reader->base.json;
	enum jaeger_tag tag = JAEGER_TAG_PLAIN;
	bool has_key = false, has_value = false;
	enum json_type type;
	struct str text;
	int field;

	if (!reader_object(&reader->base))
		return;
	reader->tag_order.last = 0;
	while ((field = json_field(json, &tag_fields, &reader->tag_order)) != JSON_FIELD_END) {
		if (field == TAG_KEY && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				tag = jaeger_tag(text);
			has_key = true;
		} else if (field == TAG_VALUE && (!has_key || tag != JAEGER_TAG_PLAIN)) {
			reader_text(json, &reader->tag_value, &type);
			has_value = true;
		} else {
			json_skip(json);
		}
	}
	if (has_value && !json->fault)
		apply_tag(span, tag, buf_str(&reader->tag_value));
}

void
jaeger_tags(struct jaeger_reader *reader, struct jaeger_span *span)
{
	uint32_t depth;

	if (!reader_array(&reader->base))
		return;
	depth = reader->base.json.depth;
	while (reader_element(&reader->base, depth))
		read_tag(reader, span);
}

void
jaeger_tag_object(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct json *json = &reader->base.json;
	enum json_type type;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		buf_clear(&reader->tag_key);
		buf_add(&reader->tag_key, key);
		for (size_t i = 0; i < reader->tag_key.len; i++)
			if (reader->tag_key.at[i] == '@')
				reader->tag_key.at[i] = '.';
		enum jaeger_tag tag = jaeger_tag(buf_str(&reader->tag_key));
		if (tag == JAEGER_TAG_PLAIN) {
			json_skip(json);
			continue;
		}
		reader_text(json, &reader->tag_value, &type);
		apply_tag(span, tag, buf_str(&reader->tag_value));
	}
}
