/* SPDX-License-Identifier: MIT
 * Processes, threads and lanes of a Chrome trace, by what the file calls them. */
#include "config.h"

#include "load/chrome.h"

static uint64_t
hash_key(struct chrome_key key, uint64_t salt)
{
	return hash_pair((uint64_t)key.number, (uint64_t)key.text << 32 | salt);
}

static bool
key_equal(struct chrome_key a, struct chrome_key b)
{
	return a.number == b.number && a.text == b.text;
}

uint32_t
chrome_find_process(struct chrome_reader *reader, struct chrome_key key)
{
	uint64_t hash = hash_key(key, 0);

	for (struct idmap_at at = idmap_first(&reader->process_of, hash); idmap_id(&reader->process_of, at) != ID_NONE;
	     at = idmap_next(&reader->process_of, at)) {
		uint32_t id = idmap_id(&reader->process_of, at);
		if (key_equal(reader->processes.at[id].key, key))
			return id;
	}
	vec_push(&reader->processes, (struct chrome_process){ .key = key, .name = STR_NONE });
	idmap_add(&reader->process_of, hash, (uint32_t)reader->processes.len - 1);
	return (uint32_t)reader->processes.len - 1;
}

uint32_t
chrome_find_thread(struct chrome_reader *reader, uint32_t process, struct chrome_key key)
{
	uint64_t hash = hash_key(key, process);

	for (struct idmap_at at = idmap_first(&reader->thread_of, hash); idmap_id(&reader->thread_of, at) != ID_NONE;
	     at = idmap_next(&reader->thread_of, at)) {
		uint32_t id = idmap_id(&reader->thread_of, at);
		if (reader->threads.at[id].process == process && key_equal(reader->threads.at[id].key, key))
			return id;
	}
	vec_push(&reader->threads, (struct chrome_thread){ .process = process, .key = key, .name = STR_NONE });
	idmap_add(&reader->thread_of, hash, (uint32_t)reader->threads.len - 1);
	return (uint32_t)reader->threads.len - 1;
}

uint32_t
chrome_find_lane(struct chrome_reader *reader, struct str key, uint32_t process, struct str category)
{
	str_id id = strtab_intern(reader->lane_keys, key);

	if (id > reader->lanes.len)
		vec_push(&reader->lanes, (struct chrome_lane){ .process = process, .category = chrome_name(reader, category) });
	return id - 1;
}

str_id
chrome_name(struct chrome_reader *reader, struct str name)
{
	return name.len ? strtab_intern(reader->names, name) : STR_EMPTY;
}
