/* SPDX-License-Identifier: MIT
 * What the labels of samples come to: how much weight each value of each key has. */
#ifndef ANALYSIS_LABEL_SUMS_H
#define ANALYSIS_LABEL_SUMS_H

#include "analysis/build.h"

struct label_sum {
	str_id   key, value, unit;    /* as struct label has them */
	double   weight;              /* in the spec's metric */
	label_id label;               /* one of those that are so */
};

/* By key in the order of the input, heaviest values of each first. */
struct label_sums { VEC(struct label_sum); };

/* Of the samples that a spec selects and whose stack is marked, a truth per stack; out comes empty.  Values of a key that a sample has
 * several times count each. */
void label_sums_of(const struct dataset *ds, const struct tree_spec *spec, const bool *stacks, struct label_sums *out);

#endif
