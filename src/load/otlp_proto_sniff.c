/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_proto.h"

#include "load/otlp_proto_fields.h"
#include "load/proto.h"

enum { RECORDS_LOOKED_AT = 16 };

enum otlp_signal
otlp_proto_signal(struct str record)
{
	struct proto message = proto_of(record);
	struct proto_field field;

	/* A span begins with its trace id, a log record with its time. */
	while (proto_next(&message, &field)) {
		bool fixed = field.wire == PROTO_FIXED64, bytes = field.wire == PROTO_BYTES;

		if (field.number == SPAN_FIELD_TRACE_ID && bytes && field.bytes.len == 16)
			return OTLP_SPAN;
		if (field.number == LOG_TIME && fixed)
			return OTLP_LOG;
		if ((field.number == SPAN_FIELD_START || field.number == SPAN_FIELD_END) && fixed)
			return OTLP_SPAN;
		if ((field.number == LOG_OBSERVED_TIME && fixed) || (field.number == LOG_SEVERITY_NUMBER && field.wire == PROTO_VARINT))
			return OTLP_LOG;
		if (field.number == SPAN_FIELD_ID && bytes && field.bytes.len == 8)
			return OTLP_SPAN;
	}
	return OTLP_OTHER;
}

/* 1: a span of the right shape; 0: none here; -1: something that no span is. */
static int
judge_span(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	int signs = 0;

	while (proto_next(&message, &field)) {
		bool trace_id = field.number == SPAN_FIELD_TRACE_ID, id = field.number == SPAN_FIELD_ID;
		bool time = field.number == SPAN_FIELD_START || field.number == SPAN_FIELD_END;
		if ((trace_id || id) && field.wire != PROTO_BYTES)
			return -1;
		if (time && field.wire != PROTO_FIXED64)
			return -1;
		signs += (trace_id && field.bytes.len == 16) || (id && field.bytes.len == 8) || time;
	}
	return signs >= 2;
}

/* The same for a log record. */
static int
judge_log(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	int signs = 0;

	while (proto_next(&message, &field)) {
		bool time = field.number == LOG_TIME || field.number == LOG_OBSERVED_TIME;
		bool id = field.number == LOG_TRACE_ID || field.number == LOG_SPAN_ID;
		if (time && field.wire != PROTO_FIXED64)
			return -1;
		if (field.number == LOG_SEVERITY_NUMBER && (field.wire != PROTO_VARINT || field.value > LOG_SEVERITY_MAX))
			return -1;
		if ((id || field.number == LOG_BODY || field.number == LOG_ATTRIBUTES) && field.wire != PROTO_BYTES)
			return -1;
		signs += time || field.number == LOG_SEVERITY_NUMBER || field.number == LOG_BODY || (id && field.bytes.len >= 8);
	}
	return signs >= 2;
}

/* The same for a profile: a sample type, samples, a time. */
static int
judge_profile(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	bool samples = false, time = false;

	while (proto_next(&message, &field)) {
		if ((field.number == PROFILES_TYPE || field.number == PROFILES_SAMPLES) && field.wire != PROTO_BYTES)
			return -1;
		samples |= field.number == PROFILES_SAMPLES;
		time |= (field.number == PROFILES_TIME || field.number == PROFILES_OLD_TIME) && field.wire != PROTO_BYTES;
	}
	return samples && time;
}

typedef int judge_fn(struct str record);

static int
judge_scope(struct str bytes, judge_fn *judge)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct str rest;

	while (proto_next(&message, &field))
		if (field.number == SCOPE_SPANS_SPANS && field.wire == PROTO_BYTES)
			return judge(field.bytes);
	/* The first record may be longer than what there is to see of it. */
	if (proto_cut_field(&message, SCOPE_SPANS_SPANS, &rest))
		return judge(rest);
	return message.state == PROTO_BROKEN ? -1 : 0;
}

static bool
is_signal(struct str bytes, judge_fn *judge)
{
	struct proto data = proto_of(bytes);
	struct proto_field field, part;
	int verdict = 0;

	for (int records = 0; records < RECORDS_LOOKED_AT && verdict == 0; records++) {
		struct str resource_spans;
		if (proto_next(&data, &field)) {
			if (field.number != DATA_RESOURCE_SPANS || field.wire != PROTO_BYTES)
				return false;
			resource_spans = field.bytes;
		} else {
			/* The head of the file may end inside a record: what is there of it counts. */
			if (!proto_cut_field(&data, DATA_RESOURCE_SPANS, &resource_spans))
				break;
			records = RECORDS_LOOKED_AT;
		}
		struct proto message = proto_of(resource_spans);
		while (verdict == 0 && proto_next(&message, &part))
			if (part.number == RESOURCE_SPANS_SCOPE_SPANS || part.number == RESOURCE_SPANS_OLD_SCOPE_SPANS)
				verdict = part.wire == PROTO_BYTES ? judge_scope(part.bytes, judge) : -1;
		if (message.state == PROTO_BROKEN)
			return false;
		struct str scope_spans;
		if (verdict == 0 && proto_cut_field(&message, RESOURCE_SPANS_SCOPE_SPANS, &scope_spans))
			verdict = judge_scope(scope_spans, judge);
	}
	return verdict == 1;
}

bool
otlp_proto_is_traces(struct str message)
{
	return is_signal(message, judge_span);
}

bool
otlp_proto_is_logs(struct str message)
{
	return is_signal(message, judge_log);
}

/* The tables that all profiles share may stand on either side of them. */
bool
otlp_proto_is_profiles(struct str message)
{
	struct proto data = proto_of(message);
	struct proto_field field;
	const char *begin = message.at;

	while (proto_next(&data, &field) && field.number == PROFILES_DICTIONARY && field.wire == PROTO_BYTES)
		begin = data.at;
	message.len -= (size_t)(begin - message.at);
	message.at = begin;
	return is_signal(message, judge_profile);
}

/* A record of any signal, since one file can have several: nothing but field 1. */
static bool
is_record(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number != DATA_RESOURCE_SPANS || field.wire != PROTO_BYTES)
			return false;
	return message.state == PROTO_OK;
}

bool
otlp_proto_is_framed(struct str bytes)
{
	size_t at = 0;
	bool known = false;    /* one of them has spans or logs */

	while (at + FRAME_HEAD < bytes.len) {
		const unsigned char *size = (const unsigned char *)bytes.at + at;
		uint64_t len = (uint64_t)size[0] << 24 | (uint64_t)size[1] << 16 | (uint64_t)size[2] << 8 | size[3];
		struct str record = { bytes.at + at + FRAME_HEAD, bytes.len - at - FRAME_HEAD };
		/* What follows a record that is known may be damaged; a bare message does not begin with a zero. */
		if (len == 0 || len >= RECORD_LONGEST || record.at[0] != '\x0a')
			return known && bytes.at[0] == '\0';
		if (len > record.len)
			return known || otlp_proto_is_traces(record) || otlp_proto_is_logs(record);
		record.len = (size_t)len;
		if (!is_record(record))
			return known && bytes.at[0] == '\0';
		known = known || otlp_proto_is_traces(record) || otlp_proto_is_logs(record);
		at += FRAME_HEAD + (size_t)len;
	}
	return known;
}
