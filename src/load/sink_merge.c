/* SPDX-License-Identifier: MIT
 * Merging: what is new in a batch is walked in its order, which is that of first appearance, and gets the ids that into would have given.
 * What is not new has them from an earlier batch of its part. */
#include "config.h"

#include "load/sink_core.h"

#include "util/alloc.h"

#define AHEAD 8u    /* stacks whose look-up is prepared */

static void
map_strings(struct sink *into, const struct batch *batch, struct part *part)
{
	vec_reserve(&part->string, part->string.len + batch->string_count);
	strtab_intern_many(into->ds->strings, batch->strings, batch->string_count, part->string.at + part->string.len);
	part->string.len += batch->string_count;
}

static void
map_names(struct sink *into, const struct batch *batch)
{
	struct part *part = batch->part;

	map_strings(into, batch, part);
	vec_reserve(&part->frame, part->frame.len + batch->frame_count);
	for (uint32_t i = 0; i < batch->frame_count; i++) {
		struct frame frame = batch->frames[i];
		frame.name = part->string.at[frame.name];
		frame.module = part->string.at[frame.module];
		frame.file = part->string.at[frame.file];
		frame.build = part->string.at[frame.build];
		vec_push(&part->frame, sink_intern_frame(into, &frame));
	}
	for (uint32_t i = 0; i < batch->track_count; i++) {
		const struct track *track = &batch->tracks[i];
		vec_push(&part->track, track->kind == TRACK_TRACE
			? sink_trace_track(into, track->trace_id)
			: sink_named_track(into, track->kind, part->string.at[track->process], part->string.at[track->name]));
	}
}

static void
copy_spans(struct spans *spans, span_id first, const struct spans *old)
{
	size_t count = old->count;

	memcpy(spans->id + first, old->id, count * sizeof *old->id);
	memcpy(spans->parent_id + first, old->parent_id, count * sizeof *old->parent_id);
	memcpy(spans->start_ns + first, old->start_ns, count * sizeof *old->start_ns);
	memcpy(spans->duration_ns + first, old->duration_ns, count * sizeof *old->duration_ns);
	memcpy(spans->kind + first, old->kind, count * sizeof *old->kind);
	memcpy(spans->status + first, old->status, count * sizeof *old->status);
	memcpy(spans->flags + first, old->flags, count * sizeof *old->flags);
	memcpy(spans->events + first, old->events, count * sizeof *old->events);
	memcpy(spans->detail_at + first, old->detail_at, count * sizeof *old->detail_at);
	memcpy(spans->detail_len + first, old->detail_len, count * sizeof *old->detail_len);
}

/* Appends all spans: what stands in frame, of a closed group a frame and of an open one a name, is looked up in frame_map.
 * group_map: of each group of the batch. */
static span_id
append_spans(struct sink *into, const struct batch *batch, const uint32_t *frame_map, const group_id *group_map)
{
	const struct spans *old = &batch->spans;
	span_id first = dataset_add_spans(into->ds, old->count);
	struct spans *spans = &into->ds->spans;

	if (!old->count)
		return first;
	copy_spans(spans, first, old);
	for (span_id i = 0; i < old->count; i++) {
		spans->frame[first + i] = frame_map[old->frame[i]];
		spans->parent[first + i] = ID_NONE;
		spans->track[first + i] = batch->part->track.at[old->track[i]];
		spans->group[first + i] = group_map[old->group[i]];
	}
	for (uint32_t i = 0; i < batch->parent_ref_count; i++)
		dataset_add_parent_ref(into->ds, first + batch->parent_refs[i].span, batch->parent_refs[i].id);
	into->pushed += old->count;
	return first;
}

static void
merge_spans(struct sink *into, const struct batch *batch)
{
	const struct part *part = batch->part;
	group_id *map = xreallocarray(NULL, batch->group_count, sizeof *map);

	for (group_id i = 0; i < batch->group_count; i++) {
		struct group group = batch->groups[i];
		group.source = into->source;
		group.service = part->string.at[group.service];
		group.process = part->string.at[group.process];
		map[i] = dataset_add_group(into->ds, &group);
	}
	append_spans(into, batch, part->frame.at, map);
	free(map);
}

/* The groups of the set by their ids, which is the order of their first spans. */
static void
merge_groups(struct sink *into, const struct batch *batch, group_id *map)
{
	const struct part *part = batch->part;
	size_t *by_id = xreallocarray(NULL, batch->group_count, sizeof *by_id);

	for (size_t i = 0; i < batch->open_groups.len; i++)
		if (batch->open_groups.at[i].id != ID_NONE)
			by_id[batch->open_groups.at[i].id] = i;
	for (group_id i = 0; i < batch->group_count; i++) {
		const struct open_group *group = &batch->open_groups.at[by_id[i]];
		if (group->key != STR_NONE)
			sink_group_switch_id(into, part->string.at[group->key]);
		map[i] = sink_current_group(into);
		struct group *facts = &into->groups.at[into->current].facts;
		if (group->facts.has_service || group->facts.resource_len) {
			facts->service = part->string.at[group->facts.service];
			facts->has_service = group->facts.has_service;
		}
		if (group->facts.resource_len) {
			facts->resource_at = group->facts.resource_at;
			facts->resource_len = group->facts.resource_len;
		}
		if (group->facts.in_parts) {
			facts->in_parts = true;
			facts->process = part->string.at[group->facts.process];
		}
	}
	free(by_id);
}

static void
map_stacks(struct sink *into, const struct batch *batch)
{
	struct part *part = batch->part;
	const struct stacks *old = &batch->stacks;

	vec_reserve(&part->stack, part->stack.len + old->count);
	for (stack_id i = 0; i < old->count; i++) {
		stack_id parent = old->parent[i] == ID_NONE ? ID_NONE : part->stack.at[old->parent[i]];
		stack_id soon = i + AHEAD < old->count ? old->parent[i + AHEAD] : ID_NONE;
		if (soon < part->stack.len)
			sink_stack_soon(into, part->stack.at[soon], part->frame.at[old->frame[i + AHEAD]]);
		vec_push(&part->stack, sink_stack(into, parent, part->frame.at[old->frame[i]]));
	}
}

static void
map_labels(struct sink *into, const struct batch *batch)
{
	struct part *part = batch->part;

	for (label_id i = 0; i < batch->label_count; i++) {
		struct label label = batch->labels[i];
		label.parent = label.parent == ID_NONE ? ID_NONE : part->label.at[label.parent];
		label.key = part->string.at[label.key];
		label.value = part->string.at[label.value];
		label.unit = part->string.at[label.unit];
		vec_push(&part->label, sink_intern_label(into, &label));
	}
}

static void
merge_loose_refs(struct sink *into, const struct batch *batch)
{
	for (uint32_t i = 0; i < batch->loose_ref_count; i++) {
		struct loose_ref ref = batch->loose_refs[i];
		ref.source = into->source;
		dataset_add_loose_ref(into->ds, &ref);
	}
}

static void
merge_headings(struct sink *into, const struct batch *batch)
{
	const struct part *part = batch->part;

	for (uint32_t i = 0; i < batch->heading_count; i++) {
		struct heading heading = batch->headings[i];
		heading.source = into->source;
		heading.resource_schema = part->string.at[heading.resource_schema];
		heading.scope_schema = part->string.at[heading.scope_schema];
		dataset_add_heading(into->ds, &heading);
	}
}

static void
merge_samples(struct sink *into, const struct batch *batch)
{
	const struct part *part = batch->part;
	const struct samples *old = &batch->samples;
	uint32_t *column = xreallocarray(NULL, batch->type_count, sizeof *column);

	/* Declared also where no sample has them. */
	for (uint32_t i = 0; i < batch->type_count; i++)
		column[i] = sink_declared_type(into, part->string.at[batch->types[i].name], part->string.at[batch->types[i].unit]);
	uint32_t types = into->ds->sample_type_count;
	double *row = xcalloc(types ? types : 1, sizeof *row);
	for (sample_id i = 0; i < old->count; i++) {
		stack_id stack = samples_stack(old, i);
		for (uint32_t k = 0; k < batch->type_count; k++)
			row[column[k]] = samples_weight(old, i, k);
		sample_id sample = dataset_add_sample(into->ds, stack == ID_NONE ? ID_NONE : part->stack.at[stack], part->track.at[samples_track(old, i)], row);
		if (samples_have_times(old))
			dataset_set_sample_time(into->ds, sample, samples_time(old, i));
		if (old->label && old->label[i] != ID_NONE)
			dataset_set_sample_label(into->ds, sample, part->label.at[old->label[i]]);
	}
	into->pushed += old->count;
	free(row);
	free(column);
}

static void
merge_notes(struct sink *into, struct batch *batch)
{
	for (size_t i = 0; i < batch->notes.len; i++) {
		struct pending_note *old = &batch->notes.at[i];
		struct pending_note *note = sink_pending_note(into, old->severity, into->source, old->text);
		if (!note->count) {
			note->line = old->line;
			note->byte = old->byte;
			note->sample = old->sample;
			note->sample_len = old->sample_len;
			note->words = old->words;
			old->sample = old->words = NULL;
		}
		note->count += old->count;
	}
}

void
sink_merge(struct sink *into, struct batch *batch)
{
	CHECK(!into->open && !batch->open);
	map_names(into, batch);
	merge_spans(into, batch);
	map_stacks(into, batch);
	map_labels(into, batch);
	merge_samples(into, batch);
	merge_headings(into, batch);
	merge_loose_refs(into, batch);
	merge_notes(into, batch);
	if (batch->last_of_stacks)
		batch->part->stack.len = 0;
	batch_drop(batch);
}

span_id
sink_merge_open(struct sink *into, struct batch *batch)
{
	group_id *map = xreallocarray(NULL, batch->group_count, sizeof *map);

	CHECK(into->open && batch->open);
	map_names(into, batch);
	merge_groups(into, batch, map);
	span_id first = append_spans(into, batch, batch->part->string.at, map);
	merge_headings(into, batch);
	merge_loose_refs(into, batch);
	merge_notes(into, batch);
	free(map);
	batch_drop(batch);
	return first;
}
