/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/pprof.h"

#include "load/format.h"
#include "load/pprof_frames.h"
#include "load/pprof_tables.h"
#include "util/alloc.h"

enum { SAMPLE_LOCATION = 1, SAMPLE_VALUE = 2, SAMPLE_LABEL = 3 };
enum { LABEL_KEY = 1, LABEL_TEXT = 2, LABEL_NUMBER = 3, LABEL_UNIT = 4 };

static const char note_values[] = "a sample has not one value for each sample type: it was skipped";
static const char note_cut[] = "the file ends inside a record: samples may be missing or unnamed";
static const char note_broken[] = "a record is not valid protobuf: the rest of the file was skipped";
static const char note_types[] = "the profile names no sample types: nothing can be shown";
static const char note_duplicates[] = "a location, function or mapping has the id of an earlier one: the first counts";
static const char note_unnumbered[] = "a location, function or mapping has no id: numbered by its place";
static const char note_zero[] = "the default sample type is zero throughout: another one has to be chosen";
static const char note_comment[] = "comment in the profile";

struct reader {
	struct sink               *sink;
	struct pprof_tables        tables;
	struct pprof_frames        frames;
	size_t                     first_type;    /* the default sample type: pushed first */
	track_id                   track;
	struct { VEC(uint64_t); }  locations, values;    /* of the sample at hand */
	bool                       nonzero;       /* a weight of the default type was not zero */
	bool                       other;         /* one of another type was not */
	double                    *weights;       /* one per sample type, the default one first */
};

/* The type that the profile names as its default, else the last one. */
static size_t
default_type(const struct pprof_tables *tables)
{
	struct str wanted, name;

	if (tables->default_type && pprof_string(tables, tables->default_type, &wanted))
		for (size_t i = 0; i < tables->types.len; i++)
			if (pprof_string(tables, tables->types.at[i].type, &name) && str_equal(name, wanted))
				return i;
	return tables->types.len - 1;
}

/* Weights are kept with the default type first, the others in the file's order behind it. */
static size_t
place_of_type(const struct reader *reader, size_t type)
{
	if (type == reader->first_type)
		return 0;
	return type < reader->first_type ? type + 1 : type;
}

static void
push_types(struct reader *reader)
{
	const struct pprof_tables *tables = &reader->tables;
	struct str name, unit;

	for (size_t place = 0; place < tables->types.len; place++)
		for (size_t type = 0; type < tables->types.len; type++)
			if (place_of_type(reader, type) == place) {
				pprof_string(tables, tables->types.at[type].type, &name);
				pprof_string(tables, tables->types.at[type].unit, &unit);
				sink_sample_type(reader->sink, name, unit);
			}
}

/* Appends a label to the chain. */
static label_id
read_label(struct reader *reader, label_id chain, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct str key = { "", 0 }, text = { "", 0 }, unit = { "", 0 };
	uint64_t text_index = 0;
	int64_t number = 0;

	while (proto_next(&message, &field))
		switch (field.number) {
		case LABEL_KEY:    pprof_string(&reader->tables, field.value, &key); break;
		case LABEL_TEXT:   text_index = field.value; break;
		case LABEL_NUMBER: number = (int64_t)field.value; break;
		case LABEL_UNIT:   pprof_string(&reader->tables, field.value, &unit); break;
		default: break;
		}
	if (text_index == 0)
		return sink_label_number(reader->sink, chain, key, (double)number, unit.len || !str_equal(key, STR("bytes")) ? unit : STR("bytes"));
	pprof_string(&reader->tables, text_index, &text);
	return sink_label(reader->sink, chain, key, text);
}

static void
read_sample(struct reader *reader, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	label_id labels = ID_NONE;
	uint64_t value;

	reader->locations.len = reader->values.len = 0;
	while (proto_next(&message, &field)) {
		if (field.number == SAMPLE_LABEL && field.wire == PROTO_BYTES)
			labels = read_label(reader, labels, field.bytes);
		if (field.number != SAMPLE_LOCATION && field.number != SAMPLE_VALUE)
			continue;
		bool is_value = field.number == SAMPLE_VALUE;
		struct proto packed = proto_packed(&field);
		while (proto_packed_next(&packed, &field, &value))
			if (is_value)
				vec_push(&reader->values, value);
			else
				vec_push(&reader->locations, value);
	}
	if (reader->values.len != reader->tables.types.len) {
		sink_note(reader->sink, NOTE_WARNING, note_values, 0, SINK_NO_BYTE, (struct str){ 0 });
		return;
	}
	for (size_t i = 0; i < reader->values.len; i++) {
		reader->weights[place_of_type(reader, i)] = (double)(int64_t)reader->values.at[i];
		if (reader->values.at[i])
			*(i == reader->first_type ? &reader->nonzero : &reader->other) = true;
	}
	sink_sample(reader->sink, pprof_stack(&reader->frames, reader->locations.at, reader->locations.len), reader->track,
	            reader->weights);
	if (labels != ID_NONE)
		sink_sample_label(reader->sink, labels);
}

static void
note_tables(struct reader *reader)
{
	const struct pprof_tables *tables = &reader->tables;
	struct str text;

	if (tables->end.state == PROTO_CUT)
		sink_note(reader->sink, NOTE_WARNING, note_cut, 0, SINK_NO_BYTE, (struct str){ 0 });
	else if (tables->end.state == PROTO_BROKEN)
		sink_note(reader->sink, NOTE_WARNING, note_broken, 0, SINK_NO_BYTE, (struct str){ 0 });
	sink_note_many(reader->sink, NOTE_WARNING, note_duplicates, tables->duplicates);
	sink_note_many(reader->sink, NOTE_INFO, note_unnumbered, tables->unnumbered);
	for (size_t i = 0; i < tables->comments.len; i++)
		if (pprof_string(tables, tables->comments.at[i], &text) && text.len)
			sink_note(reader->sink, NOTE_INFO, note_comment, 0, SINK_NO_BYTE, text);
}

static void
read_profile(struct reader *reader, struct str message, struct job *job)
{
	struct proto walk = proto_of(message);
	struct proto_field field;

	pprof_tables_read(&reader->tables, message);
	note_tables(reader);
	if (reader->tables.types.len == 0) {
		sink_note(reader->sink, NOTE_ERROR, note_types, 0, SINK_NO_BYTE, (struct str){ 0 });
		return;
	}
	reader->first_type = default_type(&reader->tables);
	reader->weights = xcalloc(reader->tables.types.len, sizeof *reader->weights);
	pprof_frames_init(&reader->frames, &reader->tables, reader->sink);
	push_types(reader);
	reader->track = sink_track(reader->sink, TRACK_PROFILE, STR(""));
	while (!job_stopped(job) && proto_next(&walk, &field))
		if (field.number == PROFILE_SAMPLE && field.wire == PROTO_BYTES)
			read_sample(reader, field.bytes);
	pprof_frames_fini(&reader->frames);
	if (reader->other && !reader->nonzero)
		sink_note(reader->sink, NOTE_WARNING, note_zero, 0, SINK_NO_BYTE, (struct str){ 0 });
}

static void
pprof_read(struct input *in, struct sink *sink)
{
	struct reader reader = { .sink = sink };

	/* Tables and samples refer to each other across the whole message. */
	while (!in->last && input_more(in, 0))
		;
	read_profile(&reader, (struct str){ in->begin, (size_t)(in->end - in->begin) }, in->job);
	pprof_tables_fini(&reader.tables);
	vec_fini(&reader.locations);
	vec_fini(&reader.values);
	free(reader.weights);
}

/* Bytes 2: length-delimited; 0: varint; both: 13 may be packed. */
static bool
fits(const struct proto_field *field)
{
	static const char wires[] = { 0, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 2, 0, 9, 0, 0 };

	if (field->number == 0 || field->number >= sizeof wires)
		return false;
	return wires[field->number] == 9 ? field->wire == PROTO_VARINT || field->wire == PROTO_BYTES
	                                 : (int)field->wire == wires[field->number];
}

static bool
is_value_type(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.wire != PROTO_VARINT || field.number > 2)
			return false;
	return message.state == PROTO_OK;
}

bool
pprof_is_profile(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	bool any = false;

	while (proto_next(&message, &field)) {
		if (!fits(&field) || (field.number == PROFILE_SAMPLE_TYPE && !is_value_type(field.bytes)))
			return false;
		any |= field.number == PROFILE_SAMPLE_TYPE || field.number == PROFILE_SAMPLE || field.number == PROFILE_LOCATION ||
		       field.number == PROFILE_FUNCTION;
	}
	return any && message.state != PROTO_BROKEN;
}

static int
pprof_score(const struct probe *probe, const char **why_out)
{
	if (!pprof_is_profile(probe->head))
		return 0;
	*why_out = "a protobuf message with the fields of a profile";
	return 90;
}

const struct load_format load_pprof = {
	.name = "pprof",
	.summary = "pprof profiles (Go, C++, Java, Python, Node ...), plain or gzip",
	.score = pprof_score,
	.read = pprof_read,
};
