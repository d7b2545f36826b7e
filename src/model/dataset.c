/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/dataset.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

enum { FIRST_CAP = 16 };

/* The next capacity of an array of ids; every id stays below ID_NONE. */
static uint32_t
next_cap(uint32_t cap)
{
	if (cap >= ID_NONE / 3 * 2) {
		CHECK(cap < ID_NONE);
		return ID_NONE;
	}
	return cap < FIRST_CAP ? FIRST_CAP : cap + cap / 2;
}

struct dataset *
dataset_new(void)
{
	struct dataset *ds = xcalloc(1, sizeof *ds);

	ds->strings = strtab_new();
	ds->active = ID_NONE;
	return ds;
}

void
spans_fini(struct spans *spans)
{
	free(spans->frame);
	free(spans->parent);
	free(spans->track);
	free(spans->group);
	free(spans->id);
	free(spans->parent_id);
	free(spans->start_ns);
	free(spans->duration_ns);
	free(spans->kind);
	free(spans->status);
	free(spans->flags);
	free(spans->events);
	free(spans->detail_at);
	free(spans->detail_len);
}

/* What a dataset does not share with the one that it is like. */
static void
dataset_free_own(struct dataset *ds)
{
	const struct dataset *base = ds->base;

	if (ds->spans.start_ns != base->spans.start_ns)
		free(ds->spans.start_ns);
	if (ds->spans.frame != base->spans.frame)
		free(ds->spans.frame);
	if (ds->stacks.frame != base->stacks.frame)
		free(ds->stacks.frame);
	if (ds->tracks != base->tracks)
		free(ds->tracks);
	if (ds->frames != base->frames)
		free(ds->frames);
	if (ds->strings != base->strings)
		strtab_free(ds->strings);
	free(ds);
}

void
dataset_free(struct dataset *ds)
{
	if (!ds)
		return;
	if (ds->base) {
		dataset_free_own(ds);
		return;
	}
	for (source_id i = 0; i < ds->source_count; i++)
		if (ds->sources[i].release)
			ds->sources[i].release(&ds->sources[i]);
	spans_fini(&ds->spans);
	free(ds->stacks.parent);
	free(ds->stacks.frame);
	samples_fini(&ds->samples);
	free(ds->frames);
	free(ds->tracks);
	free(ds->groups);
	free(ds->headings);
	free(ds->sample_types);
	free(ds->labels);
	free(ds->extra_refs);
	free(ds->loose_refs);
	free(ds->parent_refs);
	free(ds->sources);
	free(ds->notes);
	strtab_free(ds->strings);
	free(ds);
}

static void
spans_resize(struct spans *spans, uint32_t cap)
{
	spans->frame = xreallocarray(spans->frame, cap, sizeof *spans->frame);
	spans->parent = xreallocarray(spans->parent, cap, sizeof *spans->parent);
	spans->track = xreallocarray(spans->track, cap, sizeof *spans->track);
	spans->group = xreallocarray(spans->group, cap, sizeof *spans->group);
	spans->id = xreallocarray(spans->id, cap, sizeof *spans->id);
	spans->parent_id = xreallocarray(spans->parent_id, cap, sizeof *spans->parent_id);
	spans->start_ns = xreallocarray(spans->start_ns, cap, sizeof *spans->start_ns);
	spans->duration_ns = xreallocarray(spans->duration_ns, cap, sizeof *spans->duration_ns);
	spans->kind = xreallocarray(spans->kind, cap, sizeof *spans->kind);
	spans->status = xreallocarray(spans->status, cap, sizeof *spans->status);
	spans->flags = xreallocarray(spans->flags, cap, sizeof *spans->flags);
	spans->events = xreallocarray(spans->events, cap, sizeof *spans->events);
	spans->detail_at = xreallocarray(spans->detail_at, cap, sizeof *spans->detail_at);
	spans->detail_len = xreallocarray(spans->detail_len, cap, sizeof *spans->detail_len);
	spans->cap = cap;
}

span_id
dataset_add_span(struct dataset *ds)
{
	struct spans *spans = &ds->spans;

	CHECK(!ds->sealed);
	if (spans->count == spans->cap)
		spans_resize(spans, next_cap(spans->cap));
	span_id span = spans->count++;
	spans->parent[span] = ID_NONE;
	spans->flags[span] = 0;
	spans->events[span] = 0;
	return span;
}

/* The capacity that so many more need. */
static uint32_t
cap_for(uint32_t cap, uint32_t count, uint32_t more)
{
	CHECK(more < ID_NONE - count);
	while (cap < count + more)
		cap = next_cap(cap);
	return cap;
}

span_id
dataset_add_spans(struct dataset *ds, uint32_t count)
{
	struct spans *spans = &ds->spans;
	uint32_t cap = cap_for(spans->cap, spans->count, count);
	span_id first = spans->count;

	CHECK(!ds->sealed);
	if (cap > spans->cap)
		spans_resize(spans, cap);
	spans->count += count;
	return first;
}

stack_id
dataset_add_stack(struct dataset *ds, stack_id parent, frame_id frame)
{
	struct stacks *stacks = &ds->stacks;

	CHECK(!ds->sealed && (parent == ID_NONE || parent < stacks->count));
	if (stacks->count == stacks->cap) {
		stacks->cap = next_cap(stacks->cap);
		stacks->parent = xreallocarray(stacks->parent, stacks->cap, sizeof *stacks->parent);
		stacks->frame = xreallocarray(stacks->frame, stacks->cap, sizeof *stacks->frame);
	}
	stacks->parent[stacks->count] = parent;
	stacks->frame[stacks->count] = frame;
	return stacks->count++;
}

/* Makes room for one more item of a plain array of the dataset. */
#define RESERVE(ds, items, item_count, item_cap) \
	do { \
		CHECK(!(ds)->sealed); \
		if ((ds)->item_count == (ds)->item_cap) { \
			(ds)->item_cap = next_cap((ds)->item_cap); \
			(ds)->items = xreallocarray((ds)->items, (ds)->item_cap, sizeof *(ds)->items); \
		} \
	} while (0)

label_id
dataset_add_label(struct dataset *ds, const struct label *label)
{
	CHECK(label->parent == ID_NONE || label->parent < ds->label_count);
	RESERVE(ds, labels, label_count, label_cap);
	ds->labels[ds->label_count] = *label;
	return ds->label_count++;
}

void
dataset_add_loose_ref(struct dataset *ds, const struct loose_ref *ref)
{
	RESERVE(ds, loose_refs, loose_ref_count, loose_ref_cap);
	ds->loose_refs[ds->loose_ref_count++] = *ref;
}

void
dataset_add_extra_ref(struct dataset *ds, const struct detail_ref *ref)
{
	RESERVE(ds, extra_refs, extra_ref_count, extra_ref_cap);
	ds->extra_refs[ds->extra_ref_count++] = *ref;
}

void
dataset_add_parent_ref(struct dataset *ds, span_id span, uint64_t id)
{
	CHECK(!ds->parent_ref_count || ds->parent_refs[ds->parent_ref_count - 1].span <= span);
	RESERVE(ds, parent_refs, parent_ref_count, parent_ref_cap);
	ds->parent_refs[ds->parent_ref_count++] = (struct parent_ref){ span, id };
}

frame_id
dataset_add_frame(struct dataset *ds, const struct frame *frame)
{
	RESERVE(ds, frames, frame_count, frame_cap);
	ds->frames[ds->frame_count] = *frame;
	return ds->frame_count++;
}

track_id
dataset_add_track(struct dataset *ds, const struct track *track)
{
	RESERVE(ds, tracks, track_count, track_cap);
	ds->tracks[ds->track_count] = *track;
	return ds->track_count++;
}

group_id
dataset_add_group(struct dataset *ds, const struct group *group)
{
	RESERVE(ds, groups, group_count, group_cap);
	ds->groups[ds->group_count] = *group;
	return ds->group_count++;
}

void
dataset_add_heading(struct dataset *ds, const struct heading *heading)
{
	RESERVE(ds, headings, heading_count, heading_cap);
	ds->headings[ds->heading_count++] = *heading;
}

source_id
dataset_add_source(struct dataset *ds, const struct source *source)
{
	RESERVE(ds, sources, source_count, source_cap);
	ds->sources[ds->source_count] = *source;
	return ds->source_count++;
}

void
dataset_note(struct dataset *ds, const struct note *note)
{
	/* From the last: a note that comes in thousands is usually the newest. */
	for (uint32_t i = ds->note_count; i-- > 0;) {
		struct note *known = &ds->notes[i];

		if (known->text == note->text && known->source == note->source && known->severity == note->severity) {
			known->count += note->count;
			return;
		}
	}
	if (ds->note_count == ds->note_cap) {
		ds->note_cap = next_cap(ds->note_cap);
		ds->notes = xreallocarray(ds->notes, ds->note_cap, sizeof *ds->notes);
	}
	ds->notes[ds->note_count++] = *note;
}
