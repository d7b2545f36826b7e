/* SPDX-License-Identifier: MIT
 * The lines of `perf script`, taken apart one by one.  Pure functions; what they give lies in the line. */
#ifndef LOAD_PERF_LINE_H
#define LOAD_PERF_LINE_H

#include <stdint.h>

#include "util/str.h"

/* An event line: "comm pid/tid [cpu] time: period event: text", most of which may be absent. */
struct perf_event {
	struct str comm;
	struct str thread;       /* comm, pid and tid as they stand there, without blanks in front */
	struct str event;        /* without its last colon; empty if absent */
	struct str text;         /* what follows */
	int64_t    time_ns;
	double     period;        /* at least 1 */
	bool       has_time, has_period;
	bool       certain;      /* has a cpu or a time: no other line looks like this */
	bool       no_sample;    /* another kind of record: PERF_RECORD_COMM ... */
};

/* False: it is no event line. */
bool perf_event_parse(struct str line, struct perf_event *out);

/* A stack line behind its address: "symbol+0x1f (dso)", "symbol (inlined)". */
struct perf_symbol {
	struct str name;         /* without offset; "[unknown]" and "" are left as they are */
	struct str dso;          /* "" if absent */
	bool       inlined;
	bool       closed;       /* ends in a parenthesis, as nearly all do */
};

struct perf_symbol perf_symbol_parse(struct str text);

/* Of a branch, which is told as "from => to", the part before the arrow; else all of text. */
struct str perf_before_arrow(struct str text);

/* Where the text behind the address of a stack line begins; 0: it does not begin with blanks, an address and a blank. */
size_t perf_address_end(struct str line);

/* A source line under a stack line: "  file.c:12", "  libc.so[1f]" or nothing but blanks.
 * *file_out is empty when it names no file. */
bool perf_source_parse(struct str line, struct str *file_out, uint32_t *line_out);

/* The line without blanks and a carriage return at its end. */
struct str perf_trim_end(struct str line);

#endif
