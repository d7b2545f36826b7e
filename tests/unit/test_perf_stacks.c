/* SPDX-License-Identifier: MIT
 * Stacks of real `perf script` outputs against what the folding scripts of others made of them, to the byte.
 *
 * What is ours is written their way first (doc/formats.md tells why ours is another): one place each below. */
#include "config.h"

#include <unistd.h>
#include <zlib.h>

#include "analysis/build.h"
#include "export/export.h"
#include "load/load.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/unit.h"
#include "tests/tap.h"

enum style {
	KERNEL  = 1,     /* _[k] behind the kernel's */
	JIT     = 2,     /* _[j] behind just-in-time compiled ones */
	PID     = 4,     /* the process number behind the name of the process; the L of Java's classes stays */
	TID     = 8,     /* and the thread's */
	INFERNO = 16,    /* written by inferno, the others by stackcollapse-perf.pl */
	BLANKS  = 32,    /* has symbols without any text, which are a blank there */
	OURS    = 64,    /* as spanfire exports them, instead of all that */
};

static const struct { const char *input, *expected; unsigned style; } cases[] = {
	{ "firefox-graphviz.perf.gz", "firefox-graphviz.perf.stackcollapse-perf.folded", 0 },
	{ "firefox-test.perf.gz", "firefox-test.perf.stackcollapse-perf.folded", 0 },
	{ "flamegraph-example-perf-stacks.txt.gz", "../../folded/inferno-example-perf-stacks-collapsed.txt", INFERNO },
	{ "flamegraph-perf-cycles-instructions-01.txt", "perf-cycles-instructions-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-cycles-instructions-01.txt", "perf-cycles-instructions-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-cycles-instructions-01.txt", "perf-cycles-instructions-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-cycles-instructions-01.txt", "perf-cycles-instructions-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-dd-stacks-01.txt", "perf-dd-stacks-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-dd-stacks-01.txt", "perf-dd-stacks-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-dd-stacks-01.txt", "perf-dd-stacks-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-dd-stacks-01.txt", "perf-dd-stacks-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-funcab-cmd-01.txt", "perf-funcab-cmd-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-funcab-cmd-01.txt", "perf-funcab-cmd-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-funcab-cmd-01.txt", "perf-funcab-cmd-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-funcab-cmd-01.txt", "perf-funcab-cmd-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-iperf-stacks-pidtid-01.txt", "perf-iperf-stacks-pidtid-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-iperf-stacks-pidtid-01.txt", "perf-iperf-stacks-pidtid-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-iperf-stacks-pidtid-01.txt", "perf-iperf-stacks-pidtid-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-iperf-stacks-pidtid-01.txt", "perf-iperf-stacks-pidtid-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-java-faults-01.txt", "perf-java-faults-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-java-faults-01.txt", "perf-java-faults-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-java-faults-01.txt", "perf-java-faults-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-java-faults-01.txt", "perf-java-faults-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-java-stacks-01.txt", "perf-java-stacks-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-java-stacks-01.txt", "perf-java-stacks-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-java-stacks-01.txt", "perf-java-stacks-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-java-stacks-01.txt", "perf-java-stacks-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-mirageos-stacks-01.txt", "perf-mirageos-stacks-01-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-mirageos-stacks-01.txt", "perf-mirageos-stacks-01-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-mirageos-stacks-01.txt", "perf-mirageos-stacks-01-collapsed-pid.txt", PID },
	{ "flamegraph-perf-mirageos-stacks-01.txt", "perf-mirageos-stacks-01-collapsed-tid.txt", TID },
	{ "flamegraph-perf-rust-Yamakaky-dcpu.txt", "perf-rust-Yamakaky-dcpu-collapsed-all.txt", KERNEL | JIT },
	{ "flamegraph-perf-rust-Yamakaky-dcpu.txt", "perf-rust-Yamakaky-dcpu-collapsed-kernel.txt", KERNEL },
	{ "flamegraph-perf-rust-Yamakaky-dcpu.txt", "perf-rust-Yamakaky-dcpu-collapsed-pid.txt", PID },
	{ "flamegraph-perf-rust-Yamakaky-dcpu.txt", "perf-rust-Yamakaky-dcpu-collapsed-tid.txt", TID },
	{ "flamegraph-perf-vertx-stacks-01.txt", "perf-vertx-stacks-01-collapsed-all.txt", KERNEL | JIT | BLANKS },
	{ "flamegraph-perf-vertx-stacks-01.txt", "perf-vertx-stacks-01-collapsed-kernel.txt", KERNEL | BLANKS },
	{ "flamegraph-perf-vertx-stacks-01.txt", "perf-vertx-stacks-01-collapsed-pid.txt", PID | BLANKS },
	{ "flamegraph-perf-vertx-stacks-01.txt", "perf-vertx-stacks-01-collapsed-tid.txt", TID | BLANKS },
	{ "gprof2dot-issue28.perf", "gprof2dot-issue28.perf.stackcollapse-perf.folded", 0 },
	{ "gprof2dot-xwax.perf.gz", "gprof2dot-xwax.perf.stackcollapse-perf.folded", BLANKS },
	{ "inferno-cpp-stacks-std-function.txt", "inferno-cpp-stacks-std-function-collapsed.txt", INFERNO },
	{ "inferno-go-stacks.txt", "inferno-go-stacks-collapsed.txt", INFERNO },
	{ "inferno-java-inline.txt", "inferno-java-inline-collapsed.txt", INFERNO },
	{ "inferno-single-event.txt", "inferno-single-event-collapsed.txt", INFERNO },
	{ "inferno-versioned-vmlinux.txt", "inferno-versioned-vmlinux-collapsed-kernel.txt", KERNEL | INFERNO },
	{ "speedscope-forks.linux-perf.txt", "speedscope-forks.linux-perf.txt.stackcollapse-perf.folded", 0 },
	{ "speedscope-simple-with-header.linux-perf.txt", "speedscope-simple-with-header.linux-perf.txt.stackcollapse-perf.folded", 0 },
	{ "speedscope-system-wide.linux-perf.txt", "speedscope-system-wide.linux-perf.txt.stackcollapse-perf.folded", 0 },
};

/* Lines "stack weight". */
struct line {
	char  *stack;
	double weight;
};

struct lines { VEC(struct line); };

static void
lines_fini(struct lines *lines)
{
	for (size_t i = 0; i < lines->len; i++)
		free(lines->at[i].stack);
	vec_fini(lines);
}

static int
by_stack(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->stack, ((const struct line *)b)->stack);
}

/* Equal stacks are one; as text. */
static struct buf
lines_text(struct lines *lines)
{
	struct buf out = { 0 };

	if (lines->len)
		qsort(lines->at, lines->len, sizeof *lines->at, by_stack);
	for (size_t i = 0; i < lines->len;) {
		const char *stack = lines->at[i].stack;
		double weight = 0;
		for (; i < lines->len && strcmp(lines->at[i].stack, stack) == 0; i++)
			weight += lines->at[i].weight;
		if (weight == 0)
			continue;
		buf_add(&out, str_of(stack));
		buf_addc(&out, ' ');
		number_format(weight, &out);
		buf_addc(&out, '\n');
	}
	buf_add(&out, STR(""));
	return out;
}

static struct buf
read_file(const char *path)
{
	gzFile file = gzopen(path, "rb");
	struct buf text = { 0 };
	char bytes[65536];
	int got;

	while (file && (got = gzread(file, bytes, sizeof bytes)) > 0)
		buf_add(&text, (struct str){ bytes, (size_t)got });
	if (file)
		gzclose(file);
	buf_add(&text, STR(""));
	return text;
}

/* Half mangled names of Rust, which inferno reads: "$LT$" and the like, and no hash at the end. */
static void
mend_rust(struct str name, struct buf *out)
{
	static const struct { struct str code; char c; } codes[] = {
		{ { "$LT$", 4 }, '<' }, { { "$GT$", 4 }, '>' }, { { "$u7b$", 5 }, '{' }, { { "$u7d$", 5 }, '}' },
	};
	bool hash = name.len > 19 && memcmp(name.at + name.len - 19, "::h", 3) == 0;

	if (!hash) {
		buf_add(out, name);
		return;
	}
	for (size_t i = 0; i < name.len - 19;) {
		size_t code = 0;
		while (code < 4 && !str_starts((struct str){ name.at + i, name.len - i }, codes[code].code))
			code++;
		buf_addc(out, code < 4 ? codes[code].c : name.at[i]);
		i += code < 4 ? codes[code].code.len : 1;
	}
}

/* "net/http.(*Client).Do" */
static bool
is_go_method(struct str name)
{
	bool opened = false;

	for (size_t i = 1; i < name.len; i++) {
		opened |= name.at[i] == '(' && name.at[i - 1] == '.';
		if (opened && name.at[i] == '.' && name.at[i - 1] == ')')
			return true;
	}
	return false;
}

/* Their way with a name: no arguments unless it looks like Go's methods, no quotes, no L in front of Java's classes. */
static void
tidy_name(struct str name, unsigned style, struct buf *out)
{
	bool go = is_go_method(name);
	bool java = name.len && name.at[0] == 'L' && memchr(name.at, '/', name.len) && !(style & (PID | TID));
	int angles = 0;

	for (size_t i = java; i < name.len; i++) {
		char c = name.at[i];
		angles += c == '<' ? 1 : c == '>' ? -1 : 0;
		bool arguments = c == '(' && !go && !((style & INFERNO) && angles > 0);
		if (arguments && !str_starts((struct str){ name.at + i, name.len - i }, STR("(anonymous namespace)")))
			break;
		if ((c != '"' && c != '\'') || (style & INFERNO))
			buf_addc(out, c == ';' ? ':' : c);
	}
}

/* A frame as theirs, with the marks that style asks for. */
static void
add_frame(const struct dataset *ds, frame_id id, unsigned style, struct buf *out)
{
	const struct frame *frame = &ds->frames[id];
	struct str name = frame_name(ds, id), module = frame_module(ds, id);
	/* Unknown symbols of a module whose name is in brackets already get a second pair. */
	bool twice = str_equal(name, module) && name.len && name.at[0] == '[';
	/* All that stands in brackets but what is known not to be code is the kernel's there. */
	bool kernel = frame->kind == FRAME_KERNEL || (module.len && module.at[0] == '[');
	struct buf mended = { 0 };

	buf_addc(out, ';');
	if (style & OURS) {
		for (size_t i = 0; i < name.len; i++)
			buf_addc(out, name.at[i] == ';' ? ',' : name.at[i]);
		return;
	}
	if ((style & BLANKS) && name.len && name.at[0] == '[') {
		buf_addc(out, '?');
	} else {
		buf_add(out, twice ? STR("[") : STR(""));
		if (style & INFERNO)
			mend_rust(name, &mended);
		tidy_name(mended.len ? buf_str(&mended) : name, style, out);
		buf_add(out, twice ? STR("]") : STR(""));
	}
	if (frame->kind == FRAME_INLINED && module.len)    /* only those with an arrow, which have a module, are marked */
		buf_add(out, STR("_[i]"));
	else if (kernel && (style & KERNEL))
		buf_add(out, STR("_[k]"));
	else if (frame->kind == FRAME_JIT && (style & JIT))
		buf_add(out, STR("_[j]"));
	buf_fini(&mended);
}

/* Theirs, with a question mark for what has no name: a blank, or a module in brackets. */
static struct buf
blanks_marked(const struct buf *text)
{
	struct buf out = { 0 };
	bool begins = false;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->at[i];
		size_t len = strcspn(text->at + i, ";\n");
		const char *close = begins && c == '[' ? memchr(text->at + i, ']', len) : NULL;
		if (begins && c == ' ' && strchr("; ", text->at[i + 1])) {
			buf_addc(&out, '?');
		} else if (close) {
			while (close[1] == ']')
				close++;
			buf_addc(&out, '?');
			i = (size_t)(close - text->at);
		} else {
			buf_addc(&out, c);
		}
		begins = c == ';';
	}
	return out;
}

/* "my_worker-12/13"; a process number that is not known is "?". */
static void
add_root(const struct dataset *ds, sample_id sample, struct str comm, unsigned style, struct buf *out)
{
	struct str thread = dataset_str(ds, ds->tracks[samples_track(&ds->samples, sample)].name);
	struct str ids = { thread.at + comm.len + 1, thread.len - comm.len - 1 };
	const char *slash = memchr(ids.at, '/', ids.len);
	struct str pid = slash ? (struct str){ ids.at, (size_t)(slash - ids.at) } : STR("?");
	struct str tid = slash ? (struct str){ slash + 1, ids.len - pid.len - 1 } : ids;

	for (size_t i = 0; i < comm.len; i++)
		buf_addc(out, comm.at[i] == ' ' && !(style & OURS) ? '_' : comm.at[i]);
	if (style & (PID | TID))
		buf_addf(out, "-%.*s", (int)pid.len, pid.at);
	if (style & TID)
		buf_addf(out, "/%.*s", (int)tid.len, tid.at);
}

static struct buf
fold(const struct dataset *ds, unsigned style)
{
	struct lines lines = { 0 };
	struct { VEC(frame_id); } stack = { 0 };

	for (sample_id sample = 0; sample < ds->samples.count; sample++) {
		double weight = samples_weight(&ds->samples, sample, 0);
		struct buf text = { 0 };
		stack.len = 0;
		for (stack_id at = samples_stack(&ds->samples, sample); at != ID_NONE; at = ds->stacks.parent[at])
			vec_push(&stack, ds->stacks.frame[at]);
		add_root(ds, sample, frame_name(ds, stack.at[stack.len - 1]), style, &text);
		for (size_t i = stack.len - 1; i-- > 0;)
			if (frame_name(ds, stack.at[i]).at[0] != '(' || (style & OURS))    /* they take "(anonymous namespace)::f" for a process */
				add_frame(ds, stack.at[i], style, &text);
		vec_push(&lines, (struct line){ text.at, weight });
	}
	struct buf out = lines_text(&lines);
	lines_fini(&lines);
	vec_fini(&stack);
	return out;
}

static void
check_text(const struct buf *got, const struct buf *want, const char *what)
{
	size_t at = 0, line = 0;

	if (ok(got->len > 0 && str_equal(buf_str(got), buf_str(want)), "%s", what))
		return;
	while (at < got->len && at < want->len && got->at[at] == want->at[at])
		if (got->at[at++] == '\n')
			line = at;
	diag("got:  %.*s", (int)strcspn(got->at + line, "\n"), got->at + line);
	diag("want: %.*s", (int)strcspn(want->at + line, "\n"), want->at + line);
}

static struct dataset *
load(struct str text)
{
	char path[] = "/tmp/spanfire-test-XXXXXX";
	int fd = mkstemp(path);
	struct error err = { 0 };
	struct dataset *ds = NULL;

	if (fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len)
		ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .threads = 2, .mangled = true }, &err);
	if (!ds)
		diag("%s", err.text);
	close(fd);
	unlink(path);
	return ds;
}

/* The text without a last stack that no empty line ends. */
static struct str
whole_blocks(struct str text)
{
	while (text.len > 1 && memcmp(text.at + text.len - 2, "\n\n", 2) != 0)
		text.len--;
	return text;
}

/* Theirs sorted anew, since marks have changed the order, and equal stacks added up. */
static struct buf
sorted(const struct buf *text)
{
	struct lines lines = { 0 };

	for (const char *at = text->at; *at;) {
		const char *end = at + strcspn(at, "\n"), *space = end;
		while (space > at && *--space != ' ')
			;
		vec_push(&lines, (struct line){ xstrndup(at, (size_t)(space - at)), strtod(space, NULL) });
		at = end + (*end == '\n');
	}
	struct buf out = lines_text(&lines);
	lines_fini(&lines);
	return out;
}

static struct buf
expectation(const char *path, unsigned style)
{
	struct buf text = read_file(path);

	if (!(style & BLANKS))
		return text;
	struct buf marked = blanks_marked(&text), out = sorted(&marked);
	buf_fini(&text);
	buf_fini(&marked);
	return out;
}

/* What spanfire export --to folded writes: the same stacks and weights, before any of this. */
static void
check_export(struct dataset *ds, const char *name)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct export_report report = { 0 };
	struct error err = { 0 };
	struct buf got = { 0 }, want = fold(ds, OURS);
	size_t len = 0;

	spec.merge = MERGE_MERGED;
	struct tree *tree = tree_build(cache, &spec, NULL);
	FILE *memory = open_memstream(&got.at, &len);
	if (!export_format_find(STR("folded"))->write(&(struct export_subject){ .tree = tree, .ds = ds }, memory, &report, &err))
		diag("%s", err.text);
	fclose(memory);
	got.len = len;
	check_text(&got, &want, name);
	tree_free(tree);
	build_cache_free(cache);
	buf_fini(&want);
	free(got.at);
}

int
main(void)
{
	const char *corpus = corpus_path();

	if (!corpus) {
		skip(1, "no corpus");
		return done();
	}
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *input = xasprintf("%s/perf-script/%s", corpus, cases[i].input);
		char *expected = xasprintf("%s/perf-script/expected/%s", corpus, cases[i].expected);
		struct buf text = read_file(input), want = expectation(expected, cases[i].style);
		struct str used = cases[i].style & INFERNO ? buf_str(&text) : whole_blocks(buf_str(&text));
		struct dataset *ds = load(used);
		if (ds) {
			struct buf got = fold(ds, cases[i].style);
			check_text(&got, &want, cases[i].expected);
			if (i == 0 || strcmp(cases[i].input, cases[i - 1].input) != 0)
				check_export(ds, cases[i].input);
			buf_fini(&got);
		}
		dataset_free(ds);
		buf_fini(&text);
		buf_fini(&want);
		free(input);
		free(expected);
	}
	return done();
}
