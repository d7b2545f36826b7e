/* SPDX-License-Identifier: MIT
 * OTLP traces and logs in protobuf: TracesData or ExportTraceServiceRequest (the same on the wire), LogsData likewise, bare or as the
 * records of the collector's file exporter, each behind its length in four bytes, big-endian.
 * Source: opentelemetry-proto 1.x trace.proto and logs.proto, and the file exporter's README. */
#ifndef LOAD_OTLP_PROTO_H
#define LOAD_OTLP_PROTO_H

#include <stdbool.h>

#include "util/str.h"

struct load_format;

extern const struct load_format load_otlp_proto;

/* Whether bytes begin with a consistent chain of length-prefixed records; the last one may be cut. */
bool otlp_proto_is_framed(struct str bytes);

/* Whether a message looks like TracesData or LogsData: a span or a log record with ids or times of the right wire types is found in its
 * first records. */
bool otlp_proto_is_traces(struct str message);
bool otlp_proto_is_logs(struct str message);
bool otlp_proto_is_profiles(struct str message);    /* the signal of profiles, which is not read */

/* What one record of a scope is; the three signals have the same layers around it. */
enum otlp_signal { OTLP_SPAN, OTLP_LOG, OTLP_OTHER };
enum otlp_signal otlp_proto_signal(struct str record);

#endif
