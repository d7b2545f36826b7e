/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/pprof_frames.h"

#include <inttypes.h>

#include "util/alloc.h"
#include "util/buf.h"

enum { MAPPING_START = 2, MAPPING_OFFSET = 4, MAPPING_FILE = 5, MAPPING_BUILD = 6 };
enum { LOCATION_MAPPING = 2, LOCATION_ADDRESS = 3, LOCATION_LINE = 4 };
enum { LINE_FUNCTION = 1, LINE_LINE = 2 };
enum { LINES_MAX = 256 };    /* of one location: a bound for the work that a byte of a sample can ask for */
enum { FUNCTION_NAME = 2, FUNCTION_SYSTEM_NAME = 3, FUNCTION_FILE = 4 };

static const char note_string[] = "a name is a string that is not there: shown as <bad string N>";
static const char note_location[] = "a sample names a location that is not there: shown as <unknown>";
static const char note_function[] = "a location names a function that is not there: shown as <unknown>";
static const char note_mapping[] = "a location names a mapping that is not there: it has no module";
static const char note_lines[] = "a location has more than 256 functions: the outer ones were left out";
static const char note_pattern[] = "the profile's drop_frames or keep_frames pattern is not valid: nothing is dropped";

static void
note_at(struct pprof_frames *frames, const char *text, const char *at)
{
	sink_note(frames->sink, NOTE_WARNING, text, 0, (uint64_t)(at - frames->begin), (struct str){ 0 });
}

/* A string that the record at names; scratch has it when it must be made up. */
static struct str
string_at(struct pprof_frames *frames, uint64_t index, const char *at, struct buf *scratch)
{
	struct str text;

	if (pprof_string(frames->tables, index, &text))
		return text;
	note_at(frames, note_string, at);
	buf_clear(scratch);
	pprof_add_string(frames->tables, index, scratch);
	return buf_str(scratch);
}

/* A drop or keep pattern holds for the whole name. */
static struct regex *
compile(struct pprof_frames *frames, uint64_t index)
{
	struct str pattern;
	struct buf anchored = { 0 };
	struct error err;

	if (!pprof_string(frames->tables, index, &pattern))
		sink_note(frames->sink, NOTE_WARNING, note_pattern, 0, SINK_NO_BYTE, (struct str){ 0 });
	if (pattern.len == 0)
		return NULL;
	buf_add(&anchored, STR("\\A(?:"));
	buf_add(&anchored, pattern);
	buf_add(&anchored, STR(")\\z"));
	struct regex *regex = regex_compile(buf_str(&anchored), REGEX_EXACT, &err);
	buf_fini(&anchored);
	if (!regex)
		sink_note(frames->sink, NOTE_WARNING, note_pattern, 0, SINK_NO_BYTE, pattern);
	return regex;
}

void
pprof_frames_init(struct pprof_frames *frames, const struct pprof_tables *tables, const char *begin, struct sink *sink)
{
	*frames = (struct pprof_frames){ .tables = tables, .sink = sink, .begin = begin };
	frames->places = xcalloc(tables->locations.len, sizeof *frames->places);
	frames->drop = sink_keeps_dropped(sink) ? NULL : compile(frames, tables->drop_frames);
	frames->keep = frames->drop ? compile(frames, tables->keep_frames) : NULL;
	frames->unknown = ID_NONE;
}

void
pprof_frames_fini(struct pprof_frames *frames)
{
	free(frames->places);
	vec_fini(&frames->frames);
	vec_fini(&frames->dropped);
	vec_fini(&frames->path);
	regex_free(frames->drop);
	regex_free(frames->keep);
	buf_fini(&frames->name);
	buf_fini(&frames->file);
	buf_fini(&frames->mapping);
	buf_fini(&frames->build);
}

/* The name as drop patterns see it: no leading dot, no argument list. */
static struct str
simple_name(struct str name)
{
	static const char *const no_arguments[] = { "(anonymous namespace)", "operator()" };

	if (name.len && name.at[0] == '.') {
		name.at++;
		name.len--;
	}
	for (size_t i = 0; i < name.len; i++) {
		if (name.at[i] != '(')
			continue;
		struct str rest = { name.at + i, name.len - i };
		bool after_operator = i >= 8 && memcmp(name.at + i - 8, "operator", 8) == 0;
		if (str_starts(rest, str_of(no_arguments[0])))
			i += strlen(no_arguments[0]) - 1;
		else if (after_operator && str_starts(rest, STR("()")))
			i++;
		else
			return (struct str){ name.at, i };
	}
	return name;
}

static bool
is_dropped(const struct pprof_frames *frames, struct str name)
{
	struct str simple = simple_name(name);

	return frames->drop && regex_search(frames->drop, simple, NULL, NULL) == REGEX_YES &&
	       !(frames->keep && regex_search(frames->keep, simple, NULL, NULL) == REGEX_YES);
}

static void
add_frame(struct pprof_frames *frames, const struct frame_in *frame)
{
	vec_push(&frames->frames, sink_frame(frames->sink, frame));
	vec_push(&frames->dropped, (uint8_t)is_dropped(frames, frame->name));
}

static struct str
base_name(struct str path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return str_tail(path, at);
}

/* A mapping as far as names need it. */
struct mapping {
	struct str file, build;
	uint64_t   start, offset;
	bool       is_kernel;
};

static struct mapping
read_mapping(struct pprof_frames *frames, uint64_t id, const char *at)
{
	const struct pprof_record *record = id ? pprof_find(&frames->tables->mappings, id) : NULL;
	struct mapping mapping = { .file = { "", 0 }, .build = { "", 0 } };
	struct proto_field field;

	if (id && !record)
		note_at(frames, note_mapping, at);
	if (!record)
		return mapping;
	for (struct proto message = proto_of(record->bytes); proto_next(&message, &field);)
		if (field.number == MAPPING_START)
			mapping.start = field.value;
		else if (field.number == MAPPING_OFFSET)
			mapping.offset = field.value;
		else if (field.number == MAPPING_FILE)
			mapping.file = base_name(string_at(frames, field.value, record->bytes.at, &frames->mapping));
		else if (field.number == MAPPING_BUILD)
			mapping.build = string_at(frames, field.value, record->bytes.at, &frames->build);
	mapping.is_kernel = str_starts(mapping.file, STR("[kernel")) || str_starts(mapping.file, STR("[guest.kernel"));
	return mapping;
}

/* A location without lines is named after its place in the mapped file. */
static void
add_address(struct pprof_frames *frames, const struct mapping *mapping, uint64_t address)
{
	struct buf name = { 0 };

	if (mapping->file.len) {
		buf_add(&name, mapping->file);
		buf_addf(&name, "+0x%" PRIx64, address - mapping->start + mapping->offset);
	} else {
		buf_addf(&name, "0x%" PRIx64, address);
	}
	add_frame(frames, &(struct frame_in){
		.name = buf_str(&name), .module = mapping->file, .build = mapping->build, .kind = mapping->is_kernel ? FRAME_KERNEL : FRAME_USER,
	});
	buf_fini(&name);
}

/* Name and file of a function. */
static void
read_function(struct pprof_frames *frames, const struct pprof_record *record, struct frame_in *frame)
{
	struct proto_field field;
	uint64_t name = 0, system_name = 0, file = 0;

	for (struct proto message = proto_of(record->bytes); proto_next(&message, &field);)
		if (field.number == FUNCTION_NAME)
			name = field.value;
		else if (field.number == FUNCTION_SYSTEM_NAME)
			system_name = field.value;
		else if (field.number == FUNCTION_FILE)
			file = field.value;
	frame->name = string_at(frames, name, record->bytes.at, &frames->name);
	if (frame->name.len == 0)
		frame->name = string_at(frames, system_name, record->bytes.at, &frames->name);
	frame->file = string_at(frames, file, record->bytes.at, &frames->file);
}

static void
add_line(struct pprof_frames *frames, const struct mapping *mapping, struct str line, uint64_t address, bool inlined)
{
	struct frame_in frame = {
		.module = mapping->file, .build = mapping->build, .address = address, .kind = mapping->is_kernel ? FRAME_KERNEL : FRAME_USER, .symbol = true,
	};
	struct proto_field field;
	uint64_t function = 0;

	if (inlined)
		frame.kind = FRAME_INLINED;
	for (struct proto message = proto_of(line); proto_next(&message, &field);)
		if (field.number == LINE_FUNCTION)
			function = field.value;
		else if (field.number == LINE_LINE && field.value <= UINT32_MAX)
			frame.line = (uint32_t)field.value;
	const struct pprof_record *record = pprof_find(&frames->tables->functions, function);
	if (record) {
		read_function(frames, record, &frame);
	} else {
		note_at(frames, note_function, line.at);
		frame.name = STR("<unknown>");
	}
	add_frame(frames, &frame);
}

/* A location's lines come innermost first; all but the last are inlined. */
static void
add_location(struct pprof_frames *frames, const struct pprof_record *record)
{
	struct { VEC(struct str); } lines = { 0 };
	struct proto_field field;
	uint64_t mapping_id = 0, address = 0;

	for (struct proto message = proto_of(record->bytes); proto_next(&message, &field);)
		if (field.number == LOCATION_MAPPING)
			mapping_id = field.value;
		else if (field.number == LOCATION_ADDRESS)
			address = field.value;
		else if (field.number == LOCATION_LINE && field.wire == PROTO_BYTES)
			vec_push(&lines, field.bytes);
	struct mapping mapping = read_mapping(frames, mapping_id, record->bytes.at);
	if (lines.len > LINES_MAX) {
		note_at(frames, note_lines, record->bytes.at);
		lines.len = LINES_MAX;
	}
	if (lines.len == 0)
		add_address(frames, &mapping, address);
	for (size_t i = lines.len; i-- > 0;)
		add_line(frames, &mapping, lines.at[i], address, i + 1 < lines.len);
	vec_fini(&lines);
}

static struct pprof_place
place_of(struct pprof_frames *frames, uint64_t location)
{
	uint32_t index = pprof_index(&frames->tables->locations, location);

	if (index == ID_NONE) {
		sink_note(frames->sink, NOTE_WARNING, note_location, 0, SINK_NO_BYTE, (struct str){ 0 });
		if (frames->unknown == ID_NONE) {
			frames->unknown = (uint32_t)frames->frames.len;
			add_frame(frames, &(struct frame_in){ .name = STR("<unknown>") });
		}
		return (struct pprof_place){ frames->unknown, 1 };
	}
	struct pprof_place *place = &frames->places[index];
	if (place->count == 0) {
		CHECK(frames->frames.len < ID_NONE);
		place->first = (uint32_t)frames->frames.len;
		add_location(frames, &frames->tables->locations.at[index]);
		place->count = (uint32_t)frames->frames.len - place->first;
	}
	return *place;
}

/* Goes through a location.  False: the rest of the stack is to be dropped. */
static bool
step(struct pprof_frames *frames, struct pprof_place place, struct pprof_step *at)
{
	for (uint32_t k = place.first; k < place.first + place.count; k++) {
		/* Dropping begins below the first frame that is to stay. */
		if (frames->dropped.at[k] && at->kept)
			return false;
		at->kept |= !frames->dropped.at[k];
		at->stack = sink_stack(frames->sink, at->stack, frames->frames.at[k]);
	}
	return true;
}

stack_id
pprof_stack(struct pprof_frames *frames, const uint64_t *locations, size_t count)
{
	struct pprof_step at = { .stack = ID_NONE };
	size_t known = 0;

	/* Samples often begin like the one before. */
	while (known < count && known < frames->path.len && frames->path.at[known].location == locations[count - 1 - known])
		at = frames->path.at[known++];
	frames->path.len = known;
	for (size_t i = count - known; i-- > 0;) {
		at.location = locations[i];
		if (!step(frames, place_of(frames, locations[i]), &at))
			break;
		vec_push(&frames->path, at);
	}
	return at.stack;
}
