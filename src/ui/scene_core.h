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

#endif
