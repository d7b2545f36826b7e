/* SPDX-License-Identifier: MIT
 * Trees of boxes that stand for something else: spans by keys, stacks below labels, files and packages, samples by their labels. */
#include "config.h"

#include "analysis/lens.h"

#include "analysis/build.h"
#include "analysis/label.h"
#include "analysis/label_filter.h"
#include "tests/make.h"
#include "tests/tap.h"

/* The tree in one line, children in brackets, with total and self: "all:9 [a:5(2) [b:3(3) ] c:4(4) ]". */
static char *
drawn(const struct dataset *ds, const struct tree *tree)
{
	static struct buf out;

	buf_clear(&out);
	buf_addf(&out, "all:%g", tree->total[NODE_ALL]);
	for (node_id node = 1; node < tree->count; node++) {
		uint32_t before = tree->level[node - 1];

		buf_add(&out, tree->level[node] > before ? STR(" [") : STR(" "));
		for (; before > tree->level[node]; before--)
			buf_add(&out, STR("] "));
		label_show(ds, tree->frame[node], &out);
		buf_addf(&out, ":%g(%g)", tree->total[node], tree->self[node]);
	}
	for (uint32_t level = tree->level[tree->count - 1]; level > 0; level--)
		buf_add(&out, STR(" ]"));
	return out.at;
}

static struct column *
give_routes(const struct dataset *ds, struct str key, struct job *job)
{
	struct column *column = column_new(COLUMN_STRING, ds->spans.count);

	(void)job;
	for (span_id span = 0; span < ds->spans.count && str_equal(key, STR("route")); span += 2)
		column_add_string(column, span, span % 4 ? STR("/b") : STR("/a"));
	return column;
}

static const struct attr_reader giver = { .column = give_routes };

static void
is_tree(struct build_cache *cache, const struct tree_spec *spec, const char *want, const char *what)
{
	struct tree *tree = tree_build(cache, spec, NULL);

	is_text(drawn(build_cache_frames(cache, spec), tree), want, what);
	tree_free(tree);
}

static void
spans(void)
{
	struct dataset *ds = make_dataset();
	static const struct { const char *keys, *want, *what; } rows[] = {
		{ NULL, "all:6 [front get:6(1) [front render:3(1) [back query:2(1) [back get:1(1) ] ] back query:2(1) [front get:1(1) ] ] ]", "as in the input" },
		{ "name", "all:6 [get:6(1) [render:3(1) [query:2(1) [get:1(1) ] ] query:2(1) [get:1(1) ] ] ]", "by name alone" },
		{ "service", "all:6 [front:6(2) [back:4(3) [front:1(1) ] ] ]", "by service, calls inside one are one box" },
		{ "kind", "all:6 [server:6(2) [client:4(2) [server:2(2) ] ] ]", "by kind" },
		{ "route", "all:6 [/a:6(2) [(no route):4(2) [/b:2(1) [(no route):1(1) ] ] ] ]", "by an attribute, or that there is none" },
		{ "kind,service", "all:6 [front server:6(2) [back client:4(2) [back server:1(1) front server:1(1) ] ] ]", "by two, the service in front" },
	};

	make_span(ds, "front", "get", 1, 0, 0, 100);
	make_span(ds, "front", "render", 2, 1, 0, 50);
	make_span(ds, "back", "query", 3, 2, 0, 20);
	make_span(ds, "back", "get", 4, 3, 0, 10);
	make_span(ds, "back", "query", 5, 1, 60, 80);
	make_span(ds, "front", "get", 6, 5, 60, 70);
	for (span_id span = 0; span < 6; span++)
		ds->spans.kind[span] = span == 2 || span == 4 ? SPAN_CLIENT : SPAN_SERVER;
	dataset_seal(ds);
	struct build_cache *cache = build_cache_new(ds, &giver);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct tree_spec spec = { .track = TRACK_ALL, .metric = { .kind = METRIC_COUNT }, .order = ORDER_HEAVIEST, .group = rows[i].keys };

		is_tree(cache, &spec, rows[i].want, rows[i].what);
	}
	struct tree_spec both = { .track = TRACK_ALL, .metric = { .kind = METRIC_COUNT }, .group = "route,kind" };
	struct tree *tree = tree_build(cache, &both, NULL);
	ok(str_equal(frame_name(build_cache_frames(cache, &both), tree->frame[1]), STR("/a, server")), "several keys make one name, in their order");
	tree_free(tree);
	struct tree_spec timed = { .track = 0, .metric = { .kind = METRIC_WALL }, .merge = MERGE_TIME, .group = "service" };
	ok(!tree_spec_is_timed(ds, &timed), "a grouped tree is merged");
	struct tree_spec named = { .track = TRACK_ALL, .metric = { .kind = METRIC_COUNT }, .order = ORDER_ALPHABETICAL, .group = "kind,service" };
	is_tree(cache, &named, "all:6 [front server:6(2) [back client:4(2) [back server:1(1) front server:1(1) ] ] ]", "in the order of the new names");
	struct job stopped = { .wish = JOB_DROP };
	struct tree_spec other = { .track = TRACK_ALL, .metric = { .kind = METRIC_COUNT }, .group = "name,kind" };
	ok(!tree_build(cache, &other, &stopped), "a stopped job gives no tree");
	build_cache_free(cache);
	dataset_free(ds);
}

static label_id
label(struct dataset *ds, label_id parent, const char *key, const char *value)
{
	return dataset_add_label(ds, &(const struct label){
		.parent = parent, .key = strtab_intern(ds->strings, str_of(key)), .value = strtab_intern(ds->strings, str_of(value)),
	});
}

static struct dataset *
make_labelled(void)
{
	struct dataset *ds = make_dataset();
	sample_id samples[5];

	samples[0] = make_sample(ds, "a;b", 1);
	samples[1] = make_sample(ds, "a;b", 2);
	samples[2] = make_sample(ds, "a;c", 4);
	samples[3] = make_sample(ds, "", 8);
	samples[4] = make_sample(ds, "a", 16);
	label_id one = label(ds, ID_NONE, "thread", "1"), two = label(ds, ID_NONE, "thread", "2");
	dataset_set_sample_label(ds, samples[0], label(ds, one, "host", "x"));
	dataset_set_sample_label(ds, samples[1], label(ds, one, "host", "y"));
	dataset_set_sample_label(ds, samples[2], two);
	dataset_set_sample_label(ds, samples[3], label(ds, ID_NONE, "host", "x"));
	dataset_seal(ds);
	return ds;
}

static void
labels(void)
{
	struct dataset *ds = make_labelled();
	struct build_cache *cache = build_cache_new(ds, NULL);
	static const struct { const char *keys, *labels, *want, *what; } rows[] = {
		{ "thread", NULL, "all:31 [thread: (none):24(8) [a:16(16) ] thread: 2:4(0) [a:4(0) [c:4(4) ] ] thread: 1:3(0) [a:3(0) [b:3(3) ] ] ]",
		  "a level of labels above the stacks" },
		{ "host,thread", NULL, "all:31 [host: (none):20(0) [thread: (none):16(0) [a:16(16) ] thread: 2:4(0) [a:4(0) [c:4(4) ] ] ] host: x:9(0) "
		  "[thread: (none):8(8) thread: 1:1(0) [a:1(0) [b:1(1) ] ] ] host: y:2(0) [thread: 1:2(0) [a:2(0) [b:2(2) ] ] ] ]", "in the chosen order" },
		{ NULL, "thread=1\n", "all:3 [a:3(0) [b:3(3) ] ]", "only samples with a label" },
		{ NULL, "thread=1\nthread=2\n", "all:7 [a:7(0) [c:4(4) b:3(3) ] ]", "or with another value of its key" },
		{ NULL, "thread=1\nhost=x\n", "all:1 [a:1(0) [b:1(1) ] ]", "and with one of another key" },
		{ NULL, "thread=3\n", "all:0", "a label that no sample has" },
		{ "thread", "host=x\n", "all:9 [thread: (none):8(8) thread: 1:1(0) [a:1(0) [b:1(1) ] ] ]", "both" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct tree_spec spec = {
			.track = TRACK_ALL, .metric = { .kind = METRIC_SAMPLE_TYPE }, .group = rows[i].keys, .labels = rows[i].labels,
		};
		is_tree(cache, &spec, rows[i].want, rows[i].what);
	}
	struct label_keys keys = { 0 };
	lens_label_keys(ds, &keys);
	ok(keys.len == 2 && str_equal(dataset_str(ds, keys.at[0]), STR("thread")), "the keys that labels have");
	vec_fini(&keys);
	struct error err = { 0 };
	ok(lens_check(ds, NULL, &(const struct lens_spec){ .keys = "thread,host" }, &err), "keys that are there");
	ok(!lens_check(ds, NULL, &(const struct lens_spec){ .keys = "thread,name" }, &err) && strstr(err.text, "name"), "one that is not is named");
	build_cache_free(cache);
	dataset_free(ds);
}

static void
grains(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "main;io::read;io::fill;fs::get", 1);
	make_sample(ds, "main;io::read", 2);
	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (str_starts(frame_name(ds, frame), STR("io")))
			ds->frames[frame].file = strtab_intern(ds->strings, STR("src/io.rs"));
	dataset_seal(ds);
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = { .track = TRACK_ALL, .metric = { .kind = METRIC_SAMPLE_TYPE }, .grain = GRAIN_FILE };
	is_tree(cache, &spec, "all:3 [(no file):3(0) [src/io.rs:3(2) [(no file):1(1) ] ] ]", "by file, calls inside one are one box");
	spec.grain = GRAIN_PACKAGE;
	is_tree(cache, &spec, "all:3 [main:3(0) [io:3(2) [fs:1(1) ] ] ]", "by package");
	spec.grain = GRAIN_FUNCTION;
	is_tree(cache, &spec, "all:3 [main:3(0) [io::read:3(2) [io::fill:1(0) [fs::get:1(1) ] ] ] ]", "by function, as ever");
	build_cache_free(cache);
	dataset_free(ds);
}

/* Whatever the labels: a level's totals are those of its samples, and what is below all of it is the tree without levels. */
static void
random_labels(void)
{
	uint64_t seed = 7;

	for (int round = 0; round < 30; round++) {
		struct dataset *ds = make_dataset();
		label_id chain[12] = { ID_NONE };
		double of_value[4] = { 0 };
		bool fine = true;

		for (uint32_t i = 1; i < 12; i++)
			chain[i] = label(ds, chain[random_below(&seed, i)], random_below(&seed, 2) ? "k" : "j", (char[]){ (char)('0' + random_below(&seed, 3)), '\0' });
		for (uint32_t i = 0; i < 60; i++) {
			char path[16];
			double weight = 1 + random_below(&seed, 9);
			label_id at = chain[random_below(&seed, 12)];

			snprintf(path, sizeof path, "%c;%c;%c", 'a' + (int)random_below(&seed, 2), 'a' + (int)random_below(&seed, 2), 'a' + (int)random_below(&seed, 2));
			sample_id sample = make_sample(ds, path, weight);
			if (at != ID_NONE)
				dataset_set_sample_label(ds, sample, at);
			while (at != ID_NONE && !str_equal(dataset_str(ds, ds->labels[at].key), STR("k")))
				at = ds->labels[at].parent;
			of_value[at == ID_NONE ? 3 : dataset_str(ds, ds->labels[at].value).at[0] - '0'] += weight;
		}
		dataset_seal(ds);
		struct build_cache *cache = build_cache_new(ds, NULL);
		struct tree_spec spec = { .track = TRACK_ALL, .metric = { .kind = METRIC_SAMPLE_TYPE }, .group = "k" };
		struct tree *tree = tree_build(cache, &spec, NULL), *plain;
		spec.group = NULL;
		plain = tree_build(cache, &spec, NULL);
		spec.group = "k";
		for (node_id node = 1; node < tree->count; node++) {
			struct str name = frame_name(build_cache_frames(cache, &spec), tree->frame[node]);

			if (tree->level[node] == 1)
				fine = fine && tree->total[node] == of_value[name.at[3] == '(' ? 3 : name.at[3] - '0'];
		}
		fine = fine && tree->total[NODE_ALL] == plain->total[NODE_ALL] && tree->depth == plain->depth + 1;
		if (!fine)
			diag("round %d: %s", round, drawn(build_cache_frames(cache, &spec), tree));
		ok(fine, "levels of labels hold what their samples weigh");
		tree_free(tree);
		tree_free(plain);
		build_cache_free(cache);
		dataset_free(ds);
	}
}

static void
strings(void)
{
	struct strtab *base = strtab_new();
	str_id known = strtab_intern(base, STR("known"));
	struct strtab *over = strtab_over(base);

	is_int(strtab_intern(over, STR("known")), known, "a table over another one has its strings");
	is_int(strtab_intern(over, STR("")), STR_EMPTY, "the empty one too");
	str_id own = strtab_intern(over, STR("own"));
	ok(own == strtab_count(base) && strtab_count(over) == own + 1, "its own come behind them");
	ok(str_equal(strtab_get(over, own), STR("own")) && str_equal(strtab_get(over, known), STR("known")), "both are found by id");
	is_int(strtab_find(base, STR("own")), STR_NONE, "and the other one is as it was");
	strtab_free(over);
	strtab_free(base);
}

int
main(void)
{
	spans();
	labels();
	grains();
	random_labels();
	strings();
	return done();
}
