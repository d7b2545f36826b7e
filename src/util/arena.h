/* SPDX-License-Identifier: MIT
 * Memory that is released all at once.
 * Blocks grow with use; an allocation never moves and lives until arena_fini().
 * Not thread-safe: one arena has one owner at a time. */
#ifndef UTIL_ARENA_H
#define UTIL_ARENA_H

#include <stddef.h>

#include "util/str.h"

struct arena_block;

struct arena {
	struct arena_block *last;    /* newest block, linked to the older ones */
	size_t              left;    /* bytes free at the end of the newest block */
	size_t              total;   /* bytes held in all blocks */
};

void  arena_init(struct arena *arena);
void  arena_fini(struct arena *arena);

/* Zeroed memory aligned for any type; size 0 is allowed.  Aborts when memory is exhausted. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the bytes with a NUL after them, unaligned. */
char *arena_copy(struct arena *arena, struct str text);

/* Moves every block of from into into and leaves from empty; pointers into both stay valid. */
void  arena_take(struct arena *into, struct arena *from);

#endif
