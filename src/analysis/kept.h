/* SPDX-License-Identifier: MIT
 * Which spans and samples a recipe leaves, for what is listed or counted rather than drawn. */
#ifndef ANALYSIS_KEPT_H
#define ANALYSIS_KEPT_H

#include "analysis/recipe.h"

/* What is to be left beside the recipe's track and filters. */
struct kept_wish {
	const char *focus;       /* what is at this path or below it; NULL: all */
	struct str  through;     /* what goes through a frame whose name this valid pattern finds, once filters are applied; empty: all */
};

/* All zero but for the track: everything. */
struct kept {
	track_id  track;      /* TRACK_ALL: all */
	uint64_t *spans;      /* a bit each; NULL: all */
	uint64_t *stacks;     /* likewise, and a bit for the empty stack */
};

/* Queries and ranges of time are not asked (analysis/selected.h).  False with err (ERROR_USAGE) when nothing is at the path. */
bool kept_build(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, const struct kept_wish *wish,
                struct kept *out, struct error *err);
void kept_fini(struct kept *kept);

bool kept_has_span(const struct kept *kept, const struct dataset *ds, span_id span);
bool kept_has_sample(const struct kept *kept, const struct dataset *ds, sample_id sample);

/* A bit per track: whether anything of it is left; free(). */
uint64_t *kept_tracks(const struct kept *kept, const struct dataset *ds);

#endif
