/* SPDX-License-Identifier: MIT
 * What the parts of a scene ask of each other. */
#ifndef UI_SCENE_CORE_H
#define UI_SCENE_CORE_H

#include "ui/scene.h"

/* The match is of no use any more, nor the table where it lists or marks what is found. */
void scene_drop_match(struct scene *scene);
void scene_forget_table(struct scene *scene);

/* Finds out again which boxes of the plane match. */
void scene_count_hits(struct scene *scene);

/* Of a timed tree, which nodes its recipe's queries find. */
void scene_find_queried(struct scene *scene, struct build_cache *cache, const struct strtab *patterns, struct job *job);

/* The table of everything, by self; the scene's then. */
void scene_take_top(struct scene *scene, struct top *top);

/* Chains folded as scene_fold_chains() does, without a change of the scene; and the scene drawn with them, which it owns then. */
struct folded scene_make_folded(const struct scene *scene, bool all, const uint64_t *turned, uint32_t step);
void          scene_take_folded(struct scene *scene, struct folded folded);

#endif
