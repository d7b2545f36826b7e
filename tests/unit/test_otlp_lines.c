/* SPDX-License-Identifier: MIT
 * Traces written as OTLP JSON lines and read again: the same spans with the same details, whatever format they came from. */
#include "config.h"

#include <inttypes.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "analysis/forest.h"
#include "cli/otlp_any.h"
#include "cli/otlp_lines.h"
#include "load/detail.h"
#include "load/load.h"
#include "tests/tap.h"
#include "tests/unit/files.h"

enum { SPANS_MAX = 4000 };    /* of a file that is looked at */

static const struct { const char *type, *text, *want; } values[] = {
	{ "string", "a\"b\xff", "{\"stringValue\":\"a\\\"b\xef\xbf\xbd\"}" },
	{ "int", "-9223372036854775808", "{\"intValue\":\"-9223372036854775808\"}" },
	{ "int", "18446744073709551615", "{\"doubleValue\":18446744073709552000}" },
	{ "int", "many", "{\"stringValue\":\"many\"}" },
	{ "double", "1e3", "{\"doubleValue\":1000}" },
	{ "double", "NaN", "{\"doubleValue\":\"NaN\"}" },
	{ "bool", "true", "{\"boolValue\":true}" },
	{ "bool", "yes", "{\"stringValue\":\"yes\"}" },
	{ "bytes", "AAEC", "{\"bytesValue\":\"AAEC\"}" },
	{ "empty", "", "{}" },
	{ "array", "[]", "{\"arrayValue\":{\"values\":[]}}" },
	{ "array", "[1,\"a\",[true,null],0.5]", "{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},{\"stringValue\":\"a\"},{\"arrayValue\":{\"values\":"
	  "[{\"boolValue\":true},{}]}},{\"doubleValue\":0.5}]}}" },
	{ "map", "{\"a\":{\"b\":[]},\"c\":9007199254740993}", "{\"kvlistValue\":{\"values\":[{\"key\":\"a\",\"value\":{\"kvlistValue\":{\"values\":"
	  "[{\"key\":\"b\",\"value\":{\"arrayValue\":{\"values\":[]}}}]}}},{\"key\":\"c\",\"value\":{\"intValue\":\"9007199254740993\"}}]}}" },
	{ "map", "{\"a\":", "{\"stringValue\":\"{\\\"a\\\":\"}" },
};

static void
test_values(void)
{
	struct buf got = { 0 };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		buf_clear(&got);
		otlp_add_any(values[i].type, str_of(values[i].text), &got);
		is_text(got.at, values[i].want, values[i].text);
	}
	buf_fini(&got);
}

/* True: some of them a nanosecond later. */
static bool
write_spans(const struct dataset *ds, struct buf *out)
{
	struct forest *forest = forest_new(ds);
	struct otlp_report report = { 0 };

	for (track_id track = 0; track < ds->track_count; track++)
		otlp_add_track(ds, &forest->order[forest->track_start[track]], forest->track_start[track + 1] - forest->track_start[track], out, &report);
	forest_free(forest);
	return report.moved > 0;
}

/* A span with all that is known of it as one text. */
static void
describe(const struct dataset *ds, span_id span, struct buf *out)
{
	struct details details = { 0 };
	struct str name = frame_name(ds, ds->spans.frame[span]), service = span_service(ds, span);

	for (int i = 0; i < 16; i++)
		buf_addf(out, "%02x", ds->tracks[ds->spans.track[span]].trace_id[i]);
	buf_addf(out, " %016" PRIx64 " %016" PRIx64 " %" PRId64 " %" PRId64 " %u %u %.*s: %.*s", ds->spans.id[span], ds->spans.parent_id[span],
	         ds->spans.start_ns[span], ds->spans.duration_ns[span], ds->spans.kind[span], ds->spans.status[span], (int)service.len,
	         service.at ? service.at : "", (int)name.len, name.at);
	details_read(ds, span, &details, NULL);
	for (size_t i = 0; i < details.len; i++) {
		const struct detail_row *row = &details.at[i];
		buf_addf(out, "\n\t%d.%u %.*s %s ", row->section, row->index, (int)row->key.len, row->key.at, row->type);
		buf_add(out, row->value);
	}
	details_fini(&details);
}

static void
describe_all(const struct dataset *ds, struct names *out)
{
	struct buf text = { 0 };

	for (span_id span = 0; span < ds->spans.count; span++) {
		buf_clear(&text);
		describe(ds, span, &text);
		vec_push(out, xstrndup(text.at, text.len));
	}
	if (out->len)
		qsort(out->at, out->len, sizeof *out->at, names_compare);
	buf_fini(&text);
}

/* Whether every line is JSON as others read it. */
static bool
is_strict(const struct buf *text)
{
	char *at = text->at;

	while (at && *at) {
		char *newline = strchr(at, '\n');
		cJSON *json = newline ? cJSON_ParseWithLength(at, (size_t)(newline - at)) : NULL;
		if (!json)
			return false;
		cJSON_Delete(json);
		at = newline + 1;
	}
	return true;
}

static struct dataset *
read_again(const struct buf *text)
{
	char path[] = "/tmp/spanfire-lines-XXXXXX";
	int fd = mkstemp(path);
	struct dataset *ds = NULL;

	if (fd >= 0 && write(fd, text->at, text->len) == (ssize_t)text->len)
		ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .format = "otlp-json" }, NULL);
	if (fd >= 0)
		close(fd);
	unlink(path);
	return ds;
}

static bool
has_samples_only(const struct dataset *ds)
{
	return !ds || ds->spans.count == 0 || ds->spans.count > SPANS_MAX;
}

static bool
has_ids(const struct dataset *ds)
{
	static const uint8_t none[16];

	for (span_id span = 0; span < ds->spans.count; span++)
		if (!ds->spans.id[span] || ds->tracks[ds->spans.track[span]].kind != TRACK_TRACE ||
		    memcmp(ds->tracks[ds->spans.track[span]].trace_id, none, sizeof none) == 0)
			return false;
	return true;
}

/* The line of a text that begins at some place. */
static size_t
line_len(const char *at)
{
	return strcspn(at, "\n");
}

static bool
has_line(const char *text, const char *line)
{
	size_t len = line_len(line);

	for (; *text; text += line_len(text) + (text[line_len(text)] != '\0'))
		if (line_len(text) == len && strncmp(text, line, len) == 0)
			return true;
	return false;
}

/* Whether everything that is known of a span before is known after.  What the record said of the span itself may have moved. */
static bool
is_kept(const char *before, const char *after)
{
	for (const char *at = before; *at; at += line_len(at) + (at[line_len(at)] != '\0'))
		if (strncmp(at, "\t0.", 3) != 0 && !has_line(after, at)) {
			diag("lost: %.*s", (int)line_len(at), at);
			return false;
		}
	return true;
}

/* Reading what was written and writing it once more gives the same spans: nothing is lost on the way. */
static int
check_file(const char *path)
{
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, NULL);
	struct buf text = { 0 };

	if (has_samples_only(ds)) {
		dataset_free(ds);
		return 0;
	}
	bool moved = write_spans(ds, &text);
	struct dataset *again = read_again(&text);
	bool strict = is_strict(&text);
	if (ok(again && again->spans.count == ds->spans.count, "%s: all spans come back", path)) {
		struct names before = { 0 }, after = { 0 };
		size_t i = 0;
		describe_all(ds, &before);
		describe_all(again, &after);
		bool exact = str_starts(dataset_str(ds, ds->sources[0].format), STR("otlp")) && !strstr(path, "broken");
		while (i < before.len && (exact ? strcmp(before.at[i], after.at[i]) == 0 : is_kept(before.at[i], after.at[i])))
			i++;
		if (has_ids(ds) && !moved && !strstr(path, "escapes") && !ok(i == before.len, "%s: with all that is known of them", path)) {
			diag("before: %s", before.at[i]);
			diag("after: %s", after.at[i]);
		}
		names_free(&before);
		names_free(&after);
	}
	ok(strict || strstr(path, "escapes"), "%s: and others can read it", path);
	buf_fini(&text);
	dataset_free(ds);
	dataset_free(again);
	return 1;
}

static int
check_folder(const char *folder, const char *suffix)
{
	struct names names = { 0 };
	int checked = 0;

	folder_list(folder, suffix, &names);
	for (size_t i = 0; i < names.len; i++)
		checked += check_file(names.at[i]);
	names_free(&names);
	return checked;
}

int
main(void)
{
	static const char *const own[] = { "otlp", "jaeger", "zipkin", "chrome", "same", "query" };
	static const char *const others[] = { "otlp-json", "otlp-proto", "jaeger", "zipkin" };
	const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".", *corpus = corpus_path();
	int checked = 0;

	test_values();
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		char *folder = xasprintf("%s/tests/data/%s", top, own[i]);
		checked += check_folder(folder, ".json") + check_folder(folder, ".pb");
		free(folder);
	}
	ok(checked > 20, "%d files of ours", checked);
	for (size_t i = 0; corpus && i < sizeof others / sizeof *others; i++) {
		char *folder = xasprintf("%s/%s", corpus, others[i]);
		ok(check_folder(folder, "") > 0, "files in %s", folder);
		free(folder);
	}
	if (!corpus)
		skip(1, "no corpus");
	return done();
}
