/* SPDX-License-Identifier: MIT
 * Kinds of files that people may well have here and that are not read: named in the error, with what to do about it. */
#include "config.h"

#include "load/probe.h"

#include "load/otlp_proto.h"
#include "load/otlp_proto_fields.h"

#define CONVERT_JFR   "convert it to folded stacks first"
#define CONVERT_PPROF "run pprof -proto on it first"
#define TAR_AT        257    /* where the magic of a tar archive stands */

/* Begins with these bytes. */
static const struct {
	struct str  magic;
	const char *name, *hint;
} magics[] = {
	{ { "FLR\0", 4 },              "a Java Flight Recorder file", CONVERT_JFR },
	{ { "\x04\x08", 2 },           "a Ruby Marshal file (a native stackprof dump)", "convert it to JSON or folded stacks first" },
	{ { "\x7f" "ELF", 4 },         "a program or library (ELF)", NULL },
	{ { "SQLite format 3\0", 16 }, "an SQLite database", NULL },
	{ { "JAVA PROFILE 1.0", 16 },  "a Java heap dump", NULL },
	{ { "\x89PNG", 4 },            "a picture (PNG)", NULL },
	{ { "%PDF-", 5 },              "a PDF document", NULL },
	{ { "# callgrind format", 18 }, "a callgrind profile", NULL },
	{ { "v8-version,", 11 },       "a raw V8 log", "run node --prof-process on it first" },
	{ { "heap profile:", 13 },     "a legacy heap profile", CONVERT_PPROF },
	{ { "--- heapz", 9 },          "a legacy heap profile", CONVERT_PPROF },
	{ { "--- contention", 14 },    "a legacy contention profile", CONVERT_PPROF },
	{ { "\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0", 16 }, "a legacy CPU profile", CONVERT_PPROF },
	{ { "Microsoft C/C++ MSF 7.00", 24 }, "a program database (PDB)", NULL },
	{ { "goroutine profile:", 18 }, "a goroutine dump", NULL },
	{ { "# tracer:", 9 },          "ftrace text", NULL },
	{ { "<svg", 4 },               "an SVG picture", "open the profile that it was drawn from" },
	{ { "<?xml", 5 },              "an XML or SVG file", NULL },
	{ { "<!DOCTYPE", 9 },          "a web page", "a wrong address, or a login page?" },
	{ { "<html", 5 },              "a web page", "a wrong address, or a login page?" },
};

/* JSON that has all of these paths. */
static const struct {
	const char *paths[3];
	const char *name, *hint;
} documents[] = {
	{ { "resourceProfiles" },                   "OTLP profiles", NULL },
	{ { "resource_profiles" },                  "OTLP profiles", NULL },
	{ { "resourceLogs" },                       "OTLP logs without traces", NULL },
	{ { "resourceMetrics" },                    "OTLP metrics without traces", NULL },
	{ { "data", "errors" },                     "an error reply of a Jaeger server", NULL },
	{ { "snapshot.meta", "nodes" },             "a V8 heap snapshot", NULL },
	{ { "code", "functions", "ticks" },         "a V8 tick log", NULL },
	{ { "mode", "frames", "samples" },          "a stackprof profile", NULL },
	{ { "mode", "frames", "raw" },              "a stackprof profile", NULL },
	{ { "root_frame" },                         "a pyinstrument session", NULL },
	{ { "session", "frame_tree" },              "a pyinstrument session", NULL },
	{ { "frame_records" },                      "a pyinstrument session", NULL },
	{ { "schema.fields", "data.values" },       "a Grafana data frame that is no flame graph", NULL },
	{ { "fields[].name", "fields[].values" },   "a Grafana data frame that is no flame graph", NULL },
	{ { "[].schema", "[].data" },               "Grafana data frames that are no flame graphs", NULL },
	{ { "results" , "results.A" },              "a reply to a Grafana query that is no flame graph", NULL },
	{ { "meta[]", "data[]" },                   "a ClickHouse result", NULL },
	{ { "TraceId", "SpanName" },                "rows of a ClickHouse table", NULL },
	{ { "traces[].traceID" },                   "a list of traces found, without their spans", "fetch a trace itself" },
	{ { "rts_arguments" },                      "a Haskell event log", NULL },
	{ { "recording.sampleStackTraces" },        "a Safari recording", NULL },
	{ { "code", "message" },                    "an error reply of a server", NULL },
	{ { "error" },                              "an error reply of a server", NULL },
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

/* The heading of a call tree that Instruments copies as text. */
static bool
is_instruments(struct str head)
{
	const char *newline = head.len ? memchr(head.at, '\n', head.len) : NULL;

	return memmem(head.at, newline ? (size_t)(newline - head.at) : head.len, "\tSymbol Name", 12) != NULL;
}

static bool
is_tar(struct str head)
{
	return head.len > TAR_AT && str_starts((struct str){ head.at + TAR_AT, head.len - TAR_AT }, STR("ustar"));
}

/* "go 1.22 trace" and its like. */
static bool
is_go_trace(struct str head)
{
	size_t at = 5;

	if (!str_starts(head, STR("go 1.")))
		return false;
	while (at < head.len && head.at[at] >= '0' && head.at[at] <= '9')
		at++;
	return str_starts((struct str){ head.at + at, head.len - at }, STR(" trace"));
}

static const char *
foreign_binary(struct str head)
{
	if (is_go_trace(head))
		return "a Go execution trace";
	if (otlp_proto_is_profiles(head) || (head.len > FRAME_HEAD && otlp_proto_is_profiles((struct str){ head.at + FRAME_HEAD, head.len - FRAME_HEAD })))
		return "OTLP profiles in protobuf";
	if (head.len && head.at[0] == '\n')
		return "a protobuf message (pprof, OTLP, Perfetto or Zipkin)";
	if (head.len > 4 && head.at[0] == '\0' && head.at[4] == '\n')
		return "framed OTLP protobuf";
	return NULL;
}

const char *
foreign_name(const struct probe *probe, const char **hint_out)
{
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
	if (probe->json) {
		for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
			if (has_all(probe, documents[i].paths)) {
				*hint_out = documents[i].hint;
				return documents[i].name;
			}
		return NULL;
	}
	if (probe->binary)
		return foreign_binary(probe->head);
	if (has_line(probe->head, STR("events:")) && (has_line(probe->head, STR("fn=")) || has_line(probe->head, STR("version:"))))
		return "a callgrind profile";
	if (is_instruments(probe->head))
		return "a call tree of Instruments as text";
	if (str_starts(probe->head, STR("Code: ")) && has_line(probe->head, STR("Code: ")))
		return "an error reply of a ClickHouse server";
	return NULL;
}
