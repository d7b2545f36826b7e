/* SPDX-License-Identifier: MIT
 * Samples of a profile format: every .json file of a folder gives what its .expect file says, however it is fed; detection gives them to
 * their format and nothing else to it; nothing breaks when they are cut or changed.
 * With UPDATE_EXPECTED=1 in the environment the .expect files are written anew.
 * For programs linked with --wrap=input_more --wrap=input_progress. */
#ifndef TESTS_UNIT_PROFILE_SAMPLES_H
#define TESTS_UNIT_PROFILE_SAMPLES_H

#include <inttypes.h>

#include "load/format.h"
#include "load/probe.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/window.h"
#include "util/text.h"
#include "util/unit.h"

static void
profile_frame(const struct dataset *ds, frame_id id, struct buf *out)
{
	static const char *const kinds[] = { "", " kernel", " jit", " inlined", " waker" };
	const struct frame *frame = &ds->frames[id];

	text_escape(dataset_str(ds, frame->name), out);
	if (frame->module != STR_EMPTY) {
		buf_add(out, STR(" in "));
		text_escape(dataset_str(ds, frame->module), out);
	}
	if (frame->file != STR_EMPTY) {
		buf_add(out, STR(" at "));
		text_escape(dataset_str(ds, frame->file), out);
	}
	if (frame->line)
		buf_addf(out, ":%" PRIu32, frame->line);
	buf_addf(out, "%s", kinds[frame->kind]);
}

static void
profile_stack(const struct dataset *ds, stack_id stack, struct buf *out)
{
	struct { VEC(stack_id); } path = { 0 };

	for (; stack != ID_NONE; stack = ds->stacks.parent[stack])
		vec_push(&path, stack);
	if (!path.len)
		buf_add(out, STR("(no stack)"));
	while (path.len) {
		profile_frame(ds, ds->stacks.frame[vec_pop(&path)], out);
		if (path.len)
			buf_add(out, STR("; "));
	}
	vec_fini(&path);
}

static void
profile_dump(const struct dataset *ds, struct buf *out)
{
	for (uint32_t i = 0; i < ds->sample_type_count; i++) {
		buf_add(out, STR("type "));
		text_escape(dataset_str(ds, ds->sample_types[i].name), out);
		buf_add(out, STR(" in "));
		text_escape(dataset_str(ds, ds->sample_types[i].unit), out);
		buf_addc(out, '\n');
	}
	for (track_id i = 0; i < ds->track_count; i++) {
		buf_addf(out, "track %" PRIu32 " %s '", i, ds->tracks[i].kind == TRACK_THREAD ? "thread" : "profile");
		text_escape(dataset_str(ds, ds->tracks[i].process), out);
		buf_add(out, STR("' '"));
		text_escape(dataset_str(ds, ds->tracks[i].name), out);
		buf_add(out, STR("'\n"));
	}
	for (sample_id i = 0; i < ds->samples.count; i++) {
		buf_addf(out, "sample on %" PRIu32, samples_track(&ds->samples, i));
		if (samples_have_times(&ds->samples))
			buf_addf(out, " at %" PRId64, samples_time(&ds->samples, i));
		buf_addc(out, ':');
		for (uint32_t k = 0; k < ds->sample_type_count; k++) {
			buf_addc(out, ' ');
			number_format(samples_weight(&ds->samples, i, k), out);
		}
		buf_add(out, STR("  "));
		profile_stack(ds, samples_stack(&ds->samples, i), out);
		buf_addc(out, '\n');
	}
	for (span_id i = 0; i < ds->spans.count; i++) {
		buf_addf(out, "span on %" PRIu32 " at %" PRId64 " for %" PRId64 " flags %d: ", ds->spans.track[i], ds->spans.start_ns[i],
		         ds->spans.duration_ns[i], ds->spans.flags[i]);
		profile_frame(ds, ds->spans.frame[i], out);
		buf_addc(out, '\n');
	}
	for (uint32_t i = 0; i < ds->note_count; i++) {
		const struct note *note = &ds->notes[i];
		buf_addf(out, "%s x%" PRIu64, note->severity == NOTE_INFO ? "info" : note->severity == NOTE_WARNING ? "warning" : "error", note->count);
		if (note->has_byte)
			buf_addf(out, " byte %" PRIu64, note->byte);
		buf_addc(out, ' ');
		buf_add(out, dataset_str(ds, note->text));
		buf_addc(out, '\n');
	}
}

/* step 0: all in the window from the start, as a mapped file is; otherwise through a window that grows by so many bytes. */
static struct dataset *
profile_load(const struct load_format *format, struct str text, size_t step)
{
	struct sink *sink = sink_new(STR("sample"));
	struct window window;

	window_open(&window, text, step ? step : text.len);
	if (step == 0)
		__wrap_input_more(&window.in, 0);
	format->read(&window.in, sink);
	window_close(&window);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static bool
profile_same(const struct load_format *format, struct str text, size_t step, struct str want)
{
	struct dataset *ds = profile_load(format, text, step);
	struct buf got = { 0 };

	profile_dump(ds, &got);
	bool same = str_equal(buf_str(&got), want);
	if (!same)
		diag("fed by %zu, got:\n%s", step, buf_str(&got).at);
	buf_fini(&got);
	dataset_free(ds);
	return same;
}

static void
profile_write(const char *path, const struct load_format *format, struct str text)
{
	struct dataset *ds = profile_load(format, text, 0);
	FILE *file = fopen(path, "wb");
	struct buf got = { 0 };

	profile_dump(ds, &got);
	if (file) {
		fwrite(buf_str(&got).at, 1, got.len, file);
		fclose(file);
	}
	buf_fini(&got);
	dataset_free(ds);
}

static void
profile_check(const struct load_format *format, const char *path, struct str text)
{
	char *expected_path = xasprintf("%.*s.expect", (int)(strrchr(path, '.') - path), path);
	const char *name = strrchr(path, '/') + 1;
	struct buf want = { 0 };
	bool same = true;

	if (getenv("UPDATE_EXPECTED"))
		profile_write(expected_path, format, text);
	ok(file_read(expected_path, &want) && profile_same(format, text, 0, buf_str(&want)), "%s", name);
	for (size_t step = 1; step <= 7; step++)
		same = same && profile_same(format, text, step, buf_str(&want));
	ok(same, "%s through a window", name);
	buf_fini(&want);
	free(expected_path);
}

static bool
profile_has_note(const struct dataset *ds, const char *begin)
{
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (str_starts(dataset_str(ds, ds->notes[i].text), str_of(begin)))
			return true;
	return false;
}

/* Cut at each sixteenth: says so, and never has more than the whole. */
static void
profile_cuts(const struct load_format *format, const char *path, struct str text)
{
	int silent = 0, more = 0;

	while (text.len && text.at[text.len - 1] == '\n')
		text.len--;
	struct dataset *whole = profile_load(format, text, 0);
	for (size_t part = 1; part < 16; part++)
		for (size_t step = 0; step <= 64; step += 64) {
			struct str head = { text.at, text.len * part / 16 };
			struct dataset *ds = profile_load(format, head, step);
			silent += !profile_has_note(ds, "the input ends");
			more += ds->samples.count > whole->samples.count;
			dataset_free(ds);
		}
	ok(silent == 0 && more == 0, "%s cut at every sixteenth: %d say nothing, %d have more", strrchr(path, '/') + 1, silent, more);
	dataset_free(whole);
}

/* One byte changed anywhere. */
static void
profile_mutations(const struct load_format *format, const char *path, struct str text)
{
	struct dataset *whole = profile_load(format, text, 0);
	uint32_t seed = 29;
	size_t samples = 0;

	for (int i = 0; text.len && i < 300; i++) {
		char *copy = xstrndup(text.at, text.len);
		uint32_t random = seed = seed * 1664525 + 1013904223;
		struct buf got = { 0 };

		copy[(random >> 8) % text.len] = i % 2 ? (char)(random >> 3) : "{}[]\",:-"[random >> 29];
		struct dataset *ds = profile_load(format, (struct str){ copy, text.len }, i % 3 ? 0 : 16);
		profile_dump(ds, &got);
		samples += ds->samples.count;
		buf_fini(&got);
		dataset_free(ds);
		free(copy);
	}
	ok(samples > 0 || whole->samples.count == 0, "%s with a byte changed", strrchr(path, '/') + 1);
	dataset_free(whole);
}

static const struct load_format *
profile_detect(struct str text)
{
	struct prober prober = { 0 };
	const struct load_format *rival = NULL;

	prober_look(&prober, text, true);
	const struct load_format *best = probe_best(&prober.seen, &rival);
	prober_fini(&prober);
	return rival ? NULL : best;
}

/* The samples of other formats, in the folders beside, are not won by this one.  cli holds inputs of any format. */
static void
profile_others(const struct load_format *format, const char *data, const char *own)
{
	struct names folders = { 0 };
	struct buf text = { 0 };
	int won = 0, seen = 0;

	folder_list(data, "", &folders);
	for (size_t i = 0; i < folders.len; i++) {
		struct names names = { 0 };

		const char *folder = strrchr(folders.at[i], '/') + 1;
		if (strcmp(folder, own) != 0 && strcmp(folder, "cli") != 0)
			folder_list(folders.at[i], "", &names);
		for (size_t k = 0; k < names.len; k++, seen++) {
			CHECK(file_read(names.at[k], &text));
			won += profile_detect(buf_str(&text)) == format;
		}
		names_free(&names);
	}
	ok(won == 0 && seen > 20, "%d of %d samples of other formats are taken for one of this", won, seen);
	names_free(&folders);
	buf_fini(&text);
}

/* whole: a sample that is one document, for the cuts. */
static void
profiles_run(const struct load_format *format, const char *folder, const char *whole)
{
	const char *top = getenv("top_srcdir");
	char *data = xasprintf("%s/tests/data", top ? top : "."), *path = xasprintf("%s/%s", data, folder);
	struct names names = { 0 };
	struct buf text = { 0 };

	folder_list(path, ".json", &names);
	ok(names.len >= 3, "the samples are there");
	for (size_t i = 0; i < names.len; i++) {
		const char *name = strrchr(names.at[i], '/') + 1;
		CHECK(file_read(names.at[i], &text));
		profile_check(format, names.at[i], buf_str(&text));
		ok(profile_detect(buf_str(&text)) == format, "%s is known by its content", name);
		profile_mutations(format, names.at[i], buf_str(&text));
		if (strcmp(name, whole) == 0)
			profile_cuts(format, names.at[i], buf_str(&text));
	}
	profile_others(format, data, folder);
	names_free(&names);
	buf_fini(&text);
	free(path);
	free(data);
}

#endif
