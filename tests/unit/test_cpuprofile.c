/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/chrome.h"

#include "tests/unit/profile_samples.h"

/* Input of a hostile kind is read in time and space that grow with its length. */
static void
test_deep(void)
{
	struct buf text = { 0 };

	buf_add(&text, STR("{\"samples\":[1],\"timeDeltas\":[1],\"startTime\":0,\"endTime\":9,\"head\":"));
	for (int i = 0; i < 200000; i++)
		buf_add(&text, STR("{\"functionName\":\"f\",\"id\":1,\"hitCount\":1,\"children\":["));
	struct dataset *ds = profile_load(&load_cpuprofile, buf_str(&text), 0);
	is_int(ds->samples.count, 1, "200,000 nodes inside each other, cut there");
	is_int(ds->stacks.count, 1, "only the stack of the sample is made");
	dataset_free(ds);
	buf_clear(&text);

	buf_add(&text, STR("{\"startTime\":0,\"endTime\":9,\"nodes\":["));
	for (int i = 1; i <= 100000; i++)
		buf_addf(&text, "{\"id\":%d,\"parent\":%d,\"hitCount\":1,\"callFrame\":{\"functionName\":\"f%d\",\"url\":\"\"}},", i, i % 100000 + 1, i % 3);
	buf_add(&text, STR("{}]}"));
	ds = profile_load(&load_cpuprofile, buf_str(&text), 0);
	is_int(ds->samples.count, 100000, "100,000 nodes in a ring: each with its hits");
	ok(profile_has_note(ds, "a node is above itself"), "which is cut once and noted");
	dataset_free(ds);
	buf_clear(&text);

	buf_add(&text, STR("{\"startTime\":0,\"nodes\":["));
	for (int i = 1; i <= 50000; i++)
		buf_addf(&text, "%s{\"id\":%d,\"callFrame\":{\"functionName\":\"(program)\",\"lineNumber\":1}}", i > 1 ? "," : "", i);
	buf_add(&text, STR("],\"samples\":[1"));
	for (int i = 2; i <= 50000; i++)
		buf_addf(&text, ",%d", i);
	buf_add(&text, STR("],\"timeDeltas\":[0"));
	for (int i = 2; i <= 50000; i++)
		buf_add(&text, STR(",1"));
	buf_add(&text, STR("]}"));
	ds = profile_load(&load_cpuprofile, buf_str(&text), 0);
	is_int(ds->stacks.count, 50000, "50,000 interruptions on top of each other");
	dataset_free(ds);
	buf_fini(&text);
}

/* Numbers as they stand in columns, plain and odd: each gives one entry. */
static void
test_columns(void)
{
	static const char text[] = "{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"f\"}},{\"id\":4294967294,\"callFrame\":{\"functionName\":\"g\"}}],"
		"\"startTime\":0,\"samples\":[1,1,01,1]}";
	static const char good[] = "{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"f\"}},{\"id\":4294967294,\"callFrame\":{\"functionName\":\"g\"}}],"
		"\"startTime\":0,\"samples\":[1, 4294967294,4294967295,-1,1.0,1e0,\"1\",true,1.5,[1],{\"a\":1},null,1],"
		"\"timeDeltas\":[1,0.001,-0.5,1.25,123456789012345678,1e-3,-1e30,\"2\",null,[],0.1234567890123456789,0,7]}";
	struct dataset *ds = profile_load(&load_cpuprofile, STR(good), 0);
	static const uint32_t lost[] = { 2, 3, 8, 9, 10, 11 };
	int wrong = 0;

	is_int(ds->samples.count, 13, "an entry for each element");
	for (sample_id i = 0, k = 0; i < ds->samples.count; i++) {
		bool is_lost = k < 6 && lost[k] == i;
		wrong += (samples_stack(&ds->samples, i) == ID_NONE) != is_lost;
		k += is_lost;
	}
	is_int(wrong, 0, "what is no node's number is none");
	is_int(samples_time(&ds->samples, 0), 1000, "microseconds");
	is_int(samples_time(&ds->samples, 1), 1001, "with a fraction");
	is_int(samples_time(&ds->samples, 2), 1001, "time does not go back");
	is_int(samples_time(&ds->samples, 3), 1751, "but is counted on from where it was");
	dataset_free(ds);
	ds = profile_load(&load_cpuprofile, STR(text), 0);
	ok(profile_has_note(ds, "a document that is not valid JSON"), "a number that is none ends the document");
	dataset_free(ds);
}

#define NODES "\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"f\"}},{\"id\":2,\"parent\":1,\"callFrame\":{\"functionName\":\"g\"}}]"
#define LISTS "\"samples\":[2,2,1],\"timeDeltas\":[0,10,20]"
#define EVENT(name, data) "{\"name\":\"" name "\",\"ph\":\"P\",\"id\":\"1\",\"pid\":1,\"tid\":1,\"ts\":100,\"args\":{\"data\":{" data "}}}"

/* The last sample lasts until the profile's end, in V8's own files and inside a Chrome trace, whole or in pieces. */
static void
test_end(void)
{
	static const struct { const struct load_format *format; const char *text; double last; bool noted; } cases[] = {
		{ &load_cpuprofile, "{" NODES ",\"startTime\":100,\"endTime\":145," LISTS "}", 15, false },
		{ &load_cpuprofile, "{" NODES ",\"startTime\":100,\"endTime\":9000," LISTS "}", 0, true },
		{ &load_cpuprofile, "{" NODES ",\"startTime\":100,\"endTime\":120," LISTS "}", 0, false },
		{ &load_cpuprofile, "{" NODES ",\"startTime\":100," LISTS "}", 0, false },
		{ &load_chrome, "[" EVENT("CpuProfile", "\"cpuProfile\":{" NODES ",\"startTime\":100,\"endTime\":145," LISTS "}") "]", 15, false },
		{ &load_chrome, "[" EVENT("CpuProfile", "\"cpuProfile\":{" NODES ",\"startTime\":100,\"endTime\":9000," LISTS "}") "]", 0, true },
		{ &load_chrome, "[" EVENT("CpuProfile", "\"cpuProfile\":{" NODES ",\"startTime\":100," LISTS "}") "]", 0, false },
		{ &load_chrome, "[" EVENT("Profile", "\"startTime\":100") "," EVENT("ProfileChunk", "\"cpuProfile\":{" NODES "}," LISTS ) "," EVENT("ProfileChunk", "\"endTime\":145") "]", 15, false },
		{ &load_chrome, "[" EVENT("Profile", "\"startTime\":100") "," EVENT("ProfileChunk", "\"cpuProfile\":{" NODES "}," LISTS ) "," EVENT("ProfileChunk", "\"endTime\":\"nan\"") "]", 0, false },
		{ &load_chrome, "[" EVENT("Profile", "\"startTime\":100") "," EVENT("ProfileChunk", "\"cpuProfile\":{" NODES "},\"endTime\":145,\"timeDeltas\":[0,10,20],\"samples\":[2,2,1,1]") "]", 0, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct dataset *ds = profile_load(cases[i].format, str_of(cases[i].text), 0);
		double last = ds->samples.count == 3 ? samples_weight(&ds->samples, 2, 0) : -1;
		ok(last == cases[i].last && samples_weight(&ds->samples, 1, 0) == 20, "the last of three samples lasts %g us: %s", last, cases[i].text);
		ok(profile_has_note(ds, "a profile ends long after its last sample") == cases[i].noted, "noted where it would be too long");
		dataset_free(ds);
	}
}

int
main(void)
{
	profiles_run(&load_cpuprofile, "cpuprofile", "list.json");
	test_deep();
	test_columns();
	test_end();
	return done();
}
