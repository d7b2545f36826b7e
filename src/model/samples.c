/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/dataset.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/error.h"

#define FIRST_CAP 64u

void
samples_fini(struct samples *samples)
{
	packed_fini(&samples->stacks);
	packed_fini(&samples->tracks);
	packed_times_fini(&samples->times);
	for (uint32_t i = 0; i < samples->types; i++)
		packed_doubles_fini(&samples->weights[i]);
	free(samples->weights);
	free(samples->label);
}

/* Columns for sample types that were added since; who was there before has none of them. */
static void
add_types(struct samples *samples, uint32_t types)
{
	samples->weights = xreallocarray(samples->weights, types, sizeof *samples->weights);
	for (; samples->types < types; samples->types++) {
		struct packed_doubles *column = &samples->weights[samples->types];
		*column = (struct packed_doubles){ 0 };
		for (uint32_t i = 0; i < samples->count; i++)
			packed_doubles_push(column, 0);
	}
}

static void
labels_reserve(struct samples *samples, uint32_t count)
{
	if (count <= samples->label_cap)
		return;
	CHECK(count < ID_NONE);
	samples->label_cap = count < FIRST_CAP ? FIRST_CAP : count < ID_NONE / 3 * 2 ? count + count / 2 : ID_NONE;
	samples->label = xreallocarray(samples->label, samples->label_cap, sizeof *samples->label);
}

sample_id
dataset_add_sample(struct dataset *ds, stack_id stack, track_id track, const double *weights)
{
	struct samples *samples = &ds->samples;

	CHECK(!ds->sealed && samples->count < ID_NONE);
	if (samples->types < ds->sample_type_count)
		add_types(samples, ds->sample_type_count);
	packed_push(&samples->stacks, stack + 1);
	packed_push(&samples->tracks, track);
	for (uint32_t i = 0; i < samples->types; i++)
		packed_doubles_push(&samples->weights[i], weights ? weights[i] : 0);
	if (samples->label) {
		labels_reserve(samples, samples->count + 1);
		samples->label[samples->count] = ID_NONE;
	}
	return samples->count++;
}

void
dataset_set_sample_time(struct dataset *ds, sample_id sample, int64_t time_ns)
{
	CHECK(sample < ds->samples.count);
	packed_times_set(&ds->samples.times, sample, time_ns);
}

void
dataset_set_sample_label(struct dataset *ds, sample_id sample, label_id label)
{
	struct samples *samples = &ds->samples;

	CHECK(sample < samples->count && label < ds->label_count);
	if (!samples->label) {
		labels_reserve(samples, samples->count);
		for (sample_id i = 0; i < samples->count; i++)
			samples->label[i] = ID_NONE;
	}
	samples->label[sample] = label;
}

uint32_t
dataset_add_sample_type(struct dataset *ds, str_id name, str_id unit)
{
	uint32_t types = ds->sample_type_count;

	CHECK(!ds->sealed);
	if (types == ds->sample_type_cap) {
		ds->sample_type_cap = types + types / 2 + 4;
		ds->sample_types = xreallocarray(ds->sample_types, ds->sample_type_cap, sizeof *ds->sample_types);
	}
	ds->sample_types[types] = (struct sample_type){ .name = name, .unit = unit };
	ds->sample_type_count = types + 1;
	if (ds->samples.count)
		add_types(&ds->samples, ds->sample_type_count);
	return types;
}
