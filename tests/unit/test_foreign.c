/* SPDX-License-Identifier: MIT
 * Files of other kinds are named in the error, with what to do about them. */
#include "config.h"

#include "load/probe.h"
#include "tests/tap.h"

#define S(literal) { (literal), sizeof(literal) - 1 }

static const struct { struct str bytes; const char *name, *hint; } kinds[] = {
	{ S("FLR\0\0\2\0\0"),                                        "Flight Recorder",      "folded" },
	{ S("\x04\x08{\x0d:\x0cversion"),                            "Ruby Marshal",         "--stackcollapse" },
	{ S("go 1.22 trace\0\0\0"),                                  "Go execution trace",   "go tool trace" },
	{ S("{\"snapshot\":{\"meta\":{}},\"nodes\":[1]}"),           "heap snapshot",        "allocation profile" },
	{ S("{\"rts_arguments\":[],\"initial_capabilities\":1}"),    "Haskell",              "speedscope" },
	{ S("{\"recording\":{\"sampleStackTraces\":[]}}"),           "Safari",               "speedscope" },
	{ S("Weight\tSelf Weight\t\tSymbol Name\n1 s\tmain\n"),      "Instruments",          "stackcollapse" },
	{ S("# tracer: nop\n#\n"),                                   "ftrace",               "perf" },
	{ S("\x7f" "ELF\2\1\1\0"),                                   "ELF",                  "perf record" },
	{ S("Microsoft C/C++ MSF 7.00\r\n\x1a"),                     "PDB",                  "perf record" },
	{ S("SQLite format 3\0\x10"),                                "SQLite",               "export" },
	{ S("# callgrind format\nevents: Ir\nfn=a\n1 2\n"),          "callgrind",            "speedscope" },
	{ S("events: Ir\nfn=a\n1 2\n"),                              "callgrind",            "speedscope" },
	{ S("heap_v2/524288\n  t*: 1: 2\n"),                         "legacy heap",          "pprof -proto" },
	{ S("--- threadz 1 ---\n"),                                  "legacy thread",        "pprof -proto" },
	{ S("threadcreate profile: total 3\n"),                      "legacy thread",        "pprof -proto" },
	{ S("goroutine profile: total 3\n"),                         "goroutine",            "debug=1" },
	{ S("goroutine 1 [running]:\nmain.main()\n"),                "goroutine",            "debug=2" },
	{ S("\n <HTML>\n<body>"),                                    "web page",             "address" },
	{ S("<!doctype html>"),                                      "web page",             "address" },
	{ S("<?xml version=\"1.0\"?>\n<svg><title>f (3 samples, 9%)</title></svg>"), "flame graph drawn as SVG", "profile" },
	{ S("\"TraceId\",\"SpanId\"\n\"1\",\"2\"\n"),                "ClickHouse",           "OTLP" },
	{ S("TraceId\tSpanId\n1\t2\n"),                              "ClickHouse",           "OTLP" },
	{ S("{\"mode\":\"cpu\",\"frames\":{},\"samples\":3}"),       "stackprof",            "--stackcollapse" },
	{ S("{\"root_frame\":null}"),                                "pyinstrument",         "-r speedscope" },
	{ S("{\"data\":[\"a\"],\"total\":1,\"errors\":null}"),       "list of names",        "trace itself" },
	{ S("{\"version\":\"0\",\"frames\":[],\"profiles\":[]}"),    "speedscope",           "again" },
	/* a packet of one slice, with its clock and sequence; a span with ids of 8 bytes; a metric with a gauge; a trace in a reply */
	{ S("\x0a\x06\x40\x01\x50\x01\x58\x07"),                     "Perfetto",             "traceconv" },
	{ S("\x0a\x16\x0a\x08\0\0\0\0\0\0\0\1\x1a\x08\0\0\0\0\0\0\0\2\x20\2"), "Zipkin traces in protobuf", "JSON" },
	{ S("\x0a\x0b\x12\x09\x12\x07\x0a\x03mem\x2a\0"),            "OTLP metrics",         "no spans" },
};

static void
check_kind(struct str bytes, const char *name, const char *hint)
{
	struct prober prober = { 0 };
	const struct load_format *best, *rival = NULL;
	const char *said, *told = NULL, *why = "";

	prober_look(&prober, bytes, true);
	best = probe_best(&prober.seen, &rival);
	said = foreign_name(&prober.seen, &told);
	ok(said && strstr(said, name), "%s: %s", name, said ? said : "(not known)");
	ok(told && strstr(told, hint), "%s: what to do: %s", name, told ? told : "(nothing)");
	/* Folded stacks fit nearly all text; their score is then so small that what is known wins. */
	ok(!best || best->score(&prober.seen, &why) < 30, "%s: no format takes it for its own (%s)", name, best ? best->name : "none");
	prober_fini(&prober);
}

/* The error for an input that ends where it should not. */
static void
check_cut(const char *what, struct str bytes, const char *says)
{
	struct prober prober = { 0 };
	struct error err = { 0 };
	struct input *in = input_open_memory(what, bytes, &(struct input_options){ 0 }, &err);

	ok(!probe_input(in, NULL, &prober, &err) && strstr(err.text, says), "%s: %s", what, err.text);
	prober_fini(&prober);
	input_close(in);
}

static bool
is_json(const char *text)
{
	struct prober prober = { 0 };
	bool json;

	prober_look(&prober, str_of(text), true);
	json = prober.seen.json;
	prober_fini(&prober);
	return json;
}

int
main(void)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		check_kind(kinds[i].bytes, kinds[i].name, kinds[i].hint);
	check_cut("a trace without its events", STR("{\"metadata\":{\"a\":1},\"other\":{\"b\":"), "a Chrome trace that is cut short");
	check_cut("an unknown document that ends early", STR("{\"alpha\":1,\"beta\":{\"b\":"), "JSON that is cut short with the keys alpha, beta");
	check_cut("one that ends behind a bracket", STR("{\"alpha\":{\"b\":[]}"), "JSON that is cut short");
	check_cut("an unknown document", STR("{\"alpha\":1}\n"), "it is JSON with the keys alpha");
	check_cut("blanks", STR(" \n\t\n"), "nothing in it but blanks");
	ok(is_json("{\"a\"") && is_json("[ {") && is_json("[") && is_json("{ }") && is_json("[-1"), "documents begin with what may stand in them");
	ok(!is_json("[unknown] 3") && !is_json("{main};f 3") && !is_json("[VM:1 VCPU:0] qemu 1 cycles:"), "names may begin with a bracket");
	return done();
}
