/* SPDX-License-Identifier: MIT
 * The parts of the reader of Chrome traces.
 * Events come in any order, and names of processes and threads at any time: of each event is kept, by thread and in 32 bytes, where it
 * is, when, and what it is called.  Spans are made when all are read: begins and ends paired, slices nested by time. */
#ifndef LOAD_CHROME_H
#define LOAD_CHROME_H

#include "load/json_column.h"
#include "load/json_reader.h"
#include "load/v8_nodes.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/strtab.h"
#include "util/vec.h"

extern const struct load_format load_chrome;

enum chrome_phase {
	PHASE_BEGIN,       /* of a slice; once paired a slice that has both ends */
	PHASE_OPEN,        /* a slice that was never closed */
	PHASE_SLICE,       /* a slice in one piece */
	PHASE_END,
	PHASE_INSTANT,     /* an instant, or a step of an asynchronous slice */
	PHASE_FLOW,        /* a flow that leaves or enters the slice around it */
	PHASE_FLOW_NEXT,   /* a flow that enters the next slice to begin */
};

struct chrome_event {
	int64_t  ts;       /* ns */
	int64_t  end;      /* ns, of slices; of asynchronous events before they are paired the number of their lane; of flows their key */
	uint64_t place;    /* offset in the input; the phase in the top byte */
	uint32_t len;      /* bytes of the record; 0: it says nothing that is not here */
	str_id   name;
};

#define CHROME_PLACE_BITS 56
#define CHROME_TIME_MAX   INT64_C(4000000000000000000)    /* ns; differences of such times fit too */

static inline uint64_t
chrome_place(uint64_t at, enum chrome_phase phase)
{
	return at | (uint64_t)phase << CHROME_PLACE_BITS;
}

static inline uint64_t
chrome_at(const struct chrome_event *event)
{
	return event->place & (((uint64_t)1 << CHROME_PLACE_BITS) - 1);
}

static inline enum chrome_phase
chrome_phase(const struct chrome_event *event)
{
	return (enum chrome_phase)(event->place >> CHROME_PLACE_BITS);
}

struct chrome_events { VEC(struct chrome_event); };

/* A process or thread as the file calls it: a number, or a text that is none. */
struct chrome_key {
	int64_t number;
	str_id  text;      /* STR_NONE: it is a number */
};

struct chrome_process {
	struct chrome_key key;
	str_id   name;     /* STR_NONE: not told */
	int64_t  sort;
	bool     has_sort;
	uint64_t fact_at;  /* the record that names it */
	uint32_t fact_len;
};

struct chrome_thread {
	uint32_t             process;
	struct chrome_key    key;
	str_id               name;          /* STR_NONE: not told */
	int64_t              sort;
	bool                 has_sort;
	bool                 fractions;     /* its times are finer than microseconds */
	struct chrome_events events;
};

/* What makes asynchronous events one lane is category and id, for events of the older kind the name too. */
struct chrome_lane {
	uint32_t process;      /* of the first event */
	str_id   category;
	bool     fractions;
};

/* A sample that says its stack by a frame of the trace's own table. */
struct chrome_sample {
	int64_t  ts;
	double   weight;
	uint64_t at;
	uint32_t thread;
	str_id   frame;        /* id of its innermost frame; STR_NONE: there is only a name */
	str_id   name;
};

/* Flows that belong together have this in common; the lower bits say which way one goes.  0: none. */
enum { CHROME_FLOW_OUT = 1, CHROME_FLOW_IN = 2, CHROME_FLOW_WAYS = 4 };

/* A slice that says itself which flows it has. */
struct chrome_bind { uint64_t at, key; };

struct chrome_stack_frame {
	str_id   id, parent;   /* STR_NONE: no parent */
	str_id   name, file;
	uint32_t line;
};

/* A piece of a CPU profile: where its samples and deltas are. */
struct chrome_chunk {
	int64_t ts;
	size_t  first_sample, sample_count, first_delta, delta_count;
};

/* An event with a CPU profile, or a piece of one, in its args. */
struct chrome_profile_at {
	uint32_t process, thread;
	str_id   id;                      /* STR_NONE: none */
	int64_t  ts;
	bool     whole;                   /* not a piece of one that others add to */
	uint64_t args_at, args_len;
};

/* A CPU profile, put together from one event or many. */
struct chrome_profile {
	uint32_t process, thread;                 /* where it was taken */
	str_id   id;
	int64_t  start_ns, end_ns;
	bool     has_start, has_end;
	bool     uneven;              /* samples without a time, or times without a sample */
	struct v8_nodes  nodes;
	struct { VEC(struct chrome_chunk); } chunks;
	struct id_column samples;                 /* ids of nodes */
	struct ns_column deltas;                  /* since the sample before */
};

struct chrome_reader {
	struct json_reader base;         /* first: the functions of json_reader.h are given it */
	uint64_t        event_count;
	size_t          piece;           /* bytes of a piece */
	uint64_t        sure_at;         /* where chrome_next() has got to: before an element, or if not first behind one */
	bool            sure_first;
	bool            lines;           /* events stand alone, not in a list */
	struct strtab  *names;           /* of events, processes, threads, frames; also ids that are texts */
	struct { VEC(struct chrome_process); } processes;
	struct { VEC(struct chrome_thread); } threads;
	struct { VEC(struct chrome_lane); } lanes;
	struct strtab  *lane_keys;       /* id n is that of lane n - 1 */
	struct idmap    process_of, thread_of, profile_of;
	struct chrome_events async;
	struct { VEC(struct chrome_sample); } samples;
	struct { VEC(struct chrome_stack_frame); } frames;
	struct { VEC(struct chrome_bind); } binds;       /* in the order of the input */
	struct { VEC(struct chrome_profile); } profiles;
	int64_t         last_ns;         /* the latest time of all; INT64_MIN: none */
	bool            is_part;         /* CPU profiles are left to the reader that this one becomes part of */
	struct { VEC(struct chrome_profile_at); } left;

	/* Of the event that is being read. */
	struct buf      name, category, id, scope, bind, key;
	unsigned        next_field;
};

/* chrome.c */

struct chrome_reader *chrome_reader_new(void);
void chrome_reader_free(struct chrome_reader *reader);

/* Reads a whole input, lists of events in pieces of so many bytes where they are long enough. */
void chrome_read_pieces(struct input *in, struct sink *sink, size_t piece);

/* The next element of a list whose elements are at this depth; broken ones are noted and passed over. */
bool chrome_next(struct chrome_reader *reader, uint32_t depth);

/* The element under the cursor. */
void chrome_element(struct chrome_reader *reader);

/* A member of the outermost object that is none of an event's: read if it is known.  False: it is left unread. */
bool chrome_envelope(struct chrome_reader *reader, struct str key);

/* Sets the scanner on bytes that are in sight, and then back where it was; a fault there is noted. */
struct json chrome_look_back(struct chrome_reader *reader, uint64_t at, uint64_t len);
void        chrome_look_on(struct chrome_reader *reader, const struct json *kept);

/* chrome_take.c */

/* An event as it was read; its texts are in the reader's buffers or in the input. */
struct chrome_record {
	uint64_t          at, args_len;
	char              phase;           /* 0: none yet */
	struct str        name, category, id, scope, bind;
	bool              flow_in, flow_out;
	bool              has_id, local_id, binds_around, fraction;
	bool              has_ts, has_dur, has_thread_dur, has_pid, has_tid;
	int64_t           ts, dur, thread_dur;
	struct chrome_key pid, tid;
	str_id            frame;           /* STR_NONE: none */
	bool              held;            /* args are an object that is still in sight */
	uint64_t          args_at;
};

/* Of which events args are read at once. */
bool chrome_wants_args(char phase);

/* The cursor is behind the event. */
void chrome_take(struct chrome_reader *reader, const struct chrome_record *record);

/* chrome_event.c: the object under the cursor, an event.  top: or the object around all events. */
void chrome_event(struct chrome_reader *reader, bool top);

/* chrome_merge.c: appends everything of part but its notes, as if it had been read after the rest, and frees it.
 * text_len is that of the whole input, which is all in sight; read is how much of it was read when the part ended. */
void chrome_merge(struct chrome_reader *into, struct chrome_reader *part, size_t text_len, size_t read);

/* chrome_pieces.c: a long list of events, on several threads.  The cursor is at its first element and then between two of them; false:
 * the list has ended, or cannot be read any further.  Short lists are left alone, as are those of which not all can be seen. */
bool chrome_read_long(struct chrome_reader *reader, size_t piece);

/* chrome_value.c: values in any spelling.  False: the value is none of these, and is passed over. */
bool chrome_decimal(struct str text, unsigned shift, int64_t *out);    /* text * 10^shift, correctly rounded */
/* Microseconds, exactly, not beyond CHROME_TIME_MAX; fraction_out is only ever set. */
bool chrome_time(struct json *json, int64_t *ns_out, bool *fraction_out);
bool chrome_int(struct json *json, int64_t *out);                      /* a fraction is cut off */
bool chrome_key(struct json *json, struct strtab *names, struct chrome_key *out);
bool chrome_text(struct json *json, struct buf *keep, struct str *out);    /* a string, or a number as written */
void chrome_id(struct str text, struct buf *out);                      /* adds text in a form that is the same for equal ids */

/* chrome_table.c: found or added. */
uint32_t chrome_find_process(struct chrome_reader *reader, struct chrome_key key);
uint32_t chrome_find_thread(struct chrome_reader *reader, uint32_t process, struct chrome_key key);
uint32_t chrome_find_lane(struct chrome_reader *reader, struct str key, uint32_t process, struct str category);
str_id   chrome_name(struct chrome_reader *reader, struct str name);

/* chrome_profile.c: args of an event, which are in sight; lists of samples and frames under the cursor. */
void chrome_cpu_profile(struct chrome_reader *reader, const struct chrome_profile_at *at);
void chrome_stack_frames(struct chrome_reader *reader);
void chrome_sample_list(struct chrome_reader *reader);
void chrome_profile_fini(struct chrome_profile *profile);

/* chrome_pair.c: what begins and what ends becomes slices. */
struct chrome_mark {       /* what belongs to a slice that is still to be found */
	int64_t  ts;
	uint64_t at;
	uint32_t len;
	str_id   name;
	enum chrome_phase phase;
	uint64_t key;          /* of a flow */
};
struct chrome_end {        /* the record that ends a slice, by the record that begins it */
	uint64_t begin_at, at;
	uint32_t len;
};
struct chrome_pairs;
struct chrome_pairs *chrome_pairs_new(struct chrome_reader *reader);
void chrome_pairs_free(struct chrome_pairs *pairs);

/* events, of one thread or lane, become its slices in order of time, parents first; the others are taken out of the way. */
size_t chrome_pair(struct chrome_pairs *pairs, struct chrome_event *events, size_t count, bool lane);

/* Of the last call: instants and flows by time, ends by begin_at. */
const struct chrome_mark *chrome_marks(const struct chrome_pairs *pairs, size_t *count_out);
const struct chrome_end  *chrome_end_of(const struct chrome_pairs *pairs, uint64_t begin_at);

/* chrome_label.c: what processes and threads are called: by name where that is enough to tell them apart, else with their numbers. */
struct chrome_labels {
	struct arena arena;
	struct str  *processes, *threads;    /* empty for those that have nothing to show */
};
void chrome_labels_init(struct chrome_labels *labels, const struct chrome_reader *reader);
void chrome_labels_fini(struct chrome_labels *labels);

/* The name or "pid 7", as the service of its spans. */
void chrome_service(const struct chrome_reader *reader, uint32_t process, struct buf *out);

/* chrome_push.c: everything that was read becomes spans and samples. */
void chrome_push(struct chrome_reader *reader);

/* chrome_samples.c */
void chrome_push_samples(struct chrome_reader *reader, const struct chrome_labels *labels);

/* Records of a span beside its own. */
enum {
	CHROME_REF_END = 16, CHROME_REF_EVENT, CHROME_REF_FLOW,
	CHROME_REF_TO, CHROME_REF_FROM,    /* where a flow leads: at is its record or the slice's own, len the id of the other span */
};

/* chrome_flow.c */
struct chrome_flow_point { uint64_t key, at; int64_t ts; span_id span; };

/* Points with one key in order of time: each that leads out and the next, if that leads in.  Sorts points. */
void    chrome_flow_link(struct dataset *ds, source_id source, struct chrome_flow_point *points, size_t count);
/* The span that such a ref of span leads to; ID_NONE: it was dropped. */
span_id chrome_flow_span(const struct dataset *ds, span_id span, const struct detail_ref *ref);

struct details;
bool chrome_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err);

#endif
