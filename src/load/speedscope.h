/* SPDX-License-Identifier: MIT
 * speedscope's own files: profiles that are lists of events or of samples, and one list of frames for all. */
#ifndef LOAD_SPEEDSCOPE_H
#define LOAD_SPEEDSCOPE_H

#include "load/format.h"
#include "load/json_reader.h"
#include "load/profiles.h"
#include "util/hash.h"
#include "util/vec.h"

extern const struct load_format load_speedscope;

/* A stack, or while its frames are not known a stack by their numbers; ID_NONE: empty. */
typedef uint32_t path_id;

/* A prefix tree of frame numbers, parents before children. */
struct paths {
	struct { VEC(path_id); }  parent;
	struct { VEC(uint32_t); } frame;
	struct idmap              map;
	struct { VEC(stack_id); } stacks;    /* of the first paths: those that were asked for */
};

void paths_fini(struct paths *paths);

/* A profile, as far as it was read.  What its frames are called and what it measures may come behind its records, which are held then. */
struct scope_profile {
	struct buf name, unit;
	uint64_t   at;                         /* its offset, for notes */
	double     start, end;                 /* NAN: not told */
	double     first;                      /* where the records begin, if the start is not told or later; NAN: there are none */
	bool       has_name, has_unit;         /* the keys were there */
	bool       direct;                     /* frames were known when it began: its paths are stacks */
	bool       begun;                      /* records go to the sink as they come */
	bool       lost;                       /* it measures what no sample type is left for */
	bool       cut;                        /* the input ends inside it */
	size_t     number;                     /* among those of the document */
	track_id   track;                      /* once begun */
	uint32_t   type;
	double     ns_per_unit;                /* 0: not a unit of time */
	double     clock;                      /* where the next record begins, in the unit */
	bool       is_sampled;
	size_t     next;                       /* the first of paths that is still held */
	struct { VEC(path_id); } paths;        /* of a list of samples all, even when their weights go straight to the sink */
	struct { VEC(double); }  weights;      /* held */
};

/* A frame of a stack and the path down to it. */
struct scope_step { uint32_t frame; path_id path; };

/* What became of a profile. */
struct scope_shown { track_id track; uint32_t type; };

struct scope {
	struct json_reader reader;    /* must stay first */
	struct profiles    profiles;
	struct buf         scratch, more_scratch, module;
	/* Of the document at hand. */
	struct paths       paths;     /* of profiles that are not direct */
	struct { VEC(frame_id); } frames;
	bool               has_frames;
	uint64_t           bad_frames;
	struct { VEC(struct scope_step); } last;    /* the stack read last */
	struct { VEC(struct scope_profile); } pending;    /* read before the frames were */
	struct { VEC(struct scope_shown); } shown;        /* by number; ID_NONE: nothing of it is */
	uint64_t           active;                        /* the number of the one to be shown first; UINT64_MAX: not told */
};

/* Found or added. */
path_id scope_path(struct scope *scope, const struct scope_profile *profile, path_id parent, uint32_t frame);

/* A record of the profile: so much time, or whatever it measures, in this path. */
void scope_record(struct scope *scope, struct scope_profile *profile, path_id path, double weight);

/* The weight of the next path of a list of samples. */
void scope_weight(struct scope *scope, struct scope_profile *profile, double weight);

/* Pushes what is held; the frames must be known by now. */
void scope_finish(struct scope *scope, struct scope_profile *profile);
void scope_profile_fini(struct scope_profile *profile);

/* The list "events" of a profile. */
struct scope_open { path_id path; uint32_t frame; bool fed; };    /* fed: a record lies in it or above */
struct scope_events {
	struct { VEC(struct scope_open); } open;
	double   now;         /* NAN: before the first event */
};

void scope_events_read(struct scope *scope, struct scope_profile *profile, struct scope_events *events);
void scope_events_finish(struct scope *scope, struct scope_profile *profile, struct scope_events *events);

#endif
