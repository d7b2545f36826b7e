/* SPDX-License-Identifier: MIT
 * What boxes stand for where that is not a function or an operation.
 *
 * Spans are named by keys, in the chosen order: name, service, kind, or any attribute, whose first value counts; several make one name.
 * Stacks get a level above them for each key, the value of the sample's label; their frames may be joined to files or packages.
 *
 * A lens has a dataset of its own, in which spans and stacks have other frames (model/renamed.h): the frame ids of a tree are ids in the
 * dataset of the lens that it was built with, and whoever has to do with both is handed that dataset.  So labels, search, colours,
 * tables and exports know nothing of lenses. */
#ifndef ANALYSIS_LENS_H
#define ANALYSIS_LENS_H

#include "analysis/attrs.h"
#include "util/buf.h"
#include "util/error.h"
#include "util/vec.h"

/* What frames of stacks stand for.  Lines and addresses are told apart while the input is read (load/load.h): for a lens they are
 * functions. */
enum grain { GRAIN_FUNCTION, GRAIN_FILE, GRAIN_PACKAGE, GRAIN_LINE, GRAIN_ADDRESS };

enum { LENS_KEYS_MAX = 8 };

struct lens_spec {
	const char *keys;        /* with commas between them, outlives the spec; NULL: as in the input */
	enum grain  grain;
	bool        of_spans;    /* else of stacks */
};

struct lens {
	struct lens_spec spec;
	char            *keys;           /* its own copy */
	struct dataset  *ds;
	bool             joins;          /* what has the same frame as its parent is one with it */
	uint32_t         levels;         /* above stacks */
	frame_id        *level;          /* of samples without a label, then of each label as the last one: levels frames */
	uint32_t        *rank;           /* label_ranks(), NULL until asked for */
};

/* Whether anything differs from the input. */
bool lens_is_plain(const struct lens_spec *spec);

/* NULL only when the job was stopped. */
struct lens *lens_new(const struct dataset *ds, struct attrs *attrs, const struct lens_spec *spec, struct job *job);
void         lens_free(struct lens *lens);    /* NULL is allowed */

/* The keys one by one; at most LENS_KEYS_MAX are looked at. */
uint32_t lens_keys(const char *keys, struct str out[LENS_KEYS_MAX]);

/* Whether all of the keys are of spans, or of samples; false with err, which names the first that is not. */
bool lens_check(const struct dataset *ds, const struct attr_keys *attributes, const struct lens_spec *spec, struct error *err);

/* The keys that labels of samples have, in the order of the input; str_id of the dataset's strings. */
struct label_keys { VEC(str_id); };
void lens_label_keys(const struct dataset *ds, struct label_keys *out);

#endif
