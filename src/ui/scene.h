/* SPDX-License-Identifier: MIT
 * One tree and all that is made of it on request: its plane, the part below a focus, the matches of a search, the table.
 * The latest answer of each kind is kept; another question of the same kind replaces it. */
#ifndef UI_SCENE_H
#define UI_SCENE_H

#include "analysis/at_work.h"
#include "analysis/match.h"
#include "analysis/occurrences.h"
#include "analysis/recipe.h"
#include "analysis/top.h"
#include "layout/plane.h"
#include "ui/folding.h"
#include "ui/span_rows.h"
#include "util/ranked.h"

/* What is on screen below a focus. */
struct focus_info {
	node_id  node;
	node_id *ancestors;        /* from `all` to the parent */
	uint32_t ancestor_count;
	uint32_t rows;             /* rows of the plane from the focus down to its lowest box */
	double   from, to;         /* extent of the subtree on the axis; to > from */
};

/* Which table. */
struct table_want {
	node_id       within;
	enum top_by   by;
	enum top_sort sort;
	bool          ascending;
	bool          only_matches;    /* where there is a search */
};

/* Which scene. */
struct scene_key {
	struct recipe recipe;
	str_id        sandwich;      /* a pattern for the functions in the middle; STR_EMPTY: the tree itself */
	bool          bare;          /* nothing but `all`: no tree is needed */
};

/* Matches inside a subtree. */
struct found {
	double   weight, whole;     /* nested ones once; of what share.  In time order with overlaps: for how long any is there */
	uint32_t nodes, frames;     /* boxes that match, and how many frames they are of */
	struct found_half { double weight; uint32_t nodes; } half[2];    /* of a sandwich: what is called, with the functions, and their callers */
};

enum { SCENE_PROFILES = 2 };    /* graph and timeline have other widths */
enum { SCENE_MARKS = 2 };

/* Chains as they were last folded. */
struct folded {
	struct plane *plane;    /* NULL: they never were */
	uint32_t     *size;     /* as chains_fold() returns it */
	bool          all;
	uint32_t      step;
};

/* One tree with all that belongs to it. */
struct scene {
	struct scene_key  key;
	const struct dataset *ds;           /* whose frames its nodes have (analysis/lens.h) */
	struct tree      *tree;
	uint32_t          hub;              /* row that is never empty: of `all`, in a sandwich of the functions */
	double            all;              /* total of the selection before filters */
	struct plane     *plane;            /* what is drawn: of the two that follow */
	struct plane     *open;             /* every node for itself */
	struct str        unit;             /* of its totals, sanitised; "ns" in a timed tree */
	struct buf        unit_text;
	uint32_t         *boxes_of_frame;   /* nodes per frame of the dataset */
	struct occurrences *occurrences;    /* of frames in the tree */
	struct occurrences *places[TOP_LABELS + 1];    /* of what else has rows in the table, by enum top_by; NULL: not asked for yet */
	struct folded     folded;
	const uint32_t   *chain_size;       /* per node: how many its box stands for; NULL: each has its own */
	bool              chains;           /* how chains are folded (ui/chain.h) */
	uint32_t          chain_step;
	struct focus_info focus;            /* of the latest scene_focus() */

	struct profile { uint32_t *heights; int cols; uint32_t tallest; } profiles[SCENE_PROFILES];    /* the latest of scene_profile() */
	unsigned          profile;          /* which of them was made last */

	struct at_work   *work;             /* NULL, in trees without overlaps: not asked for yet */

	struct match     *match;            /* NULL: no search */
	char             *match_text;       /* the pattern it is for */
	bool              match_literal;    /* the pattern was no valid expression */
	uint64_t          searches;         /* how many there have been: the match is of the last one */
	struct ranked     hits;             /* places of the plane whose boxes match; without words: no search */
	node_id           found_within;     /* of `inside` */
	struct found      inside;

	uint32_t         *hidden;           /* of the filters that hide: spans and one, 0 when it was not asked for; NULL: none was */

	struct top       *top;              /* NULL: not asked for yet */
	node_id           top_within;
	enum top_sort     top_sort;
	bool              top_ascending;

	struct folding    folding;          /* of call tree and timeline */
	struct span_facts span_facts;       /* of a timed tree */
	struct span_rows  span_rows[2][2];  /* what the timeline lists: of everything, and of the latest focus; all of it, and only what a search finds */
	struct match     *found;            /* of a timed tree: nodes whose spans its recipe's queries find; NULL: there are no queries */

	/* The table where it is not `top`. */
	struct top       *table;
	struct table_want table_want;
	frame_id         *firsts;           /* top_firsts() of table_want.by; NULL: not asked for yet */
	enum top_by       firsts_by;
	uint64_t         *group_hits;       /* per first frame: whether one of its frames matches; NULL: not asked for yet */

	bool             *marked[SCENE_MARKS];    /* per frame: whether any of its spans has a mark (ui/jumps.h); NULL: not asked for yet */
	struct instance_cache *instances;   /* which spans its nodes stand for (ui/instances.h); NULL: not asked for yet */
	uint64_t          used;             /* when it was last asked for */
};

/* NULL only when the job was stopped.  patterns are those of the recipe.  start, a step of the key's recipe to begin with, and job may be
 * NULL.  The whole recipe as a start is for a sandwich of it. */
struct scene *scene_new(struct build_cache *cache, const struct scene_key *key, const struct strtab *patterns,
                        const struct recipe_start *start, struct job *job);
void          scene_free(struct scene *scene);    /* NULL is allowed */

/* Whether a node is above the functions of a sandwich. */
bool          scene_is_caller(const struct scene *scene, node_id node);
/* Whether a node is above a function whose weight this is, in a sandwich or bottom-up: its self weight says nothing, and the way from the
 * root to it leads from the inside out. */
bool          scene_is_above(const struct scene *scene, node_id node);

/* Folds chains of boxes into their heads, as chains_fold(); step stands for what is turned.  At once for what was folded last, or unfolded. */
void          scene_fold_chains(struct scene *scene, bool all, const uint64_t *turned, uint32_t step);

/* Whether a node has no box since it is folded into that of a chain. */
static inline bool
scene_is_folded(const struct scene *scene, node_id node)
{
	return scene->chain_size && scene->chain_size[node] == 0;
}

/* Extent, height and ancestors of a focus; kept until the next call. */
const struct focus_info *scene_focus(struct scene *scene, node_id focus);

/* How many rows there are in each column of the whole axis, and at most; kept until it is asked for two other numbers of columns. */
const uint32_t *scene_profile(struct scene *scene, int cols, uint32_t *tallest_out);

/* How many spans are at work, of a timed scene; kept. */
const struct at_work *scene_work(struct scene *scene);

/* Searches for the pattern; "" clears.  A pattern that is no valid expression is searched as plain text. */
void          scene_search(struct scene *scene, const struct dataset *ds, const char *pattern);
/* What of the matches lies inside a subtree; kept. */
struct found  scene_found(struct scene *scene, node_id within);
/* Matching boxes among plane->box[first .. first + count), and the first of them (NODE_NONE). */
uint32_t      scene_hits(const struct scene *scene, uint32_t first, uint32_t count, node_id *first_out);
/* Index into match->nodes of the first match that is node or comes after it. */
uint32_t      scene_match_index(const struct scene *scene, node_id node);

/* Spans of the scene's tracks that a filter of its recipe hides; kept. */
uint32_t      scene_hidden(struct scene *scene, const struct dataset *ds, const struct strtab *patterns, uint32_t filter);

/* The table of the subtree in the wanted order; kept until the next call. */
const struct top *scene_top(struct scene *scene, const struct dataset *ds, node_id within, enum top_sort sort, bool ascending);

/* What all nodes of a frame in a subtree come to. */
struct occurrence_sum scene_frame_sum(const struct scene *scene, frame_id frame, node_id within);
/* The same in one half of a sandwich, the functions being of that of the callees: recursion counts once in each.  O(the frame's nodes). */
struct occurrence_sum scene_half_sum(const struct scene *scene, frame_id frame, node_id within, bool callers);
/* Where what has rows in the table occurs; O(nodes) when it is asked for first. */
const struct occurrences *scene_places(struct scene *scene, enum top_by by);
/* The same made for the scene without giving it to it, which any thread may do. */
struct occurrences *scene_make_places(const struct scene *scene, enum top_by by);
/* The node with the greatest total of a row of one of these tables, which is of a subtree. */
node_id       scene_heaviest(struct scene *scene, const struct top_row *row, enum top_by by, node_id within);

/* The table as it is wanted, and whether a search finds something of a row; kept until the next call or search. */
const struct top *scene_table(struct scene *scene, const struct dataset *ds, const struct table_want *want);
bool              scene_row_hit(struct scene *scene, const struct dataset *ds, const struct top_row *row, enum top_by by);

/* The node of another scene that stands for this one: the same span where both know it, else the same path of frames as far as it goes;
 * of one that is seen from the other end, the frame under `all`. */
node_id       scene_map(const struct scene *from, node_id node, const struct scene *to);

#endif
