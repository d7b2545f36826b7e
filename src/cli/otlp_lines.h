/* SPDX-License-Identifier: MIT
 * Traces written back as OTLP JSON, a line each: with every attribute, event and link that their records have.
 * Records of OTLP JSON are copied as they stand, others are written anew from their details; log records of spans follow as logs. */
#ifndef CLI_OTLP_LINES_H
#define CLI_OTLP_LINES_H

#include "model/dataset.h"
#include "util/buf.h"

struct otlp_report {
	uint64_t spans;           /* written */
	uint64_t without;         /* of them, those whose record could not be read again: names, times and ids only */
};

/* Appends the lines of some spans of one track, given in ascending order. */
void otlp_add_track(const struct dataset *ds, const span_id *spans, uint32_t count, struct buf *out, struct otlp_report *report);

#endif
