/* SPDX-License-Identifier: MIT
 * One large JSON document on several threads: the dataset is the one that a single thread reads, to the byte. */
#include "config.h"

#include "load/load.h"

#include <fcntl.h>
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
	struct buf want = read_with(path, 1, &spans);
	ok(spans > SPANS / 2, "%s: one thread reads it", what);
	for (unsigned threads = 2; threads <= 8; threads *= 2) {
		struct buf got = read_with(path, threads, &spans_here);
		ok(got.len > 0 && str_equal(buf_str(&got), buf_str(&want)), "%s: %u threads read the same", what, threads);
		buf_fini(&got);
	}
	buf_fini(&want);
	buf_fini(&document);
	unlink(path);
}

int
main(void)
{
	same_for_all(one_group(true, 0), "one group");
	same_for_all(one_group(false, 0), "its resource behind the spans");
	same_for_all(one_group(true, 1009), "some spans broken");
	same_for_all(many_groups(false), "many groups");
	same_for_all(many_groups(true), "many groups, cut short");
	return done();
}
