/* SPDX-License-Identifier: MIT
 * Details of a span from OTLP protobuf: its record read again with names and types. */
#ifndef LOAD_OTLP_PROTO_DETAIL_H
#define LOAD_OTLP_PROTO_DETAIL_H

#include "load/detail.h"

/* As load_format.detail. */
bool otlp_proto_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err);

/* As load_format.record: a log record. */
bool otlp_proto_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err);

/* An AnyValue as text: strings as they are, bytes in base64, arrays and maps as JSON.  Nothing below 64 levels is shown.
 * *type_out is one of the type names of struct detail_row. */
void otlp_proto_value(struct str any_value, const char **type_out, struct buf *out);

#endif
