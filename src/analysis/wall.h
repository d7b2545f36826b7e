/* SPDX-License-Identifier: MIT
 * Wall time: at each instant the active spans of a track that have no active direct child share it equally.
 * One sweep over the starts and ends of each track; intervals are half-open, spans without length are never active. */
#ifndef ANALYSIS_WALL_H
#define ANALYSIS_WALL_H

#include "model/dataset.h"

/* Adds every span's share in ns to share, which has a place per span.  Whole numbers while no instant is shared. */
void wall_add(const struct dataset *ds, double *share);

#endif
