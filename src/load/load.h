/* SPDX-License-Identifier: MIT
 * Files in, one dataset out. */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include "load/sink.h"
#include "util/error.h"
#include "util/job.h"

struct load_options {
	const char *format;        /* a format's name; NULL: by content */
	unsigned    threads;       /* 0: one per core.  The dataset is the same to the byte whatever it is */
	bool        mangled;       /* symbols of C++ and Rust stay as compilers wrote them */
	bool        undropped;     /* frames that a pprof profile asks to leave out (drop_frames) stay */
	enum sink_grain grain;     /* what makes frames of samples differ */
	uint64_t    spool_limit;   /* 0: the default, 8 GiB */
	struct job *job;           /* NULL: neither progress nor cancel */
};

/* Reads every path ("-": standard input; a directory: its regular files, sorted by name) into one sealed dataset.
 * A file among several that cannot be read becomes a note of severity error; when none could be read, NULL and err filled.
 * job's wish JOB_KEEP gives what was read so far with a note, JOB_DROP gives NULL and ERROR_CANCELLED. */
struct dataset *load_files(const char *const *paths, size_t count, const struct load_options *options, struct error *err);

#endif
