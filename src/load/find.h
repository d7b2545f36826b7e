/* SPDX-License-Identifier: MIT
 * Whether bytes stand somewhere in other bytes, sixteen places at a time. */
#ifndef LOAD_FIND_H
#define LOAD_FIND_H

#include "util/str.h"

/* needle is not empty. */
bool find_bytes(struct str text, struct str needle);

#endif
