/* SPDX-License-Identifier: MIT
 * What the files of the sink share.  Nobody else includes this. */
#ifndef LOAD_SINK_CORE_H
#define LOAD_SINK_CORE_H

#include <stdatomic.h>

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

/* A group of the open set.  It is in the dataset once it has a span. */
struct open_group {
	str_id       key;
	struct group facts;
	group_id     id;                 /* ID_NONE until its first span */
};
struct open_groups { VEC(struct open_group); };

struct notes { VEC(struct pending_note); };

struct sink {
	struct dataset *ds;
	source_id       source;          /* of what is pushed now */
	struct idmap    frames;          /* by name, module and file; without those that have a name only */
	struct { VEC(frame_id); } named; /* these, by name; ID_NONE: none */
	struct idmap    stacks;          /* by parent and frame; without those that follow their parent at once */
	bool            keep_mangled, keep_dropped;
	enum sink_grain grain;
	struct strtab  *mangled;         /* names that were looked at; NULL: none so far */
	struct { VEC(str_id); } demangled;    /* the names instead, by those of mangled */
	struct idmap    labels;          /* by parent, key, value and unit */
	struct idmap    traces;          /* tracks by trace id */
	struct idmap    tracks;          /* the others by source, kind, process and name */
	track_id        last_trace;      /* spans of a trace come in runs */
	struct notes    notes;
	struct { VEC(uint32_t); } types; /* sample types of the source, as it declared them */
	struct { VEC(double); } row;     /* scratch: a sample's weights by all sample types */
	uint64_t        pushed;
	struct part    *part;            /* NULL: of a whole */

	bool            open;            /* inside a set of groups */
	struct open_groups groups;       /* of the open set; the first is the one without a key */
	size_t          current;         /* index into groups */
	struct idmap    groups_by_key;   /* of the open set, once they are many */
	span_id         first_span;      /* of the open set */
};

/* What a part and its batches share: what the ids of the part are in the whole. */
struct part {
	atomic_uint    users;            /* the part and each batch on its way */
	struct strtab *strings;          /* once the part has left them: batches point into it */
	/* Only for who merges: ids in the whole, by those of the part. */
	struct { VEC(str_id); }   string;
	struct { VEC(frame_id); } frame;
	struct { VEC(track_id); } track;
	struct { VEC(stack_id); } stack;
	struct { VEC(label_id); } label;
	/* Only for the part itself: how much of each has gone out in batches. */
	uint32_t       strings_out, frames_out, tracks_out, stacks_out, labels_out;
	size_t         text_out;         /* bytes of strings */
};

struct batch {
	struct part       *part;
	struct str        *strings;      uint32_t string_count;    /* new ones of each */
	struct frame      *frames;       uint32_t frame_count;
	struct track      *tracks;       uint32_t track_count;
	struct stacks      stacks;
	struct label      *labels;       uint32_t label_count;
	struct sample_type *types;       uint32_t type_count;      /* all of the part's */
	struct spans       spans;
	struct samples     samples;
	struct group      *groups;       uint32_t group_count;
	struct heading    *headings;     uint32_t heading_count;
	struct loose_ref  *loose_refs;   uint32_t loose_ref_count;
	struct parent_ref *parent_refs;  uint32_t parent_ref_count;
	struct notes       notes;
	bool               last_of_stacks;    /* the part's stacks are numbered from 0 again in the next one */
	bool               open;
	struct open_groups open_groups;
};

void         sink_clear(struct sink *sink);                  /* frees all that it holds but its part and its notes */
void         part_leave(struct part *part);                 /* freed with its last user */
void         batch_drop(struct batch *batch);               /* whatever is in it */
void         notes_free(struct notes *notes);

void     sink_stack_soon(const struct sink *sink, stack_id parent, frame_id frame);    /* sink_stack() is about to be asked for it */
str_id   sink_intern(struct sink *sink, struct str text);
frame_id sink_intern_frame(struct sink *sink, const struct frame *frame);
label_id sink_intern_label(struct sink *sink, const struct label *label);
track_id sink_trace_track(struct sink *sink, const uint8_t trace_id[16]);
track_id sink_named_track(struct sink *sink, enum track_kind kind, str_id process, str_id name);
uint32_t sink_declared_type(struct sink *sink, str_id name, str_id unit);    /* its column in the dataset; the source has it from now on */
bool     sink_group_switch_id(struct sink *sink, str_id key);
group_id sink_current_group(struct sink *sink);    /* of the open set; in the dataset from now on */
struct pending_note *sink_pending_note(struct sink *sink, enum note_severity severity, source_id source, const char *text);

#endif
