/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/detail.h"
#include "load/gecko.h"
#include "tests/unit/profile_samples.h"

static void
check_location(const char *text, const char *want)
{
	struct gecko_location found = gecko_location(str_of(text));
	struct buf got = { 0 };

	buf_add(&got, found.name);
	buf_addc(&got, '|');
	buf_add(&got, found.lib);
	buf_addc(&got, '|');
	buf_add(&got, found.file);
	buf_addf(&got, "|%u%s", found.line, found.is_js ? " js" : "");
	is_text(got.at, want, text);
	buf_fini(&got);
}

static void
test_locations(void)
{
	check_location("main", "main|||0");
	check_location("main (in app)", "main|app||0");
	check_location("main (in app) + 12", "main|app||0");
	check_location("f(int, char**) (in libxul.so (deleted))", "f(int, char**)|libxul.so (deleted)||0");
	check_location("f (a.js:3)", "f||a.js|3 js");
	check_location("f (a.js:3:1)", "f||a.js|3 js");
	check_location("f (a.js:3:1)[42]", "f||a.js|3 js");
	check_location("f (http://x:80/a(1).js:3:1)", "f||http://x:80/a(1).js|3 js");
	check_location("g (resource://a.js -> resource://b.js:7)", "g||resource://b.js|7 js");
	check_location("https://x/a.js:9", "https://x/a.js:9||https://x/a.js|9 js");
	check_location("Timer::Fire (idle)", "Timer::Fire (idle)|||0");
	check_location("std::vector<int>::at(unsigned long)", "std::vector<int>::at(unsigned long)|||0");
	check_location("f (a.js:99999999999999999999)", "f||a.js|0 js");
	check_location("f (:3)", "f (:3)|||0");
	check_location("", "|||0");
	check_location(")", ")|||0");
	check_location("]", "]|||0");
	check_location("f (", "f (|||0");
	check_location("(in x)", "(in x)|||0");
	check_location(" (in x)", "|x||0");
	check_location("https://x ()", "https://x ()|||0");
}

/* Stacks are made once however often they are named, and a long chain is no deep call. */
static void
test_long_chain(void)
{
	struct buf text = { 0 };
	enum { LENGTH = 200000 };

	buf_add(&text, STR("{\"meta\":{\"interval\":1},\"libs\":[],\"threads\":[{\"name\":\"t\",\"stringArray\":[\"f\"],\"funcTable\":{\"name\":[0]},"
	                   "\"frameTable\":{\"func\":[0]},\"samples\":{\"stack\":["));
	for (int i = LENGTH - 1; i > 0; i--)
		buf_addf(&text, "%d,", i);
	buf_add(&text, STR("0]},\"stackTable\":{\"prefix\":[null"));
	for (int i = 0; i < LENGTH - 1; i++)
		buf_addf(&text, ",%d", i);
	buf_add(&text, STR("],\"frame\":[0"));
	for (int i = 1; i < LENGTH; i++)
		buf_add(&text, STR(",0"));
	buf_add(&text, STR("]}}]}"));
	struct dataset *ds = profile_load(&load_gecko, buf_str(&text), 0);
	is_int(ds->stacks.count, LENGTH, "a stack for each row");
	is_int(ds->samples.count, LENGTH, "a sample for each");
	dataset_free(ds);
	buf_fini(&text);
}

/* Names and addresses of a hostile kind take no more time than others. */
static void
test_many(void)
{
	struct buf text = { 0 };
	enum { MANY = 30000 };

	buf_add(&text, STR("{\"meta\":{},\"libs\":["));
	for (int i = 0; i < MANY; i++)
		buf_addf(&text, "%s{\"name\":\"l%d\",\"start\":%d,\"end\":%d}", i ? "," : "", i, 16 * i, 16 * i + 16);
	buf_add(&text, STR("],\"threads\":["));
	for (int i = 0; i < MANY; i++)
		buf_addf(&text, "%s{\"name\":\"w%s\"}", i ? "," : "", i % 3 ? "" : " (2)");
	buf_add(&text, STR(",{\"name\":\"s\",\"stringTable\":[\"\""));
	for (int i = 0; i < MANY; i++)
		buf_addf(&text, ",\"0x%x\"", 16 * i + 3);
	buf_add(&text, STR("],\"samples\":{\"schema\":{\"stack\":0},\"data\":[[0]"));
	for (int i = 1; i < MANY; i++)
		buf_addf(&text, ",[%d]", i);
	buf_add(&text, STR("]},\"stackTable\":{\"schema\":{\"frame\":0},\"data\":[[0]"));
	for (int i = 1; i < MANY; i++)
		buf_addf(&text, ",[%d]", i);
	buf_add(&text, STR("]},\"frameTable\":{\"schema\":{\"location\":0},\"data\":[[1]"));
	for (int i = 1; i < MANY; i++)
		buf_addf(&text, ",[%d]", i + 1);
	buf_add(&text, STR("]}}]}"));
	struct dataset *ds = profile_load(&load_gecko, buf_str(&text), 0);
	is_int(ds->track_count, MANY + 1, "many threads of two names are told apart");
	is_text(frame_name(ds, ds->stacks.frame[MANY - 1]).at, "l29999+0x3", "and addresses are found in many libraries");
	dataset_free(ds);
	buf_fini(&text);
}

/* The data of a marker, and of the one that ends it, is read again; one without any has no details and no fault. */
static void
test_marker_details(void)
{
	struct str text = STR("{\"meta\":{\"interval\":1,\"categories\":[{\"name\":\"DOM\"}]},\"libs\":[],\"threads\":[{\"name\":\"t\","
	                      "\"stringArray\":[\"load\",\"ping\"],\"samples\":{\"stack\":[]},\"frameTable\":{},\"stackTable\":{},"
	                      "\"markers\":{\"data\":[{\"type\":\"Net\",\"url\":\"a\\/b\",\"n\":[1,{}]},null,{\"type\":\"Net\",\"bytes\":7}],"
	                      "\"name\":[0,1,0],\"startTime\":[1,2,0],\"endTime\":[0,null,5],\"phase\":[2,0,3],\"category\":[0,0,0]}}]}");
	struct dataset *ds = profile_load(&load_gecko, text, 0);
	struct details details = { 0 };
	struct error err = { 0 };

	ds->sources[0].bytes = text.at;
	ds->sources[0].size = text.len;
	is_int(ds->spans.count, 2, "start and end are one span");
	is_int(ds->spans.duration_ns[0], 4000000, "from the one's start to the other's end");
	ok(load_gecko.detail(ds, 0, &details, &err), "its data is read: %s", err.text);
	is_int((int)details.len, 3, "each member is an attribute");
	is_text(details.at[1].value.at, "a/b", "with its value");
	is_text(details.at[2].value.at, "[1,{}]", "or as JSON");
	is_int(ds->extra_ref_count, 1, "the end's data belongs to it");
	details_clear(&details);
	ok(load_gecko.record(ds, &ds->extra_refs[0], &details, &err), "and is read: %s", err.text);
	is_text(details.at[1].key.at, "bytes", "with what the start has not");
	is_text(details.at[1].type, "int", "and its type");
	details_clear(&details);
	ok(load_gecko.detail(ds, 1, &details, &err) && details.len == 0, "a marker without data has no details");
	details_fini(&details);
	dataset_free(ds);
}

/* The build that a library is of, by either of its ids. */
static void
test_builds(void)
{
	struct str text = STR("{\"meta\":{\"interval\":1},\"libs\":[{\"name\":\"a\",\"breakpadId\":\"AA0\",\"codeId\":\"aa\",\"start\":1000,\"end\":2000},"
	                      "{\"name\":\"b\",\"breakpadId\":\"BB0\",\"codeId\":null,\"start\":2000,\"end\":3000}],"
	                      "\"threads\":[{\"name\":\"t\",\"stringTable\":[\"0x3e9\",\"0x7d1\"],"
	                      "\"samples\":{\"schema\":{\"stack\":0,\"time\":1},\"data\":[[1,1]]},"
	                      "\"frameTable\":{\"schema\":{\"location\":0},\"data\":[[0],[1]]},"
	                      "\"stackTable\":{\"schema\":{\"prefix\":0,\"frame\":1},\"data\":[[null,0],[0,1]]},"
	                      "\"markers\":{\"schema\":{},\"data\":[]}}]}");
	struct dataset *ds = profile_load(&load_gecko, text, 0);

	is_int(ds->frame_count, 2, "two frames");
	is_text(dataset_str(ds, ds->frames[0].build).at, "aa", "the id of a library's code");
	is_text(dataset_str(ds, ds->frames[1].build).at, "BB0", "else that of its symbols");
	dataset_free(ds);
}

int
main(void)
{
	profiles_run(&load_gecko, "gecko", "own_tables.json");
	test_marker_details();
	test_locations();
	test_long_chain();
	test_many();
	test_builds();
	return done();
}
