/* SPDX-License-Identifier: MIT
 * The harness's other side of the fork. */
#ifndef SCREEN_CHILD_H
#define SCREEN_CHILD_H

#include "tests/screen/harness.h"

/* Becomes the program, or, where jobs are asked for, its parent with job control that is spoken to over control:
 * it tells the program's id, then 's' each time the program has stopped, and continues it when it is told 'c'. */
_Noreturn void child_become(const struct screen_options *options, int control);

#endif
