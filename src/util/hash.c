/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/hash.h"

#include <stdlib.h>

#include "util/alloc.h"

#ifndef IDMAP_FIRST_CAP
#define IDMAP_FIRST_CAP 64u
#endif

static uint64_t
load_word(const char *at, size_t len)
{
	uint64_t word = 0;

	for (size_t i = 0; i < len; i++)
		word |= (uint64_t)(unsigned char)at[i] << (8 * i);
	return word;
}

static uint64_t
load_eight(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

uint64_t
hash_seeded(struct str bytes, uint64_t seed)
{
	uint64_t hash = hash_u64(seed ^ bytes.len);
	const char *at = bytes.at;
	size_t left = bytes.len;

	for (; left >= 8; at += 8, left -= 8) {
		hash = (hash ^ load_eight(at)) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 29;
	}
	if (left)
		hash = (hash ^ load_word(at, left)) * UINT64_C(0x9e3779b97f4a7c15);
	return hash_u64(hash);
}

uint64_t
hash_bytes(struct str bytes)
{
	return hash_seeded(bytes, 0);
}

void
idmap_init(struct idmap *map)
{
	*map = (struct idmap){ 0 };
}

void
idmap_fini(struct idmap *map)
{
	free(map->slots);
	idmap_init(map);
}

void
idmap_clear(struct idmap *map)
{
	for (uint32_t i = 0; i < map->cap; i++)
		map->slots[i].id = ID_NONE;
	map->len = 0;
}

static void
put(struct idmap *map, uint32_t tag, uint32_t id)
{
	uint32_t slot = tag & (map->cap - 1);

	while (map->slots[slot].id != ID_NONE)
		slot = (slot + 1) & (map->cap - 1);
	map->slots[slot] = (struct idmap_slot){ id, tag };
}

static void
grow(struct idmap *map)
{
	struct idmap_slot *old = map->slots;
	uint32_t old_cap = map->cap;

	CHECK(old_cap < UINT32_C(1) << 31);
	map->cap = old_cap ? old_cap * 2 : IDMAP_FIRST_CAP;
	map->slots = xreallocarray(NULL, map->cap, sizeof *map->slots);
	for (uint32_t i = 0; i < map->cap; i++)
		map->slots[i].id = ID_NONE;
	for (uint32_t i = 0; i < old_cap; i++)
		if (old[i].id != ID_NONE)
			put(map, old[i].tag, old[i].id);
	free(old);
}

void
idmap_add(struct idmap *map, uint64_t hash, uint32_t id)
{
	CHECK(id != ID_NONE);
	if (map->len >= map->cap / 4 * 3)
		grow(map);
	put(map, (uint32_t)(hash >> 32), id);
	map->len++;
}
