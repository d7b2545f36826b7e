/* SPDX-License-Identifier: MIT
 * The table of functions: self adds up over all nodes of a frame, total counts only its outermost nodes on each path. */
#ifndef ANALYSIS_TOP_H
#define ANALYSIS_TOP_H

#include "analysis/occurrences.h"
#include "model/tree.h"

struct top_row {
	frame_id frame;
	double   self, total;    /* in the tree's unit */
	uint64_t count;          /* spans or sample records that end in this frame */
	uint32_t nodes;          /* boxes of this frame */
	node_id  heaviest;       /* its node with the greatest total; NODE_NONE: occurrences_heaviest() knows */
};

/* What a row stands for: frames, all of one package (a trace's service) or file, or all below a label of samples, up to the next label
 * below it, in a tree with levels of labels. */
enum top_by { TOP_FUNCTIONS, TOP_PACKAGES, TOP_FILES, TOP_LABELS };

enum top_sort { TOP_SELF, TOP_TOTAL, TOP_COUNT, TOP_NAME };

struct top {
	struct top_row *rows;
	uint32_t        count;
	double          total;    /* of the part of the tree looked at */
	enum top_by     by;
};

/* Over the subtree of within (NODE_ALL: everything).  In a timed tree a row's total is the sum of durations of outermost spans, and of
 * what of others is outside of the one that they lie in.
 * Rows are sorted by self, descending; ties by greater self, greater total, then name, service and file. */
struct top *top_build(const struct tree *tree, const struct dataset *ds, node_id within);
/* The same rows, or by package, file or label, from top_places() of it: in O(rows) where it would be O(nodes). */
struct top *top_build_at(const struct occurrences *places, const struct dataset *ds, node_id within, enum top_by by);
/* Where what has a row occurs.  sums: as in occurrences_new(). */
struct occurrences *top_places(const struct tree *tree, const struct dataset *ds, enum top_by by, bool sums);
/* The same by package, file or label: a row's frame is the first of them in the dataset, its total counts only nodes with none of them above. */
struct top *top_build_by(const struct tree *tree, const struct dataset *ds, node_id within, enum top_by by);

/* What a frame has its row by: "" where no file is known, and for frames that are no labels.  Borrowed from the dataset. */
struct str  top_key(const struct dataset *ds, frame_id frame, enum top_by by);
/* Per frame the first one of the dataset with the same key; free(). */
frame_id   *top_firsts(const struct dataset *ds, enum top_by by);

void        top_free(struct top *top);
void        top_sort(struct top *top, const struct dataset *ds, enum top_sort by, bool ascending);    /* the same ties */

#endif
