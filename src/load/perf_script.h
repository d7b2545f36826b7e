/* SPDX-License-Identifier: MIT */
#ifndef LOAD_PERF_SCRIPT_H
#define LOAD_PERF_SCRIPT_H

#include "load/format.h"

extern const struct load_format load_perf_script;

#endif
