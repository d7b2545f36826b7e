/* SPDX-License-Identifier: MIT
 * Values of attributes as OTLP JSON writes them. */
#ifndef CLI_OTLP_ANY_H
#define CLI_OTLP_ANY_H

#include "util/buf.h"

/* Text as a JSON string; invalid UTF-8 becomes U+FFFD. */
void otlp_add_string(struct str text, struct buf *out);

/* Appends a value of a type as struct detail_row has it: {"intValue":"42"}.  What does not fit its type becomes a string. */
void otlp_add_any(const char *type, struct str text, struct buf *out);

/* {"key":...,"value":...} */
void otlp_add_attribute(struct str key, const char *type, struct str text, struct buf *out);

#endif
