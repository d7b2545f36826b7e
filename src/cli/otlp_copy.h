/* SPDX-License-Identifier: MIT
 * Records of OTLP as they stand in the input, as OTLP JSON on one line: those of JSON to the byte, those of protobuf field by field. */
#ifndef CLI_OTLP_COPY_H
#define CLI_OTLP_COPY_H

#include "model/dataset.h"
#include "util/buf.h"

enum otlp_message { OTLP_MESSAGE_SPAN, OTLP_MESSAGE_RESOURCE, OTLP_MESSAGE_SCOPE, OTLP_MESSAGE_LOG };

/* Appends the record at a place of a source; at len 0 an empty one.  False, and nothing appended: the input is not there any more, is of
 * another format, or what stands there is not as every reader takes it, and so must be written anew.
 * Fields of protobuf that OTLP does not have are left out, and counted in *left_out, which may be NULL. */
bool otlp_copy(const struct dataset *ds, source_id source, uint64_t at, uint32_t len, enum otlp_message message, struct buf *out,
               uint64_t *left_out);

/* The same for the bytes of a protobuf message. */
bool otlp_from_proto(enum otlp_message message, struct str bytes, struct buf *out, uint64_t *left_out);

#endif
