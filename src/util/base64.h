/* SPDX-License-Identifier: MIT
 * Bytes as base64 with padding, the standard alphabet. */
#ifndef UTIL_BASE64_H
#define UTIL_BASE64_H

#include "util/buf.h"

void base64_add(struct str bytes, struct buf *out);

#endif
