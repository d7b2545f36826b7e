/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/load.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "util/alloc.h"
#include "tests/tap.h"
#include "tests/unit/dump.h"

static char folder[] = "/tmp/spanfire-test-XXXXXX";
static const struct load_options defaults = { 0 };

static char *
write_file(const char *name, struct str bytes)
{
	char *path = xasprintf("%s/%s", folder, name);
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

	if (fd < 0 || write(fd, bytes.at, bytes.len) != (ssize_t)bytes.len)
		panic("cannot write %s", path);
	close(fd);
	return path;
}

static bool
has_note(const struct dataset *ds, enum note_severity severity, const char *part)
{
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (ds->notes[i].severity == severity && strstr(dataset_str(ds, ds->notes[i].text).at, part))
			return true;
	return false;
}

/* Input of which nothing can be read: a clear error, status 3. */
static void
refuses(const char *what, struct str bytes, const char *says)
{
	char *path = write_file("bad", bytes);
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &defaults, &err);

	ok(!ds && err.code == ERROR_INPUT && strstr(err.text, says), "%s: %s", what, err.text);
	ok(strcmp(err.path, path) == 0, "%s: the error names the file", what);
	for (const char *at = err.text; *at; at++)
		if ((unsigned char)*at < 0x20) {
			ok(false, "%s: a control character in the message", what);
			break;
		}
	dataset_free(ds);
	unlink(path);
	free(path);
}

/* A file's name and 257 bytes on the magic. */
#define ZEROS_64 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" \
                 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define TAR_HEAD "a" ZEROS_64 ZEROS_64 ZEROS_64 ZEROS_64 "ustar  \0root"

static void
test_bad_input(void)
{
	refuses("empty file", STR(""), "empty file");
	refuses("empty gzip", STR("\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0"), "empty file");
	refuses("binary", STR("\1\2\3\4binary\377\376"), "binary and begins with 01 02 03 04");
	refuses("escape sequences", STR("\33[31mred\33[0m"), "text and begins with");
	refuses("prose", STR("this is not a profile\nat all\n"), "this is not a profile");
	refuses("array of numbers", STR("[1, 2, 3]\n"), "JSON");
	refuses("unknown JSON", STR("{\"alpha\": 1, \"beta\": {\"gamma\": 2}}"), "alpha, beta");
	refuses("a flight recording", STR("FLR\0\0\2"), "Flight Recorder");
	refuses("a binary profile of old", STR("\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0"), "a legacy CPU profile, which this version cannot read: run pprof");
	refuses("a heap snapshot, its strings far off", STR("{\"snapshot\":{\"meta\":{\"node_fields\":[\"type\"]}},\"nodes\":[1,2,"), "a V8 heap snapshot");
	refuses("Instruments", STR("Weight\tSelf Weight\t\tSymbol Name\n1.00 ms\t100%\t0 s\t \tmain\n"), "Instruments");
	refuses("a tar archive", STR(TAR_HEAD), "a tar archive, which this version cannot read: unpack it first");
	refuses("a program", STR("\x7f" "ELF\2\1\1"), "ELF");
	refuses("another table of Grafana's", STR("{\"schema\":{\"fields\":[{\"name\":\"time\"}]},\"data\":{\"values\":[[1]]}}"), "data frame");
	refuses("an error of a Jaeger server", STR("{\"data\":null,\"errors\":[{\"code\":404,\"msg\":\"trace not found\"}]}"),
	        "replied with an error: trace not found (404)");
	refuses("an error of another server", STR("{\"error\":{\"httpCode\":500,\"message\":\"no\\tway\"}}"), "an error: no way (500)");
	refuses("an error in a word", STR("{\"status\":\"error\",\"error\":\"gone\"}"), "an error: gone");
	refuses("an empty list", STR("[ ]"), "an empty list");
	refuses("callgrind", STR("# callgrind format\nevents: Ir\nfn=main\n16 400\n17 3\n18 4\n"), "callgrind");
	refuses("blank lines first", STR("\n\nwhat is this\n"), "begins with 'what is this'");
	refuses("HTML", STR("<!DOCTYPE html><html>"), "web page");
	refuses("protobuf", STR("\n\x15\x0a\x01\x02\x03"), "protobuf");
	refuses("OTLP profiles", STR("\n\x12\x12\x10\x12\x0e\n\4\x08\1\x10\2\x12\x02\x08\1\x20\x05\x2a\0"), "OTLP profiles in protobuf");
	refuses("bzip2", STR("BZh91AY&SY\0\0\0\0"), "bzip2");
}

static void
test_odd_paths(void)
{
	struct error err = { 0 };

	ok(!load_files((const char *const[]){ "/nowhere/at/all" }, 1, &defaults, &err) && err.code == ERROR_INPUT &&
	   strcmp(err.path, "/nowhere/at/all") == 0, "missing: %s", err.text);
	err = (struct error){ 0 };
	ok(!load_files((const char *const[]){ folder }, 1, &defaults, &err) && strstr(err.text, "no files in this directory"),
	   "empty directory: %s", err.text);
	err = (struct error){ 0 };
	ok(!load_files((const char *const[]){ "/dev/zero" }, 1, &defaults, &err) && strstr(err.text, "device"), "device: %s", err.text);
	err = (struct error){ 0 };
	ok(!load_files((const char *const[]){ folder }, 1, &(struct load_options){ .format = "nonsense" }, &err) &&
	   err.code == ERROR_USAGE, "unknown format: %s", err.text);
}

static void
test_several(void)
{
	char *a = write_file("a.folded", STR("main;x 1\nmain;y 2\n"));
	char *b = write_file("b.folded", STR("main;x 4\n"));
	char *c = write_file("c.bin", STR("\1\2\3"));
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ a, c, b }, 3, &defaults, &err);

	ok(ds != NULL, "two of three files load: %s", err.text);
	is_int(ds->source_count, 3, "three sources");
	is_int(ds->track_count, 2, "two profiles");
	is_text(dataset_str(ds, ds->tracks[0].name).at, "a.folded", "a profile has its file's name");
	is_text(dataset_str(ds, ds->tracks[1].name).at, "b.folded", "each");
	is_int(ds->samples.count, 3, "all samples");
	is_int(ds->frame_count, 3, "frames are shared");
	ok(has_note(ds, NOTE_ERROR, "begins with 01 02 03"), "the third is noted");
	is_text(dataset_str(ds, ds->sources[0].format).at, "folded", "format");
	is_text(dataset_str(ds, ds->sources[1].format).at, "", "no format");
	dataset_free(ds);

	char *hidden = write_file(".hidden", STR("main;x 100\n"));
	ds = load_files((const char *const[]){ folder }, 1, &defaults, &err);
	ok(ds && ds->samples.count == 3 && has_note(ds, NOTE_ERROR, "binary"), "a directory: its files in order: %s", err.text);
	dataset_free(ds);
	unlink(a);
	unlink(b);
	ds = load_files((const char *const[]){ folder }, 1, &defaults, &err);
	ok(!ds && strstr(err.text, "binary"), "a directory without readable files: %s", err.text);
	unlink(c);
	unlink(hidden);
	free(a);
	free(b);
	free(c);
	free(hidden);
}

static struct buf
make_folded(size_t size)
{
	struct buf text = { 0 };

	for (unsigned i = 0; text.len < size; i++)
		buf_addf(&text, "main;worker-%u;handle request %u;read_[k] %u\n", i % 7, i * 2654435761u % 1000, i % 100);
	return text;
}

/* One document a line, spans of a trace spread over lines, parents after their children. */
static struct buf
make_otlp(size_t size)
{
	struct buf text = { 0 };

	for (unsigned i = 0; text.len < size; i++)
		buf_addf(&text, "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"parentSpanId\":"
		         "\"%016x\",\"name\":\"op %u\",\"startTimeUnixNano\":\"%u\",\"endTimeUnixNano\":\"%u\"}]}],\"resource\":{\"attributes\":"
		         "[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"service-%u\"}}]}}]}\n%s",
		         i / 9 % 50 + 1, i + 1, i % 9 == 8 ? 0 : i + 2, i % 31, 1000 + i, 2000 + i, i % 5, i % 100 ? "" : "{broken\n");
	return text;
}

static void
check_threads(struct buf text)
{
	struct buf want = { 0 };
	char *path = write_file("big", buf_str(&text));

	for (unsigned threads = 1; threads <= 8; threads += threads == 1 ? 1 : 3) {
		struct error err = { 0 };
		struct job job = { 0 };
		struct load_options options = { .threads = threads, .job = &job };
		struct dataset *ds = load_files((const char *const[]){ path }, 1, &options, &err);
		struct buf got = dump(ds);
		if (threads == 1)
			want = got;
		else {
			ok(str_equal(buf_str(&got), buf_str(&want)), "%u threads give what one gives", threads);
			buf_fini(&got);
		}
		is_int((long long)job.done, (long long)text.len, "progress is complete");
		is_int((long long)job.total, (long long)text.len, "of a known size");
		is_int((long long)job.spans, ds->samples.count + ds->spans.count, "spans and samples are counted");
		dataset_free(ds);
	}
	unlink(path);
	free(path);
	buf_fini(&want);
	buf_fini(&text);
}

/* Stops a job once something has been read. */
static void *
stop_soon(void *context)
{
	struct job *job = context;

	while (atomic_load(&job->spans) == 0)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	atomic_store(&job->wish, JOB_KEEP);
	return NULL;
}

/* Writes lines into a pipe for as long as somebody reads. */
static void *
write_forever(void *context)
{
	struct buf text = make_folded(100000);
	int fd = *(int *)context;

	while (write(fd, text.at, text.len) > 0)
		;
	close(fd);
	buf_fini(&text);
	return NULL;
}

static void
test_stop(void)
{
	struct job job = { .wish = JOB_DROP };
	struct load_options options = { .job = &job, .threads = 2 };
	struct error err = { 0 };
	char *path = write_file("x", STR("a;b 1\n"));

	ok(!load_files((const char *const[]){ path }, 1, &options, &err) && err.code == ERROR_CANCELLED, "dropped: %s", err.text);
	unlink(path);
	free(path);

	int ends[2], saved = dup(STDIN_FILENO);
	pthread_t writer, stopper;
	if (pipe(ends))
		panic("no pipe");
	job = (struct job){ 0 };
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	pthread_create(&writer, NULL, write_forever, &ends[1]);
	pthread_create(&stopper, NULL, stop_soon, &job);
	struct dataset *ds = load_files((const char *const[]){ "-" }, 1, &options, &err);
	ok(ds && ds->samples.count > 0, "an endless input is stopped and kept: %u samples", ds ? ds->samples.count : 0);
	ok(ds && has_note(ds, NOTE_WARNING, "loading was stopped"), "and says so");
	dup2(saved, STDIN_FILENO);
	close(saved);
	pthread_join(writer, NULL);
	pthread_join(stopper, NULL);
	dataset_free(ds);
}

static void
test_forced(void)
{
	struct error err = { 0 };
	char *path = write_file("x", STR("{\"a\": 5\n"));
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .format = "folded" }, &err);

	ok(ds && ds->samples.count == 1 && !has_note(ds, NOTE_WARNING, "asked for"), "a format can be forced: %s", err.text);
	dataset_free(ds);
	unlink(path);
	free(path);
	path = write_file("x", STR("# only a comment\n"));
	ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .format = "folded" }, &err);
	ok(ds && ds->samples.count == 0 && ds->sample_type_count == 1, "and hold nothing");
	dataset_free(ds);
	unlink(path);
	free(path);
	path = write_file("x", STR("{\"a\": 5}\n"));
	ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .format = "gecko" }, &err);
	ok(ds && has_note(ds, NOTE_WARNING, "nothing of the format that was asked for is in it"), "and be the wrong one, which is said");
	dataset_free(ds);
	unlink(path);
	free(path);
}

static void
opens(const char *what, struct str bytes, double total)
{
	struct error err = { 0 };
	char *path = write_file("x", bytes);
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &defaults, &err);
	double sum = 0;

	for (sample_id i = 0; ds && i < ds->samples.count; i++)
		sum += samples_weight(&ds->samples, i, 0);
	ok(ds && sum == total, "%s: %s", what, ds ? "opens" : err.text);
	dataset_free(ds);
	unlink(path);
	free(path);
}

/* A NUL is a character as others are. */
static void
test_zeros(void)
{
	opens("a NUL among frames", STR("a;b 1\na;c\0d 2\n"), 3);
	opens("a NUL where there are no frames", STR("main 5\nfo\0o 7\n"), 12);
}

/* The input is cut far behind what detection looks at. */
static void
test_cut_unknown(void)
{
	struct error err = { 0 };
	struct buf text = { 0 };
	unsigned long len = 400000;
	unsigned char *packed = xmalloc(len);

	for (unsigned i = 0; i < 20000; i++)
		buf_addf(&text, "%u words and no profile\n", i * i);
	int status = compress2(packed, &len, (const unsigned char *)text.at, text.len, 1);
	char *path = write_file("x", (struct str){ (const char *)packed, len - 100 });
	ok(status == Z_OK && text.len > 300000 && !load_files((const char *const[]){ path }, 1, &defaults, &err) && strstr(err.text, "cut short"),
	   "what is not known and cut: %s", err.text);
	unlink(path);
	free(path);
	free(packed);
	buf_fini(&text);
}

/* Types of one name are told apart by their units.  A pprof profile with cpu in ns and cpu in counts. */
static void
test_twin_types(void)
{
	static const struct str profile = STR("\n\4\x08\1\x10\2\n\4\x08\1\x10\3\x12\4\x12\2\5\7\x32\0\x32\3cpu\x32\2ns\x32\5count");
	struct error err = { 0 };
	char *path = write_file("x", profile);
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &defaults, &err);

	if (ok(ds && ds->sample_type_count == 2, "two types: %s", err.text)) {
		is_text(dataset_str(ds, ds->sample_types[0].name).at, "cpu/count", "one is called so");
		is_text(dataset_str(ds, ds->sample_types[1].name).at, "cpu/ns", "and the other so");
	}
	dataset_free(ds);
	unlink(path);
	free(path);
}

int
main(void)
{
	signal(SIGPIPE, SIG_IGN);
	if (!mkdtemp(folder))
		panic("no temporary folder");
	test_bad_input();
	test_zeros();
	test_cut_unknown();
	test_twin_types();
	test_odd_paths();
	test_several();
	check_threads(make_folded(6000000));
	check_threads(make_otlp(6000000));
	test_stop();
	test_forced();
	rmdir(folder);
	return done();
}
