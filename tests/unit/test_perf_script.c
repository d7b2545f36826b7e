/* SPDX-License-Identifier: MIT
 * perf script: lines taken apart; each sample of tests/data/perf-script gives what its .expect file says, however it is cut and fed;
 * what is left of truncated and broken ones.  With UPDATE_EXPECTED=1 in the environment the .expect files are written anew. */
#include "config.h"

#include "load/perf_script.h"

#include <inttypes.h>

#include "load/parallel.h"
#include "load/perf_line.h"
#include "load/probe.h"
#include "util/unit.h"
#include "tests/tap.h"
#include "tests/unit/dump.h"
#include "tests/unit/files.h"

static void
test_symbols(void)
{
	static const struct { const char *text, *name, *dso; } cases[] = {
		{ " main+0x20 (/opt/app)", "main", "/opt/app" },
		{ " main (/opt/app) ", "main", "/opt/app" },
		{ " [unknown] ([unknown])", "[unknown]", "[unknown]" },
		{ "  (/opt/app)", "", "/opt/app" },
		{ " foo(int, char*)+0x1 (/opt/a b/app (deleted))", "foo(int, char*)", "/opt/a b/app (deleted)" },
		{ " f (/opt/a(b)", "f", "/opt/a(b" },
		{ " f(int) (/opt/a)b)", "f(int)", "/opt/a)b" },
		{ " std::function<void (int)>::operator()(int) const (/opt/app)", "std::function<void (int)>::operator()(int) const",
		  "/opt/app" },
		{ " f+0xzz (/opt/app)", "f+0xzz", "/opt/app" },
		{ " start ([kernel.kallsyms].init.text)", "start", "[kernel.kallsyms].init.text" },
		{ " bar (inlined)", "bar", "" },
		{ " no_module", "no_module", "" },
		{ " (java) (/opt/app)", "(java)", "/opt/app" },
		{ "", "", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct perf_symbol symbol = perf_symbol_parse(str_of(cases[i].text));
		ok(str_equal(symbol.name, str_of(cases[i].name)) && str_equal(symbol.dso, str_of(cases[i].dso)), "'%s': '%.*s' in '%.*s'",
		   cases[i].text, (int)symbol.name.len, symbol.name.at, (int)symbol.dso.len, symbol.dso.at);
		is_int(symbol.inlined, strstr(cases[i].text, "(inlined)") != NULL, "inlined");
	}
}

static void
test_events(void)
{
	static const struct {
		const char *line, *comm, *thread, *event, *text;
		int64_t time_ns;
		double period;
	} cases[] = {
		{ "java 25607 4794564.109216: cycles:", "java", "java 25607", "cycles", "", 4794564109216000, -1 },
		{ "java 12688 [002] 6544038.708352: 235 cpu-clock:", "java", "java 12688", "cpu-clock", "", 6544038708352000, 235 },
		{ "V8 WorkerThread 24636/25607 [000] 94564.109216123: 100 cycles:", "V8 WorkerThread", "V8 WorkerThread 24636/25607", "cycles",
		  "", 94564109216123, 100 },
		{ "java 19983 cycles: ", "java", "java 19983", "cycles", "", -1, -1 },
		{ "java 19983          0 cycles: ", "java", "java 19983", "cycles", "", -1, 1 },
		{ "java 19983          1 cycles: ", "java", "java 19983", "cycles", "", -1, 1 },
		{ ":1234  1234/1234  [001]  10.000001:     250000 cycles:u: ", ":1234", ":1234  1234/1234", "cycles:u", "", 10000001000, 250000 },
		{ "worker 12  345 [000] 1.5: 7 cycles:P:", "worker 12", "worker 12  345", "cycles:P", "", 1500000000, 7 },
		{ "worker 12  345 cycles:", "worker 12", "worker 12  345", "cycles", "", -1, -1 },
		{ "swapper     0 [001]   10.000002:          1 sched:sched_switch: prev_comm=x prev_pid=0 [001] 7 2.5: z:", "swapper",
		  "swapper     0", "sched:sched_switch", "prev_comm=x prev_pid=0 [001] 7 2.5: z:", 10000002000, 1 },
		{ "app -1/-1 [000] 1.000000: 1 cpu/event=0x3c,umask=0x0/u:", "app", "app -1/-1", "cpu/event=0x3c,umask=0x0/u", "", 1000000000, 1 },
		{ "app 5/5 [000] KU 1.000000: 1 cycles:", "app", "app 5/5", "cycles", "", 1000000000, 1 },
		{ "app 5/5 2024-02-29 12:00:00.123456 1.000000: 1 cycles:", "app", "app 5/5", "cycles", "", 1000000000, 1 },
		{ "app 5/5 1.000000:  ", "app", "app 5/5", "", "", 1000000000, -1 },
		{ "app 5/5 [001]   401136 main (/opt/app)", "app", "app 5/5", "", "401136 main (/opt/app)", -1, -1 },
		{ "app 5/5 [001] 17   401136 main (/opt/app)", "app", "app 5/5", "", "401136 main (/opt/app)", -1, 17 },
		{ "      app  5 1.0: cycles:   401136 main (/opt/app)", "app", "app  5", "cycles", "401136 main (/opt/app)", 1000000000, -1 },
		{ "[VM:7 VCPU:0] qemu 5 1.0: cycles:", "qemu", "qemu 5", "cycles", "", 1000000000, -1 },
		{ "app 5 99999999999999999999.5: 1 cycles:", "app", "app 5", "cycles", "", -1, 1 },
	};
	static const char *const no_events[] = {
		"", "java", "java 12", "java 12 cycles", "12 cycles:", "java x cycles:", "app 5/ 1.5: cycles:", "this is nothing",
		"app 5 111111111111111111111 cycles:",
	};
	struct perf_event event;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *line = cases[i].line;
		if (!ok(perf_event_parse(str_of(line), &event), "'%s' is an event", line))
			continue;
		ok(str_equal(event.comm, str_of(cases[i].comm)) && str_equal(event.thread, str_of(cases[i].thread)), "name and thread: '%.*s'",
		   (int)event.thread.len, event.thread.at);
		ok(str_equal(event.event, str_of(cases[i].event)) && str_equal(event.text, str_of(cases[i].text)), "event '%.*s', text '%.*s'",
		   (int)event.event.len, event.event.at, (int)event.text.len, event.text.at);
		is_int(event.has_time ? event.time_ns : -1, cases[i].time_ns, "time");
		is_double(event.has_period ? event.period : -1, cases[i].period, 0, "period");
	}
	for (size_t i = 0; i < sizeof no_events / sizeof *no_events; i++)
		ok(!perf_event_parse(str_of(no_events[i]), &event), "'%s' is none", no_events[i]);
	ok(perf_event_parse(STR("perf 9 [001] 5.0: PERF_RECORD_MMAP -1/0: [0xff(0x1) @ 0]: x"), &event) && event.no_sample,
	   "a record that is no sample");
}

static void
test_sources(void)
{
	static const struct { const char *line, *file; uint32_t number; bool is; } cases[] = {
		{ "  main.c:40", "main.c", 40, true },     { "  /src/a b/x.c:7 ", "/src/a b/x.c", 7, true },
		{ "  ??:0", "", 0, true },                 { "  libc.so.6[29d90]", "", 0, true },
		{ "  ", "", 0, true },                     { "          ", "", 0, true },
		{ " main.c:40", "", 0, false },            { "   main.c:40", "", 0, false },
		{ "  main.c", "", 0, false },              { "  [unknown]", "", 0, false },
		{ "  :40", "", 0, false },                 { "", "", 0, false },
	};
	struct str file;
	uint32_t number;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool is = perf_source_parse(str_of(cases[i].line), &file, &number);
		ok(is == cases[i].is && (!is || (str_equal(file, str_of(cases[i].file)) && number == cases[i].number)), "source '%s'",
		   cases[i].line);
	}
}

static struct dataset *
load(struct str text, unsigned threads, size_t piece)
{
	struct error err = { 0 };
	struct input *in = input_open_memory("test", text, &(struct input_options){ 0 }, &err);
	struct sink *sink = sink_new(STR("test"));

	parallel_read(in, &load_perf_script, &(struct parallel_options){ .threads = threads, .piece = piece }, sink);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	input_close(in);
	dataset_seal(ds);
	return ds;
}

static void
add_frame(const struct dataset *ds, frame_id id, struct buf *out)
{
	static const char *const kinds[] = { "", " kernel", " jit", " inlined", " waker" };
	const struct frame *frame = &ds->frames[id];

	buf_add(out, frame_name(ds, id));
	buf_addf(out, " [%s%s", frame_module(ds, id).at, kinds[frame->kind]);
	if (frame->file != STR_EMPTY)
		buf_addf(out, " %s:%u", dataset_str(ds, frame->file).at, frame->line);
	buf_addc(out, ']');
}

/* Thread, time and weights, then the stack from its root, a frame a line. */
static struct buf
describe(const struct dataset *ds)
{
	struct buf out = { 0 };

	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		buf_addf(&out, "%s%s (%s)", i ? ", " : "types: ", dataset_str(ds, ds->sample_types[i].name).at,
		         dataset_str(ds, ds->sample_types[i].unit).at);
	for (sample_id sample = 0; sample < ds->samples.count; sample++) {
		frame_id frames[256];
		size_t depth = 0;
		buf_addf(&out, "\n%s @%" PRId64 ":", dataset_str(ds, ds->tracks[samples_track(&ds->samples, sample)].name).at,
		         samples_have_times(&ds->samples) ? samples_time(&ds->samples, sample) : 0);
		for (uint32_t i = 0; i < ds->sample_type_count; i++) {
			buf_addc(&out, ' ');
			number_format(samples_weight(&ds->samples, sample, i), &out);
		}
		for (stack_id at = samples_stack(&ds->samples, sample); at != ID_NONE && depth < 256; at = ds->stacks.parent[at])
			frames[depth++] = ds->stacks.frame[at];
		while (depth-- > 0) {
			buf_add(&out, STR("\n\t"));
			add_frame(ds, frames[depth], &out);
		}
	}
	for (uint32_t i = 0; i < ds->note_count; i++)
		buf_addf(&out, "\nnote %d x%" PRIu64 " line %" PRIu64 ": %s", (int)ds->notes[i].severity, ds->notes[i].count, ds->notes[i].line,
		         dataset_str(ds, ds->notes[i].text).at);
	buf_addc(&out, '\n');
	return out;
}

static void
write_expected(const char *path, const struct buf *text)
{
	FILE *file = fopen(path, "wb");

	if (file) {
		fwrite(text->at, 1, text->len, file);
		fclose(file);
	}
}

static void
test_sample(const char *path)
{
	char *expected = xasprintf("%.*s.expect", (int)(strlen(path) - strlen(".txt")), path);
	const char *name = strrchr(path, '/') + 1;
	struct buf text = { 0 }, want = { 0 };

	if (!file_read(path, &text))
		ok(false, "%s can be read", name);
	struct dataset *ds = load(buf_str(&text), 1, 0);
	struct buf got = describe(ds);
	if (getenv("UPDATE_EXPECTED"))
		write_expected(expected, &got);
	bool same = file_read(expected, &want) && str_equal(buf_str(&got), buf_str(&want));
	if (!ok(same, "%s", name))
		diag("got:\n%s", got.at);
	dataset_free(ds);
	buf_fini(&got);
	buf_fini(&want);
	buf_fini(&text);
	free(expected);
}

/* The same to the byte, however many threads there are and wherever the text is cut. */
static void
test_pieces(const struct names *samples)
{
	struct buf text = { 0 }, one = { 0 }, want = { 0 };

	for (unsigned round = 0; round < 8; round++)
		for (size_t i = 0; i < samples->len; i++)
			if (!strstr(samples->at[i], "broken") && file_read(samples->at[i], &one))
				buf_add(&text, buf_str(&one));
	for (unsigned round = 0; round < 32; round++) {
		unsigned threads = 1 + round % 8;
		size_t piece = round ? (size_t)37 << round / 3 : 0;
		struct dataset *ds = load(buf_str(&text), threads, piece);
		struct buf got = dump(ds);
		if (round == 0)
			want = got;
		else {
			ok(str_equal(buf_str(&got), buf_str(&want)), "%u threads, pieces of %zu bytes", threads, piece);
			buf_fini(&got);
		}
		dataset_free(ds);
	}
	buf_fini(&want);
	buf_fini(&one);
	buf_fini(&text);
}

static size_t
count_blocks(struct str text)
{
	size_t count = 0;

	for (size_t at = 0; at + 2 <= text.len; at++)
		count += memcmp(text.at + at, "\n\n", 2) == 0;
	return count;
}

/* Whatever stands before the cut is there, and a note says that something may be missing; between two blocks nobody can tell. */
static void
test_truncated(struct str text)
{
	int lost = 0, silent = 0;

	for (size_t part = 1; part < 16; part++) {
		struct str head = { text.at, text.len * part / 16 };
		struct dataset *ds = load(head, 1, 0);
		size_t blocks = count_blocks(head);
		lost += ds->samples.count < blocks || ds->samples.count > blocks + 1;
		silent += ds->note_count == 0 && !str_ends(head, STR("\n\n")) && ds->samples.count;
		dataset_free(ds);
	}
	is_int(lost, 0, "truncated at every sixteenth, the blocks before are there");
	is_int(silent, 0, "and it is said");
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void
test_mutations(struct str text, const char *name)
{
	char *bytes = xstrndup(text.at, text.len);
	uint32_t seed = 1;
	size_t samples = 0;

	for (int round = 0; round < 1000; round++) {
		size_t at = next_random(&seed) % text.len;
		char old = bytes[at];
		bytes[at] = round % 2 ? (char)next_random(&seed) : "\n \t():0[]/-+>"[next_random(&seed) % 13];
		struct dataset *ds = load((struct str){ bytes, text.len }, round % 2 ? 2 : 1, round % 3 ? 200 : 0);
		samples += ds->samples.count;
		dataset_free(ds);
		bytes[at] = old;
	}
	ok(samples > 0, "%s with any byte changed", name);
	free(bytes);
}

/* Nothing takes longer than it should: lines and stacks without end. */
static void
test_great(void)
{
	struct buf text = { 0 };

	buf_add(&text, STR("app 5/5 [001] 1.5: 1 cycles:\n"));
	for (int i = 0; i < 100000; i++)
		buf_addf(&text, "\t%x f%d (/opt/app)\n", i, i % 1000);
	struct dataset *ds = load(buf_str(&text), 4, 1000);
	ok(ds->samples.count == 1 && ds->stacks.count == 100001, "a stack of 100,000 frames");
	dataset_free(ds);

	static const char *const parts[] = { "1 ", "1: ", "1 [1] ", "[1]", "((", "))", " ( ", "->", "a->", " 1.5: ", "\t", "f " };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		buf_clear(&text);
		for (int block = 0; block < 3; block++) {
			buf_add(&text, STR("app 5/5 [001] 1.5: 1 cycles:\n\t1 f (/tmp/perf-1.map)\n\t1 "));
			for (int k = 0; k < 300000; k++)
				buf_add(&text, str_of(parts[i]));
			buf_add(&text, block ? STR("(/tmp/perf-1.map)\n") : STR("\n"));
			for (int k = 0; k < 300000; k++)
				buf_add(&text, str_of(parts[i]));
			buf_add(&text, STR("\n\n"));
		}
		ds = load(buf_str(&text), 1, 0);
		ok(ds->samples.count >= 3, "lines of '%s'", parts[i]);
		dataset_free(ds);
	}
	buf_fini(&text);
}

static bool
is_detected(struct str text)
{
	struct prober prober = { 0 };
	const struct load_format *rival = NULL;

	prober_look(&prober, text, true);
	bool is = probe_best(&prober.seen, &rival) == &load_perf_script && !rival;
	prober_fini(&prober);
	return is;
}

/* Its own samples are won, and nothing else that looks a little like it. */
static void
test_detection(const struct names *samples)
{
	static const char *const others[] = {
		"main;a 1\nmain;b 2\n",
		"main 1\nmain;a b 12: 3\n",
		"Jan  1 00:00:00 host kernel: [   12.345678] usb 1-1: new device\nJan  1 00:00:01 host app[12]: started\n",
		"# tracer: function\n#\n            bash-123   [001] d...  12.345678: sched_switch: prev_comm=bash\n",
		"2024-01-01 12:00:00 5 1.5: done\nand this is prose\nwith more of it\n",
		"events: Ir\nfn=main\n16 400\n",
		"user 12 items:\nother 13 items:\n",
	};
	struct buf text = { 0 };

	for (size_t i = 0; i < samples->len; i++)
		if (file_read(samples->at[i], &text))
			ok(is_detected(buf_str(&text)), "%s is detected", strrchr(samples->at[i], '/') + 1);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ok(!is_detected(str_of(others[i])), "other text %zu is not", i);
	buf_fini(&text);
}

int
main(void)
{
	const char *top = getenv("top_srcdir");
	char *folder = xasprintf("%s/tests/data/perf-script", top ? top : ".");
	struct names samples = { 0 };
	struct buf text = { 0 };

	test_symbols();
	test_events();
	test_sources();
	folder_list(folder, ".txt", &samples);
	ok(samples.len >= 7, "there are samples");
	for (size_t i = 0; i < samples.len; i++)
		test_sample(samples.at[i]);
	test_pieces(&samples);
	test_detection(&samples);
	for (size_t i = 0; i < samples.len; i++) {
		if (!file_read(samples.at[i], &text))
			continue;
		test_mutations(buf_str(&text), strrchr(samples.at[i], '/') + 1);
		if (strstr(samples.at[i], "chains.txt"))
			test_truncated(buf_str(&text));
	}
	test_great();
	buf_fini(&text);
	names_free(&samples);
	free(folder);
	return done();
}
