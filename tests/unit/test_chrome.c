/* SPDX-License-Identifier: MIT
 * Chrome traces: samples of tests/data/chrome, which say more than spans in their .tracks files; numbers; large and hostile input. */
#include "config.h"

#include "load/chrome.h"

#include "load/probe.h"
#include "tests/unit/dump.h"
#include "tests/unit/samples.h"

static void
add_stack(const struct dataset *ds, stack_id stack, struct buf *out)
{
	struct { VEC(frame_id); } way = { 0 };

	for (; stack != ID_NONE; stack = ds->stacks.parent[stack])
		vec_push(&way, ds->stacks.frame[stack]);
	while (way.len) {
		const struct frame *frame = &ds->frames[vec_pop(&way)];
		buf_add(out, STR(" / "));
		buf_add(out, dataset_str(ds, frame->name));
		if (frame->file != STR_EMPTY || frame->line)
			buf_addf(out, " [%s:%u]", dataset_str(ds, frame->file).at, frame->line);
	}
	vec_fini(&way);
}

static void
dump_tracks(const struct dataset *ds, struct buf *out)
{
	for (track_id i = 0; i < ds->track_count; i++) {
		const struct track *track = &ds->tracks[i];
		buf_addf(out, "track %s | %s: %u spans, %u samples, %" PRId64 " to %" PRId64 "\n", dataset_str(ds, track->process).at,
		         dataset_str(ds, track->name).at, track->span_count, track->sample_count, track->start_ns, track->end_ns);
		for (span_id span = 0; span < ds->spans.count; span++)
			if (ds->spans.track[span] == i)
				buf_addf(out, "\t%s\n", frame_name(ds, ds->spans.frame[span]).at);
		for (sample_id sample = 0; sample < ds->samples.count; sample++) {
			if (samples_track(&ds->samples, sample) != i)
				continue;
			buf_addf(out, "\tat %" PRId64 ":", samples_time(&ds->samples, sample));
			for (uint32_t k = 0; k < ds->sample_type_count; k++)
				buf_addf(out, " %g %s", samples_weight(&ds->samples, sample, k),
				         dataset_str(ds, ds->sample_types[k].unit).at);
			add_stack(ds, samples_stack(&ds->samples, sample), out);
			buf_addc(out, '\n');
		}
	}
}

static void
check_tracks(const char *path)
{
	char *expected_path = xasprintf("%.*s.tracks", (int)(strlen(path) - strlen(".json")), path);
	struct buf text = { 0 }, got = { 0 }, want = { 0 };
	struct dataset *ds;

	CHECK(file_read(path, &text));
	ds = sample_load(&load_chrome, buf_str(&text), SAMPLE_WHOLE);
	dump_tracks(ds, &got);
	if (getenv("UPDATE_EXPECTED")) {
		FILE *file = fopen(expected_path, "wb");
		CHECK(file);
		fwrite(got.at, 1, got.len, file);
		fclose(file);
	}
	if (!ok(file_read(expected_path, &want) && str_equal(buf_str(&got), buf_str(&want)), "tracks of %s", strrchr(path, '/') + 1))
		diag("got:\n%s", buf_str(&got).at);
	dataset_free(ds);
	buf_fini(&text);
	buf_fini(&got);
	buf_fini(&want);
	free(expected_path);
}

static void
test_decimals(void)
{
	static const struct { const char *text; unsigned shift; bool good; int64_t want; } rows[] = {
		{ "0", 3, true, 0 }, { "1", 3, true, 1000 }, { "-1.5", 3, true, -1500 }, { "1.0004", 3, true, 1000 }, { "1.0005", 3, true, 1001 },
		{ "0.00049999999999999999999999", 3, true, 0 }, { "1700000000123456.789", 3, true, INT64_C(1700000000123456789) },
		{ "9223372036854775.807", 3, true, INT64_MAX }, { "9223372036854775.808", 3, false, 0 }, { "1e3", 0, true, 1000 },
		{ "1.23e2", 0, true, 123 }, { "1.7E18", 0, true, INT64_C(1700000000000000000) }, { "5e-4", 3, true, 1 }, { "4e-4", 3, true, 0 },
		{ "1e999999999999", 3, false, 0 }, { "1e-999999999999", 3, true, 0 }, { "0e999", 3, true, 0 }, { "123456789012345678901", 0, false, 0 },
		{ "0.1234567890123456789012345", 3, true, 123 }, { "", 3, false, 0 }, { "-", 3, false, 0 }, { ".", 3, false, 0 }, { "1e", 3, false, 0 },
		{ "1 ", 3, false, 0 }, { "NaN", 3, false, 0 }, { "0x10", 3, false, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t got = 0;
		bool good = chrome_decimal(str_of(rows[i].text), rows[i].shift, &got);
		if (!ok(good == rows[i].good && (!good || got == rows[i].want), "'%s' times 10^%u", rows[i].text, rows[i].shift))
			diag("got %d %" PRId64, good, got);
	}
}

static void
test_ids(void)
{
	static const char *const rows[][2] = {
		{ "0x1f", "#1f" }, { "31", "#1f" }, { "0X1F", "#1f" }, { "us", "us" }, { "1a", "1a" }, { "0x", "0x" }, { "", "" },
		{ "0x1234567890abcdef0", "0x1234567890abcdef0" }, { "99999999999999999999", "99999999999999999999" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = { 0 };
		chrome_id(str_of(rows[i][0]), &out);
		is_text(buf_str(&out).at, rows[i][1], rows[i][0]);
		buf_fini(&out);
	}
}

static void
test_score(void)
{
	static const struct { const char *paths; bool known; } rows[] = {
		{ "traceEvents\ntraceEvents[]\ntraceEvents[].ph\n", true }, { "metadata\ntraceEvents\n", true },
		{ "[]\n[].name\n[].ph\n[].ts\n", true }, { "[]\n[].ph\n[].pid\n[].traceId\n", true }, { "ph\nts\npid\n", true },
		{ "name\nts\n", false }, { "[]\n[].traceId\n[].id\n", false }, { "samples\nstackFrames\n", false }, { "", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct probe probe = { .json = true, .paths = str_of(rows[i].paths) };
		const char *why = NULL;
		int score = load_chrome.score(&probe, &why);
		ok((score > 0) == rows[i].known && (score > 0) == (why != NULL) && score <= 100, "score of %s", rows[i].paths);
	}
}

/* Samples of this format are won by it and no other, and it wins no other format's. */
static void
test_detection(const char *data)
{
	DIR *dir = opendir(data);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *folder = xasprintf("%s/%s", data, entry->d_name);
		struct names names = { 0 };
		if (entry->d_name[0] != '.')
			folder_list(folder, "", &names);
		for (size_t i = 0; i < names.len; i++) {
			const struct load_format *rival = NULL, *best;
			struct prober prober = { 0 };
			struct buf text = { 0 };
			if (!file_read(names.at[i], &text) || !text.len)
				continue;
			prober_look(&prober, (struct str){ text.at, text.len < PROBE_HEAD_MAX ? text.len : PROBE_HEAD_MAX }, text.len <= PROBE_HEAD_MAX);
			best = probe_best(&prober.seen, &rival);
			bool ours = strcmp(entry->d_name, "chrome") == 0 && str_ends(str_of(names.at[i]), STR(".json"));
			if ((best == &load_chrome) != ours || (ours && rival))
				ok(false, "%s is %s", names.at[i], best ? best->name : "nothing known");
			prober_fini(&prober);
			buf_fini(&text);
		}
		names_free(&names);
		free(folder);
	}
	ok(dir != NULL, "detection among all samples");
	if (dir)
		closedir(dir);
}

/* Events of one thread made by a letter each; spans that come of it. */
static uint32_t
count_spans(const char *pattern, int repeat, const char *format)
{
	struct buf text = { 0 };
	struct dataset *ds;
	uint32_t count;
	int ts = 0;

	buf_addc(&text, '[');
	for (const char *phase = pattern; *phase; phase++)
		for (int i = 0; i < repeat; i++)
			buf_addf(&text, format, *phase, i, ts += *phase != 'x');
	text.at[text.len - 1] = ']';
	for (char *at = text.at; (at = strchr(at, 'x')); at++)
		*at = 'B';
	ds = sample_load(&load_chrome, buf_str(&text), SAMPLE_WHOLE);
	count = ds->spans.count;
	dataset_free(ds);
	buf_fini(&text);
	return count;
}

/* None of these takes longer than its length asks for; a test that takes minutes has failed. */
static void
test_hostile(void)
{
	is_int(count_spans("BE", 200000, "{\"ph\":\"%c\",\"name\":\"n%d\",\"ts\":%d,\"pid\":1,\"tid\":1},"), 200000, "a stack of 200,000");
	is_int(count_spans("BE", 200000, "{\"ph\":\"%c\",\"name\":\"n%d\",\"pid\":1,\"tid\":1,\"ts\":5,\"dur\":%d},"), 200000, "all at one time");
	is_int(count_spans("BxE", 100000, "{\"ph\":\"%c\",\"name\":\"n%d\",\"ts\":%d,\"pid\":1,\"tid\":1},"), 200000,
	       "as many begun at the time of the first end");
	is_int(count_spans("X", 200000, "{\"ph\":\"%c\",\"name\":\"n\",\"dur\":1000000,\"id\":%d,\"ts\":%d,\"pid\":1,\"tid\":1},"), 200000, "a staircase");
	is_int(count_spans("b", 200000, "{\"ph\":\"%c\",\"name\":\"n\",\"id\":%d,\"ts\":%d,\"pid\":1,\"tid\":1},"), 200000, "as many lanes");
	is_int(count_spans("X", 100000, "{\"ph\":\"%c\",\"name\":\"n\",\"pid\":%d,\"ts\":%d,\"tid\":1},"), 100000, "as many processes");
	is_int(count_spans("X", 100000, "{\"ph\":\"%c\",\"name\":\"n\",\"tid\":%d,\"ts\":%d,\"pid\":1},"), 100000, "as many threads");
}

static void
test_many_profiles(void)
{
	struct buf text = { 0 };
	struct dataset *ds;

	buf_addc(&text, '[');
	for (int i = 0; i < 50000; i++)
		buf_addf(&text, "{\"ph\":\"P\",\"name\":\"ProfileChunk\",\"id\":%d,\"pid\":1,\"tid\":1,\"ts\":1,\"args\":{\"data\":{\"cpuProfile\":{\"nodes\":"
		         "[{\"id\":1,\"callFrame\":{\"functionName\":\"(program)\"}}],\"samples\":[1]},\"timeDeltas\":[1]}}},", i);
	text.at[text.len - 1] = ']';
	ds = sample_load(&load_chrome, buf_str(&text), SAMPLE_WHOLE);
	is_int(ds->samples.count, 50000, "as many CPU profiles");
	dataset_free(ds);
	buf_fini(&text);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

#define CHUNK "{\"name\":\"ProfileChunk\",\"id\":%u,\"ph\":\"P\",\"pid\":%u,\"tid\":1,\"ts\":%u,\"args\":{\"data\":{\"cpuProfile\":{" \
	"\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"f\"}}],\"samples\":[1,1]},\"timeDeltas\":[3,4]}}}"

/* Events as they come, some of them broken, some with events in their args and in their strings. */
static void
make_events(uint32_t seed, int count, struct buf *out)
{
	static const char *const forms[] = {
		"{\"name\":\"a%u\",\"ph\":\"X\",\"pid\":%u,\"tid\":1,\"ts\":%u,\"dur\":5}",
		"{\"name\":\"b%u\",\"ph\":\"B\",\"pid\":%u,\"tid\":2,\"ts\":%u.5}",
		"{\"name\":\"b%u\",\"ph\":\"E\",\"pid\":%u,\"tid\":2,\"ts\":%u,\"args\":{\"x\":1}}",
		"{\"name\":\"list%u\",\"ph\":\"X\",\"pid\":%u,\"tid\":3,\"ts\":%u,\"args\":{\"l\":[{},{\"name\":\"no\",\"ph\":\"X\",\"ts\":1},{\"name\":1}]}}",
		"{\"name\":\"text%u\",\"ph\":\"i\",\"pid\":%u,\"tid\":3,\"ts\":%u,\"args\":{\"t\":\"},{\\\"name\\\":\\\"x\\\"},{\"}}",
		"{\"name\":\"c%u\",\"ph\":\"b\",\"cat\":\"k\",\"id\":7,\"pid\":%u,\"tid\":1,\"ts\":%u}",
		"{\"name\":\"c%u\",\"ph\":\"e\",\"cat\":\"k\",\"id\":7,\"pid\":%u,\"tid\":1,\"ts\":%u}",
		"{\"name\":\"thread_name\",\"id\":%u,\"ph\":\"M\",\"pid\":%u,\"tid\":1,\"args\":{\"name\":\"t%u\"}}",
		"{\"name\":\"process_sort_index\",\"id\":%u,\"ph\":\"M\",\"pid\":%u,\"args\":{\"sort_index\":%u}}",
		"{\"name\":\"broken%u\",\"ph\":\"X\",,\"pid\":%u,\"tid\":1,\"ts\":%u}",
		CHUNK,
		"{\"name\":\"p%u\",\"ph\":\"P\",\"pid\":%u,\"tid\":1,\"ts\":%u}",
		"{\"name\":\"f%u\",\"ph\":\"s\",\"pid\":%u,\"tid\":3,\"ts\":%u}",
		"[{},{\"name\":\"inside %u %u %u\"}]",
	};

	buf_clear(out);
	buf_addc(out, '[');
	for (int i = 0; i < count; i++) {
		const char *form = forms[next_random(&seed) % (sizeof forms / sizeof *forms)];
		char event[512];
		unsigned a = next_random(&seed) % 6, b = next_random(&seed) % 4, c = next_random(&seed) % 1000;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(event, sizeof event, form, a, b, c);
#pragma GCC diagnostic pop
		buf_add(out, i ? STR(",\n") : STR(""));
		buf_add(out, str_of(event));
	}
	buf_addc(out, ']');
}

static struct buf
dump_pieces(struct str text, size_t piece, unsigned threads)
{
	struct input in = { .begin = text.at, .end = text.at + text.len, .last = true, .mapped = true, .threads = threads };
	struct sink *sink = sink_new(STR("pieces"));
	struct dataset *ds;
	struct buf out;

	chrome_read_pieces(&in, sink, piece);
	ds = sample_seal(sink, &load_chrome, text);
	out = dump(ds);
	dataset_free(ds);
	return out;
}

/* However a list is cut, and however many read it, the same comes of it. */
static void
test_pieces(void)
{
	static const size_t sizes[] = { 1, 40, 100, 333, 2000 };
	struct buf text = { 0 };
	int wrong = 0;

	for (uint32_t seed = 1; seed <= 40; seed++) {
		make_events(seed, seed % 3 ? 60 : 400, &text);
		if (seed % 4 == 0)
			text.len -= next_random(&seed) % 300;
		struct buf want = dump_pieces(buf_str(&text), SIZE_MAX, 1);
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			struct buf got = dump_pieces(buf_str(&text), sizes[i], (unsigned)(seed + i) % 4);
			if (!str_equal(buf_str(&got), buf_str(&want)) && wrong++ < 1)
				diag("seed %u, piece %zu, want:\n%s\ngot:\n%s", seed, sizes[i], want.at, got.at);
			buf_fini(&got);
		}
		buf_fini(&want);
	}
	is_int(wrong, 0, "cut anywhere, on any number of threads, a list is the same");
	buf_fini(&text);
}

int
main(void)
{
	const char *top = getenv("top_srcdir");
	char *data = xasprintf("%s/tests/data", top ? top : "."), *folder = xasprintf("%s/chrome", data);
	struct names names = { 0 };

	samples_run(&load_chrome, "chrome", "slices.json");
	folder_list(folder, ".json", &names);
	for (size_t i = 0; i < names.len; i++)
		check_tracks(names.at[i]);
	test_decimals();
	test_ids();
	test_score();
	test_detection(data);
	test_hostile();
	test_many_profiles();
	test_pieces();
	names_free(&names);
	free(folder);
	free(data);
	return done();
}
