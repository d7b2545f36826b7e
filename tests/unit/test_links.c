/* SPDX-License-Identifier: MIT
 * Links to other spans and the number of events are told while spans are read, as their details tell it. */
#include "config.h"

#include <stdlib.h>

#include "load/detail.h"
#include "load/load.h"
#include "tests/tap.h"
#include "tests/unit/document.h"
#include "tests/unit/files.h"

enum { SPANS_MOST = 20000 };    /* whose details are read, of a file */

struct told { bool readable, links; uint32_t events; };

static struct told
told_by_details(const struct dataset *ds, span_id span)
{
	struct details details = { .wish.without = ~(1u << DETAIL_LINK | 1u << DETAIL_EVENT) };
	struct told told = { .readable = details_read(ds, span, &details, NULL) };

	for (size_t i = 0; i < details.len && told.readable; i++) {
		const struct detail_row *row = &details.at[i];

		told.links |= row->section == DETAIL_LINK && (row->value.len || str_equal(str_of(row->type), STR("flow")));
		told.events += row->section == DETAIL_EVENT && str_equal(str_of(row->type), STR("event"));
	}
	details_fini(&details);
	return told;
}

/* How many spans say one thing and are marked as the other. */
static uint32_t
wrong_marks(const struct dataset *ds, uint32_t *linked, uint32_t *events)
{
	uint32_t wrong = 0;

	for (span_id span = 0; span < ds->spans.count && span < SPANS_MOST; span++) {
		struct told told = told_by_details(ds, span);
		bool marked = ds->spans.flags[span] & SPAN_LINKS, same = told.links == marked && (told.events == ds->spans.events[span] || !told.readable);
		if (!same)
			diag("span %u, %llu: %s, %u events counted, %u read", span, (unsigned long long)ds->spans.detail_at[span],
			     marked ? "marked" : "not marked", ds->spans.events[span], told.events);
		wrong += !same;
		*linked += told.links;
		*events += told.events;
	}
	return wrong;
}

static void
test_folder(const char *folder)
{
	struct names names = { 0 };
	uint32_t wrong = 0, linked = 0, events = 0;

	folder_list(folder, "", &names);
	for (size_t i = 0; i < names.len; i++) {
		const char *paths[] = { names.at[i] };
		struct error err = { 0 };
		struct dataset *ds = load_files(paths, 1, &(struct load_options){ .threads = 2 }, &err);
		if (!ds)
			continue;
		uint32_t here = wrong_marks(ds, &linked, &events);
		if (here)
			diag("%s: %u", names.at[i], here);
		wrong += here;
		dataset_free(ds);
	}
	is_int(wrong, 0, folder);
	diag("%u with links, %u events", linked, events);
	names_free(&names);
}

#define IDS(span) "\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"000000000000000" span "\",\"name\":\"s\","
#define TIMES "\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":\"1700000000100000000\""

static void
test_otlp(void)
{
	struct dataset *ds = read_document("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" IDS("1") TIMES ",\"links\":[]},{" IDS("2") TIMES
	                                   ",\"links\":[{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0000000000000001\"}]},{" IDS("3") TIMES
	                                   ",\"links\":null}]}]}]}");

	is_int(ds->spans.count, 3, "three spans");
	is_int(ds->spans.flags[0] & SPAN_LINKS, 0, "no links are none");
	is_int(ds->spans.flags[1] & SPAN_LINKS, SPAN_LINKS, "one is");
	is_int(ds->spans.flags[2] & SPAN_LINKS, 0, "null is none");
	dataset_free(ds);
}

/* Objects are events, whatever stands between them; a span whose list is spoilt is still one. */
static void
test_events(void)
{
	struct dataset *ds = read_document("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" IDS("1") TIMES ",\"events\":[{},null,{\"name\":\"]\"}]},{"
	                                   IDS("2") TIMES ",\"events\":[{} {}]},{" IDS("3") TIMES ",\"events\":{}},{" IDS("4") TIMES "}]}]}]}");

	is_int(ds->spans.count, 4, "four spans");
	is_int(ds->spans.events[0], 2, "two events");
	is_int(ds->spans.events[2], 0, "no list, no events");
	is_int(ds->spans.events[3], 0, "nor without one");
	dataset_free(ds);
}

int
main(void)
{
	test_otlp();
	test_events();
	if (!trace_folders(test_folder))
		skip(1, "no corpus");
	return done();
}
