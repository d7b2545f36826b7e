/* SPDX-License-Identifier: MIT
 * OTLP JSON from memory, through a small window and by lines; records lie inside the input and their details can be read. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/detail.h"
#include "load/format.h"
#include "tests/unit/window.h"

#define DETAILS_MAX 20u    /* spans whose details are read */

static void
check_details(struct dataset *ds, struct str text)
{
	uint32_t count = ds->spans.count < DETAILS_MAX ? ds->spans.count : DETAILS_MAX;

	ds->sources[0].bytes = text.at;
	ds->sources[0].size = text.len;
	for (span_id span = 0; span < count; span++) {
		struct details details = { 0 };
		struct error err = { 0 };

		CHECK(ds->spans.detail_at[span] + ds->spans.detail_len[span] <= text.len);
		(void)load_otlp_json.detail(ds, span, &details, &err);
		details_fini(&details);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct input whole = { .begin = text.at, .end = text.at + size, .last = true, .mapped = true };
	struct sink *sink, *other;
	struct window window;
	struct dataset *ds;

	if (size == 0 || size > 16384)
		return 0;
	sink = sink_new(STR("whole"));
	load_otlp_json.read(&whole, sink);
	other = sink_new(STR("parts"));
	window_open(&window, text, 1 + data[size - 1] % 32);
	load_otlp_json.read(&window.in, other);
	window_close(&window);
	sink_free(other);
	other = sink_new(STR("lines"));
	load_otlp_json.read_lines(text, 0, 1, other);
	sink_free(other);
	ds = sink_take(sink);
	sink_free(sink);
	check_details(ds, text);
	ds->sources[0].bytes = NULL;
	dataset_seal(ds);
	dataset_free(ds);
	return 0;
}
