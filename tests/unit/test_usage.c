/* SPDX-License-Identifier: MIT
 * Tokens, cost and other numbers of attributes: small traces with known answers. */
#include "config.h"

#include "analysis/usage.h"

#include "analysis/build.h"
#include "analysis/forest.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "util/buf.h"

#define IN     "gen_ai.usage.input_tokens"
#define OUT    "gen_ai.usage.output_tokens"
#define OLD_IN "gen_ai.usage.prompt_tokens"
#define ALL    "llm.token_count.total"

/* A span: its letter is its name and id; its attributes as key=value, a semicolon after each. */
struct given { char name, parent; const char *attributes; };

static const struct {
	const char  *what;
	const char  *metric;
	struct given spans[5];
	const char  *want;    /* weights other than 0; "none": there is no such metric */
} cases[] = {
	{ "input and output add up", "tokens", { { 'a', 0, IN "=10;" OUT "=2;" } }, "a=12" },
	{ "input alone", "tokens-input", { { 'a', 0, IN "=10;" OUT "=2;" } }, "a=10" },
	{ "output alone", "tokens-output", { { 'a', 0, IN "=10;" OUT "=2;" } }, "a=2" },
	{ "what is told of the whole counts for the whole", "tokens", { { 'a', 0, "llm.token_count.prompt=3;llm.token_count.completion=4;" ALL "=9;" } }, "a=9" },
	{ "each span as it tells", "tokens", { { 'a', 0, ALL "=9;" }, { 'b', 0, IN "=1;" OUT "=1;" } }, "a=9 b=2" },
	{ "one thing under two names counts once", "tokens", { { 'a', 0, IN "=10;" OLD_IN "=10;" } }, "a=10" },
	{ "names of several dialects in one trace", "tokens", { { 'a', 0, IN "=10;" }, { 'b', 0, OLD_IN "=5;" } }, "a=10 b=5" },
	{ "a parent that repeats its children has nothing itself", "tokens",
	  { { 'a', 0, IN "=30;" }, { 'b', 'a', IN "=10;" }, { 'c', 'a', IN "=20;" } }, "b=10 c=20" },
	{ "within half a percent", "tokens", { { 'a', 0, IN "=201;" }, { 'b', 'a', IN "=200;" } }, "b=200" },
	{ "beyond it is its own", "tokens", { { 'a', 0, IN "=202;" }, { 'b', 'a', IN "=200;" } }, "a=202 b=200" },
	{ "repeated level by level", "tokens", { { 'a', 0, IN "=30;" }, { 'b', 'a', IN "=30;" }, { 'c', 'b', IN "=30;" } }, "c=30" },
	{ "over a level that tells nothing", "tokens", { { 'a', 0, IN "=30;" }, { 'b', 'a', "" }, { 'c', 'b', IN "=30;" } }, "c=30" },
	{ "cost likewise", "cost", { { 'a', 0, "llm.cost.total=0.5;" }, { 'b', 'a', "llm.cost.prompt=0.2;llm.cost.completion=0.3;" } }, "b=0.5" },
	{ "another number is no sum of its children", "rows", { { 'a', 0, "rows=30;" }, { 'b', 'a', "rows=30;" } }, "a=30 b=30" },
	{ "what is no number is none", "rows", { { 'a', 0, "rows=many;" }, { 'b', 0, "rows=1.5;" }, { 'c', 0, "rows=-1;" }, { 'd', 0, "rows=NaN;" } }, "b=1.5" },
	{ "the first number of several", "rows", { { 'a', 0, "rows=x;rows=2;rows=3;" } }, "a=2" },
	{ "an attribute without numbers is no metric", "rows", { { 'a', 0, "rows=many;" } }, "none" },
	{ "an attribute that is not there", "rows", { { 'a', 0, "" } }, "none" },
	{ "no tokens, no metric", "tokens", { { 'a', 0, "rows=1;" } }, "none" },
	{ "a name in the list is that of the list", "count", { { 'a', 0, "count=7;" } }, "a=1" },
};

static const struct given *given_spans;    /* of the case that is running */

/* The next key and value; false: there is none. */
static bool
next_attribute(const char **at, struct str *key_out, struct str *value_out)
{
	const char *equals = strchr(*at, '='), *end = strchr(*at, ';');

	if (!equals || !end)
		return false;
	*key_out = (struct str){ *at, (size_t)(equals - *at) };
	*value_out = (struct str){ equals + 1, (size_t)(end - equals - 1) };
	*at = end + 1;
	return true;
}

static struct column *
give_column(const struct dataset *ds, struct str key, struct job *job)
{
	struct column *column = column_new(COLUMN_STRING, ds->spans.count);
	struct str name, value;

	(void)job;
	for (span_id span = 0; span < ds->spans.count; span++)
		for (const char *at = given_spans[span].attributes; next_attribute(&at, &name, &value);)
			if (str_equal(name, key))
				column_add_string(column, span, value);
	return column;
}

/* In the order in which they are met. */
static struct attr_keys *
give_keys(const struct dataset *ds, struct job *job)
{
	struct attr_keys *keys = xcalloc(1, sizeof *keys);
	struct str name, value;

	(void)job;
	keys->names = strtab_new();
	keys->keys = xcalloc(64, sizeof *keys->keys);
	for (span_id span = 0; span < ds->spans.count; span++)
		for (const char *at = given_spans[span].attributes; next_attribute(&at, &name, &value);) {
			str_id id = strtab_intern(keys->names, name);
			uint32_t place = 0;

			while (place < keys->count && keys->keys[place].name != id)
				place++;
			keys->count += place == keys->count;
			keys->keys[place].name = id;
			keys->keys[place].spans++;
			keys->keys[place].numbers += value.at[0] == '-' || (value.at[0] >= '0' && value.at[0] <= '9');
		}
	return keys;
}

static const struct attr_reader giver = { give_column, give_keys };

static void
weights_text(const struct column *weights, struct buf *out)
{
	for (span_id span = 0; span < weights->count; span++)
		if (weights->number[span] != 0)
			buf_addf(out, "%s%c=%g", out->len ? " " : "", given_spans[span].name, weights->number[span]);
}

static void
known(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct dataset *ds = make_dataset();
		struct metric metric;
		struct buf got = { 0 };

		given_spans = cases[i].spans;
		for (const struct given *span = given_spans; span->name; span++)
			make_span(ds, "s", (char[]){ span->name, '\0' }, (uint64_t)span->name, (uint64_t)span->parent, 0, 10);
		dataset_seal(ds);
		struct build_cache *cache = build_cache_new(ds, &giver);
		buf_add(&got, STR(""));
		if (metric_find(ds, attrs_keys(build_cache_attrs(cache), NULL), str_of(cases[i].metric), &metric))
			weights_text(build_cache_weights(cache, metric, NULL), &got);
		else
			buf_add(&got, STR("none"));
		is_text(buf_str(&got).at, cases[i].want, cases[i].what);
		buf_fini(&got);
		build_cache_free(cache);
		dataset_free(ds);
	}
}

static void
in_a_tree(void)
{
	static const struct given spans[] = { { 'a', 0, IN "=30;rows=1;" }, { 'b', 'a', IN "=10;" }, { 'c', 'a', IN "=20;" }, { 0 } };
	struct dataset *ds = make_dataset();
	struct metric_info infos[16];

	given_spans = spans;
	for (const struct given *span = spans; span->name; span++)
		make_span(ds, "s", (char[]){ span->name, '\0' }, (uint64_t)span->name, (uint64_t)span->parent, 0, 10);
	dataset_seal(ds);
	struct build_cache *cache = build_cache_new(ds, &giver);
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(cache), NULL);
	is_int(metric_list(ds, NULL, infos, 16), 5, "without keys there are no tokens");
	is_int(metric_list(ds, keys, infos, 16), 7, "with them there are, and those read");
	ok(str_equal(infos[6].name, STR("tokens-input")) && str_equal(infos[6].unit, STR("tokens")), "by name and unit");
	is_int(metric_list_attributes(ds, keys, infos, 16), 2, "attributes that are numbers");
	struct tree_spec spec = { .track = TRACK_ALL, .metric = { .kind = METRIC_TOKENS } };
	struct tree *tree = tree_build(cache, &spec, NULL);
	ok(tree->total[NODE_ALL] == 30 && tree->total[1] == 30 && tree->self[1] == 0, "a tree of tokens counts each once");
	tree_free(tree);
	struct job stopped = { .wish = JOB_DROP };
	ok(!tree_build(cache, &spec, &stopped), "a stopped job gives no tree");
	build_cache_free(cache);
	dataset_free(ds);
}

int
main(void)
{
	known();
	in_a_tree();
	return done();
}
