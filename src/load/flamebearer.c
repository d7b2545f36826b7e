/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/flamebearer.h"

#include <math.h>

#include "load/boxes.h"
#include "load/flamebearer_place.h"
#include "load/json_column.h"
#include "load/json_reader.h"

#define VERSION_MAX 1u
#define CHUNK_ONE   4u    /* numbers of a box: offset, total, self, name */
#define CHUNK_TWO   7u    /* offset, total, self of each side, name */

static const char note_tail[] = "a level of boxes ends in the middle of a box: the rest of it is left out";
static const char note_number[] = "a number of a box is missing, negative or no number: taken as 0";
static const char note_name[] = "a box has a name that is not in the list";
static const char note_outside[] = "a box is above none of the level before: put above the nearest";
static const char note_absolute[] = "offsets of boxes are told from the start of the level: read so";
static const char note_format[] = "the levels are not of the format that the file names: read as they are";
static const char note_version[] = "a flame graph of a later version, which is not read: passed over";
static const char note_no_names[] = "the names of the boxes are missing";
static const char note_empty[] = "a flame graph without boxes";

struct flamebearer {
	struct json_reader reader;    /* must stay first */
	struct profiles    profiles;
	struct buf         scratch;
	/* Of the document at hand. */
	struct boxes       boxes;
	struct placings    placings;
	struct { VEC(double); }   numbers;    /* of the level at hand */
	struct { VEC(frame_id); } names;
	bool               has_names, has_ticks, is_double, is_single;
	uint64_t           version;
	double             sample_rate;
	struct buf         units, name;
};

static void
read_names(struct flamebearer *bearer)
{
	struct json *json = &bearer->reader.json;
	struct str name;

	if (!reader_array(&bearer->reader))
		return;
	bearer->has_names = true;
	for (uint32_t depth = json->depth; reader_element(&bearer->reader, depth);) {
		if (!reader_string(&bearer->reader, &bearer->scratch, &name)) {
			if (json->fault)
				continue;
			name = STR("");
		}
		vec_push(&bearer->names, sink_frame(bearer->reader.sink, &(struct frame_in){ .name = name }));
	}
}

/* The numbers of one level as boxes; who stands above whom is known in the end. */
static void
add_level(struct flamebearer *bearer, uint64_t offset)
{
	struct boxes *boxes = &bearer->boxes;
	size_t chunk = boxes->sides == 2 ? CHUNK_TWO : CHUNK_ONE;

	for (size_t i = 0; i + chunk <= bearer->numbers.len; i += chunk) {
		const double *box = bearer->numbers.at + i;
		double offsets[2], totals[2], own[2], name = box[chunk - 1];
		for (unsigned side = 0; side < boxes->sides; side++) {
			offsets[side] = box[side * 3];
			totals[side] = box[side * 3 + 1];
			own[side] = box[side * 3 + 2];
		}
		placings_box(&bearer->placings, offsets, totals, boxes->sides);
		boxes_add(boxes, ID_NONE, name < UINT32_MAX ? (uint32_t)name : UINT32_MAX, totals, own);
	}
	if (bearer->numbers.len % chunk && !bearer->reader.json.fault)
		reader_note(&bearer->reader, NOTE_WARNING, note_tail, offset);
	placings_end_level(&bearer->placings);
}

/* The first level is one box, so that its length tells how many sides a box has. */
static void
begin_boxes(struct flamebearer *bearer)
{
	size_t len = bearer->numbers.len;
	bool two = len % CHUNK_TWO == 0 && (len % CHUNK_ONE || (bearer->is_double && !bearer->is_single));

	bearer->boxes.sides = two ? 2 : 1;
	bearer->boxes.headed = len == (two ? CHUNK_TWO : CHUNK_ONE);
}

static void
read_numbers(struct flamebearer *bearer)
{
	struct json *json = &bearer->reader.json;
	double number;

	bearer->numbers.len = 0;
	if (!reader_array(&bearer->reader))
		return;
	while (json_element(json)) {
		uint64_t at = json_offset(json);
		if (!json_double(json, &number) || !(number >= 0) || !isfinite(number)) {
			if (json->fault)
				break;
			reader_note(&bearer->reader, NOTE_WARNING, note_number, at);
			number = 0;
		}
		vec_push(&bearer->numbers, number);
	}
}

/* A level is a list of numbers, or an object that has one. */
static void
read_level(struct flamebearer *bearer)
{
	struct json *json = &bearer->reader.json;
	uint64_t at = json_offset(json);
	struct str key;

	if (json_peek(json) != JSON_OBJECT) {
		read_numbers(bearer);
	} else if (json_object(json)) {
		bearer->numbers.len = 0;
		while (json_key(json, &key))
			if (str_equal(key, STR("values")))
				read_numbers(bearer);
			else
				json_skip(json);
	}
	if (bearer->boxes.parent.len == 0)
		begin_boxes(bearer);
	add_level(bearer, at);
}

static void
read_levels(struct flamebearer *bearer)
{
	struct json *json = &bearer->reader.json;

	if (!reader_array(&bearer->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&bearer->reader, depth);)
		read_level(bearer);
}

static void
read_text(struct flamebearer *bearer, struct buf *out)
{
	struct str text;

	if (!reader_string(&bearer->reader, &bearer->scratch, &text))
		return;
	buf_clear(out);
	buf_add(out, text);
}

static void
read_format(struct flamebearer *bearer)
{
	struct str text;

	if (!reader_string(&bearer->reader, &bearer->scratch, &text))
		return;
	bearer->is_double = str_equal(text, STR("double"));
	bearer->is_single = str_equal(text, STR("single"));
}

/* A member of any of the objects: newer files have them apart, older ones together. */
static void
read_member(struct flamebearer *bearer, struct str key)
{
	struct json *json = &bearer->reader.json;

	if (str_equal(key, STR("names")))
		read_names(bearer);
	else if (str_equal(key, STR("levels")))
		read_levels(bearer);
	else if (str_equal(key, STR("units")))
		read_text(bearer, &bearer->units);
	else if (str_equal(key, STR("name")))
		read_text(bearer, &bearer->name);
	else if (str_equal(key, STR("format")))
		read_format(bearer);
	else if (str_equal(key, STR("sampleRate")))
		bearer->sample_rate = column_field(&bearer->reader);
	else if (str_equal(key, STR("version")))
		json_uint64(json, &bearer->version);
	else {
		bearer->has_ticks |= str_equal(key, STR("leftTicks"));
		json_skip(json);
	}
}

static bool
is_part(struct str key)
{
	return str_equal(key, STR("flamebearer")) || str_equal(key, STR("flamegraph")) || str_equal(key, STR("metadata"));
}

/* What the boxes measure.  Samples taken a thousand million times a second are nanoseconds; of others it is known how long one is. */
static void
find_type(const struct flamebearer *bearer, struct boxes_target *target)
{
	struct str units = buf_str(&bearer->units);
	double rate = bearer->sample_rate;

	target->type = target->unit = units;
	if (units.len == 0) {
		target->type = STR("value");
		target->unit = STR("count");
	} else if (str_equal(units, STR("lock_nanoseconds"))) {
		target->unit = STR("nanoseconds");
	} else if (str_equal(units, STR("lock_samples"))) {
		target->unit = STR("samples");
	} else if (str_equal(units, STR("samples")) && rate >= 1e9) {
		target->type = STR("time");
		target->unit = STR("nanoseconds");
	} else if (str_equal(units, STR("samples")) && rate > 0) {
		target->ns_per_unit = 1e9 / rate;
	}
}

/* Names come before or behind the levels: boxes get their frames in the end. */
static void
name_boxes(struct flamebearer *bearer, uint64_t at)
{
	struct boxes *boxes = &bearer->boxes;
	uint64_t bad = 0;

	if (!bearer->has_names)
		reader_note(&bearer->reader, NOTE_ERROR, note_no_names, at);
	vec_push(&bearer->names, ID_NONE);
	uint32_t last = (uint32_t)bearer->names.len - 1;
	for (size_t i = boxes->headed; i < boxes->name.len; i++)
		if (boxes->name.at[i] >= last) {
			boxes->name.at[i] = last;
			bad++;
		}
	if (bad)
		vec_last(&bearer->names) = sink_frame(bearer->reader.sink, &(struct frame_in){ .name = STR("<bad name>") });
	if (bearer->has_names)
		profiles_note(&bearer->profiles, NOTE_WARNING, note_name, bad, at);
}

static void
place_boxes(struct flamebearer *bearer, uint64_t at)
{
	const struct placing *best = placings_best(&bearer->placings);
	struct boxes *boxes = &bearer->boxes;

	memcpy(boxes->parent.at, best->parents.at, boxes->parent.len * sizeof *boxes->parent.at);
	if (best->absolute)
		reader_note(&bearer->reader, NOTE_INFO, note_absolute, at);
	profiles_note(&bearer->profiles, NOTE_WARNING, note_outside, best->outside, at);
	placings_fini(&bearer->placings);
	vec_fini(&bearer->numbers);
}

static void
finish(struct flamebearer *bearer, uint64_t at)
{
	struct boxes_target target = { .profiles = &bearer->profiles, .track = buf_str(&bearer->name), .at = at };
	struct boxes *boxes = &bearer->boxes;

	boxes->cut = bearer->reader.json.fault != NULL;
	if (bearer->version > VERSION_MAX) {
		reader_note(&bearer->reader, NOTE_ERROR, note_version, at);
		return;
	}
	find_type(bearer, &target);
	if (boxes->parent.len == 0) {
		sink_sample_type(bearer->reader.sink, target.type, target.unit);
		reader_note(&bearer->reader, NOTE_INFO, note_empty, at);
		return;
	}
	bool should_be_double = bearer->is_double || (bearer->has_ticks && !bearer->is_single);
	if ((boxes->sides == 2) != should_be_double && (bearer->is_double || bearer->is_single))
		reader_note(&bearer->reader, NOTE_WARNING, note_format, at);
	place_boxes(bearer, at);
	name_boxes(bearer, at);
	target.frames = bearer->names.at;
	boxes_push(boxes, &target);
}

static void
forget(struct flamebearer *bearer)
{
	boxes_fini(&bearer->boxes);
	placings_fini(&bearer->placings);
	vec_fini(&bearer->numbers);
	vec_fini(&bearer->names);
	buf_fini(&bearer->units);
	buf_fini(&bearer->name);
}

static void
read_document(struct json_reader *reader)
{
	struct flamebearer *bearer = (struct flamebearer *)(void *)reader;
	struct flamebearer fresh = { .reader = bearer->reader, .profiles = bearer->profiles, .scratch = bearer->scratch };
	struct json *json = &reader->json;
	uint64_t at = json_offset(json);
	struct str key;

	*bearer = fresh;
	placings_init(&bearer->placings);
	if (!reader_object(reader))
		return;
	while (json_key(json, &key)) {
		if (!is_part(key)) {
			read_member(bearer, key);
		} else if (reader_object(reader)) {
			while (json_key(json, &key))
				read_member(bearer, key);
		}
	}
	finish(bearer, at);
	forget(bearer);
}

static void
flamebearer_read(struct input *in, struct sink *sink)
{
	struct flamebearer bearer = { .profiles.sink = sink };

	reader_run(&bearer.reader, in, sink, read_document);
	buf_fini(&bearer.scratch);
}

static int
flamebearer_score(const struct probe *probe, const char **why_out)
{
	*why_out = "names and levels of boxes";
	if (!probe->json)
		return 0;
	if (probe_has(probe, "flamebearer.levels") || probe_has(probe, "flamegraph.levels"))
		return 96;
	if (probe_has(probe, "flamebearer.names") || probe_has(probe, "flamegraph.names"))
		return 90;
	if (probe_has(probe, "names") && probe_has(probe, "levels"))
		return probe_has(probe, "numTicks") ? 95 : 60;
	return 0;
}

const struct load_format load_flamebearer = {
	.name = "flamebearer",
	.summary = "Pyroscope flame graphs as JSON: single, double, and the form of its query API",
	.score = flamebearer_score,
	.read = flamebearer_read,
};
