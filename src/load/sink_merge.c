/* SPDX-License-Identifier: MIT
 * Merging: ids of from are walked in their order, which is that of first appearance, and become what into would have given them. */
#include "config.h"

#include "load/sink_core.h"

#include "util/alloc.h"

struct id_maps {
	str_id   *string;
	frame_id *frame;
	track_id *track;
	stack_id *stack;
	label_id *label;
};

static void
map_names(struct sink *into, const struct dataset *from, struct id_maps *map)
{
	uint32_t count = strtab_count(from->strings);

	map->string = xreallocarray(NULL, count, sizeof *map->string);
	for (str_id i = 0; i < count; i++)
		map->string[i] = strtab_intern(into->ds->strings, strtab_get(from->strings, i));
	map->frame = xreallocarray(NULL, from->frame_count, sizeof *map->frame);
	for (frame_id i = 0; i < from->frame_count; i++) {
		struct frame frame = from->frames[i];
		frame.name = map->string[frame.name];
		frame.module = map->string[frame.module];
		frame.file = map->string[frame.file];
		map->frame[i] = sink_intern_frame(into, &frame);
	}
	map->track = xreallocarray(NULL, from->track_count, sizeof *map->track);
	for (track_id i = 0; i < from->track_count; i++) {
		const struct track *track = &from->tracks[i];
		map->track[i] = track->kind == TRACK_TRACE
			? sink_trace_track(into, track->trace_id)
			: sink_named_track(into, track->kind, map->string[track->process], map->string[track->name]);
	}
}

/* Appends all spans: what stands in frame, of a closed group a frame and of an open one a name, is looked up in frame_map.
 * Their groups follow each other from first_group on. */
static void
append_spans(struct sink *into, const struct dataset *from, const uint32_t *frame_map, const track_id *track_map, group_id first_group)
{
	const struct spans *old = &from->spans;
	struct spans *spans = &into->ds->spans;
	span_id first_span = spans->count;

	for (span_id i = 0; i < old->count; i++) {
		span_id span = dataset_add_span(into->ds);
		spans->frame[span] = frame_map[old->frame[i]];
		spans->track[span] = track_map[old->track[i]];
		spans->group[span] = first_group + old->group[i];
		spans->id[span] = old->id[i];
		spans->parent_id[span] = old->parent_id[i];
		spans->start_ns[span] = old->start_ns[i];
		spans->duration_ns[span] = old->duration_ns[i];
		spans->kind[span] = old->kind[i];
		spans->status[span] = old->status[i];
		spans->flags[span] = old->flags[i];
		spans->detail_at[span] = old->detail_at[i];
		spans->detail_len[span] = old->detail_len[i];
	}
	for (uint32_t i = 0; i < from->parent_ref_count; i++)
		dataset_add_parent_ref(into->ds, first_span + from->parent_refs[i].span, from->parent_refs[i].id);
	into->pushed += old->count;
}

static void
merge_spans(struct sink *into, const struct dataset *from, const struct id_maps *map)
{
	group_id first_group = into->ds->group_count;

	for (group_id i = 0; i < from->group_count; i++) {
		struct group group = from->groups[i];
		group.source = into->source;
		group.service = map->string[group.service];
		group.process = map->string[group.process];
		dataset_add_group(into->ds, &group);
	}
	append_spans(into, from, map->frame, map->track, first_group);
}

static void
map_stacks(struct sink *into, const struct dataset *from, struct id_maps *map)
{
	const struct stacks *old = &from->stacks;

	map->stack = xreallocarray(NULL, old->count, sizeof *map->stack);
	for (stack_id i = 0; i < old->count; i++) {
		stack_id parent = old->parent[i] == ID_NONE ? ID_NONE : map->stack[old->parent[i]];
		map->stack[i] = sink_stack(into, parent, map->frame[old->frame[i]]);
	}
}

static void
map_labels(struct sink *into, const struct dataset *from, struct id_maps *map)
{
	map->label = xreallocarray(NULL, from->label_count, sizeof *map->label);
	for (label_id i = 0; i < from->label_count; i++) {
		struct label label = from->labels[i];
		label.parent = label.parent == ID_NONE ? ID_NONE : map->label[label.parent];
		label.key = map->string[label.key];
		label.value = map->string[label.value];
		label.unit = map->string[label.unit];
		map->label[i] = sink_intern_label(into, &label);
	}
}

static void
merge_loose_refs(struct sink *into, const struct dataset *from)
{
	for (uint32_t i = 0; i < from->loose_ref_count; i++) {
		struct loose_ref ref = from->loose_refs[i];
		ref.source = into->source;
		dataset_add_loose_ref(into->ds, &ref);
	}
}

static void
merge_samples(struct sink *into, const struct dataset *from, const struct id_maps *map)
{
	const struct samples *old = &from->samples;
	uint32_t old_width = from->sample_type_count;
	uint32_t *column = xreallocarray(NULL, old_width, sizeof *column);

	for (uint32_t i = 0; i < old_width; i++)
		column[i] = sink_sample_type(into, strtab_get(from->strings, from->sample_types[i].name),
		                             strtab_get(from->strings, from->sample_types[i].unit));
	double *weights = xcalloc(into->types.len, sizeof *weights);
	for (sample_id i = 0; i < old->count; i++) {
		for (uint32_t k = 0; k < old_width; k++)
			weights[column[k]] = old->weight[(size_t)i * old_width + k];
		stack_id stack = old->stack[i] == ID_NONE ? ID_NONE : map->stack[old->stack[i]];
		sink_sample(into, stack, map->track[old->track[i]], weights);
		if (old->time_ns)
			dataset_set_sample_time(into->ds, into->ds->samples.count - 1, old->time_ns[i]);
		if (old->label && old->label[i] != ID_NONE)
			sink_sample_label(into, map->label[old->label[i]]);
	}
	free(weights);
	free(column);
}

static void
merge_notes(struct sink *into, struct sink *from)
{
	for (size_t i = 0; i < from->notes.len; i++) {
		struct pending_note *old = &from->notes.at[i];
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

static void
maps_fini(struct id_maps *map)
{
	free(map->string);
	free(map->frame);
	free(map->track);
	free(map->stack);
	free(map->label);
}

void
sink_merge(struct sink *into, struct sink *from)
{
	struct id_maps map = { 0 };

	CHECK(!into->open && !from->open && from->ds->note_count == 0);
	map_names(into, from->ds, &map);
	merge_spans(into, from->ds, &map);
	map_stacks(into, from->ds, &map);
	map_labels(into, from->ds, &map);
	merge_samples(into, from->ds, &map);
	merge_loose_refs(into, from->ds);
	merge_notes(into, from);
	maps_fini(&map);
	sink_free(from);
}

void
sink_merge_open(struct sink *into, struct sink *from)
{
	struct id_maps map = { 0 };

	CHECK(into->open && from->open && from->groups.len == 1 && from->ds->note_count == 0);
	map_names(into, from->ds, &map);
	append_spans(into, from->ds, map.string, map.track, from->ds->spans.count ? sink_current_group(into) : 0);
	merge_loose_refs(into, from->ds);
	merge_notes(into, from);
	maps_fini(&map);
	sink_free(from);
}
