/* SPDX-License-Identifier: MIT
 * From a dataset to a tree: what is selected, how it is merged, in which order. */
#ifndef ANALYSIS_BUILD_H
#define ANALYSIS_BUILD_H

#include "analysis/attrs.h"
#include "analysis/critical.h"
#include "analysis/lens.h"
#include "analysis/metric.h"
#include "analysis/selected.h"
#include "analysis/skew.h"
#include "model/tree.h"
#include "util/job.h"

enum merge_mode { MERGE_MERGED, MERGE_TIME };
enum tree_order { ORDER_HEAVIEST, ORDER_ALPHABETICAL, ORDER_FIRST };

#define TRACK_ALL ID_NONE

/* A small value that says which tree is wanted. */
struct tree_spec {
	track_id        track;     /* TRACK_ALL: all tracks of the metric's kind, merged */
	struct metric   metric;
	enum merge_mode merge;     /* MERGE_TIME needs no group, and one track with what the metric measures, with times: named or the only one; else merged */
	enum tree_order order;     /* of siblings in a merged tree; ties and ORDER_FIRST: by first start, then by input */
	const char     *group;     /* keys (analysis/lens.h) that name spans, or make levels above stacks, of a merged tree; NULL: none */
	enum grain      grain;     /* what frames of stacks stand for */
	const char     *labels;    /* of samples (analysis/label_filter.h); NULL: all samples */
	bool            critical;  /* of spans only those on the critical path */
	const struct selected *selected;    /* what of it is looked at, for the call only; NULL: everything */
	bool            placed;    /* the tree says where spans or stacks are, if it is merged; for the call only */
	bool            adjusted;  /* spans are where they are once clocks have been corrected (analysis/skew.h) */
};

struct forest;
struct trace_list;

/* What was computed once and is used by many trees of one dataset: children lists, weights per metric, the order of labels.
 * It fills as trees are built: one thread at a time. */
struct build_cache;
struct forest;

struct build_cache *build_cache_new(const struct dataset *ds, const struct attr_reader *reader);    /* as attrs_new() */
void                build_cache_free(struct build_cache *cache);  /* NULL is allowed */

const struct dataset *build_cache_dataset(const struct build_cache *cache);
struct attrs         *build_cache_attrs(struct build_cache *cache);
/* A span metric's weight of every span, all tracks (analysis/metric.h); the cache's.  NULL only when the job was stopped. */
const struct column  *build_cache_weights(struct build_cache *cache, struct metric metric, struct job *job);
/* The critical paths, computed on first use; of the dataset whose times build_cache_times() has.  The cache's. */
const struct critical *build_cache_critical(struct build_cache *cache, bool adjusted);
/* The cache of the dataset with clocks corrected, the cache's; NULL only when the job was stopped. */
struct build_cache   *build_cache_adjusted(struct build_cache *cache, struct job *job);
/* How clocks are corrected; NULL until a tree of an adjusted spec has been built.  The cache's. */
const struct skew    *build_cache_skew(const struct build_cache *cache);
/* The dataset with spans where trees of an adjusted spec have them, or the cache's own: for that, or until there is such a tree.
 * All but times is the same in both.  The cache's. */
const struct dataset *build_cache_times(const struct build_cache *cache, bool adjusted);
const struct forest  *build_cache_forest(struct build_cache *cache);
struct selected_list *build_cache_selected(struct build_cache *cache);    /* for selected_get() */
const struct trace_list *build_cache_traces(struct build_cache *cache);    /* analysis/trace_list.h */
/* The lens that trees of a spec are built with, the cache's; *out NULL: there is none.  False only when the job was stopped. */
bool                  build_cache_lens(struct build_cache *cache, const struct tree_spec *spec, struct job *job, const struct lens **out);
/* The dataset whose frames trees of a spec have: the cache's own, or that of the lens of a tree that has been built. */
const struct dataset *build_cache_frames(struct build_cache *cache, const struct tree_spec *spec);
/* label_ranks() of these frames for ORDER_ALPHABETICAL, NULL for other orders; the cache's. */
const uint32_t       *build_cache_ranks(struct build_cache *cache, const struct tree_spec *spec);

/* The default for a dataset: its first metric; time order when there is a single trace, else merged heaviest first, and where the only
 * input says which track is to be shown first, that one by what it measures. */
struct tree_spec tree_spec_default(const struct dataset *ds);
/* The track of the default when this metric is asked for: all of them where the one to be shown first has none of it. */
track_id         tree_spec_track(const struct dataset *ds, struct metric metric);
bool             tree_spec_is_timed(const struct dataset *ds, const struct tree_spec *spec);    /* whether MERGE_TIME will be honoured */

/* NULL only when the job was stopped.  The caller owns the tree.  job may be NULL.
 * In a timed tree of spans items are 1, and `all` is the track's extent with self 0; one of samples: analysis/sampled.h. */
struct tree *tree_build(struct build_cache *cache, const struct tree_spec *spec, struct job *job);

#endif
