/* SPDX-License-Identifier: MIT
 * Binary perf data through a program perf, which here is a script of our own. */
#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "load/load.h"
#include "util/alloc.h"
#include "tests/tap.h"

#define BLOCK "work 12/13 [001] 5.000001: 100 cycles:u: \n\t401136 leaf+0x16 (/opt/app)\n\t401150 main+0x20 (/opt/app)\n\n"

static char folder[] = "/tmp/spanfire-test-XXXXXX";

static char *
write_file(const char *name, struct str bytes, mode_t mode)
{
	char *path = xasprintf("%s/%s", folder, name);
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, mode);

	if (fd < 0 || write(fd, bytes.at, bytes.len) != (ssize_t)bytes.len)
		panic("cannot write %s", path);
	close(fd);
	return path;
}

/* Makes the program perf do this. */
static void
perf_does(const char *script)
{
	char *text = xasprintf("#!/bin/sh\n%s\n", script);

	free(write_file("perf", str_of(text), 0700));
	free(text);
}

static bool
has_note(const struct dataset *ds, enum note_severity severity, const char *part)
{
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (ds->notes[i].severity == severity && strstr(dataset_str(ds, ds->notes[i].text).at, part))
			return true;
	return false;
}

static struct dataset *
load(const char *path, struct error *err)
{
	*err = (struct error){ 0 };
	return load_files((const char *const[]){ path }, 1, &(struct load_options){ .threads = 1 }, err);
}

static void
test_reading(const char *data)
{
	struct error err;

	perf_does("[ \"$1\" = script ] || exit 9\n"
	          "while [ \"$1\" != --input ]; do shift; done\n"
	          "[ \"$(head -c 8 \"$2\")\" = PERFILE2 ] || exit 8\n"
	          "cat >/dev/null\n"
	          "printf '" BLOCK BLOCK "'");
	struct dataset *ds = load(data, &err);
	ok(ds && ds->samples.count == 2 && ds->stacks.count == 3, "what perf prints is read: %s", err.text);
	ok(ds && str_equal(dataset_str(ds, ds->sources[0].format), STR("perf-data")), "the format is the file's");
	ok(ds && ds->sources[0].size == 12, "and so is the size");
	ok(ds && ds->note_count == 0, "nothing to note");
	dataset_free(ds);

	char *packed = xasprintf("%s/packed.gz", folder);
	gzFile file = gzopen(packed, "wb");
	ok(file && gzwrite(file, "PERFILE2more", 12) == 12 && gzclose(file) == Z_OK, "compressed data");
	ds = load(packed, &err);
	ok(ds && ds->samples.count == 2, "is given to perf as a copy: %s", err.text);
	ok(ds && str_equal(dataset_str(ds, ds->sources[0].compression), STR("gzip")), "the compression is the file's");
	dataset_free(ds);
	unlink(packed);
	free(packed);
}

static void
test_failing(const char *data)
{
	struct error err;

	perf_does("echo first >&2; printf 'the data is \\033[31mbad\\n\\n' >&2; exit 3");
	struct dataset *ds = load(data, &err);
	ok(!ds && err.code == ERROR_INPUT && strcmp(err.path, data) == 0, "perf that fails");
	is_text(err.text, "the program perf failed: the data is  [31mbad", "gives the reason");
	dataset_free(ds);

	perf_does("exit 3");
	ds = load(data, &err);
	ok(!ds && strstr(err.text, "does not say why"), "or none: %s", err.text);
	dataset_free(ds);

	perf_does("kill -9 $$");
	ds = load(data, &err);
	ok(!ds && strstr(err.text, "ended by signal 9"), "perf that is killed: %s", err.text);
	dataset_free(ds);

	perf_does("printf '" BLOCK "'; echo broken behind >&2; exit 1");
	ds = load(data, &err);
	ok(ds && ds->samples.count == 1, "what came before a failure is kept: %s", err.text);
	ok(ds && has_note(ds, NOTE_ERROR, "broken behind"), "and the failure noted");
	dataset_free(ds);

	perf_does("exit 0");
	ds = load(data, &err);
	ok(ds && ds->samples.count == 0, "data without samples: %s", err.text);
	dataset_free(ds);
}

static void
test_absent(const char *data)
{
	struct error err;
	char *path = xstrdup(getenv("PATH"));

	setenv("PATH", "/nowhere/at/all", 1);
	struct dataset *ds = load(data, &err);
	ok(!ds && err.code == ERROR_INPUT && strstr(err.text, "not installed") && strstr(err.text, "perf script"),
	   "without perf: %s", err.text);
	dataset_free(ds);
	setenv("PATH", path, 1);
	free(path);
}

static void *
stop_when_reading(void *context)
{
	struct job *job = context;
	const struct timespec step = { .tv_nsec = 1000000 };

	while (atomic_load(&job->done) < strlen(BLOCK))
		nanosleep(&step, NULL);
	atomic_store(&job->wish, JOB_DROP);
	return NULL;
}

/* Ends only if perf does not have to end first. */
static void
test_stopping(const char *data)
{
	struct job job = { 0 };
	struct error err = { 0 };
	pthread_t thread;

	perf_does("printf '" BLOCK "'; exec sleep 1000");
	CHECK(pthread_create(&thread, NULL, stop_when_reading, &job) == 0);
	struct dataset *ds = load_files((const char *const[]){ data }, 1, &(struct load_options){ .job = &job }, &err);
	ok(!ds && err.code == ERROR_CANCELLED, "stopped while perf works: %s", err.text);
	pthread_join(thread, NULL);
	dataset_free(ds);
}

static void
test_corpus(void)
{
	struct error err;

	if (!corpus_path()) {
		skip(1, "no corpus");
		return;
	}
	char *path = xasprintf("%s/broken/hotspot-perf.data.true.v2.gz", corpus_path());
	struct dataset *ds = load(path, &err);
	ok((ds && ds->samples.count == 1) || (!ds && strstr(err.text, "perf")), "real data, with or without perf: %s", err.text);
	dataset_free(ds);
	free(path);
}

int
main(void)
{
	if (!mkdtemp(folder))
		panic("no temporary folder");
	test_corpus();
	char *data = write_file("data", STR("PERFILE2more"), 0600);
	char *path = xasprintf("%s:%s", folder, getenv("PATH"));
	setenv("PATH", path, 1);
	test_reading(data);
	test_failing(data);
	test_absent(data);
	test_stopping(data);
	free(path);
	path = xasprintf("%s/perf", folder);
	unlink(path);
	unlink(data);
	rmdir(folder);
	free(path);
	free(data);
	return done();
}
