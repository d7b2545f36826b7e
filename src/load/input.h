/* SPDX-License-Identifier: MIT
 * Bytes of one input, decompressed, seen through a window.
 *
 * A mapped file is one window over all its bytes.  A pipe or a compressed file is read into a moving window; what passes is also
 * spooled to an unlinked file in $TMPDIR, so that details can be read again.  Readers work on [at, end) and ask for more when they
 * reach its end; offsets are always those of the decompressed input, after byte order marks and UTF-16 are dealt with. */
#ifndef LOAD_INPUT_H
#define LOAD_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/dataset.h"
#include "util/error.h"
#include "util/job.h"

struct input {
	const char *begin, *end;    /* the window */
	uint64_t    begin_at;       /* offset of begin in the decompressed input */
	bool        last;           /* nothing follows end */
	bool        mapped;         /* the window is the whole input and never moves */
	struct job *job;            /* progress and cancel; may be NULL */
	unsigned    threads;        /* that its reader may use; 0 or 1: its own.  Set by whoever opens it */
};

struct input_options {
	uint64_t    spool_limit;    /* bytes; beyond it details are off and a note says so */
	const char *tmpdir;         /* NULL: $TMPDIR, else /tmp */
	struct job *job;
};

/* path "-" is standard input.  Compression, byte order marks and UTF-16 are taken off, several layers deep.
 * On failure NULL and err filled.  The path is borrowed; options are copied. */
struct input *input_open(const char *path, const struct input_options *options, struct error *err);
/* The same for bytes that the caller keeps until the dataset is freed. */
struct input *input_open_memory(const char *name, struct str bytes, const struct input_options *options, struct error *err);

/* What a program prints.  The name is borrowed. */
struct program;
struct input *input_open_program(const char *name, const struct program *program, const struct input_options *options, struct error *err);

/* Makes more bytes visible behind end; those from offset keep_at on stay in the window.
 * The window may move: translate pointers by begin and begin_at.  False: nothing more (last is set), stopped, or a read error. */
bool          input_more(struct input *in, uint64_t keep_at);

/* For formats whose parts refer to each other across the input: makes all of it visible, before anything was dropped from the window.
 * What does not fit into little memory goes through the spool, which becomes the window; without a spool it stays in memory, up to the
 * size of the largest record.  The window moves.  False: some of it is missing, and why is input_problem() or the job's wish. */
bool          input_whole(struct input *in);

/* How far the reader is (an offset).  Readers of mapped input call it every MiB or so; false: the job was stopped. */
bool          input_progress(struct input *in, uint64_t at);

/* What happened: "truncated gzip stream ...", a read error; empty text when all is well.  Once the reader is done. */
const struct error *input_problem(const struct input *in);

/* Why details cannot be read again: a constant sentence; NULL when they can.  Once the reader is done. */
const char   *input_no_details(const struct input *in);

/* What becomes of it in the dataset: path, compression, size and, while details can be read, bytes with their release.
 * Call once, after reading; the input no longer owns the bytes then. */
void          input_source(struct input *in, struct strtab *strings, struct source *source_out);
const char   *input_compression(const struct input *in);    /* of the outermost layer: "none", "gzip", "zstd", "zlib" */
void          input_close(struct input *in);    /* NULL is allowed */

#endif
