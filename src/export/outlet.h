/* SPDX-License-Identifier: MIT
 * A stream into a file, a device or a pipe that can be given up at any time, even while nobody takes what is written. */
#ifndef EXPORT_OUTLET_H
#define EXPORT_OUTLET_H

#include <stdio.h>

#include "util/job.h"

/* A device or a pipe that is there.  A pipe that nobody reads yet is waited for.  NULL with errno, ECANCELED when the job was stopped. */
FILE *outlet_open(const char *path, struct job *job);

/* Takes the open file over.  Once the job is stopped nothing more is written: it is an error with ECANCELED. */
FILE *outlet_of(int fd, struct job *job);

#endif
