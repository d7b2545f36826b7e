/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_proto_detail.h"

#include <inttypes.h>
#include <stdio.h>

#include "load/otlp_proto_fields.h"
#include "load/proto.h"
#include "load/record.h"

static void
add_text(struct details *out, enum detail_section section, uint32_t index, struct str key, struct str value)
{
	if (value.len)
		details_add(out, section, index, key, "string", value);
}

static void
add_count(struct details *out, enum detail_section section, uint32_t index, struct str key, uint64_t count)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%" PRIu64, count);
	if (count)
		details_add(out, section, index, key, "int", str_of(digits));
}

static void
add_id(struct details *out, enum detail_section section, uint32_t index, struct str key, struct str bytes)
{
	struct buf hex = { 0 };

	for (size_t i = 0; i < bytes.len; i++)
		buf_addf(&hex, "%02x", (unsigned char)bytes.at[i]);
	add_text(out, section, index, key, buf_str(&hex));
	buf_fini(&hex);
}

static void
add_attribute(struct details *out, enum detail_section section, uint32_t index, struct str key_value)
{
	struct proto pair = proto_of(key_value);
	struct proto_field field;
	const char *type = "empty";
	struct str key = STR(""), value = STR("");
	struct buf text = { 0 };

	while (proto_next(&pair, &field))
		if (field.number == KEY_VALUE_KEY)
			key = field.bytes;
		else if (field.number == KEY_VALUE_VALUE)
			value = field.bytes;
	if (!details_want_key(out, key))
		return;
	otlp_proto_value(value, &type, &text);
	details_add(out, section, index, key, type, buf_str(&text));
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

/* The rows of an event from first on get its time. */
static void
set_time(struct details *out, size_t first, uint64_t time_ns)
{
	for (size_t i = first; i < out->len; i++)
		out->at[i].time_ns = (int64_t)time_ns;
}

static void
add_event(struct details *out, uint32_t index, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct str name = STR("");
	size_t first = out->len;
	uint64_t time_ns = 0, dropped = 0;

	while (proto_next(&message, &field))
		if (field.number == EVENT_TIME)
			time_ns = field.value;
		else if (field.number == EVENT_NAME)
			name = field.bytes;
		else if (field.number == EVENT_DROPPED)
			dropped = field.value;
	details_add(out, DETAIL_EVENT, index, name, "event", STR(""));
	add_attributes(out, DETAIL_EVENT, index, bytes, EVENT_ATTRIBUTES);
	add_count(out, DETAIL_EVENT, index, STR("droppedAttributesCount"), dropped);
	set_time(out, first, time_ns);
}

static void
add_link(struct details *out, uint32_t index, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == LINK_TRACE_ID)
			add_id(out, DETAIL_LINK, index, STR("trace_id"), field.bytes);
		else if (field.number == LINK_SPAN_ID)
			add_id(out, DETAIL_LINK, index, STR("span_id"), field.bytes);
		else if (field.number == LINK_STATE)
			add_text(out, DETAIL_LINK, index, STR("trace_state"), field.bytes);
		else if (field.number == LINK_DROPPED)
			add_count(out, DETAIL_LINK, index, STR("droppedAttributesCount"), field.value);
		else if (field.number == LINK_FLAGS)
			add_count(out, DETAIL_LINK, index, STR("flags"), field.value);
	add_attributes(out, DETAIL_LINK, index, bytes, LINK_ATTRIBUTES);
}

static void
add_status(struct details *out, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == STATUS_MESSAGE)
			add_text(out, DETAIL_SPAN, 0, STR("status.message"), field.bytes);
}

/* What is told of the span itself. */
static void
add_span_field(struct details *out, const struct proto_field *field)
{
	switch (field->number) {
	case SPAN_FIELD_STATE:
		add_text(out, DETAIL_SPAN, 0, STR("trace_state"), field->bytes);
		break;
	case SPAN_FIELD_STATUS:
		add_status(out, field->bytes);
		break;
	case SPAN_FIELD_FLAGS:
		add_count(out, DETAIL_SPAN, 0, STR("flags"), field->value);
		break;
	case SPAN_FIELD_DROPPED_ATTRIBUTES:
		add_count(out, DETAIL_SPAN, 0, STR("droppedAttributesCount"), field->value);
		break;
	case SPAN_FIELD_DROPPED_EVENTS:
		add_count(out, DETAIL_SPAN, 0, STR("droppedEventsCount"), field->value);
		break;
	case SPAN_FIELD_DROPPED_LINKS:
		add_count(out, DETAIL_SPAN, 0, STR("droppedLinksCount"), field->value);
		break;
	default:
		break;
	}
}

static void
add_span(struct details *out, struct str bytes)
{
	const bool of_span = details_want(out, DETAIL_SPAN), attributes = details_want(out, DETAIL_ATTRIBUTE);
	const bool with_events = details_want(out, DETAIL_EVENT), with_links = details_want(out, DETAIL_LINK);
	struct proto_field field;
	uint32_t events = 0, links = 0;

	for (struct proto message = proto_of(bytes); proto_next(&message, &field);)
		if (field.number == SPAN_FIELD_ATTRIBUTES && field.wire == PROTO_BYTES && attributes)
			add_attribute(out, DETAIL_ATTRIBUTE, 0, field.bytes);
		else if (field.number == SPAN_FIELD_EVENTS && field.wire == PROTO_BYTES && with_events)
			add_event(out, events++, field.bytes);
		else if (field.number == SPAN_FIELD_LINKS && with_links)
			add_link(out, links++, field.bytes);
		else if (of_span)
			add_span_field(out, &field);
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

	if (details_want_span(out)) {
		if (record.len == 0)
			return record_lost("the span", err);
		add_span(out, record);
	}
	if (details_want(out, DETAIL_RESOURCE))
		add_attributes(out, DETAIL_RESOURCE, 0, part_of(source, group->resource_at, group->resource_len), RESOURCE_ATTRIBUTES);
	if (details_want(out, DETAIL_SCOPE))
		add_scope(out, part_of(source, group->scope_at, group->scope_len));
	return true;
}

/* A log record is an event: its name, or "log", then what it says. */
static void
add_log(struct details *out, struct str bytes)
{
	struct str name = STR("log");
	size_t first = out->len;
	uint64_t time_ns = 0, observed_ns = 0;
	const char *type = "empty";
	struct buf text = { 0 };
	struct proto_field field;

	for (struct proto message = proto_of(bytes); proto_next(&message, &field);)
		if (field.number == LOG_EVENT_NAME && field.bytes.len)
			name = field.bytes;
		else if (field.number == LOG_TIME)
			time_ns = field.value;
		else if (field.number == LOG_OBSERVED_TIME)
			observed_ns = field.value;
	details_add(out, DETAIL_EVENT, 0, name, "event", STR(""));
	for (struct proto message = proto_of(bytes); proto_next(&message, &field);)
		if (field.number == LOG_SEVERITY_NUMBER)
			add_count(out, DETAIL_EVENT, 0, STR("severity_number"), field.value);
		else if (field.number == LOG_SEVERITY_TEXT)
			add_text(out, DETAIL_EVENT, 0, STR("severity"), field.bytes);
		else if (field.number == LOG_BODY) {
			buf_clear(&text);
			otlp_proto_value(field.bytes, &type, &text);
			details_add(out, DETAIL_EVENT, 0, STR("body"), type, buf_str(&text));
		}
	buf_fini(&text);
	add_attributes(out, DETAIL_EVENT, 0, bytes, LOG_ATTRIBUTES);
	set_time(out, first, time_ns ? time_ns : observed_ns);
}

bool
otlp_proto_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err)
{
	struct str record = part_of(&ds->sources[ref->source], ref->at, ref->len);

	if (record.len == 0)
		return record_lost("the log record", err);
	add_log(out, record);
	return true;
}
