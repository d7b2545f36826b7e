/* SPDX-License-Identifier: MIT
 * The events of a `perf script` output and the sample types that they become:
 *	the first event      its period, if it is printed, under its own name, then "samples"
 *	the others           likewise, but for the name "EVENT samples"
 *	all beyond the first PERF_EVENTS_MAX, or that come late    "other events", counted only
 * Which events there are is told by the beginning of the input, so that every piece of it has the same sample types. */
#ifndef LOAD_PERF_EVENTS_H
#define LOAD_PERF_EVENTS_H

#include "load/perf_line.h"
#include "load/sink.h"
#include "util/buf.h"

#define PERF_EVENTS_MAX 16u

/* Appends what perf_events_declare() needs: whether events have stacks, then the events in order of appearance. */
void perf_events_find(struct str head, struct buf *out);

struct perf_event_types {
	struct str name;
	uint32_t   period;       /* sample type; ID_NONE when no period is printed */
	uint32_t   samples;      /* sample type */
};

struct perf_events {
	struct perf_event_types types[PERF_EVENTS_MAX];
	uint32_t   count;
	bool       stacks;       /* an event has a stack under it */
	uint32_t   other;        /* sample type of the other events; ID_NONE until there is one */
	uint32_t   last;         /* event of the sample before; samples of one event come in runs */
	double     weights[2 * PERF_EVENTS_MAX + 1];    /* all 0 between calls */
};

/* found: what perf_events_find() wrote, which must outlive events. */
void perf_events_declare(struct perf_events *events, struct str found, struct sink *sink);

/* Pushes a sample of this event. */
void perf_events_sample(struct perf_events *events, const struct perf_event *event, stack_id stack, track_id track, struct sink *sink);

/* Whether this line tells of an event.  A comment, or a line that could as well be of a stack, does not. */
bool perf_events_line(struct str line, struct perf_event *out);

#endif
