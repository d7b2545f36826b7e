/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/foreign_proto.h"

#include "load/otlp_proto.h"
#include "load/otlp_proto_fields.h"
#include "load/proto.h"

enum { RECORDS_LOOKED_AT = 16 };

/* Fields of a Perfetto packet, of a Zipkin span, and of an OTLP metric: its name and one of the kinds of its data. */
enum { PACKET_TIMESTAMP = 8, PACKET_SEQUENCE = 10, PACKET_CLOCK = 58, PACKET_DESCRIPTOR = 60, PACKET_HIGHEST = 2000 };
enum { ZIPKIN_TRACE_ID = 1, ZIPKIN_ID = 3, ZIPKIN_KIND_MAX = 4, ZIPKIN_TIMESTAMP = 6 };
enum { METRIC_NAME = 1, METRIC_GAUGE = 5, METRIC_SUMMARY = 11 };

static bool
is_perfetto(struct str record)
{
	struct proto message = proto_of(record);
	struct proto_field field;
	int signs = 0;

	while (proto_next(&message, &field)) {
		bool number = field.number == PACKET_TIMESTAMP || field.number == PACKET_SEQUENCE || field.number == PACKET_CLOCK;
		if (number && field.wire != PROTO_VARINT)
			return false;
		if (field.number > PACKET_HIGHEST || (field.number == PACKET_DESCRIPTOR && field.wire != PROTO_BYTES))
			return false;
		signs += number || field.number == PACKET_DESCRIPTOR;
	}
	return signs > 0 && message.state != PROTO_BROKEN;
}

static bool
is_zipkin(struct str record)
{
	struct proto message = proto_of(record);
	struct proto_field field;
	bool trace = false, id = false;

	while (proto_next(&message, &field)) {
		if (field.number == ZIPKIN_TRACE_ID)
			trace = field.wire == PROTO_BYTES && (field.bytes.len == 8 || field.bytes.len == 16);
		if (field.number == ZIPKIN_ID)
			id = field.wire == PROTO_BYTES && field.bytes.len == 8;
		if (field.number == ZIPKIN_TIMESTAMP && field.wire != PROTO_FIXED64)
			return false;
	}
	return trace && id;
}

static bool
is_metric(struct str record)
{
	struct proto message = proto_of(record);
	struct proto_field field;
	bool name = false, data = false;

	while (proto_next(&message, &field)) {
		name |= field.number == METRIC_NAME && field.wire == PROTO_BYTES && field.bytes.len;
		data |= field.number >= METRIC_GAUGE && field.number <= METRIC_SUMMARY && field.wire == PROTO_BYTES;
	}
	return name && data;
}

/* The metrics of a resource are as deep in it as the spans of one. */
static bool
is_metrics(struct str record)
{
	struct proto resource = proto_of(record);
	struct proto_field scope, metric;

	while (proto_next(&resource, &scope)) {
		struct proto scopes = proto_of(scope.bytes);
		if (scope.number != RESOURCE_SPANS_SCOPE_SPANS)
			continue;
		while (proto_next(&scopes, &metric))
			if (metric.number == SCOPE_SPANS_SPANS)
				return is_metric(metric.bytes);
	}
	return false;
}

static const struct {
	bool      (*fits)(struct str record);    /* what the message has as its first field */
	const char *name, *hint;
} kinds[] = {
	{ is_zipkin,           "Zipkin traces in protobuf",      "ask the server for JSON" },
	{ otlp_proto_is_traces, "a reply of Tempo in protobuf",  "ask the server for JSON" },
	{ is_metrics,          "OTLP metrics in protobuf",       "there are no spans in them" },
	{ is_perfetto,         "a Perfetto trace",               "run traceconv json on it first" },
};

const char *
foreign_proto_name(struct str head, const char **hint_out)
{
	struct proto message = proto_of(head);
	struct proto_field field;

	if (otlp_proto_is_profiles(head) || (head.len > FRAME_HEAD && otlp_proto_is_profiles(str_tail(head, FRAME_HEAD)))) {
		*hint_out = "have the profiler write pprof instead";
		return "OTLP profiles in protobuf";
	}
	for (int i = 0; i < RECORDS_LOOKED_AT && proto_next(&message, &field) && field.number == 1 && field.wire == PROTO_BYTES; i++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (kinds[k].fits(field.bytes)) {
				*hint_out = kinds[k].hint;
				return kinds[k].name;
			}
	if (head.len && head.at[0] == '\n')
		return "a protobuf message, but no profile and no trace";
	if (head.len > FRAME_HEAD && head.at[0] == '\0' && head.at[FRAME_HEAD] == '\n')
		return "framed OTLP protobuf, but without spans";
	return NULL;
}
