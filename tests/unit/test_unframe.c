/* SPDX-License-Identifier: MIT
 * Records compressed one by one, as the collector's file exporter writes them: they read as the same records uncompressed. */
#include "config.h"

#include "load/input.h"

#include <unistd.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "load/detail.h"
#include "load/load.h"
#include "tests/tap.h"
#include "tests/unit/otlp_write.h"
#include "util/alloc.h"

#ifdef HAVE_ZSTD

static const struct input_options options = { .spool_limit = UINT64_C(1) << 30 };

static void
put_length(struct buf *out, size_t len)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_addc(out, (char)(len >> shift));
}

static void
put_record(struct buf *out, struct str record)
{
	size_t bound = ZSTD_compressBound(record.len);
	char *frame = xmalloc(bound);
	size_t len = ZSTD_compress(frame, bound, record.at, record.len, 3);

	put_length(out, len);
	buf_add(out, (struct str){ frame, len });
	free(frame);
}

/* Everything that an input gives. */
static struct buf
read_all(struct str bytes, struct error *problem)
{
	struct error err = { 0 };
	struct input *in = input_open_memory("records", bytes, &options, &err);
	struct buf all = { 0 };

	if (!in) {
		*problem = err;
		return all;
	}
	do
		buf_add(&all, (struct str){ in->begin + (all.len - in->begin_at), (size_t)(in->begin_at + (uint64_t)(in->end - in->begin) - all.len) });
	while (input_more(in, all.len));
	*problem = *input_problem(in);
	input_close(in);
	return all;
}

static void
check(struct str bytes, struct str want, const char *says, const char *what)
{
	struct error problem;
	struct buf got = read_all(bytes, &problem);

	ok(str_equal(buf_str(&got), want), "%s: %zu bytes", what, got.len);
	ok(*says ? strstr(problem.text, says) != NULL : problem.code == ERROR_NONE, "%s: %s", what, *says ? problem.text : "no problem");
	buf_fini(&got);
}

static struct buf
json_record(unsigned id, const char *end)
{
	struct buf out = { 0 };

	buf_addf(&out, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"s\"}}]},"
	         "\"scopeSpans\":[{\"spans\":[{\"traceId\":\"00000000000000000000000000000007\",\"spanId\":\"000000000000000%u\","
	         "\"name\":\"step %u\",\"startTimeUnixNano\":\"170000000000000000%u\",\"endTimeUnixNano\":\"1700000000000000100\","
	         "\"attributes\":[{\"key\":\"id\",\"value\":{\"intValue\":\"%u\"}}]}]}]}]}%s", id, id, id, id, end);
	return out;
}

static struct buf
proto_record(unsigned id)
{
	char name[] = { 's', 't', 'e', 'p', ' ', (char)('0' + id), '\0' };
	struct buf span = span_of(id, 0, name, id, 100 - id), records = { 0 };

	put_message(&records, 2, &span);
	return document_of("s", &records);
}

/* Records of JSON that nobody compressed. */
static void
texts(void)
{
	struct buf framed = { 0 }, plain = { 0 }, blanks = { 0 };
	struct error problem;

	for (unsigned id = 1; id <= 4; id++) {
		struct buf record = json_record(id, "");
		put_length(&framed, record.len);
		buf_add(&framed, buf_str(&record));
		buf_add(&plain, id > 1 ? STR("\n") : STR(""));
		buf_add(&plain, buf_str(&record));
		buf_fini(&record);
	}
	check(buf_str(&framed), buf_str(&plain), "", "plain JSON behind its length");
	struct buf part = read_all((struct str){ framed.at, framed.len - 10 }, &problem);
	ok(part.len == plain.len - 10 && strstr(problem.text, "cut short"), "a cut record gives what there is of it: %s", problem.text);
	buf_add(&framed, STR("\0\0"));
	check(buf_str(&framed), buf_str(&plain), "cut short", "half a length behind plain JSON");
	framed.len -= 2;
	buf_add(&framed, STR("\x7f\xff\xff\xff{"));
	check(buf_str(&framed), buf_str(&plain), "left out", "something else behind plain JSON");
	buf_add(&blanks, STR("\n\n\n\n"));
	buf_add(&blanks, buf_str(&plain));
	check(buf_str(&blanks), buf_str(&blanks), "", "blanks before a document are no length");
	struct buf *all[] = { &framed, &plain, &blanks, &part };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_fini(all[i]);
}

static void
layers(void)
{
	struct buf json = { 0 }, json_plain = { 0 }, proto = { 0 }, proto_plain = { 0 }, large = { 0 }, twice = { 0 };

	for (unsigned id = 1; id <= 4; id++) {
		struct buf record = json_record(id, id == 2 ? "\n" : "");
		put_record(&json, buf_str(&record));
		buf_add(&json_plain, buf_str(&record));
		buf_add(&json_plain, id == 2 ? STR("") : STR("\n"));
		buf_fini(&record);
		record = proto_record(id);
		put_record(&proto, buf_str(&record));
		put_length(&proto_plain, record.len);
		buf_add(&proto_plain, buf_str(&record));
		buf_fini(&record);
	}
	check(buf_str(&json), buf_str(&json_plain), "", "JSON on lines");
	check(buf_str(&proto), buf_str(&proto_plain), "", "protobuf behind its length");
	put_record(&twice, buf_str(&json));
	struct buf whole = { 0 };
	buf_add(&whole, (struct str){ twice.at + 4, twice.len - 4 });
	check(buf_str(&whole), buf_str(&json_plain), "", "in a zstd file");

	struct buf junk = { 0 };
	buf_add(&junk, buf_str(&json));
	buf_add(&junk, STR("\0\0\0\x09what is this"));
	check(buf_str(&junk), buf_str(&json_plain), "left out", "something else behind");
	junk.len = json.len;
	buf_add(&junk, STR("\0\0"));
	check(buf_str(&junk), buf_str(&json_plain), "cut short", "half a length behind");

	for (unsigned i = 0; large.len < 3000000; i++)
		buf_addf(&large, "[%u,\n%u]", i, i * 2654435761u);
	struct buf packed = { 0 };
	put_record(&packed, buf_str(&large));
	buf_addc(&large, '\n');
	check(buf_str(&packed), buf_str(&large), "", "a large record");
	struct error problem;
	struct buf part = read_all((struct str){ packed.at, packed.len / 2 }, &problem);
	ok(part.len > 500000 && str_starts(buf_str(&large), buf_str(&part)) && strstr(problem.text, "cut short"),
	   "a cut record gives what there is of it: %s", problem.text);
	struct buf *all[] = { &json, &json_plain, &proto, &proto_plain, &large, &twice, &whole, &junk, &packed, &part };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_fini(all[i]);
}

static struct dataset *
load(struct str bytes)
{
	char path[] = "/tmp/spanfire-test-XXXXXX";
	int fd = mkstemp(path);
	struct error err = { 0 };

	CHECK(fd >= 0 && write(fd, bytes.at, bytes.len) == (ssize_t)bytes.len);
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .threads = 2 }, &err);
	if (!ds)
		diag("%s", err.text);
	close(fd);
	unlink(path);
	return ds;
}

/* Whether all spans are as they were written, with an attribute in JSON. */
static bool
is_right(const struct dataset *ds, unsigned count, bool with_attribute)
{
	bool right = ds && ds->spans.count == count;

	for (span_id span = 0; right && span < count; span++) {
		struct details details = { 0 };
		struct error err = { 0 };
		char name[] = { 's', 't', 'e', 'p', ' ', (char)('0' + ds->spans.id[span]), '\0' };
		right = str_equal(frame_name(ds, ds->spans.frame[span]), str_of(name)) && details_read(ds, span, &details, &err);
		right = right && details.len == (with_attribute ? 2u : 1u);
		details_fini(&details);
	}
	return right;
}

static void
spans(void)
{
	struct buf json = { 0 }, proto = { 0 }, damaged = { 0 };
	size_t begin = 0, end = 0;

	for (unsigned id = 1; id <= 3; id++) {
		struct buf record = json_record(id, "");
		put_record(&json, buf_str(&record));
		buf_fini(&record);
		record = proto_record(id);
		begin = id == 2 ? proto.len : begin;
		put_record(&proto, buf_str(&record));
		end = id == 2 ? proto.len : end;
		buf_fini(&record);
	}
	struct dataset *ds = load(buf_str(&json));
	ok(is_right(ds, 3, true) && ds->note_count == 0, "JSON records: spans and their details");
	ok(str_equal(dataset_str(ds, ds->sources[0].format), STR("otlp-json")), "as OTLP JSON");
	ok(str_equal(dataset_str(ds, ds->sources[0].compression), STR("zstd")), "compressed with zstd");
	dataset_free(ds);
	ds = load(buf_str(&proto));
	ok(is_right(ds, 3, false) && ds->note_count == 0, "protobuf records: spans and their details");
	ok(str_equal(dataset_str(ds, ds->sources[0].format), STR("otlp-proto")), "as OTLP protobuf");
	dataset_free(ds);
	ds = load((struct str){ json.at, json.len - 5 });
	ok(is_right(ds, 2, true) && ds->note_count >= 1, "a cut JSON record costs itself, with a note");
	dataset_free(ds);
	ds = load((struct str){ proto.at, proto.len - 5 });
	ok(is_right(ds, 2, false) && ds->note_count >= 1, "a cut protobuf record costs itself, with a note");
	dataset_free(ds);
	buf_add(&damaged, buf_str(&proto));
	memset(damaged.at + begin + 12, 0x55, end - begin - 12);
	ds = load(buf_str(&damaged));
	ok(is_right(ds, 2, false) && ds->note_count == 1, "a damaged record costs itself, with a note");
	dataset_free(ds);
	buf_fini(&json);
	buf_fini(&proto);
	buf_fini(&damaged);
}

/* Every cut and many changes of both kinds. */
static void
cuts(void)
{
	struct buf both[2] = { { 0 }, { 0 } };
	uint32_t seed = 3;
	int wrong = 0;

	for (unsigned id = 1; id <= 3; id++) {
		struct buf json = json_record(id, ""), proto = proto_record(id);
		put_record(&both[0], buf_str(&json));
		put_record(&both[1], buf_str(&proto));
		buf_fini(&json);
		buf_fini(&proto);
	}
	for (int kind = 0; kind < 2; kind++) {
		struct error problem;
		struct buf whole = read_all(buf_str(&both[kind]), &problem);
		for (size_t len = 9; len < both[kind].len; len++) {
			struct buf part = read_all((struct str){ both[kind].at, len }, &problem);
			wrong += part.len > whole.len;
			buf_fini(&part);
		}
		for (int i = 0; i < 500; i++) {
			seed = seed * 1664525 + 1013904223;
			char *at = &both[kind].at[4 + (seed >> 8) % (both[kind].len - 4)], was = *at;
			*at = (char)(was ^ 1 << (seed & 7));
			struct buf part = read_all(buf_str(&both[kind]), &problem);
			buf_fini(&part);
			*at = was;
		}
		buf_fini(&whole);
		buf_fini(&both[kind]);
	}
	is_int(wrong, 0, "a cut never gives more");
}

int
main(void)
{
	layers();
	texts();
	spans();
	cuts();
	return done();
}

#else

int
main(void)
{
	struct error err = { 0 };

	ok(!input_open_memory("zstd", STR("\0\0\0\x20\x28\xb5\x2f\xfd...."), &(struct input_options){ .spool_limit = 1 }, &err), "refused");
	ok(strstr(err.text, "zstd"), "by name: %s", err.text);
	return done();
}

#endif
