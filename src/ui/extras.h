/* SPDX-License-Identifier: MIT
 * What a state needs of its scene beyond the tree, and takes a while to make of a large one: folded chains, where what has rows in the
 * table occurs, that table of very many functions, sums of the critical path, odd spans.  Any thread makes it of a scene that is only read meanwhile; then it is given to the scene.
 * A scene that is not given it makes it when it is asked for. */
#ifndef UI_EXTRAS_H
#define UI_EXTRAS_H

#include "ui/session.h"
#include "ui/state.h"

struct app;

/* What is needed. */
struct wanted {
	bool        folds;       /* chains: all of them, or none, but for the heads that were turned, each as often as it is listed */
	bool        all;
	uint32_t    step;
	struct { VEC(node_id); } turned;
	enum top_by by;          /* TOP_FUNCTIONS: nothing more */
	bool        top;         /* the table of functions */
	bool        critical;
	bool        odd;         /* what is odd about the spans of `track` */
	track_id    track;
};

struct extras {
	bool                folds;
	struct folded       folded;
	enum top_by         by;
	struct occurrences *places;    /* NULL: none */
	struct top         *top;       /* of everything, by self; NULL: none */
	const struct critical *critical;    /* the cache's; NULL: none */
	struct span_path    path;      /* before is NULL: none */
	struct track_odd   *odd;       /* NULL: none */
	bool                adjusted;  /* what is odd and critical with clocks corrected */
};

/* What a scene does not have yet for a state; NULL: there is no scene. */
struct wanted wanted_for(const struct app *app, const struct view_state *state, const struct scene *scene);
bool          wanted_any(const struct wanted *wanted);
void          wanted_fini(struct wanted *wanted);

/* Stops between its parts when the job is; what is made is the caller's.  The critical path is put into the cache, too. */
struct extras extras_make(const struct scene *scene, const struct wanted *wanted, struct build_cache *cache, struct job *job);
void          extras_give(struct session *session, struct scene *scene, struct extras *extras);
void          extras_fini(struct extras *extras);

#endif
