/* SPDX-License-Identifier: MIT
 * The layers of an input (compression, byte order marks, UTF-16) and detection: whatever the bytes, the window stays sound. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/input.h"

#define READ_MAX ((uint64_t)32 << 20)    /* a small input may inflate without end */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct input_options options = { .spool_limit = (uint64_t)1 << 20 };
	struct input *in;
	uint64_t at = 0;

	if (size > 65536)
		return 0;
	in = input_open_memory("fuzz", fuzz_text(data, size), &options, &err);
	if (!in)
		return 0;
	for (;;) {
		uint64_t end = in->begin_at + (uint64_t)(in->end - in->begin);
		unsigned sum = 0;

		CHECK(in->begin <= in->end && in->begin_at <= at && end >= at);
		for (const char *byte = in->begin + (at - in->begin_at); byte < in->end; byte++)
			sum += (unsigned char)*byte;
		CHECK(sum < UINT32_MAX);
		at = end;
		if (at > READ_MAX || !input_more(in, at))
			break;
	}
	(void)input_problem(in);
	input_close(in);
	return 0;
}
