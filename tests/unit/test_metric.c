/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/forest.h"
#include "analysis/metric.h"
#include "tests/make.h"
#include "tests/tap.h"

static const struct metric wall = { .kind = METRIC_WALL }, busy = { .kind = METRIC_BUSY };

/* A trace of this many spans in two tracks: overlapping, contained, detached and empty ones; times below span. */
static struct dataset *
random_trace(uint64_t seed, uint32_t count, uint32_t extent, int64_t epoch)
{
	struct dataset *ds = make_dataset();
	uint64_t state = seed;

	make_track(ds, TRACK_TRACE, 1);
	make_track(ds, TRACK_TRACE, 2);
	for (uint32_t i = 0; i < count; i++) {
		int64_t start = epoch + random_below(&state, extent);
		uint64_t parent = i && random_below(&state, 8) ? 1 + random_below(&state, i) : 0;
		span_id span = make_span(ds, "s", "x", i + 1, parent, start, start + random_below(&state, extent / 3));

		ds->spans.track[span] = parent ? ds->spans.track[parent - 1] : random_below(&state, 2);
	}
	dataset_seal(ds);
	return ds;
}

static bool
is_active(const struct dataset *ds, span_id span, int64_t time)
{
	return ds->spans.start_ns[span] <= time && time < span_end(ds, span);
}

/* Instant by instant: who is active without an active child shares it.  Returns how many instants had anyone in the track. */
static double
slow_wall(const struct dataset *ds, track_id track, int64_t from, int64_t to, double *share)
{
	bool *leaf = xcalloc(ds->spans.count, sizeof *leaf);
	double active = 0;

	for (int64_t time = from; time < to; time++) {
		uint32_t leaves = 0;

		for (span_id span = 0; span < ds->spans.count; span++)
			leaf[span] = ds->spans.track[span] == track && is_active(ds, span, time);
		for (span_id span = 0; span < ds->spans.count; span++)
			if (ds->spans.track[span] == track && ds->spans.parent[span] != ID_NONE && is_active(ds, span, time))
				leaf[ds->spans.parent[span]] = false;
		for (span_id span = 0; span < ds->spans.count; span++)
			leaves += leaf[span];
		for (span_id span = 0; span < ds->spans.count; span++)
			if (leaf[span])
				share[span] += 1.0 / leaves;
		active += leaves > 0;
	}
	free(leaf);
	return active;
}

static double
slow_self(const struct dataset *ds, span_id span)
{
	double self = 0;

	for (int64_t time = ds->spans.start_ns[span]; time < span_end(ds, span); time++) {
		bool covered = false;

		for (span_id child = 0; child < ds->spans.count; child++)
			covered |= ds->spans.parent[child] == span && is_active(ds, child, time);
		self += !covered;
	}
	return self;
}

static void
random_traces(void)
{
	bool same_wall = true, same_sum = true, same_self = true;
	int64_t epochs[] = { 0, INT64_C(1700000000000000000), -500 };

	for (uint64_t seed = 1; seed <= 30; seed++) {
		int64_t epoch = epochs[seed % 3];
		struct dataset *ds = random_trace(seed, (uint32_t)seed * 2, 200, epoch);
		struct column *fast = metric_weights(ds, NULL, NULL, wall), *self = metric_weights(ds, NULL, NULL, busy);
		double *slow = xcalloc(ds->spans.count, sizeof *slow), sum = 0;
		double active = slow_wall(ds, 0, epoch, epoch + 300, slow) + slow_wall(ds, 1, epoch, epoch + 300, slow);

		for (span_id span = 0; span < ds->spans.count; span++) {
			same_wall &= fabs(fast->number[span] - slow[span]) <= 1e-9 && fast->number[span] >= 0;
			same_self &= self->number[span] == slow_self(ds, span);
			sum += fast->number[span];
		}
		same_sum &= fabs(sum - active) <= 1e-9 * active;
		free(slow);
		column_free(fast);
		column_free(self);
		dataset_free(ds);
	}
	ok(same_wall, "wall is what the definition says");
	ok(same_sum, "and sums to the active time");
	ok(same_self, "self times are what the definition says");
}

static void
exact_walls(void)
{
	int64_t epoch = INT64_C(1700000000000000000);
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "root", 1, 0, epoch, epoch + INT64_C(9007199254740991));
	make_span(ds, "s", "a", 2, 1, epoch + 10, epoch + 20);
	make_span(ds, "s", "b", 3, 1, epoch + 20, epoch + 33);
	make_span(ds, "s", "nothing", 4, 1, epoch + 15, epoch + 15);
	dataset_seal(ds);
	struct column *weights = metric_weights(ds, NULL, NULL, wall);
	is_double(weights->number[0], 9007199254740991.0 - 23, 0, "whole numbers while nothing is shared");
	is_double(weights->number[1], 10, 0, "half-open intervals that meet");
	is_double(weights->number[2], 13, 0, "do not overlap");
	is_double(weights->number[3], 0, 0, "a span without length has no time");
	ok(column_has(weights, 3), "but it has a value");
	column_free(weights);
	dataset_free(ds);

	ds = make_dataset();
	make_span(ds, "s", "root", 1, 0, 0, 100);
	make_span(ds, "s", "a", 2, 1, 20, 60);
	make_span(ds, "s", "b", 3, 1, 40, 120);
	dataset_seal(ds);
	weights = metric_weights(ds, NULL, NULL, wall);
	is_double(weights->number[0], 20, 0, "a parent has what its children leave");
	is_double(weights->number[1], 30, 0, "parallel children share");
	is_double(weights->number[2], 70, 0, "and one that outlives its parent has that time");
	column_free(weights);
	weights = metric_weights(ds, NULL, NULL, busy);
	is_double(weights->number[2], 80, 0, "busy counts parallel work as often as it ran");
	column_free(weights);
	dataset_free(ds);
}

static void
lists(void)
{
	struct dataset *ds = make_dataset();
	struct metric_info list[8];
	struct metric found;

	is_int(metric_list(ds, NULL, list, 8), 5, "an empty dataset has the metrics of spans");
	make_sample(ds, "a;b", 3);
	dataset_seal(ds);
	is_int(metric_list(ds, NULL, list, 8), 1, "a profile has its sample types");
	ok(str_equal(list[0].name, STR("samples")) && !metric_is_of_spans(list[0].metric), "by name");
	ok(!metric_find(ds, NULL, STR("wall"), &found), "and no wall");
	dataset_free(ds);

	ds = make_dataset();
	dataset_add_source(ds, &(struct source){ 0 });
	make_track(ds, TRACK_PROFILE, 0);
	make_sample(ds, "a;b", 3);
	track_id track = make_track(ds, TRACK_TRACE, 1);
	span_id span = make_span(ds, "s", "x", 1, 0, 0, 10);
	ds->spans.track[span] = track;
	ds->spans.status[span] = STATUS_ERROR;
	ds->tracks[track].source = 1;
	dataset_seal(ds);
	is_int(metric_list(ds, NULL, list, 8), 6, "a dataset of both kinds has both");
	ok(str_equal(list[0].name, STR("samples")), "those of the first source first");
	ok(str_equal(list[1].name, STR("wall")) && str_equal(list[1].unit, STR("nanoseconds")), "then the others");
	is_int(metric_list(ds, NULL, list, 1), 6, "a short array gets what fits");
	ok(metric_find(ds, NULL, STR("errors"), &found) && found.kind == METRIC_ERRORS, "find one by name");
	struct column *errors = metric_weights(ds, NULL, NULL, found);
	is_double(errors->number[0], 1, 0, "an error counts one");
	column_free(errors);
	ok(metric_find(ds, NULL, STR("samples"), &found) && metric_equal(found, (struct metric){ .kind = METRIC_SAMPLE_TYPE }), "or a sample type");
	ok(!metric_equal(found, wall) && metric_equal(wall, (struct metric){ .kind = METRIC_WALL, .sample_type = 7 }), "equality");
	dataset_free(ds);
	ds = make_dataset();
	track = make_track(ds, TRACK_PROFILE, 0);
	ds->tracks[track].source = 5;
	make_sample(ds, "a;b", 3);
	make_track(ds, TRACK_TRACE, 1);
	span = make_span(ds, "s", "x", 1, 0, 0, 10);
	ds->spans.track[span] = 1;
	dataset_seal(ds);
	metric_list(ds, NULL, list, 8);
	ok(str_equal(list[0].name, STR("wall")) && str_equal(list[5].name, STR("samples")), "spans lead when their source is first");
	dataset_free(ds);

	ds = make_dataset();
	track = make_track(ds, TRACK_THREAD, 0);
	make_sample(ds, "a;b", 3);
	make_span(ds, "s", "x", 1, 0, 0, 10);
	ds->spans.track[0] = track;
	dataset_seal(ds);
	metric_list(ds, NULL, list, 8);
	ok(str_equal(list[0].name, STR("wall")) && track_is_of_spans(ds, track), "spans lead where a track has both");
	ds->sources[0].is_profile = true;
	metric_list(ds, NULL, list, 8);
	ok(str_equal(list[0].name, STR("samples")) && !track_is_of_spans(ds, track), "unless it is a profile's: they are marks beside samples");
	dataset_free(ds);
}

/* Many overlapping siblings and deep chains are linear work: this would not end in time if they were not. */
static void
large(void)
{
	enum { MANY = 100000, DEEP = 200000 };
	struct dataset *ds = make_dataset();
	double sum = 0;
	bool good = true;

	make_span(ds, "s", "root", 1, 0, 0, 2 * MANY);
	for (uint32_t i = 0; i < MANY; i++)
		make_span(ds, "s", "sibling", i + 2, 1, MANY - i, MANY + i);
	for (uint32_t i = 0; i < DEEP; i++)
		make_span(ds, "s", "deep", MANY + i + 2, i ? MANY + i + 1 : 1, 0, 2 * MANY);
	dataset_seal(ds);
	struct forest *forest = forest_new(ds);
	for (uint32_t i = 0; i + 1 < MANY; i++)
		good &= ds->spans.start_ns[forest->child[forest->first_child[0] + i]] <=
		        ds->spans.start_ns[forest->child[forest->first_child[0] + i + 1]];
	ok(good, "100,000 siblings in order of their starts");
	is_int(forest->level[MANY + DEEP], DEEP + 1, "200,000 levels");
	struct column *weights = metric_weights(ds, forest, NULL, wall);
	for (span_id span = 0; span < ds->spans.count; span++)
		sum += weights->number[span];
	is_double(sum, 2 * MANY, 2 * MANY * 1e-9, "and their wall time adds up");
	column_free(weights);
	forest_free(forest);
	dataset_free(ds);
}

static void
forests(void)
{
	struct dataset *ds = random_trace(99, 500, 100, 7);
	struct forest *forest = forest_new(ds);
	uint8_t *seen = xcalloc(ds->spans.count, 1);
	bool parents_first = true, tracks = true, levels = true, depth_first = true;

	for (track_id track = 0; track < ds->track_count; track++) {
		for (uint32_t i = forest->track_start[track]; i < forest->track_start[track + 1]; i++) {
			span_id span = forest->order[i], parent = ds->spans.parent[span];

			tracks &= ds->spans.track[span] == track;
			parents_first &= !seen[span] && (parent == ID_NONE || seen[parent]);
			levels &= forest->level[span] == (parent == ID_NONE ? 1 : forest->level[parent] + 1);
			depth_first &= i == forest->track_start[track] || forest->level[span] <= forest->level[forest->order[i - 1]] + 1;
			seen[span] = 1;
		}
	}
	ok(parents_first, "every span once, after its parent");
	ok(tracks, "track after track");
	ok(levels && depth_first, "depth first, with levels");
	is_int(memchr(seen, 0, ds->spans.count) != NULL, 0, "all spans");
	free(seen);
	forest_free(forest);
	dataset_free(ds);
}

int
main(void)
{
	random_traces();
	exact_walls();
	lists();
	large();
	forests();
	return done();
}
