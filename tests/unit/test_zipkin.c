/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/unit/samples.h"

enum { SERVICES = 1000 };

static void
add_annotation(struct buf *out, const char *value, int64_t time, const char *side, int i)
{
	buf_addf(out, "{\"timestamp\":%" PRId64 ",\"value\":\"%s\",\"endpoint\":{\"serviceName\":\"%s-%04d\",\"ipv4\":\"10.0.0.1\"}}", time, value, side, i);
}

/* A span of version 1 that is a client and a server, or the server alone. */
static void
add_call(struct buf *out, int id, int service, bool both)
{
	buf_addf(out, "%s{\"traceId\":\"1\",\"id\":\"%x\",\"name\":\"call\",\"annotations\":[", id == 1 ? "" : ",", (unsigned)id);
	if (both) {
		add_annotation(out, "cs", 1000000, "caller", service);
		buf_addc(out, ',');
	}
	add_annotation(out, "sr", 1000010, "callee", service);
	buf_addc(out, ',');
	add_annotation(out, "ss", 1000020, "callee", service);
	buf_add(out, STR("]}"));
}

/* So many that two of one span are remembered in the same place now and then. */
static void
test_two_sides(void)
{
	struct buf text = { 0 };

	buf_addc(&text, '[');
	for (int i = 0; i < SERVICES; i++)
		add_call(&text, 2 * i + 1, i, true), add_call(&text, 2 * i + 2, i, false);
	buf_addc(&text, ']');
	struct dataset *ds = sample_load(&load_zipkin, buf_str(&text), SAMPLE_WHOLE);
	struct dataset *other = sample_load(&load_zipkin, buf_str(&text), 1024);
	uint32_t wrong = 0;

	for (span_id span = 0; span < ds->spans.count; span++)
		wrong += !str_equal(span_service(ds, span), span_service(other, span));
	ok(ds->spans.count == 3 * SERVICES && other->spans.count == ds->spans.count, "calls of both sides and of one");
	ok(ds->group_count == other->group_count && wrong == 0, "a service is the one that the span says");
	dataset_free(ds);
	dataset_free(other);
	buf_fini(&text);
}

/* A time that does not fit is none, however it is read. */
static void
test_far_time(void)
{
	static const struct str text = STR("{\"traceId\":\"1\",\"id\":\"1\","
	                                   "\"annotations\":[{\"timestamp\":17000000000000620,\"value\":\"sr\",\"endpoint\":{}}],"
	                                   "\"name\":\"many bytes behind a number let it be read at once\"}");
	static const int feeds[] = { SAMPLE_WHOLE, SAMPLE_LINES, 7 };

	for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
		struct dataset *ds = sample_load(&load_zipkin, text, feeds[i]);
		ok(ds->spans.count == 1 && ds->spans.flags[0] & SPAN_NO_START, "fed by %d, a span whose time is too far away has no start", feeds[i]);
		dataset_free(ds);
	}
}

int
main(void)
{
	samples_run(&load_zipkin, "zipkin", "v2.json");
	test_two_sides();
	test_far_time();
	return done();
}
