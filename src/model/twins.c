/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/twins.h"

#include "model/repair.h"

void
twins_init(struct twin_table *table, struct dataset *ds, uint64_t seed)
{
	*table = (struct twin_table){ .ds = ds, .seed = seed };
	idmap_init(&table->by_first);
	idmap_init(&table->servers);
}

void
twins_fini(struct twin_table *table)
{
	vec_fini(&table->twins);
	vec_fini(&table->members);
	idmap_fini(&table->by_first);
	idmap_fini(&table->servers);
}

void
twins_clear(struct twin_table *table)
{
	table->twins.len = table->members.len = 0;
	if (table->by_first.cap)
		idmap_fini(&table->by_first);
	if (table->servers.cap)
		idmap_fini(&table->servers);
}

static uint32_t
find_twins(const struct twin_table *table, span_id first)
{
	const struct idmap *map = &table->by_first;
	uint64_t hash = hash_pair(table->seed, first);

	for (struct idmap_at at = idmap_first(map, hash); idmap_id(map, at) != ID_NONE; at = idmap_next(map, at))
		if (table->twins.at[idmap_id(map, at)].first == first)
			return idmap_id(map, at);
	return ID_NONE;
}

static void
add_member(struct twin_table *table, uint32_t twins, span_id span)
{
	vec_push(&table->members, (struct twin){ twins, span });
	table->ds->spans.flags[span] |= SPAN_SAME_ID;
}

void
twins_add(struct twin_table *table, span_id first, span_id span)
{
	uint32_t twins = find_twins(table, first);

	if (twins == ID_NONE) {
		twins = (uint32_t)table->twins.len;
		idmap_add(&table->by_first, hash_pair(table->seed, first), twins);
		vec_push(&table->twins, (struct twins){ first, ID_NONE, ID_NONE });
		add_member(table, twins, first);
	}
	add_member(table, twins, span);
}

static const struct group *
group_of(const struct dataset *ds, span_id span)
{
	return &ds->groups[ds->spans.group[span]];
}

/* Among the server halves with this id, that of the service and process; process STR_NONE: of any. */
static span_id
find_server(const struct twin_table *table, uint64_t id, str_id service, str_id process)
{
	const struct idmap *map = &table->servers;
	const struct dataset *ds = table->ds;
	uint64_t hash = hash_pair(table->seed ^ id, (uint64_t)service << 32 | process);

	for (struct idmap_at at = idmap_first(map, hash); idmap_id(map, at) != ID_NONE; at = idmap_next(map, at)) {
		span_id span = idmap_id(map, at);
		const struct group *group = group_of(ds, span);

		if (idmap_tag_matches(map, at, hash) && ds->spans.id[span] == id && group->service == service &&
		    (process == STR_NONE || group->process == process))
			return span;
	}
	return ID_NONE;
}

static void
enter_server(struct twin_table *table, span_id span)
{
	const struct group *group = group_of(table->ds, span);
	uint64_t id = table->ds->spans.id[span];
	const str_id keys[] = { group->process, STR_NONE };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (find_server(table, id, group->service, keys[i]) == ID_NONE)
			idmap_add(&table->servers, hash_pair(table->seed ^ id, (uint64_t)group->service << 32 | keys[i]), span);
}

/* The first of each kind.  What says nothing of its kind is the client when it may be one record of a half. */
static void
find_halves(struct twin_table *table)
{
	const struct spans *spans = &table->ds->spans;

	for (int wanted = 0; wanted < 2; wanted++) {
		for (size_t i = 0; i < table->members.len; i++) {
			span_id span = table->members.at[i].span;
			struct twins *twins = &table->twins.at[table->members.at[i].twins];
			uint8_t kind = spans->kind[span];
			bool maybe_client = kind == SPAN_UNSPECIFIED && group_of(table->ds, span)->in_parts;

			if (wanted == 0 && kind == SPAN_SERVER && twins->server == ID_NONE)
				twins->server = span;
			if ((wanted == 0 ? kind == SPAN_CLIENT : maybe_client) && twins->client == ID_NONE)
				twins->client = span;
		}
	}
	for (size_t i = 0; i < table->twins.len; i++) {
		struct twins *twins = &table->twins.at[i];

		if (twins->client == ID_NONE || twins->server == ID_NONE)
			twins->client = twins->server = ID_NONE;
	}
}

void
twins_settle(struct twin_table *table)
{
	struct spans *spans = &table->ds->spans;

	find_halves(table);
	for (size_t i = 0; i < table->members.len; i++) {
		span_id span = table->members.at[i].span;
		const struct twins *twins = &table->twins.at[table->members.at[i].twins];

		if (twins->client == ID_NONE)
			continue;
		if (spans->kind[span] == SPAN_SERVER)
			enter_server(table, span);
		if (span == twins->client || spans->kind[span] == SPAN_SERVER)
			spans->flags[span] |= SPAN_SHARED;
	}
	for (size_t i = 0; i < table->twins.len; i++)
		if (table->twins.at[i].client == ID_NONE)
			repair_note(table->ds, NOTE_WARNING, "several spans have the same id: children went to the first",
			            table->twins.at[i].first);
}

span_id
twins_parent(struct twin_table *table, span_id first, span_id child)
{
	const struct twins *twins = &table->twins.at[find_twins(table, first)];
	const struct group *own = group_of(table->ds, child);
	uint64_t id = table->ds->spans.id[first];
	span_id server;

	if (twins->client == ID_NONE)
		return first;
	server = find_server(table, id, own->service, own->process);
	if (server == ID_NONE)
		server = find_server(table, id, own->service, STR_NONE);
	if (server != ID_NONE)
		return server;
	return own->service == group_of(table->ds, twins->client)->service ? twins->client : twins->server;
}

span_id
twins_client(struct twin_table *table, span_id first)
{
	return table->twins.at[find_twins(table, first)].client;
}
