/* SPDX-License-Identifier: MIT
 * One trace in several formats is one tree with the same names, services, times and details, also with its log records beside it. */
#include "config.h"

#include <inttypes.h>

#include "load/detail.h"
#include "load/load.h"
#include "tests/cli/run.h"
#include "tests/tap.h"
#include "util/text.h"

static void
add_details(const struct dataset *ds, span_id span, struct buf *out)
{
	struct details details = { 0 };
	struct error err = { 0 };

	if (!details_read(ds, span, &details, &err))
		buf_addf(out, "\tno details: %s\n", err.text);
	for (size_t i = 0; i < details.len; i++) {
		const struct detail_row *row = &details.at[i];

		buf_addf(out, "\t%d.%" PRIu32 " %" PRId64 " %s ", (int)row->section, row->index, row->time_ns, row->type);
		text_escape(row->key, out);
		buf_add(out, STR(" = "));
		text_escape(row->value, out);
		buf_addc(out, '\n');
	}
	details_fini(&details);
}

static struct dataset *
load(const char *const *paths, size_t count)
{
	struct error err = { 0 };
	struct dataset *ds = load_files(paths, count, &(struct load_options){ .threads = 1 }, &err);

	if (!ok(ds != NULL, "%s is read", paths[0]))
		diag("%s", err.text);
	return ds;
}

static const struct spans *sorted_spans;

static int
by_id(const void *a, const void *b)
{
	uint64_t x = sorted_spans->id[*(const span_id *)a], y = sorted_spans->id[*(const span_id *)b];

	return x < y ? -1 : x > y;
}

/* Every span with what it says, by id, since a format may put them in another order. */
static void
describe(const struct dataset *ds, struct buf *out)
{
	const struct spans *spans = &ds->spans;
	span_id *order = xcalloc(spans->count, sizeof *order);

	for (span_id span = 0; span < spans->count; span++)
		order[span] = span;
	sorted_spans = spans;
	qsort(order, spans->count, sizeof *order, by_id);
	buf_clear(out);
	for (uint32_t i = 0; i < spans->count; i++) {
		span_id span = order[i], parent = spans->parent[span];

		buf_addf(out, "%016" PRIx64 " %016" PRIx64 " %016" PRIx64 " %d %d %" PRId64 " %" PRId64 " ", spans->id[span],
		         spans->parent_id[span], parent == ID_NONE ? 0 : spans->id[parent], spans->kind[span], spans->status[span],
		         spans->start_ns[span], spans->duration_ns[span]);
		text_escape(span_service(ds, span), out);
		buf_add(out, STR(" / "));
		text_escape(frame_name(ds, spans->frame[span]), out);
		buf_addc(out, '\n');
		add_details(ds, span, out);
	}
	free(order);
}

/* What a command says of a file, from a word on. */
static void
say(const char *command, const char *option, const char *value, const char *path, const char *from, struct buf *out)
{
	struct buf all = { 0 };
	const char *begin;

	is_int(run_spanfire((const char *const[]){ command, option, value ? value : path, value ? path : NULL, NULL }, &all), 0, command);
	buf_add(&all, STR(""));
	begin = strstr(all.at, from);
	buf_clear(out);
	buf_add(out, str_of(begin ? begin : "nothing"));
	buf_fini(&all);
}

/* The first differing line of two texts. */
static void
show_difference(const char *one, const char *two)
{
	while (*one && *two && strcspn(one, "\n") == strcspn(two, "\n") && strncmp(one, two, strcspn(one, "\n")) == 0) {
		one += strcspn(one, "\n") + (one[strcspn(one, "\n")] != '\0');
		two += strcspn(two, "\n") + (two[strcspn(two, "\n")] != '\0');
	}
	diag("one: %.*s", (int)strcspn(one, "\n"), one);
	diag("two: %.*s", (int)strcspn(two, "\n"), two);
}

static void
check_same(struct buf *first, struct buf *other, const char *what, const char *path)
{
	buf_add(first, STR(""));
	buf_add(other, STR(""));
	if (!ok(str_equal(buf_str(first), buf_str(other)) && first->len > 40, "%s: %s", path, what))
		show_difference(first->at, other->at);
}

static void
compare(const char *folder, const char *const *names, size_t count)
{
	struct buf spans[2] = { 0 }, facts[2] = { 0 }, stacks[2] = { 0 };

	for (size_t i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", folder, names[i]);
		struct dataset *ds = load((const char *const[]){ path }, 1);

		if (ds)
			describe(ds, &spans[i > 0]);
		dataset_free(ds);
		say("info", "--json", NULL, path, "\"tracks\"", &facts[i > 0]);
		say("export", "--to", "folded", path, "", &stacks[i > 0]);
		if (i > 0) {
			check_same(&spans[0], &spans[1], "spans and their details", path);
			check_same(&facts[0], &facts[1], "facts", path);
			check_same(&stacks[0], &stacks[1], "folded stacks", path);
		}
		free(path);
	}
	for (int i = 0; i < 2; i++) {
		buf_fini(&spans[i]);
		buf_fini(&facts[i]);
		buf_fini(&stacks[i]);
	}
}

/* Log records are events of their spans, whichever file and format either comes from. */
static void
with_logs(const char *folder)
{
	static const char *const pairs[][2] = {
		{ "otlp.json", "logs.json" }, { "jaeger.json", "logs.pb" }, { "otlp.pb", "logs.json" }, { "logs.pb", "otlp.json" },
		{ "framed.pb", "" },
	};
	struct buf first = { 0 }, other = { 0 };

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *one = xasprintf("%s/%s", folder, pairs[i][0]), *two = xasprintf("%s/%s", folder, pairs[i][1]);
		struct dataset *ds = load((const char *const[]){ one, two }, *pairs[i][1] ? 2 : 1);

		describe(ds, i ? &other : &first);
		is_int(ds->extra_ref_count, 2, "log records with a span");
		uint64_t left_out = 0, lost = 0;
		for (uint32_t k = 0; k < ds->note_count; k++) {
			left_out += str_starts(dataset_str(ds, ds->notes[k].text), STR("a log record of no span")) ? ds->notes[k].count : 0;
			lost += str_starts(dataset_str(ds, ds->notes[k].text), STR("a log record names no span")) ? ds->notes[k].count : 0;
		}
		ok(left_out == 1 && lost == 1, "log records without one are counted");
		is_int(ds->loose_ref_count, 1, "that of the trace is kept");
		if (i)
			check_same(&first, &other, pairs[i][1], one);
		dataset_free(ds);
		free(one);
		free(two);
	}
	ok(strstr(first.at, "2.1 1700000000001600000 event give.up = \n"
	                    "\t2.1 1700000000001600000 int severity_number = 17\n"
	                    "\t2.1 1700000000001600000 string body = gave up"), "an event with what its record says");
	buf_fini(&first);
	buf_fini(&other);
}

int
main(void)
{
	static const char *const own[] = { "jaeger.json", "otlp.json", "otlp.pb" };
	static const char *const kept[] = {
		"jaeger/jaeger-ui-genaiTestTrace.json", "otlp-json/jaeger-ui-genaiTestTrace.otlp.json", "otlp-proto/jaeger-ui-genaiTestTrace.otlp.pb",
	};
	const char *corpus = corpus_path(), *top = getenv("top_srcdir");
	char *folder = xasprintf("%s/tests/data/same", top ? top : ".");

	compare(folder, own, 3);
	with_logs(folder);
	if (corpus)
		compare(corpus, kept, 3);
	else
		skip(1, "no corpus");
	free(folder);
	return done();
}
