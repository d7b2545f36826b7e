/* SPDX-License-Identifier: MIT
 * Pyroscope's flame graphs: levels of boxes, each row a list of numbers. */
#ifndef LOAD_FLAMEBEARER_H
#define LOAD_FLAMEBEARER_H

#include "load/format.h"

extern const struct load_format load_flamebearer;

#endif
