/* SPDX-License-Identifier: MIT */
#ifndef LOAD_PERF_DATA_H
#define LOAD_PERF_DATA_H

#include "load/format.h"

extern const struct load_format load_perf_data;

#endif
