/* SPDX-License-Identifier: MIT
 * Spans and samples. */
#include "config.h"

#include "load/sink_core.h"

#include "util/alloc.h"

static struct open_group *
current(struct sink *sink)
{
	CHECK(sink->open);
	return &sink->groups.at[sink->current];
}

static void
add_group(struct sink *sink, str_id key)
{
	sink->current = sink->groups.len;
	vec_push(&sink->groups, (struct open_group){
		.key = key, .facts = { .source = sink->source, .service = STR_EMPTY }, .id = ID_NONE,
	});
}

void
sink_group_open(struct sink *sink)
{
	CHECK(!sink->open);
	sink->open = true;
	sink->first_span = sink->ds->spans.count;
	sink->groups.len = 0;
	idmap_fini(&sink->groups_by_key);
	add_group(sink, STR_NONE);
}

bool
sink_group_switch_id(struct sink *sink, str_id id)
{
	if (current(sink)->key == id)
		return false;
	uint64_t hash = hash_u64(id);
	for (struct idmap_at at = idmap_first(&sink->groups_by_key, hash); idmap_id(&sink->groups_by_key, at) != ID_NONE;
	     at = idmap_next(&sink->groups_by_key, at))
		if (sink->groups.at[idmap_id(&sink->groups_by_key, at)].key == id) {
			sink->current = idmap_id(&sink->groups_by_key, at);
			return false;
		}
	add_group(sink, id);
	idmap_add(&sink->groups_by_key, hash, (uint32_t)sink->current);
	return true;
}

bool
sink_group_switch(struct sink *sink, struct str key)
{
	return sink_group_switch_id(sink, sink_intern(sink, key));
}

size_t
sink_group_place(const struct sink *sink)
{
	return sink->current;
}

void
sink_group_return(struct sink *sink, size_t place)
{
	CHECK(sink->open && place < sink->groups.len);
	sink->current = place;
}

void
sink_group_service(struct sink *sink, struct str service)
{
	struct group *facts = &current(sink)->facts;

	facts->service = sink_intern(sink, service);
	facts->has_service = facts->service != STR_EMPTY;
}

void
sink_group_in_parts(struct sink *sink, struct str process)
{
	struct group *facts = &current(sink)->facts;

	facts->in_parts = true;
	facts->process = sink_intern(sink, process);
}

void
sink_group_resource(struct sink *sink, uint64_t at, uint32_t len)
{
	struct group *facts = &current(sink)->facts;

	facts->resource_at = at;
	facts->resource_len = len;
}

void
sink_group_scope(struct sink *sink, uint64_t at, uint32_t len)
{
	struct group *facts = &current(sink)->facts;

	facts->scope_at = at;
	facts->scope_len = len;
}

/* Of a span without a start, which is 0, it is the end. */
static int64_t
duration_between(int64_t start, int64_t end)
{
	int64_t duration;

	if (__builtin_sub_overflow(end, start, &duration))
		return end < start ? -INT64_MAX : INT64_MAX;
	return duration;
}

group_id
sink_current_group(struct sink *sink)
{
	struct open_group *group = current(sink);

	if (group->id == ID_NONE)
		group->id = dataset_add_group(sink->ds, &group->facts);
	return group->id;
}

static span_id
add_span(struct sink *sink, track_id track, const struct span_in *in)
{
	struct spans *spans = &sink->ds->spans;
	group_id group = sink_current_group(sink);
	span_id span = dataset_add_span(sink->ds);
	spans->frame[span] = sink_intern(sink, in->name);    /* a frame only when the set closes and services are known */
	spans->track[span] = track;
	spans->group[span] = group;
	spans->id[span] = in->id;
	spans->parent_id[span] = in->parent_id;
	spans->start_ns[span] = in->has_start ? in->start_ns : in->has_end && in->is_length ? START_OF_LENGTH : START_BEFORE_END;
	spans->kind[span] = (uint8_t)in->kind;
	spans->status[span] = (uint8_t)in->status;
	spans->detail_at[span] = in->detail_at;
	spans->detail_len[span] = in->detail_len;
	if (!in->has_start)
		spans->flags[span] |= SPAN_NO_START;
	if (!in->has_end)
		spans->flags[span] |= SPAN_UNFINISHED;
	if (in->has_links)
		spans->flags[span] |= SPAN_LINKS;
	spans->events[span] = in->events;
	spans->duration_ns[span] = in->has_end ? duration_between(in->has_start ? in->start_ns : 0, in->end_ns) : 0;
	sink->pushed++;
	return span;
}

span_id
sink_span(struct sink *sink, const struct span_in *in)
{
	return add_span(sink, sink_trace_track(sink, in->trace_id), in);
}

span_id
sink_thread_span(struct sink *sink, track_id track, const struct span_in *in)
{
	return add_span(sink, track, in);
}

void
sink_span_no_start(struct sink *sink, span_id span)
{
	struct spans *spans = &sink->ds->spans;

	CHECK(sink->open && span >= sink->first_span && span < sink->ds->spans.count);
	spans->start_ns[span] = spans->flags[span] & SPAN_UNFINISHED ? START_BEFORE_END : START_OF_LENGTH;
	spans->flags[span] |= SPAN_NO_START;
}

void
sink_span_other_parent(struct sink *sink, uint64_t parent_id)
{
	CHECK(sink->ds->spans.count);
	dataset_add_parent_ref(sink->ds, sink->ds->spans.count - 1, parent_id);
}

void
sink_span_record(struct sink *sink, const uint8_t trace_id[16], uint64_t id, uint64_t at, uint32_t len, uint32_t role)
{
	struct loose_ref ref = { .id = id, .source = sink->source, .at = at, .len = len, .role = role };

	memcpy(ref.trace_id, trace_id, sizeof ref.trace_id);
	dataset_add_loose_ref(sink->ds, &ref);
}

uint32_t
sink_headings(const struct sink *sink)
{
	return sink->ds->heading_count;
}

void
sink_heading(struct sink *sink, const struct heading_in *in)
{
	dataset_add_heading(sink->ds, &(struct heading){
		.source = sink->source, .of_logs = in->of_logs, .at = in->at, .end = in->end, .scope_at = in->scope_at, .scope_len = in->scope_len,
		.scope_schema = sink_intern(sink, in->schema),
	});
}

void
sink_headings_resource(struct sink *sink, uint32_t first, uint64_t at, uint32_t len, struct str schema)
{
	struct dataset *ds = sink->ds;
	str_id schema_id = sink_intern(sink, schema);
	uint32_t kept = first;

	for (uint32_t i = first; i < ds->heading_count; i++) {
		struct heading heading = ds->headings[i];

		heading.resource_at = at;
		heading.resource_len = len;
		heading.resource_schema = schema_id;
		if (heading.of_logs || heading.scope_schema != STR_EMPTY || schema_id != STR_EMPTY)
			ds->headings[kept++] = heading;
	}
	ds->heading_count = kept;
}

void
sink_group_close(struct sink *sink)
{
	struct spans *spans = &sink->ds->spans;

	CHECK(sink->open);
	sink->open = false;
	for (size_t i = 0; i < sink->groups.len; i++) {
		struct open_group *group = &sink->groups.at[i];
		if (group->id == ID_NONE)
			continue;
		if (group->facts.service == STR_EMPTY)
			group->facts.service = sink_intern(sink, STR("unknown_service"));
		sink->ds->groups[group->id] = group->facts;
	}
	for (span_id span = sink->first_span; span < spans->count; span++)
		spans->frame[span] = sink_intern_frame(sink, &(struct frame){
			.name = spans->frame[span], .module = sink->ds->groups[spans->group[span]].service, .file = STR_EMPTY,
		});
}

static uint32_t
intern_sample_type(struct sink *sink, str_id name, str_id unit)
{
	const struct dataset *ds = sink->ds;

	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		if (ds->sample_types[i].name == name && ds->sample_types[i].unit == unit)
			return i;
	return dataset_add_sample_type(sink->ds, name, unit);
}

/* The place of a column among those of the source. */
static uint32_t
declare(struct sink *sink, uint32_t type)
{
	for (size_t i = 0; i < sink->types.len; i++)
		if (sink->types.at[i] == type)
			return (uint32_t)i;
	vec_push(&sink->types, type);
	return (uint32_t)sink->types.len - 1;
}

uint32_t
sink_declared_type(struct sink *sink, str_id name, str_id unit)
{
	uint32_t type = intern_sample_type(sink, name, unit);

	(void)declare(sink, type);
	return type;
}

uint32_t
sink_sample_type(struct sink *sink, struct str name, struct str unit)
{
	str_id name_id = sink_intern(sink, name);

	return declare(sink, intern_sample_type(sink, name_id, sink_intern(sink, unit)));
}

/* A row of weights by the dataset's sample types. */
static const double *
row_of(struct sink *sink, const double *weights)
{
	while (sink->row.len < sink->ds->sample_type_count)
		vec_push(&sink->row, 0);
	for (size_t i = 0; i < sink->row.len; i++)
		sink->row.at[i] = 0;
	for (size_t i = 0; i < sink->types.len; i++)
		sink->row.at[sink->types.at[i]] = weights[i];
	return sink->row.at;
}

void
sink_sample(struct sink *sink, stack_id stack, track_id track, const double *weights)
{
	dataset_add_sample(sink->ds, stack, track, row_of(sink, weights));
	sink->pushed++;
}

void
sink_sample_at(struct sink *sink, stack_id stack, track_id track, const double *weights, int64_t time_ns)
{
	sink_sample(sink, stack, track, weights);
	dataset_set_sample_time(sink->ds, sink->ds->samples.count - 1, time_ns);
}

void
sink_sample_label(struct sink *sink, label_id label)
{
	dataset_set_sample_label(sink->ds, sink->ds->samples.count - 1, label);
}
