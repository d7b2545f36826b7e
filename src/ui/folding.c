/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/folding.h"

#include "util/alloc.h"

static const double usual_share = 0.2;

uint32_t
folds_add(struct folds *folds, uint32_t before, enum fold_kind kind, uint32_t what)
{
	vec_push(folds, (struct fold){ before, kind, what });
	return (uint32_t)folds->len;
}

void
folding_init(struct folding *folding, const struct tree *tree)
{
	*folding = (struct folding){ .tree = tree, .root = NODE_NONE };
	folding->turned = xcalloc((size_t)tree->count / 64 + 1, sizeof *folding->turned);
	folding->similar = xcalloc((size_t)tree->count / 64 + 1, sizeof *folding->similar);
}

void
folding_fini(struct folding *folding)
{
	free(folding->turned);
	free(folding->similar);
	vec_fini(&folding->rows);
	*folding = (struct folding){ 0 };
}

static bool
has_bit(const uint64_t *bits, node_id node)
{
	return bits[node / 64] >> (node % 64) & 1;
}

static void
turn_bit(uint64_t *bits, node_id node)
{
	bits[node / 64] ^= UINT64_C(1) << (node % 64);
}

bool
folding_is_turned(const struct folding *folding, node_id node)
{
	return has_bit(folding->turned, node);
}

bool
folding_is_similar_turned(const struct folding *folding, node_id node)
{
	return has_bit(folding->similar, node);
}

bool
folding_shows_similar(const struct folding *folding, node_id node)
{
	return (folding->base == FOLD_ALL) != has_bit(folding->similar, node);
}

bool
folding_is_open(const struct folding *folding, node_id node)
{
	const struct tree *tree = folding->tree;
	bool open = folding->base == FOLD_ALL;

	if (node == folding->root)
		return true;
	if (folding->base == FOLD_LEVEL)
		open = tree->level[node] - tree->level[folding->root] < folding->levels;
	if (folding->base == FOLD_USUAL)
		open = tree->timed || tree->total[node] >= tree->total[folding->root] * usual_share;
	return open != folding_is_turned(folding, node);
}

/* Appends what can be seen below a node, which is open itself. */
static void
list_below(struct folding *folding, node_id top)
{
	const struct tree *tree = folding->tree;

	for (node_id node = top + 1; node < tree->end[top];) {
		vec_push(&folding->rows, node);
		node = folding_is_open(folding, node) ? node + 1 : tree->end[node];
	}
}

static void
show_afresh(struct folding *folding, const struct folds *folds, uint32_t step, node_id root)
{
	size_t words = (size_t)folding->tree->count / 64 + 1;

	memset(folding->turned, 0, words * sizeof *folding->turned);
	memset(folding->similar, 0, words * sizeof *folding->similar);
	folding->root = root;
	folding->step = step;
	folding->base = FOLD_USUAL;
	for (; step > 0; step = folds->at[step - 1].before) {
		const struct fold *fold = &folds->at[step - 1];
		if (fold->kind != FOLD_TOGGLE && fold->kind != FOLD_SIMILAR) {
			folding->base = fold->kind;
			folding->levels = fold->what;
			break;
		}
		/* Where there is no tree to look at, steps are those of the one that was left for it. */
		if (fold->what < folding->tree->count)
			turn_bit(fold->kind == FOLD_TOGGLE ? folding->turned : folding->similar, fold->what);
	}
	folding->rows.len = 0;
	vec_push(&folding->rows, root);
	list_below(folding, root);
}

/* Takes the rows below a node out, or puts them in; the rows after it move. */
static void
toggle(struct folding *folding, node_id node)
{
	const struct tree *tree = folding->tree;
	uint32_t row = folding_row(folding, node), after = row + 1;

	turn_bit(folding->turned, node);
	if (folding->rows.at[row] != node || node == folding->root)
		return;
	while (after < folding->rows.len && folding->rows.at[after] < tree->end[node])
		after++;
	size_t rest = folding->rows.len - after;
	node_id *kept = xreallocarray(NULL, rest ? rest : 1, sizeof *kept);
	memcpy(kept, folding->rows.at + after, rest * sizeof *kept);
	folding->rows.len = row + 1;
	if (folding_is_open(folding, node))
		list_below(folding, node);
	vec_reserve(&folding->rows, folding->rows.len + rest);
	memcpy(folding->rows.at + folding->rows.len, kept, rest * sizeof *kept);
	folding->rows.len += rest;
	free(kept);
}

void
folding_show(struct folding *folding, const struct folds *folds, uint32_t step, node_id root)
{
	const struct fold *fold = step ? &folds->at[step - 1] : NULL;

	if (folding->root == root && folding->step == step)
		return;
	bool follows = folding->root == root && fold && fold->before == folding->step && fold->what < folding->tree->count;
	if (follows && fold->kind == FOLD_TOGGLE) {
		folding->step = step;
		toggle(folding, fold->what);
		return;
	}
	if (follows && fold->kind == FOLD_SIMILAR) {
		folding->step = step;
		turn_bit(folding->similar, fold->what);
		return;
	}
	show_afresh(folding, folds, step, root);
}

uint32_t
folding_row(const struct folding *folding, node_id node)
{
	size_t low = 0, high = folding->rows.len;

	/* What hides a node is the last visible one before it. */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (folding->rows.at[middle] <= node)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}
