/* SPDX-License-Identifier: MIT
 * A part of dataset_seal(): records that are parts of one span, from groups that say so (in_parts).
 * They have the same id, service and process, where these are told, and no kinds that differ. */
#ifndef MODEL_PARTS_H
#define MODEL_PARTS_H

#include "model/dataset.h"

/* Of one track. */
struct part_table {
	struct dataset *ds;
	uint64_t        seed;
	struct idmap    spans;    /* the first span of each id, service, process and kind, and of what is less exact */
};

void    parts_init(struct part_table *table, struct dataset *ds, uint64_t seed);
void    parts_fini(struct part_table *table);
void    parts_clear(struct part_table *table);

/* The span that span is a part of, among those added; ID_NONE: none. */
span_id parts_find(const struct part_table *table, span_id span);
void    parts_add(struct part_table *table, span_id span);

/* Takes what span says into whole: the earliest start, the longest duration, the rest where whole has none; its record becomes a
 * detail ref of whole. */
void    parts_join(struct part_table *table, span_id whole, span_id span);

#endif
