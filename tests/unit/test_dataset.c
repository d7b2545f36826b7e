/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/dataset.h"
#include "tests/make.h"
#include "tests/tap.h"

static int released;

static void
release(struct source *source)
{
	released++;
	source->bytes = NULL;
}

static void
lifecycle(void)
{
	struct dataset *ds = dataset_new();
	str_id path = strtab_intern(ds->strings, STR("file.json"));

	dataset_add_source(ds, &(struct source){ .path = path, .release = release });
	dataset_add_source(ds, &(struct source){ .path = path });
	dataset_seal(ds);
	ok(!dataset_has_spans(ds) && !dataset_has_samples(ds), "an empty dataset can be sealed");
	int64_t start, end;
	ok(!dataset_extent(ds, &start, &end), "and has no extent");
	dataset_free(ds);
	is_int(released, 1, "a source is released once");
	dataset_free(NULL);
}

static void
notes(void)
{
	struct dataset *ds = make_dataset();
	str_id text = strtab_intern(ds->strings, STR("a line was skipped"));
	struct note note = { .severity = NOTE_WARNING, .text = text, .count = 1, .line = 3 };

	dataset_note(ds, &note);
	note.line = 9;
	note.count = 2;
	dataset_note(ds, &note);
	is_int(ds->note_count, 1, "equal notes are one");
	is_int((long long)ds->notes[0].count, 3, "that counts");
	is_int((long long)ds->notes[0].line, 3, "at the place of the first");
	note.severity = NOTE_INFO;
	dataset_note(ds, &note);
	note.source = ID_NONE;
	dataset_note(ds, &note);
	is_int(ds->note_count, 3, "another severity or source is another note");
	dataset_free(ds);
}

static void
sample_types(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "a;b", 2);
	make_sample(ds, "a", 3);
	str_id bytes = strtab_intern(ds->strings, STR("bytes"));
	is_int(dataset_add_sample_type(ds, bytes, bytes), 1, "a second sample type");
	is_double(samples_weight(&ds->samples, 0, 0), 2, 0, "weights keep their place");
	is_double(samples_weight(&ds->samples, 0, 1), 0, 0, "the new one is 0");
	is_double(samples_weight(&ds->samples, 1, 0), 3, 0, "for every sample");
	is_double(samples_weight(&ds->samples, 1, 1), 0, 0, "for every sample");
	for (int i = 0; i < 100; i++) {
		dataset_add_sample(ds, ID_NONE, 0, NULL);
	}
	is_double(samples_weight(&ds->samples, 101, 1), 0, 0, "new samples weigh nothing");
	dataset_set_sample_time(ds, 101, 50);
	is_int(samples_time(&ds->samples, 3), 0, "the first time makes room for all");
	dataset_set_sample_time(ds, 3, -7);
	dataset_seal(ds);
	is_int(ds->tracks[0].sample_count, 102, "samples of a track");
	is_int(ds->tracks[0].start_ns, -7, "start of timed samples");
	is_int(ds->tracks[0].end_ns, 50, "end of timed samples");
	dataset_free(ds);
}

static void
names(void)
{
	struct dataset *ds = make_dataset();
	frame_id kernel = make_frame(ds, "", "do_syscall_64_[k]");
	frame_id bare = make_frame(ds, "", "_[k]");
	frame_id user = make_frame(ds, "", "odd_[k]_");
	frame_id empty = make_frame(ds, "", "");

	make_span(ds, "shop", "GET /", 1, 0, 10, 20);
	make_span(ds, "shop", "job_[k]", 2, 0, 30, 45);
	ds->frames[kernel].kind = ds->frames[bare].kind = ds->frames[5].kind = FRAME_KERNEL;
	ds->spans.status[1] = STATUS_ERROR;
	dataset_seal(ds);
	ok(str_equal(frame_name(ds, kernel), STR("do_syscall_64_[k]")), "a name is as the file has it");
	ok(str_equal(frame_short(ds, kernel), STR("do_syscall_64")), "short without its suffix");
	ok(str_equal(frame_short(ds, bare), STR("_[k]")), "a name that is nothing but a suffix stays");
	ok(str_equal(frame_short(ds, user), STR("odd_[k]_")), "no suffix, nothing to strip");
	ok(str_equal(frame_short(ds, empty), STR("<unnamed>")), "an empty name");
	ok(str_equal(frame_short(ds, 5), STR("job_[k]")), "a span's name has no suffix");
	ok(str_equal(frame_module(ds, 4), STR("shop")), "module");
	ok(str_equal(span_service(ds, 1), STR("shop")), "service");
	ok(ds->frames[4].of_span && !ds->frames[kernel].of_span, "frames know whether spans use them");
	is_int(dataset_error_count(ds), 1, "errors");
	int64_t start = 0, end = 0;
	ok(dataset_extent(ds, &start, &end) && start == 10 && end == 45, "extent");
	dataset_free(ds);
}

int
main(void)
{
	lifecycle();
	notes();
	sample_types();
	names();
	return done();
}
