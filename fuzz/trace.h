/* SPDX-License-Identifier: MIT
 * A format of traces from memory, through a small window and by lines if it has them: both ways of reading a whole give the same spans,
 * records lie inside the input, and their details can be read. */
#ifndef FUZZ_TRACE_H
#define FUZZ_TRACE_H

#include "fuzz/fuzz.h"
#include "load/detail.h"
#include "load/format.h"
#include "tests/unit/window.h"

#define DETAILS_MAX 20u       /* spans whose details are read */
#define TRACE_MAX   16384u    /* bytes of an input */

static struct dataset *
trace_seal(struct sink *sink, const struct load_format *format, struct str text)
{
	struct dataset *ds = sink_take(sink);

	sink_free(sink);
	ds->sources[0].format = strtab_intern(ds->strings, str_of(format->name));
	ds->sources[0].bytes = text.at;
	ds->sources[0].size = text.len;
	dataset_seal(ds);
	return ds;
}

static void
trace_check_details(const struct dataset *ds, struct str text)
{
	for (span_id span = 0; span < ds->spans.count; span++) {
		struct details details = { 0 };
		struct error err = { 0 };

		CHECK(ds->spans.detail_at[span] + ds->spans.detail_len[span] <= text.len);
		if (span < DETAILS_MAX)
			(void)details_read(ds, span, &details, &err);
		details_fini(&details);
	}
}

static inline int
fuzz_trace(const struct load_format *format, const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct input whole = { .begin = text.at, .end = text.at + size, .last = true, .mapped = true };
	struct sink *sink = sink_new(STR("whole")), *parts = sink_new(STR("parts")), *lines = sink_new(STR("lines"));
	struct window window;

	if (size > 0 && size <= TRACE_MAX) {
		format->read(&whole, sink);
		window_open(&window, text, 1 + data[size - 1] % 32);
		format->read(&window.in, parts);
		window_close(&window);
		if (format->read_lines)
			format->read_lines(text, 0, 1, lines);
	}
	struct dataset *one = trace_seal(sink, format, text), *other = trace_seal(parts, format, text);
	CHECK(one->spans.count == other->spans.count && one->frame_count == other->frame_count && one->note_count == other->note_count);
	trace_check_details(one, text);
	dataset_free(one);
	dataset_free(other);
	dataset_free(trace_seal(lines, format, text));
	return 0;
}

#endif
