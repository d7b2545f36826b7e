/* SPDX-License-Identifier: MIT
 * What the makers of entries share. */
#ifndef UI_ENTRIES_CORE_H
#define UI_ENTRIES_CORE_H

#include "ui/entries.h"

/* A plain fact; nothing where there is no value.  A heading over so many. */
void entries_fact(struct entries *entries, const char *key, struct str value);
void entries_heading(struct entries *entries, const char *title, uint64_t count);

/* Appends when a span starts, and in which trace where several are looked at. */
void entries_when(struct app *app, span_id span, struct buf *out);

/* The labels of the samples at a node and below it. */
void entries_add_labels(struct app *app, struct entries *entries, node_id node);

/* The trace, or all of them: when, how many spans, and what is odd about them. */
void entries_add_trace(struct app *app, struct entries *entries);

/* When something was since the start of its track, and by the clock. */
void entries_moment(struct app *app, struct entries *entries, const char *key, track_id track, int64_t ns);

/* All of one span. */
void entries_add_span(struct app *app, struct entries *entries, span_id span);

#endif
