/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "bench/make.h"

#include <stdio.h>

#include "bench/gen.h"
#include "load/sink.h"
#include "util/hash.h"

enum { NAMES = 5000, TRACE_SPANS = 10 };

/* A function calls its first callee three times of four, its second one three of what is
 * left, and so on, so that there are wide boxes and a lot of dust. */
struct dataset *
make_profile(uint32_t nodes)
{
	struct sink *sink = sink_new(STR("bench.folded"));
	struct demo *d = demo_new(SEED, 0);
	uint32_t made = 0;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	track_id track = sink_track(sink, TRACK_PROFILE, STR("bench"));
	while (made < nodes) {
		stack_id stack = ID_NONE;
		for (uint32_t left = STACK_MIN + demo_pick(d, STACK_MAX - STACK_MIN); left > 0; left--) {
			uint32_t callee = 0;
			char name[64];
			while (demo_pick(d, 4) == 0)
				callee++;
			uint32_t function = (uint32_t)(hash_pair(stack, callee) % NAMES);
			snprintf(name, sizeof name, "pkg%u::step%u", function % 50, function);
			stack = sink_stack(sink, stack, sink_frame(sink, &(struct frame_in){ .name = str_of(name) }));
			made = stack >= made ? stack + 1 : made;
		}
		sink_sample(sink, stack, track, (double[]){ 1 });
	}
	demo_free(d);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

/* A parent's children are alike in one of three, and one span of 500 fails. */
struct dataset *
make_trace(uint32_t spans)
{
	struct sink *sink = sink_new(STR("bench.json"));

	for (uint32_t i = 1; i <= spans; i++) {
		uint32_t parent = i == 1 ? 0 : 1 + (i - 2) / FANOUT;
		uint64_t start, length;
		char name[32], service[32];
		if (i % BATCH == 1) {
			snprintf(service, sizeof service, "service-%u", i / BATCH % 24);
			sink_group_open(sink);
			sink_group_service(sink, str_of(service));
		}
		span_extent(i - 1, &start, &length);
		snprintf(name, sizeof name, "op%u", parent % 3 ? i % 700 : parent % 900);
		sink_span(sink, &(struct span_in){
			.trace_id = { 1 }, .id = i, .parent_id = parent, .name = str_of(name), .start_ns = (int64_t)(EPOCH_NS + start),
			.end_ns = (int64_t)(EPOCH_NS + start + length), .has_start = true, .has_end = true, .kind = SPAN_SERVER,
			.status = i % 500 ? STATUS_OK : STATUS_ERROR,
		});
		if (i % BATCH == 0 || i == spans)
			sink_group_close(sink);
	}
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

/* Traces of ten spans, a second apart; one in ten of them fails. */
struct dataset *
make_traces(uint32_t traces)
{
	struct sink *sink = sink_new(STR("bench.json"));

	for (uint32_t t = 0; t < traces; t++) {
		if (t % BATCH == 0) {
			char service[32];
			snprintf(service, sizeof service, "service-%u", t / BATCH % 24);
			sink_group_open(sink);
			sink_group_service(sink, str_of(service));
		}
		for (uint32_t i = 0; i < TRACE_SPANS; i++) {
			uint64_t begin = EPOCH_NS + t * UINT64_C(1000000000) + i * UINT64_C(1000000), length = (10 - i) * UINT64_C(3000000) + t % 977 * UINT64_C(100000);
			char name[32];
			snprintf(name, sizeof name, "op%u", t % 7 * TRACE_SPANS + i);
			sink_span(sink, &(struct span_in){
				.trace_id = { 1, (uint8_t)(t >> 16), (uint8_t)(t >> 8), (uint8_t)t }, .id = (uint64_t)t * TRACE_SPANS + i + 1, .parent_id = i ? (uint64_t)t * TRACE_SPANS + (i + 1) / 2 : 0,
				.name = str_of(name), .start_ns = (int64_t)begin, .end_ns = (int64_t)(begin + length), .has_start = true, .has_end = true,
				.kind = SPAN_SERVER, .status = t % 10 == 3 && i == 5 ? STATUS_ERROR : STATUS_OK,
			});
		}
		if (t % BATCH == BATCH - 1 || t + 1 == traces)
			sink_group_close(sink);
	}
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}
