/* SPDX-License-Identifier: MIT
 * Files mapped into memory, and what happens when they shrink meanwhile: instead of a SIGBUS the missing bytes read as zeros from then
 * on, and the mapping remembers it.  The handler passes on faults that are not ours. */
#ifndef LOAD_MAPPING_H
#define LOAD_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

/* The first len bytes of a regular file, read-only; NULL when it cannot be mapped.  The descriptor may be closed afterwards. */
const char *mapping_open(int fd, size_t len);
void        mapping_close(const char *at);

/* Whether the file has been found shorter than the mapping; *from_out is the offset of the first byte that was missed. */
bool        mapping_was_cut(const char *at, size_t *from_out);

#endif
