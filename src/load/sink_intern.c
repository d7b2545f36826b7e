/* SPDX-License-Identifier: MIT
 * Strings, frames, stacks, labels and tracks: found or added. */
#include "config.h"

#include "load/sink_core.h"

#include <inttypes.h>

#include "load/demangle.h"
#include "util/alloc.h"
#include "util/unit.h"

str_id
sink_intern(struct sink *sink, struct str text)
{
	return text.len ? strtab_intern(sink->ds->strings, text) : STR_EMPTY;
}

static uint64_t
frame_hash(const struct frame *frame)
{
	return hash_pair((uint64_t)frame->name << 32 | frame->module, frame->file);
}

static frame_id
intern_named(struct sink *sink, const struct frame *frame)
{
	while (sink->named.len <= frame->name)
		vec_push(&sink->named, ID_NONE);
	if (sink->named.at[frame->name] == ID_NONE)
		sink->named.at[frame->name] = dataset_add_frame(sink->ds, frame);
	return sink->named.at[frame->name];
}

frame_id
sink_intern_frame(struct sink *sink, const struct frame *frame)
{
	uint64_t hash;

	if (frame->module == STR_EMPTY && frame->file == STR_EMPTY)
		return intern_named(sink, frame);
	hash = frame_hash(frame);

	for (struct idmap_at at = idmap_first(&sink->frames, hash); idmap_id(&sink->frames, at) != ID_NONE;
	     at = idmap_next(&sink->frames, at)) {
		frame_id id = idmap_id(&sink->frames, at);
		if (!idmap_tag_matches(&sink->frames, at, hash))
			continue;
		const struct frame *known = &sink->ds->frames[id];
		if (known->name == frame->name && known->module == frame->module && known->file == frame->file)
			return id;
	}
	frame_id id = dataset_add_frame(sink->ds, frame);
	idmap_add(&sink->frames, hash, id);
	return id;
}

static str_id
intern_symbol(struct sink *sink, struct str name)
{
	if (sink->keep_mangled || !demangle_may(name))
		return sink_intern(sink, name);
	if (!sink->mangled)
		sink->mangled = strtab_new();
	str_id raw = strtab_intern(sink->mangled, name);
	while (sink->demangled.len < raw)
		vec_push(&sink->demangled, STR_EMPTY);
	if (sink->demangled.len == raw) {
		struct buf written = { 0 };
		vec_push(&sink->demangled, sink_intern(sink, demangle(name, &written) ? buf_str(&written) : name));
		buf_fini(&written);
	}
	return sink->demangled.at[raw];
}

/* The name with what tells the frame from others of that name. */
static str_id
add_grain(struct sink *sink, str_id name, const struct frame_in *in)
{
	struct buf text = { 0 };

	if (sink->grain == SINK_LINES ? !in->line : !in->address)
		return name;
	buf_add(&text, strtab_get(sink->ds->strings, name));
	if (sink->grain == SINK_LINES)
		buf_addf(&text, ":%" PRIu32, in->line);
	else
		buf_addf(&text, " 0x%" PRIx64, in->address);
	name = sink_intern(sink, buf_str(&text));
	buf_fini(&text);
	return name;
}

frame_id
sink_frame(struct sink *sink, const struct frame_in *in)
{
	str_id name = in->symbol ? intern_symbol(sink, in->name) : sink_intern(sink, in->name);

	return sink_intern_frame(sink, &(struct frame){
		.name = sink->grain == SINK_FUNCTIONS ? name : add_grain(sink, name, in),
		.module = sink_intern(sink, in->module),
		.file = sink_intern(sink, in->file),
		.build = sink_intern(sink, in->build),
		.address = in->address,
		.line = in->line,
		.kind = in->kind,
	});
}

static uint64_t
stack_hash(stack_id parent, frame_id frame)
{
	return hash_u64((uint64_t)parent << 32 | frame);
}

void
sink_stack_soon(const struct sink *sink, stack_id parent, frame_id frame)
{
	const struct stacks *stacks = &sink->ds->stacks;

	if (parent + 1 < stacks->count) {
		__builtin_prefetch(&stacks->parent[parent + 1]);
		__builtin_prefetch(&stacks->frame[parent + 1]);
	}
	idmap_prefetch(&sink->stacks, stack_hash(parent, frame));
}

stack_id
sink_stack(struct sink *sink, stack_id parent, frame_id frame)
{
	const struct stacks *stacks = &sink->ds->stacks;
	stack_id next = parent + 1;

	/* Most often the first child that its parent got, which stands right behind it and is not in the table at all. */
	if (next < stacks->count && stacks->parent[next] == parent && stacks->frame[next] == frame)
		return next;
	/* The newest has no child yet. */
	if (next == stacks->count)
		return dataset_add_stack(sink->ds, parent, frame);
	uint64_t hash = stack_hash(parent, frame);
	for (struct idmap_at at = idmap_first(&sink->stacks, hash); idmap_id(&sink->stacks, at) != ID_NONE;
	     at = idmap_next(&sink->stacks, at)) {
		stack_id id = idmap_id(&sink->stacks, at);
		if (idmap_tag_matches(&sink->stacks, at, hash) && stacks->parent[id] == parent && stacks->frame[id] == frame)
			return id;
	}
	stack_id id = dataset_add_stack(sink->ds, parent, frame);
	if (id != next)
		idmap_add(&sink->stacks, hash, id);
	return id;
}

track_id
sink_trace_track(struct sink *sink, const uint8_t trace_id[16])
{
	const struct dataset *ds = sink->ds;

	if (sink->last_trace != ID_NONE && memcmp(ds->tracks[sink->last_trace].trace_id, trace_id, 16) == 0)
		return sink->last_trace;
	uint64_t half[2];
	memcpy(half, trace_id, sizeof half);
	uint64_t hash = hash_pair(half[0], half[1]);
	for (struct idmap_at at = idmap_first(&sink->traces, hash); idmap_id(&sink->traces, at) != ID_NONE;
	     at = idmap_next(&sink->traces, at)) {
		track_id id = idmap_id(&sink->traces, at);
		if (idmap_tag_matches(&sink->traces, at, hash) && memcmp(ds->tracks[id].trace_id, trace_id, 16) == 0)
			return sink->last_trace = id;
	}
	struct track track = { .kind = TRACK_TRACE, .name = STR_EMPTY, .source = sink->source };
	memcpy(track.trace_id, trace_id, 16);
	sink->last_trace = dataset_add_track(sink->ds, &track);
	idmap_add(&sink->traces, hash, sink->last_trace);
	return sink->last_trace;
}

track_id
sink_named_track(struct sink *sink, enum track_kind kind, str_id process, str_id name)
{
	uint64_t hash = hash_pair((uint64_t)sink->source << 32 | name, (uint64_t)kind << 32 | process);

	CHECK(kind != TRACK_TRACE);
	for (struct idmap_at at = idmap_first(&sink->tracks, hash); idmap_id(&sink->tracks, at) != ID_NONE;
	     at = idmap_next(&sink->tracks, at)) {
		track_id id = idmap_id(&sink->tracks, at);
		const struct track *known = &sink->ds->tracks[id];
		if (known->source == sink->source && known->kind == kind && known->name == name && known->process == process)
			return id;
	}
	track_id id = dataset_add_track(sink->ds, &(struct track){
		.kind = kind, .process = process, .name = name, .source = sink->source,
	});
	idmap_add(&sink->tracks, hash, id);
	return id;
}

track_id
sink_track(struct sink *sink, enum track_kind kind, struct str name)
{
	return sink_named_track(sink, kind, STR_EMPTY, sink_intern(sink, name));
}

track_id
sink_thread(struct sink *sink, struct str process, struct str name)
{
	str_id process_id = sink_intern(sink, process);

	return sink_named_track(sink, TRACK_THREAD, process_id, sink_intern(sink, name));
}

label_id
sink_intern_label(struct sink *sink, const struct label *label)
{
	uint64_t hash = hash_pair((uint64_t)label->parent << 32 | label->key, (uint64_t)label->value << 32 | label->unit);

	for (struct idmap_at at = idmap_first(&sink->labels, hash); idmap_id(&sink->labels, at) != ID_NONE;
	     at = idmap_next(&sink->labels, at)) {
		const struct label *known = &sink->ds->labels[idmap_id(&sink->labels, at)];
		if (known->parent == label->parent && known->key == label->key && known->value == label->value &&
		    known->unit == label->unit)
			return idmap_id(&sink->labels, at);
	}
	label_id id = dataset_add_label(sink->ds, label);
	idmap_add(&sink->labels, hash, id);
	return id;
}

label_id
sink_label(struct sink *sink, label_id parent, struct str key, struct str value)
{
	str_id key_id = sink_intern(sink, key);

	return sink_intern_label(sink, &(struct label){
		.parent = parent, .key = key_id, .value = sink_intern(sink, value), .unit = STR_EMPTY,
	});
}

label_id
sink_label_number(struct sink *sink, label_id parent, struct str key, double number, struct str unit)
{
	struct buf text = { 0 };
	str_id key_id = sink_intern(sink, key);

	number_format(number, &text);
	str_id value = sink_intern(sink, buf_str(&text));
	buf_fini(&text);
	return sink_intern_label(sink, &(struct label){
		.parent = parent, .key = key_id, .value = value, .unit = sink_intern(sink, unit),
	});
}
