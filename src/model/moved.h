/* SPDX-License-Identifier: MIT
 * The same dataset with its spans moved in time, as when clocks are corrected. */
#ifndef MODEL_MOVED_H
#define MODEL_MOVED_H

#include "model/dataset.h"

/* A dataset whose span s starts delta_ns[s] later (earlier when negative) than in ds, and whose tracks reach accordingly.  A start that
 * would be out of range stays.  All else, every id included, is that of ds, which it borrows and which outlives it; dataset_free(). */
struct dataset *dataset_moved(const struct dataset *ds, const int64_t *delta_ns);

#endif
