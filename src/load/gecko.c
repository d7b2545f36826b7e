/* SPDX-License-Identifier: MIT
 * Firefox profiles: processes, their facts and their threads. */
#include "config.h"

#include "load/gecko.h"

#include <math.h>

#include "load/format.h"

#define INTERVAL_MAX_MS 1e9    /* beyond it an interval is nonsense */

static const char note_thread[] = "a thread that is not complete: left out";
static const char note_text[] = "the profile of a child process is not valid JSON: what precedes the fault is kept";
static const char note_counters[] = "counters are not read: passed over";
static const char note_markers[] = "markers of a recording are not read: passed over";
static const char note_sites[] = "allocation sites of a recording are not read: passed over";

static struct gecko_process *
process_of(struct gecko_reader *reader)
{
	return &reader->processes.at[vec_last(&reader->open)];
}

static void
open_process(struct gecko_reader *reader)
{
	vec_push(&reader->open, reader->processes.len);
	vec_push(&reader->processes, (struct gecko_process){ .start_ms = NAN, .interval_ms = NAN });
}

/* Facts. */

static void
read_categories(struct gecko_reader *reader, struct gecko_process *process)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (!reader_array(&reader->base))
		return;
	while (json_element(json)) {
		str_id name = STR_EMPTY;
		if (!json_object(json))
			continue;
		while (json_key(json, &key))
			if (str_equal(key, STR("name")))
				name = gecko_string(reader);
			else
				json_skip(json);
		vec_push(&process->categories, name);
	}
}

static void
read_units(struct gecko_reader *reader, struct gecko_process *process)
{
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(&reader->base.json, &key))
		if (str_equal(key, STR("threadCPUDelta")))
			process->cpu_unit = gecko_string(reader);
		else
			json_skip(&reader->base.json);
}

static double
read_interval(struct gecko_reader *reader)
{
	double interval = column_field(&reader->base);

	return interval > 0 && interval < INTERVAL_MAX_MS ? interval : NAN;
}

static void
read_meta(struct gecko_reader *reader, struct gecko_process *process)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("startTime")))
			process->start_ms = column_field(&reader->base);
		else if (str_equal(key, STR("interval")))
			process->interval_ms = read_interval(reader);
		else if (str_equal(key, STR("categories")))
			read_categories(reader, process);
		else if (str_equal(key, STR("sampleUnits")))
			read_units(reader, process);
		else
			json_skip(json);
	}
	process->has_meta = true;
}

static void
read_shared(struct gecko_reader *reader, struct gecko_process *process)
{
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(&reader->base.json, &key))
		if (!gecko_member(reader, &process->shared, key))
			json_skip(&reader->base.json);
	process->has_shared = true;
}

/* Threads. */

static void
read_thread_member(struct gecko_reader *reader, struct gecko_thread *thread, struct str key)
{
	const struct { struct str key; str_id *out; } names[] = {
		{ STR("name"), &thread->name }, { STR("processName"), &thread->process_name }, { STR("processType"), &thread->process_type },
		{ STR("pid"), &thread->pid }, { STR("tid"), &thread->tid },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(key, names[i].key)) {
			*names[i].out = gecko_string(reader);
			return;
		}
	if (str_equal(key, STR("libs")))
		gecko_libs(reader, &thread->libs);
	else if (!gecko_member(reader, &thread->own, key))
		json_skip(&reader->base.json);
}

static bool
has_table(const struct gecko_reader *reader, const struct gecko_thread *thread, enum gecko_kind kind)
{
	return thread->own.table[kind].present || reader->processes.at[thread->process].shared.table[kind].present;
}

/* Of a thread that is cut: whether its samples are all there, and what names them has at least begun. */
static bool
is_usable(const struct gecko_reader *reader, const struct gecko_thread *thread)
{
	bool strings = thread->own.has_strings || reader->processes.at[thread->process].shared.has_strings;

	return thread->own.table[GECKO_SAMPLES].complete && strings && has_table(reader, thread, GECKO_STACKS) &&
	       has_table(reader, thread, GECKO_FRAMES);
}

static bool
is_ready(const struct gecko_reader *reader, const struct gecko_thread *thread)
{
	const struct gecko_process *process = &reader->processes.at[thread->process];
	const struct gecko_table *own = thread->own.table;
	bool whole = thread->own.has_strings && own[GECKO_STACKS].present && own[GECKO_FRAMES].present;

	return reader->waiting.len == 0 && process->has_meta && process->has_libs && (process->has_shared || whole);
}

static void
read_thread(struct gecko_reader *reader)
{
	struct json *json = &reader->base.json;
	struct gecko_thread thread = { .process = vec_last(&reader->open) };
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key))
		read_thread_member(reader, &thread, key);
	if (json->fault && !is_usable(reader, &thread)) {
		sink_note(reader->base.sink, NOTE_WARNING, note_thread, 0, SINK_NO_BYTE, strtab_get(reader->strings, thread.name));
		gecko_thread_fini(&thread);
	} else if (is_ready(reader, &thread)) {
		gecko_push(reader, &thread);
		gecko_thread_fini(&thread);
	} else {
		vec_push(&reader->waiting, thread);
	}
}

static void read_processes(struct gecko_reader *reader);

/* The oldest raw profiles have those of child processes among the threads, as a text of JSON.  There are none inside those. */
static void
read_text_process(struct gecko_reader *reader)
{
	struct json_reader *base = &reader->base;
	size_t outer_len = reader->open.len;
	struct buf copy = { 0 };
	struct json outer;
	struct str text;
	const char *fault;

	if (!json_keep_string(&base->json, &copy, &text))
		return;
	outer = base->json;
	json_init_memory(&base->json, text, 0, JSON_LOAD);
	reader->in_text = true;
	if (json_next(&base->json) && json_object(&base->json)) {
		open_process(reader);
		reader->first_open = outer_len;
		read_processes(reader);
		reader->first_open = 0;
	}
	reader->in_text = false;
	reader->open.len = outer_len;
	fault = base->json.fault;
	json_fini(&base->json);
	base->json = outer;
	if (fault)
		reader_note(base, NOTE_WARNING, note_text, json_offset(&base->json));
	buf_fini(&copy);
}

static void
read_threads(struct gecko_reader *reader)
{
	uint32_t depth = reader->base.json.depth + 1;

	if (!reader_array(&reader->base))
		return;
	while (reader_element(&reader->base, depth))
		if (json_peek(&reader->base.json) == JSON_STRING && !reader->in_text)
			read_text_process(reader);
		else
			read_thread(reader);
}

/* Recordings of older developer tools have lists of their own around the profile. */
static void
read_sites(struct gecko_reader *reader)
{
	struct str key;

	if (!json_object(&reader->base.json))
		return;
	while (json_key(&reader->base.json, &key))
		if (str_equal(key, STR("sites")))
			gecko_count(reader, note_sites);
		else
			json_skip(&reader->base.json);
}

static void
read_member(struct gecko_reader *reader, struct str key)
{
	struct gecko_process *process = process_of(reader);

	if (str_equal(key, STR("meta"))) {
		read_meta(reader, process);
	} else if (str_equal(key, STR("libs"))) {
		gecko_libs(reader, &process->libs);
		process->has_libs = true;
	} else if (str_equal(key, STR("shared"))) {
		read_shared(reader, process);
	} else if (str_equal(key, STR("threads"))) {
		read_threads(reader);
	} else if (str_equal(key, STR("counters"))) {
		gecko_count(reader, note_counters);
	} else if (str_equal(key, STR("markers"))) {
		gecko_count(reader, note_markers);
	} else if (str_equal(key, STR("allocations"))) {
		read_sites(reader);
	} else {
		json_skip(&reader->base.json);
	}
}

/* The profile that was opened last, and those of child processes inside it.  Their list is a level of its own: no recursion. */
static void
read_processes(struct gecko_reader *reader)
{
	struct json *json = &reader->base.json;
	bool in_list = false, wrapped = false;
	struct str key;

	while (!json->fault) {
		if (in_list && json_element(json)) {
			if (reader_object(&reader->base)) {
				open_process(reader);
				in_list = false;
			}
		} else if (in_list) {
			in_list = false;
		} else if (json_key(json, &key)) {
			if (str_equal(key, STR("processes")))
				in_list = reader_array(&reader->base);
			else if (!wrapped && reader->open.len == 1 && str_equal(key, STR("profile")) && json_peek(json) == JSON_OBJECT)
				wrapped = reader->is_recording = json_object(json);
			else
				read_member(reader, key);
		} else if (!json->fault && wrapped && reader->open.len == 1) {
			wrapped = false;
		} else if (!json->fault) {
			reader->open.len--;
			in_list = reader->open.len > reader->first_open;
			if (!in_list)
				return;
		}
	}
}

static void
read_value(struct json_reader *base)
{
	struct gecko_reader *reader = (struct gecko_reader *)base;

	if (!reader_object(base))
		return;
	*reader = (struct gecko_reader){
		.base = *base, .strings = strtab_new(), .weights = { reader->weights.at, reader->weights.len, reader->weights.cap },
	};
	open_process(reader);
	read_processes(reader);
	for (size_t i = 0; i < reader->waiting.len; i++) {
		gecko_push(reader, &reader->waiting.at[i]);
		gecko_thread_fini(&reader->waiting.at[i]);
	}
	for (size_t i = 0; i < reader->processes.len; i++) {
		struct gecko_process *process = &reader->processes.at[i];
		vec_fini(&process->categories);
		gecko_libs_fini(&process->libs);
		gecko_tables_fini(&process->shared);
	}
	vec_fini(&reader->processes);
	vec_fini(&reader->open);
	vec_fini(&reader->waiting);
	vec_fini(&reader->used);
	vec_fini(&reader->path);
	buf_fini(&reader->text);
	strtab_free(reader->strings);
}

static void
gecko_read(struct input *in, struct sink *sink)
{
	struct gecko_reader reader = { 0 };

	reader_run(&reader.base, in, sink, read_value);
	vec_fini(&reader.weights);
}

static int
gecko_score(const struct probe *probe, const char **why_out)
{
	if ((probe_has(probe, "systemHost") && probe_has(probe, "profile")) ||
	    (probe_has(probe, "profile.meta") && probe_has(probe, "profile.threads"))) {
		*why_out = "a recording of Firefox's developer tools";
		return 85;
	}
	if (probe_has(probe, "meta.preprocessedProfileVersion")) {
		*why_out = "the version of a processed Firefox profile";
		return probe_has(probe, "threads") ? 95 : 75;
	}
	/* One that is cut may end before its threads. */
	if (probe_has(probe, "meta.version") && probe_has(probe, "meta.interval") && probe_has(probe, "libs")) {
		*why_out = "meta and libs, as Firefox writes them";
		return probe_has(probe, "threads[].samples.schema") ? 90 : 65;
	}
	if (!probe_has(probe, "threads") || !probe_has(probe, "meta"))
		return 0;
	*why_out = "meta and threads, as Firefox writes them";
	return probe_has(probe, "threads[].samples.schema") ? 90 : 60;
}

const struct load_format load_gecko = {
	.name = "gecko",
	.summary = "Firefox profiles, raw and processed; samply",
	.score = gecko_score,
	.read = gecko_read,
	.detail = gecko_detail,
	.record = gecko_record,
};
