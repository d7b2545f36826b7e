/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/details_json.h"

#include <cjson/cJSON.h>

#include "analysis/trace_ref.h"
#include "load/detail.h"
#include "util/emit.h"

static const char *const kinds[] = { "unspecified", "internal", "server", "client", "producer", "consumer" };
static const char *const statuses[] = { "unset", "ok", "error" };

/* Types whose text is JSON, when it is, and holds nothing that a terminal would obey. */
static bool
is_json(const struct detail_row *row)
{
	static const char *const types[] = { "int", "double", "bool", "array", "map" };
	const char *end = NULL;
	bool may = false;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		may |= strcmp(row->type, types[i]) == 0;
	for (size_t i = 0; i < row->value.len && may; i++)
		may = (unsigned char)row->value.at[i] >= ' ' || row->value.at[i] == '\n';
	cJSON *json = may ? cJSON_ParseWithLengthOpts(row->value.at, row->value.len, &end, false) : NULL;
	bool whole = json && end == row->value.at + row->value.len;
	cJSON_Delete(json);
	return whole;
}

static void
put_row(struct emit *json, const struct detail_row *row)
{
	emit_key_text(json, row->key);
	if (strcmp(row->type, "empty") == 0)
		emit_raw(json, STR("null"));
	else if (is_json(row))
		emit_raw(json, row->value);
	else
		emit_text(json, row->value);
}

static bool
is_head(const struct detail_row *row)
{
	return strcmp(row->type, "event") == 0 || strcmp(row->type, "flow") == 0;
}

/* The rows of a section that are one object. */
static void
put_object(struct emit *json, const struct details *details, enum detail_section section, const char *key)
{
	bool open = false;

	for (size_t i = 0; i < details->len; i++) {
		if (details->at[i].section != section)
			continue;
		if (!open) {
			emit_key(json, key);
			emit_open(json, '{');
		}
		open = true;
		put_row(json, &details->at[i]);
	}
	if (open)
		emit_close(json);
}

/* Events or links: an object for each number. */
static void
put_list(struct emit *json, const struct details *details, enum detail_section section, const char *key)
{
	int64_t index = -1;

	for (size_t i = 0; i < details->len; i++) {
		const struct detail_row *row = &details->at[i];
		if (row->section != section)
			continue;
		if (index < 0) {
			emit_key(json, key);
			emit_open(json, '[');
		}
		if (row->index != index) {
			if (index >= 0)
				emit_close(json);
			emit_open(json, '{');
		}
		index = row->index;
		if (!is_head(row)) {
			put_row(json, row);
			continue;
		}
		emit_key(json, "name");
		emit_text(json, row->key);
		if (row->time_ns) {
			emit_key(json, "time_ns");
			emit_integer(json, row->time_ns);
		}
	}
	if (index >= 0) {
		emit_close(json);
		emit_close(json);
	}
}

static void
put_word(struct emit *json, const char *key, struct str word)
{
	if (!word.len)
		return;
	emit_key(json, key);
	emit_text(json, word);
}

static void
put_id(struct emit *json, const char *key, uint64_t id)
{
	char text[SPAN_ID_DIGITS + 1];

	span_id_text(id, text);
	put_word(json, key, str_of(id ? text : ""));
}

static void
put_facts(struct emit *json, const struct dataset *ds, span_id span)
{
	const struct spans *spans = &ds->spans;
	const struct track *track = &ds->tracks[spans->track[span]];
	char trace[TRACE_ID_DIGITS + 1] = "";

	if (track->kind == TRACK_TRACE)
		trace_id_text(track, trace);
	put_word(json, "trace_id", str_of(trace));
	put_id(json, "span_id", spans->id[span]);
	put_id(json, "parent_id", spans->parent_id[span]);
	put_word(json, "name", frame_name(ds, spans->frame[span]));
	put_word(json, "service", span_service(ds, span));
	put_word(json, "kind", str_of(kinds[spans->kind[span] <= SPAN_CONSUMER ? spans->kind[span] : 0]));
	put_word(json, "status", str_of(statuses[spans->status[span] <= STATUS_ERROR ? spans->status[span] : 0]));
	emit_key(json, "start_ns");
	emit_integer(json, spans->start_ns[span]);
	emit_key(json, "duration_ns");
	emit_integer(json, spans->duration_ns[span]);
}

bool
details_json(const struct dataset *ds, span_id span, struct buf *out, struct error *err)
{
	struct details details = { 0 };
	struct emit json = { .out = out };
	bool fine = details_read(ds, span, &details, err);

	if (fine) {
		emit_open(&json, '{');
		put_facts(&json, ds, span);
		put_object(&json, &details, DETAIL_SPAN, "span");
		put_object(&json, &details, DETAIL_ATTRIBUTE, "attributes");
		put_list(&json, &details, DETAIL_EVENT, "events");
		put_list(&json, &details, DETAIL_LINK, "links");
		put_object(&json, &details, DETAIL_RESOURCE, "resource");
		put_object(&json, &details, DETAIL_SCOPE, "scope");
		emit_close(&json);
	}
	details_fini(&details);
	return fine;
}
