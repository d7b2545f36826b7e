/* SPDX-License-Identifier: MIT
 * perf script, whole and in pieces on several threads, which must give the same. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/parallel.h"
#include "load/perf_script.h"

static struct dataset *
read_text(struct str text, unsigned threads, size_t piece)
{
	struct input_options options = { .spool_limit = (uint64_t)1 << 20 };
	struct error err = { 0 };
	struct sink *sink = sink_new(STR("fuzz"));
	struct input *in = input_open_memory("fuzz", text, &options, &err);

	if (in)
		parallel_read(in, &load_perf_script, &(struct parallel_options){ .threads = threads, .piece = piece }, sink);
	input_close(in);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static void
compare(const struct dataset *a, const struct dataset *b)
{
	CHECK(a->samples.count == b->samples.count && a->stacks.count == b->stacks.count && a->frame_count == b->frame_count &&
	      a->track_count == b->track_count && a->note_count == b->note_count && a->sample_type_count == b->sample_type_count);
	for (sample_id i = 0; i < a->samples.count; i++)
		CHECK(samples_stack(&a->samples, i) == samples_stack(&b->samples, i) && samples_track(&a->samples, i) == samples_track(&b->samples, i));
	for (uint32_t i = 0; i < a->note_count; i++)
		CHECK(a->notes[i].count == b->notes[i].count && a->notes[i].line == b->notes[i].line && a->notes[i].byte == b->notes[i].byte);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);

	if (size == 0 || size > 16384)
		return 0;
	struct dataset *whole = read_text(text, 1, 0), *pieces = read_text(text, 1 + size % 2, 1 + size / 9);
	compare(whole, pieces);
	dataset_free(whole);
	dataset_free(pieces);
	return 0;
}
