/* SPDX-License-Identifier: MIT
 * Sample types of a pprof profile as the dataset's: the default one first, the others behind it in the file's order. */
#ifndef LOAD_PPROF_TYPES_H
#define LOAD_PPROF_TYPES_H

#include "load/pprof_tables.h"
#include "load/sink.h"

struct pprof_types {
	size_t   count;          /* values that a sample must have */
	size_t   shown;          /* of them, those that are read; the rest is beyond what a profile has */
	size_t   first;          /* the default one */
	bool     all_zero;       /* the type that the profile names as default is zero in every sample, but another is not */
	double  *weights;        /* of the sample at hand, in the dataset's order */
};

/* Declares the types.  message: the profile, whose samples are looked at to find a default that is not zero throughout. */
void pprof_types_init(struct pprof_types *types, const struct pprof_tables *tables, struct str message, struct sink *sink);
void pprof_types_fini(struct pprof_types *types);

/* The values of a sample, as many as types->count, to weights. */
void pprof_types_set(struct pprof_types *types, const uint64_t *values);

#endif
