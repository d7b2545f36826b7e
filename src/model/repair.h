/* SPDX-License-Identifier: MIT
 * The second half of dataset_seal(): spans get usable times, tracks their counts and extents.
 * Parents are resolved and without cycles.  A missing start is the parent's, else the earliest known one of the track; a missing end is
 * the latest end of the span's descendants; an end before the start gives no length; an end beyond int64 is cut to it. */
#ifndef MODEL_REPAIR_H
#define MODEL_REPAIR_H

#include "model/dataset.h"

void repair_times(struct dataset *ds);
void repair_tracks(struct dataset *ds);

/* Counts a warning about a span, placed at its record. */
void repair_note(struct dataset *ds, enum note_severity severity, const char *text, span_id span);

#endif
