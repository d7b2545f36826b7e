/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/input.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "util/alloc.h"
#include "tests/tap.h"

static char folder[] = "/tmp/spanfire-test-XXXXXX";
static const struct input_options options = { .spool_limit = UINT64_C(1) << 40 };

static char *
path_in(const char *name)
{
	return xasprintf("%s/%s", folder, name);
}

static char *
write_file(const char *name, struct str bytes)
{
	char *path = path_in(name);
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

	if (fd < 0 || write(fd, bytes.at, bytes.len) != (ssize_t)bytes.len)
		panic("cannot write %s", path);
	close(fd);
	return path;
}

/* Lines of digits: compressible, different everywhere. */
static struct buf
make_text(size_t size)
{
	struct buf text = { 0 };

	for (unsigned i = 0; text.len < size; i++)
		buf_addf(&text, "main;worker-%u;step 0x%x %u\n", i % 97, i * 2654435761u, i);
	return text;
}

/* With wbits as in deflateInit2(): 15 zlib, 31 gzip. */
static struct buf
deflated(struct str text, int wbits)
{
	struct buf out = { 0 };
	z_stream z = { .next_in = (Bytef *)(uintptr_t)text.at, .avail_in = (uInt)text.len };

	vec_reserve(&out, text.len + 1000);
	z.next_out = (Bytef *)out.at;
	z.avail_out = (uInt)out.cap;
	if (deflateInit2(&z, 6, Z_DEFLATED, wbits, 8, Z_DEFAULT_STRATEGY) != Z_OK || deflate(&z, Z_FINISH) != Z_STREAM_END)
		panic("deflate failed");
	out.len = z.total_out;
	deflateEnd(&z);
	return out;
}

static struct buf
utf16(struct str text, bool big_endian, bool mark)
{
	struct buf out = { 0 };

	if (mark)
		buf_add(&out, big_endian ? STR("\xfe\xff") : STR("\xff\xfe"));
	for (size_t i = 0; i < text.len; i++) {
		buf_addc(&out, big_endian ? '\0' : text.at[i]);
		buf_addc(&out, big_endian ? text.at[i] : '\0');
	}
	return out;
}

/* Everything an input gives, its pieces at most a window wide. */
static struct buf
read_all(struct input *in)
{
	struct buf all = { 0 };

	for (;;) {
		uint64_t end = in->begin_at + (uint64_t)(in->end - in->begin);
		buf_add(&all, (struct str){ in->begin + (all.len - in->begin_at), (size_t)(end - all.len) });
		if (!input_more(in, end))
			return all;
	}
}

/* What came out, and that the source bytes are the same. */
static bool
gives(struct input *in, struct str want, bool with_details)
{
	struct strtab *strings = strtab_new();
	struct source source;
	struct buf got = read_all(in);
	bool same = str_equal(buf_str(&got), want);

	input_source(in, strings, &source);
	same = same && source.size == want.len && (source.bytes != NULL) == with_details;
	same = same && (!source.bytes || str_equal((struct str){ source.bytes, (size_t)source.size }, want));
	if (source.release)
		source.release(&source);
	buf_fini(&got);
	strtab_free(strings);
	return same;
}

static void
check_memory(const char *what, struct str bytes, struct str want, const char *compression, const char *problem)
{
	struct error err = { 0 };
	struct input *in = input_open_memory("memory", bytes, &options, &err);

	if (!ok(in != NULL, "%s opens", what)) {
		diag("%s", err.text);
		return;
	}
	ok(gives(in, want, true), "%s gives the text", what);
	is_text(input_compression(in), compression, what);
	if (problem)
		ok(strstr(input_problem(in)->text, problem), "%s: problem: %s", what, input_problem(in)->text);
	else
		is_text(input_problem(in)->text, "", what);
	input_close(in);
}

static void
test_layers(void)
{
	struct buf text = make_text(3000000);
	struct str plain = buf_str(&text);
	struct buf gzip = deflated(plain, 31), zlib = deflated(plain, 15), twice = deflated(buf_str(&gzip), 31);
	struct buf small = deflated(STR("a;b 1\n"), 31), members = { 0 }, wide, wide_gzip;

	check_memory("plain text", plain, plain, "none", NULL);
	check_memory("a byte order mark", STR("\xef\xbb\xbf" "a;b 1\n"), STR("a;b 1\n"), "none", NULL);
	check_memory("an empty input", STR(""), STR(""), "none", NULL);
	check_memory("gzip", buf_str(&gzip), plain, "gzip", NULL);
	check_memory("zlib", buf_str(&zlib), plain, "zlib", NULL);
	check_memory("gzip of gzip", buf_str(&twice), plain, "gzip", NULL);
	check_memory("text that looks like zlib", STR("x^2;main 5\n"), STR("x^2;main 5\n"), "none", NULL);

	buf_add(&members, buf_str(&small));
	buf_add(&members, buf_str(&small));
	check_memory("two gzip members", buf_str(&members), STR("a;b 1\na;b 1\n"), "gzip", NULL);
	buf_add(&members, STR("\0\0\0\0"));
	check_memory("padding after gzip", buf_str(&members), STR("a;b 1\na;b 1\n"), "gzip", NULL);
	buf_add(&members, STR("junk"));
	check_memory("junk after gzip", buf_str(&members), STR("a;b 1\na;b 1\n"), "gzip", "left out");

	wide = utf16(plain, false, true);
	check_memory("UTF-16 LE", buf_str(&wide), plain, "none", NULL);
	wide_gzip = deflated(buf_str(&wide), 31);
	check_memory("gzip of UTF-16", buf_str(&wide_gzip), plain, "gzip", NULL);
	buf_fini(&wide);
	buf_fini(&wide_gzip);
	wide = utf16(plain, true, true);
	check_memory("UTF-16 BE", buf_str(&wide), plain, "none", NULL);
	buf_fini(&wide);
	wide = utf16(STR("{\"a\":1}"), false, false);
	check_memory("UTF-16 JSON without a mark", buf_str(&wide), STR("{\"a\":1}"), "none", NULL);
	buf_addc(&wide, 'x');
	check_memory("half a character", buf_str(&wide), STR("{\"a\":1}"), "none", "middle of a character");
	buf_fini(&wide);
	buf_fini(&twice);
	buf_fini(&members);
	buf_fini(&small);
	buf_fini(&zlib);
	buf_fini(&gzip);
	buf_fini(&text);
}

static void
test_damage(void)
{
	struct buf text = make_text(100000), gzip = deflated(buf_str(&text), 31);
	struct error err = { 0 };
	struct input *in = input_open_memory("cut", (struct str){ gzip.at, gzip.len / 2 }, &options, &err);
	struct buf got = read_all(in);

	ok(got.len > 1000 && str_starts(buf_str(&text), buf_str(&got)), "cut gzip gives what came before (%zu bytes)", got.len);
	ok(strstr(input_problem(in)->text, "cut short"), "and says so: %s", input_problem(in)->text);
	buf_fini(&got);
	input_close(in);

	gzip.at[gzip.len / 2] ^= 0x55;
	in = input_open_memory("damaged", buf_str(&gzip), &options, &err);
	got = read_all(in);
	ok(got.len > 1000, "damaged gzip gives %zu bytes", got.len);
	ok(strstr(input_problem(in)->text, "damaged near"), "and says so: %s", input_problem(in)->text);
	buf_fini(&got);
	input_close(in);
	buf_fini(&gzip);
	buf_fini(&text);
}

static void
test_zstd(void)
{
#ifdef HAVE_ZSTD
	struct buf text = make_text(2000000), frames = { 0 }, twice = { 0 };
	size_t bound = ZSTD_compressBound(text.len);
	char *frame = xmalloc(bound);
	size_t len = ZSTD_compress(frame, bound, text.at, text.len, 3);

	buf_add(&frames, STR("\x50\x2a\x4d\x18\3\0\0\0abc"));
	buf_add(&frames, (struct str){ frame, len });
	buf_add(&frames, STR("\x5f\x2a\x4d\x18\0\0\0\0"));
	buf_add(&frames, (struct str){ frame, len });
	buf_add(&twice, buf_str(&text));
	buf_add(&twice, buf_str(&text));
	check_memory("zstd frames, skippable ones among them", buf_str(&frames), buf_str(&twice), "zstd", NULL);
	buf_add(&frames, STR("what is this"));
	check_memory("junk after zstd", buf_str(&frames), buf_str(&twice), "zstd", "left out");
	struct error err = { 0 };
	struct input *in = input_open_memory("cut", (struct str){ frame, len / 2 }, &options, &err);
	struct buf got = read_all(in);
	ok(got.len > 1000 && str_starts(buf_str(&text), buf_str(&got)), "cut zstd gives what came before");
	ok(strstr(input_problem(in)->text, "cut short"), "and says so");
	input_close(in);
	buf_fini(&got);
	buf_fini(&twice);
	buf_fini(&frames);
	buf_fini(&text);
	free(frame);
#else
	struct error err = { 0 };

	ok(!input_open_memory("zstd", STR("\x28\xb5\x2f\xfd...."), &options, &err), "zstd is refused");
	ok(strstr(err.text, "zstd"), "by name: %s", err.text);
#endif
}

static void
test_refused(void)
{
	static const struct { struct str bytes; const char *says; } cases[] = {
		{ { "BZh91AY&SY......", 16 }, "bzip2" },
		{ { "\xfd" "7zXZ\0....", 10 }, "xz" },
		{ { "PK\3\4......", 10 }, "zip" },
		{ { "7z\xbc\xaf\x27\x1c..", 8 }, "7z" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error err = { 0 };
		ok(!input_open_memory("x", cases[i].bytes, &options, &err) && err.code == ERROR_INPUT &&
		   strstr(err.text, cases[i].says), "%s: %s", cases[i].says, err.text);
	}
	struct buf layers = deflated(STR("a;b 1\n"), 31);
	for (int i = 0; i < 5; i++) {
		struct buf more = deflated(buf_str(&layers), 31);
		buf_fini(&layers);
		layers = more;
	}
	struct error err = { 0 };
	ok(!input_open_memory("deep", buf_str(&layers), &options, &err) && strstr(err.text, "times over"), "deep: %s", err.text);
	buf_fini(&layers);
}

static void
refuses(const char *path, const char *says)
{
	struct error err = { 0 };
	struct input *in = input_open(path, &options, &err);

	ok(!in && err.code == ERROR_INPUT && strstr(err.text, says) && strcmp(err.path, path) == 0, "%s: %s", path, err.text);
	input_close(in);
}

struct feeder { int fd; struct str bytes; size_t step; };

static void *
feed(void *context)
{
	struct feeder *feeder = context;

	for (size_t at = 0; at < feeder->bytes.len; ) {
		size_t left = feeder->bytes.len - at;
		ssize_t done = write(feeder->fd, feeder->bytes.at + at, left < feeder->step ? left : feeder->step);
		if (done < 0)
			break;
		at += (size_t)done;
	}
	close(feeder->fd);
	return NULL;
}

/* Opens the text through standard input as a pipe. */
static void
check_pipe(struct str text, const struct input_options *how, bool with_details, const char *what)
{
	int ends[2], saved = dup(STDIN_FILENO);
	struct error err = { 0 };
	pthread_t thread;

	if (pipe(ends))
		panic("no pipe");
	struct feeder feeder = { ends[1], text, 10007 };
	pthread_create(&thread, NULL, feed, &feeder);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	struct input *in = input_open("-", how, &err);
	ok(in && gives(in, text, with_details), "%s", what);
	ok((input_no_details(in) == NULL) == with_details, "%s: details: %s", what,
	   input_no_details(in) ? input_no_details(in) : "yes");
	input_close(in);
	pthread_join(thread, NULL);
	dup2(saved, STDIN_FILENO);
	close(saved);
}

static void
test_files(void)
{
	struct buf text = make_text(7000000), gzip = deflated(buf_str(&text), 31);
	struct error err = { 0 };
	char *path = write_file("plain", buf_str(&text));
	struct job job = { 0 };
	struct input_options with_job = { .spool_limit = options.spool_limit, .job = &job };
	struct input *in = input_open(path, &with_job, &err);

	ok(in && in->mapped && gives(in, buf_str(&text), true), "a plain file is mapped");
	input_progress(in, 1000);
	input_progress(in, text.len);
	is_int((long long)job.done, (long long)text.len, "its progress ends at its size");
	input_close(in);
	free(path);

	path = write_file("marked", STR("\xef\xbb\xbf" "a;b 1\n"));
	job.done = 0;
	in = input_open(path, &with_job, &err);
	ok(in && in->mapped && gives(in, STR("a;b 1\n"), true), "a file with a mark is mapped behind it");
	input_progress(in, 6);
	is_int((long long)job.done, 9, "the mark counts as progress");
	input_close(in);
	free(path);

	path = write_file("gzip", buf_str(&gzip));
	job.done = 0;
	in = input_open(path, &with_job, &err);
	ok(in && !in->mapped && gives(in, buf_str(&text), true), "a gzip file is spooled");
	is_int((long long)job.done, (long long)gzip.len, "progress counts compressed bytes");
	input_close(in);
	free(path);

	check_pipe(buf_str(&text), &options, true, "a pipe");
	check_pipe(STR("a;b 1\n"), &(struct input_options){ .spool_limit = 0 }, true, "a short pipe needs no spool");
	check_pipe(buf_str(&text), &(struct input_options){ .spool_limit = 1 << 20 }, false, "a pipe over the limit");
	check_pipe(buf_str(&text), &(struct input_options){ .spool_limit = 1 << 30, .tmpdir = "/nowhere" }, false,
	           "a pipe without a temporary folder");
	buf_fini(&gzip);
	buf_fini(&text);
}

/* All of it at once, from the spool or from memory. */
static void
check_whole(const char *what, struct str bytes, struct str want, const struct input_options *how, bool spooled, bool complete)
{
	struct error err = { 0 };
	struct input *in = input_open_memory("whole", bytes, how, &err);
	struct strtab *strings = strtab_new();
	struct source source;

	ok(in && !in->mapped && input_whole(in) == complete, "%s: %s", what, complete ? "all of it" : "not all of it");
	ok(in->begin_at == 0 && str_equal((struct str){ in->begin, (size_t)(in->end - in->begin) }, want), "%s: is the text", what);
	ok(in->mapped == spooled && (in->last || !complete), "%s: %s", what, spooled ? "in the spool" : "in memory");
	ok(!input_more(in, 0), "%s: nothing follows", what);
	input_source(in, strings, &source);
	ok(source.size == want.len && (!source.bytes || str_equal((struct str){ source.bytes, (size_t)source.size }, want)),
	   "%s: the source has it", what);
	if (source.release)
		source.release(&source);
	strtab_free(strings);
	input_close(in);
}

static void
test_whole(void)
{
	struct buf text = make_text(7000000), gzip = deflated(buf_str(&text), 31), small = deflated(STR("a;b 1\n"), 31);
	struct str plain = buf_str(&text), packed = buf_str(&gzip);
	struct job job = { 0 };
	struct error err = { 0 };
	size_t len = 0;

	check_whole("whole", packed, plain, &options, true, true);
	check_whole("a small one", buf_str(&small), STR("a;b 1\n"), &options, false, true);
	check_whole("without a spool", packed, plain, &(struct input_options){ .spool_limit = 0 }, false, true);
	check_whole("with a small spool", packed, plain, &(struct input_options){ .spool_limit = 5000000 }, false, true);
	check_whole("without a folder", packed, plain, &(struct input_options){ .spool_limit = 1 << 30, .tmpdir = "/nowhere" }, false, true);
	struct input *in = input_open_memory("cut", (struct str){ gzip.at, gzip.len - 1000 }, &options, &err);
	ok(!input_whole(in), "a cut one is not all there");
	len = (size_t)(in->end - in->begin);
	ok(len > 6900000 && len < text.len && memcmp(in->begin, text.at, len) == 0, "but what is there can be seen");
	input_close(in);
	in = input_open_memory("stopped", packed, &(struct input_options){ .spool_limit = 1 << 30, .job = &job }, &err);
	job.wish = JOB_KEEP;
	ok(!input_whole(in), "a stopped one is not all there");
	input_close(in);
	in = input_open_memory("mapped", STR("a;b 1\n"), &options, &err);
	ok(in->mapped && input_whole(in), "a mapped one is there anyway");
	input_close(in);
	buf_fini(&small);
	buf_fini(&gzip);
	buf_fini(&text);
}

static void
test_odd_files(void)
{
	char *path = path_in("missing");

	refuses(path, "No such file");
	free(path);
	refuses(folder, "is a directory");
	refuses("/dev/zero", "is a device");
	path = write_file("secret", STR("a;b 1\n"));
	chmod(path, 0);
	if (geteuid())
		refuses(path, "Permission denied");
	else
		skip(1, "root may read everything");
	free(path);

	struct error err = { 0 };
	struct input *in = input_open("/dev/null", &options, &err);
	ok(in && gives(in, STR(""), true), "/dev/null is empty");
	input_close(in);
	in = input_open("/proc/self/status", &options, &err);
	struct buf got = read_all(in);
	ok(got.len > 100, "a file of unknown size is read");
	buf_fini(&got);
	input_close(in);
}

static void
test_shrinking(void)
{
	struct buf text = make_text(1000000);
	struct error err = { 0 };
	char *path = write_file("shrinking", buf_str(&text));
	struct input *in = input_open(path, &options, &err);
	size_t zeros = 0;

	ok(in && in->mapped, "mapped");
	if (truncate(path, 100000))
		panic("cannot truncate");
	struct buf got = read_all(in);
	is_int((long long)got.len, (long long)text.len, "all of the window can be read");
	ok(memcmp(got.at, text.at, 100000) == 0, "what is left is right");
	for (size_t i = 110000; i < got.len; i++)
		zeros += got.at[i] == '\0';
	is_int((long long)zeros, (long long)got.len - 110000, "the rest is zeros");
	ok(strstr(input_problem(in)->text, "shorter"), "and it says so: %s", input_problem(in)->text);
	buf_fini(&got);
	input_close(in);
	in = input_open(path, &options, &err);
	is_text(input_problem(in)->text, "", "a later mapping starts clean");
	input_close(in);
	buf_fini(&text);
	free(path);
}

static void
test_stop(void)
{
	struct buf text = make_text(5000000), gzip = deflated(buf_str(&text), 31);
	struct job job = { 0 };
	struct input_options how = { .spool_limit = options.spool_limit, .job = &job };
	struct error err = { 0 };
	struct input *in = input_open_memory("stopped", buf_str(&gzip), &how, &err);

	ok(input_more(in, 0), "it begins");
	job.wish = JOB_KEEP;
	while (input_more(in, in->begin_at + (uint64_t)(in->end - in->begin)))
		;
	ok(!in->last, "a stopped input does not claim to have ended");
	is_text(input_problem(in)->text, "", "a stop is no problem");
	ok(!input_progress(in, 1), "and progress tells");
	input_close(in);

	char *fifo = path_in("fifo");
	if (mkfifo(fifo, 0600))
		panic("no fifo");
	in = input_open(fifo, &how, &err);
	ok(in && !input_more(in, 0) && !in->last, "a FIFO that nobody writes to can be stopped");
	input_close(in);
	unlink(fifo);
	free(fifo);
	buf_fini(&gzip);
	buf_fini(&text);
}

int
main(void)
{
	if (!mkdtemp(folder))
		panic("no temporary folder");
	test_layers();
	test_damage();
	test_zstd();
	test_refused();
	test_files();
	test_whole();
	test_odd_files();
	test_shrinking();
	test_stop();
	static const char *const names[] = { "plain", "marked", "gzip", "secret", "shrinking" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = path_in(names[i]);
		unlink(path);
		free(path);
	}
	rmdir(folder);
	return done();
}
