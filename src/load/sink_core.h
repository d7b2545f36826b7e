/* SPDX-License-Identifier: MIT
 * What the files of the sink share.  Nobody else includes this. */
#ifndef LOAD_SINK_CORE_H
#define LOAD_SINK_CORE_H

#include "load/sink.h"
#include "util/vec.h"

/* A note before it is in the dataset.  Its strings are interned last, so that they do not disturb the numbering of the rest. */
struct pending_note {
	enum note_severity severity;
	source_id          source;
	const char        *text;
	uint64_t           count, line, byte;
	char              *words;        /* text, when it is owned; else NULL */
	char              *sample;       /* owned; NULL if none */
	size_t             sample_len;
};

struct sink {
	struct dataset *ds;
	source_id       source;          /* of what is pushed now */
	struct idmap    frames;          /* by name, module and file */
	struct idmap    stacks;          /* by parent and frame; without those that follow their parent at once */
	bool            keep_mangled;
	struct strtab  *mangled;         /* names that were looked at; NULL: none so far */
	struct { VEC(str_id); } demangled;    /* the names instead, by those of mangled */
	struct idmap    labels;          /* by parent, key, value and unit */
	struct idmap    traces;          /* tracks by trace id */
	struct idmap    tracks;          /* the others by source, kind, process and name */
	track_id        last_trace;      /* spans of a trace come in runs */
	struct { VEC(struct pending_note); } notes;
	struct { VEC(uint32_t); } types; /* sample types of the source, as it declared them */
	uint64_t        pushed;

	bool            open;            /* inside a set of groups */
	struct { VEC(struct open_group); } groups;    /* of the open set; the first is the one without a key */
	size_t          current;         /* index into groups */
	struct idmap    groups_by_key;   /* of the open set, once they are many */
	span_id         first_span;      /* of the open set */
};

/* A group of the open set.  It is in the dataset once it has a span. */
struct open_group {
	str_id       key;
	struct group facts;
	group_id     id;                 /* ID_NONE until its first span */
};

str_id   sink_intern(struct sink *sink, struct str text);
frame_id sink_intern_frame(struct sink *sink, const struct frame *frame);
label_id sink_intern_label(struct sink *sink, const struct label *label);
track_id sink_trace_track(struct sink *sink, const uint8_t trace_id[16]);
track_id sink_named_track(struct sink *sink, enum track_kind kind, str_id process, str_id name);
uint32_t sink_intern_sample_type(struct sink *sink, str_id name, str_id unit);
group_id sink_current_group(struct sink *sink);    /* of the open set; in the dataset from now on */
struct pending_note *sink_pending_note(struct sink *sink, enum note_severity severity, source_id source, const char *text);

#endif
