/* SPDX-License-Identifier: MIT
 * Hash values and a table from hash values to 32-bit ids.
 * The table stores ids only; whoever owns the ids compares the keys:
 *
 *	uint64_t hash = hash_bytes(text);
 *	for (struct idmap_at at = idmap_first(&map, hash); idmap_id(&map, at) != ID_NONE; at = idmap_next(&map, at))
 *		if (idmap_tag_matches(&map, at, hash) && same_key(idmap_id(&map, at)))
 *			return idmap_id(&map, at);
 *	idmap_add(&map, hash, new_id);
 *
 * Values do not depend on the machine, the run or addresses: a name hashes alike everywhere.
 * hash_seeded() takes a seed for tables whose keys an attacker chooses. */
#ifndef UTIL_HASH_H
#define UTIL_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

#define ID_NONE UINT32_MAX

uint64_t hash_bytes(struct str bytes);
uint64_t hash_seeded(struct str bytes, uint64_t seed);

/* A bijective mix: spreads an integer over all 64 bits. */
static inline uint64_t
hash_u64(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 32;
}

static inline uint64_t
hash_pair(uint64_t a, uint64_t b)
{
	return hash_u64(hash_u64(a) ^ b);
}

struct idmap_slot {
	uint32_t id;    /* ID_NONE: free */
	uint32_t tag;   /* upper half of the hash */
};

struct idmap {
	struct idmap_slot *slots;   /* cap of them, a power of two, or NULL */
	uint32_t           cap, len;
};

struct idmap_at { uint32_t slot; };

void idmap_init(struct idmap *map);
void idmap_fini(struct idmap *map);
void idmap_clear(struct idmap *map);    /* keeps its memory */

/* Adds without looking for an equal key.  Invalidates every idmap_at. */
void idmap_add(struct idmap *map, uint64_t hash, uint32_t id);

static inline struct idmap_at
idmap_first(const struct idmap *map, uint64_t hash)
{
	return (struct idmap_at){ map->cap ? (uint32_t)(hash >> 32) & (map->cap - 1) : 0 };
}

static inline struct idmap_at
idmap_next(const struct idmap *map, struct idmap_at at)
{
	return (struct idmap_at){ (at.slot + 1) & (map->cap - 1) };
}

static inline uint32_t
idmap_id(const struct idmap *map, struct idmap_at at)
{
	return map->cap ? map->slots[at.slot].id : ID_NONE;
}

/* False when the key at this place certainly differs. */
static inline bool
idmap_tag_matches(const struct idmap *map, struct idmap_at at, uint64_t hash)
{
	return map->slots[at.slot].tag == (uint32_t)(hash >> 32);
}

/* Asks for the memory that a look-up will need. */
static inline void
idmap_prefetch(const struct idmap *map, uint64_t hash)
{
	if (map->cap)
		__builtin_prefetch(&map->slots[idmap_first(map, hash).slot]);
}

#endif
