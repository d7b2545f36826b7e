/* SPDX-License-Identifier: MIT
 * The part of dataset_seal() that gives records to the spans they name. */
#ifndef MODEL_REFS_H
#define MODEL_REFS_H

#include "model/dataset.h"

/* Turns every loose ref into an extra ref of the first span with its ids.  Of the others, which are noted, those stay whose trace is there.
 * Once duplicates are squeezed out. */
void refs_resolve(struct dataset *ds);

#endif
