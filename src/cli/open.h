/* SPDX-License-Identifier: MIT
 * From the named files to a dataset, with what was odd about them said on standard error. */
#ifndef CLI_OPEN_H
#define CLI_OPEN_H

#include "cli/request.h"
#include "load/sink.h"
#include "util/error.h"

/* NULL after a message, with *status_out the exit status.  with_notes: warnings and errors of loading are said, the first few. */
struct dataset *open_dataset(const struct request *request, bool with_notes, int *status_out);

/* What --granularity asks of the reader. */
enum sink_grain request_grain(const struct request *request);

/* Frees a dataset (NULL is allowed) at the end of a command.  Returns its exit status, or ERROR_INPUT when all went well but for a file that could not be
 * read beside others. */
int             close_dataset(struct dataset *ds, int status);

/* Where a note applies: "path:line", "path: byte 12", "path", or nothing when it is about all files. */
void note_where(const struct dataset *ds, const struct note *note, struct buf *out);

const char *note_severity_name(enum note_severity severity);    /* "info", "warning", "error" */

#endif
