/* SPDX-License-Identifier: MIT
 * Folded stacks: as one input and as lines the same stacks and samples. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/format.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct input whole = { .begin = text.at, .end = text.at + size, .last = true, .mapped = true };
	struct sink *sink, *lines;
	struct dataset *ds;

	if (size > 16384)
		return 0;
	sink = sink_new(STR("whole"));
	lines = sink_new(STR("lines"));
	if (load_folded.read)
		load_folded.read(&whole, sink);
	load_folded.read_lines(text, 0, 1, lines);
	sink_merge(sink, lines);
	ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	dataset_free(ds);
	return 0;
}
