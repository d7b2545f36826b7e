/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/load.h"

#include <dirent.h>
#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <sys/stat.h>

#include "load/parallel.h"
#include "load/probe.h"
#include "load/share.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/vec.h"

#define SPOOL_LIMIT (UINT64_C(8) << 30)
#define THREADS_MAX 16u    /* more only fight for the merge */
#define LARGE_BLOCK (128 << 10)    /* bytes from which an allocation has pages of its own */

struct paths { VEC(char *); };

struct loader {
	const struct load_format *forced;
	unsigned                  threads;
	bool                      mangled, undropped;
	enum sink_grain           grain;
	struct input_options      input;
	struct job               *job;
	struct sink              *sink;         /* NULL until a file has got as far as having a source */
	bool                      several;      /* a file that cannot be read is a note, not the end */
	size_t                    loaded;       /* files that could be read */
	bool                      of_spans;     /* the first of them is of traces */
	size_t                    failed;
	struct error              first_error;
};

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The regular files of a folder, sorted by name. */
static bool
list_folder(const char *folder, struct paths *out, struct error *err)
{
	DIR *dir = opendir(folder);
	size_t first = out->len, len = strlen(folder);
	struct dirent *entry;

	if (!dir) {
		error_set(err, ERROR_INPUT, "cannot be opened: %s", strerror(errno));
		return error_at_line(err, folder, 0);
	}
	while ((entry = readdir(dir))) {
		struct stat facts;
		char *path = xasprintf("%s%s%s", folder, len && folder[len - 1] == '/' ? "" : "/", entry->d_name);
		if (entry->d_name[0] != '.' && stat(path, &facts) == 0 && S_ISREG(facts.st_mode))
			vec_push(out, path);
		else
			free(path);
	}
	closedir(dir);
	if (out->len == first) {
		error_set(err, ERROR_INPUT, "there are no files in this directory");
		return error_at_line(err, folder, 0);
	}
	qsort(out->at + first, out->len - first, sizeof *out->at, by_bytes);
	return true;
}

/* Sizes of the files added up; 0 when one is not known beforehand. */
static uint64_t
total_size(const struct paths *paths)
{
	uint64_t total = 0;

	for (size_t i = 0; i < paths->len; i++) {
		struct stat facts;
		bool standard_input = strcmp(paths->at[i], "-") == 0;
		if (standard_input ? fstat(0, &facts) : stat(paths->at[i], &facts))
			continue;
		if (!S_ISREG(facts.st_mode))
			return 0;
		total += (uint64_t)facts.st_size;
	}
	return total;
}

static void
set_phase(struct job *job, const char *phase)
{
	if (job)
		atomic_store_explicit(&job->phase, phase, memory_order_relaxed);
}

/* Bytes that will be read; 0 when that cannot be told. */
static void
set_total(struct job *job, uint64_t total)
{
	if (job)
		atomic_store_explicit(&job->total, total, memory_order_relaxed);
}

static source_id
add_source(struct loader *loader, const char *path)
{
	if (loader->sink)
		return sink_source(loader->sink, str_of(path));
	loader->sink = sink_new(str_of(path));
	if (loader->mangled)
		sink_keep_mangled(loader->sink);
	if (loader->undropped)
		sink_keep_dropped(loader->sink);
	sink_set_grain(loader->sink, loader->grain);
	return 0;
}

/* A file that cannot be read. */
static void
fail(struct loader *loader, const char *path, const struct error *err)
{
	if (loader->failed++ == 0)
		loader->first_error = *err;
	if (!loader->several)
		return;
	add_source(loader, path);
	sink_note(loader->sink, NOTE_ERROR, err->text, 0, SINK_NO_BYTE, STR(""));
	sink_dataset(loader->sink);    /* takes in the note while its text is there */
}

static void
read_with(struct loader *loader, struct input *in, const struct load_format *format, const struct probe *seen)
{
	bool framed = format->read_blocks || (format->read_lines && (!seen->json || seen->json_lines));

	in->threads = loader->threads;
	if (framed && (!format->by_lines || format->by_lines(seen)))
		parallel_read(in, format, &(struct parallel_options){ .threads = loader->threads }, loader->sink);
	else
		format->read(in, loader->sink);
}

/* Facts of a source whose reading is over, and what went wrong with it as a whole.  text: what was read, which is in unless another
 * program made it of that. */
static void
finish_source(struct loader *loader, source_id id, struct input *in, struct input *text, const struct load_format *format)
{
	const struct error *problem = input_problem(in)->code != ERROR_NONE ? input_problem(in) : input_problem(text);
	struct dataset *ds = sink_dataset(loader->sink);

	input_source(in, ds->strings, &ds->sources[id]);
	ds->sources[id].format = strtab_intern(ds->strings, str_of(format->name));
	ds->sources[id].is_profile = !format->of_spans;
	if (problem->code != ERROR_NONE)
		sink_note(loader->sink, NOTE_ERROR, problem->text, 0, SINK_NO_BYTE, STR(""));
	if (input_no_details(in))
		sink_note(loader->sink, NOTE_INFO, input_no_details(in), 0, SINK_NO_BYTE, STR(""));
	sink_dataset(loader->sink);    /* takes in the notes while their texts are there */
}

/* Whether the user has it read as what it does not look like.  Before the reading, which moves the window that seen is in. */
static bool
is_unlike(const struct loader *loader, const struct probe *seen)
{
	const char *why;

	return loader->forced && loader->forced->score(seen, &why) == 0;
}

/* What reading a file adds to. */
static uint64_t
gained(const struct loader *loader)
{
	const struct dataset *ds = sink_dataset(loader->sink);

	return (uint64_t)ds->spans.count + ds->samples.count + ds->note_count;
}

/* Reads one file.  False: it is not readable, or the job was stopped before anything was. */
static bool
load_file(struct loader *loader, const char *path, struct error *err)
{
	struct prober prober = { 0 };
	const struct load_format *format;
	struct input *in = input_open(path, &loader->input, err), *text = in;

	if (!in)
		return false;
	format = probe_input(in, loader->forced, &prober, err);
	if (!format) {
		error_at_line(err, path, 0);
		input_progress(in, in->begin_at + (uint64_t)(in->end - in->begin));
		goto out;
	}
	if (format->convert) {
		set_total(loader->job, 0);
		text = format->convert(in, path, &loader->input, err);
		if (!text) {
			error_at_line(err, path, 0);
			goto out;
		}
	}
	source_id source = add_source(loader, path);
	bool unlike = is_unlike(loader, &prober.seen);
	uint64_t before = gained(loader);
	read_with(loader, text, format->becomes ? format->becomes : format, &prober.seen);
	if (loader->job)
		atomic_store_explicit(&loader->job->spans, sink_pushed(loader->sink), memory_order_relaxed);
	input_progress(in, in->begin_at + (uint64_t)(in->end - in->begin));
	if (unlike && gained(loader) == before)    /* formats pass over what they do not know */
		sink_note(loader->sink, NOTE_WARNING, "nothing of the format that was asked for is in it", 0, SINK_NO_BYTE, STR(""));
	finish_source(loader, source, in, text, format);
	if (loader->loaded == 0)
		loader->of_spans = format->of_spans;
	loader->loaded++;
out:
	prober_fini(&prober);
	if (text != in)
		input_close(text);
	input_close(in);
	return text && format;
}

/* Profiles have no names of their own: their files' names, without folders, are theirs. */
static void
name_profiles(struct dataset *ds)
{
	for (track_id i = 0; i < ds->track_count; i++) {
		struct track *track = &ds->tracks[i];
		if (track->kind != TRACK_PROFILE || track->name != STR_EMPTY)
			continue;
		struct str path = dataset_str(ds, ds->sources[track->source].path);
		const char *slash = memrchr(path.at, '/', path.len);
		if (slash)
			path = (struct str){ slash + 1, path.len - (size_t)(slash + 1 - path.at) };
		track->name = strtab_intern(ds->strings, path);
	}
}

/* A profile without samples, and whose file names no type of them, is not a trace for that. */
static void
type_empty_profile(struct loader *loader)
{
	const struct dataset *ds = sink_dataset(loader->sink);

	if (loader->loaded && !loader->of_spans && ds->spans.count == 0 && ds->sample_type_count == 0)
		sink_sample_type(loader->sink, STR("samples"), STR("samples"));
}

/* Sample types that have a name in common are told apart by their units too, so that each can be asked for. */
static void
name_types(struct dataset *ds)
{
	bool *twin = xcalloc(ds->sample_type_count, sizeof *twin);
	struct buf text = { 0 };

	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		for (uint32_t k = 0; k < ds->sample_type_count; k++)
			twin[i] |= k != i && ds->sample_types[k].name == ds->sample_types[i].name;
	for (uint32_t i = 0; i < ds->sample_type_count; i++) {
		struct sample_type *type = &ds->sample_types[i];
		if (!twin[i])
			continue;
		buf_clear(&text);
		buf_add(&text, dataset_str(ds, type->name));
		buf_addc(&text, '/');
		buf_add(&text, type->unit == STR_EMPTY ? STR("none") : dataset_str(ds, type->unit));
		type->name = strtab_intern(ds->strings, buf_str(&text));
	}
	buf_fini(&text);
	free(twin);
}

static struct dataset *
finish(struct loader *loader, const char *path, struct error *err)
{
	bool stopped = job_stopped(loader->job);

	if (stopped && atomic_load(&loader->job->wish) == JOB_DROP) {
		error_set(err, ERROR_CANCELLED, "loading was cancelled");
		return NULL;
	}
	if (loader->loaded + loader->failed == 0 && !stopped) {
		error_set(err, ERROR_USAGE, "no file is named");
		return NULL;
	}
	if (loader->loaded == 0 && !stopped) {
		if (err)
			*err = loader->first_error;
		size_t len = strlen(loader->first_error.text);
		if (err && loader->failed > 1 && len < sizeof err->text)
			snprintf(err->text + len, sizeof err->text - len, " (and %zu more %s that cannot be read)", loader->failed - 1,
			         loader->failed == 2 ? "file" : "files");
		return NULL;
	}
	if (!loader->sink)
		add_source(loader, path);
	if (stopped)
		sink_note(loader->sink, NOTE_WARNING, "loading was stopped: this is what had been read by then", 0, SINK_NO_BYTE, STR(""));
	type_empty_profile(loader);
	struct dataset *ds = sink_take(loader->sink);
	name_profiles(ds);
	name_types(ds);
	set_phase(loader->job, "resolving parents");
	if (dataset_seal_for(ds, loader->job))
		return ds;
	dataset_free(ds);
	error_set(err, ERROR_CANCELLED, "loading was cancelled");
	return NULL;
}

static void
expand(const char *const *paths, size_t count, struct paths *out, struct loader *loader)
{
	for (size_t i = 0; i < count; i++) {
		struct error err = { 0 };
		struct stat facts;
		if (strcmp(paths[i], "-") != 0 && stat(paths[i], &facts) == 0 && S_ISDIR(facts.st_mode)) {
			loader->several = true;
			if (!list_folder(paths[i], out, &err))
				fail(loader, paths[i], &err);
		} else {
			vec_push(out, xstrdup(paths[i]));
		}
	}
}

static bool
loader_init(struct loader *loader, const struct load_options *options, struct error *err)
{
	*loader = (struct loader){ .job = options->job, .threads = options->threads ? options->threads : share_cores() };
	if (loader->threads > THREADS_MAX)
		loader->threads = THREADS_MAX;
	loader->mangled = options->mangled;
	loader->undropped = options->undropped;
	loader->grain = options->grain;
	loader->input.job = options->job;
	loader->input.spool_limit = options->spool_limit ? options->spool_limit : SPOOL_LIMIT;
	if (!options->format)
		return true;
	loader->forced = load_format_find(str_of(options->format));
	if (!loader->forced)
		return error_set(err, ERROR_USAGE, "no format is called '%s'", options->format);
	return true;
}

struct dataset *
load_files(const char *const *paths, size_t count, const struct load_options *options, struct error *err)
{
	struct loader loader;
	struct paths files = { 0 };
	struct dataset *ds = NULL;

	if (!loader_init(&loader, options, err))
		return NULL;
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);    /* else arrays that grow leave holes where they were */
#endif
	set_phase(loader.job, "reading");
	loader.several = count > 1;
	expand(paths, count, &files, &loader);
	set_total(loader.job, total_size(&files));
	for (size_t i = 0; i < files.len && !job_stopped(loader.job); i++) {
		struct error file_err = { 0 };
		if (!load_file(&loader, files.at[i], &file_err) && file_err.code != ERROR_CANCELLED)
			fail(&loader, files.at[i], &file_err);
	}
	ds = finish(&loader, count ? paths[0] : "", err);
	sink_free(loader.sink);
	for (size_t i = 0; i < files.len; i++)
		free(files.at[i]);
	vec_fini(&files);
#ifdef __GLIBC__
	malloc_trim(0);    /* what the threads used is kept by the C library otherwise */
#endif
	return ds;
}
