/* SPDX-License-Identifier: MIT
 * Input of which nothing can be shown, although its format is known. */
#ifndef ANALYSIS_EMPTY_H
#define ANALYSIS_EMPTY_H

#include "model/dataset.h"
#include "util/buf.h"

/* When there is neither a span nor a sample: true, and a sentence that says so, with the gravest of the notes as the reason. */
bool empty_say(const struct dataset *ds, struct buf *out);

#endif
