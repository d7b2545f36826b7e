/* SPDX-License-Identifier: MIT
 * What is odd about spans and traces: each kind with its amount, and how it is said. */
#include "config.h"

#include "analysis/odd.h"
#include "load/sink.h"
#include "tests/tap.h"
#include "util/bits.h"

static void
add(struct sink *sink, uint64_t id, uint64_t parent, const char *name, int64_t start, int64_t end, enum span_kind kind)
{
	struct span_in span = {
		.id = id, .parent_id = parent, .name = str_of(name), .start_ns = start, .end_ns = end, .has_start = true, .has_end = end >= 0, .kind = kind,
	};

	span.trace_id[0] = 1;
	sink_span(sink, &span);
}

static struct dataset *
odd_trace(void)
{
	struct sink *sink = sink_new(STR("odd.json"));

	sink_group_open(sink);
	sink_group_service(sink, STR("s"));
	add(sink, 2, 1, "comes first", 2000, 3000, SPAN_INTERNAL);
	add(sink, 1, 0, "root", 1000, 11000, SPAN_SERVER);
	add(sink, 3, 1, "starts before", 400, 2000, SPAN_INTERNAL);
	add(sink, 4, 1, "outlives", 9000, 13000, SPAN_INTERNAL);
	add(sink, 5, 1, "after", 20000, 21000, SPAN_CONSUMER);
	add(sink, 6, 1, "ahead", 100, 300, SPAN_INTERNAL);
	add(sink, 7, 1, "no time", 5000, 5000, SPAN_INTERNAL);
	add(sink, 8, 1, "negative", 6000, 5500, SPAN_INTERNAL);
	add(sink, 9, 77, "orphan", 6000, 7000, SPAN_INTERNAL);
	add(sink, 10, 11, "circle a", 6000, 7000, SPAN_INTERNAL);
	add(sink, 11, 10, "circle b", 6100, 6900, SPAN_INTERNAL);
	add(sink, 12, 1, "unfinished", 6000, -1, SPAN_INTERNAL);
	add(sink, 13, 1, "shared", 7000, 8000, SPAN_CLIENT);
	add(sink, 13, 1, "shared", 7100, 7900, SPAN_SERVER);
	add(sink, 14, 1, "twice", 7000, 8000, SPAN_INTERNAL);
	add(sink, 14, 1, "twice again", 7000, 8500, SPAN_INTERNAL);
	sink_group_close(sink);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static span_id
named(const struct dataset *ds, const char *name, int nth)
{
	for (span_id span = 0; span < ds->spans.count; span++)
		if (str_equal(frame_name(ds, ds->spans.frame[span]), str_of(name)) && nth-- == 0)
			return span;
	return ID_NONE;
}

static const struct { const char *name; int nth; uint32_t want; enum odd kind; int64_t ns; const char *sentence; } cases[] = {
	{ "root", 0, 0, ODD_KINDS, 0, "" },
	{ "comes first", 0, 1u << ODD_PARENT_LATER, ODD_PARENT_LATER, 0, "its parent comes later in the input" },
	{ "starts before", 0, 1u << ODD_BEFORE_PARENT, ODD_BEFORE_PARENT, 600, "starts 600 ns before its parent" },
	{ "outlives", 0, 1u << ODD_BEYOND_PARENT, ODD_BEYOND_PARENT, 2000, "ends 2 us after its parent" },
	{ "after", 0, 1u << ODD_AFTER_PARENT, ODD_AFTER_PARENT, 9000, "starts 9 us after its parent has ended" },
	{ "ahead", 0, 1u << ODD_AHEAD_OF_PARENT, ODD_AHEAD_OF_PARENT, 700, "ends 700 ns before its parent starts" },
	{ "no time", 0, 1u << ODD_ZERO, ODD_ZERO, 0, "takes no time" },
	{ "negative", 0, 1u << ODD_NEGATIVE, ODD_NEGATIVE, 0, "ended before it started: drawn without length" },
	{ "orphan", 0, 1u << ODD_ORPHAN, ODD_ORPHAN, 0, "names a parent that is not in the input: drawn as a root" },
	{ "circle a", 0, 1u << ODD_CYCLE, ODD_CYCLE, 0, "is its own ancestor: cut loose from its parent" },
	{ "circle b", 0, 0, ODD_KINDS, 0, "" },
	{ "unfinished", 0, 1u << ODD_UNFINISHED, ODD_UNFINISHED, 0, "has no end: drawn as far as is known" },
	{ "shared", 1, 1u << ODD_SHARED, ODD_SHARED, 0, "shares its id with the other side of the call" },
	{ "twice again", 0, 1u << ODD_SAME_ID, ODD_SAME_ID, 0, "has the id of another span, which got the children" },
};

static void
test_spans(const struct dataset *ds)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		span_id span = named(ds, cases[i].name, cases[i].nth);
		struct oddities odd = odd_find(ds, span);
		struct buf text = { 0 };
		is_int(odd.set, cases[i].want, cases[i].name);
		if (cases[i].kind == ODD_KINDS)
			continue;
		is_int(odd.ns[cases[i].kind], cases[i].ns, "by so much");
		odd_describe(cases[i].kind, odd.ns[cases[i].kind], true, &text);
		is_text(text.at, cases[i].sentence, "and it is said");
		ok(*odd_word(cases[i].kind) && strlen(odd_word(cases[i].kind)) <= 16, "and in a word");
		buf_fini(&text);
	}
}

static void
test_trace(const struct dataset *ds)
{
	struct forest *forest = forest_new(ds);
	uint64_t *doubtful = bits_new(ds->spans.count);
	struct odd_counts counts = odd_count(ds, forest, 0, NULL), all = odd_count(ds, forest, ID_NONE, doubtful);
	struct buf text = { 0 };

	is_int((long long)counts.roots, 3, "three roots");
	is_int(counts.many_rooted, 1, "in one trace");
	is_int((long long)counts.count[ODD_BEFORE_PARENT], 1, "one starts before its parent");
	is_int(counts.most_ns[ODD_BEFORE_PARENT], 600, "by so much");
	is_int(counts.first[ODD_ORPHAN], named(ds, "orphan", 0), "which one is the orphan");
	is_int(counts.first[ODD_NO_START], ID_NONE, "none is without a start");
	is_int((long long)counts.grave, 8, "so many are doubtful");
	is_int((long long)all.roots, 3, "all tracks are this one");
	bool marked = true;
	for (span_id span = 0; span < ds->spans.count; span++) {
		struct oddities odd = odd_find(ds, span);
		marked &= bits_has(doubtful, span) == odd_is_doubtful(&odd);
	}
	ok(marked, "the doubtful ones are marked");
	free(doubtful);
	odd_describe_many(ODD_BEFORE_PARENT, 3, 600, true, &text);
	is_text(text.at, "3 spans start before their parent, by up to 600 ns", "many are said");
	buf_clear(&text);
	odd_describe_many(ODD_ORPHAN, 1, 0, true, &text);
	is_text(text.at, "1 span names a parent that is not in the input", "and one");
	buf_fini(&text);
	forest_free(forest);
}

static void
test_files(void)
{
	struct sink *sink = sink_new(STR("a.json"));

	sink_group_open(sink);
	add(sink, 2, 1, "child", 2000, 3000, SPAN_INTERNAL);
	sink_group_close(sink);
	sink_source(sink, STR("b.json"));
	sink_group_open(sink);
	add(sink, 1, 0, "root", 1000, 9000, SPAN_INTERNAL);
	sink_group_close(sink);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	is_int(odd_find(ds, named(ds, "child", 0)).set, 1u << ODD_PARENT_ELSEWHERE, "a parent in another file");
	dataset_free(ds);
}

int
main(void)
{
	struct dataset *ds = odd_trace();

	test_spans(ds);
	test_trace(ds);
	dataset_free(ds);
	test_files();
	return done();
}
