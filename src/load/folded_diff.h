/* SPDX-License-Identifier: MIT
 * Differential folded stacks: every line ends in two counts, that of a baseline and that of the profile itself. */
#ifndef LOAD_FOLDED_DIFF_H
#define LOAD_FOLDED_DIFF_H

#include "load/format.h"

extern const struct load_format load_folded_diff;

#endif
