/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/push_samples.h"

#include <stdlib.h>

#include "analysis/label_filter.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/vec.h"

/* The job is asked once in so many samples or stacks; a power of two. */
enum { ASK_EVERY = 1 << 16 };

/* Sums whose memory goes back at a time, as the tree takes more and more. */
#define SPENT_STEP ((stack_id)1 << 16)

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
	if (sum->first == ID_NONE || (samples_have_times(samples) && samples_time(samples, sample) < samples_time(samples, sum->first)))
		sum->first = sample;
}

static struct merge_item
item_of(const struct stack_sum *sum, const struct samples *samples)
{
	bool timed = sum->first != ID_NONE && samples_have_times(samples);

	return (struct merge_item){
		.self = sum->weight,
		.items = sum->items,
		.first_ns = timed ? samples_time(samples, sum->first) : INT64_MAX,
		.first = sum->first,
	};
}

bool
sample_is_wanted(const struct dataset *ds, const struct tree_spec *spec, const struct label_filter *labels, sample_id sample)
{
	const struct samples *samples = &ds->samples;

	return (spec->track == TRACK_ALL || samples_track(samples, sample) == spec->track) &&
	       selected_has_track(spec->selected, samples_track(samples, sample)) &&
	       (!samples_have_times(samples) || selected_has_time(spec->selected, samples_time(samples, sample))) && label_filter_has(labels, ds, sample);
}

double
sample_weight(const struct dataset *ds, const struct tree_spec *spec, sample_id sample)
{
	return samples_weight(&ds->samples, sample, spec->metric.sample_type);
}

/* Sums of each stack and, at stacks->count, of samples without one.  NULL when stopped. */
static struct stack_sum *
sum_samples(const struct dataset *ds, const struct tree_spec *spec, struct job *job)
{
	const struct samples *samples = &ds->samples;
	struct label_filter *labels = label_filter_new(ds, spec->labels);
	struct stack_sum *sums = xcalloc((size_t)ds->stacks.count + 1, sizeof *sums);
	sample_id sample = 0;

	for (size_t stack = 0; stack <= ds->stacks.count; stack++)
		sums[stack].first = ID_NONE;
	for (; sample < samples->count && !asked_to_stop(job, sample); sample++) {
		stack_id stack = samples_stack(samples, sample) == ID_NONE ? ds->stacks.count : samples_stack(samples, sample);

		if (sample_is_wanted(ds, spec, labels, sample))
			add_sample(&sums[stack], samples, sample, sample_weight(ds, spec, sample));
	}
	label_filter_free(labels);
	if (sample == samples->count)
		return sums;
	free(sums);
	return NULL;
}

static bool
push_stacks(const struct dataset *ds, const struct tree_spec *spec, const struct lens *lens, struct merge *merge, struct job *job)
{
	const struct stacks *stacks = &ds->stacks;
	const frame_id *frame = lens ? lens->ds->stacks.frame : stacks->frame;
	struct stack_sum *sums = sum_samples(ds, spec, job);
	uint32_t count = 0;

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
		count += node_of[stack];
	}
	merge_reserve(merge, count);
	stack_id stack = 0, spent = 0;
	for (; stack < stacks->count && !asked_to_stop(job, stack); stack++) {
		if (!node_of[stack])
			continue;
		struct merge_item item = item_of(&sums[stack], &ds->samples);
		uint32_t above = stacks->parent[stack] == ID_NONE ? 0 : node_of[stacks->parent[stack]];
		/* Stacks of one parent have different frames. */
		node_of[stack] = lens ? merge_push_or_join(merge, above, frame[stack], lens->joins, &item)
		                      : merge_push_new(merge, above, frame[stack], &item);
		merge_place(merge, stack, node_of[stack]);
		if (stack - spent >= SPENT_STEP) {
			give_back(sums + spent, (stack - spent) * sizeof *sums);
			spent = stack;
		}
	}
	free(node_of);
	free(sums);
	return stack == stacks->count;
}

/* ---- below levels of labels: the same stack has a node in each group of samples */

/* A stack in a group, which is named by its lowest level's node. */
struct place { uint32_t group; stack_id stack; uint32_t node; };

struct places {
	VEC(struct place);
	struct idmap by_key;                 /* group and stack to place */
	struct { VEC(stack_id); } path;      /* stacks that have no place yet, lowest first */
};

static const struct merge_item nothing = { .first_ns = INT64_MAX, .first = ID_NONE };

/* The place of a stack in a group, or ID_NONE. */
static uint32_t
find_place(const struct places *places, uint32_t group, stack_id stack)
{
	uint64_t hash = hash_pair(group, stack);

	for (struct idmap_at at = idmap_first(&places->by_key, hash); idmap_id(&places->by_key, at) != ID_NONE;
	     at = idmap_next(&places->by_key, at)) {
		const struct place *place = &places->at[idmap_id(&places->by_key, at)];

		if (idmap_tag_matches(&places->by_key, at, hash) && place->group == group && place->stack == stack)
			return idmap_id(&places->by_key, at);
	}
	return ID_NONE;
}

/* The node of a stack in a group; made with those above it. */
static uint32_t
node_in_group(struct places *places, const struct dataset *ds, const struct lens *lens, uint32_t group, stack_id stack, struct merge *merge)
{
	uint32_t node = group, known = ID_NONE;

	places->path.len = 0;
	for (; stack != ID_NONE && (known = find_place(places, group, stack)) == ID_NONE; stack = ds->stacks.parent[stack])
		vec_push(&places->path, stack);
	if (known != ID_NONE)
		node = places->at[known].node;
	while (places->path.len) {
		stack_id below = vec_pop(&places->path);

		node = merge_push_or_join(merge, node, lens->ds->stacks.frame[below], lens->joins, &nothing);
		idmap_add(&places->by_key, hash_pair(group, below), (uint32_t)places->len);
		vec_push(places, (struct place){ group, below, node });
	}
	return node;
}

static uint32_t
group_node(const struct lens *lens, label_id label, struct merge *merge)
{
	const frame_id *levels = &lens->level[(label == ID_NONE ? 0 : (size_t)label + 1) * lens->levels];
	uint32_t node = 0;

	for (uint32_t level = 0; level < lens->levels; level++)
		node = merge_push(merge, node, levels[level], &nothing);
	return node;
}

static bool
push_below_labels(const struct dataset *ds, const struct tree_spec *spec, const struct lens *lens, struct merge *merge, struct job *job)
{
	const struct samples *samples = &ds->samples;
	struct label_filter *labels = label_filter_new(ds, spec->labels);
	struct places places = { 0 };
	sample_id sample = 0;

	idmap_init(&places.by_key);
	for (; sample < samples->count && !asked_to_stop(job, sample); sample++) {
		struct stack_sum one = { .first = ID_NONE };

		if (!sample_is_wanted(ds, spec, labels, sample))
			continue;
		add_sample(&one, samples, sample, sample_weight(ds, spec, sample));
		struct merge_item item = item_of(&one, samples);
		uint32_t group = group_node(lens, samples->label ? samples->label[sample] : ID_NONE, merge);
		merge_add(merge, node_in_group(&places, ds, lens, group, samples_stack(samples, sample), merge), &item);
	}
	label_filter_free(labels);
	idmap_fini(&places.by_key);
	vec_fini(&places.path);
	vec_fini(&places);
	return sample == samples->count;
}

bool
push_samples(const struct dataset *ds, const struct tree_spec *spec, const struct lens *lens, struct merge *merge, struct job *job)
{
	return (lens && lens->levels ? push_below_labels : push_stacks)(ds, spec, lens, merge, job);
}
