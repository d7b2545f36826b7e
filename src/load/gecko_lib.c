/* SPDX-License-Identifier: MIT
 * Libraries, and which of them lies at an address. */
#include "config.h"

#include "load/gecko.h"

static struct str
base_name(struct str path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/' && path.at[at - 1] != '\\')
		at--;
	return str_tail(path, at);
}

static void
read_lib_list(struct json *json, struct strtab *strings, struct gecko_libs *libs)
{
	struct str key, name;

	if (!json_array(json))
		return;
	while (json_element(json)) {
		struct gecko_lib lib = { .name = STR_EMPTY, .build = STR_EMPTY };
		if (!json_object(json))
			continue;
		while (json_key(json, &key)) {
			if (str_equal(key, STR("name"))) {
				if (json_string(json, &name))
					lib.name = strtab_intern(strings, base_name(name));
			} else if (str_equal(key, STR("codeId")) || str_equal(key, STR("breakpadId"))) {
				bool better = key.at[0] == 'c' || lib.build == STR_EMPTY;
				if (json_peek(json) != JSON_STRING)
					json_skip(json);
				else if (json_string(json, &name) && name.len && better)
					lib.build = strtab_intern(strings, name);
			} else if (str_equal(key, STR("start"))) {
				if (!json_uint64(json, &lib.start))
					lib.start = 0;
			} else if (str_equal(key, STR("end"))) {
				if (!json_uint64(json, &lib.end))
					lib.end = 0;
			} else {
				json_skip(json);
			}
		}
		if (!json->fault)
			vec_push(libs, lib);
	}
}

/* The oldest profiles have the list as a text of JSON. */
void
gecko_libs(struct gecko_reader *reader, struct gecko_libs *libs)
{
	struct json *json = &reader->base.json, inner;
	struct str text;

	libs->len = 0;
	libs->sorted = false;
	if (json_peek(json) != JSON_STRING) {
		read_lib_list(json, reader->strings, libs);
		return;
	}
	buf_clear(&reader->text);
	if (!json_keep_string(json, &reader->text, &text))
		return;
	json_init_memory(&inner, text, 0, JSON_LOAD);
	if (json_next(&inner))
		read_lib_list(&inner, reader->strings, libs);
	json_fini(&inner);
}

void
gecko_libs_fini(struct gecko_libs *libs)
{
	vec_fini(libs);
	vec_fini(&libs->by_start);
}

static int
compare_start(const void *left, const void *right)
{
	const struct gecko_lib *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

static void
sort_libs(struct gecko_libs *libs)
{
	libs->sorted = true;
	libs->by_start.len = 0;
	for (size_t i = 0; i < libs->len; i++)
		if (libs->at[i].start < libs->at[i].end)
			vec_push(&libs->by_start, libs->at[i]);
	if (libs->by_start.len)
		qsort(libs->by_start.at, libs->by_start.len, sizeof *libs->by_start.at, compare_start);
}

const struct gecko_lib *
gecko_lib_at(struct gecko_libs *libs, uint64_t address)
{
	size_t low = 0, high;

	if (!libs->sorted)
		sort_libs(libs);
	high = libs->by_start.len;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (libs->by_start.at[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && address < libs->by_start.at[low - 1].end ? &libs->by_start.at[low - 1] : NULL;
}
