/* SPDX-License-Identifier: MIT
 * Folded stacks, as one input and line by line. */
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

	if (size == 0 || size > 16384)
		return 0;
	dataset_free(read_whole(text));
	dataset_free(read_lines(text));
	return 0;
}
