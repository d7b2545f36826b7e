/* SPDX-License-Identifier: MIT
 * Arena, vector, hash table, interned strings, buffers and errors, built with the smallest first capacities. */
#include "config.h"

#include <inttypes.h>

#include "tests/tap.h"
#include "util/alloc.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/error.h"
#include "util/hash.h"
#include "util/strtab.h"
#include "util/vec.h"

static void
test_arena(void)
{
	struct arena arena, other;
	unsigned char *blocks[500];
	bool zeroed = true, aligned = true, kept = true;

	arena_init(&arena);
	arena_init(&other);
	for (size_t i = 0; i < 500; i++) {
		blocks[i] = arena_alloc(&arena, i % 37);
		aligned &= (uintptr_t)blocks[i] % _Alignof(max_align_t) == 0;
		for (size_t j = 0; j < i % 37; j++) {
			zeroed &= blocks[i][j] == 0;
			blocks[i][j] = (unsigned char)i;
		}
	}
	char *copy = arena_copy(&other, STR("kept"));
	arena_take(&arena, &other);
	ok(other.last == NULL && other.total == 0, "an arena that was taken is empty");
	for (size_t i = 0; i < 500; i++)
		for (size_t j = 0; j < i % 37; j++)
			kept &= blocks[i][j] == (unsigned char)i;
	ok(zeroed, "memory comes zeroed");
	ok(aligned, "and aligned");
	ok(kept, "and is nobody else's");
	is_text(copy, "kept", "taken text stays");
	is_text(arena_copy(&arena, (struct str){ NULL, 0 }), "", "a copy of nothing is a string");
	ok(arena_alloc(&arena, 100000) != NULL, "more than any block");
	arena_take(&arena, &other);
	arena_fini(&arena);
	ok(arena.last == NULL && arena.total == 0, "all is released");
}

static void
test_vec(void)
{
	struct { VEC(int); } numbers = { 0 };
	bool right = true;

	for (int i = 0; i < 1000; i++)
		vec_push(&numbers, i);
	for (int i = 0; i < 1000; i++)
		right &= numbers.at[i] == i;
	ok(right && numbers.len == 1000, "pushed in order");
	is_int(vec_last(&numbers), 999, "last");
	is_int(vec_pop(&numbers), 999, "popped");
	is_int((long long)numbers.len, 999, "one fewer");
	vec_reserve(&numbers, 5000);
	ok(numbers.cap >= 5000 && numbers.at[998] == 998, "reserving keeps what is there");
	vec_fini(&numbers);
	ok(!numbers.at && !numbers.len && !numbers.cap, "an empty vector again");
}

static void
test_hash(void)
{
	struct idmap map;
	bool found = true, none = true;

	idmap_init(&map);
	ok(idmap_id(&map, idmap_first(&map, 5)) == ID_NONE, "an empty table holds nothing");
	for (uint32_t i = 0; i < 3000; i++)
		idmap_add(&map, hash_u64(i), i);
	for (uint32_t i = 0; i < 6000; i++) {
		uint32_t hit = ID_NONE;
		for (struct idmap_at at = idmap_first(&map, hash_u64(i)); idmap_id(&map, at) != ID_NONE; at = idmap_next(&map, at))
			if (idmap_tag_matches(&map, at, hash_u64(i)) && idmap_id(&map, at) == i)
				hit = i;
		found &= i >= 3000 || hit == i;
		none &= i < 3000 || hit == ID_NONE;
	}
	ok(found, "every id is found");
	ok(none, "and no other");
	idmap_fini(&map);

	idmap_init(&map);
	for (uint32_t i = 0; i < 200; i++)
		idmap_add(&map, 0, i);
	uint32_t same = 0;
	for (struct idmap_at at = idmap_first(&map, 0); idmap_id(&map, at) != ID_NONE; at = idmap_next(&map, at))
		same += idmap_tag_matches(&map, at, 0);
	is_int(same, 200, "equal hashes are all kept");
	idmap_fini(&map);

	ok(hash_bytes(STR("a")) != hash_bytes(STR("b")), "different texts, different hashes");
	ok(hash_bytes(STR("a")) != hash_bytes((struct str){ "a\0", 2 }), "a NUL counts");
	ok(hash_bytes(STR("same bytes here")) == hash_bytes(STR("same bytes here")), "equal texts, equal hashes");
	ok(hash_seeded(STR("a"), 1) != hash_seeded(STR("a"), 2), "the seed counts");
	ok(hash_pair(1, 2) != hash_pair(2, 1), "the order of a pair counts");
}

static void
test_strtab(void)
{
	struct strtab *tab = strtab_new();
	char text[32];
	bool same = true, right = true;

	is_int(strtab_intern(tab, STR("")), STR_EMPTY, "the empty string is 0");
	for (uint32_t i = 1; i <= 2000; i++) {
		snprintf(text, sizeof text, "name %" PRIu32, i);
		same &= strtab_intern(tab, str_of(text)) == i;
	}
	for (uint32_t i = 1; i <= 2000; i++) {
		snprintf(text, sizeof text, "name %" PRIu32, i);
		same &= strtab_intern(tab, str_of(text)) == i && strtab_find(tab, str_of(text)) == i;
		right &= str_equal(strtab_get(tab, i), str_of(text)) && strtab_get(tab, i).at[strlen(text)] == '\0';
	}
	ok(same, "ids by first appearance, equal for equal bytes");
	ok(right, "and the bytes come back");
	is_int(strtab_count(tab), 2001, "counted");
	is_int(strtab_find(tab, STR("never")), STR_NONE, "what was never interned is not found");
	ok(strtab_intern(tab, (struct str){ "a\0b", 3 }) != strtab_intern(tab, (struct str){ "a\0c", 3 }), "bytes behind a NUL count");
	strtab_free(tab);
	strtab_free(NULL);
}

static void
test_buf(void)
{
	struct buf buf = { 0 };

	is_text(buf_str(&buf).at, "", "an empty buffer is an empty string");
	buf_addf(&buf, "%d-%s", 42, "x");
	buf_addc(&buf, '!');
	buf_add(&buf, (struct str){ NULL, 0 });
	is_text(buf.at, "42-x!", "added in order");
	buf_clear(&buf);
	is_int((long long)buf.len, 0, "cleared");
	for (int i = 0; i < 1000; i++)
		buf_addf(&buf, "%03d", i);
	ok(buf.len == 3000 && memcmp(buf.at + 2997, "999", 4) == 0, "grown");
	buf_fini(&buf);
	char *text = xasprintf("%s:%d", "a", 7);
	is_text(text, "a:7", "a string of its own");
	free(text);
}

static void
test_error(void)
{
	struct error err = { 0 };
	struct buf out = { 0 };
	char deep[600];

	ok(!error_set(&err, ERROR_INPUT, "no %s", "stack"), "setting an error is false");
	error_format(&err, &out);
	is_text(out.at, "no stack", "without a place");
	buf_clear(&out);
	error_at_line(&err, "a.folded", 12);
	error_format(&err, &out);
	is_text(out.at, "a.folded:12: no stack", "with a line");
	buf_clear(&out);
	err = (struct error){ 0 };
	error_set(&err, ERROR_INPUT, "cut");
	error_at_byte(&err, "b.json", 99);
	error_format(&err, &out);
	is_text(out.at, "b.json: byte 99: cut", "with a byte");
	memset(deep, 'd', sizeof deep - 1);
	memcpy(deep + sizeof deep - 6, "/last", 6);
	error_at_line(&err, deep, 1);
	ok(strlen(err.path) == sizeof err.path - 1 && strncmp(err.path, "...", 3) == 0 && str_ends(str_of(err.path), STR("/last")),
	   "a long path keeps its end");
	ok(!error_set(NULL, ERROR_INPUT, "x") && !error_at_line(NULL, "x", 1) && !error_at_byte(NULL, "x", 1), "no error wanted, none written");
	buf_fini(&out);
}

static void
test_str(void)
{
	ok(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")), "prefixes");
	ok(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")), "suffixes");
	ok(str_compare(STR("ab"), STR("abc")) < 0 && str_compare(STR("b"), STR("abc")) > 0 && str_compare(STR("x"), STR("x")) == 0, "order");
	ok(str_equal((struct str){ NULL, 0 }, STR("")), "nothing equals nothing");
}

int
main(void)
{
	test_arena();
	test_vec();
	test_hash();
	test_strtab();
	test_buf();
	test_error();
	test_str();
	return done();
}
