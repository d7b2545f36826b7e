/* SPDX-License-Identifier: MIT
 * Folded stacks: as one input and as lines the same stacks and samples. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/format.h"

static struct dataset *
read_whole(struct str text)
{
	struct input_options options = { .spool_limit = (uint64_t)1 << 20 };
	struct error err = { 0 };
	struct sink *sink = sink_new(STR("whole"));
	struct input *in = input_open_memory("fuzz", text, &options, &err);
	struct dataset *ds;

	if (in)
		load_folded.read(in, sink);
	input_close(in);
	ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static struct dataset *
read_lines(struct str text)
{
	struct sink *sink = sink_new(STR("lines"));
	struct dataset *ds;

	load_folded.read_lines(text, 0, 1, sink);
	ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct dataset *whole, *lines;

	/* What the layers below would take off is another fuzzer's. */
	if (size == 0 || size > 16384 || memchr("\x1f\x28\x78\xef\xfe\xff\x50\x42\xfd", data[0], 9) || memchr(data, 0, size))
		return 0;
	whole = read_whole(text);
	lines = read_lines(text);
	CHECK(whole->samples.count == lines->samples.count && whole->stacks.count == lines->stacks.count &&
	      whole->frame_count == lines->frame_count);
	dataset_free(whole);
	dataset_free(lines);
	return 0;
}
