/* SPDX-License-Identifier: MIT
 * Chrome traces of the corpus beside the call trees that speedscope makes of them.
 * speedscope writes a slice's args behind its name; they are taken off.  Of a trace with CPU profiles it shows only those. */
#include "config.h"

#include "load/load.h"

#include <inttypes.h>

#include "analysis/forest.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "util/alloc.h"
#include "util/strtab.h"

enum what { SLICES, CPU_PROFILE, SAMPLES };

/* Where the two differ, by how many paths, and why; the reasons are in doc/formats.md. */
static const struct { const char *file; enum what what; int differ; } known[] = {
	{ "bazel-tiny.json", SLICES, 49 },
	{ "catapult-main_thread_has_unclosed_slices.json", SLICES, 1 },
	{ "catapult-simple_trace.json", SLICES, 13 },
	{ "catapult-simple_trace_gz", SLICES, 13 },
	{ "catapult-tall_trace.json", SLICES, 1 },
	{ "speedscope-141-no-arg-data.json", CPU_PROFILE, 2 },
	{ "speedscope-65-simple-timeline.json", CPU_PROFILE, 1 },
	{ "speedscope-66-worker.json", CPU_PROFILE, 2 },
	{ "speedscope-69-simple.json", CPU_PROFILE, 1 },
	{ "speedscope-invalid-x-nesting.json", SLICES, 3 },
	{ "speedscope-mismatched-name.json", SLICES, 1 },
	{ "speedscope-multi-thread-with-samples.json", SAMPLES, 0 },
	{ "speedscope-simple-with-samples.json", SAMPLES, 0 },
};

/* Paths, one name after another, with their weights in microseconds. */
struct paths {
	struct strtab *texts;
	struct { VEC(double); } weights;
};

static void
paths_add(struct paths *paths, struct str text, double weight)
{
	str_id id = strtab_intern(paths->texts, text);

	while (paths->weights.len <= id)
		vec_push(&paths->weights, 0);
	paths->weights.at[id] += weight;
}

static double
paths_weight(const struct paths *paths, struct str text)
{
	str_id id = strtab_find(paths->texts, text);

	return id == STR_NONE || id >= paths->weights.len ? 0 : paths->weights.at[id];
}

static void
paths_fini(struct paths *paths)
{
	strtab_free(paths->texts);
	vec_fini(&paths->weights);
}

/* Behind the JSON object that begins at. */
static const char *
skip_object(const char *at, const char *end)
{
	int depth = 0;
	bool quoted = false;

	for (; at < end; at++) {
		if (*at == '\\')
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (!quoted && *at == '{')
			depth++;
		else if (!quoted && *at == '}' && --depth == 0)
			return at + 1;
	}
	return end;
}

static void
without_args(struct str text, struct buf *out)
{
	const char *end = text.at + text.len;

	buf_clear(out);
	for (const char *at = text.at; at < end; ) {
		if (end - at > 2 && at[0] == ' ' && at[1] == '{' && (at[2] == '"' || at[2] == '}'))
			at = skip_object(at + 1, end);
		else
			buf_addc(out, *at++);
	}
}

static void
read_expected(struct str text, struct paths *out)
{
	struct buf path = { 0 };

	while (text.len) {
		const char *newline = memchr(text.at, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.at) : text.len;
		const char *space = memrchr(text.at, ' ', len);
		if (space && *text.at != '#') {
			without_args((struct str){ text.at, (size_t)(space - text.at) }, &path);
			paths_add(out, buf_str(&path), strtod(space, NULL));
		}
		len += newline != NULL;
		text.at += len;
		text.len -= len;
	}
	buf_fini(&path);
}

/* Names from the root down, without the args that a name seems to have. */
static void
add_name(const struct dataset *ds, frame_id frame, struct buf *path)
{
	struct str name = frame_name(ds, frame);
	struct buf plain = { 0 };

	if (path->len)
		buf_addc(path, ';');
	without_args(name, &plain);
	buf_add(path, name.len ? buf_str(&plain) : STR("(unnamed)"));
	buf_fini(&plain);
}

static void
span_path(const struct dataset *ds, span_id span, struct buf *path)
{
	struct { VEC(span_id); } way = { 0 };

	buf_clear(path);
	for (; span != ID_NONE; span = ds->spans.parent[span])
		vec_push(&way, span);
	while (way.len)
		add_name(ds, ds->spans.frame[vec_pop(&way)], path);
	vec_fini(&way);
}

static void
stack_path(const struct dataset *ds, stack_id stack, struct buf *path)
{
	struct { VEC(frame_id); } way = { 0 };

	buf_clear(path);
	for (; stack != ID_NONE; stack = ds->stacks.parent[stack])
		vec_push(&way, ds->stacks.frame[stack]);
	while (way.len)
		add_name(ds, vec_pop(&way), path);
	vec_fini(&way);
}

static bool
track_begins(const struct dataset *ds, track_id track, const char *prefix)
{
	return str_starts(dataset_str(ds, ds->tracks[track].name), str_of(prefix));
}

static void
read_slices(const struct dataset *ds, struct paths *out)
{
	struct forest *forest = forest_new(ds);
	int64_t *self = forest_self_ns(forest, ds);
	struct buf path = { 0 };

	for (span_id span = 0; span < ds->spans.count; span++) {
		if (track_begins(ds, ds->spans.track[span], "async"))
			continue;
		span_path(ds, span, &path);
		paths_add(out, buf_str(&path), (double)self[span] / 1000);
	}
	buf_fini(&path);
	free(self);
	forest_free(forest);
}

static void
read_samples(const struct dataset *ds, const char *prefix, struct paths *out)
{
	struct buf path = { 0 };

	for (sample_id i = 0; i < ds->samples.count; i++) {
		if (samples_stack(&ds->samples, i) == ID_NONE || !track_begins(ds, samples_track(&ds->samples, i), prefix))
			continue;
		stack_path(ds, samples_stack(&ds->samples, i), &path);
		paths_add(out, buf_str(&path), samples_weight(&ds->samples, i, 0));
	}
	buf_fini(&path);
}

static int
count_differences(const struct paths *a, const struct paths *b, const char *whose, bool show)
{
	int count = 0;

	for (str_id i = 0; i < a->weights.len; i++) {
		struct str text = strtab_get(a->texts, i);
		double other = paths_weight(b, text);
		if (fabs(a->weights.at[i] - other) <= 0.0011 || (whose[0] == 'o' && other != 0))
			continue;
		if (show && count < 12)
			diag("%s %.300s: %.6g, the other %.6g", whose, text.at, a->weights.at[i], other);
		count++;
	}
	return count;
}

/* The expected tree is called after the file, which may be compressed now. */
static char *
find_file(const char *corpus, struct str name)
{
	char *path = xasprintf("%s/chrome-trace/%.*s", corpus, (int)name.len, name.at);
	FILE *file = fopen(path, "rb");

	if (!file) {
		free(path);
		return xasprintf("%s/chrome-trace/%.*s.gz", corpus, (int)name.len, name.at);
	}
	fclose(file);
	return path;
}

static void
compare(const char *corpus, const char *expected)
{
	const char *name = strrchr(expected, '/') + 1;
	struct str file = { name, strlen(name) - strlen(".speedscope.folded") };
	char *path = find_file(corpus, file);
	struct paths ours = { .texts = strtab_new() }, theirs = { .texts = strtab_new() };
	struct buf text = { 0 };
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, &err);
	enum what what = SLICES;
	int want = 0, differ;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_equal(file, str_of(known[i].file))) {
			what = known[i].what;
			want = known[i].differ;
		}
	for (track_id i = 0; ds && i < ds->track_count; i++)
		if (track_begins(ds, i, "CPU profile "))
			what = CPU_PROFILE;
	if (!ds || !file_read(expected, &text)) {
		ok(false, "%.*s: %s", (int)file.len, file.at, err.text);
	} else {
		read_expected(buf_str(&text), &theirs);
		if (what == SLICES)
			read_slices(ds, &ours);
		else
			read_samples(ds, what == CPU_PROFILE ? "CPU profile " : "samples ", &ours);
		differ = count_differences(&theirs, &ours, "theirs", false) + count_differences(&ours, &theirs, "ours", false);
		if (!ok(differ == want, "%.*s: %d of %zu paths differ", (int)file.len, file.at, differ, theirs.weights.len)) {
			count_differences(&theirs, &ours, "theirs", true);
			count_differences(&ours, &theirs, "ours", true);
		}
	}
	buf_fini(&text);
	paths_fini(&ours);
	paths_fini(&theirs);
	dataset_free(ds);
	free(path);
}

int
main(void)
{
	const char *corpus = corpus_path();
	struct names files = { 0 };
	char *folder;

	if (!corpus) {
		skip(1, "no corpus");
		return done();
	}
	folder = xasprintf("%s/chrome-trace/expected", corpus);
	folder_list(folder, ".speedscope.folded", &files);
	ok(files.len >= 40, "expected trees are there");
	for (size_t i = 0; i < files.len; i++)
		compare(corpus, files.at[i]);
	names_free(&files);
	free(folder);
	return done();
}
