/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/sink.h"

#include "tests/tap.h"
#include "tests/unit/dump.h"

static uint64_t seed;

static unsigned
random_below(unsigned limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % limit;
}

static struct str
random_name(char buffer[32], const char *kind, unsigned limit)
{
	return (struct str){ buffer, (size_t)snprintf(buffer, 32, "%s%u", kind, random_below(limit)) };
}

/* What one piece of input makes a reader push: the same calls for the same number, whichever sink they go to. */
static void
push_spans(struct sink *sink, uint64_t number)
{
	char name[32], service[32];

	sink_group_open(sink);
	if (random_below(2))
		sink_group_service(sink, random_name(service, "service", 4));
	for (unsigned i = random_below(5); i > 0; i--) {
		struct span_in span = { .id = 1 + random_below(1000000), .parent_id = random_below(3) ? 1 + random_below(50) : 0 };
		span.trace_id[15] = (uint8_t)random_below(4);
		span.name = random_name(name, "span", 20);
		span.start_ns = random_below(1000);
		span.end_ns = span.start_ns + random_below(500);
		span.has_start = random_below(10) > 0;
		span.has_end = random_below(10) > 0;
		span.kind = (enum span_kind)random_below(6);
		span.status = (enum span_status)random_below(3);
		span.detail_at = number * 100 + i;
		span.detail_len = 10;
		sink_span(sink, &span);
	}
	if (random_below(2))
		sink_group_resource(sink, number * 100, 5);
	if (random_below(2))
		sink_group_scope(sink, number * 100 + 50, 6);
	sink_group_close(sink);
}

static void
push_samples(struct sink *sink)
{
	char name[32], file[32];
	double weights[3] = { random_below(100), random_below(7), 0 };
	stack_id stack = ID_NONE;

	sink_sample_type(sink, STR("cpu"), STR("ns"));
	sink_sample_type(sink, STR("samples"), STR("count"));
	if (random_below(4) == 0)
		weights[sink_sample_type(sink, STR("rare"), STR("x"))] = 0.25;
	track_id track = sink_track(sink, TRACK_THREAD, random_name(name, "thread", 3));
	for (unsigned depth = random_below(6); depth > 0; depth--) {
		struct frame_in frame = { .module = STR("lib"), .line = 3 };
		frame.name = random_name(name, "frame", 9);
		frame.file = random_name(file, "file", 2);
		stack = sink_stack(sink, stack, sink_frame(sink, &frame));
	}
	if (random_below(3))
		sink_sample(sink, stack, track, weights);
	else
		sink_sample_at(sink, stack, track, weights, random_below(10000));
}

static void
push(struct sink *sink, uint64_t number)
{
	static const char *const texts[] = { "a thing", "another thing", "a third thing" };

	seed = number * 1000003 + 1;
	push_spans(sink, number);
	if (random_below(3) == 0)
		push_samples(sink);
	if (random_below(5) == 0)
		sink_note(sink, NOTE_WARNING, texts[random_below(3)], number, number * 100, STR("sample text"));
}

/* Pieces 1 to count, cut into runs of that length, each read by any of so many parts; run 0: no cuts.
 * Batches wait for a while before they are merged. */
static struct buf
build(unsigned count, unsigned run, unsigned part_count)
{
	struct sink *sink = sink_new(STR("input")), *parts[8] = { NULL };
	struct batch *waiting[8] = { NULL };
	unsigned turn = 0;

	for (unsigned i = 0; run && i < part_count; i++)
		parts[i] = sink_part(sink);
	for (unsigned first = 1; first <= count; first += run ? run : count) {
		struct sink *part = run ? parts[first * 7919 % part_count] : sink;
		for (unsigned i = first; i <= count && i < first + (run ? run : count); i++)
			push(part, i);
		if (!run)
			continue;
		if (waiting[turn % 8])
			sink_merge(sink, waiting[turn % 8]);
		waiting[turn++ % 8] = sink_batch(part);
	}
	for (unsigned i = 0; i < 8; i++, turn++)
		if (waiting[turn % 8])
			sink_merge(sink, waiting[turn % 8]);
	for (unsigned i = 0; i < part_count; i++)
		sink_free(parts[i]);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	struct buf before = dump(ds);
	dataset_seal(ds);
	struct buf after = dump(ds);
	buf_add(&before, buf_str(&after));
	buf_fini(&after);
	dataset_free(ds);
	return before;
}

static void
test_merge(void)
{
	struct buf whole = build(400, 0, 1);

	ok(whole.len > 10000, "the whole has %zu bytes of text", whole.len);
	for (unsigned run = 1; run <= 500; run = run * 3 + 1)
		for (unsigned parts = 1; parts <= 8; parts = parts * 2 + 1) {
			struct buf cut = build(400, run, parts);
			ok(str_equal(buf_str(&cut), buf_str(&whole)), "pieces of %u in %u parts merge to the same", run, parts);
			buf_fini(&cut);
		}
	buf_fini(&whole);
}

enum { MANY = 300000 };    /* more than a part keeps */

/* The stack of one sample: of many names, or many stacks of few. */
static stack_id
push_stack(struct sink *sink, unsigned i, bool few_names)
{
	unsigned depth = few_names ? 3 : 1, left = i % 7 ? i * 7919 % 262144 : i % 1000;
	stack_id stack = ID_NONE;
	char name[32];

	for (; depth > 0; depth--, left /= 64) {
		snprintf(name, sizeof name, "f%u", few_names ? left % 64 : i % 2 ? i : i % 1000);
		stack = sink_stack(sink, stack, sink_frame(sink, &(struct frame_in){ .name = str_of(name), .module = STR(""), .file = STR("") }));
	}
	return stack;
}

/* Names and stacks that come again after the part has forgotten them. */
static void
test_many(bool few_names)
{
	struct sink *whole = sink_new(STR("whole")), *sink = sink_new(STR("input")), *part = sink_part(sink);
	struct sink *const both[] = { whole, part };

	for (unsigned i = 0; i < MANY; i++) {
		for (unsigned k = 0; k < 2; k++) {
			sink_sample_type(both[k], STR("t"), STR("u"));
			sink_sample(both[k], push_stack(both[k], i, few_names), sink_track(both[k], TRACK_PROFILE, STR("p")), (double[]){ i });
		}
		if (i % 5000 == 0)
			sink_merge(sink, sink_batch(part));
	}
	sink_merge(sink, sink_batch(part));
	sink_free(part);
	struct dataset *want = sink_take(whole), *got = sink_take(sink);
	is_int(got->samples.count, MANY, "samples");
	is_int(got->frame_count, want->frame_count, "frames");
	is_int(got->stacks.count, want->stacks.count, "stacks");
	ok(want->stacks.count > MANY / 2, "which are many");
	unsigned stacks = 0, weights = 0;
	for (sample_id i = 0; i < MANY; i++) {
		stacks += samples_stack(&got->samples, i) != samples_stack(&want->samples, i);
		weights += samples_weight(&got->samples, i, 0) != samples_weight(&want->samples, i, 0);
	}
	is_int(stacks, 0, "their stacks are the same");
	ok(memcmp(got->stacks.frame, want->stacks.frame, want->stacks.count * sizeof *want->stacks.frame) == 0, "and the stacks' frames");
	is_int(weights, 0, "and the weights");
	dataset_free(want);
	dataset_free(got);
	sink_free(whole);
	sink_free(sink);
}

/* One span of each group that is named, in a set that is left open. */
static void
push_open(struct sink *sink, const char *groups, uint64_t first)
{
	for (const char *at = groups; *at; at++) {
		sink_group_switch(sink, (struct str){ at, 1 });
		if (*at != 'x') {
			sink_group_service(sink, (struct str){ at, 1 });
			sink_group_resource(sink, first, 7);
		}
		sink_span(sink, &(struct span_in){ .id = first, .name = (struct str){ at, 1 } });
		sink_span_other_parent(sink, first++);
	}
}

static void
test_open_sets(void)
{
	static const char groups[] = "abxcabcdxxae";
	struct sink *whole = sink_new(STR("input")), *sink = sink_new(STR("input")), *part = sink_part(sink);

	sink_group_open(whole);
	push_open(whole, groups, 1);
	sink_group_close(whole);
	sink_group_open(sink);
	for (size_t at = 0; at < sizeof groups - 1; at += 4) {
		char some[5] = { groups[at], groups[at + 1], groups[at + 2], groups[at + 3], 0 };
		sink_group_open(part);
		push_open(part, some, at + 1);
		is_int(sink_merge_open(sink, sink_batch(part)), (long long)at, "its first span");
	}
	sink_group_close(sink);
	struct buf want = dump(sink_dataset(whole)), got = dump(sink_dataset(sink));
	ok(str_equal(buf_str(&want), buf_str(&got)), "sets in pieces are one set");
	buf_fini(&want);
	buf_fini(&got);
	sink_free(part);
	sink_free(whole);
	sink_free(sink);
}

static void
test_groups(void)
{
	struct sink *sink = sink_new(STR("x"));
	struct span_in span = { .id = 1, .name = STR("late"), .start_ns = 5, .end_ns = 9, .has_start = true, .has_end = true };

	sink_group_open(sink);
	sink_span(sink, &span);
	sink_group_service(sink, STR("shop"));
	sink_group_close(sink);
	sink_group_open(sink);
	sink_span(sink, &(struct span_in){ .id = 2, .name = STR("late") });
	sink_span(sink, &(struct span_in){ .id = 3, .name = STR("ends"), .end_ns = 7, .has_end = true });
	sink_group_close(sink);
	sink_group_open(sink);
	sink_group_close(sink);
	const struct dataset *ds = sink_dataset(sink);
	is_int(ds->group_count, 2, "a group without spans is none");
	is_int(ds->frame_count, 3, "the service is part of a frame");
	is_text(dataset_str(ds, ds->frames[0].module).at, "shop", "a service that comes after its spans");
	is_text(dataset_str(ds, ds->frames[1].module).at, "unknown_service", "no service");
	is_int(ds->spans.duration_ns[0], 4, "duration");
	is_int(ds->spans.flags[1], SPAN_NO_START | SPAN_UNFINISHED, "neither start nor end");
	is_int(ds->spans.flags[2], SPAN_NO_START, "no start");
	is_int(ds->spans.duration_ns[2], 7, "the end is kept");
	is_int((long long)sink_pushed(sink), 3, "pushed");
	sink_free(sink);
}

/* Each source gives its weights in the order of its own sample types. */
static void
test_sample_types(void)
{
	struct sink *sink = sink_new(STR("first")), *part = sink_part(sink);

	is_int(sink_sample_type(sink, STR("cpu"), STR("ns")), 0, "the first type of the first source");
	is_int(sink_sample_type(sink, STR("samples"), STR("samples")), 1, "the second");
	sink_sample(sink, ID_NONE, sink_track(sink, TRACK_PROFILE, STR("a")), (double[]){ 100, 1 });
	sink_source(sink, STR("second"));
	is_int(sink_sample_type(sink, STR("samples"), STR("samples")), 0, "the first type of the second source");
	sink_sample(sink, ID_NONE, sink_track(sink, TRACK_PROFILE, STR("b")), (double[]){ 2 });
	sink_sample_type(part, STR("bytes"), STR("bytes"));
	sink_sample_type(part, STR("samples"), STR("samples"));
	sink_sample(part, ID_NONE, sink_track(part, TRACK_PROFILE, STR("b")), (double[]){ 4096, 3 });
	sink_merge(sink, sink_batch(part));
	sink_free(part);
	struct dataset *ds = sink_take(sink);
	static const double want[3][3] = { { 100, 1, 0 }, { 0, 2, 0 }, { 0, 3, 4096 } };
	is_int(ds->sample_type_count, 3, "types in all");
	for (sample_id sample = 0; sample < 3; sample++)
		for (uint32_t type = 0; type < 3; type++)
			is_double(samples_weight(&ds->samples, sample, type), want[sample][type], 0, "a weight stands with its type");
	dataset_free(ds);
	sink_free(sink);
}

static void
test_extremes(void)
{
	struct sink *sink = sink_new(STR("x"));
	struct span_in span = { .id = 1, .start_ns = INT64_MIN, .end_ns = INT64_MAX, .has_start = true, .has_end = true };

	sink_group_open(sink);
	sink_span(sink, &span);
	span.start_ns = INT64_MAX;
	span.end_ns = INT64_MIN;
	sink_span(sink, &span);
	sink_group_close(sink);
	is_int(sink_dataset(sink)->spans.duration_ns[0], INT64_MAX, "the longest duration does not overflow");
	ok(sink_dataset(sink)->spans.duration_ns[1] < 0, "nor the most negative one");
	sink_free(sink);
}

int
main(void)
{
	test_groups();
	test_sample_types();
	test_extremes();
	test_merge();
	test_many(false);
	test_many(true);
	test_open_sets();
	return done();
}
