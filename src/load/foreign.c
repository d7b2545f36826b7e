/* SPDX-License-Identifier: MIT
 * Kinds of files that people may well have here and that are not read: named in the error, with what to do about it. */
#include "config.h"

#include "load/probe.h"

#include <strings.h>

#include "load/foreign_proto.h"
#include "util/chars.h"

#define CONVERT       "convert it to folded stacks first"
#define CONVERT_PPROF "run pprof -proto on it first"
#define VIA_SPEEDSCOPE "open it in speedscope and export it from there"
#define RECORD_INSTEAD "record a profile of the program instead, as perf record does"
#define AS_CPUPROFILE "record with node --cpu-prof instead"
#define OBJECTS_ONLY  "it holds objects, not stacks; record an allocation profile instead"
#define ITS_PROFILE   "open the profile that it was drawn from"
#define AS_OTLP       "export the traces as OTLP JSON instead"
#define WRONG_PAGE    "a wrong address, or a login page?"
#define TAR_AT        257           /* where the magic of a tar archive stands */
#define MARKUP_LOOK   ((size_t)4 << 10)    /* bytes in which a picture says that it is one */

/* Begins with these bytes. */
static const struct {
	struct str  magic;
	const char *name, *hint;
} magics[] = {
	{ { "FLR\0", 4 },              "a Java Flight Recorder file", CONVERT },
	{ { "\x04\x08", 2 },           "a Ruby Marshal file (a native stackprof dump)", "run stackprof --stackcollapse on it first" },
	{ { "\x7f" "ELF", 4 },         "a program or library (ELF)", RECORD_INSTEAD },
	{ { "SQLite format 3\0", 16 }, "an SQLite database", "export what is in it as JSON or folded stacks first" },
	{ { "JAVA PROFILE 1.0", 16 },  "a Java heap dump", OBJECTS_ONLY },
	{ { "\x89PNG", 4 },            "a picture (PNG)", ITS_PROFILE },
	{ { "%PDF-", 5 },              "a PDF document", ITS_PROFILE },
	{ { "# callgrind format", 18 }, "a callgrind profile", VIA_SPEEDSCOPE },
	{ { "v8-version,", 11 },       "a raw V8 log", AS_CPUPROFILE },
	{ { "heap profile:", 13 },     "a legacy heap profile", CONVERT_PPROF },
	{ { "heap_v2/", 8 },           "a legacy heap profile", CONVERT_PPROF },
	{ { "--- heapz", 9 },          "a legacy heap profile", CONVERT_PPROF },
	{ { "--- contention", 14 },    "a legacy contention profile", CONVERT_PPROF },
	{ { "--- threadz", 11 },       "a legacy thread profile", CONVERT_PPROF },
	{ { "threadcreate profile:", 21 }, "a legacy thread profile", CONVERT_PPROF },
	{ { "\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0", 16 }, "a legacy CPU profile", CONVERT_PPROF },
	{ { "Microsoft C/C++ MSF 7.00", 24 }, "a program database (PDB)", RECORD_INSTEAD },
	{ { "goroutine profile:", 18 }, "a goroutine dump", "fetch it without debug=1, as pprof" },
	{ { "goroutine 1 [", 13 },     "a goroutine dump", "fetch it without debug=2, as pprof" },
	{ { "# tracer:", 9 },          "ftrace text", "record with perf, or convert it to Chrome's JSON first" },
};

/* JSON that has all of these paths. */
static const struct {
	const char *paths[3];
	const char *name, *hint;
} documents[] = {
	{ { "resourceProfiles" },                   "OTLP profiles", "have the profiler write pprof instead" },
	{ { "resource_profiles" },                  "OTLP profiles", "have the profiler write pprof instead" },
	{ { "resourceLogs" },                       "OTLP logs without traces", "there are no spans in them" },
	{ { "resourceMetrics" },                    "OTLP metrics without traces", "there are no spans in them" },
	{ { "snapshot.meta", "nodes" },             "a V8 heap snapshot", OBJECTS_ONLY },
	{ { "code", "functions", "ticks" },         "a V8 tick log", VIA_SPEEDSCOPE },
	{ { "mode", "frames", "samples" },          "a stackprof profile", "write it with stackprof --stackcollapse instead" },
	{ { "mode", "frames", "raw" },              "a stackprof profile", "write it with stackprof --stackcollapse instead" },
	{ { "root_frame" },                         "a pyinstrument session", "write it with pyinstrument -r speedscope instead" },
	{ { "session", "frame_tree" },              "a pyinstrument session", "write it with pyinstrument -r speedscope instead" },
	{ { "frame_records" },                      "a pyinstrument session", "write it with pyinstrument -r speedscope instead" },
	{ { "schema.fields", "data.values" },       "a Grafana data frame that is no flame graph", NULL },
	{ { "fields[].name", "fields[].values" },   "a Grafana data frame that is no flame graph", NULL },
	{ { "[].schema", "[].data" },               "Grafana data frames that are no flame graphs", NULL },
	{ { "results" , "results.A" },              "a reply to a Grafana query that is no flame graph", NULL },
	{ { "meta[]", "data[]" },                   "a ClickHouse result", AS_OTLP },
	{ { "TraceId", "SpanName" },                "rows of a ClickHouse table", AS_OTLP },
	{ { "[].TraceId", "[].SpanName" },          "rows of a ClickHouse table", AS_OTLP },
	{ { "traces[].traceID" },                   "a list of traces found, without their spans", "fetch a trace itself" },
	{ { "projectId", "traceId", "spans" },      "a trace of Google Cloud", AS_OTLP },
	{ { "rts_arguments" },                      "a Haskell event log", VIA_SPEEDSCOPE },
	{ { "recording.sampleStackTraces" },        "a Safari recording", VIA_SPEEDSCOPE },
	{ { "[].method", "[].params" },             "a log of a browser's debugging protocol", "save the trace itself instead" },
	{ { "version", "frames[]", "profiles[]" },  "a speedscope profile from before its file format", "export it from speedscope again" },
	{ { "data[]", "total", "errors" },          "a list of names from a Jaeger server", "fetch a trace itself" },
	{ { "data", "errors" },                     "an error reply of a Jaeger server", NULL },
	{ { "code", "message" },                    "an error reply of a server", NULL },
	{ { "error" },                              "an error reply of a server", NULL },
};

/* JSON that is cut short before what would tell its format, when nothing else fits. */
static const struct {
	const char *path, *name;
} beginnings[] = {
	{ "metadata",          "a Chrome trace that is cut short before its events" },
	{ "otherData",         "a Chrome trace that is cut short before its events" },
	{ "displayTimeUnit",   "a Chrome trace that is cut short before its events" },
	{ "stackFrames",       "a Chrome trace that is cut short before its events" },
};

/* Text whose first line has all of these words. */
static const struct {
	const char *words[2];
	const char *name, *hint;
} headings[] = {
	{ { "TraceId", "SpanId" }, "rows of a ClickHouse table", AS_OTLP },
	{ { "\tSymbol Name" },     "a call tree of Instruments as text", "run stackcollapse-instruments.pl on it first" },
};

static bool
has_all(const struct probe *probe, const char *const paths[3])
{
	for (size_t i = 0; i < 3 && paths[i]; i++)
		if (!probe_has(probe, paths[i]))
			return false;
	return true;
}

static bool
has_line(struct str head, struct str begins)
{
	for (;;) {
		if (str_starts(head, begins))
			return true;
		const char *newline = head.len ? memchr(head.at, '\n', head.len) : NULL;
		if (!newline)
			return false;
		head.len -= (size_t)(newline + 1 - head.at);
		head.at = newline + 1;
	}
}

static const char *
heading_name(struct str head, const char **hint_out)
{
	const char *newline = head.len ? memchr(head.at, '\n', head.len) : NULL;

	if (newline)
		head.len = (size_t)(newline - head.at);
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (str_has(head, str_of(headings[i].words[0])) && (!headings[i].words[1] || str_has(head, str_of(headings[i].words[1])))) {
			*hint_out = headings[i].hint;
			return headings[i].name;
		}
	return NULL;
}

static bool
starts_any_case(struct str text, const char *what)
{
	size_t len = strlen(what);

	return text.len >= len && strncasecmp(text.at, what, len) == 0;
}

/* What begins with '<'. */
static const char *
markup_name(struct str head, const char **hint_out)
{
	while (head.len && memchr(" \t\r\n", head.at[0], 4))
		head = str_tail(head, 1);
	struct str top = { head.at, head.len < MARKUP_LOOK ? head.len : MARKUP_LOOK };
	if (!head.len || head.at[0] != '<')
		return NULL;
	if (starts_any_case(head, "<!doctype html") || starts_any_case(head, "<html")) {
		*hint_out = WRONG_PAGE;
		return "a web page";
	}
	if (str_has(top, STR("<svg"))) {
		*hint_out = ITS_PROFILE;
		return str_has(head, STR(" samples, ")) || str_has(head, STR("flamegraph")) ? "a flame graph drawn as SVG" : "an SVG picture";
	}
	return starts_any_case(head, "<?xml") ? "an XML file" : NULL;
}

static bool
is_tar(struct str head)
{
	return head.len > TAR_AT && str_starts(str_tail(head, TAR_AT), STR("ustar"));
}

/* "go 1.22 trace" and its like. */
static bool
is_go_trace(struct str head)
{
	size_t at = 5;

	if (!str_starts(head, STR("go 1.")))
		return false;
	while (at < head.len && char_is_digit(head.at[at]))
		at++;
	return str_starts(str_tail(head, at), STR(" trace"));
}

const char *
foreign_name(const struct probe *probe, const char **hint_out)
{
	const char *name;

	*hint_out = NULL;
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (str_starts(probe->head, magics[i].magic)) {
			*hint_out = magics[i].hint;
			return magics[i].name;
		}
	if (is_tar(probe->head)) {
		*hint_out = "unpack it first";
		return "a tar archive";
	}
	if (is_go_trace(probe->head)) {
		*hint_out = "run go tool trace -pprof=sched on it first";
		return "a Go execution trace";
	}
	if (probe->json) {
		for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
			if (has_all(probe, documents[i].paths)) {
				*hint_out = documents[i].hint;
				return documents[i].name;
			}
		return NULL;
	}
	if (probe->binary)
		return foreign_proto_name(probe->head, hint_out);
	if (has_line(probe->head, STR("events:")) && (has_line(probe->head, STR("fn=")) || has_line(probe->head, STR("version:")))) {
		*hint_out = VIA_SPEEDSCOPE;
		return "a callgrind profile";
	}
	if (str_starts(probe->head, STR("Code: ")))
		return "an error reply of a ClickHouse server";
	name = markup_name(probe->head, hint_out);
	return name ? name : heading_name(probe->head, hint_out);
}

const char *
foreign_beginning(const struct probe *probe)
{
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
		if (probe_has(probe, beginnings[i].path))
			return beginnings[i].name;
	return NULL;
}
