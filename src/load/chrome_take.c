/* SPDX-License-Identifier: MIT
 * What becomes of an event of a Chrome trace once all of it has been seen. */
#include "config.h"

#include "load/chrome.h"

#include <inttypes.h>

/* What is done with a phase. */
enum kind {
	KIND_UNKNOWN, KIND_PASS, KIND_BEGIN, KIND_END, KIND_SLICE, KIND_INSTANT, KIND_FLOW, KIND_FLOW_END, KIND_METADATA, KIND_SAMPLE,
	KIND_LANE_BEGIN, KIND_LANE_END, KIND_LANE_INSTANT, KIND_STEP,
};

static const struct { enum kind kind; const char *passed; } kinds[128] = {
	['B'] = { KIND_BEGIN, NULL },
	['E'] = { KIND_END, NULL },
	['X'] = { KIND_SLICE, NULL },
	['i'] = { KIND_INSTANT, NULL },
	['I'] = { KIND_INSTANT, NULL },
	['R'] = { KIND_INSTANT, NULL },
	['b'] = { KIND_LANE_BEGIN, NULL },
	['e'] = { KIND_LANE_END, NULL },
	['n'] = { KIND_LANE_INSTANT, NULL },
	['S'] = { KIND_LANE_BEGIN, NULL },
	['F'] = { KIND_LANE_END, NULL },
	['T'] = { KIND_STEP, NULL },
	['p'] = { KIND_STEP, NULL },
	['s'] = { KIND_FLOW, NULL },
	['t'] = { KIND_FLOW, NULL },
	['f'] = { KIND_FLOW_END, NULL },
	['M'] = { KIND_METADATA, NULL },
	['P'] = { KIND_SAMPLE, NULL },
	['C'] = { KIND_PASS, "a counter: passed over" },
	['N'] = { KIND_PASS, "an event of an object's life: passed over" },
	['O'] = { KIND_PASS, "an event of an object's life: passed over" },
	['D'] = { KIND_PASS, "an event of an object's life: passed over" },
	['v'] = { KIND_PASS, "a memory dump: passed over" },
	['V'] = { KIND_PASS, "a memory dump: passed over" },
	['c'] = { KIND_PASS, "an event that sets clocks: passed over" },
	['('] = { KIND_PASS, "an event of a context: passed over" },
	[')'] = { KIND_PASS, "an event of a context: passed over" },
	['='] = { KIND_PASS, "a link between ids: passed over" },
	['a'] = { KIND_PASS, "a link between ids: passed over" },
};

static enum kind
kind_of(char phase)
{
	return (unsigned char)phase < 128 ? kinds[(unsigned char)phase].kind : KIND_UNKNOWN;
}

bool
chrome_wants_args(char phase)
{
	enum kind kind = kind_of(phase);

	return phase == 0 || kind == KIND_METADATA || kind == KIND_SAMPLE || kind == KIND_INSTANT;
}

static uint32_t
find_process(struct chrome_reader *reader, const struct chrome_record *record)
{
	return chrome_find_process(reader, record->has_pid ? record->pid : (struct chrome_key){ .text = STR_NONE });
}

static uint32_t
find_thread(struct chrome_reader *reader, const struct chrome_record *record)
{
	struct chrome_key none = { .text = STR_NONE };

	return chrome_find_thread(reader, find_process(reader, record), record->has_tid ? record->tid : record->has_pid ? record->pid : none);
}

static void
see_time(struct chrome_reader *reader, int64_t ns)
{
	if (reader->last_ns < ns)
		reader->last_ns = ns;
}

static uint32_t
record_length(const struct chrome_reader *reader, const struct chrome_record *record)
{
	uint64_t len = json_offset(&reader->base.json) - record->at;

	return len <= UINT32_MAX ? (uint32_t)len : 0;
}

static int64_t
slice_end(struct chrome_reader *reader, const struct chrome_record *record)
{
	int64_t dur = record->has_dur ? record->dur : record->has_thread_dur ? record->thread_dur : 0;

	if (!record->has_dur && !record->has_thread_dur)
		reader_note(&reader->base, NOTE_WARNING, "a slice that does not say how long it lasts: taken as one without length", record->at);
	if (dur < 0) {
		reader_note(&reader->base, NOTE_WARNING, "a slice that lasts less than nothing: taken as one without length", record->at);
		dur = 0;
	}
	return dur > CHROME_TIME_MAX - record->ts ? CHROME_TIME_MAX : record->ts + dur;
}

/* Events of one lane have this text in common. */
static struct str
lane_key(struct chrome_reader *reader, const struct chrome_record *record, bool named)
{
	struct buf *key = &reader->key;

	buf_clear(key);
	buf_addc(key, named ? 'S' : 'b');
	if (record->local_id && record->has_pid && record->pid.text == STR_NONE)
		buf_addf(key, "%" PRId64, record->pid.number);
	else if (record->local_id && record->has_pid)
		buf_add(key, strtab_get(reader->names, record->pid.text));
	buf_addc(key, '\0');
	chrome_id(record->id, key);
	buf_addc(key, '\0');
	buf_add(key, record->category);
	buf_addc(key, '\0');
	buf_add(key, record->scope);
	if (named) {
		buf_addc(key, '\0');
		buf_add(key, record->name);
	}
	return buf_str(key);
}

/* What the events of one flow have in common, with the way that this one goes. */
static uint64_t
flow_key(struct chrome_reader *reader, const struct chrome_record *record)
{
	unsigned way = record->phase == 's' ? CHROME_FLOW_OUT : record->phase == 't' ? CHROME_FLOW_OUT | CHROME_FLOW_IN : CHROME_FLOW_IN;

	return record->has_id ? hash_bytes(lane_key(reader, record, true)) << 2 | way : 0;
}

static void
add_bind(struct chrome_reader *reader, const struct chrome_record *record)
{
	unsigned way = (record->flow_out ? CHROME_FLOW_OUT : 0) | (record->flow_in ? CHROME_FLOW_IN : 0);

	if (!record->bind.len || !way)
		return;
	buf_clear(&reader->key);
	buf_addc(&reader->key, 'B');
	chrome_id(record->bind, &reader->key);
	vec_push(&reader->binds, (struct chrome_bind){ record->at, hash_bytes(buf_str(&reader->key)) << 2 | way });
}

static void
add_event(struct chrome_reader *reader, const struct chrome_record *record, enum chrome_phase phase)
{
	uint32_t id = find_thread(reader, record);
	struct chrome_thread *thread = &reader->threads.at[id];
	struct chrome_event event = {
		.ts = record->ts, .end = record->ts, .place = chrome_place(record->at, phase), .name = chrome_name(reader, record->name),
	};

	if (phase == PHASE_SLICE)
		event.end = slice_end(reader, record);
	/* An end says when; what else it may say is in its args, "{}" aside. */
	if (phase != PHASE_END || record->args_len > 2)
		event.len = record_length(reader, record);
	see_time(reader, event.end);
	if (phase == PHASE_FLOW || phase == PHASE_FLOW_NEXT)
		event.end = (int64_t)flow_key(reader, record);
	else
		add_bind(reader, record);
	thread->fractions |= record->fraction;
	vec_push(&thread->events, event);
}

static void
add_lane_event(struct chrome_reader *reader, const struct chrome_record *record, enum chrome_phase phase)
{
	bool named = record->phase < 'a' || record->phase == 'p';
	uint32_t lane;

	if (!record->has_id) {
		reader_note(&reader->base, NOTE_WARNING, "an asynchronous event without an id: passed over", record->at);
		return;
	}
	lane = chrome_find_lane(reader, lane_key(reader, record, named), find_process(reader, record), record->category);
	reader->lanes.at[lane].fractions |= record->fraction;
	see_time(reader, record->ts);
	vec_push(&reader->async, (struct chrome_event){
		.ts = record->ts, .end = lane, .place = chrome_place(record->at, phase), .name = chrome_name(reader, record->name),
		.len = record_length(reader, record),
	});
}

static void
read_metadata_args(struct chrome_reader *reader, const struct chrome_record *record, uint32_t process, uint32_t thread)
{
	struct json *json = &reader->base.json;
	bool named = str_ends(record->name, STR("_name")), sorted = str_ends(record->name, STR("_sort_index"));
	struct chrome_process *of_process = &reader->processes.at[process];
	struct chrome_thread *of_thread = thread == ID_NONE ? NULL : &reader->threads.at[thread];
	struct str key, text;
	int64_t number;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (named && str_equal(key, STR("name"))) {
			if (chrome_text(json, &reader->key, &text))
				*(of_thread ? &of_thread->name : &of_process->name) = chrome_name(reader, text);
		} else if (sorted && str_equal(key, STR("sort_index"))) {
			if (chrome_int(json, &number)) {
				*(of_thread ? &of_thread->sort : &of_process->sort) = number;
				*(of_thread ? &of_thread->has_sort : &of_process->has_sort) = true;
			}
		} else if (!named && !sorted && str_equal(key, STR("stackFrames"))) {
			chrome_stack_frames(reader);
		} else {
			json_skip(json);
		}
	}
}

static void
read_metadata(struct chrome_reader *reader, const struct chrome_record *record)
{
	static const char *const names[] = { "process_name", "thread_name", "process_sort_index", "thread_sort_index", "stackFrames" };
	uint32_t process, thread;
	struct json kept;
	bool known = false;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		known |= str_equal(record->name, str_of(names[i]));
	if (!known || !record->held)
		return;
	process = find_process(reader, record);
	thread = str_starts(record->name, STR("thread_")) ? find_thread(reader, record) : ID_NONE;
	if (str_equal(record->name, STR("process_name"))) {
		reader->processes.at[process].fact_at = record->at;
		reader->processes.at[process].fact_len = record_length(reader, record);
	}
	kept = chrome_look_back(reader, record->args_at, record->args_len);
	read_metadata_args(reader, record, process, thread);
	chrome_look_on(reader, &kept);
}

static bool
is_cpu_profile(struct str name)
{
	return str_equal(name, STR("ProfileChunk")) || str_equal(name, STR("Profile")) || str_equal(name, STR("CpuProfile"));
}

static void
read_cpu_profile(struct chrome_reader *reader, const struct chrome_record *record)
{
	struct chrome_profile_at at = {
		.process = find_process(reader, record), .thread = find_thread(reader, record), .id = STR_NONE, .ts = record->ts,
		.whole = str_equal(record->name, STR("CpuProfile")), .args_at = record->args_at, .args_len = record->args_len,
	};

	if (record->has_id) {
		buf_clear(&reader->key);
		chrome_id(record->id, &reader->key);
		at.id = chrome_name(reader, buf_str(&reader->key));
	}
	if (reader->is_part)
		vec_push(&reader->left, at);
	else
		chrome_cpu_profile(reader, &at);
}

static void
add_sample(struct chrome_reader *reader, const struct chrome_record *record)
{
	struct chrome_sample sample = {
		.ts = record->ts, .weight = 1, .at = record->at, .frame = record->frame, .name = chrome_name(reader, record->name),
	};

	sample.thread = find_thread(reader, record);
	vec_push(&reader->samples, sample);
}

static void
take_timed(struct chrome_reader *reader, const struct chrome_record *record, enum kind kind)
{
	switch (kind) {
	case KIND_BEGIN:
		add_event(reader, record, PHASE_BEGIN);
		break;
	case KIND_END:
		add_event(reader, record, PHASE_END);
		break;
	case KIND_SLICE:
		add_event(reader, record, PHASE_SLICE);
		break;
	case KIND_INSTANT:
		add_event(reader, record, PHASE_INSTANT);
		break;
	case KIND_FLOW:
		add_event(reader, record, PHASE_FLOW);
		break;
	case KIND_FLOW_END:
		add_event(reader, record, record->binds_around ? PHASE_FLOW : PHASE_FLOW_NEXT);
		break;
	case KIND_LANE_BEGIN:
		add_lane_event(reader, record, PHASE_BEGIN);
		break;
	case KIND_LANE_END:
		add_lane_event(reader, record, PHASE_END);
		break;
	case KIND_LANE_INSTANT:
	case KIND_STEP:
		add_lane_event(reader, record, PHASE_INSTANT);
		break;
	case KIND_SAMPLE:
		add_sample(reader, record);
		break;
	case KIND_UNKNOWN:
	case KIND_PASS:
	case KIND_METADATA:
		break;
	}
}

void
chrome_take(struct chrome_reader *reader, const struct chrome_record *record)
{
	enum kind kind = kind_of(record->phase);

	/* A thread's state, which one writer puts under the letter of a step. */
	if (kind == KIND_STEP && record->has_dur && !record->has_id)
		kind = KIND_SLICE;
	reader->event_count++;
	if (kind == KIND_METADATA)
		read_metadata(reader, record);
	else if (kind == KIND_UNKNOWN)
		reader_note(&reader->base, NOTE_WARNING, "an event without a phase that is known: passed over", record->at);
	else if (kind == KIND_PASS)
		reader_note(&reader->base, NOTE_INFO, kinds[(unsigned char)record->phase].passed, record->at);
	else if ((kind == KIND_SAMPLE || kind == KIND_INSTANT) && is_cpu_profile(record->name)) {
		if (record->held)
			read_cpu_profile(reader, record);
	} else if (!record->has_ts)
		reader_note(&reader->base, NOTE_WARNING, "an event without a time: passed over", record->at);
	else
		take_timed(reader, record, kind);
}
