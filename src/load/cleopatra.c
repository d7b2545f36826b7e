/* SPDX-License-Identifier: MIT
 * Profiles of Firefox's first profiler, as its viewer Cleopatra saved them: samples with the numbers of their frames, outermost first,
 * and behind them a table that says what the numbers are called.  Samples are kept as numbers until it comes. */
#include "config.h"

#include "load/cleopatra.h"

#include <math.h>

#include "load/gecko.h"

#define IS_TEXT     UINT32_C(0x80000000)    /* a frame that is a text in itself: the others are numbers below this */
#define NO_RECOVERY UINT32_MAX
#define TIME_MAX_MS 4e12                    /* beyond it a time is nonsense */

static const char note_time[] = "a sample without a time: put at the time of the one before";
static const char note_markers[] = "markers are not read: passed over";
static const char note_table[] = "the table of symbols is missing: functions are called by their numbers";
static const char note_symbol[] = "a frame that is not in the table of symbols: called by its number";

struct thread {
	str_id             name;
	struct id_column   frames;      /* of all samples, one behind the other */
	struct id_column   ends;        /* where those of each sample end */
	struct number_column times;     /* ms; NaN: not told */
};

struct symbol { uint32_t number; str_id text; };

struct reader {
	struct json_reader base;        /* first: the functions of json_reader.h are given it */
	struct strtab     *strings;
	struct { VEC(struct thread); } threads;
	struct { VEC(struct symbol); } symbols;
	struct { VEC(frame_id); } frames;    /* per symbol; ID_NONE: not yet */
	struct idmap       by_number;
	bool               has_table;
	double             interval_ms;      /* NaN: not told */
	uint64_t           markers, unknown;
	struct buf         text;
};

/* Reading. */

static uint32_t
read_frame(struct reader *reader)
{
	struct json *json = &reader->base.json;
	enum json_type type;
	uint32_t number;

	if (json_peek(json) != JSON_STRING) {
		number = column_id(&reader->base);
		return number < IS_TEXT ? number : IS_TEXT - 1;
	}
	reader_text(json, &reader->text, &type);
	return json->fault ? 0 : strtab_intern(reader->strings, buf_str(&reader->text)) | IS_TEXT;
}

static void
read_frames(struct reader *reader, struct thread *thread)
{
	if (!reader_array(&reader->base))
		return;
	while (reader_element(&reader->base, NO_RECOVERY)) {
		uint32_t frame = read_frame(reader);
		if (!reader->base.json.fault)
			vec_push(&thread->frames, frame);
	}
}

static double
read_extra(struct reader *reader)
{
	struct json *json = &reader->base.json;
	double time = NAN;
	struct str key;

	if (!reader_object(&reader->base))
		return time;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("time"))) {
			time = column_number(&reader->base);
		} else if (str_equal(key, STR("marker")) && json_peek(json) == JSON_ARRAY) {
			(void)json_array(json);
			while (json_element(json))
				reader->markers += json_skip(json);
		} else {
			json_skip(json);
		}
	}
	return fabs(time) < TIME_MAX_MS ? time : NAN;
}

/* A sample that is cut is none. */
static void
read_sample(struct reader *reader, struct thread *thread)
{
	size_t begin = thread->frames.len;
	double time = NAN;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(&reader->base.json, &key))
		if (str_equal(key, STR("frames")))
			read_frames(reader, thread);
		else if (str_equal(key, STR("extraInfo")))
			time = read_extra(reader);
		else
			json_skip(&reader->base.json);
	if (reader->base.json.fault || thread->frames.len >= ID_NONE) {
		thread->frames.len = begin;
		return;
	}
	vec_push(&thread->ends, (uint32_t)thread->frames.len);
	vec_push(&thread->times, time);
}

static void
read_samples(struct reader *reader, struct thread *thread)
{
	uint32_t depth = reader->base.json.depth + 1;

	if (!reader_array(&reader->base))
		return;
	while (reader_element(&reader->base, depth))
		read_sample(reader, thread);
}

static void
read_thread(struct reader *reader)
{
	struct thread thread = { .name = STR_EMPTY };
	enum json_type type;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(&reader->base.json, &key))
		if (str_equal(key, STR("samples"))) {
			read_samples(reader, &thread);
		} else if (str_equal(key, STR("name")) && json_peek(&reader->base.json) == JSON_STRING) {
			reader_text(&reader->base.json, &reader->text, &type);
			thread.name = strtab_intern(reader->strings, buf_str(&reader->text));
		} else {
			json_skip(&reader->base.json);
		}
	vec_push(&reader->threads, thread);
}

/* A list, or an object whose keys are numbers. */
static void
read_threads(struct reader *reader)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (json_peek(json) == JSON_OBJECT) {
		(void)json_object(json);
		while (json_key(json, &key))
			read_thread(reader);
	} else if (reader_array(&reader->base)) {
		uint32_t depth = json->depth;
		while (reader_element(&reader->base, depth))
			read_thread(reader);
	}
}

/* The samples of the only thread, or an object with several. */
static void
read_profile(struct reader *reader)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (json_peek(json) == JSON_ARRAY) {
		struct thread thread = { .name = STR_EMPTY };
		read_samples(reader, &thread);
		vec_push(&reader->threads, thread);
	} else if (reader_object(&reader->base)) {
		while (json_key(json, &key))
			if (str_equal(key, STR("threads")))
				read_threads(reader);
			else
				json_skip(json);
	}
}

static void
read_meta(struct reader *reader)
{
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(&reader->base.json, &key))
		if (str_equal(key, STR("interval")))
			reader->interval_ms = column_field(&reader->base);
		else
			json_skip(&reader->base.json);
	if (!(reader->interval_ms > 0 && reader->interval_ms < TIME_MAX_MS))
		reader->interval_ms = NAN;
}

static bool
read_number(struct str text, uint32_t *out)
{
	uint64_t value = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || value >= IS_TEXT)
			return false;
		value = value * 10 + (uint64_t)(text.at[i] - '0');
	}
	*out = (uint32_t)value;
	return text.len && value < IS_TEXT;
}

static uint32_t
find_symbol(const struct reader *reader, uint32_t number)
{
	uint64_t hash = hash_u64(number);

	for (struct idmap_at at = idmap_first(&reader->by_number, hash); idmap_id(&reader->by_number, at) != ID_NONE;
	     at = idmap_next(&reader->by_number, at))
		if (idmap_tag_matches(&reader->by_number, at, hash) && reader->symbols.at[idmap_id(&reader->by_number, at)].number == number)
			return idmap_id(&reader->by_number, at);
	return ID_NONE;
}

static void
add_symbol(struct reader *reader, uint32_t number, str_id text)
{
	uint32_t known = find_symbol(reader, number);

	if (known != ID_NONE) {
		reader->symbols.at[known].text = text;
		return;
	}
	idmap_add(&reader->by_number, hash_u64(number), (uint32_t)reader->symbols.len);
	vec_push(&reader->symbols, (struct symbol){ number, text });
	vec_push(&reader->frames, ID_NONE);
}

static void
read_table(struct reader *reader)
{
	struct json *json = &reader->base.json;
	enum json_type type;
	struct str key;
	uint32_t number;

	if (!reader_object(&reader->base))
		return;
	reader->has_table = true;
	while (json_key(json, &key)) {
		if (json_peek(json) != JSON_STRING || !read_number(key, &number)) {
			json_skip(json);
			continue;
		}
		reader_text(json, &reader->text, &type);
		if (!json->fault)
			add_symbol(reader, number, strtab_intern(reader->strings, buf_str(&reader->text)));
	}
}

/* Pushing. */

static frame_id
make_frame(struct reader *reader, struct str text)
{
	struct gecko_location location = gecko_location(text);

	return sink_frame(reader->base.sink, &(struct frame_in){
		.name = location.name, .module = location.lib, .file = location.file, .line = location.line,
		.kind = location.is_js ? FRAME_JIT : FRAME_USER,
	});
}

static frame_id
frame_of(struct reader *reader, uint32_t frame)
{
	if (frame & IS_TEXT)
		return make_frame(reader, strtab_get(reader->strings, frame & ~IS_TEXT));
	uint32_t symbol = find_symbol(reader, frame);
	if (symbol == ID_NONE) {
		buf_clear(&reader->text);
		buf_addf(&reader->text, "%u", frame);
		add_symbol(reader, frame, strtab_intern(reader->strings, buf_str(&reader->text)));
		symbol = (uint32_t)reader->symbols.len - 1;
		reader->unknown += reader->has_table;
	}
	if (reader->frames.at[symbol] == ID_NONE)
		reader->frames.at[symbol] = make_frame(reader, strtab_get(reader->strings, reader->symbols.at[symbol].text));
	return reader->frames.at[symbol];
}

/* Until the next sample; the last one for an interval. */
static double
lasts(const struct reader *reader, const struct thread *thread, size_t sample)
{
	if (sample + 1 < thread->times.len)
		return thread->times.at[sample + 1] > thread->times.at[sample] ? thread->times.at[sample + 1] - thread->times.at[sample] : 0;
	return reader->interval_ms > 0 ? reader->interval_ms : 0;
}

static bool
fill_times(struct reader *reader, struct thread *thread)
{
	uint64_t missing = 0;
	double last = 0;

	for (size_t i = 0; i < thread->times.len; i++) {
		missing += isnan(thread->times.at[i]) ? 1 : 0;
		if (isnan(thread->times.at[i]))
			thread->times.at[i] = last;
		last = thread->times.at[i];
	}
	if (missing == thread->times.len)
		return false;
	sink_note_many(reader->base.sink, NOTE_WARNING, note_time, missing);
	return true;
}

static void
push_thread(struct reader *reader, struct thread *thread)
{
	struct sink *sink = reader->base.sink;
	bool timed = fill_times(reader, thread);
	track_id track = thread->name == STR_EMPTY ? sink_track(sink, TRACK_PROFILE, STR("")) :
	                 sink_thread(sink, STR(""), strtab_get(reader->strings, thread->name));
	size_t begin = 0;

	for (size_t i = 0; i < thread->ends.len; i++) {
		stack_id stack = ID_NONE;
		for (; begin < thread->ends.at[i]; begin++)
			stack = sink_stack(sink, stack, frame_of(reader, thread->frames.at[begin]));
		const double weights[] = { 1, timed ? lasts(reader, thread, i) : 0 };
		if (timed)
			sink_sample_at(sink, stack, track, weights, llround(thread->times.at[i] * 1e6));
		else
			sink_sample(sink, stack, track, weights);
	}
}

static void
push(struct reader *reader)
{
	struct sink *sink = reader->base.sink;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	sink_sample_type(sink, STR("time"), STR("milliseconds"));
	if (!reader->has_table && reader->threads.len)
		sink_note(sink, NOTE_ERROR, note_table, 0, SINK_NO_BYTE, STR(""));
	for (size_t i = 0; i < reader->threads.len; i++)
		push_thread(reader, &reader->threads.at[i]);
	sink_note_many(sink, NOTE_WARNING, note_symbol, reader->unknown);
	sink_note_many(sink, NOTE_INFO, note_markers, reader->markers);
}

static void
read_value(struct json_reader *base)
{
	struct reader *reader = (struct reader *)base;
	struct json *json = &base->json;
	struct str key;

	if (!reader_object(base))
		return;
	*reader = (struct reader){ .base = *base, .strings = strtab_new(), .interval_ms = NAN };
	while (json_key(json, &key)) {
		if (str_equal(key, STR("profileJSON")))
			read_profile(reader);
		else if (str_equal(key, STR("symbolicationTable")))
			read_table(reader);
		else if (str_equal(key, STR("meta")))
			read_meta(reader);
		else
			json_skip(json);
	}
	push(reader);
	for (size_t i = 0; i < reader->threads.len; i++) {
		vec_fini(&reader->threads.at[i].frames);
		vec_fini(&reader->threads.at[i].ends);
		vec_fini(&reader->threads.at[i].times);
	}
	vec_fini(&reader->threads);
	vec_fini(&reader->symbols);
	vec_fini(&reader->frames);
	idmap_fini(&reader->by_number);
	strtab_free(reader->strings);
	buf_fini(&reader->text);
}

static void
cleopatra_read(struct input *in, struct sink *sink)
{
	struct reader reader = { 0 };

	reader_run(&reader.base, in, sink, read_value);
}

static int
cleopatra_score(const struct probe *probe, const char **why_out)
{
	static const struct probe_shape shapes[] = {
		{ { "profileJSON", "symbolicationTable" }, 95, "profileJSON with its table of symbols" },
		{ { "profileJSON[].frames" }, 90, "profileJSON, as the first profiler of Firefox wrote it" },
		{ { "profileJSON.threads" }, 90, "profileJSON with threads, as the first profiler of Firefox wrote it" },
	};

	return probe_shape(probe, shapes, sizeof shapes / sizeof *shapes, why_out);
}

const struct load_format load_cleopatra = {
	.name = "cleopatra",
	.summary = "profiles of Firefox's first profiler (profileJSON)",
	.score = cleopatra_score,
	.read = cleopatra_read,
};
