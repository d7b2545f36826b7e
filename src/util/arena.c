/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/arena.h"

#include <stdint.h>
#include <stdlib.h>

#include "util/alloc.h"

#ifndef ARENA_FIRST_BLOCK
#define ARENA_FIRST_BLOCK 4096
#endif
#define ARENA_LARGEST_BLOCK ((size_t)1 << 20)

/* A header in front of the bytes it owns. */
struct arena_block {
	struct arena_block *older;
	size_t              size;   /* bytes after this header */
	max_align_t         bytes[];
};

void
arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

void
arena_fini(struct arena *arena)
{
	struct arena_block *block = arena->last;

	while (block) {
		struct arena_block *older = block->older;
		free(block);
		block = older;
	}
	arena_init(arena);
}

static void
add_block(struct arena *arena, size_t at_least)
{
	size_t size = arena->last ? arena->last->size * 2 : ARENA_FIRST_BLOCK;

	if (size > ARENA_LARGEST_BLOCK)
		size = ARENA_LARGEST_BLOCK;
	if (size < at_least)
		size = at_least;
	CHECK(size < SIZE_MAX - sizeof(struct arena_block));
	struct arena_block *block = xcalloc(1, sizeof *block + size);
	block->older = arena->last;
	block->size = size;
	arena->last = block;
	arena->left = size;
	arena->total += size;
}

static char *
take(struct arena *arena, size_t size, size_t align)
{
	size_t skip = arena->last ? (arena->last->size - arena->left) & (align - 1) : 0;

	skip = skip ? align - skip : 0;
	if (!arena->last || arena->left < skip || arena->left - skip < size) {
		add_block(arena, size);
		skip = 0;
	}
	char *at = (char *)arena->last->bytes + (arena->last->size - arena->left) + skip;
	arena->left -= skip + size;
	return at;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	return take(arena, size, _Alignof(max_align_t));
}

char *
arena_copy(struct arena *arena, struct str text)
{
	CHECK(text.len < SIZE_MAX);
	char *copy = take(arena, text.len + 1, 1);

	if (text.len)
		memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return copy;
}

void
arena_take(struct arena *into, struct arena *from)
{
	struct arena_block *oldest = from->last;

	if (!oldest)
		return;
	while (oldest->older)
		oldest = oldest->older;
	oldest->older = into->last;
	into->last = from->last;
	into->left = from->left;
	into->total += from->total;
	arena_init(from);
}
