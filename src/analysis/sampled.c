/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/sampled.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/forest.h"
#include "analysis/grow.h"
#include "util/alloc.h"
#include "util/unit.h"
#include "util/vec.h"

enum {
	ASK_EVERY = 1 << 14,    /* the job is asked once in so many samples; a power of two */
	LATE      = 2,          /* times its weight, and a sample no longer lasts until the next one */
	ASLEEP    = 10,         /* likewise, times the usual distance, for samples without a weight that is a time */
};

/* A sample that counts, or that ends the one before. */
struct moment {
	double    at;        /* ns since the track's start */
	double    weight;    /* ns; NAN: not known */
	sample_id sample;
	bool      idle;
};

struct moments { VEC(struct moment); };

struct frames { VEC(frame_id); };

struct clock {
	const struct dataset *ds;
	uint32_t type;
	double  *ns_per_unit;    /* per sample type; 0: not a unit of time */
	const struct selected *selected;
	struct label_filter *labels;
};

bool
sampled_has(const struct dataset *ds, track_id track)
{
	const struct track *t = &ds->tracks[track];

	return samples_have_times(&ds->samples) && t->sample_count && (t->start_ns || t->end_ns);
}

static struct clock
clock_of(const struct dataset *ds, uint32_t type)
{
	struct clock clock = {
		.ds = ds, .type = type, .ns_per_unit = xcalloc(ds->sample_type_count ? ds->sample_type_count : 1, sizeof(double)),
	};

	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		if (!unit_is_time(dataset_str(ds, ds->sample_types[i].unit), &clock.ns_per_unit[i]))
			clock.ns_per_unit[i] = 0;
	return clock;
}

static bool
is_idle(const struct samples *samples, sample_id sample)
{
	for (uint32_t i = 0; i < samples->types; i++)
		if (samples_weight(samples, sample, i) > 0)
			return false;
	return true;
}

static double
weight_ns(const struct clock *clock, sample_id sample)
{
	if (clock->ns_per_unit[clock->type] > 0)
		return samples_weight(&clock->ds->samples, sample, clock->type) * clock->ns_per_unit[clock->type];
	for (uint32_t i = 0; i < clock->ds->sample_type_count; i++)
		if (clock->ns_per_unit[i] > 0 && samples_weight(&clock->ds->samples, sample, i) > 0)
			return samples_weight(&clock->ds->samples, sample, i) * clock->ns_per_unit[i];
	return NAN;
}

static int
by_time(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->sample < y->sample ? -1 : x->sample > y->sample;
}

/* Those of the track, in the order of their times.  False when stopped. */
static bool
collect(const struct clock *clock, track_id track, struct job *job, struct moments *out)
{
	const struct samples *samples = &clock->ds->samples;
	bool sorted = true;

	for (sample_id sample = 0; sample < samples->count; sample++) {
		if ((sample & (ASK_EVERY - 1)) == 0 && job_stopped(job))
			return false;
		if (samples_track(samples, sample) != track)
			continue;
		bool idle = is_idle(samples, sample) || !selected_has_time(clock->selected, samples_time(samples, sample)) ||
		            !label_filter_has(clock->labels, clock->ds, sample);
		if (!idle && !(samples_weight(samples, sample, clock->type) > 0))
			continue;
		struct moment moment = {
			.at = (double)time_since(samples_time(samples, sample), clock->ds->tracks[track].start_ns),
			.weight = weight_ns(clock, sample), .sample = sample, .idle = idle,
		};
		sorted = sorted && (!out->len || vec_last(out).at <= moment.at);
		vec_push(out, moment);
	}
	if (!sorted)
		qsort(out->at, out->len, sizeof *out->at, by_time);
	return true;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* The median distance of samples that are not at the same time; 1 when there are no two. */
static double
usual_distance(const struct moments *moments)
{
	double *distances = xreallocarray(NULL, moments->len ? moments->len : 1, sizeof *distances), usual = 1;
	size_t count = 0;

	for (size_t i = 1; i < moments->len; i++)
		if (moments->at[i].at > moments->at[i - 1].at)
			distances[count++] = moments->at[i].at - moments->at[i - 1].at;
	if (count) {
		qsort(distances, count, sizeof *distances, by_size);
		usual = distances[count / 2];
	}
	free(distances);
	return usual;
}

static double
lasts(const struct moments *moments, size_t i, double usual)
{
	double weight = moments->at[i].weight;
	double next = i + 1 < moments->len ? moments->at[i + 1].at - moments->at[i].at : INFINITY;

	if (isnan(weight))
		return next <= ASLEEP * usual ? next : usual;
	return next <= LATE * weight ? next : round(weight);
}

/* The frames of a stack from its root. */
static uint32_t
path_of(const struct stacks *stacks, stack_id stack, struct frames *path)
{
	uint32_t depth = 0;

	for (stack_id at = stack; at != ID_NONE; at = stacks->parent[at])
		depth++;
	vec_reserve(path, depth);
	for (uint32_t level = depth; stack != ID_NONE; stack = stacks->parent[stack])
		path->at[--level] = stacks->frame[stack];
	return depth;
}

struct tree *
sampled_build(const struct dataset *ds, const struct tree_spec *spec, const struct lens *lens, track_id track, struct job *job)
{
	struct clock clock = clock_of(ds, spec->metric.sample_type);
	struct moments moments = { 0 };
	struct frames path = { 0 };
	clock.selected = spec->selected;
	clock.labels = label_filter_new(ds, spec->labels);
	bool stopped = selected_has_track(spec->selected, track) && !collect(&clock, track, job, &moments);
	double usual = usual_distance(&moments);
	struct grow grow;

	grow_init(&grow);
	for (size_t i = 0; i < moments.len && !stopped; i++) {
		const struct moment *moment = &moments.at[i];
		stopped = (i & (ASK_EVERY - 1)) == 0 && job_stopped(job);
		if (moment->idle)
			continue;
		uint32_t depth = path_of(lens ? &lens->ds->stacks : &ds->stacks, samples_stack(&ds->samples, moment->sample), &path);
		grow_stack(&grow, path.at, depth, moment->at, moment->at + lasts(&moments, i, usual), 1);
	}
	struct tree *tree = grow_finish(&grow, (double)time_since(ds->tracks[track].end_ns, ds->tracks[track].start_ns));
	vec_fini(&path);
	vec_fini(&moments);
	free(clock.ns_per_unit);
	label_filter_free(clock.labels);
	if (!stopped)
		return tree;
	tree_free(tree);
	return NULL;
}
