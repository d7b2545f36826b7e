/* SPDX-License-Identifier: MIT
 * Locations of a pprof profile as frames: a location is one physical function and the functions inlined into it. */
#ifndef LOAD_PPROF_FRAMES_H
#define LOAD_PPROF_FRAMES_H

#include "load/pprof_tables.h"
#include "load/sink.h"
#include "util/regex.h"

/* The frames of one location, caller before callee: frames.at[first .. first + count). */
struct pprof_place {
	uint32_t first, count;    /* count 0: not looked up yet */
};

/* Of the sample before, root first: where a location led to. */
struct pprof_step {
	uint64_t location;
	stack_id stack;
	bool     kept;            /* a frame that is to stay has been met */
};

struct pprof_frames {
	const struct pprof_tables *tables;
	struct sink               *sink;
	struct pprof_place        *places;     /* per location */
	struct { VEC(frame_id); }  frames;
	struct { VEC(uint8_t); }   dropped;    /* per frame of frames: the profile asks to leave it out with all that it calls */
	struct regex              *drop, *keep;
	frame_id                   unknown;
	struct { VEC(struct pprof_step); } path;
	const char                *begin;      /* where notes count bytes from */
	struct buf                 name, file, mapping, build;    /* made up for strings that are not there */
};

void pprof_frames_init(struct pprof_frames *frames, const struct pprof_tables *tables, const char *begin, struct sink *sink);
void pprof_frames_fini(struct pprof_frames *frames);

/* The stack of a sample: location ids leaf first.  ID_NONE when there is no frame. */
stack_id pprof_stack(struct pprof_frames *frames, const uint64_t *locations, size_t count);

#endif
