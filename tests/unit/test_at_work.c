/* SPDX-License-Identifier: MIT
 * How many spans are at work: small traces with known steps, and random ones against counting at every instant. */
#include "config.h"

#include "analysis/at_work.h"

#include "tests/make.h"
#include "tests/tap.h"
#include "util/buf.h"

/* A node: its level, start and end, in pre-order. */
struct given { uint32_t level; double start, end; };

static const struct {
	const char  *what;
	struct given nodes[6];
	const char  *want;    /* time:spans at work from there on */
} cases[] = {
	{ "nothing", { { 0 } }, "" },
	{ "one alone", { { 1, 0, 10 } }, "0:1 10:0" },
	{ "a child works in its parent's place", { { 1, 0, 10 }, { 2, 2, 6 } }, "0:1 2:1 6:1 10:0" },
	{ "two children at once", { { 1, 0, 10 }, { 2, 2, 6 }, { 2, 4, 8 } }, "0:1 2:1 4:2 6:1 8:1 10:0" },
	{ "a child that outlives its parent", { { 1, 0, 10 }, { 2, 5, 20 } }, "0:1 5:1 10:1 20:0" },
	{ "a child that comes after it", { { 1, 0, 10 }, { 2, 15, 20 } }, "0:1 10:0 15:1 20:0" },
	{ "touching ones", { { 1, 0, 5 }, { 1, 5, 10 } }, "0:1 5:1 10:0" },
	{ "an instant works in no time", { { 1, 0, 5 }, { 2, 3, 3 } }, "0:1 5:0" },
};

static struct tree *
make_tree(const struct given *nodes, size_t count)
{
	struct tree *tree = tree_new(0, true);

	tree->timed = true;
	for (size_t i = 0; i < count && nodes[i].level; i++) {
		node_id node = tree_add(tree, 0, nodes[i].level);

		tree->x0[node] = nodes[i].start;
		tree->total[node] = nodes[i].end - nodes[i].start;
	}
	tree_finish(tree);
	return tree;
}

static void
known(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tree *tree = make_tree(cases[i].nodes, 6);
		struct at_work *work = at_work_build(tree);
		struct buf got = { 0 };

		for (uint32_t k = 0; k < work->count; k++)
			buf_addf(&got, "%s%g:%u", k ? " " : "", work->from[k], work->working[k]);
		is_text(got.len ? got.at : "", cases[i].want, cases[i].what);
		buf_fini(&got);
		at_work_free(work);
		tree_free(tree);
	}
}

static unsigned
count_at(const struct tree *tree, double time)
{
	unsigned count = 0;

	for (node_id node = 1; node < tree->count; node++) {
		bool works = tree->x0[node] <= time && time < tree->x0[node] + tree->total[node];

		for (node_id child = tree_first_child(tree, node); works && child != NODE_NONE; child = tree_next_sibling(tree, child))
			works = !(tree->x0[child] <= time && time < tree->x0[child] + tree->total[child]);
		count += works;
	}
	return count;
}

static void
random_ones(void)
{
	enum { ROUNDS = 100, NODES = 200, TIMES = 300 };    /* more steps than AT_WORK_FAN */
	uint64_t seed = 5;
	int good = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct given nodes[NODES];
		unsigned sum = 0, most = 0;
		bool same = true;

		for (int i = 0; i < NODES; i++) {
			uint32_t start = random_below(&seed, TIMES - 10);

			nodes[i] = (struct given){ i ? 1 + random_below(&seed, nodes[i - 1].level + 1) : 1, start, start + random_below(&seed, 10) };
		}
		struct tree *tree = make_tree(nodes, NODES);
		struct at_work *work = at_work_build(tree);
		double means[TIMES];
		at_work_means(work, 0, TIMES, TIMES, means);
		for (int time = 0; time < TIMES; time++) {
			unsigned want = count_at(tree, time);
			double got = at_work_mean(work, time, time + 1);

			same &= got > want - 1e-9 && got < want + 1e-9 && means[time] > want - 1e-6 && means[time] < want + 1e-6;
			sum += want;
			most = want > most ? want : most;
		}
		double mean = at_work_mean(work, 0, TIMES) * TIMES;
		good += same && mean > sum - 1e-6 && mean < sum + 1e-6 && most == work->most;
		at_work_free(work);
		tree_free(tree);
	}
	is_int(good, ROUNDS, "each instant, the whole and the most agree with counting");
}

int
main(void)
{
	known();
	random_ones();
	return done();
}
