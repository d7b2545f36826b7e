/* SPDX-License-Identifier: MIT
 * load_files() on a thread of its own, for the event loop: progress through a job, the end through a file descriptor. */
#ifndef UI_LOADER_H
#define UI_LOADER_H

#include "load/load.h"

struct loader;

/* paths and what options point to are borrowed until loader_free(); its job is not looked at. */
struct loader *loader_start(const char *const *paths, size_t count, const struct load_options *options);
struct job    *loader_job(struct loader *loader);    /* valid until loader_free() */
int            loader_fd(const struct loader *loader);    /* readable when it is done */

/* After it is done: the dataset, now the caller's, or NULL and err. */
struct dataset *loader_take(struct loader *loader, struct error *err);

/* Stops the load when it is not done.  One that does not notice at once, since a pipe keeps it waiting, is left behind with its
 * memory: the program is about to end. */
void           loader_free(struct loader *loader);

#endif
