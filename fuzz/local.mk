# SPDX-License-Identifier: MIT
# A fuzzer is one file fuzz/fuzz_<what>.c with LLVMFuzzerTestOneInput(), first inputs in fuzz/seeds/<what>/ and, where it helps, words in
# fuzz/<what>.dict.  Sources, seeds and dictionaries are listed in EXTRA_DIST.
fuzzers =
FUZZ_SECONDS = 4
fuzz_flags = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz_window_flags = $(fuzz_flags) -Wl,--wrap=input_more -Wl,--wrap=input_progress
if FUZZERS
fuzzers += fuzz/fuzz_folded
fuzz_fuzz_folded_SOURCES = fuzz/fuzz_folded.c fuzz/fuzz.h
fuzz_fuzz_folded_LDADD = $(LIBS_ALL)
fuzz_fuzz_folded_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_input
fuzz_fuzz_input_SOURCES = fuzz/fuzz_input.c fuzz/fuzz.h
fuzz_fuzz_input_LDADD = $(LIBS_ALL)
fuzz_fuzz_input_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_input_layers
fuzz_fuzz_input_layers_SOURCES = fuzz/fuzz_input_layers.c fuzz/fuzz.h
fuzz_fuzz_input_layers_LDADD = $(LIBS_ALL)
fuzz_fuzz_input_layers_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_jaeger
fuzz_fuzz_jaeger_SOURCES = fuzz/fuzz_jaeger.c fuzz/fuzz.h fuzz/trace.h
fuzz_fuzz_jaeger_LDADD = $(LIBS_ALL)
fuzz_fuzz_jaeger_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_json
fuzz_fuzz_json_SOURCES = fuzz/fuzz_json.c fuzz/fuzz.h
fuzz_fuzz_json_LDADD = $(LIBS_ALL)
fuzz_fuzz_json_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_load
fuzz_fuzz_load_SOURCES = fuzz/fuzz_load.c fuzz/fuzz.h
fuzz_fuzz_load_LDADD = $(LIBS_ALL)
fuzz_fuzz_load_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_otlp_json
fuzz_fuzz_otlp_json_SOURCES = fuzz/fuzz_otlp_json.c fuzz/fuzz.h
fuzz_fuzz_otlp_json_LDADD = $(LIBS_ALL)
fuzz_fuzz_otlp_json_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_perf_script
fuzz_fuzz_perf_script_SOURCES = fuzz/fuzz_perf_script.c fuzz/fuzz.h
fuzz_fuzz_perf_script_LDADD = $(LIBS_ALL)
fuzz_fuzz_perf_script_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_regex
fuzz_fuzz_regex_SOURCES = fuzz/fuzz_regex.c fuzz/fuzz.h
fuzz_fuzz_regex_LDADD = $(LIBS_ALL)
fuzz_fuzz_regex_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_zipkin
fuzz_fuzz_zipkin_SOURCES = fuzz/fuzz_zipkin.c fuzz/fuzz.h fuzz/trace.h
fuzz_fuzz_zipkin_LDADD = $(LIBS_ALL)
fuzz_fuzz_zipkin_LDFLAGS = $(fuzz_window_flags)
endif
EXTRA_PROGRAMS += $(fuzzers)

# Every fuzzer for FUZZ_SECONDS; one line of TAP each.
fuzz-smoke: $(fuzzers)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(SHELL) $(srcdir)/fuzz/run.sh $(srcdir)/fuzz $(fuzzers)
# The same, for whoever looks for faults: make fuzz FUZZ_SECONDS=600
fuzz: fuzz-smoke
.PHONY: fuzz fuzz-smoke
EXTRA_DIST += fuzz/run.sh
EXTRA_DIST += fuzz/fuzz.h
EXTRA_DIST += fuzz/trace.h
EXTRA_DIST += fuzz/fuzz_folded.c
EXTRA_DIST += fuzz/fuzz_input.c
EXTRA_DIST += fuzz/fuzz_input_layers.c
EXTRA_DIST += fuzz/fuzz_jaeger.c
EXTRA_DIST += fuzz/fuzz_json.c
EXTRA_DIST += fuzz/fuzz_load.c
EXTRA_DIST += fuzz/fuzz_otlp_json.c
EXTRA_DIST += fuzz/fuzz_perf_script.c
EXTRA_DIST += fuzz/fuzz_regex.c
EXTRA_DIST += fuzz/fuzz_zipkin.c
EXTRA_DIST += fuzz/folded.dict
EXTRA_DIST += fuzz/input.dict
EXTRA_DIST += fuzz/jaeger.dict
EXTRA_DIST += fuzz/json.dict
EXTRA_DIST += fuzz/otlp_json.dict
EXTRA_DIST += fuzz/perf_script.dict
EXTRA_DIST += fuzz/zipkin.dict
EXTRA_DIST += fuzz/seeds/folded/odd.folded
EXTRA_DIST += fuzz/seeds/folded/plain.folded
EXTRA_DIST += fuzz/seeds/input/answers
EXTRA_DIST += fuzz/seeds/input/keys
EXTRA_DIST += fuzz/seeds/input/mouse
EXTRA_DIST += fuzz/seeds/input_layers/text.gz
EXTRA_DIST += fuzz/seeds/input_layers/text.zlib
EXTRA_DIST += fuzz/seeds/input_layers/twice.gz
EXTRA_DIST += fuzz/seeds/input_layers/utf16.folded
EXTRA_DIST += fuzz/seeds/jaeger/bare.json
EXTRA_DIST += fuzz/seeds/jaeger/hits.json
EXTRA_DIST += fuzz/seeds/jaeger/odd.json
EXTRA_DIST += fuzz/seeds/jaeger/status.json
EXTRA_DIST += fuzz/seeds/jaeger/storage_lines.json
EXTRA_DIST += fuzz/seeds/jaeger/twins.json
EXTRA_DIST += fuzz/seeds/json/broken.json
EXTRA_DIST += fuzz/seeds/json/lines.json
EXTRA_DIST += fuzz/seeds/json/object.json
EXTRA_DIST += fuzz/seeds/load/folded
EXTRA_DIST += fuzz/seeds/load/folded.gz
EXTRA_DIST += fuzz/seeds/load/otlp-cut.pb
EXTRA_DIST += fuzz/seeds/load/otlp-framed.pb
EXTRA_DIST += fuzz/seeds/load/otlp-lines
EXTRA_DIST += fuzz/seeds/load/otlp-logs.pb
EXTRA_DIST += fuzz/seeds/load/otlp.pb
EXTRA_DIST += fuzz/seeds/load/pprof.pb
EXTRA_DIST += fuzz/seeds/load/utf16
EXTRA_DIST += fuzz/seeds/load/utf16-odd
EXTRA_DIST += fuzz/seeds/otlp_json/broken_quote.json
EXTRA_DIST += fuzz/seeds/otlp_json/library_both.json
EXTRA_DIST += fuzz/seeds/otlp_json/lines.json
EXTRA_DIST += fuzz/seeds/otlp_json/resource_last.json
EXTRA_DIST += fuzz/seeds/otlp_json/single.json
EXTRA_DIST += fuzz/seeds/otlp_json/tempo.json
EXTRA_DIST += fuzz/seeds/perf_script/broken.txt
EXTRA_DIST += fuzz/seeds/perf_script/chains.txt
EXTRA_DIST += fuzz/seeds/perf_script/flat.txt
EXTRA_DIST += fuzz/seeds/perf_script/source-lines.txt
EXTRA_DIST += fuzz/seeds/perf_script/variants.txt
EXTRA_DIST += fuzz/seeds/regex/classes
EXTRA_DIST += fuzz/seeds/regex/simple
EXTRA_DIST += fuzz/seeds/zipkin/odd.json
EXTRA_DIST += fuzz/seeds/zipkin/parts.json
EXTRA_DIST += fuzz/seeds/zipkin/span_lines.json
EXTRA_DIST += fuzz/seeds/zipkin/unmarked.json
EXTRA_DIST += fuzz/seeds/zipkin/v1.json
