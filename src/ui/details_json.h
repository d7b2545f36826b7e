/* SPDX-License-Identifier: MIT
 * A span with everything that the input says of it as a JSON object. */
#ifndef UI_DETAILS_JSON_H
#define UI_DETAILS_JSON_H

#include "model/dataset.h"
#include "util/buf.h"
#include "util/error.h"

/* Numbers, truths, arrays and objects as themselves, everything else as text.  False with err when the input cannot be read again. */
bool details_json(const struct dataset *ds, span_id span, struct buf *out, struct error *err);

#endif
