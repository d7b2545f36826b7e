/* SPDX-License-Identifier: MIT
 * Datasets made by hand, for tests: spans and samples in a line each, and numbers that come out the same on every run. */
#ifndef TESTS_MAKE_H
#define TESTS_MAKE_H

#include <stdio.h>
#include <string.h>

#include "model/dataset.h"
#include "util/alloc.h"

/* A dataset with one source, "test". */
__attribute__((unused)) static struct dataset *
make_dataset(void)
{
	struct dataset *ds = dataset_new();

	dataset_add_source(ds, &(struct source){ .path = strtab_intern(ds->strings, STR("test")) });
	return ds;
}

__attribute__((unused)) static frame_id
make_frame(struct dataset *ds, const char *module, const char *name)
{
	struct frame frame = { .name = strtab_intern(ds->strings, str_of(name)), .module = strtab_intern(ds->strings, str_of(module)) };

	for (frame_id i = 0; i < ds->frame_count; i++)
		if (ds->frames[i].name == frame.name && ds->frames[i].module == frame.module)
			return i;
	return dataset_add_frame(ds, &frame);
}

__attribute__((unused)) static group_id
make_group(struct dataset *ds, const char *service)
{
	str_id id = strtab_intern(ds->strings, str_of(service));

	for (group_id i = 0; i < ds->group_count; i++)
		if (ds->groups[i].service == id)
			return i;
	return dataset_add_group(ds, &(struct group){ .service = id });
}

__attribute__((unused)) static track_id
make_track(struct dataset *ds, enum track_kind kind, uint8_t number)
{
	struct track track = { .kind = kind };

	track.trace_id[15] = number;
	return dataset_add_track(ds, &track);
}

/* In track 0, which is made when there is none. */
__attribute__((unused)) static span_id
make_span(struct dataset *ds, const char *service, const char *name, uint64_t id, uint64_t parent_id, int64_t start_ns, int64_t end_ns)
{
	if (!ds->track_count)
		make_track(ds, TRACK_TRACE, 1);
	span_id span = dataset_add_span(ds);
	struct spans *spans = &ds->spans;

	spans->frame[span] = make_frame(ds, service, name);
	spans->group[span] = make_group(ds, service);
	spans->track[span] = 0;
	spans->id[span] = id;
	spans->parent_id[span] = parent_id;
	spans->start_ns[span] = start_ns;
	spans->duration_ns[span] = end_ns - start_ns;
	spans->kind[span] = SPAN_INTERNAL;
	spans->status[span] = STATUS_UNSET;
	spans->detail_at[span] = span * (uint64_t)100;
	spans->detail_len[span] = 50;
	return span;
}

/* A sample with its weight of the only sample type, which is made when there is none; as is track 0. */
__attribute__((unused)) static sample_id
make_sample_on(struct dataset *ds, stack_id stack, double weight, track_id track)
{
	if (!ds->track_count)
		make_track(ds, TRACK_PROFILE, 0);
	if (!ds->sample_type_count)
		dataset_add_sample_type(ds, strtab_intern(ds->strings, STR("samples")), strtab_intern(ds->strings, STR("samples")));
	return dataset_add_sample(ds, stack, track, &weight);
}

/* "a;b;c" */
__attribute__((unused)) static stack_id
make_stack(struct dataset *ds, const char *path)
{
	stack_id stack = ID_NONE;

	while (*path) {
		char name[128];
		size_t len = strcspn(path, ";");

		snprintf(name, sizeof name, "%.*s", (int)len, path);
		frame_id frame = make_frame(ds, "", name);
		stack_id known = 0;
		while (known < ds->stacks.count && (ds->stacks.parent[known] != stack || ds->stacks.frame[known] != frame))
			known++;
		stack = known < ds->stacks.count ? known : dataset_add_stack(ds, stack, frame);
		path += len + (path[len] == ';');
	}
	return stack;
}

/* Likewise, in track 0. */
__attribute__((unused)) static sample_id
make_sample(struct dataset *ds, const char *path, double weight)
{
	return make_sample_on(ds, make_stack(ds, path), weight, 0);
}

/* The count of the note whose text begins so; 0 when there is none. */
__attribute__((unused)) static uint64_t
note_count(const struct dataset *ds, const char *begin)
{
	uint64_t count = 0;

	for (uint32_t i = 0; i < ds->note_count; i++)
		if (str_starts(dataset_str(ds, ds->notes[i].text), str_of(begin)))
			count += ds->notes[i].count;
	return count;
}

/* A number below limit, from a state that is the seed at first. */
__attribute__((unused)) static uint32_t
random_below(uint64_t *state, uint32_t limit)
{
	*state += UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)((hash_u64(*state) >> 32) * limit >> 32);
}

#endif
