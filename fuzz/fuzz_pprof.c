/* SPDX-License-Identifier: MIT
 * pprof from memory and through a small window: both give the same. */
#include "config.h"

#include "load/pprof.h"

#include "fuzz/fuzz.h"
#include "load/format.h"
#include "tests/unit/window.h"

enum { PROFILE_MAX = 16384 };    /* bytes of an input */

static struct dataset *
seal(struct sink *sink)
{
	struct dataset *ds = sink_take(sink);

	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static void
compare(const struct dataset *one, const struct dataset *other)
{
	CHECK(one->samples.count == other->samples.count && one->sample_type_count == other->sample_type_count);
	CHECK(one->frame_count == other->frame_count && one->stacks.count == other->stacks.count && one->note_count == other->note_count);
	for (sample_id i = 0; i < one->samples.count; i++)
		for (uint32_t k = 0; k < one->sample_type_count; k++)
			CHECK(samples_weight(&other->samples, i, k) == samples_weight(&one->samples, i, k));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = fuzz_text(data, size);
	struct input whole = { .begin = bytes.at, .end = bytes.at + size, .last = true, .mapped = true };
	struct sink *sink = sink_new(STR("whole")), *parts = sink_new(STR("parts"));
	struct window window;

	if (size > 0 && size <= PROFILE_MAX) {
		load_pprof.read(&whole, sink);
		window_open(&window, bytes, 1 + size / 3);
		load_pprof.read(&window.in, parts);
		window_close(&window);
	}
	struct dataset *one = seal(sink), *other = seal(parts);
	compare(one, other);
	dataset_free(one);
	dataset_free(other);
	return 0;
}
