/* SPDX-License-Identifier: MIT
 * A trace, or a span of it, by what people copy from logs and other tools:
 *
 *	4bf92f3577b34da6a3ce929d0e0e4736                           a trace id, or the beginning of one
 *	00f067aa0ba902b7                                           a span id, where no trace id begins so
 *	4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7          with a span id
 *	00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01    a W3C traceparent, with or without "traceparent:" before it
 *
 * Digits are hexadecimal in either case.  Ids are kept with zeros in front, which need not be written. */
#ifndef ANALYSIS_TRACE_REF_H
#define ANALYSIS_TRACE_REF_H

#include "model/dataset.h"
#include "util/buf.h"
#include "util/error.h"

enum { TRACE_ID_DIGITS = 32, SPAN_ID_DIGITS = 16 };

struct trace_ref {
	char     trace[TRACE_ID_DIGITS + 1];    /* its first digits, in lower case */
	bool     has_span;
	uint64_t span;
};

/* False when it is none of these. */
bool trace_ref_parse(struct str text, struct trace_ref *out);

/* The track, and the span (ID_NONE: none is asked for).  All digits of a span id alone name the first span that has it.  False with err (ERROR_USAGE) when there is no such trace or span, or several
 * traces begin so.  *count_out (may be NULL): how many traces do. */
bool trace_ref_find(const struct dataset *ds, const struct trace_ref *ref, track_id *track_out, span_id *span_out, uint32_t *count_out,
                    struct error *err);

/* All digits of an id in lower case, and a NUL: TRACE_ID_DIGITS + 1 and SPAN_ID_DIGITS + 1 bytes. */
void trace_id_text(const struct track *track, char *out);
void span_id_text(uint64_t id, char *out);

/* Appends the 32 digits. */
void trace_id_add(const struct track *track, struct buf *out);

/* Appends its first digits, of an id of 64 bits those of its 16; where all of these are zeros, the first behind the zeros. */
void trace_id_brief(const struct track *track, int digits, struct buf *out);

#endif
