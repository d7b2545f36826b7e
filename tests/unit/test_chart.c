/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "tests/unit/random_tree.h"

#include "layout/chart.h"
#include "util/text.h"

static frame_id
add_frame(struct dataset *ds, const char *name)
{
	return dataset_add_frame(ds, &(struct frame){ .name = strtab_intern(ds->strings, str_of(name)) });
}

static node_id
add_node(struct tree *tree, struct dataset *ds, uint32_t level, const char *name, double self)
{
	node_id node = tree_add(tree, add_frame(ds, name), level);

	tree->self[node] = self;
	return node;
}

static void
is_printed(const struct tree *tree, const struct dataset *ds, struct chart_options options, const char *want, const char *what)
{
	struct plane *plane = plane_new(tree);
	struct buf got = { 0 };

	chart_print(plane, ds, &options, &got);
	is_text(got.at, want, what);
	buf_fini(&got);
	plane_free(plane);
}

static struct tree *
shop(struct dataset *ds)
{
	struct tree *tree = tree_new(0, false);

	add_node(tree, ds, 1, "frontend POST /checkout", 110e6);
	add_node(tree, ds, 2, "cart GET", 310e6);
	add_node(tree, ds, 2, "checkout PlaceOrder", 40e6);
	for (int i = 0; i < 12; i++)
		add_node(tree, ds, 3, "SELECT", 8e6);
	add_node(tree, ds, 3, "payment Charge", 500e6);
	add_node(tree, ds, 4, "カード会社に問い合わせる", 184e6);
	add_node(tree, ds, 1, "worker", 1e6);
	add_up(tree);
	return tree;
}

static void
test_merged(void)
{
	struct dataset *ds = dataset_new();
	struct tree *tree = shop(ds);

	is_printed(tree, ds, (struct chart_options){ .cols = 80, .unit = STR("ns") },
	           "|all 1.24 s -------------------------------------------------------------------|\n"
	           "|frontend POST /checkout 1.24 s 99.9% -----------------------------------------|\n"
	           "|cart GET 310 ms ---|checkout PlaceOrder 820 ms 66.1% ------------------|\n"
	           "                    ||||||||payment Charge 684 ms 55.1% -------------|\n"
	           "                          |カード会… |\n",
	           "80 columns");
	is_printed(tree, ds, (struct chart_options){ .cols = 40, .unit = STR("ns"), .ascii = true },
	           "|all 1.24 s ---------------------------|\n"
	           "|frontend POST /checkout 1.24 s 99.9% -|\n"
	           "|cart GET |checkout PlaceOrder ----|\n"
	           "          ...|payment Charge -----|\n"
	           "             |??..|\n",
	           "40 columns in ASCII");
	is_printed(tree, ds, (struct chart_options){ .cols = 1, .unit = STR("ns"), .max_rows = 2 },
	           "|all ----|\n"
	           "|fronten…|\n"
	           "(3 rows m…\n",
	           "the least");
	is_printed(tree, ds, (struct chart_options){ .cols = 60, .unit = STR("ns"), .focus = 3 },
	           "|all 1.24 s -----------------------------------------------|\n"
	           "|frontend POST /checkout 1.24 s 99.9% ---------------------|\n"
	           "|checkout PlaceOrder 820 ms 66.1% -------------------------|\n"
	           "||||||||payment Charge 684 ms 55.1% --------------------|\n"
	           "       |カード会社… |\n",
	           "one box and what is under it");
	tree_free(tree);
	dataset_free(ds);
}

static void
test_timed(void)
{
	struct dataset *ds = dataset_new();
	struct tree *tree = tree_new(0, false);
	static const struct { uint32_t level; const char *name; double start, duration; } spans[] = {
		{ 1, "frontend GET /", 0, 100e6 }, { 2, "cart GET", 5e6, 60e6 }, { 2, "ads GET", 10e6, 25e6 }, { 3, "cache GET", 12e6, 0 },
		{ 2, "currency Convert", 70e6, 20e6 }, { 2, "log", 99e6, 0 },
	};

	tree->timed = true;
	tree->width = 100e6;
	tree->total[NODE_ALL] = 205e6;
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
		node_id node = add_node(tree, ds, spans[i].level, spans[i].name, 0);

		tree->x0[node] = spans[i].start;
		tree->total[node] = spans[i].duration;
	}
	tree_finish(tree);
	is_printed(tree, ds, (struct chart_options){ .cols = 60, .unit = STR("ns") },
	           "|all 100 ms -----------------------------------------------|\n"
	           "|frontend GET / 100 ms ------------------------------------|\n"
	           "   |cart GET 60 ms -------------------|   |currency …|     .\n"
	           "      ↑ads GET 25 ms|\n"
	           "       .\n",
	           "a trace in time order");
	is_printed(tree, ds, (struct chart_options){ .cols = 60, .unit = STR("ns"), .ascii = true, .focus = 3 },
	           "|all 100 ms -----------------------------------------------|\n"
	           "|frontend GET / 100 ms ------------------------------------|\n"
	           "|cart GET 60 ms -------------------------------------------|\n"
	           "^ads GET 25 ms --------------------------------------------|\n"
	           "    .\n",
	           "a span in ASCII");
	tree_free(tree);
	dataset_free(ds);
}

/* Lines are never too wide, hold no control characters, end without spaces, and all boxes with room are named. */
static void
test_random(void)
{
	static const char *const names[] = { "a", "main", "漢字かな交じり文", "evil\x1B[31m\xFF name\n", "std::vector<int>::push_back", "e\xCC\x81" };
	struct rng rng = { 21 };
	bool narrow = true, clean = true, safe = true;

	for (int round = 0; round < 150; round++) {
		struct dataset *ds = dataset_new();
		struct tree *tree;
		struct plane *plane;
		struct buf got = { 0 };
		int cols = 10 + (int)rng_below(&rng, 120);
		bool ascii = round % 2;
		char *line, *rest;

		for (int i = 0; i < 50; i++)
			add_frame(ds, names[i % 6]);
		if (round % 3)
			tree = random_merged(&rng, rng_below(&rng, 200), 9, true);
		else
			tree = random_timed(&rng, rng_below(&rng, 200), 9, 1e6);
		plane = plane_new(tree);
		chart_print(plane, ds, &(struct chart_options){ .cols = cols, .unit = STR("ns"), .ascii = ascii }, &got);
		for (line = strtok_r(got.at, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
			struct buf again = { 0 };

			text_sanitise(str_of(line), &again);
			narrow = narrow && text_width(str_of(line)) <= cols;
			clean = clean && line[strlen(line) - 1] != ' ';
			safe = safe && strcmp(again.at, line) == 0;
			for (const char *at = line; *at && ascii; at++)
				safe = safe && *at >= ' ' && *at < 0x7F;
			buf_fini(&again);
		}
		buf_fini(&got);
		plane_free(plane);
		tree_free(tree);
		dataset_free(ds);
	}
	ok(narrow, "no line is too wide");
	ok(clean, "no line ends in a space");
	ok(safe, "whatever the names, lines are safe, and ASCII when asked");
}

int
main(void)
{
	test_merged();
	test_timed();
	test_random();
	return done();
}
