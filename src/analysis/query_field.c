/* SPDX-License-Identifier: MIT
 * The fields that a query knows beside attributes. */
#include "config.h"

#include "analysis/query_core.h"

const char *const query_kind_words[] = {
	[SPAN_UNSPECIFIED] = "unspecified", [SPAN_INTERNAL] = "internal", [SPAN_SERVER] = "server",
	[SPAN_CLIENT] = "client", [SPAN_PRODUCER] = "producer", [SPAN_CONSUMER] = "consumer", NULL,
};
const char *const query_status_words[] = { [STATUS_UNSET] = "unset", [STATUS_OK] = "ok", [STATUS_ERROR] = "error", NULL };
static const char *const truth_words[] = { "false", "true", NULL };

const struct query_field query_fields[] = {
	[FIELD_NAME]           = { "name", "the span's name", NULL, true },
	[FIELD_SERVICE]        = { "service", "the span's service", NULL, true },
	[FIELD_KIND]           = { "kind", "server, client, internal, producer, consumer or unspecified", query_kind_words, true },
	[FIELD_STATUS]         = { "status", "unset, ok or error", query_status_words, true },
	[FIELD_DURATION]       = { "duration", "the span's duration", NULL, false },
	[FIELD_START]          = { "start", "when it began: a time, or since the first start", NULL, false },
	[FIELD_TRACE]          = { "trace", "the trace's id, 32 hexadecimal digits", NULL, true },
	[FIELD_SPAN]           = { "span", "the span's id, 16 hexadecimal digits", NULL, true },
	[FIELD_DEPTH]          = { "depth", "the span's level, 1 for roots", NULL, false },
	[FIELD_EVENTS]         = { "events", "how many events the span has", NULL, false },
	[FIELD_ERROR]          = { "error", "whether its status is error", truth_words, true },
	[FIELD_TRACE_DURATION] = { "trace.duration", "from the trace's first start to its last end", NULL, false },
	[FIELD_TRACE_SPANS]    = { "trace.spans", "how many spans the trace has", NULL, false },
	[FIELD_TRACE_SERVICES] = { "trace.services", "how many services the trace goes through", NULL, false },
	[FIELD_TRACE_ERRORS]   = { "trace.errors", "how many of its spans are errors", NULL, false },
	[FIELD_ROOT_NAME]      = { "root.name", "the name of the trace's root", NULL, true },
	[FIELD_ROOT_SERVICE]   = { "root.service", "the service of the trace's root", NULL, true },
	[FIELD_ATTRIBUTE]      = { NULL, NULL, NULL, true },
};
