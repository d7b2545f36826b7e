/* SPDX-License-Identifier: MIT
 * Parts: sinks for pieces of an input.  What names things stays with the part from piece to piece, everything else goes out in batches. */
#include "config.h"

#include "load/sink_core.h"

#include "util/alloc.h"

/* A part that knows more forgets it, so that many parts of a large input take little memory: its stacks, which are many, or all. */
#define STACKS_MAX ((uint32_t)1 << 16)
#define NAMES_MAX  ((uint32_t)1 << 16)    /* names, frames, tracks and labels */
#define TEXT_MAX   ((size_t)4 << 20)      /* bytes of names */

static struct part *
part_new(void)
{
	struct part *part = xcalloc(1, sizeof *part);

	atomic_init(&part->users, 1);
	/* The empty text is the same everywhere. */
	vec_push(&part->string, STR_EMPTY);
	part->strings_out = 1;
	return part;
}

void
part_leave(struct part *part)
{
	if (atomic_fetch_sub_explicit(&part->users, 1, memory_order_acq_rel) > 1)
		return;
	strtab_free(part->strings);
	vec_fini(&part->string);
	vec_fini(&part->frame);
	vec_fini(&part->track);
	vec_fini(&part->stack);
	vec_fini(&part->label);
	free(part);
}

struct sink *
sink_part(const struct sink *whole)
{
	struct sink *sink = sink_new(STR(""));

	sink->keep_mangled = whole->keep_mangled;
	sink->grain = whole->grain;
	sink->keep_dropped = whole->keep_dropped;
	sink->part = part_new();
	return sink;
}

/* Items from first on; NULL when there are none. */
static void *
copy_of(const void *items, uint32_t first, uint32_t count, size_t size)
{
	void *copy = NULL;

	if (count) {
		copy = xreallocarray(NULL, count, size);
		memcpy(copy, (const char *)items + first * size, count * size);
	}
	return copy;
}

static void
take_names(struct sink *sink, struct batch *batch)
{
	const struct dataset *ds = sink->ds;
	struct part *part = sink->part;
	uint32_t strings = strtab_count(ds->strings);

	batch->string_count = strings - part->strings_out;
	batch->strings = xreallocarray(NULL, batch->string_count, sizeof *batch->strings);
	for (uint32_t i = 0; i < batch->string_count; i++) {
		batch->strings[i] = strtab_get(ds->strings, part->strings_out + i);
		part->text_out += batch->strings[i].len;
	}
	batch->frame_count = ds->frame_count - part->frames_out;
	batch->frames = copy_of(ds->frames, part->frames_out, batch->frame_count, sizeof *ds->frames);
	batch->track_count = ds->track_count - part->tracks_out;
	batch->tracks = copy_of(ds->tracks, part->tracks_out, batch->track_count, sizeof *ds->tracks);
	batch->label_count = ds->label_count - part->labels_out;
	batch->labels = copy_of(ds->labels, part->labels_out, batch->label_count, sizeof *ds->labels);
	batch->stacks.count = ds->stacks.count - part->stacks_out;
	batch->stacks.parent = copy_of(ds->stacks.parent, part->stacks_out, batch->stacks.count, sizeof *ds->stacks.parent);
	batch->stacks.frame = copy_of(ds->stacks.frame, part->stacks_out, batch->stacks.count, sizeof *ds->stacks.frame);
	batch->type_count = ds->sample_type_count;
	batch->types = copy_of(ds->sample_types, 0, batch->type_count, sizeof *ds->sample_types);
	part->strings_out = strings;
	part->frames_out = ds->frame_count;
	part->tracks_out = ds->track_count;
	part->labels_out = ds->label_count;
	part->stacks_out = ds->stacks.count;
}

static void
take_records(struct sink *sink, struct batch *batch)
{
	struct dataset *ds = sink->ds;

	batch->spans = ds->spans;
	ds->spans = (struct spans){ 0 };
	batch->samples = ds->samples;
	ds->samples = (struct samples){ 0 };
	batch->groups = ds->groups;
	batch->group_count = ds->group_count;
	ds->groups = NULL;
	ds->group_count = ds->group_cap = 0;
	batch->headings = ds->headings;
	batch->heading_count = ds->heading_count;
	ds->headings = NULL;
	ds->heading_count = ds->heading_cap = 0;
	batch->loose_refs = ds->loose_refs;
	batch->loose_ref_count = ds->loose_ref_count;
	ds->loose_refs = NULL;
	ds->loose_ref_count = ds->loose_ref_cap = 0;
	batch->parent_refs = ds->parent_refs;
	batch->parent_ref_count = ds->parent_ref_count;
	ds->parent_refs = NULL;
	ds->parent_ref_count = ds->parent_ref_cap = 0;
	batch->notes = sink->notes;
	sink->notes = (struct notes){ 0 };
	batch->open = sink->open;
	if (sink->open) {
		batch->open_groups = sink->groups;
		sink->groups = (struct open_groups){ 0 };
	}
	sink->open = false;
	sink->pushed = 0;
}

static void
begin_anew(struct sink *sink)
{
	struct part *part = sink->part;

	part->strings = sink->ds->strings;
	sink->ds->strings = NULL;
	part_leave(part);
	sink_clear(sink);
	const struct sink empty = {
		.ds = dataset_new(), .keep_mangled = sink->keep_mangled, .keep_dropped = sink->keep_dropped, .grain = sink->grain, .last_trace = ID_NONE,
		.part = part_new(),
	};
	*sink = empty;
	sink_source(sink, STR(""));
}

/* The memory stays, so that it need not be asked for again and again. */
static void
forget_stacks(struct sink *sink)
{
	sink->ds->stacks.count = 0;
	sink->part->stacks_out = 0;
	idmap_clear(&sink->stacks);
}

struct batch *
sink_batch(struct sink *sink)
{
	struct batch *batch = xcalloc(1, sizeof *batch);
	struct part *part = sink->part;

	batch->part = part;
	atomic_fetch_add_explicit(&part->users, 1, memory_order_relaxed);
	take_names(sink, batch);
	take_records(sink, batch);
	if (part->strings_out + part->frames_out + part->labels_out + part->tracks_out > NAMES_MAX || part->text_out > TEXT_MAX) {
		begin_anew(sink);
	} else if (part->stacks_out > STACKS_MAX) {
		batch->last_of_stacks = true;
		forget_stacks(sink);
	}
	return batch;
}

static void
records_free(struct batch *batch)
{
	spans_fini(&batch->spans);
	samples_fini(&batch->samples);
	free(batch->groups);
	free(batch->headings);
	free(batch->loose_refs);
	free(batch->parent_refs);
	vec_fini(&batch->open_groups);
	notes_free(&batch->notes);
}

void
batch_drop(struct batch *batch)
{
	free(batch->strings);
	free(batch->frames);
	free(batch->tracks);
	free(batch->labels);
	free(batch->stacks.parent);
	free(batch->stacks.frame);
	free(batch->types);
	records_free(batch);
	part_leave(batch->part);
	free(batch);
}

void
batch_free(struct batch *batch)
{
	CHECK(!batch->string_count && !batch->frame_count && !batch->track_count && !batch->stacks.count && !batch->label_count);
	batch_drop(batch);
}

static void
move_lines(struct notes *notes, size_t first, uint64_t lines)
{
	for (size_t i = first; i < notes->len; i++)
		if (notes->at[i].line)
			notes->at[i].line += lines;
}

bool
batch_has_lines(const struct batch *batch)
{
	for (size_t i = 0; i < batch->notes.len; i++)
		if (batch->notes.at[i].line)
			return true;
	return false;
}

void
batch_move_lines(struct batch *batch, uint64_t lines)
{
	move_lines(&batch->notes, 0, lines);
}

size_t
sink_note_count(const struct sink *sink)
{
	return sink->notes.len;
}

void
sink_move_lines(struct sink *sink, size_t first, uint64_t lines)
{
	move_lines(&sink->notes, first, lines);
}
