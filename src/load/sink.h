/* SPDX-License-Identifier: MIT
 * Where readers push what they find.  A sink fills one dataset; parallel readers have a sink each, merged in input order.
 *
 * Call order for traces:
 *	sink_group_open      the resource and scope object is entered; nested groups are not allowed
 *	  sink_group_*       facts of the group, in any order, also after its spans
 *	  sink_span          any number
 *	sink_group_close     frames are interned now, since the service may follow the spans
 * For profiles, in any order that has a thing before its use:
 *	sink_sample_type, sink_track, sink_frame, sink_stack, sink_sample
 * Notes at any time.
 *
 * Strings are copied; nothing passed in needs to outlive the call.  Nothing here fails on account of input. */
#ifndef LOAD_SINK_H
#define LOAD_SINK_H

#include "model/dataset.h"
#include "util/str.h"

struct sink;

struct sink    *sink_new(struct str path);                /* a dataset with source 0 of this path; "" if it is to be merged */
void            sink_free(struct sink *sink);             /* with its dataset unless taken; NULL is allowed */
struct dataset *sink_dataset(struct sink *sink);          /* still owned by the sink; notes so far are in it */
struct dataset *sink_take(struct sink *sink);             /* gives the (unsealed) dataset away; only sink_free() may follow */

/* A further source for the same dataset; what is pushed from now on belongs to it.
 * Format, compression, size and bytes are filled in through sink_dataset() when they are known. */
source_id sink_source(struct sink *sink, struct str path);

/* Symbols stay as they are; without it they are demangled.  Before anything is pushed. */
void         sink_keep_mangled(struct sink *sink);

/* What makes a frame another one beside name, module and file; it stands behind the name then, ":42" or " 0x1f".  Likewise. */
enum sink_grain { SINK_FUNCTIONS, SINK_LINES, SINK_ADDRESSES };
void            sink_set_grain(struct sink *sink, enum sink_grain grain);
enum sink_grain sink_grain(const struct sink *sink);

/* Frames that a file asks to leave out stay: readers ask. */
void         sink_keep_dropped(struct sink *sink);
bool         sink_keeps_dropped(const struct sink *sink);

/* A sink for pieces of the same input, to be read one after another and merged into the whole.  Names, frames and stacks that came in
 * an earlier piece are known to it; batches carry only what is new. */
struct sink *sink_part(const struct sink *whole);

/* Takes out what was pushed since the last time; the part goes on empty, also when a set of groups was open. */
struct batch *sink_batch(struct sink *part);

/* Appends everything of a batch, as if its calls had been made here after the earlier ones; takes the batch over.  Batches of a part are
 * merged in the order in which they were taken, and all before the part is freed; another thread may push into the part meanwhile.
 * What was pushed, whatever its source, belongs to the current source of into. */
void      sink_merge(struct sink *into, struct batch *batch);

/* The same while both have a set of groups open, of which the batch's joins that of into: groups by their keys, and what has none the
 * current group.  Gives the span that the batch's first one became. */
span_id   sink_merge_open(struct sink *into, struct batch *batch);

/* For batches that are not merged after all; nothing but notes may have been pushed. */
void      batch_free(struct batch *batch);

/* Whether a note of the batch has a line; adds to the line of each that has one. */
bool      batch_has_lines(const struct batch *batch);
void      batch_move_lines(struct batch *batch, uint64_t lines);

/* The same for a sink's own notes: those behind the first so many. */
size_t    sink_note_count(const struct sink *sink);
void      sink_move_lines(struct sink *sink, size_t first, uint64_t lines);

/* A span as the file has it. */
struct span_in {
	uint8_t          trace_id[16];    /* all zero: none */
	uint64_t         id, parent_id;   /* 0: none */
	struct str       name;
	int64_t          start_ns, end_ns;
	bool             has_start, has_end;
	bool             is_length;       /* end_ns is how long the span lasted; only when there is no start */
	enum span_kind   kind;
	enum span_status status;
	bool             has_links;       /* names other spans besides its parent */
	uint32_t         events;          /* how many its record has */
	uint64_t         detail_at;       /* where its record is in the decompressed input */
	uint32_t         detail_len;
};

void    sink_group_open(struct sink *sink);
void    sink_group_service(struct sink *sink, struct str service);    /* without it: "unknown_service" */
void    sink_group_in_parts(struct sink *sink, struct str process);   /* see struct group */
void    sink_group_resource(struct sink *sink, uint64_t at, uint32_t len);
void    sink_group_scope(struct sink *sink, uint64_t at, uint32_t len);
span_id sink_span(struct sink *sink, const struct span_in *span);
void    sink_group_close(struct sink *sink);

/* For inputs whose spans of different processes are mixed: what is said next is about the group with this key, made on first use
 * inside the open set: true then.  The set is closed as a whole by sink_group_close(). */
bool    sink_group_switch(struct sink *sink, struct str key);

/* The current group's place in the open set; back to a group whose place it is, while the set is open. */
size_t  sink_group_place(const struct sink *sink);
void    sink_group_return(struct sink *sink, size_t place);

/* A span of a thread: its track is given, trace_id is not looked at.  Ids must be unique in the track. */
span_id sink_thread_span(struct sink *sink, track_id track, const struct span_in *span);

/* Of a span of this sink whose group is still open: the start is none, after all; how long it lasted stays. */
void    sink_span_no_start(struct sink *sink, span_id span);

/* Another parent of the last span, for the case that none named before is there. */
void    sink_span_other_parent(struct sink *sink, uint64_t parent_id);

/* A record outside of a span that belongs to it, such as a log record; its span may come earlier or later, or from another source.
 * role: enum ref_role. */
void    sink_span_record(struct sink *sink, const uint8_t trace_id[16], uint64_t id, uint64_t at, uint32_t len, uint32_t role);

/* What stands over the records of a scope, told when its object was left; then, when that around it was, what they all share: of those
 * from `first` on, which is the count of them that there was when it was entered.  Those that say nothing are forgotten. */
struct heading_in {
	uint64_t   at, end;           /* of the scope's object */
	uint64_t   scope_at;
	uint32_t   scope_len;         /* 0: none */
	struct str schema;
	bool       of_logs;
};
uint32_t sink_headings(const struct sink *sink);
void     sink_heading(struct sink *sink, const struct heading_in *heading);
void     sink_headings_resource(struct sink *sink, uint32_t first, uint64_t at, uint32_t len, struct str schema);

struct frame_in {
	struct str      name, module, file;
	struct str      build;      /* id of the module's build; empty: not known */
	uint32_t        line;
	uint64_t        address;    /* 0: not known */
	enum frame_kind kind;
	bool            symbol;    /* the name is a linker's, as compilers of C++ and Rust mangle them */
};

/* A sample type of the current source, found or added: its place among those of the source. */
uint32_t sink_sample_type(struct sink *sink, struct str name, struct str unit);
track_id sink_track(struct sink *sink, enum track_kind kind, struct str name);     /* found or added by (source, kind, name) */
track_id sink_thread(struct sink *sink, struct str process, struct str name);      /* a TRACK_THREAD, found or added */
/* The track that the input itself shows first, and the place of the sample type that it measures; the first one named counts. */
void     sink_active_track(struct sink *sink, track_id track, uint32_t type);
frame_id sink_frame(struct sink *sink, const struct frame_in *frame);              /* found or added by its identity */
stack_id sink_stack(struct sink *sink, stack_id parent, frame_id frame);           /* found or added */

/* weights: one for each sample type that the current source has declared, in that order. */
void     sink_sample(struct sink *sink, stack_id stack, track_id track, const double *weights);
void     sink_sample_at(struct sink *sink, stack_id stack, track_id track, const double *weights, int64_t time_ns);

/* Labels are a chain: parent ID_NONE begins one.  Found or added; number is written as its shortest decimal. */
label_id sink_label(struct sink *sink, label_id parent, struct str key, struct str value);
label_id sink_label_number(struct sink *sink, label_id parent, struct str key, double number, struct str unit);
void     sink_sample_label(struct sink *sink, label_id label);    /* of the last sample pushed */

/* text: a constant sentence that says what happened and what was done about it; kept as a pointer until the dataset is taken.
 * line 0: not known.  byte SINK_NO_BYTE: not known.  record: the offending bytes, of which the first 80 are kept; may be empty. */
#define SINK_NO_BYTE UINT64_MAX
void     sink_note(struct sink *sink, enum note_severity severity, const char *text, uint64_t line, uint64_t byte, struct str record);
void     sink_remark(struct sink *sink, const char *what, struct str words);    /* what the file itself says, "what: words": NOTE_INFO */
void     sink_note_many(struct sink *sink, enum note_severity severity, const char *text, uint64_t count);    /* no place */

/* Totals so far, for progress. */
uint64_t sink_pushed(const struct sink *sink);

#endif
