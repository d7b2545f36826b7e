/* SPDX-License-Identifier: MIT
 * pprof profiles: one protobuf message with tables that refer to each other by id, in any order.
 * Source: google/pprof profile.proto and its documentation of drop_frames and default_sample_type. */
#ifndef LOAD_PPROF_H
#define LOAD_PPROF_H

#include <stdbool.h>

#include "util/str.h"

struct load_format;

extern const struct load_format load_pprof;

/* Whether bytes begin like a Profile: top-level fields of the right numbers and wire types, first values of the right shape. */
bool pprof_is_profile(struct str bytes);

#endif
