/* SPDX-License-Identifier: MIT
 * Datasets made in memory, the same from run to run; the caller frees them. */
#ifndef BENCH_MAKE_H
#define BENCH_MAKE_H

#include "model/dataset.h"

/* A profile whose merged tree has so many nodes. */
struct dataset *make_profile(uint32_t nodes);
/* One trace. */
struct dataset *make_trace(uint32_t spans);
/* Many traces of ten spans each. */
struct dataset *make_traces(uint32_t traces);

#endif
