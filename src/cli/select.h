/* SPDX-License-Identifier: MIT
 * The names on the command line looked up in a dataset. */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include "analysis/kept.h"
#include "analysis/recipe.h"
#include "analysis/search.h"
#include "cli/request.h"
#include "model/tree.h"
#include "util/error.h"

/* Which tree is asked for.  as_viewed: with the viewer's defaults (time order for a single trace); else merged, all tracks together.
 * False with err (ERROR_USAGE, naming what there is) when a name is unknown. */
bool select_spec(const struct dataset *ds, const struct request *request, bool as_viewed, struct tree_spec *spec_out, struct error *err);

/* The same with filters, recursion, direction and traces; patterns are interned. */
bool select_recipe(const struct dataset *ds, const struct request *request, bool as_viewed, struct strtab *patterns,
                   struct recipe *recipe_out, struct error *err);

/* Which traces: queries, which were checked when the command line was read, and the range of time; queries are interned. */
bool select_traces(const struct dataset *ds, const struct request *request, struct strtab *patterns, struct select_spec *out, struct error *err);

/* What track, filters, --focus and --sandwich leave, where spans and samples are listed or counted.  Queries and times are not asked. */
bool select_kept(struct build_cache *cache, const struct request *request, struct strtab *patterns, struct kept *out, struct error *err);

/* Says so when a selection leaves nothing. */
void select_say_empty(struct build_cache *cache, const struct select_spec *spec, const struct strtab *patterns);

/* What a track is called in lists: "1 trace 4bf92f35", "2 thread main". */
void track_describe(const struct dataset *ds, track_id track, struct buf *out);

/* A tree to look at, with the box that --focus names. */
struct selection {
	struct build_cache *cache;
	struct strtab      *patterns;    /* of the recipe's filters */
	struct recipe       recipe;
	double              all;         /* the total before filters */
	struct metric_info  metric;
	const struct dataset *ds;        /* whose frames the tree has */
	struct tree        *tree;        /* with --sandwich what the functions call, or with --invert what calls them, */
	uint32_t           *rows;        /* or both: the row of each node, the highest caller's first; else NULL */
	/* Of what calls them, per frame what the functions weigh themselves, which that tree has at the roots instead; callers have none.  Else NULL. */
	struct own { double self; uint64_t count; } *own;
	node_id             within;
};

/* How a sandwich is to be had. */
enum sandwich_as { SANDWICH_HALF, SANDWICH_WHOLE };


/* "wall 1.24 s", "1,315 samples": sanitised. */
void select_value(const struct metric_info *metric, double value, bool ascii, struct buf *out);

/* All of the above at once, with a message when part of the dataset is not measured.  False with err. */
bool select_open(struct selection *selection, const struct dataset *ds, const struct request *request, bool as_viewed,
                 enum sandwich_as sandwich, struct error *err);
void select_close(struct selection *selection);

/* What --search asks for; NULL without it. */
struct search *select_search(const struct request *request);

#endif
