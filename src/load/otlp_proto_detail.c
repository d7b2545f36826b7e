/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_proto_detail.h"

#include "load/otlp_proto_fields.h"
#include "load/proto.h"

static void
add_row(struct details *out, struct detail_row row)
{
	row.key = (struct str){ arena_copy(&out->arena, row.key), row.key.len };
	row.value = (struct str){ arena_copy(&out->arena, row.value), row.value.len };
	vec_push(out, row);
}

static void
add_text(struct details *out, enum detail_section section, uint32_t index, struct str key, struct str value)
{
	add_row(out, (struct detail_row){ .section = section, .index = index, .key = key, .type = "string", .value = value });
}

static void
add_id(struct details *out, enum detail_section section, uint32_t index, struct str key, struct str bytes)
{
	struct buf hex = { 0 };

	for (size_t i = 0; i < bytes.len; i++)
		buf_addf(&hex, "%02x", (unsigned char)bytes.at[i]);
	add_row(out, (struct detail_row){ .section = section, .index = index, .key = key, .type = "bytes", .value = buf_str(&hex) });
	buf_fini(&hex);
}

static void
add_attribute(struct details *out, enum detail_section section, uint32_t index, struct str key_value)
{
	struct proto pair = proto_of(key_value);
	struct proto_field field;
	struct detail_row row = { .section = section, .index = index, .type = "string" };
	struct buf text = { 0 };

	while (proto_next(&pair, &field))
		if (field.number == KEY_VALUE_KEY)
			row.key = field.bytes;
		else if (field.number == KEY_VALUE_VALUE) {
			buf_clear(&text);
			otlp_proto_value(field.bytes, &row.type, &text);
		}
	row.value = buf_str(&text);
	add_row(out, row);
	buf_fini(&text);
}

/* Every attribute of a message that holds them in one repeated field. */
static void
add_attributes(struct details *out, enum detail_section section, uint32_t index, struct str bytes, uint32_t number)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == number && field.wire == PROTO_BYTES)
			add_attribute(out, section, index, field.bytes);
}

static void
add_event(struct details *out, uint32_t index, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct detail_row row = { .section = DETAIL_EVENT, .index = index, .type = "string" };

	while (proto_next(&message, &field))
		if (field.number == EVENT_TIME)
			row.time_ns = (int64_t)field.value;
		else if (field.number == EVENT_NAME)
			row.key = field.bytes;
	add_row(out, row);
	add_attributes(out, DETAIL_EVENT, index, bytes, EVENT_ATTRIBUTES);
}

static void
add_link(struct details *out, uint32_t index, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == LINK_TRACE_ID)
			add_id(out, DETAIL_LINK, index, STR("trace id"), field.bytes);
		else if (field.number == LINK_SPAN_ID)
			add_id(out, DETAIL_LINK, index, STR("span id"), field.bytes);
		else if (field.number == LINK_STATE)
			add_text(out, DETAIL_LINK, index, STR("trace state"), field.bytes);
	add_attributes(out, DETAIL_LINK, index, bytes, LINK_ATTRIBUTES);
}

static void
add_status(struct details *out, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == STATUS_MESSAGE && field.bytes.len)
			add_text(out, DETAIL_SPAN, 0, STR("status message"), field.bytes);
}

static void
add_span(struct details *out, struct str bytes)
{
	struct proto_field field;
	uint32_t events = 0, links = 0;

	for (struct proto message = proto_of(bytes); proto_next(&message, &field);)
		if (field.number == SPAN_FIELD_STATE && field.bytes.len)
			add_text(out, DETAIL_SPAN, 0, STR("trace state"), field.bytes);
		else if (field.number == SPAN_FIELD_STATUS)
			add_status(out, field.bytes);
	add_attributes(out, DETAIL_ATTRIBUTE, 0, bytes, SPAN_FIELD_ATTRIBUTES);
	for (struct proto message = proto_of(bytes); proto_next(&message, &field);)
		if (field.number == SPAN_FIELD_EVENTS)
			add_event(out, events++, field.bytes);
	for (struct proto message = proto_of(bytes); proto_next(&message, &field);)
		if (field.number == SPAN_FIELD_LINKS)
			add_link(out, links++, field.bytes);
}

static void
add_scope(struct details *out, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == SCOPE_NAME)
			add_text(out, DETAIL_SCOPE, 0, STR("otel.scope.name"), field.bytes);
		else if (field.number == SCOPE_VERSION)
			add_text(out, DETAIL_SCOPE, 0, STR("otel.scope.version"), field.bytes);
	add_attributes(out, DETAIL_SCOPE, 0, bytes, SCOPE_ATTRIBUTES);
}

/* A part of the source's bytes; empty when they are not there. */
static struct str
part_of(const struct source *source, uint64_t at, uint32_t len)
{
	if (!source->bytes || at > source->size || len > source->size - at)
		return (struct str){ "", 0 };
	return (struct str){ source->bytes + at, len };
}

bool
otlp_proto_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];
	struct str record = part_of(source, ds->spans.detail_at[span], ds->spans.detail_len[span]);

	if (record.len == 0)
		return error_set(err, ERROR_INPUT, "the details of this span cannot be read again");
	add_span(out, record);
	add_attributes(out, DETAIL_RESOURCE, 0, part_of(source, group->resource_at, group->resource_len), RESOURCE_ATTRIBUTES);
	add_scope(out, part_of(source, group->scope_at, group->scope_len));
	return true;
}
