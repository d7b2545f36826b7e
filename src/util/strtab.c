/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/strtab.h"

#include "util/alloc.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/vec.h"

struct strtab {
	const struct strtab *base;             /* of ids below first; NULL: there is none */
	str_id               first;
	struct arena bytes;
	struct idmap ids;
	struct { VEC(struct str); } strings;   /* those with ids from first on */
};

struct strtab *
strtab_new(void)
{
	struct strtab *tab = xcalloc(1, sizeof *tab);

	arena_init(&tab->bytes);
	idmap_init(&tab->ids);
	strtab_intern(tab, STR(""));
	return tab;
}

struct strtab *
strtab_over(const struct strtab *base)
{
	struct strtab *tab = xcalloc(1, sizeof *tab);

	arena_init(&tab->bytes);
	idmap_init(&tab->ids);
	tab->base = base;
	tab->first = strtab_count(base);
	return tab;
}

void
strtab_free(struct strtab *tab)
{
	if (!tab)
		return;
	arena_fini(&tab->bytes);
	idmap_fini(&tab->ids);
	vec_fini(&tab->strings);
	free(tab);
}

static str_id
find(const struct strtab *tab, struct str text, uint64_t hash)
{
	str_id below = tab->base ? find(tab->base, text, hash) : STR_NONE;

	if (below != STR_NONE)
		return below;
	for (struct idmap_at at = idmap_first(&tab->ids, hash); idmap_id(&tab->ids, at) != ID_NONE;
	     at = idmap_next(&tab->ids, at)) {
		str_id id = idmap_id(&tab->ids, at);
		if (idmap_tag_matches(&tab->ids, at, hash) && str_equal(tab->strings.at[id - tab->first], text))
			return id;
	}
	return STR_NONE;
}

str_id
strtab_find(const struct strtab *tab, struct str text)
{
	return find(tab, text, hash_bytes(text));
}

static str_id
intern(struct strtab *tab, struct str text, uint64_t hash)
{
	str_id id = find(tab, text, hash);

	if (id != STR_NONE)
		return id;
	CHECK(tab->strings.len < STR_NONE - tab->first);
	id = tab->first + (str_id)tab->strings.len;
	vec_push(&tab->strings, (struct str){ arena_copy(&tab->bytes, text), text.len });
	idmap_add(&tab->ids, hash, id);
	return id;
}

str_id
strtab_intern(struct strtab *tab, struct str text)
{
	return intern(tab, text, hash_bytes(text));
}

/* Hashes run ahead of the look-ups, so that the memory is there when it is needed: first the slot, then what it points to. */
void
strtab_intern_many(struct strtab *tab, const struct str *texts, size_t count, str_id *ids_out)
{
	enum { AHEAD = 8, HALF = 4 };
	uint64_t hashes[AHEAD];

	for (size_t i = 0; i < count + AHEAD; i++) {
		if (i >= AHEAD)
			ids_out[i - AHEAD] = intern(tab, texts[i - AHEAD], hashes[i % AHEAD]);
		if (i < count) {
			hashes[i % AHEAD] = hash_bytes(texts[i]);
			idmap_prefetch(&tab->ids, hashes[i % AHEAD]);
		}
		if (i >= HALF && i - HALF < count) {
			str_id id = idmap_id(&tab->ids, idmap_first(&tab->ids, hashes[(i - HALF) % AHEAD]));
			if (id != ID_NONE)
				__builtin_prefetch(tab->strings.at[id - tab->first].at);
		}
	}
}

struct str
strtab_get(const struct strtab *tab, str_id id)
{
	if (id < tab->first)
		return strtab_get(tab->base, id);
	CHECK(id - tab->first < tab->strings.len);
	return tab->strings.at[id - tab->first];
}

uint32_t
strtab_count(const struct strtab *tab)
{
	return tab->first + (uint32_t)tab->strings.len;
}
