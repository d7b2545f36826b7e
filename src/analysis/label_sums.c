/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/label_sums.h"

#include <stdlib.h>

#include "analysis/push_samples.h"
#include "util/alloc.h"

/* A label's weight with the place where its key first came. */
struct placed {
	struct label_sum sum;
	label_id         first;
};

static int
by_pair(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->sum.value != y->sum.value)
		return x->sum.value < y->sum.value ? -1 : 1;
	return x->sum.unit < y->sum.unit ? -1 : x->sum.unit > y->sum.unit;
}

static int
by_weight(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->sum.weight != y->sum.weight)
		return x->sum.weight > y->sum.weight ? -1 : 1;
	return by_pair(a, b);
}

/* The weight of every label of the tree of labels that a sample ends with or goes through. */
static double *
weigh(const struct dataset *ds, const struct tree_spec *spec, const bool *stacks)
{
	const struct samples *samples = &ds->samples;
	struct label_filter *labels = label_filter_new(ds, spec->labels);
	double *weight = xcalloc(ds->label_count, sizeof *weight);

	for (sample_id sample = 0; sample < samples->count; sample++) {
		stack_id stack = samples_stack(samples, sample);
		if (stack != ID_NONE && stacks[stack] && samples->label[sample] != ID_NONE && sample_is_wanted(ds, spec, labels, sample))
			weight[samples->label[sample]] += sample_weight(ds, spec, sample);
	}
	for (label_id label = ds->label_count; label-- > 0;)
		if (ds->labels[label].parent != ID_NONE)
			weight[ds->labels[label].parent] += weight[label];
	label_filter_free(labels);
	return weight;
}

static label_id
first_of_key(const struct dataset *ds, label_id *first_by_string, label_id label)
{
	label_id *first = &first_by_string[ds->labels[label].key];

	if (*first == ID_NONE)
		*first = label;
	return *first;
}

static void
join_equal(struct placed *at, size_t *count)
{
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++)
		if (kept && by_pair(&at[kept - 1], &at[i]) == 0)
			at[kept - 1].sum.weight += at[i].sum.weight;
		else
			at[kept++] = at[i];
	*count = kept;
}

void
label_sums_of(const struct dataset *ds, const struct tree_spec *spec, const bool *stacks, struct label_sums *out)
{
	uint32_t strings = strtab_count(ds->strings);
	size_t count = 0;

	if (!ds->samples.label || !ds->label_count)
		return;
	double *weight = weigh(ds, spec, stacks);
	label_id *first = xreallocarray(NULL, strings, sizeof *first);
	struct placed *placed = xreallocarray(NULL, ds->label_count, sizeof *placed);
	for (uint32_t i = 0; i < strings; i++)
		first[i] = ID_NONE;
	for (label_id label = 0; label < ds->label_count; label++) {
		const struct label *at = &ds->labels[label];
		label_id begin = first_of_key(ds, first, label);
		if (weight[label] != 0)
			placed[count++] = (struct placed){ { at->key, at->value, at->unit, weight[label], label }, begin };
	}
	qsort(placed, count, sizeof *placed, by_pair);
	join_equal(placed, &count);
	qsort(placed, count, sizeof *placed, by_weight);
	for (size_t i = 0; i < count; i++)
		vec_push(out, placed[i].sum);
	free(placed);
	free(first);
	free(weight);
}
