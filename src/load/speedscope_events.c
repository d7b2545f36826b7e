/* SPDX-License-Identifier: MIT
 * Frames that open and close: between two events all time belongs to the stack that is open then. */
#include "config.h"

#include "load/speedscope.h"

#include <math.h>

#define REPAIR_DEPTH 512u    /* open frames among which the one to be closed is looked for */

static const char note_bad[] = "an event without type, frame or time: left out";
static const char note_back[] = "an event is earlier than the one before: taken as at the same time";
static const char note_inner[] = "a frame is closed while others are open in it: these are closed with it";
static const char note_closed[] = "a frame is closed that is not open: left out";
static const char note_open[] = "a frame is open at the end: closed there";

struct event { char type; bool has_frame; uint32_t frame; double at; };

static path_id
top_path(const struct scope_events *events)
{
	return events->open.len ? vec_last(&events->open).path : ID_NONE;
}

/* Time goes on to at. */
static void
pass(struct scope *scope, struct scope_profile *profile, struct scope_events *events, double at)
{
	if (!(at > events->now))
		return;
	scope_record(scope, profile, top_path(events), at - events->now);
	if (events->open.len)
		vec_last(&events->open).fed = true;
	events->now = at;
}

/* A frame that took no time and had none in it is a record of nothing, so that its name is there. */
static void
close_top(struct scope *scope, struct scope_profile *profile, struct scope_events *events)
{
	if (!vec_last(&events->open).fed)
		scope_record(scope, profile, top_path(events), 0);
	events->open.len--;
	if (events->open.len)
		vec_last(&events->open).fed = true;
}

static void
close_frame(struct scope *scope, struct scope_profile *profile, struct scope_events *events, uint32_t frame, uint64_t at)
{
	size_t depth = 0;

	while (depth < events->open.len && depth < REPAIR_DEPTH && events->open.at[events->open.len - 1 - depth].frame != frame)
		depth++;
	if (depth == events->open.len || depth == REPAIR_DEPTH) {
		reader_note(&scope->reader, NOTE_WARNING, note_closed, at);
		return;
	}
	if (depth)
		reader_note(&scope->reader, NOTE_WARNING, note_inner, at);
	for (size_t i = 0; i <= depth; i++)
		close_top(scope, profile, events);
}

static bool
read_event(struct scope *scope, struct event *out)
{
	struct json *json = &scope->reader.json;
	struct str key, type;
	uint64_t frame;

	*out = (struct event){ .at = NAN };
	if (json_peek(json) != JSON_OBJECT) {
		json_skip(json);
		return false;
	}
	json_object(json);
	while (json_key(json, &key)) {
		if (str_equal(key, STR("type"))) {
			if (json_string(json, &type) && type.len == 1)
				out->type = type.at[0];
		} else if (str_equal(key, STR("frame"))) {
			if (json_uint64(json, &frame)) {
				out->frame = frame < ID_NONE ? (uint32_t)frame : ID_NONE;
				out->has_frame = true;
			}
		} else if (!str_equal(key, STR("at"))) {
			json_skip(json);
		} else if (!json_double(json, &out->at)) {
			out->at = NAN;
		}
	}
	return (out->type == 'O' || out->type == 'C') && out->has_frame && isfinite(out->at);
}

static void
take_event(struct scope *scope, struct scope_profile *profile, struct scope_events *events, const struct event *event, uint64_t at)
{
	if (isnan(events->now))
		events->now = profile->first = event->at;
	if (event->at < events->now)
		reader_note(&scope->reader, NOTE_WARNING, note_back, at);
	pass(scope, profile, events, event->at);
	if (event->type == 'C')
		close_frame(scope, profile, events, event->frame, at);
	else
		vec_push(&events->open, (struct scope_open){ scope_path(scope, profile, top_path(events), event->frame), event->frame, false });
}

void
scope_events_read(struct scope *scope, struct scope_profile *profile, struct scope_events *events)
{
	struct json *json = &scope->reader.json;
	struct event event;

	if (!reader_array(&scope->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&scope->reader, depth);) {
		uint64_t at = json_offset(json);
		if (read_event(scope, &event))
			take_event(scope, profile, events, &event, at);
		else if (!json->fault)
			reader_note(&scope->reader, NOTE_WARNING, note_bad, at);
	}
}

/* What is open when the input is cut ends with what was read; else with the profile. */
void
scope_events_finish(struct scope *scope, struct scope_profile *profile, struct scope_events *events)
{
	if (events->open.len && !profile->cut) {
		profiles_note(&scope->profiles, NOTE_WARNING, note_open, events->open.len, profile->at);
		if (isfinite(profile->end))
			pass(scope, profile, events, profile->end);
	}
	while (events->open.len)
		close_top(scope, profile, events);
	vec_fini(&events->open);
}
