/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/repair.h"

#include <stdlib.h>

#include "util/alloc.h"

/* In spans.status while missing starts are filled in. */
enum { START_PENDING = 1 << 7 };

static int64_t
end_of(const struct spans *spans, span_id span)
{
	return spans->start_ns[span] + spans->duration_ns[span];
}

void
repair_note(struct dataset *ds, enum note_severity severity, const char *text, span_id span)
{
	const struct spans *spans = &ds->spans;

	dataset_note(ds, &(struct note){
		.severity = severity,
		.source = ds->groups[spans->group[span]].source,
		.text = strtab_intern(ds->strings, str_of(text)),
		.count = 1,
		.byte = spans->detail_at[span],
		.has_byte = spans->detail_len[span] > 0,
		.sample = ds->frames[spans->frame[span]].name,
	});
}

/* A length that is not negative and keeps the end inside int64. */
static void
clamp_duration(struct dataset *ds, span_id span)
{
	struct spans *spans = &ds->spans;
	int64_t start = spans->start_ns[span];

	if (spans->duration_ns[span] < 0) {
		spans->duration_ns[span] = 0;
		spans->flags[span] |= SPAN_NEGATIVE;
		repair_note(ds, NOTE_WARNING, "the end is before the start: the span is shown without length", span);
	}
	if (start > 0 && spans->duration_ns[span] > INT64_MAX - start)
		spans->duration_ns[span] = INT64_MAX - start;
}

/* Where the spans of each track begin as far as known: the earliest start, else the earliest end, else 0. */
static int64_t *
track_starts(const struct dataset *ds)
{
	const struct spans *spans = &ds->spans;
	int64_t *starts = xcalloc(ds->track_count, sizeof *starts);
	uint8_t *known = xcalloc(ds->track_count, sizeof *known);
	enum { NOTHING, AN_END, A_START };

	for (span_id span = 0; span < spans->count; span++) {
		bool has_start = !(spans->flags[span] & SPAN_NO_START);
		bool has_end = !has_start && !(spans->flags[span] & SPAN_UNFINISHED) && spans->start_ns[span] == START_BEFORE_END;
		uint8_t rank = has_start ? A_START : has_end ? AN_END : NOTHING;
		int64_t time = has_start ? spans->start_ns[span] : spans->duration_ns[span];
		track_id track = spans->track[span];

		if (rank > known[track] || (rank != NOTHING && rank == known[track] && time < starts[track])) {
			known[track] = rank;
			starts[track] = time;
		}
	}
	free(known);
	return starts;
}

/* Gives span, and its ancestors up to the first with a start, that start. */
static void
inherit_start(struct dataset *ds, span_id span, const int64_t *starts)
{
	struct spans *spans = &ds->spans;
	span_id top = span;

	while (top != ID_NONE && spans->status[top] & START_PENDING)
		top = spans->parent[top];
	int64_t start = top == ID_NONE ? starts[spans->track[span]] : spans->start_ns[top];
	for (; span != top; span = spans->parent[span]) {
		int64_t end = spans->duration_ns[span];
		bool is_length = spans->start_ns[span] == START_OF_LENGTH;

		spans->status[span] &= (uint8_t)~START_PENDING;
		spans->start_ns[span] = start;
		if (spans->flags[span] & SPAN_UNFINISHED)
			spans->duration_ns[span] = 0;
		else if (is_length)
			spans->duration_ns[span] = end;
		else if (end < start)
			spans->duration_ns[span] = -1;
		else if (__builtin_sub_overflow(end, start, &spans->duration_ns[span]))
			spans->duration_ns[span] = INT64_MAX;
		clamp_duration(ds, span);
		repair_note(ds, NOTE_WARNING, "the start is missing: taken from the parent, else from the trace", span);
	}
}

static void
fill_starts(struct dataset *ds)
{
	struct spans *spans = &ds->spans;
	int64_t *starts = track_starts(ds);

	for (span_id span = 0; span < spans->count; span++)
		if (spans->flags[span] & SPAN_NO_START)
			spans->status[span] |= START_PENDING;
	for (span_id span = 0; span < spans->count; span++)
		if (spans->status[span] & START_PENDING)
			inherit_start(ds, span, starts);
	free(starts);
}

static const char note_end_of_last[] = "the end is missing: the span lasts until its latest descendant ends";
static const char note_end_of_trace[] = "the end is missing: the span lasts until the trace ends";

/* Ends travel from the leaves upwards, each span once. */
static void
fill_ends(struct dataset *ds)
{
	struct spans *spans = &ds->spans;
	uint32_t *waiting = xcalloc(spans->count, sizeof *waiting);    /* children that have not passed their end on; UINT32_MAX: done */
	int64_t *latest = xreallocarray(NULL, spans->count, sizeof *latest);

	for (span_id span = 0; span < spans->count; span++) {
		latest[span] = end_of(spans, span);
		if (spans->parent[span] != ID_NONE)
			waiting[spans->parent[span]]++;
	}
	for (span_id leaf = 0; leaf < spans->count; leaf++) {
		span_id span = leaf;

		while (span != ID_NONE && waiting[span] == 0) {
			span_id parent = spans->parent[span];

			waiting[span] = UINT32_MAX;
			if (spans->flags[span] & SPAN_UNFINISHED) {
				bool told = spans->duration_ns[span] > 0;
				if (__builtin_sub_overflow(latest[span], spans->start_ns[span], &spans->duration_ns[span]))
					spans->duration_ns[span] = INT64_MAX;
				repair_note(ds, NOTE_WARNING, told ? note_end_of_trace : note_end_of_last, span);
			}
			if (parent != ID_NONE) {
				if (latest[parent] < latest[span])
					latest[parent] = latest[span];
				waiting[parent]--;
			}
			span = parent;
		}
	}
	free(waiting);
	free(latest);
}

void
repair_times(struct dataset *ds)
{
	struct spans *spans = &ds->spans;
	unsigned seen = 0;

	for (span_id span = 0; span < spans->count; span++) {
		seen |= spans->flags[span];
		if (!(spans->flags[span] & SPAN_NO_START))
			clamp_duration(ds, span);
	}
	if (seen & SPAN_NO_START)
		fill_starts(ds);
	if (seen & SPAN_UNFINISHED)
		fill_ends(ds);
}

static void
extend(struct track *track, bool first, int64_t start, int64_t end)
{
	if (first || start < track->start_ns)
		track->start_ns = start;
	if (first || end > track->end_ns)
		track->end_ns = end;
}

void
repair_tracks(struct dataset *ds)
{
	const struct spans *spans = &ds->spans;
	const struct samples *samples = &ds->samples;

	for (track_id i = 0; i < ds->track_count; i++) {
		struct track *track = &ds->tracks[i];

		track->span_count = track->sample_count = 0;
		track->start_ns = track->end_ns = 0;
	}
	for (span_id span = 0; span < spans->count; span++) {
		struct track *track = &ds->tracks[spans->track[span]];

		extend(track, track->span_count == 0, spans->start_ns[span], end_of(spans, span));
		track->span_count++;
	}
	for (sample_id sample = 0; sample < samples->count; sample++) {
		struct track *track = &ds->tracks[samples_track(samples, sample)];

		if (samples_have_times(samples))
			extend(track, track->span_count + track->sample_count == 0, samples_time(samples, sample), samples_time(samples, sample));
		track->sample_count++;
	}
}
