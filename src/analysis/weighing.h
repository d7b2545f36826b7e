/* SPDX-License-Identifier: MIT
 * Which samples weigh anything, and so which functions there are to be seen: what a file only lists has no box in any tree. */
#ifndef ANALYSIS_WEIGHING_H
#define ANALYSIS_WEIGHING_H

#include "model/dataset.h"

/* Whether it weighs anything by any metric. */
bool     weighing_sample(const struct dataset *ds, sample_id sample);

/* How many frames can be seen; an empty stack that weighs counts as one without a name.
 * stacks: per stack, and one past the last for the empty one, whether a sample of it weighs; frames: per frame whether it is seen anyway.
 * Both are left with all that such stacks go through. */
uint32_t weighing_frames(const struct dataset *ds, bool *stacks, bool *frames);

#endif
