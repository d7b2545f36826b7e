/* SPDX-License-Identifier: MIT
 * The selected samples of a dataset as things to merge (analysis/merge.h). */
#ifndef ANALYSIS_PUSH_SAMPLES_H
#define ANALYSIS_PUSH_SAMPLES_H

#include "analysis/build.h"
#include "analysis/label_filter.h"
#include "analysis/merge.h"

/* lens: the one of the spec, or NULL.  False only when the job was stopped. */
bool push_samples(const struct dataset *ds, const struct tree_spec *spec, const struct lens *lens, struct merge *merge, struct job *job);

/* Whether a sample is of what a spec selects, and its weight in the spec's metric.  labels: those of the spec. */
bool   sample_is_wanted(const struct dataset *ds, const struct tree_spec *spec, const struct label_filter *labels, sample_id sample);
double sample_weight(const struct dataset *ds, const struct tree_spec *spec, sample_id sample);

#endif
