/* SPDX-License-Identifier: MIT
 * Traces written back as OTLP JSON, a line each: with every attribute, event and link that their records have.
 * Records of OTLP are copied field by field, with resources, scopes, the URLs of their schemas, and the log records of spans, which
 * follow as logs of their own resources and scopes.  Other formats are written anew from their details. */
#ifndef CLI_OTLP_LINES_H
#define CLI_OTLP_LINES_H

#include "model/dataset.h"
#include "util/buf.h"

struct otlp_report {
	uint64_t spans;           /* written */
	uint64_t without;         /* of them, those whose record could not be read again: names, times and ids only */
	uint64_t moved;           /* tracks that are a nanosecond later than they were, since a time of 0 would mean that there is none */
	uint64_t headless;        /* resources and scopes of log records that cannot be copied, and are left out */
	uint64_t left_out;        /* fields of protobuf records that OTLP does not have */
};

/* Appends the lines of some spans of one track, given in ascending order. */
void otlp_add_track(const struct dataset *ds, const span_id *spans, uint32_t count, struct buf *out, struct otlp_report *report);

#endif
