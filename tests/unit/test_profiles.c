/* SPDX-License-Identifier: MIT
 * Samples of speedscope, of flame graph servers and of differences. */
#include "config.h"

#include "load/flamebearer.h"
#include "load/folded_diff.h"
#include "load/nested_set.h"
#include "load/speedscope.h"

#include "tests/unit/profile_samples.h"

const struct error *__wrap_input_problem(const struct input *in);

/* Nothing goes wrong with an input that is a window over memory. */
const struct error *
__wrap_input_problem(const struct input *in)
{
	static const struct error none;

	(void)in;
	return &none;
}

static char *
data_path(const char *name)
{
	const char *top = getenv("top_srcdir");

	return xasprintf("%s/tests/data/%s", top ? top : ".", name);
}

static double
sum_of(const struct load_format *format, struct str text, bool *valid_out)
{
	struct dataset *ds = profile_load(format, text, 0);
	double sum = 0;

	for (sample_id i = 0; i < ds->samples.count; i++) {
		for (uint32_t k = 0; k < ds->sample_type_count; k++)
			*valid_out &= samples_weight(&ds->samples, i, k) >= 0;
		sum += samples_weight(&ds->samples, i, 0);
	}
	dataset_free(ds);
	return sum;
}

/* Where boxes are missing, values of their own that their totals do not leave are nothing to tell apart. */
static void
test_no_self(const struct load_format *format, const char *name)
{
	char *path = data_path(name);
	struct buf text = { 0 };
	size_t extra = 0, samples = 0;

	CHECK(file_read(path, &text));
	struct dataset *whole = profile_load(format, buf_str(&text), 0);
	for (size_t len = 0; len < text.len; len++) {
		struct dataset *ds = profile_load(format, (struct str){ text.at, len }, 0);
		extra += ds->sample_type_count > whole->sample_type_count;
		samples += ds->samples.count;
		dataset_free(ds);
	}
	ok(extra == 0 && samples > 0, "%s cut anywhere has no further metric: %zu have", name, extra);
	dataset_free(whole);
	buf_fini(&text);
	free(path);
}

/* The more of it there is, the more it weighs: what is missing of a graph counts for what is below it. */
static void
test_growing(const struct load_format *format, const char *name)
{
	char *path = data_path(name);
	struct buf text = { 0 };
	double before = 0, all;
	bool valid = true;
	size_t wrong = 0;

	CHECK(file_read(path, &text));
	all = sum_of(format, buf_str(&text), &valid);
	for (size_t len = 0; len < text.len; len++) {
		double sum = sum_of(format, (struct str){ text.at, len }, &valid);
		wrong += sum < before || sum > all * (1 + 1e-12);
		before = sum;
	}
	ok(valid && wrong == 0 && before == all, "%s grows with its length, to %g", name, all);
	buf_fini(&text);
	free(path);
}

/* A file that is no JSON. */
static void
test_text(const struct load_format *format, const char *name, const struct load_format *detected)
{
	char *path = data_path(name);
	struct buf text = { 0 };

	CHECK(file_read(path, &text));
	profile_check(format, path, buf_str(&text));
	profile_mutations(format, path, buf_str(&text));
	ok(profile_detect(buf_str(&text)) == detected, "%s: %s", name, detected->name);
	buf_fini(&text);
	free(path);
}

/* Where the line of names is far behind, the same is found however much is seen at a time. */
static void
test_separator(const char *lead)
{
	size_t differ = 0, read = 0;

	for (size_t gap = 0; gap < 5000; gap += 31) {
		struct buf text = { 0 }, want = { 0 };
		for (size_t i = 0; i < gap; i++)
			buf_addc(&text, lead[i < strlen(lead) ? i : strlen(lead) - 1]);
		buf_add(&text, STR("\r\nlevel;value;self;label\r\n0;3;0;total\r\n1;3;3;\"a;b\"\r\n"));
		struct dataset *ds = profile_load(&load_nested_set, buf_str(&text), 0);
		profile_dump(ds, &want);
		read += ds->samples.count;
		differ += !profile_same(&load_nested_set, buf_str(&text), 512, buf_str(&want));
		dataset_free(ds);
		buf_fini(&text);
		buf_fini(&want);
	}
	ok(differ == 0 && read > 100, "names far behind %s: the same through a window", *lead == '\n' ? "blank lines" : "a line of its own");
}

/* What the file says about its active profile, in front of the profiles and behind them, and where frames come last. */
static void
test_active(void)
{
#define ACTIVE_FRAMES "\"shared\":{\"frames\":[{\"name\":\"a\"}]},"
#define ACTIVE_LIST "\"profiles\":[{\"type\":\"sampled\",\"name\":\"x\",\"unit\":\"seconds\",\"startValue\":0,\"endValue\":1,\"samples\":[[0]],\"weights\":[1]}," \
	"{\"type\":\"sampled\",\"name\":\"y\",\"unit\":\"bytes\",\"startValue\":0,\"endValue\":1,\"samples\":[[0]],\"weights\":[1]}]"
	static const struct { const char *text; track_id track; uint32_t type; } cases[] = {
		{ "{" ACTIVE_FRAMES "\"activeProfileIndex\":1," ACTIVE_LIST "}", 1, 1 },
		{ "{" ACTIVE_FRAMES ACTIVE_LIST ",\"activeProfileIndex\":1}", 1, 1 },
		{ "{" ACTIVE_LIST "," ACTIVE_FRAMES "\"activeProfileIndex\":0}", 0, 0 },
		{ "{" ACTIVE_FRAMES ACTIVE_LIST "}", ID_NONE, 0 },
		{ "{" ACTIVE_FRAMES ACTIVE_LIST ",\"activeProfileIndex\":2}", ID_NONE, 0 },
		{ "{" ACTIVE_FRAMES ACTIVE_LIST ",\"activeProfileIndex\":-1}", ID_NONE, 0 },
		{ "{" ACTIVE_FRAMES ACTIVE_LIST ",\"activeProfileIndex\":null}", ID_NONE, 0 },
		{ "{" ACTIVE_FRAMES ACTIVE_LIST ",\"activeProfileIndex\":\"y\"}", ID_NONE, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t step = 0; step <= 16; step += 16) {
			struct dataset *ds = profile_load(&load_speedscope, str_of(cases[i].text), step);
			is_int(ds->samples.count, 2, "two profiles");
			ok(ds->active == cases[i].track && (ds->active == ID_NONE || ds->active_type == cases[i].type), "active: %s", cases[i].text);
			dataset_free(ds);
		}
}

/* Of two members with one name the last one counts; what is no number is said to be none. */
static void
test_twice(void)
{
#define V8_NODES "\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"f\"}}],\"startTime\":0,"
#define BEARER(members) "{\"flamebearer\":{\"names\":[\"total\",\"a\"],\"levels\":[[0,3,0,0],[0,3,3,1]]},\"metadata\":{\"units\":\"samples\"," members "}}"
#define COLUMN(name, type, values) "{\"name\":\"" name "\",\"type\":\"" type "\",\"values\":" values "}"
#define ROWS_OF(more) "{\"meta\":{\"version\":4,\"interval\":1},\"libs\":[],\"threads\":[{\"name\":\"t\",\"samples\":{\"schema\":{\"stack\":0,\"time\":1}," more \
	"\"data\":[[0,1],[0,2]]},\"stackTable\":{\"schema\":{\"prefix\":0,\"frame\":1},\"data\":[[null,0]]},\"frameTable\":{\"schema\":{\"location\":0},\"data\":[[0]]}," \
	"\"stringTable\":[\"f\"]}]}"
	static const struct { const struct load_format *format; const char *text; uint32_t samples; bool noted; } cases[] = {
		{ &load_cpuprofile, "{" V8_NODES "\"samples\":[1],\"samples\":[1,1],\"timeDeltas\":[1,2],\"timeDeltas\":[1,2]}", 2, false },
		{ &load_cpuprofile, "{" V8_NODES "\"samples\":[1,1],\"timeDeltas\":[1,2],\"endTime\":[]}", 2, true },
		{ &load_cpuprofile, "{" V8_NODES "\"samples\":[1,1],\"timeDeltas\":[1,2],\"endTime\":1e400}", 2, true },
		{ &load_cpuprofile, "{" V8_NODES "\"samples\":[1,1],\"timeDeltas\":[1,2],\"endTime\":null}", 2, false },
		{ &load_flamebearer, BEARER("\"sampleRate\":1e400"), 1, true },
		{ &load_flamebearer, BEARER("\"sampleRate\":100"), 1, false },
		{ &load_nested_set, "{\"fields\":[" COLUMN("level", "number", "[0,1]") "," COLUMN("value", "number", "[3,3],\"values\":[3,3]") ","
		  COLUMN("self", "number", "[0,3]") "," COLUMN("label", "string", "[\"all\",\"a\"]") "]}", 1, false },
		{ &load_gecko, ROWS_OF(""), 2, false },
		{ &load_gecko, ROWS_OF("\"data\":[[0,1],[0,2],[0,3]],"), 2, false },
		{ &load_speedscope, "{\"shared\":{\"frames\":[{\"name\":\"a\"}]},\"profiles\":[{\"type\":\"sampled\",\"name\":\"x\",\"unit\":\"none\",\"startValue\":{},"
		  "\"endValue\":1,\"samples\":[[0]],\"weights\":[1]}]}", 1, true },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct dataset *ds = profile_load(cases[i].format, str_of(cases[i].text), 0);
		is_int(ds->samples.count, cases[i].samples, cases[i].text);
		ok(profile_has_note(ds, "a field has a value of the wrong type") == cases[i].noted, "a field that is no number is noted");
		dataset_free(ds);
	}
	struct dataset *ds = profile_load(&load_nested_set, STR("{\"fields\":[" COLUMN("level", "number", "[]") "," COLUMN("value", "number", "[]") ","
	                                                         COLUMN("label", "string", "[]") "]}"), 0);
	ok(ds->samples.count == 0 && profile_has_note(ds, "a flame graph without boxes"), "a table without rows is said to be empty");
	dataset_free(ds);
}

int
main(void)
{
	test_twice();
	test_active();
	test_separator("\n");
	test_separator("sep=.");
	profiles_run(&load_speedscope, "speedscope", "frames_last.json");
	profiles_run(&load_nested_set, "nested-set", "strings.json");
	profiles_run(&load_flamebearer, "flamebearer", "double.json");
	test_text(&load_nested_set, "nested-set/plain.csv", &load_nested_set);
	test_text(&load_nested_set, "nested-set/formatted.csv", &load_nested_set);
	test_text(&load_folded_diff, "folded-diff/plain.folded", &load_folded_diff);
	test_text(&load_folded_diff, "folded-diff/odd.folded", &load_folded_diff);
	test_text(&load_folded_diff, "folded-diff/not_all.folded", &load_folded);
	test_growing(&load_speedscope, "speedscope/both.json");
	test_growing(&load_speedscope, "speedscope/frames_last.json");
	test_growing(&load_nested_set, "nested-set/enum.json");
	test_growing(&load_flamebearer, "flamebearer/single.json");
	test_growing(&load_flamebearer, "flamebearer/query.json");
	test_no_self(&load_nested_set, "nested-set/enum.json");
	test_no_self(&load_nested_set, "nested-set/strings.json");
	test_no_self(&load_flamebearer, "flamebearer/single.json");
	return done();
}
