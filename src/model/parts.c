/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/parts.h"

#include "model/repair.h"

/* What is compared beside the id. */
struct part_key {
	str_id  service, process;    /* STR_NONE: whichever */
	uint8_t kind;
};

void
parts_init(struct part_table *table, struct dataset *ds, uint64_t seed)
{
	*table = (struct part_table){ .ds = ds, .seed = seed };
	idmap_init(&table->spans);
}

void
parts_fini(struct part_table *table)
{
	idmap_fini(&table->spans);
}

void
parts_clear(struct part_table *table)
{
	if (table->spans.cap)
		idmap_fini(&table->spans);
}

static const struct group *
group_of(const struct dataset *ds, span_id span)
{
	return &ds->groups[ds->spans.group[span]];
}

/* A group without a service is known by none, whatever it is called. */
static str_id
service_of(const struct group *group)
{
	return group->has_service ? group->service : STR_EMPTY;
}

static uint64_t
hash_key(const struct part_table *table, uint64_t id, struct part_key key)
{
	return hash_pair(table->seed ^ id, ((uint64_t)key.service << 32 | key.process) + ((uint64_t)key.kind << 29));
}

static span_id
find(const struct part_table *table, uint64_t id, struct part_key key)
{
	const struct dataset *ds = table->ds;
	uint64_t hash = hash_key(table, id, key);

	for (struct idmap_at at = idmap_first(&table->spans, hash); idmap_id(&table->spans, at) != ID_NONE;
	     at = idmap_next(&table->spans, at)) {
		span_id span = idmap_id(&table->spans, at);
		const struct group *group = group_of(ds, span);

		if (idmap_tag_matches(&table->spans, at, hash) && ds->spans.id[span] == id && ds->spans.kind[span] == key.kind &&
		    (key.service == STR_NONE || service_of(group) == key.service) &&
		    (key.process == STR_NONE || group->process == key.process))
			return span;
	}
	return ID_NONE;
}

/* Of the kind, else of any that does not contradict it. */
static span_id
find_kind(const struct part_table *table, span_id span, str_id service, str_id process)
{
	const struct spans *spans = &table->ds->spans;
	uint64_t id = spans->id[span];
	span_id found = find(table, id, (struct part_key){ service, process, spans->kind[span] });

	if (found == ID_NONE && spans->kind[span] != SPAN_UNSPECIFIED)
		found = find(table, id, (struct part_key){ service, process, SPAN_UNSPECIFIED });
	for (uint8_t kind = SPAN_INTERNAL; found == ID_NONE && spans->kind[span] == SPAN_UNSPECIFIED && kind <= SPAN_CONSUMER; kind++)
		found = find(table, id, (struct part_key){ service, process, kind });
	return found;
}

span_id
parts_find(const struct part_table *table, span_id span)
{
	const struct group *group = group_of(table->ds, span);
	span_id found = find_kind(table, span, service_of(group), group->process);

	/* A process that is not told may be any, and a service likewise. */
	if (found == ID_NONE && group->has_service)
		found = find_kind(table, span, group->service, group->process == STR_EMPTY ? STR_NONE : STR_EMPTY);
	if (found == ID_NONE)
		found = find_kind(table, span, group->has_service ? STR_EMPTY : STR_NONE, STR_NONE);
	return found;
}

void
parts_add(struct part_table *table, span_id span)
{
	const struct group *group = group_of(table->ds, span);
	uint64_t id = table->ds->spans.id[span];
	uint8_t kind = table->ds->spans.kind[span];
	const struct part_key keys[] = {
		{ service_of(group), group->process, kind }, { service_of(group), STR_NONE, kind }, { STR_NONE, STR_NONE, kind },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (find(table, id, keys[i]) == ID_NONE)
			idmap_add(&table->spans, hash_key(table, id, keys[i]), span);
}

static void
join_times(struct spans *spans, span_id whole, span_id part)
{
	bool whole_starts = !(spans->flags[whole] & SPAN_NO_START), part_starts = !(spans->flags[part] & SPAN_NO_START);
	bool whole_ends = !(spans->flags[whole] & SPAN_UNFINISHED), part_ends = !(spans->flags[part] & SPAN_UNFINISHED);

	if (part_starts && (!whole_starts || spans->start_ns[part] < spans->start_ns[whole]))
		spans->start_ns[whole] = spans->start_ns[part];
	if (part_ends && (!whole_ends || spans->duration_ns[part] > spans->duration_ns[whole]))
		spans->duration_ns[whole] = spans->duration_ns[part];
	if (!whole_starts && !part_starts && part_ends)
		spans->start_ns[whole] = spans->start_ns[part];
	if (part_starts)
		spans->flags[whole] &= (uint8_t)~SPAN_NO_START;
	if (part_ends)
		spans->flags[whole] &= (uint8_t)~SPAN_UNFINISHED;
	spans->flags[whole] |= spans->flags[part] & SPAN_LINKS;
	spans->events[whole] += spans->events[part];
}

/* The part that knows the service gives the span its place. */
static void
swap_records(struct spans *spans, span_id whole, span_id part)
{
	uint64_t at = spans->detail_at[whole];
	uint32_t len = spans->detail_len[whole];
	group_id group = spans->group[whole];

	spans->frame[whole] = spans->frame[part];
	spans->group[whole] = spans->group[part];
	spans->detail_at[whole] = spans->detail_at[part];
	spans->detail_len[whole] = spans->detail_len[part];
	spans->group[part] = group;
	spans->detail_at[part] = at;
	spans->detail_len[part] = len;
}

/* The record of part, read again with the details of whole. */
static void
join_record(struct dataset *ds, span_id whole, span_id part)
{
	if (ds->spans.detail_len[part])
		dataset_add_extra_ref(ds, &(struct detail_ref){
			.span = whole, .source = group_of(ds, part)->source, .at = ds->spans.detail_at[part],
			.len = ds->spans.detail_len[part], .role = REF_PART,
		});
}

void
parts_join(struct part_table *table, span_id whole, span_id part)
{
	struct dataset *ds = table->ds;
	struct spans *spans = &ds->spans;

	join_times(spans, whole, part);
	if (!group_of(ds, whole)->has_service && group_of(ds, part)->has_service && ds->frames[spans->frame[part]].name != STR_EMPTY)
		swap_records(spans, whole, part);
	else if (ds->frames[spans->frame[whole]].name == STR_EMPTY && group_of(ds, whole)->service == group_of(ds, part)->service)
		spans->frame[whole] = spans->frame[part];
	join_record(ds, whole, part);
	if (!spans->parent_id[whole])
		spans->parent_id[whole] = spans->parent_id[part];
	if (spans->status[whole] < spans->status[part])
		spans->status[whole] = spans->status[part];
	if (spans->kind[whole] == SPAN_UNSPECIFIED)
		spans->kind[whole] = spans->kind[part];
	parts_add(table, whole);
	repair_note(ds, NOTE_INFO, "a span was reported in parts: joined", whole);
}
