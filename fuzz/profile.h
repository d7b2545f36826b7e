/* SPDX-License-Identifier: MIT
 * A format of profiles from memory and through a small window: both give the same samples, and every weight is a number. */
#ifndef FUZZ_PROFILE_H
#define FUZZ_PROFILE_H

#include "fuzz/fuzz.h"
#include "load/format.h"
#include "tests/unit/window.h"

#define PROFILE_MAX 16384u    /* bytes of an input */

const struct error *__wrap_input_problem(const struct input *in);

/* Nothing goes wrong with an input that is a window over memory. */
const struct error *
__wrap_input_problem(const struct input *in)
{
	static const struct error none;

	(void)in;
	return &none;
}

static struct dataset *
profile_seal(struct sink *sink)
{
	struct dataset *ds = sink_take(sink);

	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static inline int
fuzz_profile(const struct load_format *format, const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct sink *sink = sink_new(STR("whole")), *parts = sink_new(STR("parts"));
	struct window window;

	if (size > 0 && size <= PROFILE_MAX) {
		window_open(&window, text, size);
		__wrap_input_more(&window.in, 0);
		format->read(&window.in, sink);
		window_close(&window);
		window_open(&window, text, 1 + data[size - 1] % 32);
		format->read(&window.in, parts);
		window_close(&window);
	}
	struct dataset *one = profile_seal(sink), *other = profile_seal(parts);
	CHECK(one->samples.count == other->samples.count && one->sample_type_count == other->sample_type_count);
	CHECK(one->frame_count == other->frame_count && one->stacks.count == other->stacks.count && one->note_count == other->note_count);
	for (sample_id i = 0; i < one->samples.count; i++)
		for (uint32_t k = 0; k < one->sample_type_count; k++)
			CHECK(samples_weight(&one->samples, i, k) >= 0 && samples_weight(&other->samples, i, k) == samples_weight(&one->samples, i, k));
	dataset_free(one);
	dataset_free(other);
	return 0;
}

#endif
