/* SPDX-License-Identifier: MIT
 * pprof profiles written here: what is read of them, what of odd, cut and changed ones. */
#include "config.h"

#include "load/pprof.h"

#include <inttypes.h>

#include "load/format.h"
#include "load/probe.h"
#include "load/proto.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/pprof_write.h"
#include "tests/unit/window.h"
#include "util/text.h"
#include "util/unit.h"

/* As text: types, then a line a sample, root first, then the notes. */

static void
describe_frame(const struct dataset *ds, frame_id id, struct buf *out)
{
	static const char *const kinds[] = { "", " kernel", " jit", " inlined", " waker" };
	const struct frame *frame = &ds->frames[id];
	struct str module = frame_module(ds, id), file = dataset_str(ds, frame->file);

	text_escape(frame_name(ds, id), out);
	if (module.len)
		buf_addf(out, " in %.*s", (int)module.len, module.at);
	if (file.len || frame->line)
		buf_addf(out, " at %.*s:%" PRIu32, (int)file.len, file.at, frame->line);
	buf_addf(out, "%s", kinds[frame->kind]);
}

static void
describe_labels(const struct dataset *ds, label_id label, struct buf *out)
{
	struct { VEC(label_id); } chain = { 0 };

	for (; label != ID_NONE; label = ds->labels[label].parent)
		vec_push(&chain, label);
	while (chain.len) {
		const struct label *one = &ds->labels[vec_pop(&chain)];
		struct str key = dataset_str(ds, one->key), value = dataset_str(ds, one->value), unit = dataset_str(ds, one->unit);
		buf_addf(out, " %.*s=%.*s%s%.*s", (int)key.len, key.at, (int)value.len, value.at, unit.len ? " " : "", (int)unit.len, unit.at);
	}
	vec_fini(&chain);
}

static struct buf
describe(const struct dataset *ds)
{
	struct buf out = { 0 };
	struct { VEC(frame_id); } stack = { 0 };

	for (uint32_t i = 0; i < ds->sample_type_count; i++) {
		struct str name = dataset_str(ds, ds->sample_types[i].name), unit = dataset_str(ds, ds->sample_types[i].unit);
		buf_addf(&out, "type %.*s/%.*s\n", (int)name.len, name.at, (int)unit.len, unit.at);
	}
	for (sample_id i = 0; i < ds->samples.count; i++) {
		for (stack_id at = samples_stack(&ds->samples, i); at != ID_NONE; at = ds->stacks.parent[at])
			vec_push(&stack, ds->stacks.frame[at]);
		while (stack.len) {
			describe_frame(ds, vec_pop(&stack), &out);
			buf_add(&out, stack.len ? STR(" > ") : STR(""));
		}
		buf_add(&out, STR(" ="));
		for (uint32_t k = 0; k < ds->sample_type_count; k++) {
			buf_addc(&out, ' ');
			number_format(samples_weight(&ds->samples, i, k), &out);
		}
		if (ds->samples.label)
			describe_labels(ds, ds->samples.label[i], &out);
		buf_addc(&out, '\n');
	}
	for (uint32_t i = 0; i < ds->note_count; i++) {
		struct str text = dataset_str(ds, ds->notes[i].text);
		buf_addf(&out, "%" PRIu64 "x %.*s\n", ds->notes[i].count, (int)text.len, text.at);
	}
	vec_fini(&stack);
	buf_add(&out, STR(""));
	return out;
}

static bool keep_dropped;

/* step 0: as a mapped file, in memory of exactly its size; else through a window that grows by so much. */
static struct dataset *
load(struct str bytes, size_t step)
{
	struct sink *sink = sink_new(STR("sample"));
	char *copy = xstrndup(bytes.at, bytes.len);
	char *exact = xreallocarray(copy, bytes.len ? bytes.len : 1, 1);
	struct window window;
	struct input in = { .begin = exact, .end = exact + bytes.len, .last = true, .mapped = true };

	if (keep_dropped)
		sink_keep_dropped(sink);
	if (step) {
		window_open(&window, (struct str){ exact, bytes.len }, step);
		load_pprof.read(&window.in, sink);
		window_close(&window);
	} else {
		load_pprof.read(&in, sink);
	}
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	free(exact);
	dataset_seal(ds);
	return ds;
}

static void
check(struct profile *profile, const char *want, const char *what)
{
	struct str bytes = buf_str(&profile->out);
	struct prober prober = { 0 };
	const struct load_format *rival = NULL;

	for (size_t step = 0; step <= 7; step += 7) {
		struct dataset *ds = load(bytes, step);
		struct buf got = describe(ds);
		is_text(got.at, want, what);
		buf_fini(&got);
		dataset_free(ds);
	}
	prober_look(&prober, bytes, true);
	ok(probe_best(&prober.seen, &rival) == &load_pprof && !rival, "%s: known by its bytes", what);
	prober_fini(&prober);
	buf_fini(&profile->out);
}

static void
inlined(void)
{
	struct profile p = { 0 };

	put_type(&p, "samples", "count");
	put_type(&p, "cpu", "nanoseconds");
	put_sample(&p, NUMBERS(2, 1), NUMBERS(3, 30));
	put_sample(&p, NUMBERS(1), NUMBERS(1, 10));
	put_mapping(&p, 1, 0x400000, 0, "/usr/bin/app");
	put_mapping(&p, 2, 0xffff0000, 0, "[kernel.kallsyms]");
	put_location(&p, 1, 1, 0x400010, NUMBERS(1));
	put_location(&p, 2, 1, 0x400020, NUMBERS(4, 3, 2));
	put_location(&p, 3, 2, 0xffff0010, NUMBERS(5));
	put_function(&p, 1, "main", "main", "app.c");
	put_function(&p, 2, "outer", "", "lib.c");
	put_function(&p, 3, "middle", "", "lib.c");
	put_function(&p, 4, "inner", "", "lib.h");
	put_function(&p, 5, "", "do_idle", "");
	put_sample(&p, NUMBERS(3, 2), NUMBERS(2, 20));
	put_strings(&p);
	check(&p,
		"type cpu/nanoseconds\ntype samples/count\n"
		"main in app at app.c:10 > outer in app at lib.c:20 > middle in app at lib.c:30 inlined > inner in app at lib.h:40 inlined = 30 3\n"
		"main in app at app.c:10 = 10 1\n"
		"outer in app at lib.c:20 > middle in app at lib.c:30 inlined > inner in app at lib.h:40 inlined > "
		"do_idle in [kernel.kallsyms] at :50 kernel = 20 2\n", "inlined lines are frames under their caller");
}

static void
types(void)
{
	static const struct { const char *named; bool zero_last; const char *want; } cases[] = {
		{ NULL, false, "type delay/nanoseconds\ntype allocs/count\ntype space/bytes\n = 7 5 6\n" },
		{ "space", false, "type space/bytes\ntype allocs/count\ntype delay/nanoseconds\n = 6 5 7\n" },
		{ "allocs", false, "type allocs/count\ntype space/bytes\ntype delay/nanoseconds\n = 5 6 7\n" },
		{ "nothing", false, "type delay/nanoseconds\ntype allocs/count\ntype space/bytes\n = 7 5 6\n" },
		{ NULL, true, "type space/bytes\ntype allocs/count\ntype delay/nanoseconds\n = 6 5 0\n" },
		{ "delay", true, "type delay/nanoseconds\ntype allocs/count\ntype space/bytes\n = 0 5 6\n"
		  "1x the default sample type is zero throughout: another one has to be chosen\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct profile p = { 0 };
		put_type(&p, "allocs", "count");
		put_type(&p, "space", "bytes");
		put_type(&p, "delay", "nanoseconds");
		put_sample(&p, NULL, 0, NUMBERS(5, 6, cases[i].zero_last ? 0 : 7));
		if (cases[i].named)
			put_varint(&p.out, 14, string(&p, cases[i].named));
		put_strings(&p);
		check(&p, cases[i].want, cases[i].named ? cases[i].named : "the last type is the default");
	}
	struct profile p = { 0 };
	put_type(&p, "cpu", "count");
	put_type(&p, "cpu", "count");
	put_type(&p, "cpu", "nanoseconds");
	put_sample(&p, NULL, 0, NUMBERS(1, 2, (uint64_t)-3));
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\ntype cpu/count\ntype cpu 2/count\n = -3 1 2\n"
		"1x two sample types have the same name and unit: the later one was given a number\n", "types of one name, and a negative value");

	uint64_t values[100];
	p = (struct profile){ 0 };
	for (size_t i = 0; i < 100; i++) {
		put_type(&p, "cpu", "count");
		values[i] = 1;
	}
	put_sample(&p, NULL, 0, values, 100);
	put_strings(&p);
	struct dataset *ds = load(buf_str(&p.out), 0);
	ok(ds->sample_type_count == 64 && ds->samples.count == 1, "of very many types the first 64 are read");
	dataset_free(ds);
	buf_fini(&p.out);
}

static void
labels(void)
{
	struct profile p = { 0 };
	struct buf one = sample(NUMBERS(1), NUMBERS(1)), two = sample(NUMBERS(1), NUMBERS(2)), three = sample(NUMBERS(1), NUMBERS(4));

	put_type(&p, "objects", "count");
	put_label(&p, &one, "thread", "worker", 0, NULL);
	put_label(&p, &one, "bytes", NULL, 512, NULL);
	put_label(&p, &one, "latency", NULL, -5, "milliseconds");
	put_label(&p, &two, "thread", "worker", 0, NULL);
	put_label(&p, &two, "thread", "main", 0, NULL);
	put_label(&p, &three, "zero", NULL, 0, NULL);
	struct buf bad = { 0 };
	put_varint(&bad, 1, 90);
	put_varint(&bad, 2, 91);
	put_message(&three, 3, &bad);
	put_message(&p.out, 2, &one);
	put_message(&p.out, 2, &two);
	put_message(&p.out, 2, &three);
	put_location(&p, 1, 0, 0x10, NULL, 0);
	put_strings(&p);
	check(&p, "type objects/count\n"
		"0x10 = 1 thread=worker bytes=512 bytes latency=-5 milliseconds\n"
		"0x10 = 2 thread=worker thread=main\n"
		"0x10 = 4 zero=0 =\n"
		"2x a label names a string that is not there\n", "labels of text and number, with units");
}

static void
addresses(void)
{
	struct profile p = { 0 };

	put_type(&p, "cpu", "nanoseconds");
	put_mapping(&p, 7, 0x1000, 0x200, "/lib/libc.so.6");
	put_mapping(&p, 8, 0x9000, 0, "");
	put_location(&p, UINT64_MAX, 7, 0x1234, NULL, 0);
	put_location(&p, 5, 8, 0x9001, NULL, 0);
	put_location(&p, 6, 0, 0xdeadbeef, NULL, 0);
	put_sample(&p, NUMBERS(UINT64_MAX, 5, 6), NUMBERS(1));
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\n0xdeadbeef > 0x9001 > libc.so.6+0x434 in libc.so.6 = 1\n",
		"without functions the place in the mapped file is the name");
}

static void
bad_ids(void)
{
	struct profile p = { 0 };

	put_type(&p, "cpu", "nanoseconds");
	put_location(&p, 1, 3, 0x10, NUMBERS(1));
	put_location(&p, 2, 0, 0x20, NUMBERS(44));
	put_location(&p, 1, 0, 0x30, NUMBERS(2));
	put_function(&p, 1, "first", "", "");
	put_function(&p, 1, "second", "", "");
	put_function(&p, 2, "third", "", "");
	put_sample(&p, NUMBERS(2, 99, 1, 0), NUMBERS(1));
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\n"
		"<unknown> > first at :10 > <unknown> > <unknown> = 1\n"
		"2x a location, function or mapping has the id of an earlier one: the first counts\n"
		"2x a sample names a location that is not there: shown as <unknown>\n"
		"1x a location names a mapping that is not there: it has no module\n"
		"1x a location names a function that is not there: shown as <unknown>\n", "ids that are not there or there twice");

	p = (struct profile){ 0 };
	put_type(&p, "cpu", "nanoseconds");
	put_mapping(&p, 0, 0x1000, 0, "app");
	put_location(&p, 0, 1, 0x10, NUMBERS(2));
	put_location(&p, 0, 1, 0x20, NUMBERS(1));
	put_function(&p, 0, "leaf", "", "");
	put_function(&p, 0, "root", "", "");
	put_sample(&p, NUMBERS(2, 1), NUMBERS(1));
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\nroot in app at :20 > leaf in app at :10 = 1\n"
		"5x a location, function or mapping has no id: numbered by its place\n", "records without ids");
}

static void
bad_values(void)
{
	struct profile p = { 0 };
	struct buf unpacked = { 0 }, broken = { 0 };

	put_type(&p, "samples", "count");
	put_type(&p, "cpu", "nanoseconds");
	put_sample(&p, NUMBERS(1), NUMBERS(1));
	put_sample(&p, NUMBERS(1), NUMBERS(1, 2, 3));
	put_varint(&unpacked, 2, 4);
	put_varint(&unpacked, 1, 1);
	put_packed(&unpacked, 2, NUMBERS(5));
	put_packed(&unpacked, 1, NUMBERS(1, 1));
	put_message(&p.out, 2, &unpacked);
	put_bytes(&broken, 2, STR("\x01\xff"));
	put_message(&p.out, 2, &broken);
	put_location(&p, 1, 0, 0x10, NUMBERS(1));
	put_function(&p, 1, "f", "", "");
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\ntype samples/count\nf at :10 > f at :10 > f at :10 = 5 4\n"
		"2x a sample has not one value for each sample type: it was skipped\n"
		"1x a sample is not valid protobuf: it was skipped\n", "values too few, too many, packed and not, and broken");

	p = (struct profile){ 0 };
	put_sample(&p, NUMBERS(1), NUMBERS(1));
	put_strings(&p);
	check(&p, "1x the profile names no sample types: nothing can be shown\n", "no sample types");
}

static void
bad_strings(void)
{
	struct profile p = { 0 };
	struct buf type = { 0 }, function = { 0 }, mapping = { 0 };

	put_varint(&type, 1, 70);
	put_varint(&type, 2, string(&p, "count"));
	put_message(&p.out, 1, &type);
	put_varint(&function, 1, 1);
	put_varint(&function, 2, 71);
	put_varint(&function, 4, (uint64_t)-1);
	put_message(&p.out, 5, &function);
	put_varint(&mapping, 1, 1);
	put_varint(&mapping, 5, 72);
	put_message(&p.out, 3, &mapping);
	put_location(&p, 1, 1, 0x10, NUMBERS(1));
	put_sample(&p, NUMBERS(1), NUMBERS(1));
	put_varint(&p.out, 7, 73);
	put_strings(&p);
	check(&p, "type <bad string 70>/count\n<bad string 71> in <bad string 72> at <bad string 18446744073709551615>:10 = 1\n"
		"1x the profile's drop_frames or keep_frames pattern is not valid: nothing is dropped\n"
		"3x a name is a string that is not there: shown as <bad string N>\n", "strings that are not there");
}

static void
dropped(void)
{
	static const struct { const char *drop, *keep, *want; } cases[] = {
		{ "malloc", "", "type space/bytes\nmain at :10 > operator() at :20 = 1\nmain at :10 = 2\nmalloc at :30 > main at :10 = 4\n"
			"malloc at :30 = 8\nmain at :10 > .alloc::(anonymous namespace)::run(int) at :40 = 16\n" },
		{ "alloc::.anonymous namespace.::run|operator..", "", "type space/bytes\nmain at :10 = 1\n"
			"main at :10 > malloc at :30 > main at :10 = 2\nmalloc at :30 > main at :10 = 4\nmalloc at :30 = 8\nmain at :10 = 16\n" },
		{ ".*a.*", "main", "type space/bytes\nmain at :10 = 1\nmain at :10 = 2\nmalloc at :30 > main at :10 = 4\nmalloc at :30 = 8\n"
			"main at :10 = 16\n" },
		{ "mall", "", "type space/bytes\nmain at :10 > operator() at :20 > malloc at :30 = 1\nmain at :10 > malloc at :30 > main at :10 = 2\n"
			"malloc at :30 > main at :10 = 4\nmalloc at :30 = 8\nmain at :10 > .alloc::(anonymous namespace)::run(int) at :40 = 16\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct profile p = { 0 };
		put_type(&p, "space", "bytes");
		put_varint(&p.out, 7, string(&p, cases[i].drop));
		put_varint(&p.out, 8, string(&p, cases[i].keep));
		put_function(&p, 1, "main", "", "");
		put_function(&p, 2, "operator()", "", "");
		put_function(&p, 3, "malloc", "", "");
		put_function(&p, 4, ".alloc::(anonymous namespace)::run(int)", "", "");
		for (uint64_t id = 1; id <= 4; id++)
			put_location(&p, id, 0, id, &id, 1);
		put_sample(&p, NUMBERS(3, 2, 1), NUMBERS(1));
		put_sample(&p, NUMBERS(1, 3, 1), NUMBERS(2));
		put_sample(&p, NUMBERS(1, 3), NUMBERS(4));
		put_sample(&p, NUMBERS(3), NUMBERS(8));
		put_sample(&p, NUMBERS(4, 1), NUMBERS(16));
		put_strings(&p);
		check(&p, cases[i].want, cases[i].drop);
	}
	keep_dropped = true;
	struct profile p = { 0 };
	put_type(&p, "space", "bytes");
	put_varint(&p.out, 7, string(&p, "main"));
	put_function(&p, 1, "main", "", "");
	put_location(&p, 1, 0, 1, NUMBERS(1));
	put_sample(&p, NUMBERS(1), NUMBERS(8));
	put_strings(&p);
	check(&p, "type space/bytes\nmain at :10 = 8\n", "a wish that is not granted");
	keep_dropped = false;
	p = (struct profile){ 0 };
	put_type(&p, "space", "bytes");
	put_varint(&p.out, 7, string(&p, "a(b"));
	put_sample(&p, NULL, 0, NUMBERS(8));
	put_strings(&p);
	check(&p, "type space/bytes\n = 8\n1x the profile's drop_frames or keep_frames pattern is not valid: nothing is dropped\n",
		"a pattern that is none");
}

static void
comments(void)
{
	struct profile p = { 0 };

	put_type(&p, "cpu", "nanoseconds");
	put_packed(&p.out, 13, NUMBERS(string(&p, "built by hand"), string(&p, "twice\nover")));
	put_varint(&p.out, 13, string(&p, "built by hand"));
	put_sample(&p, NULL, 0, NUMBERS(1));
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\n = 1\n2x comment: built by hand\n1x comment: twice over\n", "comments are notes");
}

static void
times(void)
{
	struct profile p = { 0 };
	struct buf type = { 0 };

	put_type(&p, "cpu", "nanoseconds");
	put_varint(&p.out, 9, UINT64_C(1700000000000000000));
	put_varint(&p.out, 10, 2500000000);
	put_varint(&type, 1, string(&p, "cpu"));
	put_varint(&type, 2, string(&p, "nanoseconds"));
	put_message(&p.out, 11, &type);
	put_varint(&p.out, 12, 10000000);
	put_sample(&p, NULL, 0, NUMBERS(1));
	put_strings(&p);
	check(&p, "type cpu/nanoseconds\n = 1\n1x recorded: 2023-11-14 22:13:20 UTC, for 2.5 s\n1x sampled: every 10 ms of cpu\n",
	      "when and how often");
}

/* Many lines in one location are a bound of what a byte can ask for. */
static void
deep(void)
{
	struct profile p = { 0 };
	uint64_t lines[1000], locations[200];

	for (size_t i = 0; i < 1000; i++)
		lines[i] = 1 + i % 2;
	for (size_t i = 0; i < 200; i++)
		locations[i] = 1;
	put_type(&p, "cpu", "nanoseconds");
	put_location(&p, 1, 0, 1, lines, 1000);
	put_function(&p, 1, "a", "", "");
	put_function(&p, 2, "b", "", "");
	put_sample(&p, locations, 200, NUMBERS(1));
	put_strings(&p);
	struct dataset *ds = load(buf_str(&p.out), 0);
	is_int(ds->stacks.count, 256 * 200, "of a location the inner 256 functions are read");
	ok(ds->note_count == 1, "and a note says so");
	dataset_free(ds);
	buf_fini(&p.out);
}

/* A profile of everything, for cutting and changing. */
static struct profile
full_profile(void)
{
	struct profile p = { 0 };

	put_type(&p, "samples", "count");
	put_type(&p, "cpu", "nanoseconds");
	put_mapping(&p, 1, 0x400000, 0, "/usr/bin/app");
	for (uint64_t id = 1; id <= 9; id++) {
		static const char *const names[] = { "main", "run", "step", "(anonymous namespace)::f()", "_ZN3foo3barEv", "g", "h", "malloc", "i" };
		put_function(&p, id, names[id - 1], "", "app.c");
		put_location(&p, id, 1, 0x400000 + id, (const uint64_t[]){ id, 1 + id % 3 }, 1 + id % 2);
	}
	put_location(&p, 10, 1, 0x400100, NULL, 0);
	put_strings(&p);
	put_varint(&p.out, 7, 6);
	put_varint(&p.out, 9, 1700000000000000000);
	put_varint(&p.out, 14, 3);
	for (uint64_t i = 0; i < 60; i++) {
		struct buf message = sample((const uint64_t[]){ 1 + i % 10, 1 + i % 7, 1 + i % 3 }, 3, NUMBERS(1, i));
		if (i % 4 == 0) {
			struct buf label = { 0 };
			put_varint(&label, 1, 2);
			put_varint(&label, i % 8 ? 2 : 3, i);
			put_message(&message, 3, &label);
		}
		put_message(&p.out, 2, &message);
	}
	return p;
}

static size_t
samples_before(struct str bytes, bool *inside_out)
{
	struct proto walk = proto_of(bytes);
	struct proto_field field;
	size_t count = 0;

	while (proto_next(&walk, &field))
		count += field.number == 2;
	*inside_out = walk.state == PROTO_CUT;
	return count;
}

static void
cuts(void)
{
	struct profile p = full_profile();
	int wrong = 0, said = 0;

	for (size_t len = 0; len < p.out.len; len++) {
		struct str part = { p.out.at, len };
		bool inside, noted = false;
		size_t want = samples_before(part, &inside);
		struct dataset *ds = load(part, len % 16 == 0 ? 5 : 0);
		for (uint32_t i = 0; i < ds->note_count; i++)
			noted |= str_starts(dataset_str(ds, ds->notes[i].text), STR("the file ends inside a record"));
		wrong += ds->samples.count != want || noted != inside;
		said += noted;
		dataset_free(ds);
	}
	is_int(wrong, 0, "cut at every byte: what is complete is there, and a note says that it was cut");
	ok(said > 100, "most cuts are inside a record");
	buf_fini(&p.out);
}

static void
mutations(void)
{
	struct profile p = full_profile();
	uint32_t seed = 11;
	size_t samples = 0;

	for (int i = 0; i < 2000; i++) {
		char *copy = xstrndup(p.out.at, p.out.len);
		uint32_t random = seed = seed * 1664525 + 1013904223;
		copy[(random >> 8) % p.out.len] = i % 3 == 0 ? (char)(random >> 3) : (char)(copy[(random >> 8) % p.out.len] ^ 1 << (random & 7));
		struct dataset *ds = load((struct str){ copy, p.out.len }, 0);
		struct buf text = describe(ds);
		samples += ds->samples.count;
		buf_fini(&text);
		dataset_free(ds);
		free(copy);
	}
	ok(samples > 60000, "changed bytes break little (%zu samples of 120000)", samples);
	buf_fini(&p.out);
}

static void
not_pprof(void)
{
	static const struct { struct str bytes; const char *what; } cases[] = {
		{ { "\x0a\x04\x0a\x02\x08\x01", 6 }, "a message in the first field whose fields are messages" },
		{ { "\x0a\x04\x08\x01\x18\x02", 6 }, "a sample type with a third field" },
		{ { "\x7a\x01\x61", 3 }, "a last field of another wire type" },
		{ { "\x82\x01\x01\x61", 4 }, "a field number beyond the last" },
		{ { "", 0 }, "nothing at all" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ok(!pprof_is_profile(cases[i].bytes), "no profile: %s", cases[i].what);
	struct prober prober = { 0 };
	const struct load_format *rival;
	prober_look(&prober, STR("\"aThis is text of ninety-nine characters that happens to have lengths where a message would have them, "), true);
	ok(probe_best(&prober.seen, &rival) != &load_pprof, "text is no profile");
	prober_fini(&prober);
}

int
main(void)
{
	inlined();
	types();
	labels();
	addresses();
	bad_ids();
	bad_values();
	bad_strings();
	dropped();
	times();
	comments();
	deep();
	cuts();
	mutations();
	not_pprof();
	return done();
}
