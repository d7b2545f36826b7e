/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/pprof_tables.h"

#include <inttypes.h>

enum { RECORD_ID = 1, STOP_STEP = 4096 };

static struct pprof_value_type
read_value_type(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct pprof_value_type type = { 0 };

	while (proto_next(&message, &field))
		if (field.number == 1)
			type.type = field.value;
		else if (field.number == 2)
			type.unit = field.value;
	return type;
}

uint32_t
pprof_index(const struct pprof_table *table, uint64_t id)
{
	uint64_t hash = hash_u64(id);

	/* Mostly all ids are 1, 2, 3 ... */
	if (id - 1 < table->dense)
		return (uint32_t)(id - 1);
	for (struct idmap_at at = idmap_first(&table->by_id, hash); idmap_id(&table->by_id, at) != ID_NONE;
	     at = idmap_next(&table->by_id, at))
		if (table->at[idmap_id(&table->by_id, at)].id == id)
			return idmap_id(&table->by_id, at);
	return ID_NONE;
}

const struct pprof_record *
pprof_find(const struct pprof_table *table, uint64_t id)
{
	uint32_t index = pprof_index(table, id);

	return index == ID_NONE ? NULL : &table->at[index];
}

static void
add_record(struct pprof_tables *tables, struct pprof_table *table, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	uint64_t id = 0;

	while (proto_next(&message, &field))
		if (field.number == RECORD_ID && field.wire == PROTO_VARINT)
			id = field.value;
	/* Some writers leave all ids out: what refers to them counts from 1. */
	if (id == 0) {
		id = table->len + 1;
		tables->unnumbered++;
	}
	if (pprof_index(table, id) != ID_NONE || table->len >= ID_NONE - 1) {
		tables->duplicates++;
		return;
	}
	if (id == table->len + 1 && table->dense == table->len)
		table->dense++;
	else
		idmap_add(&table->by_id, hash_u64(id), (uint32_t)table->len);
	vec_push(table, (struct pprof_record){ id, bytes });
}

static void
add_comments(struct pprof_tables *tables, struct proto_field *field)
{
	struct proto packed = proto_packed(field);
	uint64_t index;

	while (proto_packed_next(&packed, field, &index))
		vec_push(&tables->comments, index);
}

static void
add_bytes_field(struct pprof_tables *tables, struct proto_field *field)
{
	switch (field->number) {
	case PROFILE_SAMPLE_TYPE: vec_push(&tables->types, read_value_type(field->bytes)); break;
	case PROFILE_SAMPLE:      tables->samples++; break;
	case PROFILE_MAPPING:     add_record(tables, &tables->mappings, field->bytes); break;
	case PROFILE_LOCATION:    add_record(tables, &tables->locations, field->bytes); break;
	case PROFILE_FUNCTION:    add_record(tables, &tables->functions, field->bytes); break;
	case PROFILE_STRING:      vec_push(&tables->strings, field->bytes); break;
	case PROFILE_COMMENT:     add_comments(tables, field); break;
	case PROFILE_PERIOD_TYPE: tables->period_type = read_value_type(field->bytes); break;
	default: break;
	}
}

void
pprof_tables_read(struct pprof_tables *tables, struct str message, struct job *job)
{
	struct proto_field field;

	tables->end = proto_of(message);
	for (unsigned count = 1; proto_next(&tables->end, &field); count++) {
		if (count % STOP_STEP == 0 && job_stopped(job))
			return;
		if (field.wire == PROTO_BYTES)
			add_bytes_field(tables, &field);
		else if (field.number == PROFILE_DROP_FRAMES)
			tables->drop_frames = field.value;
		else if (field.number == PROFILE_KEEP_FRAMES)
			tables->keep_frames = field.value;
		else if (field.number == PROFILE_DEFAULT_TYPE)
			tables->default_type = field.value;
		else if (field.number == PROFILE_DOC_URL)
			tables->doc_url = field.value;
		else if (field.number == PROFILE_TIME)
			tables->time_ns = (int64_t)field.value;
		else if (field.number == PROFILE_DURATION)
			tables->duration_ns = (int64_t)field.value;
		else if (field.number == PROFILE_PERIOD)
			tables->period = (int64_t)field.value;
		else if (field.number == PROFILE_COMMENT)
			add_comments(tables, &field);
	}
}

void
pprof_tables_fini(struct pprof_tables *tables)
{
	vec_fini(&tables->strings);
	vec_fini(&tables->types);
	vec_fini(&tables->comments);
	struct pprof_table *all[] = { &tables->locations, &tables->functions, &tables->mappings };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		vec_fini(all[i]);
		idmap_fini(&all[i]->by_id);
	}
}

bool
pprof_string(const struct pprof_tables *tables, uint64_t index, struct str *out)
{
	*out = (struct str){ "", 0 };
	if (index >= tables->strings.len)
		return index == 0;
	*out = tables->strings.at[index];
	return true;
}

bool
pprof_add_string(const struct pprof_tables *tables, uint64_t index, struct buf *out)
{
	struct str text;
	bool there = pprof_string(tables, index, &text);

	if (there)
		buf_add(out, text);
	else
		buf_addf(out, "<bad string %" PRIu64 ">", index);
	return there;
}
