/* SPDX-License-Identifier: MIT
 * The samples of one track along the clock.
 *
 * A sample begins at its time.  How long it lasts is its weight where that is a time: of the metric, else of the first sample type in
 * a unit of time that the sample has.  So the samples of speedscope and of V8, which are such times, lie side by side as they were
 * written.  Profilers round and come late: a sample that another one follows before twice its weight lasts until that one.
 * A sample without such a weight lasts until the next one, as in perf; but when that is more than ten times as long as usual (the
 * median), the thread slept, and the sample lasts as long as usual.
 * Samples count that have some of the metric.  Those without weight in any are idle: they end the one before. */
#ifndef ANALYSIS_SAMPLED_H
#define ANALYSIS_SAMPLED_H

#include "analysis/build.h"
#include "analysis/label_filter.h"

/* Whether a track has samples that have times. */
bool         sampled_has(const struct dataset *ds, track_id track);

/* The timed tree of a track, by the sample type and of the samples of the spec; lens: the one of its frames, or NULL.  Items are samples, `all` is the track's extent with self 0; a sample without
 * a stack is a gap, and so is one that is not looked at.  NULL only when the job was stopped. */
struct tree *sampled_build(const struct dataset *ds, const struct tree_spec *spec, const struct lens *lens, track_id track,
                           struct job *job);

#endif
