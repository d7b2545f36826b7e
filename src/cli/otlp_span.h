/* SPDX-License-Identifier: MIT
 * A span of any format as OTLP JSON, made anew from the details that were read of it. */
#ifndef CLI_OTLP_SPAN_H
#define CLI_OTLP_SPAN_H

#include "load/detail.h"
#include "model/dataset.h"
#include "util/buf.h"

/* The span with its attributes, events and links; one without an id of its own or of its trace gets one.
 * later_ns is added to its times. */
void otlp_add_span(const struct dataset *ds, span_id span, int64_t later_ns, const struct details *details, struct buf *out);

/* Its resource, and its scope. */
void otlp_add_resource(const struct dataset *ds, group_id group, const struct details *details, struct buf *out);
void otlp_add_scope(const struct details *details, struct buf *out);

#endif
