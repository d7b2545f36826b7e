/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/pprof.h"

#include <time.h>

#include "load/format.h"
#include "load/pprof_frames.h"
#include "load/pprof_tables.h"
#include "load/pprof_types.h"
#include "util/unit.h"

#define NS_PER_S 1000000000

enum { LABEL_KEY = 1, LABEL_TEXT = 2, LABEL_NUMBER = 3, LABEL_UNIT = 4 };
enum { COMMENTS_MAX = 100, PROGRESS_STEP = 1 << 20 };

static const char note_values[] = "a sample has not one value for each sample type: it was skipped";
static const char note_cut[] = "the file ends inside a record: samples may be missing or unnamed";
static const char note_broken[] = "a record is not valid protobuf: the rest of the file was skipped";
static const char note_sample[] = "a sample is not valid protobuf: it was skipped";
static const char note_types[] = "the profile names no sample types: nothing can be shown";
static const char note_duplicates[] = "a location, function or mapping has the id of an earlier one: the first counts";
static const char note_unnumbered[] = "a location, function or mapping has no id: numbered by its place";
static const char note_zero[] = "the default sample type is zero throughout: another one has to be chosen";
static const char note_comments[] = "the profile has more than 100 comments: the others were left out";
static const char note_label[] = "a label names a string that is not there";

struct reader {
	struct sink               *sink;
	const char                *begin;         /* of the message */
	struct pprof_tables        tables;
	struct pprof_types         types;
	struct pprof_frames        frames;
	track_id                   track;
	struct proto_values        locations, values;    /* of the sample at hand */
};

static void
note_at(struct reader *reader, const char *text, const char *at)
{
	sink_note(reader->sink, NOTE_WARNING, text, 0, (uint64_t)(at - reader->begin), (struct str){ 0 });
}

static struct str
label_string(struct reader *reader, uint64_t index, const char *at)
{
	struct str text;

	if (!pprof_string(&reader->tables, index, &text))
		note_at(reader, note_label, at);
	return text;
}

/* Appends a label to the chain. */
static label_id
read_label(struct reader *reader, label_id chain, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct str key = { "", 0 }, unit = { "", 0 };
	uint64_t text = 0;
	int64_t number = 0;

	while (proto_next(&message, &field))
		switch (field.number) {
		case LABEL_KEY:    key = label_string(reader, field.value, bytes.at); break;
		case LABEL_TEXT:   text = field.value; break;
		case LABEL_NUMBER: number = (int64_t)field.value; break;
		case LABEL_UNIT:   unit = label_string(reader, field.value, bytes.at); break;
		default: break;
		}
	if (text)
		return sink_label(reader->sink, chain, key, label_string(reader, text, bytes.at));
	if (unit.len == 0 && str_equal(key, STR("bytes")))
		unit = key;
	return sink_label_number(reader->sink, chain, key, (double)number, unit);
}

/* Locations and values.  False when the record is broken. */
static bool
read_numbers(struct reader *reader, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;

	reader->locations.len = reader->values.len = 0;
	while (proto_next(&message, &field))
		if ((field.number == SAMPLE_LOCATION && !proto_values_add(&field, &reader->locations)) ||
		    (field.number == SAMPLE_VALUE && !proto_values_add(&field, &reader->values)))
			return false;
	return message.state == PROTO_OK;
}

static label_id
read_labels(struct reader *reader, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	label_id labels = ID_NONE;

	while (proto_next(&message, &field))
		if (field.number == SAMPLE_LABEL && field.wire == PROTO_BYTES)
			labels = read_label(reader, labels, field.bytes);
	return labels;
}

static void
read_sample(struct reader *reader, struct str bytes)
{
	if (!read_numbers(reader, bytes)) {
		note_at(reader, note_sample, bytes.at);
		return;
	}
	if (reader->values.len != reader->types.count) {
		note_at(reader, note_values, bytes.at);
		return;
	}
	pprof_types_set(&reader->types, reader->values.at);
	label_id labels = read_labels(reader, bytes);
	sink_sample(reader->sink, pprof_stack(&reader->frames, reader->locations.at, reader->locations.len), reader->track,
	            reader->types.weights);
	if (labels != ID_NONE)
		sink_sample_label(reader->sink, labels);
}

/* When it was taken, and how often. */
static void
remark_times(struct reader *reader)
{
	const struct pprof_tables *tables = &reader->tables;
	time_t seconds = (time_t)(tables->time_ns / NS_PER_S);
	struct buf text = { 0 };
	struct str type, unit;
	struct tm utc;
	char date[64];

	if (tables->time_ns > 0 && gmtime_r(&seconds, &utc) && strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S UTC", &utc))
		buf_addf(&text, "%s", date);
	if (tables->duration_ns > 0) {
		buf_add(&text, text.len ? STR(", for ") : STR("for "));
		unit_duration(tables->duration_ns, true, &text);
	}
	if (text.len)
		sink_remark(reader->sink, "recorded", buf_str(&text));
	buf_clear(&text);
	if (tables->period > 0 && pprof_string(tables, tables->period_type.type, &type) && type.len) {
		(void)pprof_string(tables, tables->period_type.unit, &unit);
		buf_add(&text, STR("every "));
		unit_format((double)tables->period, unit, true, &text);
		buf_add(&text, STR(" of "));
		buf_add(&text, type);
		sink_remark(reader->sink, "sampled", buf_str(&text));
	}
	buf_fini(&text);
}

static void
note_tables(struct reader *reader)
{
	const struct pprof_tables *tables = &reader->tables;
	struct str text;

	if (tables->end.state != PROTO_OK)
		note_at(reader, tables->end.state == PROTO_CUT ? note_cut : note_broken, tables->end.at);
	sink_note_many(reader->sink, NOTE_WARNING, note_duplicates, tables->duplicates);
	sink_note_many(reader->sink, NOTE_INFO, note_unnumbered, tables->unnumbered);
	remark_times(reader);
	for (size_t i = 0; i < tables->comments.len && i < COMMENTS_MAX; i++)
		if (pprof_string(tables, tables->comments.at[i], &text) && text.len)
			sink_remark(reader->sink, "comment", text);
	if (tables->comments.len > COMMENTS_MAX)
		sink_note_many(reader->sink, NOTE_INFO, note_comments, tables->comments.len - COMMENTS_MAX);
}

static void
read_samples(struct reader *reader, struct str message, struct input *in)
{
	struct proto walk = proto_of(message);
	struct proto_field field;
	const char *next = walk.at;
	bool going = true;

	pprof_types_init(&reader->types, &reader->tables, message, reader->sink);
	if (reader->types.all_zero)
		sink_note(reader->sink, NOTE_WARNING, note_zero, 0, SINK_NO_BYTE, (struct str){ 0 });
	pprof_frames_init(&reader->frames, &reader->tables, reader->begin, reader->sink);
	reader->track = sink_track(reader->sink, TRACK_PROFILE, STR(""));
	while (going && proto_next(&walk, &field)) {
		if (field.number == PROFILE_SAMPLE && field.wire == PROTO_BYTES)
			read_sample(reader, field.bytes);
		if (walk.at - next >= PROGRESS_STEP) {
			going = input_progress(in, (uint64_t)(walk.at - message.at));
			next = walk.at;
		}
	}
	pprof_frames_fini(&reader->frames);
	pprof_types_fini(&reader->types);
}

static void
pprof_read(struct input *in, struct sink *sink)
{
	struct reader reader = { .sink = sink };

	/* Tables and samples refer to each other across the whole message; what is there of a cut one is read. */
	(void)input_whole(in);
	struct str message = { in->begin, (size_t)(in->end - in->begin) };
	reader.begin = message.at;
	pprof_tables_read(&reader.tables, message, in->job);
	note_tables(&reader);
	if (reader.tables.types.len)
		read_samples(&reader, message, in);
	else
		sink_note(sink, NOTE_ERROR, note_types, 0, SINK_NO_BYTE, (struct str){ 0 });
	pprof_tables_fini(&reader.tables);
	vec_fini(&reader.locations);
	vec_fini(&reader.values);
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
	if (!probe->binary || !pprof_is_profile(probe->head))
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
