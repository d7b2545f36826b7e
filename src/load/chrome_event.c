/* SPDX-License-Identifier: MIT
 * One event of a Chrome trace: its members may come in any order, args most often before what tells whether they are wanted. */
#include "config.h"

#include "load/chrome.h"

enum field {
	FIELD_NONE, FIELD_PHASE, FIELD_NAME, FIELD_CATEGORY, FIELD_TS, FIELD_DUR, FIELD_THREAD_DUR, FIELD_PID, FIELD_TID, FIELD_ID, FIELD_ID2,
	FIELD_SCOPE, FIELD_BIND, FIELD_BIND_ID, FIELD_FLOW_IN, FIELD_FLOW_OUT, FIELD_ARGS, FIELD_FRAME,
};

/* In the order in which most writers have them: the search goes on from the last hit. */
static const struct { struct str name; enum field field; } fields[] = {
	{ STR("args"), FIELD_ARGS },
	{ STR("cat"), FIELD_CATEGORY },
	{ STR("dur"), FIELD_DUR },
	{ STR("id"), FIELD_ID },
	{ STR("name"), FIELD_NAME },
	{ STR("ph"), FIELD_PHASE },
	{ STR("pid"), FIELD_PID },
	{ STR("tdur"), FIELD_THREAD_DUR },
	{ STR("tid"), FIELD_TID },
	{ STR("ts"), FIELD_TS },
	{ STR("tts"), FIELD_NONE },
	{ STR("s"), FIELD_NONE },
	{ STR("bp"), FIELD_BIND },
	{ STR("id2"), FIELD_ID2 },
	{ STR("scope"), FIELD_SCOPE },
	{ STR("sf"), FIELD_FRAME },
	{ STR("bind_id"), FIELD_BIND_ID },
	{ STR("flow_in"), FIELD_FLOW_IN },
	{ STR("flow_out"), FIELD_FLOW_OUT },
};

#define FIELD_COUNT (unsigned)(sizeof fields / sizeof *fields)

static enum field
find_field(struct chrome_reader *reader, struct str key)
{
	unsigned row = reader->next_field;

	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if (row >= FIELD_COUNT)
			row = 0;
		if (str_equal(fields[row].name, key)) {
			reader->next_field = row + 1;
			return fields[row].field;
		}
		row++;
	}
	return FIELD_NONE;
}

static void
read_args(struct chrome_reader *reader, struct chrome_record *record)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);

	record->held = chrome_wants_args(record->phase) && json_peek(json) == JSON_OBJECT;
	if (record->held)
		(void)json_mark(json);
	json_skip(json);
	record->args_at = at;
	record->args_len = json_offset(json) - at;
}

static void
read_phase(struct chrome_reader *reader, struct chrome_record *record)
{
	struct str text;

	if (json_string(&reader->base.json, &text) && text.len == 1)
		record->phase = text.at[0];
}

/* {"local": ...} or {"global": ...} */
static void
read_id2(struct chrome_reader *reader, struct chrome_record *record)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		bool local = str_equal(key, STR("local"));
		if (!local && !str_equal(key, STR("global"))) {
			json_skip(json);
			continue;
		}
		record->local_id = local;
		record->has_id |= chrome_text(json, &reader->id, &record->id);
	}
}

static void
read_field(struct chrome_reader *reader, struct chrome_record *record, enum field field)
{
	struct json *json = &reader->base.json;
	struct str text;

	switch (field) {
	case FIELD_NONE:       json_skip(json); break;
	case FIELD_PHASE:      read_phase(reader, record); break;
	case FIELD_NAME:       (void)chrome_text(json, &reader->name, &record->name); break;
	case FIELD_CATEGORY:   (void)chrome_text(json, &reader->category, &record->category); break;
	case FIELD_TS:         record->has_ts = chrome_time(json, &record->ts, &record->fraction); break;
	case FIELD_DUR:        record->has_dur = chrome_time(json, &record->dur, &record->fraction); break;
	case FIELD_THREAD_DUR: record->has_thread_dur = chrome_time(json, &record->thread_dur, &record->fraction); break;
	case FIELD_PID:        record->has_pid = chrome_key(json, reader->names, &record->pid); break;
	case FIELD_TID:        record->has_tid = chrome_key(json, reader->names, &record->tid); break;
	case FIELD_ID:         record->has_id |= chrome_text(json, &reader->id, &record->id); break;
	case FIELD_ID2:        read_id2(reader, record); break;
	case FIELD_SCOPE:      (void)chrome_text(json, &reader->scope, &record->scope); break;
	case FIELD_BIND:       record->binds_around = json_string(json, &text) && str_equal(text, STR("e")); break;
	case FIELD_BIND_ID:    (void)chrome_text(json, &reader->bind, &record->bind); break;
	case FIELD_FLOW_IN:    (void)json_bool(json, &record->flow_in); break;
	case FIELD_FLOW_OUT:   (void)json_bool(json, &record->flow_out); break;
	case FIELD_ARGS:       read_args(reader, record); break;
	case FIELD_FRAME:
		if (chrome_text(json, &reader->key, &text))
			record->frame = chrome_name(reader, text);
		break;
	}
}

void
chrome_event(struct chrome_reader *reader, bool top)
{
	struct json *json = &reader->base.json;
	struct chrome_record record = { .at = json_offset(json), .frame = STR_NONE };
	bool empty = true, envelope = false;    /* what stands around the events is none itself, whatever else it has */
	struct str key;

	if (!json_object(json))
		return;
	reader->next_field = 0;
	while (json_key(json, &key)) {
		enum field field = find_field(reader, key);
		empty = false;
		if (field == FIELD_NONE && top && chrome_envelope(reader, key))
			envelope = true;
		else if (envelope)
			json_skip(json);
		else
			read_field(reader, &record, field);
	}
	if (json->fault || envelope || empty)
		record.held = false;
	else if (record.phase)
		chrome_take(reader, &record);
	else
		reader_note(&reader->base, NOTE_WARNING, "an event without a phase that is known: passed over", record.at);
	json->held = false;
	reader->lines |= top && !json->fault && !envelope && !empty;
}
