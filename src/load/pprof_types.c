/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/pprof_types.h"

#include "util/alloc.h"
#include "util/buf.h"

enum { SHOWN_MAX = 64 };    /* sample types; real profiles have up to a dozen */

static const char note_many[] = "the profile has more than 64 sample types: the others were left out";
static const char note_named[] = "two sample types have the same name and unit: the later one was given a number";

/* Which of the first SHOWN_MAX types have a value that is not zero, a bit each; looking ends once enough says so. */
static uint64_t
nonzero_types(struct str message, uint64_t enough)
{
	struct proto walk = proto_of(message);
	struct proto_field field, part;
	uint64_t value, found = 0;

	while (!(found & enough) && proto_next(&walk, &field)) {
		unsigned type = 0;
		if (field.number != PROFILE_SAMPLE || field.wire != PROTO_BYTES)
			continue;
		for (struct proto sample = proto_of(field.bytes); proto_next(&sample, &part);) {
			if (part.number != SAMPLE_VALUE)
				continue;
			struct proto packed = proto_packed(&part);
			for (; proto_packed_next(&packed, &part, &value); type++)
				if (value && type < SHOWN_MAX)
					found |= UINT64_C(1) << type;
		}
	}
	return found;
}

/* The type that the profile names as its default, else the last one; when nothing is named, the last that is not zero throughout. */
static void
find_default(struct pprof_types *types, const struct pprof_tables *tables, struct str message)
{
	struct str wanted, name;
	bool named = false;

	types->first = types->shown - 1;
	if (tables->default_type && pprof_string(tables, tables->default_type, &wanted))
		for (size_t i = types->shown; i-- > 0;)
			if (pprof_string(tables, tables->types.at[i].type, &name) && str_equal(name, wanted)) {
				types->first = i;
				named = true;
			}
	uint64_t first = UINT64_C(1) << types->first, all = (first << (types->shown - 1 - types->first)) * 2 - 1;
	uint64_t nonzero = nonzero_types(message, first) & all;
	types->all_zero = nonzero && !(nonzero & first);
	if (!types->all_zero || named)
		return;
	types->all_zero = false;
	while (!(nonzero >> types->first & 1))
		types->first--;
}

/* Kept with the default type first, the others in the file's order behind it. */
static size_t
place_of(const struct pprof_types *types, size_t type)
{
	if (type == types->first)
		return 0;
	return type < types->first ? type + 1 : type;
}

static void
declare(const struct pprof_types *types, const struct pprof_tables *tables, struct sink *sink)
{
	struct buf name = { 0 }, unit = { 0 };

	for (size_t place = 0; place < types->shown; place++) {
		size_t type = place == 0 ? types->first : place - (place <= types->first);
		buf_clear(&name);
		buf_clear(&unit);
		pprof_add_string(tables, tables->types.at[type].type, &name);
		pprof_add_string(tables, tables->types.at[type].unit, &unit);
		size_t len = name.len;
		for (unsigned number = 2; sink_sample_type(sink, buf_str(&name), buf_str(&unit)) != place; number++) {
			name.len = len;
			buf_addf(&name, " %u", number);
			if (number == 2)
				sink_note(sink, NOTE_WARNING, note_named, 0, SINK_NO_BYTE, (struct str){ 0 });
		}
	}
	buf_fini(&name);
	buf_fini(&unit);
}

void
pprof_types_init(struct pprof_types *types, const struct pprof_tables *tables, struct str message, struct sink *sink)
{
	*types = (struct pprof_types){ .count = tables->types.len };
	types->shown = types->count < SHOWN_MAX ? types->count : SHOWN_MAX;
	if (types->shown < types->count)
		sink_note(sink, NOTE_WARNING, note_many, 0, SINK_NO_BYTE, (struct str){ 0 });
	types->weights = xcalloc(types->shown, sizeof *types->weights);
	find_default(types, tables, message);
	declare(types, tables, sink);
}

void
pprof_types_fini(struct pprof_types *types)
{
	free(types->weights);
}

void
pprof_types_set(struct pprof_types *types, const uint64_t *values)
{
	for (size_t i = 0; i < types->shown; i++)
		types->weights[place_of(types, i)] = (double)(int64_t)values[i];
}
