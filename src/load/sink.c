/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/sink_core.h"

#include "util/alloc.h"
#include "util/buf.h"

#define NOTE_SAMPLE_MAX 80   /* bytes kept of the first offending record */

struct sink *
sink_new(struct str path)
{
	struct sink *sink = xcalloc(1, sizeof *sink);

	sink->ds = dataset_new();
	idmap_init(&sink->frames);
	idmap_init(&sink->stacks);
	idmap_init(&sink->labels);
	idmap_init(&sink->traces);
	idmap_init(&sink->tracks);
	idmap_init(&sink->groups_by_key);
	sink->last_trace = ID_NONE;
	sink_source(sink, path);
	return sink;
}

void
sink_keep_mangled(struct sink *sink)
{
	sink->keep_mangled = true;
}

void
sink_set_grain(struct sink *sink, enum sink_grain grain)
{
	sink->grain = grain;
}

enum sink_grain
sink_grain(const struct sink *sink)
{
	return sink->grain;
}

void
sink_keep_dropped(struct sink *sink)
{
	sink->keep_dropped = true;
}

bool
sink_keeps_dropped(const struct sink *sink)
{
	return sink->keep_dropped;
}

void
sink_active_track(struct sink *sink, track_id track, uint32_t type)
{
	if (sink->ds->active != ID_NONE)
		return;
	sink->ds->active = track;
	sink->ds->active_type = sink->types.at[type];
}

static void
free_note(struct pending_note *note)
{
	free(note->words);
	free(note->sample);
}

void
notes_free(struct notes *notes)
{
	for (size_t i = 0; i < notes->len; i++)
		free_note(&notes->at[i]);
	vec_fini(notes);
}

void
sink_clear(struct sink *sink)
{
	dataset_free(sink->ds);
	strtab_free(sink->mangled);
	vec_fini(&sink->demangled);
	idmap_fini(&sink->frames);
	vec_fini(&sink->named);
	idmap_fini(&sink->stacks);
	idmap_fini(&sink->labels);
	idmap_fini(&sink->traces);
	idmap_fini(&sink->tracks);
	idmap_fini(&sink->groups_by_key);
	vec_fini(&sink->groups);
	vec_fini(&sink->types);
	vec_fini(&sink->row);
}

void
sink_free(struct sink *sink)
{
	if (!sink)
		return;
	if (sink->part)
		part_leave(sink->part);
	sink_clear(sink);
	notes_free(&sink->notes);
	free(sink);
}

static void
flush_notes(struct sink *sink)
{
	struct strtab *strings = sink->ds->strings;

	for (size_t i = 0; i < sink->notes.len; i++) {
		struct pending_note *note = &sink->notes.at[i];
		dataset_note(sink->ds, &(struct note){
			.severity = note->severity,
			.source = note->source,
			.text = strtab_intern(strings, str_of(note->text)),
			.count = note->count,
			.line = note->line,
			.byte = note->byte == SINK_NO_BYTE ? 0 : note->byte,
			.has_byte = note->byte != SINK_NO_BYTE,
			.sample = note->sample ? strtab_intern(strings, (struct str){ note->sample, note->sample_len }) : STR_EMPTY,
		});
		free_note(note);
	}
	sink->notes.len = 0;
}

struct dataset *
sink_dataset(struct sink *sink)
{
	flush_notes(sink);
	return sink->ds;
}

struct dataset *
sink_take(struct sink *sink)
{
	struct dataset *ds = sink_dataset(sink);

	CHECK(!sink->open);
	sink->ds = NULL;
	return ds;
}

source_id
sink_source(struct sink *sink, struct str path)
{
	CHECK(!sink->open);
	sink->types.len = 0;
	sink->source = dataset_add_source(sink->ds, &(struct source){
		.path = strtab_intern(sink->ds->strings, path),
		.format = STR_EMPTY,
		.compression = STR_EMPTY,
	});
	return sink->source;
}

/* Notes. */

struct pending_note *
sink_pending_note(struct sink *sink, enum note_severity severity, source_id source, const char *text)
{
	for (size_t i = 0; i < sink->notes.len; i++) {
		struct pending_note *note = &sink->notes.at[i];
		if (note->severity == severity && note->source == source &&
		    (note->text == text || strcmp(note->text, text) == 0))
			return note;
	}
	vec_push(&sink->notes, (struct pending_note){
		.severity = severity, .source = source, .text = text, .byte = SINK_NO_BYTE,
	});
	return &vec_last(&sink->notes);
}

void
sink_note(struct sink *sink, enum note_severity severity, const char *text, uint64_t line, uint64_t byte, struct str record)
{
	struct pending_note *note = sink_pending_note(sink, severity, sink->source, text);

	if (note->count++)
		return;
	note->line = line;
	note->byte = byte;
	if (record.len) {
		note->sample_len = record.len < NOTE_SAMPLE_MAX ? record.len : NOTE_SAMPLE_MAX;
		note->sample = xstrndup(record.at, note->sample_len);
	}
}

void
sink_remark(struct sink *sink, const char *what, struct str words)
{
	struct buf text = { 0 };

	buf_addf(&text, "%s: ", what);
	for (size_t i = 0; i < words.len; i++)
		buf_addc(&text, (unsigned char)words.at[i] < 0x20 ? ' ' : words.at[i]);
	struct pending_note *note = sink_pending_note(sink, NOTE_INFO, sink->source, text.at);
	if (note->count++)
		buf_fini(&text);
	else
		note->words = text.at;
}

void
sink_note_many(struct sink *sink, enum note_severity severity, const char *text, uint64_t count)
{
	if (count)
		sink_pending_note(sink, severity, sink->source, text)->count += count;
}

uint64_t
sink_pushed(const struct sink *sink)
{
	return sink->pushed;
}
