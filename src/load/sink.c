/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/sink.h"

#include "util/alloc.h"
#include "util/vec.h"

#define NOTE_SAMPLE_MAX 80   /* bytes kept of the first offending record */

/* A note before it is in the dataset.  Its strings are interned last, so that they do not disturb the numbering of the rest. */
struct pending_note {
	enum note_severity severity;
	source_id          source;
	const char        *text;
	uint64_t           count, line, byte;
	char              *sample;       /* owned; NULL if none */
	size_t             sample_len;
};

struct sink {
	struct dataset *ds;
	source_id       source;          /* of what is pushed now */
	struct idmap    frames;          /* by name, module and file */
	struct idmap    stacks;          /* by parent and frame */
	struct idmap    traces;          /* tracks by trace id */
	struct idmap    tracks;          /* the others by source, kind and name */
	track_id        last_trace;      /* spans of a trace come in runs */
	struct { VEC(struct pending_note); } notes;
	uint64_t        pushed;

	bool            open;            /* inside a group */
	struct group    facts;           /* of the open group */
	group_id        group;           /* ID_NONE until its first span */
	span_id         first_span;
};

static const struct group no_facts = { .source = ID_NONE, .service = STR_EMPTY };

struct sink *
sink_new(struct str path)
{
	struct sink *sink = xcalloc(1, sizeof *sink);

	sink->ds = dataset_new();
	idmap_init(&sink->frames);
	idmap_init(&sink->stacks);
	idmap_init(&sink->traces);
	idmap_init(&sink->tracks);
	sink->last_trace = ID_NONE;
	sink_source(sink, path);
	return sink;
}

void
sink_free(struct sink *sink)
{
	if (!sink)
		return;
	dataset_free(sink->ds);
	idmap_fini(&sink->frames);
	idmap_fini(&sink->stacks);
	idmap_fini(&sink->traces);
	idmap_fini(&sink->tracks);
	for (size_t i = 0; i < sink->notes.len; i++)
		free(sink->notes.at[i].sample);
	vec_fini(&sink->notes);
	free(sink);
}

static void
flush_notes(struct sink *sink)
{
	struct strtab *strings = sink->ds->strings;

	for (size_t i = 0; i < sink->notes.len; i++) {
		struct pending_note *note = &sink->notes.at[i];
		dataset_note(sink->ds, &(struct note){
			.severity = note->severity,
			.source = note->source,
			.text = strtab_intern(strings, str_of(note->text)),
			.count = note->count,
			.line = note->line,
			.byte = note->byte == SINK_NO_BYTE ? 0 : note->byte,
			.has_byte = note->byte != SINK_NO_BYTE,
			.sample = note->sample ? strtab_intern(strings, (struct str){ note->sample, note->sample_len }) : STR_EMPTY,
		});
		free(note->sample);
	}
	sink->notes.len = 0;
}

struct dataset *
sink_dataset(struct sink *sink)
{
	flush_notes(sink);
	return sink->ds;
}

struct dataset *
sink_take(struct sink *sink)
{
	struct dataset *ds = sink_dataset(sink);

	CHECK(!sink->open);
	sink->ds = NULL;
	return ds;
}

source_id
sink_source(struct sink *sink, struct str path)
{
	CHECK(!sink->open);
	sink->source = dataset_add_source(sink->ds, &(struct source){
		.path = strtab_intern(sink->ds->strings, path),
		.format = STR_EMPTY,
		.compression = STR_EMPTY,
	});
	return sink->source;
}

static str_id
intern(struct sink *sink, struct str text)
{
	return text.len ? strtab_intern(sink->ds->strings, text) : STR_EMPTY;
}

/* Frames, stacks and tracks: found or added. */

static uint64_t
frame_hash(const struct frame *frame)
{
	return hash_pair((uint64_t)frame->name << 32 | frame->module, frame->file);
}

static frame_id
frame_intern(struct sink *sink, const struct frame *frame)
{
	uint64_t hash = frame_hash(frame);

	for (struct idmap_at at = idmap_first(&sink->frames, hash); idmap_id(&sink->frames, at) != ID_NONE;
	     at = idmap_next(&sink->frames, at)) {
		frame_id id = idmap_id(&sink->frames, at);
		const struct frame *known = &sink->ds->frames[id];
		if (known->name == frame->name && known->module == frame->module && known->file == frame->file)
			return id;
	}
	frame_id id = dataset_add_frame(sink->ds, frame);
	idmap_add(&sink->frames, hash, id);
	return id;
}

frame_id
sink_frame(struct sink *sink, const struct frame_in *in)
{
	return frame_intern(sink, &(struct frame){
		.name = intern(sink, in->name),
		.module = intern(sink, in->module),
		.file = intern(sink, in->file),
		.line = in->line,
		.kind = in->kind,
	});
}

stack_id
sink_stack(struct sink *sink, stack_id parent, frame_id frame)
{
	const struct stacks *stacks = &sink->ds->stacks;
	uint64_t hash = hash_u64((uint64_t)parent << 32 | frame);

	for (struct idmap_at at = idmap_first(&sink->stacks, hash); idmap_id(&sink->stacks, at) != ID_NONE;
	     at = idmap_next(&sink->stacks, at)) {
		stack_id id = idmap_id(&sink->stacks, at);
		if (stacks->parent[id] == parent && stacks->frame[id] == frame)
			return id;
	}
	stack_id id = dataset_add_stack(sink->ds, parent, frame);
	idmap_add(&sink->stacks, hash, id);
	return id;
}

static track_id
trace_track(struct sink *sink, const uint8_t trace_id[16])
{
	const struct dataset *ds = sink->ds;

	if (sink->last_trace != ID_NONE && memcmp(ds->tracks[sink->last_trace].trace_id, trace_id, 16) == 0)
		return sink->last_trace;
	uint64_t hash = hash_bytes((struct str){ (const char *)trace_id, 16 });
	for (struct idmap_at at = idmap_first(&sink->traces, hash); idmap_id(&sink->traces, at) != ID_NONE;
	     at = idmap_next(&sink->traces, at)) {
		track_id id = idmap_id(&sink->traces, at);
		if (memcmp(ds->tracks[id].trace_id, trace_id, 16) == 0)
			return sink->last_trace = id;
	}
	struct track track = { .kind = TRACK_TRACE, .name = STR_EMPTY, .source = sink->source };
	memcpy(track.trace_id, trace_id, 16);
	sink->last_trace = dataset_add_track(sink->ds, &track);
	idmap_add(&sink->traces, hash, sink->last_trace);
	return sink->last_trace;
}

static track_id
named_track(struct sink *sink, enum track_kind kind, str_id name)
{
	uint64_t hash = hash_pair((uint64_t)sink->source << 32 | name, (uint64_t)kind);

	CHECK(kind != TRACK_TRACE);
	for (struct idmap_at at = idmap_first(&sink->tracks, hash); idmap_id(&sink->tracks, at) != ID_NONE;
	     at = idmap_next(&sink->tracks, at)) {
		track_id id = idmap_id(&sink->tracks, at);
		const struct track *known = &sink->ds->tracks[id];
		if (known->source == sink->source && known->kind == kind && known->name == name)
			return id;
	}
	track_id id = dataset_add_track(sink->ds, &(struct track){ .kind = kind, .name = name, .source = sink->source });
	idmap_add(&sink->tracks, hash, id);
	return id;
}

track_id
sink_track(struct sink *sink, enum track_kind kind, struct str name)
{
	return named_track(sink, kind, intern(sink, name));
}

/* Spans. */

void
sink_group_open(struct sink *sink)
{
	CHECK(!sink->open);
	sink->open = true;
	sink->facts = no_facts;
	sink->group = ID_NONE;
}

void
sink_group_service(struct sink *sink, struct str service)
{
	CHECK(sink->open);
	sink->facts.service = intern(sink, service);
}

void
sink_group_resource(struct sink *sink, uint64_t at, uint32_t len)
{
	CHECK(sink->open);
	sink->facts.resource_at = at;
	sink->facts.resource_len = len;
}

void
sink_group_scope(struct sink *sink, uint64_t at, uint32_t len)
{
	CHECK(sink->open);
	sink->facts.scope_at = at;
	sink->facts.scope_len = len;
}

span_id
sink_span(struct sink *sink, const struct span_in *in)
{
	struct spans *spans = &sink->ds->spans;

	CHECK(sink->open);
	if (sink->group == ID_NONE) {
		sink->group = dataset_add_group(sink->ds, &sink->facts);
		sink->first_span = spans->count;
	}
	track_id track = trace_track(sink, in->trace_id);
	span_id span = dataset_add_span(sink->ds);
	spans->frame[span] = intern(sink, in->name);    /* a frame only when the group closes and its service is known */
	spans->track[span] = track;
	spans->group[span] = sink->group;
	spans->id[span] = in->id;
	spans->parent_id[span] = in->parent_id;
	spans->start_ns[span] = in->has_start ? in->start_ns : 0;
	spans->kind[span] = (uint8_t)in->kind;
	spans->status[span] = (uint8_t)in->status;
	spans->detail_at[span] = in->detail_at;
	spans->detail_len[span] = in->detail_len;
	if (!in->has_start)
		spans->flags[span] |= SPAN_NO_START;
	if (!in->has_end)
		spans->flags[span] |= SPAN_UNFINISHED;
	int64_t duration = 0;    /* of a span without a start: its end */
	if (in->has_end && __builtin_sub_overflow(in->end_ns, spans->start_ns[span], &duration))
		duration = in->end_ns < spans->start_ns[span] ? -INT64_MAX : INT64_MAX;
	spans->duration_ns[span] = duration;
	sink->pushed++;
	return span;
}

void
sink_group_close(struct sink *sink)
{
	struct spans *spans = &sink->ds->spans;

	CHECK(sink->open);
	sink->open = false;
	if (sink->group == ID_NONE)
		return;
	sink->facts.source = sink->source;
	if (sink->facts.service == STR_EMPTY)
		sink->facts.service = intern(sink, STR("unknown_service"));
	sink->ds->groups[sink->group] = sink->facts;
	for (span_id span = sink->first_span; span < spans->count; span++)
		spans->frame[span] = frame_intern(sink, &(struct frame){
			.name = spans->frame[span], .module = sink->facts.service, .file = STR_EMPTY,
		});
}

/* Samples. */

static uint32_t
sample_type(struct sink *sink, str_id name, str_id unit)
{
	const struct dataset *ds = sink->ds;

	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		if (ds->sample_types[i].name == name && ds->sample_types[i].unit == unit)
			return i;
	return dataset_add_sample_type(sink->ds, name, unit);
}

uint32_t
sink_sample_type(struct sink *sink, struct str name, struct str unit)
{
	str_id name_id = intern(sink, name);

	return sample_type(sink, name_id, intern(sink, unit));
}

void
sink_sample(struct sink *sink, stack_id stack, track_id track, const double *weights)
{
	struct samples *samples = &sink->ds->samples;
	sample_id sample = dataset_add_sample(sink->ds);
	uint32_t width = sink->ds->sample_type_count;

	samples->stack[sample] = stack;
	samples->track[sample] = track;
	for (uint32_t i = 0; i < width; i++)
		samples->weight[(size_t)sample * width + i] = weights[i];
	sink->pushed++;
}

void
sink_sample_at(struct sink *sink, stack_id stack, track_id track, const double *weights, int64_t time_ns)
{
	sink_sample(sink, stack, track, weights);
	dataset_set_sample_time(sink->ds, sink->ds->samples.count - 1, time_ns);
}

/* Notes. */

static struct pending_note *
note_find_or_add(struct sink *sink, enum note_severity severity, source_id source, const char *text)
{
	for (size_t i = 0; i < sink->notes.len; i++) {
		struct pending_note *note = &sink->notes.at[i];
		if (note->severity == severity && note->source == source &&
		    (note->text == text || strcmp(note->text, text) == 0))
			return note;
	}
	vec_push(&sink->notes, (struct pending_note){
		.severity = severity, .source = source, .text = text, .byte = SINK_NO_BYTE,
	});
	return &vec_last(&sink->notes);
}

void
sink_note(struct sink *sink, enum note_severity severity, const char *text, uint64_t line, uint64_t byte, struct str record)
{
	struct pending_note *note = note_find_or_add(sink, severity, sink->source, text);

	if (note->count++)
		return;
	note->line = line;
	note->byte = byte;
	if (record.len) {
		note->sample_len = record.len < NOTE_SAMPLE_MAX ? record.len : NOTE_SAMPLE_MAX;
		note->sample = xstrndup(record.at, note->sample_len);
	}
}

void
sink_note_many(struct sink *sink, enum note_severity severity, const char *text, uint64_t count)
{
	if (count)
		note_find_or_add(sink, severity, sink->source, text)->count += count;
}

uint64_t
sink_pushed(const struct sink *sink)
{
	return sink->pushed;
}

/* Merging: ids of from are walked in their order, which is that of first appearance, and become what into would have given them. */

struct id_maps {
	str_id   *string;
	frame_id *frame;
	track_id *track;
	stack_id *stack;
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
		map->frame[i] = frame_intern(into, &frame);
	}
	map->track = xreallocarray(NULL, from->track_count, sizeof *map->track);
	for (track_id i = 0; i < from->track_count; i++) {
		const struct track *track = &from->tracks[i];
		map->track[i] = track->kind == TRACK_TRACE ? trace_track(into, track->trace_id)
		                                           : named_track(into, track->kind, map->string[track->name]);
	}
}

static void
merge_spans(struct sink *into, const struct dataset *from, const struct id_maps *map)
{
	const struct spans *old = &from->spans;
	struct spans *spans = &into->ds->spans;
	group_id first_group = into->ds->group_count;

	for (group_id i = 0; i < from->group_count; i++) {
		struct group group = from->groups[i];
		group.source = into->source;
		group.service = map->string[group.service];
		dataset_add_group(into->ds, &group);
	}
	for (span_id i = 0; i < old->count; i++) {
		span_id span = dataset_add_span(into->ds);
		spans->frame[span] = map->frame[old->frame[i]];
		spans->track[span] = map->track[old->track[i]];
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
merge_samples(struct sink *into, const struct dataset *from, const struct id_maps *map)
{
	const struct samples *old = &from->samples;
	uint32_t old_width = from->sample_type_count;
	uint32_t *column = xreallocarray(NULL, old_width, sizeof *column);

	for (uint32_t i = 0; i < old_width; i++)
		column[i] = sample_type(into, map->string[from->sample_types[i].name], map->string[from->sample_types[i].unit]);
	double *weights = xcalloc(into->ds->sample_type_count, sizeof *weights);
	for (sample_id i = 0; i < old->count; i++) {
		for (uint32_t k = 0; k < old_width; k++)
			weights[column[k]] = old->weight[(size_t)i * old_width + k];
		stack_id stack = old->stack[i] == ID_NONE ? ID_NONE : map->stack[old->stack[i]];
		sink_sample(into, stack, map->track[old->track[i]], weights);
		if (old->time_ns)
			dataset_set_sample_time(into->ds, into->ds->samples.count - 1, old->time_ns[i]);
	}
	free(weights);
	free(column);
}

static void
merge_notes(struct sink *into, struct sink *from)
{
	for (size_t i = 0; i < from->notes.len; i++) {
		struct pending_note *old = &from->notes.at[i];
		struct pending_note *note = note_find_or_add(into, old->severity, into->source, old->text);
		if (!note->count) {
			note->line = old->line;
			note->byte = old->byte;
			note->sample = old->sample;
			note->sample_len = old->sample_len;
			old->sample = NULL;
		}
		note->count += old->count;
	}
}

void
sink_merge(struct sink *into, struct sink *from)
{
	struct id_maps map = { 0 };

	CHECK(!into->open && !from->open && from->ds->note_count == 0);
	map_names(into, from->ds, &map);
	merge_spans(into, from->ds, &map);
	into->pushed += from->ds->spans.count;
	map_stacks(into, from->ds, &map);
	merge_samples(into, from->ds, &map);
	merge_notes(into, from);
	free(map.string);
	free(map.frame);
	free(map.track);
	free(map.stack);
	sink_free(from);
}
