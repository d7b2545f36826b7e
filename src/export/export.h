/* SPDX-License-Identifier: MIT
 * Writers: one const descriptor per file, listed in export_formats[].
 * Same input, same bytes out, whatever the machine and the number of threads. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include <stdio.h>

#include "model/tree.h"
#include "util/error.h"
#include "util/job.h"

struct export_report {
	uint64_t renamed;    /* frames whose name could not be written as it is */
};

/* What is written: the subtree of within, and what its weights are. */
struct export_subject {
	const struct tree    *tree;          /* merged; a timed one only where it export_is_nested() and the format keeps_time */
	const struct dataset *ds;
	node_id               within;        /* NODE_ALL: everything */
	struct str            metric, unit;  /* as in struct metric_info; a timed tree's weights are ns */
	struct job           *job;           /* how far the writer is, in steps, and the wish to stop it; NULL: nobody asks */
};

struct export_format {
	const char *name;       /* as in --to */
	const char *summary;
	const char *suffix;     /* for a file name: ".folded" */
	const char *cannot;     /* why names are written otherwise: "as folded cannot say ..." */
	bool        keeps_time; /* it has a way to say when boxes begin and end, one within another */
	/* False with err on a write error (ferror is checked; the caller closes). */
	bool (*write)(const struct export_subject *subject, FILE *out, struct export_report *report, struct error *err);
};

extern const struct export_format *const export_formats[];    /* ends with NULL */
const struct export_format *export_format_find(struct str name);

/* Whether this part of a tree in the order of time can be written so, by a format that keeps_time: no box overlaps a sibling or reaches
 * out of its parent.  O(nodes). */
bool export_is_nested(const struct tree *tree, node_id within);

/* Writes a file: what write() puts into it takes its place only when all is written; an existing file is refused unless force, and its
 * permissions are kept.  Leaves nothing behind on failure. */
bool export_replace(const char *path, bool force, bool (*write)(void *context, FILE *out, struct error *err), void *context, struct error *err);

/* Whether a file may be written there as things stand, to be asked before the work is done.  A link to nothing is a file that is there. */
bool export_allowed(const char *path, bool force, struct error *err);

/* Writes to path through a temporary file that is renamed; an existing file is refused unless force.  Leaves nothing behind on failure,
 * nor when the subject's job is stopped, which is ERROR_CANCELLED.  With a job nothing is waited for in a way that cannot be given up. */
bool export_to_file(const struct export_format *format, const struct export_subject *subject, const char *path, bool force,
                    struct export_report *report, struct error *err);

#endif
