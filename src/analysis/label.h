/* SPDX-License-Identifier: MIT
 * What a frame is called: the one text that boxes, tables, search and exports agree on. */
#ifndef ANALYSIS_LABEL_H
#define ANALYSIS_LABEL_H

#include "model/dataset.h"
#include "util/buf.h"

/* As shown: "frontend GET /cart" for a span's frame, the short name for a profile's frame.  Raw bytes, not yet sanitised. */
void label_show(const struct dataset *ds, frame_id frame, struct buf *out);

/* As exported in folded stacks, before escaping: "frontend: GET /cart" for a span's frame, the name with its suffix otherwise. */
void label_export(const struct dataset *ds, frame_id frame, struct buf *out);

/* Whether frames of this dataset id name spans' services (module of a span frame). */
bool frame_is_of_span(const struct dataset *ds, frame_id frame);

/* What a frame is coloured by: its service, else its module, else a package cut from its name ("io/netty", "std", "kernel"). */
struct str label_package(const struct dataset *ds, frame_id frame);

#endif
