/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/push_samples.h"

#include <stdlib.h>

#include "util/alloc.h"

/* The job is asked once in so many samples or stacks; a power of two. */
enum { ASK_EVERY = 1 << 16 };

static bool
asked_to_stop(struct job *job, uint32_t step)
{
	return (step & (ASK_EVERY - 1)) == 0 && job_stopped(job);
}

/* What the selected samples of one stack come to. */
struct stack_sum {
	double    weight;
	uint32_t  items;
	sample_id first;    /* the earliest, then first in the input; ID_NONE: no sample ends here */
};

static void
add_sample(struct stack_sum *sum, const struct samples *samples, sample_id sample, double weight)
{
	sum->weight += weight;
	sum->items++;
	if (sum->first == ID_NONE || (samples->time_ns && samples->time_ns[sample] < samples->time_ns[sum->first]))
		sum->first = sample;
}

static struct merge_item
item_of(const struct stack_sum *sum, const struct samples *samples)
{
	bool timed = sum->first != ID_NONE && samples->time_ns;

	return (struct merge_item){
		.self = sum->weight,
		.items = sum->items,
		.first_ns = timed ? samples->time_ns[sum->first] : INT64_MAX,
		.first = sum->first,
	};
}

/* Sums of each stack and, at stacks->count, of samples without one.  NULL when stopped. */
static struct stack_sum *
sum_samples(const struct dataset *ds, const struct tree_spec *spec, struct job *job)
{
	const struct samples *samples = &ds->samples;
	size_t types = ds->sample_type_count, type = spec->metric.sample_type;
	struct stack_sum *sums = xcalloc((size_t)ds->stacks.count + 1, sizeof *sums);

	for (size_t stack = 0; stack <= ds->stacks.count; stack++)
		sums[stack].first = ID_NONE;
	for (sample_id sample = 0; sample < samples->count; sample++) {
		stack_id stack = samples->stack[sample] == ID_NONE ? ds->stacks.count : samples->stack[sample];

		if ((spec->track == TRACK_ALL || samples->track[sample] == spec->track) &&
		    selected_has_track(spec->selected, samples->track[sample]) &&
		    (!samples->time_ns || selected_has_time(spec->selected, samples->time_ns[sample])))
			add_sample(&sums[stack], samples, sample, samples->weight[sample * types + type]);
		if (asked_to_stop(job, sample)) {
			free(sums);
			return NULL;
		}
	}
	return sums;
}

bool
push_samples(const struct dataset *ds, const struct tree_spec *spec, struct merge *merge, struct job *job)
{
	const struct stacks *stacks = &ds->stacks;
	struct stack_sum *sums = sum_samples(ds, spec, job);

	if (!sums)
		return false;
	struct merge_item rootless = item_of(&sums[stacks->count], &ds->samples);
	merge_push_all(merge, &rootless);
	/* First whether a stack leads to a sample (0 or 1), then its node. */
	uint32_t *node_of = xcalloc(stacks->count, sizeof *node_of);
	for (stack_id stack = stacks->count; stack-- > 0;) {
		node_of[stack] |= sums[stack].items > 0;
		if (node_of[stack] && stacks->parent[stack] != ID_NONE)
			node_of[stacks->parent[stack]] = 1;
	}
	stack_id stack = 0;
	for (; stack < stacks->count && !asked_to_stop(job, stack); stack++) {
		if (!node_of[stack])
			continue;
		struct merge_item item = item_of(&sums[stack], &ds->samples);
		stack_id parent = stacks->parent[stack];
		node_of[stack] = merge_push(merge, parent == ID_NONE ? 0 : node_of[parent], stacks->frame[stack], &item);
		merge_place(merge, stack, node_of[stack]);
	}
	free(node_of);
	free(sums);
	return stack == stacks->count;
}
