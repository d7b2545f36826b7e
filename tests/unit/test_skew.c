/* SPDX-License-Identifier: MIT
 * Clocks corrected: small traces with known answers, and datasets that are the same but for their times. */
#include "config.h"

#include "analysis/skew.h"

#include "model/moved.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "util/buf.h"

/* A span: its letter is its name and id, its host the value of an attribute. */
struct given {
	char        name, parent;
	int64_t     start, end;
	const char *host;
};

static const struct {
	const char  *what;
	struct given spans[5];
	const char  *want;    /* what moved, and by how much */
} cases[] = {
	{ "one that fits stays", { { 'a', 0, 0, 10, "x" }, { 'b', 'a', 2, 8, "y" } }, "" },
	{ "one before its parent goes to the middle", { { 'a', 0, 100, 110, "x" }, { 'b', 'a', 0, 6, "y" } }, "b+102" },
	{ "one behind it too", { { 'a', 0, 0, 10, "x" }, { 'b', 'a', 8, 12, "y" } }, "b-5" },
	{ "half of an odd rest is rounded down", { { 'a', 0, 0, 11, "x" }, { 'b', 'a', 100, 104, "y" } }, "b-97" },
	{ "a longer one that begins before its parent begins with it", { { 'a', 0, 10, 20, "x" }, { 'b', 'a', 5, 50, "y" } }, "b+5" },
	{ "a longer one that begins later stays", { { 'a', 0, 10, 20, "x" }, { 'b', 'a', 15, 50, "y" } }, "" },
	{ "on the same host nothing is compared", { { 'a', 0, 10, 20, "x" }, { 'b', 'a', 0, 5, "x" } }, "" },
	{ "the same host moves with its parent", { { 'a', 0, 100, 110, "x" }, { 'b', 'a', 0, 6, "y" }, { 'c', 'b', 1, 2, "y" } }, "b+102 c+102" },
	{ "another host is compared with where its parent is now",
	  { { 'a', 0, 100, 110, "x" }, { 'b', 'a', 0, 6, "y" }, { 'c', 'b', 103, 105, "x" } }, "b+102" },
	{ "without a host each is compared", { { 'a', 0, 10, 20, NULL }, { 'b', 'a', 0, 4, NULL } }, "b+13" },
	{ "a root stays, an orphan too", { { 'a', 0, 10, 20, "x" }, { 'b', 'z', 0, 4, "y" } }, "" },
	{ "out of range nothing moves", { { 'a', 0, INT64_MAX - 10, INT64_MAX, "x" }, { 'b', 'a', INT64_MIN, INT64_MIN + 2, "y" } }, "" },
};

static const struct given *given_spans;    /* of the case that is running */

static struct column *
fill_hosts(const struct dataset *ds, struct str key, struct job *job)
{
	struct column *column = column_new(COLUMN_STRING, ds->spans.count);

	(void)job;
	if (str_equal(key, STR("host.name")))
		for (span_id span = 0; span < ds->spans.count; span++)
			if (given_spans[span].host)
				column_add_string(column, span, str_of(given_spans[span].host));
	return column;
}

static struct dataset *
make_given(const struct given *spans)
{
	struct dataset *ds = make_dataset();

	given_spans = spans;
	for (; spans->name; spans++)
		make_span(ds, "s", (char[]){ spans->name, '\0' }, (uint64_t)spans->name, (uint64_t)spans->parent, spans->start, spans->end);
	dataset_seal(ds);
	return ds;
}

static struct skew *
build(const struct dataset *ds)
{
	struct attrs *attrs = attrs_new(ds, &(const struct attr_reader){ .column = fill_hosts });
	struct forest *forest = forest_new(ds);
	struct skew *skew = skew_build(ds, forest, attrs, NULL);

	forest_free(forest);
	attrs_free(attrs);
	return skew;
}

static void
known(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct dataset *ds = make_given(cases[i].spans);
		struct skew *skew = build(ds);
		struct buf got = { 0 };

		buf_add(&got, STR(""));
		for (span_id span = 0; span < ds->spans.count; span++)
			if (skew->delta_ns[span])
				buf_addf(&got, "%s%c%+lld", got.len ? " " : "", cases[i].spans[span].name, (long long)skew->delta_ns[span]);
		is_text(got.len ? got.at : "", cases[i].want, cases[i].what);
		buf_fini(&got);
		skew_free(skew);
		dataset_free(ds);
	}
}

static void
moved(void)
{
	static const struct given spans[] = { { 'a', 0, 100, 110, "x" }, { 'b', 'a', 0, 6, "y" }, { 'c', 'a', 120, 122, "y" }, { 0 } };
	struct dataset *ds = make_given(spans);
	struct skew *skew = build(ds);
	struct dataset *other = dataset_moved(ds, skew->delta_ns);

	is_int(skew->moved, 2, "two moved");
	is_int(skew->least_ns, -16, "the most to the past");
	is_int(skew->most_ns, 102, "and to the future");
	is_int(other->spans.start_ns[1], 102, "a span starts where it was moved to");
	is_int(ds->spans.start_ns[1], 0, "and in the dataset that it is of where it was");
	is_int(ds->tracks[0].start_ns, 0, "the trace was as long as its spans say");
	is_int(other->tracks[0].start_ns, 100, "and begins later");
	is_int(other->tracks[0].end_ns, 110, "and ends earlier with them moved");
	ok(other->spans.frame == ds->spans.frame && other->strings == ds->strings, "all else is shared");
	dataset_free(other);
	is_text(frame_name(ds, 0).at, "a", "and outlives the moved one");
	skew_free(skew);
	dataset_free(ds);
}

int
main(void)
{
	known();
	moved();
	return done();
}
