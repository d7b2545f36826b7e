/* SPDX-License-Identifier: MIT
 * One large JSON document on several threads: the dataset is the one that a single thread reads, to the byte. */
#include "config.h"

#include "load/load.h"
#include "load/pool.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "util/alloc.h"
#include "tests/tap.h"
#include "tests/unit/dump.h"

enum { SPANS = 30000, SPANS_A_GROUP = 40 };

static void
add_span(struct buf *out, int i, bool broken)
{
	buf_addf(out, "%s{\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"parentSpanId\":\"%s\",\"name\":%sop %d\",\"kind\":%d,", i ? "," : "",
	         i / 50 + 1, i + 1, i % 50 ? "" : "0000000000000001", broken ? "" : "\"", i % 97, i % 6);
	buf_addf(out, "\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",\"attributes\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"v %d\"}}]}",
	         1000 + i * 10, 1000 + i * 10 + i % 300, i);
}

static void
add_resource(struct buf *out, int number)
{
	buf_addf(out, "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"service %d\"}}]}", number);
}

/* One group of all spans, its resource before or after them; broken_every: one span in so many is no valid JSON; 0: none. */
static struct buf
one_group(bool resource_first, int broken_every)
{
	struct buf out = { 0 };

	buf_add(&out, STR("{\"resourceSpans\":[{"));
	if (resource_first) {
		add_resource(&out, 1);
		buf_addc(&out, ',');
	}
	buf_add(&out, STR("\"scopeSpans\":[{\"spans\":["));
	for (int i = 0; i < SPANS; i++)
		add_span(&out, i, broken_every && i % broken_every == broken_every / 2);
	buf_add(&out, STR("]}]"));
	if (!resource_first) {
		buf_addc(&out, ',');
		add_resource(&out, 1);
	}
	buf_add(&out, STR("}]}"));
	return out;
}

/* Many groups of a few spans; after all, with or without the document's end. */
static struct buf
many_groups(bool cut)
{
	struct buf out = { 0 };

	buf_add(&out, STR("{\"batches\":[\n"));
	for (int group = 0; group < SPANS / SPANS_A_GROUP; group++) {
		buf_add(&out, group ? STR(",\n{") : STR("{"));
		add_resource(&out, group % 13);
		buf_add(&out, STR(",\"scopeSpans\":[{\"spans\":["));
		for (int i = 0; i < SPANS_A_GROUP; i++)
			add_span(&out, i == 0 ? 0 : group * SPANS_A_GROUP + i, false);
		buf_add(&out, group % 100 == 7 ? STR("]}]},17") : STR("]}]}"));
	}
	buf_add(&out, STR("]}"));
	if (cut)
		out.len -= out.len / 3;
	return out;
}

static unsigned pools;

void __real_pool_run(const struct pool_work *work, unsigned threads, struct sink *into);
void __wrap_pool_run(const struct pool_work *work, unsigned threads, struct sink *into);

void
__wrap_pool_run(const struct pool_work *work, unsigned threads, struct sink *into)
{
	pools++;
	__real_pool_run(work, threads, into);
}

static struct buf
read_with(const char *path, unsigned threads, uint32_t *spans_out)
{
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .threads = threads }, &err);
	struct buf text = { 0 };

	*spans_out = ds ? ds->spans.count : 0;
	if (ds)
		text = dump(ds);
	dataset_free(ds);
	return text;
}

static void
same_for_all(struct buf document, const char *what)
{
	char path[] = "/tmp/spanfire-elements-XXXXXX";
	int fd = mkstemp(path);
	uint32_t spans, spans_here;

	if (fd < 0 || write(fd, document.at, document.len) != (ssize_t)document.len)
		panic("cannot write %s", path);
	close(fd);
	pools = 0;
	struct buf want = read_with(path, 1, &spans);
	ok(spans > SPANS / 2, "%s: one thread reads it", what);
	is_int(pools, 0, "without another");
	for (unsigned threads = 2; threads <= 8; threads *= 2) {
		pools = 0;
		struct buf got = read_with(path, threads, &spans_here);
		ok(got.len > 0 && str_equal(buf_str(&got), buf_str(&want)), "%s: %u threads read the same", what, threads);
		ok(pools > 0, "and all of them are asked");
		buf_fini(&got);
	}
	buf_fini(&want);
	buf_fini(&document);
	unlink(path);
}

/* Spans of Jaeger: of some the process is known by its number, others carry it; some start at 0. */
static void
add_jaeger_span(struct buf *out, int i, int processes, bool broken)
{
	buf_addf(out, "%s{\"traceID\":\"%x\",\"spanID\":\"%x\",\"operationName\":%sop %d\",\"references\":[", i ? "," : "", i / 9000 + 1, i + 1,
	         broken ? "" : "\"", i % 97);
	if (i % 50)
		buf_addf(out, "{\"refType\":\"CHILD_OF\",\"spanID\":\"%x\"},{\"refType\":\"FOLLOWS_FROM\",\"spanID\":\"%x\"}", i / 50 * 50 + 1, i);
	buf_addf(out, "],\"startTime\":%lld,\"duration\":%d,\"tags\":[{\"key\":\"error\",\"type\":\"bool\",\"value\":%s}],",
	         i % 1000 == 5 ? 0LL : 1700000000000000LL + i, i % 300, i % 11 ? "false" : "true");
	if (i % 13 == 0)
		buf_addf(out, "\"process\":{\"serviceName\":\"own %d\",\"tags\":[]}}", i % 5);
	else
		buf_addf(out, "\"processID\":\"p%d\"}", i * 7 % processes);
}

static void
add_jaeger_trace(struct buf *out, int first, int count, int processes, int broken_every)
{
	buf_add(out, STR("{\"traceID\":\"1\",\"spans\":["));
	for (int i = 0; i < count; i++) {
		size_t at = out->len;
		add_jaeger_span(out, first + i, processes, broken_every && i % broken_every == broken_every / 2);
		if (i == 0 && out->at[at] == ',')
			out->at[at] = ' ';
	}
	buf_add(out, STR("]"));
	for (int i = 0; i < processes; i++)
		buf_addf(out, "%s\"p%d\":{\"serviceName\":\"service %d\",\"tags\":[]}", i ? "," : ",\"processes\":{", i, i);
	buf_add(out, STR("}}"));
}

static struct buf
jaeger_trace(bool bare, int broken_every)
{
	struct buf out = { 0 };

	if (!bare)
		buf_add(&out, STR("{\"data\":["));
	add_jaeger_trace(&out, 0, SPANS, 5, broken_every);
	if (!bare)
		buf_add(&out, STR("]}"));
	return out;
}

/* Many traces, now and then a span outside of one. */
static struct buf
jaeger_traces(bool cut)
{
	struct buf out = { 0 };

	buf_add(&out, STR("{\"data\":["));
	for (int trace = 0; trace < SPANS / 100; trace++) {
		buf_add(&out, trace ? STR(",") : STR(""));
		add_jaeger_trace(&out, trace * 100, 100, trace % 4 + 1, 0);
		if (trace % 50 == 20)
			add_jaeger_span(&out, trace * 100 + 13, 3, false);
	}
	buf_add(&out, STR("],\"total\":0}"));
	if (cut)
		out.len -= out.len / 3;
	return out;
}

/* A list that begins with a span outside of a trace, with traces among the spans; what they call "p0" is not one process. */
static struct buf
jaeger_spans(int broken_every)
{
	struct buf out = { 0 };

	buf_addc(&out, '[');
	for (int i = 0; i < SPANS; i++) {
		add_jaeger_span(&out, i, 3, broken_every && i % broken_every == broken_every / 2);
		if (i % 5000 == 777) {
			buf_addc(&out, ',');
			add_jaeger_trace(&out, SPANS + i, 20, i % 4 + 1, 0);
		}
	}
	buf_addc(&out, ']');
	return out;
}

static void
add_zipkin_span(struct buf *out, int i, bool first, bool broken)
{
	buf_addf(out, "%s{\"traceId\":\"%016x\",\"id\":\"%016x\",\"parentId\":\"%016x\",\"kind\":\"%s\",\"name\":%sop %d\",", first ? "" : ",",
	         i / 100 + 1, i + 1, i / 50 * 50 + 1, i % 3 ? "CLIENT" : "SERVER", broken ? "" : "\"", i % 97);
	buf_addf(out, "\"timestamp\":%lld,\"duration\":%d,\"localEndpoint\":{\"serviceName\":\"service %d\",\"ipv4\":\"10.0.0.%d\"}}",
	         1700000000000000LL + i, i % 300, i / 3 % 7, i % 2);
}

/* Lists of so many spans, the last one of all that are left; 0: one list. */
static struct buf
zipkin(int list, int lists, int broken_every)
{
	struct buf out = { 0 };

	buf_add(&out, STR("["));
	for (int i = 0; i < SPANS; i++) {
		bool begins = list && i % list == 0 && i / list < lists;
		if (begins)
			buf_add(&out, i ? STR("],[") : STR("["));
		add_zipkin_span(&out, i, begins || !i, broken_every && i % broken_every == broken_every / 2);
	}
	buf_add(&out, list ? STR("],17]") : STR("]"));
	return out;
}

int
main(void)
{
	same_for_all(one_group(true, 0), "one group");
	same_for_all(one_group(false, 0), "its resource behind the spans");
	same_for_all(one_group(true, 1009), "some spans broken");
	same_for_all(many_groups(false), "many groups");
	same_for_all(many_groups(true), "many groups, cut short");
	same_for_all(jaeger_trace(false, 0), "a trace of Jaeger");
	same_for_all(jaeger_trace(true, 0), "a trace of Jaeger, bare");
	same_for_all(jaeger_trace(false, 977), "a trace of Jaeger, some spans broken");
	same_for_all(jaeger_traces(false), "traces of Jaeger");
	same_for_all(jaeger_traces(true), "traces of Jaeger, cut short");
	same_for_all(jaeger_spans(0), "spans of Jaeger, traces among them");
	same_for_all(jaeger_spans(977), "the same, some spans broken");
	same_for_all(zipkin(0, 0, 0), "a list of Zipkin");
	same_for_all(zipkin(0, 0, 991), "a list of Zipkin, some spans broken");
	same_for_all(zipkin(100, INT_MAX, 0), "lists of Zipkin");
	same_for_all(zipkin(1000, 3, 0), "lists of Zipkin, the last one long");
	return done();
}
