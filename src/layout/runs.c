/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/runs.h"

#define NONE UINT32_MAX

static uint32_t
longest_of(const struct runs *runs, uint32_t at)
{
	return at == NONE ? 0 : runs->at[at].longest;
}

static uint32_t
longest_now(const struct runs *runs, uint32_t at)
{
	const struct run *run = &runs->at[at];
	uint32_t longest = run->end - run->begin;
	uint32_t left = longest_of(runs, run->left), right = longest_of(runs, run->right);

	if (longest < left)
		longest = left;
	return longest < right ? right : longest;
}

/* Brings `longest` up to date from at towards the root; nothing above changes once one of them did not. */
static void
refresh(struct runs *runs, uint32_t at)
{
	while (at != NONE) {
		uint32_t longest = longest_now(runs, at);

		if (longest == runs->at[at].longest)
			return;
		runs->at[at].longest = longest;
		at = runs->at[at].up;
	}
}

/* Puts `child` (or nothing) where `at` hangs. */
static void
replace(struct runs *runs, uint32_t at, uint32_t child)
{
	uint32_t up = runs->at[at].up;

	if (child != NONE)
		runs->at[child].up = up;
	if (up == NONE)
		runs->root = child;
	else if (runs->at[up].left == at)
		runs->at[up].left = child;
	else
		runs->at[up].right = child;
}

/* Lifts a run above its parent, keeping the order. */
static void
rotate_up(struct runs *runs, uint32_t at)
{
	uint32_t up = runs->at[at].up;
	struct run *run = &runs->at[at], *parent = &runs->at[up];
	uint32_t inner;

	replace(runs, up, at);
	if (parent->left == at) {
		inner = run->right;
		parent->left = inner;
		run->right = up;
	} else {
		inner = run->left;
		parent->right = inner;
		run->left = up;
	}
	if (inner != NONE)
		runs->at[inner].up = up;
	parent->up = at;
	parent->longest = longest_now(runs, up);
	run->longest = longest_now(runs, at);
}

static uint32_t
new_run(struct runs *runs, uint32_t begin, uint32_t end)
{
	uint32_t at = runs->spare;

	if (at != NONE) {
		runs->spare = runs->at[at].up;
	} else {
		at = (uint32_t)runs->len;
		vec_push(runs, (struct run){ 0 });
	}
	runs->seed ^= runs->seed << 13;
	runs->seed ^= runs->seed >> 17;
	runs->seed ^= runs->seed << 5;
	runs->at[at] = (struct run){
		.begin = begin, .end = end, .longest = end - begin, .left = NONE, .right = NONE, .up = NONE, .rank = runs->seed,
	};
	return at;
}

static void
insert(struct runs *runs, uint32_t begin, uint32_t end)
{
	uint32_t at = new_run(runs, begin, end);
	uint32_t up = runs->root;

	if (up == NONE) {
		runs->root = at;
		return;
	}
	for (;;) {
		uint32_t *next = begin < runs->at[up].begin ? &runs->at[up].left : &runs->at[up].right;

		if (*next == NONE) {
			*next = at;
			runs->at[at].up = up;
			break;
		}
		up = *next;
	}
	refresh(runs, up);
	while (runs->at[at].up != NONE && runs->at[runs->at[at].up].rank < runs->at[at].rank)
		rotate_up(runs, at);
}

static void
drop(struct runs *runs, uint32_t at)
{
	uint32_t left, right;

	while (left = runs->at[at].left, right = runs->at[at].right, left != NONE && right != NONE)
		rotate_up(runs, runs->at[left].rank < runs->at[right].rank ? right : left);
	replace(runs, at, left != NONE ? left : right);
	refresh(runs, runs->at[at].up);
	runs->at[at].up = runs->spare;
	runs->spare = at;
}

void
runs_reset(struct runs *runs)
{
	runs->len = 0;
	runs->root = runs->spare = NONE;
	runs->seed = 0x9e3779b9;
	runs->root = new_run(runs, 0, UINT32_MAX);
}

void
runs_init(struct runs *runs)
{
	*runs = (struct runs){ 0 };
	runs_reset(runs);
}

void
runs_fini(struct runs *runs)
{
	vec_fini(runs);
}

uint32_t
runs_take(struct runs *runs, uint32_t height)
{
	uint32_t at = runs->root, begin;

	/* The endless run is always there, so one is found. */
	for (;;) {
		const struct run *run = &runs->at[at];

		if (longest_of(runs, run->left) >= height)
			at = run->left;
		else if (run->end - run->begin >= height)
			break;
		else
			at = run->right;
	}
	begin = runs->at[at].begin;
	runs->at[at].begin += height;
	/* Ancestors must agree with its length before rotations move it. */
	refresh(runs, at);
	if (runs->at[at].begin == runs->at[at].end)
		drop(runs, at);
	return begin;
}

void
runs_give(struct runs *runs, uint32_t begin, uint32_t height)
{
	uint32_t end = begin + height;
	uint32_t before = NONE, after = NONE;

	for (uint32_t at = runs->root; at != NONE;) {
		if (runs->at[at].begin < begin) {
			before = at;
			at = runs->at[at].right;
		} else {
			after = at;
			at = runs->at[at].left;
		}
	}
	if (before != NONE && runs->at[before].end == begin) {
		if (after != NONE && runs->at[after].begin == end) {
			end = runs->at[after].end;
			drop(runs, after);
		}
		runs->at[before].end = end;
		refresh(runs, before);
	} else if (after != NONE && runs->at[after].begin == end) {
		runs->at[after].begin = begin;
		refresh(runs, after);
	} else {
		insert(runs, begin, end);
	}
}

#undef NONE
