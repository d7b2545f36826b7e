/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/folding.h"

#include "util/alloc.h"
#include "util/bits.h"

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
	*folding = (struct folding){ .tree = tree, .root = NODE_NONE, .latest = NODE_NONE, .listed_root = NODE_NONE };
	folding->turned = bits_new(tree->count);
	folding->similar = bits_new(tree->count);
	ranked_init(&folding->listed, tree->count);
}

void
folding_fini(struct folding *folding)
{
	free(folding->turned);
	free(folding->similar);
	ranked_fini(&folding->listed);
	*folding = (struct folding){ 0 };
}

static node_id
find_bit(const struct folding *folding, const uint64_t *bits, unsigned at)
{
	uint32_t count = folding->tree->count;
	node_id node = bits_next(bits, 0, count);

	while (node < count && at-- > 0)
		node = bits_next(bits, node + 1, count);
	return node < count ? node : NODE_NONE;
}

node_id
folding_turned(const struct folding *folding, unsigned at)
{
	return find_bit(folding, folding->turned, at);
}

node_id
folding_similar_turned(const struct folding *folding, unsigned at)
{
	return find_bit(folding, folding->similar, at);
}

bool
folding_shows_similar(const struct folding *folding, node_id node)
{
	return (folding->base == FOLD_ALL) != (folding->similar_count && bits_has(folding->similar, node));
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
	return open != bits_has(folding->turned, node);
}

/* Whether everything is open but what was turned. */
static bool
is_open_base(const struct folding *folding)
{
	return folding->base == FOLD_ALL || (folding->base == FOLD_USUAL && folding->tree->timed);
}

node_id
folding_next_closed(const struct folding *folding, node_id from, node_id end)
{
	if (is_open_base(folding))
		return folding->turned_count ? bits_next(folding->turned, from, end) : end;
	while (from < end && folding_is_open(folding, from))
		from++;
	return from;
}

static void
turn(struct folding *folding, const struct fold *fold)
{
	uint64_t *bits = fold->kind == FOLD_TOGGLE ? folding->turned : folding->similar;
	uint32_t *count = fold->kind == FOLD_TOGGLE ? &folding->turned_count : &folding->similar_count;

	*count += bits_has(bits, fold->what) ? UINT32_MAX : 1;    /* one fewer, or one more */
	bits_flip(bits, fold->what);
}

static void
show_afresh(struct folding *folding, const struct folds *folds, uint32_t step, node_id root)
{
	size_t words = bits_words(folding->tree->count);

	memset(folding->turned, 0, words * sizeof *folding->turned);
	memset(folding->similar, 0, words * sizeof *folding->similar);
	folding->turned_count = folding->similar_count = 0;
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
			turn(folding, fold);
	}
	folding->latest = NODE_NONE;
}

void
folding_show(struct folding *folding, const struct folds *folds, uint32_t step, node_id root)
{
	const struct fold *fold = step ? &folds->at[step - 1] : NULL;

	if (folding->root == root && folding->step == step)
		return;
	bool follows = folding->root == root && fold && fold->before == folding->step && fold->what < folding->tree->count;
	if (!follows || (fold->kind != FOLD_TOGGLE && fold->kind != FOLD_SIMILAR)) {
		show_afresh(folding, folds, step, root);
		return;
	}
	folding->before = folding->step;
	folding->latest = fold->what;
	folding->step = step;
	turn(folding, fold);
}

/* ---- rows */

/* Of nodes below an open one: what can be seen. */
static void
list_range(struct folding *folding, node_id from, node_id end)
{
	while (from < end) {
		node_id closed = folding_next_closed(folding, from, end);
		ranked_put_range(&folding->listed, from, closed < end ? closed + 1 : end, NULL);
		from = closed < end ? folding->tree->end[closed] : end;
		folding->steps++;
	}
}

/* Takes the rows below a node out, or puts them in. */
static void
list_part(struct folding *folding, node_id node)
{
	if (!ranked_has(&folding->listed, node) || node == folding->root)
		return;
	ranked_drop_range(&folding->listed, node + 1, folding->tree->end[node]);
	if (folding_is_open(folding, node))
		list_range(folding, node + 1, folding->tree->end[node]);
}

void
folding_list(struct folding *folding)
{
	bool same = folding->listed_root == folding->root;

	if (same && folding->listed_step == folding->step)
		return;
	if (same && folding->latest != NODE_NONE && folding->listed_step == folding->before) {
		list_part(folding, folding->latest);
	} else {
		ranked_drop_range(&folding->listed, 0, folding->tree->count);
		ranked_put(&folding->listed, folding->root);
		list_range(folding, folding->root + 1, folding->tree->end[folding->root]);
	}
	ranked_count(&folding->listed);
	folding->count = ranked_total(&folding->listed);
	folding->listed_root = folding->root;
	folding->listed_step = folding->step;
}

node_id
folding_at(const struct folding *folding, uint32_t row)
{
	return ranked_at(&folding->listed, row);
}

uint32_t
folding_row(const struct folding *folding, node_id node)
{
	uint32_t upto = ranked_below(&folding->listed, node + 1);

	/* What hides a node is the last visible one before it. */
	return upto ? upto - 1 : 0;
}
