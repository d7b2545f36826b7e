/* SPDX-License-Identifier: MIT
 * Chrome traces from memory, through a small window and in small pieces: what is whole gives the same spans and samples each way. */
#include "config.h"

#include "fuzz/trace.h"
#include "load/chrome.h"

/* What is broken is found at other places where less of it is seen at once. */
static bool
is_whole(const struct dataset *ds)
{
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (ds->notes[i].severity != NOTE_INFO)
			return false;
	return true;
}

static uint64_t
notes(const struct dataset *ds)
{
	uint64_t count = 0;

	for (uint32_t i = 0; i < ds->note_count; i++)
		count += ds->notes[i].count;
	return count;
}

static void
check_same(const struct dataset *one, const struct dataset *other)
{
	CHECK(notes(one) == notes(other));
	CHECK(one->spans.count == other->spans.count && one->frame_count == other->frame_count &&
	      one->samples.count == other->samples.count && one->note_count == other->note_count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct input whole = { .begin = text.at, .end = text.at + size, .last = true, .mapped = true };
	struct sink *sink = sink_new(STR("whole")), *parts = sink_new(STR("parts")), *pieces = sink_new(STR("pieces"));
	struct window window;

	if (size > 0 && size <= TRACE_MAX) {
		load_chrome.read(&whole, sink);
		window_open(&window, text, 1 + data[size - 1] % 32);
		load_chrome.read(&window.in, parts);
		window_close(&window);
		chrome_read_pieces(&whole, pieces, 1 + data[size / 2]);
	}
	struct dataset *one = trace_seal(sink, &load_chrome, text), *other = trace_seal(parts, &load_chrome, text);
	struct dataset *third = trace_seal(pieces, &load_chrome, text);
	if (is_whole(one))
		check_same(one, other);
	check_same(one, third);
	trace_check_details(one, text);
	dataset_free(one);
	dataset_free(other);
	dataset_free(third);
	return 0;
}
