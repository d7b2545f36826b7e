/* SPDX-License-Identifier: MIT
 * The same dataset with spans and stacks named by other frames, as when they are grouped by something else. */
#ifndef MODEL_RENAMED_H
#define MODEL_RENAMED_H

#include "model/dataset.h"

/* A dataset that has the frames of ds and room for more: dataset_add_frame(), strtab_intern() on its strings, and the arrays spans.frame
 * and stacks.frame are its own to be written, until whoever does sets `sealed` again.  All else, every id included, is that of ds, which it
 * borrows and which outlives it; dataset_free(). */
struct dataset *dataset_renamed(const struct dataset *ds);

#endif
