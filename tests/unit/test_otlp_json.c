/* SPDX-License-Identifier: MIT
 * OTLP JSON: each sample of tests/data/otlp gives what its .expect file says, however it is fed; and what is left of broken ones.
 * With UPDATE_EXPECTED=1 in the environment the .expect files are written anew. */
#include "config.h"

#include "load/format.h"

#include <inttypes.h>

#include "load/json_reader.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/window.h"

static void
dump_spans(const struct dataset *ds, struct str text, struct buf *out)
{
	for (span_id i = 0; i < ds->spans.count; i++) {
		const struct spans *spans = &ds->spans;
		const struct group *group = &ds->groups[spans->group[i]];
		const struct track *track = &ds->tracks[spans->track[i]];
		struct str record = { text.at + spans->detail_at[i], spans->detail_len[i] };
		bool whole = record.len >= 2 && record.at[0] == '{' && record.at[record.len - 1] == '}';

		buf_addf(out, "span ");
		for (int j = 0; j < 16; j++)
			buf_addf(out, "%02x", track->trace_id[j]);
		buf_addf(out, " %016" PRIx64 " parent %016" PRIx64 " kind %u status %u flags %u start %" PRId64 " duration %" PRId64, spans->id[i],
		         spans->parent_id[i], spans->kind[i], spans->status[i], spans->flags[i], spans->start_ns[i], spans->duration_ns[i]);
		buf_addf(out, " %s resource %" PRIu32 " scope %" PRIu32 " ", whole ? "whole" : "no record", group->resource_len, group->scope_len);
		buf_add(out, span_service(ds, i));
		buf_addf(out, ": ");
		buf_add(out, frame_name(ds, spans->frame[i]));
		buf_addc(out, '\n');
	}
}

static void
dump(struct sink *sink, struct str text, struct buf *out)
{
	const struct dataset *ds = sink_dataset(sink);

	dump_spans(ds, text, out);
	for (uint32_t i = 0; i < ds->note_count; i++) {
		const struct note *note = &ds->notes[i];

		buf_addf(out, "note %d x%" PRIu64 " byte %" PRIu64 " ", note->severity, note->count, note->byte);
		buf_add(out, dataset_str(ds, note->text));
		buf_addc(out, '\n');
	}
}

/* step 0: from memory, as from a mapped file; otherwise through a window that grows by so many bytes. */
static struct sink *
load(struct str text, size_t step)
{
	struct sink *sink = sink_new(STR("test"));

	if (step == 0) {
		struct input in = { .begin = text.at, .end = text.at + text.len, .last = true, .mapped = true };

		load_otlp_json.read(&in, sink);
	} else {
		struct window window;

		window_open(&window, text, step);
		load_otlp_json.read(&window.in, sink);
		window_close(&window);
	}
	return sink;
}

static struct sink *
load_lines(struct str text)
{
	struct sink *sink = sink_new(STR("test"));

	load_otlp_json.read_lines(text, 0, 1, sink);
	return sink;
}

static bool
same_as(struct sink *sink, struct str text, struct str want)
{
	struct buf got = { 0 };
	bool same;

	dump(sink, text, &got);
	same = str_equal(buf_str(&got), want);
	if (!same)
		diag("got:\n%s", buf_str(&got).at);
	buf_fini(&got);
	sink_free(sink);
	return same;
}

/* The same without the notes. */
static bool
same_spans(struct sink *sink, struct str text, struct str want)
{
	struct buf got = { 0 };
	bool same;

	dump_spans(sink_dataset(sink), text, &got);
	same = got.len > 0 && str_starts(want, buf_str(&got)) && str_starts((struct str){ want.at + got.len, want.len - got.len }, STR("note "));
	buf_fini(&got);
	sink_free(sink);
	return same;
}

static void
write_expected(const char *path, struct str text)
{
	struct buf got = { 0 };
	struct sink *sink = load(text, 0);
	FILE *file = fopen(path, "wb");

	dump(sink, text, &got);
	if (file) {
		fwrite(buf_str(&got).at, 1, got.len, file);
		fclose(file);
	}
	sink_free(sink);
	buf_fini(&got);
}

static void
test_sample(const char *path)
{
	char *expected_path = xasprintf("%.*s.expect", (int)(strlen(path) - strlen(".json")), path);
	const char *name = strrchr(path, '/') + 1;
	struct buf text = { 0 }, want = { 0 };
	bool same = true;

	if (!file_read(path, &text))
		ok(false, "%s can be read", name);
	if (getenv("UPDATE_EXPECTED"))
		write_expected(expected_path, buf_str(&text));
	ok(file_read(expected_path, &want) && same_as(load(buf_str(&text), 0), buf_str(&text), buf_str(&want)), "%s", name);
	for (size_t step = 1; step <= 7; step++)
		same = same && same_as(load(buf_str(&text), step), buf_str(&text), buf_str(&want));
	ok(same, "%s through a window", name);
	if (strcmp(name, "broken_line.json") == 0)    /* where the fault is seen differs */
		ok(same_spans(load_lines(buf_str(&text)), buf_str(&text), buf_str(&want)), "%s line by line", name);
	else if (strstr(name, "line") || strstr(name, "signals") || strstr(name, "data") || strstr(name, "bare"))
		ok(same_as(load_lines(buf_str(&text)), buf_str(&text), buf_str(&want)), "%s line by line", name);
	buf_fini(&text);
	buf_fini(&want);
	free(expected_path);
}

/* Spans whose whole record lies before the cut. */
static uint32_t
complete_before(const struct dataset *ds, size_t cut)
{
	uint32_t count = 0;

	for (span_id i = 0; i < ds->spans.count; i++)
		count += ds->spans.detail_at[i] + ds->spans.detail_len[i] <= cut;
	return count;
}

static bool
has_note(const struct dataset *ds, const char *start)
{
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (str_starts(dataset_str(ds, ds->notes[i].text), str_of(start)))
			return true;
	return false;
}

static void
test_truncated(struct str text, const char *name)
{
	struct sink *whole = load(text, 0);
	int wrong = 0;

	for (size_t part = 1; part < 16; part++) {
		size_t cut = text.len * part / 16;

		for (size_t step = 0; step <= 64; step += 64) {
			struct sink *sink = load((struct str){ text.at, cut }, step);
			const struct dataset *ds = sink_dataset(sink);

			wrong += ds->spans.count != complete_before(sink_dataset(whole), cut) || !has_note(ds, "the input ends");
			sink_free(sink);
		}
	}
	ok(wrong == 0, "%s cut at every sixteenth keeps the spans before the cut and says so", name);
	sink_free(whole);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* One byte changed anywhere: nothing breaks, and what is read lies inside the text. */
static void
test_mutations(struct str text, const char *name)
{
	uint32_t seed = 23;
	int outside = 0;

	for (int i = 0; i < 400; i++) {
		char *copy = xstrndup(text.at, text.len);
		struct sink *sink;
		const struct dataset *ds;

		copy[next_random(&seed) % text.len] = i % 2 ? (char)next_random(&seed) : "{}[]\",:\\"[next_random(&seed) % 8];
		sink = load((struct str){ copy, text.len }, i % 3 ? 0 : 16);
		ds = sink_dataset(sink);
		for (span_id span = 0; span < ds->spans.count; span++)
			outside += ds->spans.detail_at[span] + ds->spans.detail_len[span] > text.len;
		sink_free(sink);
		free(copy);
	}
	is_int(outside, 0, name);
}

/* JSON lines of five documents of three spans; span n has the id n + 1. */
static void
make_lines(struct buf *out)
{
	for (int line = 0, span = 1; line < 5; line++) {
		buf_addf(out, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[]},\"scopeSpans\":[{\"spans\":[");
		for (int i = 0; i < 3; i++, span++)
			buf_addf(out, "%s{\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"name\":\"a {b} [c]\",\"startTimeUnixNano\":\"1700000000000000000\","
			              "\"endTimeUnixNano\":\"1700000000000000009\",\"attributes\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"v\"}}]}",
			         i ? "," : "", line + 1, (unsigned)span);
		buf_addf(out, "]}]}]}\n");
	}
}

/* Whether the spans of every line but the third are there. */
static bool
others_survive(struct sink *sink)
{
	const struct dataset *ds = sink_dataset(sink);
	unsigned seen = 0;

	for (span_id i = 0; i < ds->spans.count; i++)
		if (ds->spans.id[i] >= 1 && ds->spans.id[i] <= 15)
			seen |= 1u << ds->spans.id[i];
	sink_free(sink);
	return (seen & 0xfc7e) == 0xfc7e;
}

/* Whatever byte of a line is changed to whatever other, the other lines are read. */
static void
test_one_bad_line(void)
{
	static const char bytes[] = "{}[]\",:\\x0\t\x01\xff";
	struct buf text = { 0 };
	size_t begin, end;
	int lost = 0, lost_lines = 0, rounds = 0;

	make_lines(&text);
	begin = (text.len / 5) * 2;
	end = (text.len / 5) * 3 - 1;
	for (size_t at = begin; at < end; at++) {
		for (size_t i = 0; i < sizeof bytes - 1; i++, rounds++) {
			char old = text.at[at];

			text.at[at] = bytes[i];
			lost_lines += !others_survive(load_lines(buf_str(&text)));
			if (!others_survive(load(buf_str(&text), 0)) && lost++ < 3)
				diag("byte %zu of the line made %02x", at - begin, (unsigned char)bytes[i]);
			text.at[at] = old;
		}
	}
	is_int(lost_lines, 0, "line by line a bad line costs no other");
	is_int(lost, 0, "as one input a bad line costs no other");
	buf_fini(&text);
}

/* A resource, with a span whose id is so. */
static void
add_resource(struct buf *text, unsigned service, const char *more, unsigned id)
{
	buf_addf(text, "{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"s%u\"}}%s]},"
	               "\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"name\":\"n\"}]}]},", service, more, 1, id);
}

/* Each way of reading: services by their spans, places by their resources, and as many notes as there are faults. */
static void
check_resources(struct sink *sink, struct str text, unsigned faults)
{
	const struct dataset *ds = sink_dataset(sink);
	unsigned wrong = 0;
	uint64_t noted = 0;

	for (span_id i = 0; i < ds->spans.count; i++) {
		const struct group *group = &ds->groups[ds->spans.group[i]];
		char service[32], place[64];

		snprintf(service, sizeof service, "s%u", (unsigned)ds->spans.id[i] % 100);
		snprintf(place, sizeof place, "\"stringValue\":\"%s\"", service);
		wrong += !str_equal(dataset_str(ds, group->service), str_of(service)) || text.at[group->resource_at] != '{' ||
		         text.at[group->resource_at + group->resource_len] != ',' ||
		         !str_has((struct str){ text.at + group->resource_at, group->resource_len }, str_of(place));
	}
	for (uint32_t i = 0; i < ds->note_count; i++)
		noted += str_equal(dataset_str(ds, ds->notes[i].text), str_of(reader_note_invalid)) ? ds->notes[i].count : 0;
	ok(ds->spans.count == 63 && wrong == 0, "resources that come again, written alike or not: %u of %u are wrong", wrong, ds->spans.count);
	is_int((int)noted, (int)faults, "what is broken in them is noted each time");
	sink_free(sink);
}

static void
test_resources(void)
{
	struct buf text = { 0 };
	unsigned faults = 0, id = 0;

	buf_add(&text, STR("{\"resourceSpans\":["));
	for (unsigned round = 0; round < 3; round++)
		for (unsigned i = 0; i < 21; i++) {
			bool broken = i % 3 == 1 && i < 7;
			unsigned service = i < 7 ? i % 3 : i;

			faults += broken;
			add_resource(&text, service, i % 3 == 2 ? ",{\"key\":\"a\"}" : broken ? ",{\"key\" 1}" : "", 100 * ++id + service);
		}
	text.len--;
	buf_add(&text, STR("]}"));
	check_resources(load(buf_str(&text), 0), buf_str(&text), faults);
	check_resources(load(buf_str(&text), 7), buf_str(&text), faults);
	buf_fini(&text);
}

static void
test_score(void)
{
	static const struct { const char *paths; bool known; } rows[] = {
		{ "resourceSpans\nresourceSpans[]\nresourceSpans[].scopeSpans\n", true },
		{ "[].resourceSpans\n", true },
		{ "batches\nbatches[]\nbatches[].scopeSpans\n", true },
		{ "trace\ntrace.batches\ntrace.batches[].scopeSpans\n", true },
		{ "resource\nscopeSpans\nscopeSpans[]\nscopeSpans[].spans\n", true },
		{ "resourceLogs\n", true },
		{ "traceEvents\ntraceEvents[]\n", false },
		{ "data\ndata[]\ndata[].spans\n", false },
		{ "trace\nresult\n", false },
		{ "", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct probe probe = { .json = true, .paths = str_of(rows[i].paths) };
		const char *why = NULL;
		int score = load_otlp_json.score(&probe, &why);

		ok((score > 0) == rows[i].known && (score > 0) == (why != NULL) && score <= 100, "score of %s", rows[i].paths);
	}
}

static void
test_stopped(void)
{
	struct job job = { .wish = JOB_KEEP };
	struct input in = { .mapped = true, .last = true, .job = &job };
	struct sink *sink = sink_new(STR("test"));
	struct buf text = { 0 };

	make_lines(&text);
	in.begin = text.at;
	in.end = text.at + text.len;
	load_otlp_json.read(&in, sink);
	ok(sink_dataset(sink)->note_count == 0, "a stopped job is no fault of the input");
	sink_free(sink);
	buf_fini(&text);
}

int
main(void)
{
	const char *top = getenv("top_srcdir");
	char *folder = xasprintf("%s/tests/data/otlp", top ? top : ".");
	struct names names = { 0 };
	struct buf text = { 0 };

	folder_list(folder, ".json", &names);
	ok(names.len >= 20, "the samples are there");
	for (size_t i = 0; i < names.len; i++)
		test_sample(names.at[i]);
	for (size_t i = 0; i < names.len; i++)
		if (file_read(names.at[i], &text) && text.len)
			test_mutations(buf_str(&text), strrchr(names.at[i], '/') + 1);
	buf_clear(&text);
	make_lines(&text);
	for (size_t i = 0; i < text.len; i++)
		text.at[i] = text.at[i] == '\n' ? ' ' : text.at[i];
	test_truncated((struct str){ text.at, text.len / 5 }, "a document");
	test_one_bad_line();
	test_resources();
	test_score();
	test_stopped();
	names_free(&names);
	buf_fini(&text);
	free(folder);
	return done();
}
