/* SPDX-License-Identifier: MIT
 * Samples of a trace format: every file of a folder gives what its .expect file says, however it is fed, and nothing breaks when it is
 * cut or changed.  With UPDATE_EXPECTED=1 in the environment the .expect files are written anew.
 * For programs linked with --wrap=input_more --wrap=input_progress. */
#ifndef TESTS_UNIT_SAMPLES_H
#define TESTS_UNIT_SAMPLES_H

#include <inttypes.h>

#include "load/detail.h"
#include "load/format.h"
#include "load/parallel.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/window.h"
#include "util/text.h"

static const char *const sample_kinds[] = { "-", "internal", "server", "client", "producer", "consumer" };
static const char *const sample_statuses[] = { "", " ok", " error" };
static const char *const sample_flags[] = { "no-start", "unfinished", "negative", "orphan", "cycle", "same-id", "shared" };
static const char *const sample_sections[] = { "span", "attribute", "event", "link", "resource", "scope" };

static void
sample_details(const struct dataset *ds, span_id span, struct buf *out)
{
	struct details details = { 0 };
	struct error err = { 0 };

	if (!details_read(ds, span, &details, &err))
		buf_addf(out, "\tno details: %s\n", err.text);
	for (size_t i = 0; i < details.len; i++) {
		const struct detail_row *row = &details.at[i];

		buf_addf(out, "\t%s", sample_sections[row->section]);
		if (row->section == DETAIL_EVENT || row->section == DETAIL_LINK)
			buf_addf(out, " %" PRIu32, row->index);
		if (row->time_ns)
			buf_addf(out, " at %" PRId64, row->time_ns);
		buf_addf(out, " %s ", row->type);
		text_escape(row->key, out);
		buf_add(out, STR(" = "));
		text_escape(row->value, out);
		if (row->to)
			buf_addf(out, " -> span %" PRIu32, row->to - 1);
		buf_addc(out, '\n');
	}
	details_fini(&details);
}

static void
sample_span(const struct dataset *ds, span_id span, struct buf *out)
{
	const struct spans *spans = &ds->spans;

	buf_addf(out, "span %" PRIu32 " in ", span);
	for (int i = 0; i < 16; i++)
		buf_addf(out, "%02x", ds->tracks[spans->track[span]].trace_id[i]);
	buf_addf(out, " id %" PRIx64 " parent %" PRId64 " (%" PRIx64 ") %s%s at %" PRId64 " for %" PRId64 ": ", spans->id[span],
	         spans->parent[span] == ID_NONE ? -1 : (int64_t)spans->parent[span], spans->parent_id[span],
	         sample_kinds[spans->kind[span]], sample_statuses[spans->status[span]], spans->start_ns[span], spans->duration_ns[span]);
	text_escape(span_service(ds, span), out);
	buf_add(out, STR(" / "));
	text_escape(frame_name(ds, spans->frame[span]), out);
	for (unsigned i = 0; i < sizeof sample_flags / sizeof *sample_flags; i++)
		if (spans->flags[span] & 1u << i)
			buf_addf(out, " %s", sample_flags[i]);
	buf_addc(out, '\n');
}

/* The sealed dataset of what was read; the text must outlive it. */
static struct dataset *
sample_seal(struct sink *sink, const struct load_format *format, struct str text)
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
sample_dump(const struct dataset *ds, bool notes, struct buf *out)
{
	for (span_id span = 0; span < ds->spans.count; span++) {
		sample_span(ds, span, out);
		sample_details(ds, span, out);
	}
	for (uint32_t i = 0; notes && i < ds->note_count; i++) {
		const struct note *note = &ds->notes[i];

		buf_addf(out, "%s x%" PRIu64 " byte %" PRIu64 " ", note->severity == NOTE_INFO ? "info" : note->severity == NOTE_WARNING ?
		         "warning" : "error", note->count, note->byte);
		buf_add(out, dataset_str(ds, note->text));
		buf_addc(out, '\n');
	}
}

/* How a text is fed: from memory, as from a mapped file; line by line; in small pieces by several threads; or through a window that grows
 * by so many bytes. */
enum { SAMPLE_WHOLE = 0, SAMPLE_LINES = -1, SAMPLE_PIECES = -2 };

static struct dataset *
sample_load(const struct load_format *format, struct str text, int feed)
{
	struct sink *sink = sink_new(STR("sample"));

	if (feed == SAMPLE_LINES) {
		format->read_lines(text, 0, 1, sink);
	} else if (feed == SAMPLE_WHOLE || feed == SAMPLE_PIECES) {
		struct input in = { .begin = text.at, .end = text.at + text.len, .last = true, .mapped = true };

		if (feed == SAMPLE_PIECES)
			parallel_read(&in, format, &(struct parallel_options){ .threads = 3, .piece = 1 }, sink);
		else
			format->read(&in, sink);
	} else {
		struct window window;

		window_open(&window, text, (size_t)feed);
		format->read(&window.in, sink);
		window_close(&window);
	}
	return sample_seal(sink, format, text);
}

static bool
sample_same(const struct load_format *format, struct str text, int feed, struct str want)
{
	struct dataset *ds = sample_load(format, text, feed);
	struct buf got = { 0 };
	bool same;

	sample_dump(ds, true, &got);
	same = str_equal(buf_str(&got), want);
	if (!same)
		diag("fed by %d, got:\n%s", feed, buf_str(&got).at);
	buf_fini(&got);
	dataset_free(ds);
	return same;
}

static void
sample_write(const char *path, const struct load_format *format, struct str text)
{
	struct dataset *ds = sample_load(format, text, SAMPLE_WHOLE);
	FILE *file = fopen(path, "wb");
	struct buf got = { 0 };

	sample_dump(ds, true, &got);
	if (file) {
		fwrite(buf_str(&got).at, 1, got.len, file);
		fclose(file);
	}
	buf_fini(&got);
	dataset_free(ds);
}

static void
sample_check(const struct load_format *format, const char *path)
{
	char *expected_path = xasprintf("%.*s.expect", (int)(strlen(path) - strlen(".json")), path);
	const char *name = strrchr(path, '/') + 1;
	struct buf text = { 0 }, want = { 0 };
	bool same = true;

	CHECK(file_read(path, &text));
	if (getenv("UPDATE_EXPECTED"))
		sample_write(expected_path, format, buf_str(&text));
	ok(file_read(expected_path, &want) && sample_same(format, buf_str(&text), SAMPLE_WHOLE, buf_str(&want)), "%s", name);
	for (int step = 1; step <= 7; step++)
		same = same && sample_same(format, buf_str(&text), step, buf_str(&want));
	ok(same, "%s through a window", name);
	if (strstr(name, "line")) {
		ok(sample_same(format, buf_str(&text), SAMPLE_LINES, buf_str(&want)), "%s line by line", name);
		ok(sample_same(format, buf_str(&text), SAMPLE_PIECES, buf_str(&want)), "%s by several threads", name);
	}
	buf_fini(&text);
	buf_fini(&want);
	free(expected_path);
}

static bool
sample_has_note(const struct dataset *ds, const char *begin)
{
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (str_starts(dataset_str(ds, ds->notes[i].text), str_of(begin)))
			return true;
	return false;
}

/* Spans whose whole record lies before the cut. */
static uint32_t
sample_complete(const struct dataset *ds, size_t cut)
{
	uint32_t count = 0;

	for (span_id span = 0; span < ds->spans.count; span++)
		count += ds->spans.detail_at[span] + ds->spans.detail_len[span] <= cut;
	return count;
}

/* Of one document without repeated spans: what is complete before each sixteenth is there, and a note says that it was cut. */
static void
sample_cuts(const struct load_format *format, const char *path)
{
	struct buf text = { 0 };
	int wrong = 0;

	CHECK(file_read(path, &text));
	while (text.len && text.at[text.len - 1] == '\n')
		text.len--;
	struct dataset *whole = sample_load(format, buf_str(&text), SAMPLE_WHOLE);
	for (size_t part = 1; part < 16; part++) {
		size_t cut = text.len * part / 16;

		for (int feed = 0; feed <= 64; feed += 64) {
			struct dataset *ds = sample_load(format, (struct str){ text.at, cut }, feed);

			wrong += ds->spans.count != sample_complete(whole, cut) || !sample_has_note(ds, "the input ends");
			dataset_free(ds);
		}
	}
	ok(whole->spans.count > 3 && wrong == 0, "%s cut at every sixteenth keeps what is complete and says so", strrchr(path, '/') + 1);
	dataset_free(whole);
	buf_fini(&text);
}

/* One byte changed anywhere: nothing breaks, and details are read of what is left. */
static void
sample_mutations(const struct load_format *format, const char *path)
{
	uint32_t seed = 29;
	struct buf text = { 0 }, got = { 0 };
	int outside = 0;

	CHECK(file_read(path, &text));
	for (int i = 0; text.len && i < 300; i++) {
		char *copy = xstrndup(text.at, text.len);
		uint32_t random = seed = seed * 1664525 + 1013904223;

		copy[(random >> 8) % text.len] = i % 2 ? (char)(random >> 3) : "{}[]\",:\\"[random >> 29];
		struct dataset *ds = sample_load(format, (struct str){ copy, text.len }, i % 3 ? 0 : 16);
		for (span_id span = 0; span < ds->spans.count; span++)
			outside += ds->spans.detail_at[span] + ds->spans.detail_len[span] > text.len;
		buf_clear(&got);
		sample_dump(ds, true, &got);
		dataset_free(ds);
		free(copy);
	}
	is_int(outside, 0, strrchr(path, '/') + 1);
	buf_fini(&text);
	buf_fini(&got);
}

/* Every .json file of tests/data/<folder>. */
static void
samples_run(const struct load_format *format, const char *folder, const char *whole)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/tests/data/%s", top ? top : ".", folder), *cut = xasprintf("%s/%s", path, whole);
	struct names names = { 0 };

	folder_list(path, ".json", &names);
	ok(names.len >= 5, "the samples are there");
	for (size_t i = 0; i < names.len; i++)
		sample_check(format, names.at[i]);
	for (size_t i = 0; i < names.len; i++)
		sample_mutations(format, names.at[i]);
	sample_cuts(format, cut);
	names_free(&names);
	free(path);
	free(cut);
}

#endif
