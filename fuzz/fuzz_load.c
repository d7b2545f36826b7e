/* SPDX-License-Identifier: MIT
 * Any bytes as an input file: unwrapped, detected, read by whole and by pieces, sealed.  Both ways must give the same. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/parallel.h"
#include "load/probe.h"

static struct dataset *
read_input(struct str bytes, unsigned threads, size_t piece)
{
	struct input_options options = { .spool_limit = 1 << 20 };
	struct prober prober = { 0 };
	struct error err = { 0 };
	struct dataset *ds = NULL;
	struct input *in = input_open_memory("fuzz", bytes, &options, &err);

	if (!in)
		return NULL;
	const struct load_format *format = probe_input(in, NULL, &prober, &err);
	if (format && !format->convert) {
		const struct probe *seen = &prober.seen;
		struct sink *sink = sink_new(STR("fuzz"));
		bool framed = format->read_blocks || (format->read_lines && (!seen->json || seen->json_lines));
		if (framed && (!format->by_lines || format->by_lines(seen)))
			parallel_read(in, format, &(struct parallel_options){ .threads = threads, .piece = piece }, sink);
		else
			format->read(in, sink);
		ds = sink_take(sink);
		sink_free(sink);
		dataset_seal(ds);
	}
	prober_fini(&prober);
	input_close(in);
	return ds;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	struct dataset *whole = read_input(bytes, 1, 0);
	struct dataset *pieces = read_input(bytes, 1, 1 + size / 7);

	CHECK(!whole == !pieces);
	if (whole)
		CHECK(whole->spans.count == pieces->spans.count && whole->samples.count == pieces->samples.count &&
		      whole->frame_count == pieces->frame_count && whole->note_count == pieces->note_count);
	dataset_free(whole);
	dataset_free(pieces);
	return 0;
}
