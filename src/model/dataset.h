/* SPDX-License-Identifier: MIT
 * Everything that was loaded: spans of traces, samples of profiles, and what both refer to.
 *
 * Struct of arrays: the index is the id, ids are given by first appearance in input order, and a missing one is ID_NONE.
 * load/ fills a dataset through a sink; dataset_seal() then resolves parents and drops duplicates, and from there on it is immutable:
 * any number of threads may read it.  All arrays belong to the dataset and are released by dataset_free().
 * Attributes, events and links are not kept: spans carry detail refs, places in the decompressed input where they are read again. */
#ifndef MODEL_DATASET_H
#define MODEL_DATASET_H

#include <stdbool.h>
#include <stdint.h>

#include "model/packed.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/job.h"
#include "util/strtab.h"

typedef uint32_t frame_id;
typedef uint32_t track_id;
typedef uint32_t span_id;     /* index of a span, not the 8 bytes that the file calls span id */
typedef uint32_t stack_id;
typedef uint32_t sample_id;
typedef uint32_t group_id;
typedef uint32_t source_id;
typedef uint32_t label_id;

/* Written back as a suffix in folded stacks; the name keeps the suffix as the file had it. */
enum frame_kind { FRAME_USER, FRAME_KERNEL, FRAME_JIT, FRAME_INLINED, FRAME_WAKER };

/* Identity is (name, module, file); build, address, line and kind are those of the first appearance. */
struct frame {
	str_id          name;     /* text as the file has it */
	str_id          module;   /* service of a span; module, mapping or package of a profile frame; STR_EMPTY if none */
	str_id          file;     /* STR_EMPTY if not known */
	str_id          build;    /* id of the module's build; STR_EMPTY if not known */
	uint64_t        address;  /* 0 if not known */
	uint32_t        line;     /* 0 if not known */
	enum frame_kind kind;
	bool            of_span;  /* a span is named by it; set by dataset_seal() */
	bool            of_label; /* it is a label's value above stacks (analysis/lens.h) */
};

enum track_kind { TRACK_TRACE, TRACK_THREAD, TRACK_PROFILE };

struct track {
	enum track_kind kind;
	str_id          process;        /* that a thread belongs to; STR_EMPTY if there is none */
	str_id          name;           /* what a picker shows when there is no better: file, thread name; STR_EMPTY for traces */
	uint8_t         trace_id[16];   /* TRACK_TRACE only; all zero when the spans had none */
	source_id       source;         /* where it first appeared */
	uint32_t        span_count, sample_count;
	int64_t         start_ns, end_ns;   /* extent of its spans or timed samples; both 0 when there is no time */
};

enum span_kind { SPAN_UNSPECIFIED, SPAN_INTERNAL, SPAN_SERVER, SPAN_CLIENT, SPAN_PRODUCER, SPAN_CONSUMER };
enum span_status { STATUS_UNSET, STATUS_OK, STATUS_ERROR };

/* Bits of spans.flags: what is unusual about a span.  A reader sets the first two and the last, dataset_seal() the others. */
enum span_flag {
	SPAN_NO_START   = 1 << 0,   /* start was missing: inherited from the parent, else from the trace */
	SPAN_UNFINISHED = 1 << 1,   /* end was missing: extended to the latest end of its descendants, or that of the trace */
	SPAN_NEGATIVE   = 1 << 2,   /* end before start: duration 0 */
	SPAN_ORPHAN     = 1 << 3,   /* names a parent that is not there: a root */
	SPAN_CYCLE      = 1 << 4,   /* its parent link closed a cycle (or pointed at itself) and was cut: a root */
	SPAN_SAME_ID    = 1 << 5,   /* another span of the trace has this id too; children went to the first */
	SPAN_SHARED     = 1 << 6,   /* the client or the server half of a call under one id; the server half is the client's child */
	SPAN_LINKS      = 1 << 7,   /* names other spans besides its parent */
};

/* Before dataset_seal() duration_ns is the end less the start, possibly negative.  A span that is to be repaired says so in its flags:
 * with SPAN_UNFINISHED duration_ns is 0; else with SPAN_NO_START start_ns says what duration_ns is: START_BEFORE_END the span's end,
 * START_OF_LENGTH its length. */
enum { START_BEFORE_END = 0, START_OF_LENGTH = 1 };

struct spans {
	uint32_t  count, cap;
	frame_id *frame;
	span_id  *parent;        /* ID_NONE: a root.  Valid after dataset_seal(); no cycles */
	track_id *track;
	group_id *group;
	uint64_t *id;            /* span id, 0 when absent; ids that are not 8 bytes are hashed */
	uint64_t *parent_id;     /* as read, 0 when absent */
	int64_t  *start_ns;
	int64_t  *duration_ns;   /* never negative after dataset_seal() */
	uint8_t  *kind;          /* enum span_kind */
	uint8_t  *status;        /* enum span_status */
	uint8_t  *flags;         /* enum span_flag */
	uint32_t *events;        /* how many there are, log records included once it is sealed */
	uint64_t *detail_at;     /* offset of its record in its group's source */
	uint32_t *detail_len;    /* 0: details are not available */
};

/* What the spans of one resource and scope share.  Every span has a group. */
struct group {
	source_id source;
	str_id    service;
	bool      has_service;               /* the file names it */
	bool      in_parts;                  /* spans with the same id, service and process are parts of one, which is put together */
	str_id    process;                   /* with in_parts: which process of the service it is; STR_EMPTY: not told */
	uint64_t  resource_at, scope_at;     /* offsets of the resource and scope objects in the source */
	uint32_t  resource_len, scope_len;   /* 0: none */
};

/* What stands over the records of one scope, where that is more than the groups of spans keep: over log records, and where schemas are
 * named.  In the order of the input, none inside another. */
struct heading {
	source_id source;
	bool      of_logs;
	uint64_t  at, end;                          /* of the object in the source that holds the records */
	uint64_t  resource_at, scope_at;            /* as in struct group */
	uint32_t  resource_len, scope_len;
	str_id    resource_schema, scope_schema;    /* URLs; STR_EMPTY: none */
};

/* Further places where a span's details are found, sorted by span: log records, the other half of a pair. */
struct detail_ref {
	span_id   span;
	source_id source;
	uint64_t  at;
	uint32_t  len;
	uint32_t  role;   /* enum ref_role */
};

enum ref_role {
	REF_LOG  = 1,     /* a log record: an event of the span */
	REF_PART = 2,     /* another record of the same span */
};

/* A prefix tree of frames, parents before children: stack s is stack parent[s] with frame[s] called at its end.  No two have the same. */
struct stacks {
	uint32_t  count, cap;
	stack_id *parent;        /* ID_NONE: the frame is a root */
	frame_id *frame;
};

/* What is told of each sample, read through the functions below; a column of weights for each sample type. */
struct samples {
	uint32_t               count;
	struct packed          stacks, tracks;    /* stacks: plus one, 0 for the empty stack */
	struct packed_times    times;             /* none when no sample has a time */
	struct packed_doubles *weights;
	uint32_t               types;             /* how many weights a sample has */
	uint32_t               label_cap;
	label_id              *label;             /* the end of each sample's labels, ID_NONE: none; NULL when no sample has any */
};

/* ID_NONE: an empty stack, the sample's weight belongs to the root. */
static inline stack_id
samples_stack(const struct samples *samples, sample_id sample)
{
	return packed_get(&samples->stacks, sample) - 1;
}

static inline track_id
samples_track(const struct samples *samples, sample_id sample)
{
	return packed_get(&samples->tracks, sample);
}

static inline double
samples_weight(const struct samples *samples, sample_id sample, uint32_t type)
{
	return packed_doubles_get(&samples->weights[type], sample);
}

static inline bool
samples_have_times(const struct samples *samples)
{
	return samples->times.len > 0;
}

static inline int64_t
samples_time(const struct samples *samples, sample_id sample)
{
	return packed_times_get(&samples->times, sample);
}

/* What the file says about samples beside stack and weights: key and value, in a prefix tree as stacks are. */
struct label {
	label_id parent;         /* the label before this one; ID_NONE: the first */
	str_id   key, value;     /* a number's value is its shortest decimal */
	str_id   unit;           /* of a number, as the file has it; STR_EMPTY if there is none */
};

/* A record outside a span that belongs to it by ids, such as a log record, before dataset_seal() finds the span; after it, one that
 * belongs to a trace but to no span of it. */
struct loose_ref {
	uint8_t   trace_id[16];
	uint64_t  id;            /* span id, 0: it names none */
	source_id source;
	uint64_t  at;
	uint32_t  len;
	uint32_t  role;          /* enum ref_role */
};

/* Another span that may be a span's parent, before dataset_seal(). */
struct parent_ref { span_id span; uint64_t id; };

/* A sample type of the loaded profiles. */
struct sample_type {
	str_id name;             /* "samples", "cpu" ... */
	str_id unit;             /* as the file has it: "samples", "nanoseconds", "bytes" ... */
};

enum note_severity { NOTE_INFO, NOTE_WARNING, NOTE_ERROR };

/* Something that was repaired, skipped or passed over.  Equal (severity, source, text) are one note that counts. */
struct note {
	enum note_severity severity;
	source_id          source;    /* ID_NONE: the dataset as a whole */
	str_id             text;      /* a sentence, no newline, no numbers that vary */
	uint64_t           count;
	uint64_t           line;      /* of the first occurrence, from 1; 0 if not known */
	uint64_t           byte;      /* of the first occurrence, in the decompressed input */
	bool               has_byte;
	str_id             sample;    /* the start of the first offending line or record, or a span's name; STR_EMPTY if none */
};

/* One input: a file, a pipe, an archive member. */
struct source {
	str_id      path;           /* as given; "-" for standard input */
	str_id      format;         /* name of its load format; STR_EMPTY when it could not be read */
	str_id      compression;    /* "none", "gzip", "zstd", "zlib" */
	bool        is_profile;     /* what spans it has are marks beside its samples */
	uint64_t    size;           /* bytes after decompression */
	const char *bytes;          /* size of them while details can be read, else NULL */
	void      (*release)(struct source *source);   /* gives bytes back; NULL if there is nothing to do */
};

struct dataset {
	struct strtab *strings;
	struct spans   spans;
	struct stacks  stacks;
	struct samples samples;
	struct frame       *frames;       uint32_t frame_count,       frame_cap;
	struct track       *tracks;       uint32_t track_count,       track_cap;
	struct group       *groups;       uint32_t group_count,       group_cap;
	struct heading     *headings;     uint32_t heading_count,     heading_cap;
	struct sample_type *sample_types; uint32_t sample_type_count, sample_type_cap;
	struct label       *labels;       uint32_t label_count,       label_cap;
	struct detail_ref  *extra_refs;   uint32_t extra_ref_count,   extra_ref_cap;
	struct loose_ref   *loose_refs;   uint32_t loose_ref_count,   loose_ref_cap;    /* once sealed by trace id, then span id */
	struct parent_ref  *parent_refs;  uint32_t parent_ref_count,  parent_ref_cap;   /* by span, best first; empty once sealed */
	struct source      *sources;      uint32_t source_count,      source_cap;
	struct note        *notes;        uint32_t note_count,        note_cap;
	track_id active;                  /* the one that the input itself shows first; ID_NONE: it names none */
	uint32_t active_type;             /* what that one measures: a sample type */
	const struct dataset *base;       /* of model/moved.h and model/renamed.h: owns all that is the same in both; else NULL */
	uint64_t duplicate_spans;         /* identical spans dropped by dataset_seal() */
	bool     sealed;
};

struct dataset *dataset_new(void);
void            dataset_free(struct dataset *ds);    /* NULL is allowed */
void            spans_fini(struct spans *spans);     /* arrays that were taken out of a dataset */
void            samples_fini(struct samples *samples);

/* Appending, before sealing.  Each returns the new index; spans and samples come back uninitialised but for what is said. */
span_id   dataset_add_span(struct dataset *ds);      /* parent ID_NONE, flags 0, no events */
stack_id  dataset_add_stack(struct dataset *ds, stack_id parent, frame_id frame);
/* weights: one for each sample type of the dataset; NULL: all 0.  Without a time. */
sample_id dataset_add_sample(struct dataset *ds, stack_id stack, track_id track, const double *weights);
/* Room for many at once, none of them initialised; the first one's index. */
span_id   dataset_add_spans(struct dataset *ds, uint32_t count);
void      dataset_set_sample_time(struct dataset *ds, sample_id sample, int64_t time_ns);    /* the first one gives all a time */
void      dataset_set_sample_label(struct dataset *ds, sample_id sample, label_id label);
label_id  dataset_add_label(struct dataset *ds, const struct label *label);
void      dataset_add_loose_ref(struct dataset *ds, const struct loose_ref *ref);
void      dataset_add_extra_ref(struct dataset *ds, const struct detail_ref *ref);
void      dataset_add_parent_ref(struct dataset *ds, span_id span, uint64_t id);    /* span is not before that of the last one */
frame_id  dataset_add_frame(struct dataset *ds, const struct frame *frame);
track_id  dataset_add_track(struct dataset *ds, const struct track *track);
group_id  dataset_add_group(struct dataset *ds, const struct group *group);
void      dataset_add_heading(struct dataset *ds, const struct heading *heading);
source_id dataset_add_source(struct dataset *ds, const struct source *source);

/* A new sample type widens the weights of all samples with zeros. */
uint32_t  dataset_add_sample_type(struct dataset *ds, str_id name, str_id unit);

/* Counts a note: finds an equal one or adds it.  Place and sample stay those of the first. */
void      dataset_note(struct dataset *ds, const struct note *note);

/* The last step of loading, once: resolves parents by (track, span id) whichever source they came from, drops identical duplicates
 * (same track, id, kind, start, end and name), cuts cycles at their earliest span, repairs missing and negative times, fills the
 * extents and counts of tracks, and notes it all.
 * Loose refs become extra refs of their spans; those whose span is not there are counted in a note, and stay when their trace is.
 * A span whose parent is not there gets the first of its parent refs that is; its parent id becomes that one's.
 * Of several spans with one id the first gets the children.  When they are a client and servers they are the halves of one call:
 * the server half becomes the child of the client half, and children go to the half of their own service, else to the server half.
 * In groups that say so several spans with one id, service and process are parts of one and are put together.
 * Span indices change (duplicates are squeezed out, their detail refs with them); their order does not.  Extra refs get sorted. */
void      dataset_seal(struct dataset *ds);

/* The same, but given up within 50 ms once the job is to drop everything: false, and the dataset is good for nothing but
 * dataset_free().  job may be NULL. */
bool      dataset_seal_for(struct dataset *ds, struct job *job);

/* Text. */
struct str dataset_str(const struct dataset *ds, str_id id);
struct str frame_name(const struct dataset *ds, frame_id frame);      /* as the file has it */
struct str frame_short(const struct dataset *ds, frame_id frame);     /* without its _[k]-style suffix; never empty: "<unnamed>" */
struct str frame_module(const struct dataset *ds, frame_id frame);
struct str frame_file(const struct dataset *ds, frame_id frame);       /* "" where none is known */
struct str span_service(const struct dataset *ds, span_id span);

/* The first extra ref of the span, or of the next one that has any; extra_ref_count when there is none. */
uint32_t  dataset_first_ref(const struct dataset *ds, span_id span);

/* What stands over the record at an offset of a source; NULL: nothing is known. */
const struct heading *dataset_heading(const struct dataset *ds, source_id source, uint64_t at);

/* How many loose refs a trace has once the dataset is sealed, and the first of them. */
uint32_t  dataset_loose_refs(const struct dataset *ds, const uint8_t trace_id[16], uint32_t *first_out);

/* Facts. */
bool      dataset_has_spans(const struct dataset *ds);
bool      dataset_lacks_times(const struct dataset *ds);    /* there are samples, and nothing says when anything was */
bool      dataset_has_samples(const struct dataset *ds);
bool      track_is_of_spans(const struct dataset *ds, track_id track);    /* has some, and of a profile no samples that matter more */
uint32_t  dataset_error_count(const struct dataset *ds);              /* spans whose status is error */
bool      dataset_extent(const struct dataset *ds, int64_t *start_ns_out, int64_t *end_ns_out);   /* false: nothing has a time */

#endif
