/* SPDX-License-Identifier: MIT
 * Field numbers of OTLP's trace.proto, common.proto and resource.proto. */
#ifndef LOAD_OTLP_PROTO_FIELDS_H
#define LOAD_OTLP_PROTO_FIELDS_H

#include <stdint.h>

enum { DATA_RESOURCE_SPANS = 1 };
enum { RESOURCE_SPANS_RESOURCE = 1, RESOURCE_SPANS_SCOPE_SPANS = 2, RESOURCE_SPANS_OLD_SCOPE_SPANS = 1000 };
enum { RESOURCE_ATTRIBUTES = 1 };
enum { SCOPE_SPANS_SCOPE = 1, SCOPE_SPANS_SPANS = 2 };
enum { KEY_VALUE_KEY = 1, KEY_VALUE_VALUE = 2, ANY_VALUE_STRING = 1 };
enum {
	SPAN_FIELD_TRACE_ID = 1, SPAN_FIELD_ID = 2, SPAN_FIELD_PARENT_ID = 4, SPAN_FIELD_NAME = 5, SPAN_FIELD_KIND = 6,
	SPAN_FIELD_START = 7, SPAN_FIELD_END = 8, SPAN_FIELD_STATUS = 15,
};
enum { STATUS_OLD_CODE = 1, STATUS_FIELD_CODE = 3 };
enum {
	SPAN_FIELD_STATE = 3, SPAN_FIELD_ATTRIBUTES = 9, SPAN_FIELD_EVENTS = 11, SPAN_FIELD_LINKS = 13,
};
enum { STATUS_MESSAGE = 2 };
enum { EVENT_TIME = 1, EVENT_NAME = 2, EVENT_ATTRIBUTES = 3 };
enum { LINK_TRACE_ID = 1, LINK_SPAN_ID = 2, LINK_STATE = 3, LINK_ATTRIBUTES = 4 };
enum { SCOPE_NAME = 1, SCOPE_VERSION = 2, SCOPE_ATTRIBUTES = 3 };
enum { ANY_VALUE_BOOL = 2, ANY_VALUE_INT = 3, ANY_VALUE_DOUBLE = 4, ANY_VALUE_ARRAY = 5, ANY_VALUE_MAP = 6, ANY_VALUE_BYTES = 7 };

/* Of the collector's length-prefixed files. */
enum { FRAME_HEAD = 4 };
/* A record that declares more is taken for a broken length. */
#define RECORD_LONGEST ((uint64_t)1 << 30)

#endif
