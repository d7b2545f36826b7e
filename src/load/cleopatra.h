/* SPDX-License-Identifier: MIT */
#ifndef LOAD_CLEOPATRA_H
#define LOAD_CLEOPATRA_H

#include "load/format.h"

extern const struct load_format load_cleopatra;

#endif
