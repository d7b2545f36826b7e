/* SPDX-License-Identifier: MIT
 * The whole way from a dataset to the tree that is shown, as one small value: what is selected and merged, what is filtered, and from
 * which end it is seen.  Equal recipes of one dataset give equal trees. */
#ifndef ANALYSIS_RECIPE_H
#define ANALYSIS_RECIPE_H

#include "analysis/build.h"
#include "analysis/filter.h"
#include "util/error.h"
#include "util/strtab.h"

enum filter_kind {
	FILTER_IGNORE, FILTER_ONLY, FILTER_SHOW_FROM, FILTER_HIDE,
	FILTER_HIDE_SERVICE, FILTER_ONLY_SERVICE, FILTER_HIDE_PACKAGE, FILTER_ONLY_PACKAGE,
	FILTER_HIDE_KIND, FILTER_ONLY_KIND, FILTER_HIDE_FILE, FILTER_ONLY_FILE, FILTER_KINDS,
};

/* The pattern is in the recipe's own table of patterns: an expression searched in the frame's name, smart case. */
struct recipe_filter {
	enum filter_kind kind;
	str_id           pattern;
};

struct recipe {
	struct tree_spec spec;
	str_id           filters;            /* in the patterns: all of them, one after the other */
	uint32_t         filter_count;
	struct select_spec select;           /* which traces; spec.selected is NULL here */
	enum recursion   recursion;
	bool             inverted;           /* bottom-up: leaves first.  A timed tree is merged for it */
};

bool recipe_equal(const struct recipe *a, const struct recipe *b);

/* Adds a filter, of which there can be any number; the pattern is interned.  False with err when it is no valid expression; an equal
 * filter that is there already is not added again. */
bool recipe_add(struct recipe *recipe, struct strtab *patterns, enum filter_kind kind, struct str pattern, struct error *err);
void recipe_remove(struct recipe *recipe, struct strtab *patterns, uint32_t index);
/* In the order in which they were given; they are applied by kind. */
struct recipe_filter recipe_filter(const struct recipe *recipe, const struct strtab *patterns, uint32_t index);

/* Adds the frames that a filter of this kind means to a set, made on first use (NULL); free().  Those of services look at the service or
 * module, those of packages at label_package(), those of kinds at label_kind(), those of files at frame_file(), all others at the name. */
frame_word *recipe_filter_frames(frame_word *set, const struct dataset *ds, enum filter_kind kind, struct str pattern);

/* Adds the frames whose name a valid pattern finds to a set, made on first use (NULL); free(). */
frame_word *recipe_frames(frame_word *set, const struct dataset *ds, struct str pattern);

/* What a filter does with the frames that it means: FILTER_HIDE of FILTER_HIDE_SERVICE. */
enum filter_kind filter_effect(enum filter_kind kind);

/* The name of a kind as options and pills have it: "hide", "only", "ignore", "show-from", "hide-service" ... */
const char *filter_kind_name(enum filter_kind kind);

/* NULL only when the job was stopped.  Frames are those of build_cache_frames() for the recipe's spec.  *all_out (may be NULL) is the total of the selection before filters, of which shares of all are. */
struct tree *recipe_build(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, struct job *job,
                          double *all_out);

/* The steps of a recipe: what is selected and merged, what is filtered, and whether it is turned round. */
enum recipe_step { RECIPE_PLAIN, RECIPE_FILTERED, RECIPE_DONE };

/* The recipe that ends with a step. */
struct recipe recipe_until(const struct recipe *recipe, enum recipe_step step);

/* The same from the tree of an earlier step, which is only read, and its selection's total before filters. */
struct recipe_start { const struct tree *tree; enum recipe_step step; double all; };
struct tree *recipe_build_from(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns,
                               const struct recipe_start *start, struct job *job);

/* Whether the tree will be in time order. */
bool recipe_is_timed(const struct dataset *ds, const struct recipe *recipe);

#endif
