/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/load.h"

#include <fcntl.h>
#include <unistd.h>

#include "load/format.h"
#include "load/parallel.h"
#include "load/probe.h"
#include "util/alloc.h"
#include "util/unit.h"
#include "tests/tap.h"
#include "tests/unit/dump.h"

static char folder[] = "/tmp/spanfire-test-XXXXXX";

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

static struct dataset *
load_text(struct str text, const struct load_options *options, struct error *err)
{
	char *path = write_file("input", text);
	struct dataset *ds = load_files((const char *const[]){ path }, 1, options, err);

	unlink(path);
	free(path);
	return ds;
}

/* "a;b=3 a;c=1 | note x2": samples in order, then notes with their counts. */
static struct buf
summary(const struct dataset *ds)
{
	struct buf out = { 0 };
	struct { VEC(frame_id); } path = { 0 };

	for (sample_id i = 0; i < ds->samples.count; i++) {
		path.len = 0;
		for (stack_id s = samples_stack(&ds->samples, i); s != ID_NONE; s = ds->stacks.parent[s])
			vec_push(&path, ds->stacks.frame[s]);
		for (size_t k = path.len; k-- > 0; ) {
			text_escape(frame_name(ds, path.at[k]), &out);
			static const char marks[] = "\0kjiw";
			if (ds->frames[path.at[k]].kind)
				buf_addf(&out, "{%c}", marks[ds->frames[path.at[k]].kind]);
			if (k)
				buf_addc(&out, ';');
		}
		buf_addc(&out, '=');
		number_format(samples_weight(&ds->samples, i, 0), &out);
		buf_addc(&out, ' ');
	}
	for (uint32_t i = 0; i < ds->note_count; i++) {
		struct str text = dataset_str(ds, ds->notes[i].text);
		buf_addf(&out, "| %.*s x%" PRIu64 " @%" PRIu64 " ", (int)text.len, text.at, ds->notes[i].count, ds->notes[i].line);
	}
	if (out.len)
		out.len--;
	buf_add(&out, STR(""));
	vec_fini(&path);
	return out;
}

#define COMMENT "a comment line: left out"
#define NO_COUNT "a line does not end in a count: left out"

static const struct { const char *what; struct str text; const char *want; } cases[] = {
	{ "one line", STR("main 10\n"), "main=10" },
	{ "a last line that may be cut", STR("main 10"), "main=10 | no newline ends the last line: it may have been cut short x1 @1" },
	{ "stacks", STR("a;b;c 1\na;b;c 1\na;b;d 4\na;b 5\n"), "a;b;c=1 a;b;c=1 a;b;d=4 a;b=5" },
	{ "CRLF", STR("a;b 1\r\na;c 2\r\n"), "a;b=1 a;c=2" },
	{ "fractions", STR("a;b 31.23\na 6.1\na 0.5\na 7. \n"), "a;b=31.23 a=6.1 a=0.5 a=7" },
	{ "exponents", STR("a;b 1e3\na 2.5E-1\na +4\n"), "a;b=1000 a=0.25 a=4" },
	{ "great counts", STR("a;b 9007199254740993\na 12345678901234567890\n"), "a;b=9007199254740992 a=12345678901234567000" },
	{ "spaces in frames", STR("a;operator new(unsigned long) 3\n"), "a;operator new(unsigned long)=3" },
	{ "blanks before and after", STR("  a;b \t 3 \t\n"), "a;b=3" },
	{ "a frame that ends in a number", STR("foo;bar 2 10\nfoo 1\n"), "foo;bar 2=10 foo=1" },
	{ "comments", STR("# a comment: 42\na;b 1\n#\n"), "a;b=1 | " COMMENT " x2 @1" },
	{ "lines without a count", STR("a;b 1\nwhat is this\na;c 2\n// five\n"), "a;b=1 a;c=2 | " NO_COUNT " x2 @2" },
	{ "a number alone is a frame", STR("a;b 1\n55\n"), "a;b=1 | " NO_COUNT " x1 @2" },
	{ "an indented number alone belongs to the root", STR("a;b 1\n 55\n"), "a;b=1 =55" },
	{ "kinds", STR("a;b_[k];c_[j];d_[i];e_[w];_[k];f_[x] 1\n"), "a;b_[k]{k};c_[j]{j};d_[i]{i};e_[w]{w};_[k];f_[x]=1" },
	{ "empty frames", STR("a;;b 1\n;a 2\na; 3\n"), "a;;b=1 ;a=2 a;=3" },
	{ "separators between chained stacks", STR("a;--;b 1\n"), "a;--;b=1" },
	{ "blank lines", STR("\n\n  \na;b 1\n\n"), "a;b=1" },
	{ "invalid UTF-8", STR("a;\xff\xfe;b 1\n"), "a;\\xff\\xfe;b=1" },
	{ "NUL bytes", STR("a;x\0y;b 1\na;b 2\n"), "a;x\\x00y;b=1 a;b=2" },
	{ "escape sequences", STR("a;\33[2J;b 1\n"), "a;\\x1b[2J;b=1" },
	{ "names with brackets first", STR("[unknown];main 1\n[unknown];x 2\n"), "[unknown];main=1 [unknown];x=2" },
	{ "negative counts", STR("a;b 1\na;c -2\n"), "a;b=1 | a line has a negative count: left out x1 @2" },
	{ "counts beyond all numbers", STR("a;b 1\na;c 1e999\n"), "a;b=1 | a line has a count too large to be a number: left out x1 @2" },
	{ "more bad lines than not", STR("<module> (a.py:24) 7\n 123\n<module> (a.py:123)\n<module> (a.py:25) 421\nnothing here"),
	  "<module> (a.py:24)=7 =123 <module> (a.py:25)=421 | " NO_COUNT " x1 @3 | the input ends in the middle of a line: left out x1 @5" },
	{ "zero", STR("a;b 0\n"), "a;b=0" },
	{ "no counts at all", STR("a;b\na;c\na;b;c\n"), "a;b=1 a;c=1 a;b;c=1 | no line has a count: each line counts as one sample x1 @0" },
	{ "shared starts of frames", STR("a;bc;d 1\na;b;d 2\na;bc 3\na 4\na;bc;d;e 5\n"), "a;bc;d=1 a;b;d=2 a;bc=3 a=4 a;bc;d;e=5" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error err = { 0 };
		struct dataset *ds = load_text(cases[i].text, &(struct load_options){ .threads = 1 }, &err);
		if (!ds) {
			is_text(err.text, cases[i].want, cases[i].what);
			continue;
		}
		struct buf got = summary(ds);
		is_text(got.at, cases[i].want, cases[i].what);
		buf_fini(&got);
		dataset_free(ds);
	}
}

/* The same input in pieces of any size, in one thread or several. */
static void
test_pieces(void)
{
	struct buf text = { 0 }, want = { 0 };
	uint64_t state = 1;

	for (int i = 0; i < 3000; i++) {
		state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
		unsigned r = (unsigned)(state >> 33);
		if (r % 50 == 0)
			buf_addf(&text, "%s\n", r % 100 ? "# comment" : "no count here");
		else
			buf_addf(&text, "main;f%u;g%u;h%u_[k] %u\n", r % 3, r / 3 % 7, r / 21 % 40, r % 1000);
	}
	for (unsigned round = 0; round < 24; round++) {
		struct error err = { 0 };
		struct input *in = input_open_memory("x", buf_str(&text), &(struct input_options){ 0 }, &err);
		struct sink *sink = sink_new(STR("x"));
		struct parallel_options how = { .threads = 1 + round % 8, .piece = round ? 1u << (round / 2 + 3) : 0 };
		parallel_read(in, &load_folded, &how, sink);
		struct dataset *ds = sink_take(sink);
		dataset_seal(ds);
		struct buf got = dump(ds);
		if (round == 0)
			want = got;
		else {
			ok(str_equal(buf_str(&got), buf_str(&want)), "%u threads, pieces of %zu bytes", how.threads, how.piece);
			buf_fini(&got);
		}
		dataset_free(ds);
		sink_free(sink);
		input_close(in);
	}
	buf_fini(&want);
	buf_fini(&text);
}

/* UTF-16 that ends in half a character: half a line is left out, and no whole one, however small the pieces are. */
static void
test_cut_pieces(void)
{
	static const char lines[] = "a;long;name 1\nb 2\nc 3\nhalf 4";
	struct buf text = { 0 };

	buf_add(&text, STR("\xff\xfe"));
	for (size_t i = 0; i < sizeof lines - 1; i++)
		buf_add(&text, (struct str){ (const char[]){ lines[i], 0 }, 2 });
	buf_addc(&text, 'x');
	for (size_t piece = 1; piece <= 32; piece++) {
		struct error err = { 0 };
		struct input *in = input_open_memory("x", buf_str(&text), &(struct input_options){ .spool_limit = 4096 }, &err);
		struct sink *sink = sink_new(STR("x"));

		parallel_read(in, &load_folded, &(struct parallel_options){ .threads = 1, .piece = piece }, sink);
		is_int(sink_dataset(sink)->samples.count, 3, "whole lines before a cut");
		sink_free(sink);
		input_close(in);
	}
	buf_fini(&text);
}

static double
total(const struct dataset *ds)
{
	double sum = 0;

	for (sample_id i = 0; i < ds->samples.count; i++)
		sum += samples_weight(&ds->samples, i, 0);
	return sum;
}

static const struct { const char *name; double total; unsigned frames; } corpus[] = {
	{ "async-profiler-sample1.collapsed", 185, 30 },
	{ "firefox-flamegraph.txt", 152364, 154 },
	{ "flamelens-ignore-metadata-lines.txt", 7, 1 },
	{ "flamelens-py-spy-simple.txt", 657, 7 },
	{ "flamelens-recursive.txt", 190, 7 },
	{ "flameshow-flameshow-pyspy-dump.txt", 334, 658 },
	{ "flameshow-with_comment.txt", 17063, 3 },
	{ "inferno-async-profiler-collapsed-part.txt", 3279, 170 },
	{ "inferno-austin.txt", 291, 0 },
	{ "inferno-dtrace-example.txt", 57441, 224 },
	{ "inferno-example-perf-stacks-collapsed.txt", 1315, 531 },
	{ "inferno-fractional.txt", 334.618, 0 },
	{ "inferno-ghcprof-utf8.txt", 1000, 13 },
	{ "inferno-narrow-blocks.txt", 386001, 14 },
	{ "inferno-perf-vertx-stacks-01-collapsed-all-unsorted.txt", 286, 230 },
	{ "inferno-tricky-stack.txt", 3, 3 },
	{ "inferno-with-space.txt", 334.618, 0 },
	{ "inferno-xctrace-basic.folded", 9581, 12 },
	{ "speedscope-alternating.txt", 182, 4 },
	{ "speedscope-perf-vertx-stacks-01-collapsed-all.txt", 285, 229 },
	{ "speedscope-recursion.txt", 10, 3 },
	{ "speedscope-simple-crlf.txt", 14, 4 },
	{ "speedscope-simple-utf16-le.txt", 14, 4 },
	{ "speedscope-simple-with-invalids.txt", 14, 4 },
	{ "speedscope-simple.txt", 14, 4 },
};

static void
test_corpus(void)
{
	size_t count = sizeof corpus / sizeof *corpus;

	if (!corpus_path()) {
		skip((int)(2 * count), "no corpus");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct error err = { 0 };
		char *path = xasprintf("%s/folded/%s", corpus_path(), corpus[i].name);
		struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, &err);
		if (!ds) {
			ok(false, "%s: %s", corpus[i].name, err.text);
			continue;
		}
		is_double(total(ds), corpus[i].total, 1e-6, corpus[i].name);
		if (corpus[i].frames)
			is_int(ds->frame_count, corpus[i].frames, corpus[i].name);
		else
			ok(ds->frame_count > 0, "%s: %u frames", corpus[i].name, ds->frame_count);
		dataset_free(ds);
		free(path);
	}
}

static void
test_great(void)
{
	struct buf text = { 0 };
	struct error err = { 0 };
	struct dataset *ds;

	for (int i = 0; i < 200000; i++)
		buf_addf(&text, "%sf%d", i ? ";" : "", i % 1000);
	buf_add(&text, STR(" 7\n"));
	ds = load_text(buf_str(&text), &(struct load_options){ 0 }, &err);
	ok(ds && ds->stacks.count == 200000 && ds->samples.count == 1, "200,000 levels of depth: %s", err.text);
	dataset_free(ds);

	buf_clear(&text);
	for (int i = 0; i < 100000; i++)
		buf_addf(&text, "main;sibling-%d 1\n", i);
	ds = load_text(buf_str(&text), &(struct load_options){ .threads = 4 }, &err);
	ok(ds && ds->stacks.count == 100001 && ds->samples.count == 100000, "100,000 siblings: %s", err.text);
	dataset_free(ds);

	buf_clear(&text);
	for (int i = 0; i < 10 << 20; i++)
		buf_addc(&text, (char)('a' + i % 26));
	buf_add(&text, STR(" 5\nmain;"));
	for (int i = 0; i < 10 << 20; i++)
		buf_addc(&text, (char)('a' + i % 26));
	buf_add(&text, STR(" 6\n"));
	ds = load_text(buf_str(&text), &(struct load_options){ 0 }, &err);
	ok(ds && ds->frame_count == 2 && total(ds) == 11, "names of 10 MB: %s", err.text);
	ok(ds && frame_name(ds, 0).len == 10 << 20, "are kept whole");
	dataset_free(ds);
	buf_fini(&text);
}

int
main(void)
{
	if (!mkdtemp(folder))
		panic("no temporary folder");
	test_cases();
	test_pieces();
	test_cut_pieces();
	test_corpus();
	test_great();
	rmdir(folder);
	return done();
}
