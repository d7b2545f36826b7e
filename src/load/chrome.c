/* SPDX-License-Identifier: MIT
 * Chrome traces: a list of events, alone, in an object, or one event a line. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

#include "load/format.h"
#include "util/alloc.h"

#define PROGRESS_BYTES (UINT64_C(1) << 20)    /* between two reports */
#define PIECE_BYTES    ((size_t)1 << 20)      /* of a list that is read in pieces; not by the number of threads, so that nothing depends on it */

/* Tells how far we are; the wish to stop ends the reading like the end of the input. */
static void
report(struct chrome_reader *reader)
{
	uint64_t at = json_offset(&reader->base.json);

	if (!reader->base.in || at < reader->base.progress_at)
		return;
	reader->base.progress_at = at + PROGRESS_BYTES;
	if (reader->base.in->job)
		atomic_store_explicit(&reader->base.in->job->spans, reader->event_count, memory_order_relaxed);
	if (!input_progress(reader->base.in, at))
		json_stop(&reader->base.json);
}

/* Up to here elements have been read, and those that are broken noted. */
static void
be_sure(struct chrome_reader *reader, bool first)
{
	reader->sure_at = json_offset(&reader->base.json);
	reader->sure_first = first;
}

bool
chrome_next(struct chrome_reader *reader, uint32_t depth)
{
	struct json *json = &reader->base.json;

	report(reader);
	if (!json->fault)
		be_sure(reader, json->first);
	while (!json_element(json)) {
		uint64_t fault_at = json->fault_at;
		/* Writers that cannot take back their last comma leave it there. */
		bool comma = json->fault && !json->cut && json->depth == depth && json->at < json->end && *json->at == ']';

		json->held = false;
		if (!json->fault || !json_recover(json, depth))
			return false;
		if (!comma)
			reader_note(&reader->base, NOTE_WARNING, "a record that is not valid JSON: passed over", fault_at);
		be_sure(reader, json->first);
	}
	be_sure(reader, true);
	return true;
}

void
chrome_element(struct chrome_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);

	if (json_peek(json) == JSON_OBJECT)
		chrome_event(reader, false);
	else if (json_skip(json))
		reader_note(&reader->base, NOTE_WARNING, "a value that is no event: passed over", at);
}

/* The list of events under the cursor.  alone: it is the whole document, and may then be left open. */
static void
read_events(struct chrome_reader *reader, bool alone)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);
	enum json_type type = json_peek(json);
	bool more;
	uint32_t depth;

	if (!json_array(json)) {
		if (!json->fault && type != JSON_NULL)
			reader_note(&reader->base, NOTE_WARNING, "a value that should be a list is none: passed over", at);
		return;
	}
	depth = json->depth;
	more = chrome_next(reader, depth);
	if (more) {
		json->first = true;    /* it is the next one, still */
		more = chrome_read_long(reader, reader->piece);
	}
	while (more && (more = chrome_next(reader, depth)))
		chrome_element(reader);
	if (alone && json->cut && json->depth == depth && !(reader->base.in && job_stopped(reader->base.in->job))) {
		reader_note(&reader->base, NOTE_INFO, "the list of events has no end, as the format allows: nothing says that all are there",
		            json->fault_at);
		json->fault = NULL;
		json->cut = false;
	}
}

static void
read_event_list(struct chrome_reader *reader)
{
	read_events(reader, false);
}

static void
pass_system_events(struct chrome_reader *reader)
{
	reader_note(&reader->base, NOTE_INFO, "a trace of the system inside the trace: passed over", json_offset(&reader->base.json));
	json_skip(&reader->base.json);
}

static const struct { struct str key; void (*read)(struct chrome_reader *); } members[] = {
	{ STR("traceEvents"), read_event_list },
	{ STR("stackFrames"), chrome_stack_frames },
	{ STR("samples"), chrome_sample_list },
	{ STR("systemTraceEvents"), pass_system_events },
};

struct json
chrome_look_back(struct chrome_reader *reader, uint64_t at, uint64_t len)
{
	struct json *json = &reader->base.json, kept = *json;

	json_init_memory(json, (struct str){ kept.begin + (at - kept.begin_at), (size_t)len }, at, JSON_LOAD);
	json->job = kept.job;
	(void)json_next(json);
	return kept;
}

void
chrome_look_on(struct chrome_reader *reader, const struct json *kept)
{
	struct json *json = &reader->base.json;

	if (json->fault && !job_stopped(json->job))
		reader_note(&reader->base, NOTE_WARNING, "an event with args that are not valid JSON: they are not read further", json->fault_at);
	json_fini(json);
	*json = *kept;
}

bool
chrome_envelope(struct chrome_reader *reader, struct str key)
{
	struct json *json = &reader->base.json;

	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		if (!str_equal(key, members[i].key))
			continue;
		json->held = json->line_framed = false;
		members[i].read(reader);
		return true;
	}
	return false;
}

static void
read_value(struct json_reader *base)
{
	struct chrome_reader *reader = (struct chrome_reader *)base;
	struct json *json = &base->json;
	enum json_type type = json_peek(json);
	uint64_t at = json_offset(json);

	report(reader);
	/* Behind one event a line, the next line that begins alike is the next event, whatever is broken in between. */
	json->line_framed = reader->lines && type == JSON_OBJECT;
	if (type == JSON_ARRAY)
		read_events(reader, true);
	else if (type == JSON_OBJECT)
		chrome_event(reader, true);
	else if (json_skip(json))
		reader_note(base, NOTE_WARNING, "a value that is no event: passed over", at);
	json->held = false;
}

struct chrome_reader *
chrome_reader_new(void)
{
	struct chrome_reader *reader = xcalloc(1, sizeof *reader);

	reader->names = strtab_new();
	reader->lane_keys = strtab_new();
	reader->last_ns = INT64_MIN;
	idmap_init(&reader->process_of);
	idmap_init(&reader->thread_of);
	idmap_init(&reader->profile_of);
	return reader;
}

void
chrome_reader_free(struct chrome_reader *reader)
{
	for (size_t i = 0; i < reader->threads.len; i++)
		vec_fini(&reader->threads.at[i].events);
	for (size_t i = 0; i < reader->profiles.len; i++)
		chrome_profile_fini(&reader->profiles.at[i]);
	vec_fini(&reader->processes);
	vec_fini(&reader->threads);
	vec_fini(&reader->lanes);
	vec_fini(&reader->async);
	vec_fini(&reader->samples);
	vec_fini(&reader->frames);
	vec_fini(&reader->profiles);
	vec_fini(&reader->left);
	idmap_fini(&reader->process_of);
	idmap_fini(&reader->thread_of);
	idmap_fini(&reader->profile_of);
	strtab_free(reader->names);
	strtab_free(reader->lane_keys);
	buf_fini(&reader->name);
	buf_fini(&reader->category);
	buf_fini(&reader->id);
	buf_fini(&reader->scope);
	buf_fini(&reader->bind);
	vec_fini(&reader->binds);
	buf_fini(&reader->key);
	free(reader);
}

void
chrome_read_pieces(struct input *in, struct sink *sink, size_t piece)
{
	struct chrome_reader *reader = chrome_reader_new();

	reader->piece = piece;
	reader_run(&reader->base, in, sink, read_value);
	chrome_push(reader);
	chrome_reader_free(reader);
}

static void
chrome_read(struct input *in, struct sink *sink)
{
	chrome_read_pieces(in, sink, PIECE_BYTES);
}

/* Shapes by their keys. */
static const struct { const char *path, *also; int score; const char *why; } shapes[] = {
	{ "traceEvents", NULL, 95, "traceEvents" },
	{ "[].ph", "[].ts", 92, "a list of records with ph and ts" },
	{ "[].ph", "[].pid", 92, "a list of records with ph and pid" },
	{ "ph", "ts", 90, "records with ph and ts" },
	{ "ph", "pid", 90, "records with ph and pid" },
	{ "[].ph", NULL, 60, "a list of records with ph" },
};

static int
chrome_score(const struct probe *probe, const char **why_out)
{
	if (!probe->json)
		return 0;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		if (!probe_has(probe, shapes[i].path) || (shapes[i].also && !probe_has(probe, shapes[i].also)))
			continue;
		*why_out = shapes[i].why;
		return shapes[i].score;
	}
	return 0;
}

const struct load_format load_chrome = {
	.name = "chrome-trace",
	.summary = "Chrome trace events as JSON: a list, an object or lines; with the CPU profiles inside",
	.score = chrome_score,
	.read = chrome_read,
	.detail = chrome_detail,
	.links_at_both_ends = true,
	.split_keys = true,
	.of_spans = true,
};
