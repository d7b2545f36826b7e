/* SPDX-License-Identifier: MIT
 * A dataset and what has been made of it: trees, planes, tables, matches.
 * Everything here follows from the dataset and the arguments; old trees are kept while they are cheap, so that going back is at once. */
#ifndef UI_SESSION_H
#define UI_SESSION_H

#include "ui/event_marks.h"
#include "load/links.h"
#include "load/sink.h"
#include "ui/scene.h"

enum { SCENES_MAX = 6 };

/* Facts about the dataset that the header shows. */
struct facts {
	uint32_t services;       /* distinct ones */
	uint32_t errors;
	uint64_t warnings;       /* load notes that are not mere information */
	uint32_t frames;         /* functions of stacks that weigh anything */
	uint32_t stacks;         /* distinct stacks that a sample has */
	uint32_t linking;        /* links_to_read() */
	uint32_t kinds;          /* of tracks: 1 << enum track_kind, joined */
};

/* What a track is called by: made when tracks are first listed. */
struct track_facts {
	span_id  root;           /* its first span without a parent; ID_NONE if there is none */
	uint32_t errors;
	double   outermost_ns;   /* what its spans without a parent take */
};

/* What header and list say of a track besides what the dataset has of it. */
struct track_sum {
	uint32_t odd;            /* spans that are doubtful (odd_is_doubtful()) */
	uint32_t roots;
	bool     known;
};

struct session {
	const struct dataset *ds;             /* with the frames of the scene that is shown; all else is the same in each of them */
	struct dataset     *own;
	enum sink_grain     grain;            /* what made frames differ while it was read */
	struct build_cache *cache;
	const struct strtab *patterns;        /* of recipes; the app's */
	struct recipe       start;            /* the one it was opened with */
	struct facts        facts;
	struct track_facts *tracks;           /* NULL until asked for */
	struct metric_info *metrics;          /* likewise */
	uint32_t            metric_count;
	double             *track_weights;    /* likewise, for a metric */
	struct metric       track_metric;
	struct event_marks  events;           /* of spans that were on screen */
	struct scene       *scenes[SCENES_MAX];
	const struct scene *shown;            /* never let go, nor is the one */
	const struct scene *written;          /* that a file is made of (ui/writing.h); NULL: none is */
	uint64_t            clock;
	struct track_sum   *track_sums[2];    /* per track, as read and with clocks corrected (ui/track_sum.h); NULL: not asked for yet */
	struct links       *links;            /* who links to whom (ui/fetch.h); NULL until asked for */
	struct track_odd   *odd[2];           /* likewise, of the track that was asked for last */
	const struct critical *critical[2];   /* the cache's, as read and with clocks corrected; NULL until asked for */
	struct traces      *traces;           /* the list of traces (ui/traces.h); NULL until asked for */
};

/* Takes the dataset and borrows the patterns.  recipe NULL: the default for it. */
struct session *session_new(struct dataset *ds, const struct strtab *patterns, const struct recipe *recipe);
void            session_free(struct session *session);    /* NULL is allowed */

/* The scene of a key, built on first use; valid until the next call with another one, or as long as it is `shown`. */
struct scene   *session_scene(struct session *session, const struct scene_key *key);
/* The same if it is there already; else NULL. */
struct scene   *session_find(struct session *session, const struct scene_key *key);
/* What there is to build a scene from; false: nothing.  Valid until the next scene is put. */
bool            session_start(const struct session *session, const struct scene_key *key, struct recipe_start *out);
/* Takes a scene that was built elsewhere. */
void            session_put(struct session *session, struct scene *scene);

/* Whether two keys give the same tree. */
bool            session_same_tree(const struct session *session, const struct scene_key *a, const struct scene_key *b);

/* The spec that one gets without asking: of the whole, and when a track has been chosen. */
struct tree_spec session_default_spec(const struct session *session, track_id track);
/* How a track, or all, is laid out when nothing is asked. */
enum merge_mode  session_track_merge(const struct session *session, track_id track);

const struct track_facts *session_tracks(struct session *session);

/* Everything that width can mean: metrics with a name of their own, then attributes of spans that are numbers.  The session's. */
const struct metric_info *session_metrics(struct session *session, uint32_t *count_out);
/* What each track weighs: the sum of its samples where the metric is of samples, else ns that a trace lasts, or that the outermost calls of a
 * thread take; valid until the next call. */
const double *session_track_weights(struct session *session, struct metric metric);

#endif
