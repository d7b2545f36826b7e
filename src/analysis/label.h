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

/* Whether spans are named by this frame, so that its module is a service. */
static inline bool
frame_is_of_span(const struct dataset *ds, frame_id frame)
{
	return ds->frames[frame].of_span;
}

/* Of a function's frame what code it is: "user", "kernel", "jit", "inlined" or "waker"; empty for those of spans. */
struct str label_kind(const struct dataset *ds, frame_id frame);

/* Per frame its place among all labels as shown, by bytes; equal labels have equal places.  free(). */
uint32_t *label_ranks(const struct dataset *ds);

/* What a frame is coloured by: its service, "kernel" for the kernel's, the file name of a shared library, the package that its script lies
 * in ("express" of ".../node_modules/express/lib/x.js"), else one cut from its name as its language writes it ("io/netty", "net/http",
 * "std"), else "jit" for what was compiled while the program ran, the last part of its module's path, or the whole name. */
struct str label_package(const struct dataset *ds, frame_id frame);

#endif
