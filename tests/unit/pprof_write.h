/* SPDX-License-Identifier: MIT
 * pprof profiles for tests, written message by message. */
#ifndef TESTS_UNIT_PPROF_WRITE_H
#define TESTS_UNIT_PPROF_WRITE_H

#include <string.h>

#include "tests/unit/proto_write.h"

#define NUMBERS(...) (const uint64_t[]){ __VA_ARGS__ }, sizeof((const uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t)

/* A profile whose strings are collected as they are named and come last, as most writers have it. */
struct profile {
	struct buf  out;
	const char *strings[100];
	size_t      count;
};

static inline uint64_t
string(struct profile *profile, const char *text)
{
	size_t i = 0;

	if (profile->count == 0)
		profile->strings[profile->count++] = "";
	while (i < profile->count && strcmp(profile->strings[i], text) != 0)
		i++;
	if (i == profile->count)
		profile->strings[profile->count++] = text;
	return i;
}

static inline void
put_strings(struct profile *profile)
{
	string(profile, "");
	for (size_t i = 0; i < profile->count; i++)
		put_text(&profile->out, 6, profile->strings[i]);
}

static inline void
put_type(struct profile *profile, const char *type, const char *unit)
{
	struct buf message = { 0 };

	put_varint(&message, 1, string(profile, type));
	put_varint(&message, 2, string(profile, unit));
	put_message(&profile->out, 1, &message);
}

/* id 0: left out. */
static inline void
put_mapping(struct profile *profile, uint64_t id, uint64_t start, uint64_t offset, const char *file)
{
	struct buf message = { 0 };

	if (id)
		put_varint(&message, 1, id);
	put_varint(&message, 2, start);
	put_varint(&message, 3, start + 0x100000);
	put_varint(&message, 4, offset);
	put_varint(&message, 5, string(profile, file));
	put_message(&profile->out, 3, &message);
}

static inline void
put_function(struct profile *profile, uint64_t id, const char *name, const char *system_name, const char *file)
{
	struct buf message = { 0 };

	if (id)
		put_varint(&message, 1, id);
	put_varint(&message, 2, string(profile, name));
	put_varint(&message, 3, string(profile, system_name));
	put_varint(&message, 4, string(profile, file));
	put_message(&profile->out, 5, &message);
}

/* Functions innermost first; each line is ten times its function. */
static inline void
put_location(struct profile *profile, uint64_t id, uint64_t mapping, uint64_t address, const uint64_t *functions, size_t count)
{
	struct buf message = { 0 };

	if (id)
		put_varint(&message, 1, id);
	put_varint(&message, 2, mapping);
	put_varint(&message, 3, address);
	for (size_t i = 0; i < count; i++) {
		struct buf line = { 0 };
		put_varint(&line, 1, functions[i]);
		put_varint(&line, 2, functions[i] * 10);
		put_message(&message, 4, &line);
	}
	put_message(&profile->out, 4, &message);
}

static inline struct buf
sample(const uint64_t *locations, size_t location_count, const uint64_t *values, size_t value_count)
{
	struct buf message = { 0 };

	put_packed(&message, 1, locations, location_count);
	put_packed(&message, 2, values, value_count);
	return message;
}

static inline void
put_sample(struct profile *profile, const uint64_t *locations, size_t location_count, const uint64_t *values, size_t value_count)
{
	struct buf message = sample(locations, location_count, values, value_count);

	put_message(&profile->out, 2, &message);
}

/* kind: 't' for a text, 'n' for a number. */
static inline void
put_label(struct profile *profile, struct buf *sample, const char *key, const char *text, int64_t number, const char *unit)
{
	struct buf message = { 0 };

	put_varint(&message, 1, string(profile, key));
	if (text)
		put_varint(&message, 2, string(profile, text));
	else
		put_varint(&message, 3, (uint64_t)number);
	if (unit)
		put_varint(&message, 4, string(profile, unit));
	put_message(sample, 3, &message);
}

#endif
