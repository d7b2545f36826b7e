/* SPDX-License-Identifier: MIT
 * Columns of one code point, where libunistring and the C library's wcwidth agree.
 * Independent of the process's locale; any number of threads may ask. */
#ifndef UTIL_WIDTH_H
#define UTIL_WIDTH_H

#include <stdint.h>

/* 0 (a mark that joins what is before it), 1 or 2; -1: control, unassigned, or the two do not agree. */
int width_of(uint32_t code_point);

#endif
