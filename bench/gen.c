/* SPDX-License-Identifier: MIT
 * Input for the benchmarks, from a seed, on standard output:
 *	gen FORMAT MB     one of the table at the end
 *	gen spans N       one trace of N spans without attributes
 *	gen traces N      N traces of ten spans each, one in ten of them with an error */
#include "config.h"

#include "bench/gen.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

void
put(struct buf *text)
{
	if (fwrite(text->at, 1, text->len, stdout) != text->len)
		panic("cannot write");
	buf_clear(text);
}

/* The lines of the demo are {"resourceSpans":[...]}; the document joins what stands inside. */
static void
put_inside(struct buf *line, bool first)
{
	static const size_t before = sizeof("{\"resourceSpans\":[") - 1, after = sizeof("]}\n") - 1;
	struct str inside = { line->at + before, line->len - before - after };

	if (!first)
		fputs(",\n", stdout);
	if (fwrite(inside.at, 1, inside.len, stdout) != inside.len)
		panic("cannot write");
	buf_clear(line);
}

static void
gen_otlp(uint64_t size, bool document)
{
	struct demo *d = demo_new(SEED, (int64_t)EPOCH_NS);
	struct buf line = { 0 };

	if (document)
		fputs("{\"resourceSpans\":[", stdout);
	for (uint64_t written = 0; written < size;) {
		bool first = written == 0;

		demo_one_trace(d, &line);
		written += line.len;
		if (document)
			put_inside(&line, first);
		else
			put(&line);
	}
	if (document)
		fputs("]}\n", stdout);
	buf_fini(&line);
	demo_free(d);
}

void
next_stack(struct demo *d, uint32_t stack[STACK_MAX], uint32_t *depth)
{
	uint32_t keep = *depth > STACK_MIN ? STACK_MIN + demo_pick(d, *depth - STACK_MIN) : *depth;
	uint32_t want = keep + 1 + demo_pick(d, 6);

	for (*depth = keep; *depth < want && *depth < STACK_MAX; ++*depth)
		stack[*depth] = demo_pick(d, FUNCTIONS);
}

static void
gen_folded(uint64_t size)
{
	static const char *const packages[] = { "net", "store", "codec", "runtime", "query", "http", "cache", "plan" };
	struct demo *d = demo_new(SEED, 0);
	uint32_t stack[STACK_MAX], depth = 0;
	struct buf line = { 0 };

	for (uint64_t written = 0; written < size;) {
		next_stack(d, stack, &depth);
		for (uint32_t i = 0; i < depth; i++)
			buf_addf(&line, "%s%s.step%" PRIu32, i ? ";" : "", packages[stack[i] % 8], stack[i]);
		buf_addf(&line, " %" PRIu32 "\n", 1 + demo_pick(d, 90));
		written += line.len;
		put(&line);
	}
	buf_fini(&line);
	demo_free(d);
}

/* Samples of one program are as much alike as the stacks above; addresses inside a function differ. */
static void
gen_perf(uint64_t size)
{
	static const char *const modules[] = { "/usr/lib/libstore.so.2", "/opt/shop/bin/server", "/usr/lib/x86_64-linux-gnu/libc.so.6" };
	struct demo *d = demo_new(SEED, 0);
	uint32_t stack[STACK_MAX], depth = 0;
	struct buf block = { 0 };
	uint64_t time_us = 0;

	for (uint64_t written = 0; written < size;) {
		uint32_t keep = depth > STACK_MIN ? STACK_MIN + demo_pick(d, depth - STACK_MIN) : depth;
		uint32_t want = keep + 1 + demo_pick(d, 12), thread = demo_pick(d, 16);

		for (depth = keep; depth < want && depth < STACK_MAX; depth++)
			stack[depth] = demo_pick(d, FUNCTIONS / 8);
		time_us += 1 + demo_pick(d, 1000);
		buf_addf(&block, "worker %-2" PRIu32 "      4711/%-7" PRIu32 "[%03" PRIu32 "] %6" PRIu64 ".%06" PRIu64 ": %10u cycles:P: \n",
		         thread, 4712 + thread, thread % 8, time_us / 1000000, time_us % 1000000, 250000 + demo_pick(d, 9));
		for (uint32_t i = depth; i-- > 0;) {
			uint32_t offset = demo_pick(d, 4) * 7;
			bool kernel = i > STACK_MAX - 12;
			buf_addf(&block, "\t%16" PRIx64 " %s_step_%" PRIu32 "+0x%" PRIx32 " (%s)\n",
			         (kernel ? UINT64_C(0xffffffff81000000) : UINT64_C(0x560000400000)) + stack[i] * 0x400 + offset,
			         kernel ? "do" : "shop::store::query", stack[i], offset, kernel ? "[kernel.kallsyms]" : modules[stack[i] % 3]);
		}
		buf_addc(&block, '\n');
		written += block.len;
		put(&block);
	}
	buf_fini(&block);
	demo_free(d);
}

/* Calls mostly go the ways they have gone before: what a function calls depends on where it stands. */
static void
gen_speedscope(uint64_t size)
{
	struct demo *d = demo_new(SEED, 0);
	uint32_t stack[STACK_MAX], depth = 0;
	struct buf text = { 0 };
	uint64_t written = 0, now = 0;

	buf_add(&text, STR("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"profiles\":[{\"type\":\"evented\","
	                   "\"name\":\"worker\",\"unit\":\"microseconds\",\"startValue\":0,\"events\":["));
	while (written < size || depth) {
		bool open = depth == 0 || (written < size && depth < STACK_MAX && demo_pick(d, 2));
		uint32_t caller = depth ? stack[depth - 1] : 0, way = demo_pick(d, 32);

		if (open)
			stack[depth++] = (caller * 31 + (way < 28 ? way % 3 : way)) % FUNCTIONS;
		buf_addf(&text, "%s{\"type\":\"%c\",\"frame\":%" PRIu32 ",\"at\":%" PRIu64 "}", now ? "," : "", open ? 'O' : 'C', stack[depth - 1],
		         now);
		depth -= !open;
		now += 1 + demo_pick(d, 90);
		written += text.len;
		put(&text);
	}
	buf_addf(&text, "],\"endValue\":%" PRIu64 "}],\"shared\":{\"frames\":[", now);
	for (uint32_t i = 0; i < FUNCTIONS; i++)
		buf_addf(&text, "%s{\"name\":\"step%" PRIu32 "\",\"file\":\"src/part%" PRIu32 ".c\",\"line\":%" PRIu32 "}", i ? "," : "", i, i % 200, i);
	buf_add(&text, STR("]}}\n"));
	put(&text);
	buf_fini(&text);
	demo_free(d);
}

static void
gen_spans(uint64_t count)
{
	struct buf line = { 0 };

	for (uint64_t i = 0; i < count; i++) {
		uint64_t start, length;

		if (i % BATCH == 0)
			buf_addf(&line, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"part-%" PRIu64
				"\"}}]},\"scopeSpans\":[{\"spans\":[", i / BATCH % 24);
		span_extent(i, &start, &length);
		buf_addf(&line, "%s{\"traceId\":\"0000000000000000000000000000000a\",\"spanId\":\"%016" PRIx64 "\"", i % BATCH ? "," : "", i + 1);
		if (i)
			buf_addf(&line, ",\"parentSpanId\":\"%016" PRIx64 "\"", (i - 1) / FANOUT + 1);
		buf_addf(&line, ",\"name\":\"step %" PRIu64 "\",\"kind\":1,\"startTimeUnixNano\":\"%" PRIu64 "\",\"endTimeUnixNano\":\"%" PRIu64 "\"}", i % 700,
			EPOCH_NS + start, EPOCH_NS + start + length);
		if (i % BATCH == BATCH - 1 || i == count - 1) {
			buf_add(&line, STR("]}]}]}\n"));
			put(&line);
		}
	}
	buf_fini(&line);
}

/* Requests come in waves, and some take much longer than others. */
static void
gen_traces(uint64_t count)
{
	enum { SPANS = 10, ENTRIES = 12 };
	struct demo *d = demo_new(SEED, 0);
	struct buf line = { 0 };
	uint64_t start = EPOCH_NS;

	for (uint64_t i = 0; i < count; i++) {
		uint64_t length = (UINT64_C(1000000) + demo_pick(d, 4000000)) << demo_pick(d, demo_pick(d, 9) + 1);
		uint32_t entry = demo_pick(d, ENTRIES);

		start += 1000000 + demo_pick(d, i / 1000 % 7 ? 9000000 : 90000000);
		buf_addf(&line, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"entry-%" PRIu32
			"\"}}]},\"scopeSpans\":[{\"spans\":[", entry);
		for (unsigned s = 0; s < SPANS; s++) {
			if (s == SPANS / 2)
				buf_addf(&line, "]}]},{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"part-%" PRIu32
					"\"}}]},\"scopeSpans\":[{\"spans\":[", entry % 5);
			buf_addf(&line, "%s{\"traceId\":\"%032" PRIx64 "\",\"spanId\":\"%016" PRIx64 "\"", s % (SPANS / 2) ? "," : "", i + 1, i * SPANS + s + 1);
			if (s)
				buf_addf(&line, ",\"parentSpanId\":\"%016" PRIx64 "\"", i * SPANS + (s - 1) / 3 + 1);
			buf_addf(&line, ",\"name\":\"step %" PRIu64 "\",\"kind\":2,\"startTimeUnixNano\":\"%" PRIu64 "\",\"endTimeUnixNano\":\"%" PRIu64 "\"%s}",
				entry * SPANS + s + (s ? 0 : i % 3 * 1000), start + length * s / (SPANS + 1), start + (s ? length * (s + 1) / (SPANS + 1) : length),
				s == SPANS - 1 && demo_pick(d, 10) == 0 ? ",\"status\":{\"code\":2}" : "");
		}
		buf_add(&line, STR("]}]}]}\n"));
		put(&line);
	}
	buf_fini(&line);
	demo_free(d);
}

/* Span i is a child of span i / FANOUT; begin and end go around the whole. */
static void
gen_trace(uint64_t size, const char *begin, void (*add)(struct buf *, struct demo *, uint64_t), const char *end)
{
	struct demo *d = demo_new(SEED, 0);
	struct buf text = { 0 };

	fputs(begin, stdout);
	for (uint64_t i = 0, written = 0; written < size; i++) {
		if (i)
			buf_addc(&text, ',');
		add(&text, d, i);
		written += text.len;
		put(&text);
	}
	fputs(end, stdout);
	buf_fini(&text);
	demo_free(d);
}

static void
add_jaeger_span(struct buf *text, struct demo *d, uint64_t i)
{
	static const char trace[] = "\"traceID\":\"000000000000000000000000000000a1\",\"spanID\":";

	buf_addf(text, "{%s\"%016" PRIx64 "\",\"operationName\":\"step %" PRIu32 "\",\"references\":[", trace, i + 1, demo_pick(d, 700));
	if (i)
		buf_addf(text, "{\"refType\":\"CHILD_OF\",%s\"%016" PRIx64 "\"}", trace, (i - 1) / FANOUT + 1);
	buf_addf(text, "],\"startTime\":%" PRIu64 ",\"duration\":%" PRIu32 ",\"tags\":[{\"key\":\"span.kind\",\"type\":\"string\",\"value\":"
	         "\"server\"},{\"key\":\"http.url\",\"type\":\"string\",\"value\":\"http://shop/item/%" PRIu64 "\"},{\"key\":"
	         "\"http.status_code\",\"type\":\"int64\",\"value\":200}],", EPOCH_NS / 1000 + i, 100 + demo_pick(d, 9000), i);
	buf_addf(text, "\"logs\":[{\"timestamp\":%" PRIu64 ",\"fields\":[{\"key\":\"event\",\"type\":\"string\",\"value\":\"retry\"}]}],"
	         "\"processID\":\"p%" PRIu32 "\",\"warnings\":null}", EPOCH_NS / 1000 + i, demo_pick(d, 3));
}

static void
add_zipkin_span(struct buf *text, struct demo *d, uint64_t i)
{
	uint32_t service = demo_pick(d, 24);

	buf_addf(text, "{\"traceId\":\"00000000000000a1\",\"id\":\"%016" PRIx64 "\",", i + 1);
	if (i)
		buf_addf(text, "\"parentId\":\"%016" PRIx64 "\",", (i - 1) / FANOUT + 1);
	buf_addf(text, "\"kind\":\"SERVER\",\"name\":\"step %" PRIu32 "\",\"timestamp\":%" PRIu64 ",\"duration\":%" PRIu32 ",\"localEndpoint\":"
	         "{\"serviceName\":\"part-%" PRIu32 "\",\"ipv4\":\"10.0.0.%" PRIu32 "\"},", demo_pick(d, 700), EPOCH_NS / 1000 + i,
	         100 + demo_pick(d, 9000), service, service);
	buf_addf(text, "\"annotations\":[{\"timestamp\":%" PRIu64 ",\"value\":\"retry\"}],\"tags\":{\"http.method\":\"GET\",\"http.path\":"
	         "\"/item/%" PRIu64 "\"}}\n", EPOCH_NS / 1000 + i, i);
}

static void
add_chrome_event(struct buf *text, struct demo *d, uint64_t i)
{
	uint32_t thread = demo_pick(d, 24);

	buf_addf(text, "{\"args\":{\"data\":{\"frame\":\"F%" PRIu32 "\",\"url\":\"http://shop/item/%" PRIu64 "\"}},\"cat\":\"devtools.timeline\","
	         "\"dur\":%" PRIu32 ",\"name\":\"step %" PRIu32 "\",\"ph\":\"X\",\"pid\":%" PRIu32 ",\"tid\":%" PRIu32 ",\"ts\":%" PRIu64 "}\n",
	         demo_pick(d, 50), i, 1 + demo_pick(d, 900), demo_pick(d, 700), thread % 3, thread, EPOCH_NS / 1000 + i * 20);
}

/* count numbers of a column, joined by commas; put() is called on the way. */
static void
put_column(struct buf *text, struct demo *d, uint64_t count, uint32_t least, uint32_t range, const char *fraction)
{
	for (uint64_t i = 0; i < count; i++) {
		buf_addf(text, "%s%" PRIu32 "%s", i ? "," : "", least + demo_pick(d, range), fraction);
		if (text->len > MB)
			put(text);
	}
}

static void
gen_cpuprofile(uint64_t size)
{
	struct demo *d = demo_new(SEED, 0);
	struct buf text = { 0 };
	uint64_t samples = size / 10;

	buf_add(&text, STR("{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"(root)\",\"url\":\"\",\"lineNumber\":-1}}"));
	for (uint32_t id = 2; id <= FUNCTIONS; id++)
		buf_addf(&text, ",{\"id\":%" PRIu32 ",\"parent\":%" PRIu32 ",\"callFrame\":{\"functionName\":\"step%" PRIu32 "\",\"scriptId\":\"1\","
		         "\"url\":\"file:///shop/part%" PRIu32 ".js\",\"lineNumber\":%" PRIu32 ",\"columnNumber\":1},\"hitCount\":1}", id,
		         id - 1 - demo_pick(d, id - 1 < FANOUT ? id - 1 : FANOUT), id % 3000, id % 50, id);
	buf_addf(&text, "],\"startTime\":1000,\"endTime\":%" PRIu64 ",\"samples\":[", samples * 1200);
	put_column(&text, d, samples, 1, FUNCTIONS, "");
	buf_add(&text, STR("],\"timeDeltas\":["));
	put_column(&text, d, samples, 900, 300, "");
	buf_add(&text, STR("]}\n"));
	put(&text);
	buf_fini(&text);
	demo_free(d);
}

static void
gen_gecko(uint64_t size)
{
	enum { STACKS = 100000 };
	struct demo *d = demo_new(SEED, 0);
	struct buf text = { 0 };
	uint64_t samples = size / 20;

	buf_add(&text, STR("{\"meta\":{\"preprocessedProfileVersion\":70,\"interval\":1,\"startTime\":1773140400000},\"libs\":[],\"shared\":{"
	                   "\"stringArray\":[\"main\""));
	for (unsigned i = 1; i < FUNCTIONS; i++)
		buf_addf(&text, ",\"shop::step%u\"", i);
	buf_add(&text, STR("],\"funcTable\":{\"name\":["));
	put_column(&text, d, FUNCTIONS, 0, FUNCTIONS, "");
	buf_add(&text, STR("]},\"frameTable\":{\"func\":["));
	put_column(&text, d, FUNCTIONS, 0, FUNCTIONS, "");
	buf_add(&text, STR("]},\"stackTable\":{\"frame\":["));
	put_column(&text, d, STACKS, 0, FUNCTIONS, "");
	buf_add(&text, STR("],\"prefixOffset\":[0"));
	for (unsigned i = 1; i < STACKS; i++)
		buf_addf(&text, ",%" PRIu32, 1 + demo_pick(d, i < FANOUT ? i : FANOUT));
	buf_add(&text, STR("]}},\"threads\":[{\"name\":\"GeckoMain\",\"pid\":\"1\",\"tid\":\"1\",\"samples\":{\"stack\":["));
	put_column(&text, d, samples, 0, STACKS, "");
	buf_add(&text, STR("],\"timeDeltas\":["));
	put_column(&text, d, samples, 1, 2, ".015625");
	buf_add(&text, STR("],\"threadCPUDelta\":["));
	put_column(&text, d, samples, 100, 900, "");
	buf_add(&text, STR("],\"weight\":null,\"weightType\":\"samples\"}}]}\n"));
	put(&text);
	buf_fini(&text);
	demo_free(d);
}

static void
gen_otlp_lines(uint64_t size)
{
	gen_otlp(size, false);
}

static void
gen_otlp_document(uint64_t size)
{
	gen_otlp(size, true);
}

static void
gen_jaeger(uint64_t size)
{
	gen_trace(size, "{\"data\":[{\"traceID\":\"000000000000000000000000000000a1\",\"spans\":[", add_jaeger_span,
	          "],\"processes\":{\"p0\":{\"serviceName\":\"web\"},\"p1\":{\"serviceName\":\"cart\"},\"p2\":{\"serviceName\":\"db\"}}}]}\n");
}

static void
gen_zipkin(uint64_t size)
{
	gen_trace(size, "[", add_zipkin_span, "]\n");
}

static void
gen_chrome(uint64_t size)
{
	gen_trace(size, "{\"traceEvents\":[", add_chrome_event, "]}\n");
}

static const struct { const char *format; void (*gen)(uint64_t size); } table[] = {
	{ "otlp", gen_otlp_lines },                 /* requests of a shop as OTLP JSON, one export request a line */
	{ "document", gen_otlp_document },          /* the same requests in one JSON document */
	{ "otlp-proto", gen_otlp_proto },           /* one trace as a collector writes it in protobuf */
	{ "jaeger", gen_jaeger },                   /* one trace as a Jaeger server replies, the processes behind the spans */
	{ "zipkin", gen_zipkin },                   /* one trace as a list of Zipkin spans */
	{ "chrome", gen_chrome },                   /* Chrome trace events of 24 threads */
	{ "folded", gen_folded },                   /* folded stacks, all different */
	{ "folded-diff", gen_folded_diff },         /* the same with two counts */
	{ "perf", gen_perf },                       /* perf script: a server's threads, with kernel and user stacks */
	{ "pprof", gen_pprof },                     /* a CPU profile with labels, the tables behind the samples */
	{ "speedscope", gen_speedscope },           /* one profile of events, the frames behind it */
	{ "cpuprofile", gen_cpuprofile },           /* a CPU profile of V8 */
	{ "heapprofile", gen_heapprofile },         /* a heap profile of V8 */
	{ "gecko", gen_gecko },                     /* a processed Firefox profile of one thread */
	{ "flamebearer", gen_flamebearer },         /* a flame graph of Pyroscope */
	{ "nested-set", gen_nested_set },           /* the same as a data frame of Grafana */
	{ "nested-set-csv", gen_nested_set_csv },   /* and as a table */
};

int
main(int argc, char **argv)
{
	uint64_t amount = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
	bool known = amount && (strcmp(argv[1], "spans") == 0 || strcmp(argv[1], "traces") == 0);

	if (known)
		(argv[1][0] == 's' ? gen_spans : gen_traces)(amount);
	for (size_t i = 0; amount && !known && i < sizeof table / sizeof *table; i++)
		if (strcmp(argv[1], table[i].format) == 0) {
			table[i].gen(amount * MB);
			known = true;
		}
	if (!known) {
		fputs("usage: gen FORMAT MB; gen spans N; gen traces N\n", stderr);
		return 2;
	}
	return fflush(stdout) == 0 ? 0 : 4;
}
