# SPDX-License-Identifier: MIT
# A fuzzer is one file fuzz/fuzz_<what>.c with LLVMFuzzerTestOneInput(), first inputs in fuzz/seeds/<what>/ and, where it helps, words in
# fuzz/<what>.dict.  Sources, seeds and dictionaries are listed in EXTRA_DIST.
fuzzers =
FUZZ_SECONDS = 30
fuzz_flags = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz_window_flags = $(fuzz_flags) -Wl,--wrap=input_more -Wl,--wrap=input_progress
if FUZZERS
fuzzers += fuzz/fuzz_chrome
fuzz_fuzz_chrome_SOURCES = fuzz/fuzz_chrome.c fuzz/fuzz.h fuzz/trace.h
fuzz_fuzz_chrome_LDADD = $(LIBS_ALL)
fuzz_fuzz_chrome_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_flamebearer
fuzz_fuzz_flamebearer_SOURCES = fuzz/fuzz_flamebearer.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_flamebearer_LDADD = $(LIBS_ALL)
fuzz_fuzz_flamebearer_LDFLAGS = $(fuzz_window_flags) -Wl,--wrap=input_problem
fuzzers += fuzz/fuzz_demangle
fuzz_fuzz_demangle_SOURCES = fuzz/fuzz_demangle.c fuzz/fuzz.h
fuzz_fuzz_demangle_LDADD = $(LIBS_ALL)
fuzz_fuzz_demangle_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_folded
fuzz_fuzz_folded_SOURCES = fuzz/fuzz_folded.c fuzz/fuzz.h
fuzz_fuzz_folded_LDADD = $(LIBS_ALL)
fuzz_fuzz_folded_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_folded_diff
fuzz_fuzz_folded_diff_SOURCES = fuzz/fuzz_folded_diff.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_folded_diff_LDADD = $(LIBS_ALL)
fuzz_fuzz_folded_diff_LDFLAGS = $(fuzz_window_flags) -Wl,--wrap=input_problem
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
fuzzers += fuzz/fuzz_nested_set
fuzz_fuzz_nested_set_SOURCES = fuzz/fuzz_nested_set.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_nested_set_LDADD = $(LIBS_ALL)
fuzz_fuzz_nested_set_LDFLAGS = $(fuzz_window_flags) -Wl,--wrap=input_problem
fuzzers += fuzz/fuzz_otlp_json
fuzz_fuzz_otlp_json_SOURCES = fuzz/fuzz_otlp_json.c fuzz/fuzz.h
fuzz_fuzz_otlp_json_LDADD = $(LIBS_ALL)
fuzz_fuzz_otlp_json_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_otlp_proto
fuzz_fuzz_otlp_proto_SOURCES = fuzz/fuzz_otlp_proto.c fuzz/fuzz.h fuzz/trace.h
fuzz_fuzz_otlp_proto_LDADD = $(LIBS_ALL)
fuzz_fuzz_otlp_proto_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_perf_script
fuzz_fuzz_perf_script_SOURCES = fuzz/fuzz_perf_script.c fuzz/fuzz.h
fuzz_fuzz_perf_script_LDADD = $(LIBS_ALL)
fuzz_fuzz_perf_script_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_pprof
fuzz_fuzz_pprof_SOURCES = fuzz/fuzz_pprof.c fuzz/fuzz.h
fuzz_fuzz_pprof_LDADD = $(LIBS_ALL)
fuzz_fuzz_pprof_LDFLAGS = $(fuzz_window_flags) -Wl,--wrap=input_whole
fuzzers += fuzz/fuzz_query
fuzz_fuzz_query_SOURCES = fuzz/fuzz_query.c fuzz/fuzz.h
fuzz_fuzz_query_LDADD = $(LIBS_ALL)
fuzz_fuzz_query_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_regex
fuzz_fuzz_regex_SOURCES = fuzz/fuzz_regex.c fuzz/fuzz.h
fuzz_fuzz_regex_LDADD = $(LIBS_ALL)
fuzz_fuzz_regex_LDFLAGS = $(fuzz_flags)
fuzzers += fuzz/fuzz_speedscope
fuzz_fuzz_speedscope_SOURCES = fuzz/fuzz_speedscope.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_speedscope_LDADD = $(LIBS_ALL)
fuzz_fuzz_speedscope_LDFLAGS = $(fuzz_window_flags) -Wl,--wrap=input_problem
fuzzers += fuzz/fuzz_zipkin
fuzz_fuzz_zipkin_SOURCES = fuzz/fuzz_zipkin.c fuzz/fuzz.h fuzz/trace.h
fuzz_fuzz_zipkin_LDADD = $(LIBS_ALL)
fuzz_fuzz_zipkin_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_cleopatra
fuzz_fuzz_cleopatra_SOURCES = fuzz/fuzz_cleopatra.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_cleopatra_LDADD = $(LIBS_ALL)
fuzz_fuzz_cleopatra_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_cpuprofile
fuzz_fuzz_cpuprofile_SOURCES = fuzz/fuzz_cpuprofile.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_cpuprofile_LDADD = $(LIBS_ALL)
fuzz_fuzz_cpuprofile_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_gecko
fuzz_fuzz_gecko_SOURCES = fuzz/fuzz_gecko.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_gecko_LDADD = $(LIBS_ALL)
fuzz_fuzz_gecko_LDFLAGS = $(fuzz_window_flags)
fuzzers += fuzz/fuzz_heapprofile
fuzz_fuzz_heapprofile_SOURCES = fuzz/fuzz_heapprofile.c fuzz/fuzz.h fuzz/profile.h
fuzz_fuzz_heapprofile_LDADD = $(LIBS_ALL)
fuzz_fuzz_heapprofile_LDFLAGS = $(fuzz_window_flags)
endif
EXTRA_PROGRAMS += $(fuzzers)

# Without clang they are compiled all the same, so that they keep up with what they call.
check_LIBRARIES += fuzz/libfuzzers.a
fuzz_libfuzzers_a_SOURCES = \
	fuzz/fuzz_chrome.c \
	fuzz/fuzz_cleopatra.c \
	fuzz/fuzz_cpuprofile.c \
	fuzz/fuzz_demangle.c \
	fuzz/fuzz_flamebearer.c \
	fuzz/fuzz_folded.c \
	fuzz/fuzz_folded_diff.c \
	fuzz/fuzz_gecko.c \
	fuzz/fuzz_heapprofile.c \
	fuzz/fuzz_input.c \
	fuzz/fuzz_input_layers.c \
	fuzz/fuzz_jaeger.c \
	fuzz/fuzz_json.c \
	fuzz/fuzz_load.c \
	fuzz/fuzz_nested_set.c \
	fuzz/fuzz_otlp_json.c \
	fuzz/fuzz_otlp_proto.c \
	fuzz/fuzz_perf_script.c \
	fuzz/fuzz_pprof.c \
	fuzz/fuzz_query.c \
	fuzz/fuzz_regex.c \
	fuzz/fuzz_speedscope.c \
	fuzz/fuzz_zipkin.c

# Every fuzzer for FUZZ_SECONDS; one line of TAP each.
fuzz-smoke: $(fuzzers)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(SHELL) $(srcdir)/fuzz/run.sh $(srcdir)/fuzz $(fuzzers)
# The same, for whoever looks for faults: make fuzz FUZZ_SECONDS=600
fuzz: fuzz-smoke
.PHONY: fuzz fuzz-smoke
EXTRA_DIST += fuzz/run.sh
EXTRA_DIST += fuzz/fuzz.h
EXTRA_DIST += fuzz/profile.h
EXTRA_DIST += fuzz/trace.h
EXTRA_DIST += fuzz/fuzz_chrome.c
EXTRA_DIST += fuzz/fuzz_flamebearer.c
EXTRA_DIST += fuzz/fuzz_folded.c
EXTRA_DIST += fuzz/fuzz_folded_diff.c
EXTRA_DIST += fuzz/fuzz_input.c
EXTRA_DIST += fuzz/fuzz_input_layers.c
EXTRA_DIST += fuzz/fuzz_jaeger.c
EXTRA_DIST += fuzz/fuzz_json.c
EXTRA_DIST += fuzz/fuzz_load.c
EXTRA_DIST += fuzz/fuzz_nested_set.c
EXTRA_DIST += fuzz/fuzz_otlp_json.c
EXTRA_DIST += fuzz/fuzz_perf_script.c
EXTRA_DIST += fuzz/fuzz_query.c fuzz/query.dict
EXTRA_DIST += fuzz/seeds/query/joined fuzz/seeds/query/values
EXTRA_DIST += fuzz/fuzz_regex.c
EXTRA_DIST += fuzz/fuzz_speedscope.c
EXTRA_DIST += fuzz/fuzz_zipkin.c
EXTRA_DIST += fuzz/chrome.dict
EXTRA_DIST += fuzz/flamebearer.dict
EXTRA_DIST += fuzz/folded.dict
EXTRA_DIST += fuzz/folded_diff.dict
EXTRA_DIST += fuzz/input.dict
EXTRA_DIST += fuzz/jaeger.dict
EXTRA_DIST += fuzz/json.dict
EXTRA_DIST += fuzz/nested_set.dict
EXTRA_DIST += fuzz/otlp_json.dict
EXTRA_DIST += fuzz/perf_script.dict
EXTRA_DIST += fuzz/speedscope.dict
EXTRA_DIST += fuzz/zipkin.dict
EXTRA_DIST += fuzz/seeds/chrome/async.json
EXTRA_DIST += fuzz/seeds/chrome/cpu.json
EXTRA_DIST += fuzz/seeds/chrome/odd.json
EXTRA_DIST += fuzz/seeds/chrome/pairs.json
EXTRA_DIST += fuzz/seeds/chrome/samples.json
EXTRA_DIST += fuzz/seeds/chrome/slices.json
EXTRA_DIST += fuzz/seeds/flamebearer/bare.json
EXTRA_DIST += fuzz/seeds/flamebearer/double.json
EXTRA_DIST += fuzz/seeds/flamebearer/empty.json
EXTRA_DIST += fuzz/seeds/flamebearer/odd.json
EXTRA_DIST += fuzz/seeds/flamebearer/query.json
EXTRA_DIST += fuzz/seeds/flamebearer/single.json
EXTRA_DIST += fuzz/seeds/folded/odd.folded
EXTRA_DIST += fuzz/seeds/folded/plain.folded
EXTRA_DIST += fuzz/seeds/folded_diff/not_all.folded
EXTRA_DIST += fuzz/seeds/folded_diff/odd.folded
EXTRA_DIST += fuzz/seeds/folded_diff/plain.folded
EXTRA_DIST += fuzz/seeds/input/answers
EXTRA_DIST += fuzz/seeds/input/keys
EXTRA_DIST += fuzz/seeds/input/mouse
EXTRA_DIST += fuzz/seeds/input_layers/records.zstd
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
EXTRA_DIST += fuzz/seeds/nested_set/data_first.json
EXTRA_DIST += fuzz/seeds/nested_set/enum.json
EXTRA_DIST += fuzz/seeds/nested_set/far_names.csv
EXTRA_DIST += fuzz/seeds/nested_set/formatted.csv
EXTRA_DIST += fuzz/seeds/nested_set/odd.json
EXTRA_DIST += fuzz/seeds/nested_set/old_layout.json
EXTRA_DIST += fuzz/seeds/nested_set/plain.csv
EXTRA_DIST += fuzz/seeds/nested_set/strings.json
EXTRA_DIST += fuzz/seeds/nested_set/two_sided.json
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
EXTRA_DIST += fuzz/seeds/speedscope/both.json
EXTRA_DIST += fuzz/seeds/speedscope/escapes.json
EXTRA_DIST += fuzz/seeds/speedscope/frames_last.json
EXTRA_DIST += fuzz/seeds/speedscope/no_frames.json
EXTRA_DIST += fuzz/seeds/speedscope/repairs.json
EXTRA_DIST += fuzz/seeds/speedscope/two_values.json
EXTRA_DIST += fuzz/seeds/zipkin/odd.json
EXTRA_DIST += fuzz/seeds/zipkin/odd_port.json
EXTRA_DIST += fuzz/seeds/zipkin/parts.json
EXTRA_DIST += fuzz/seeds/zipkin/span_lines.json
EXTRA_DIST += fuzz/seeds/zipkin/unmarked.json
EXTRA_DIST += fuzz/seeds/zipkin/v1.json
EXTRA_DIST += fuzz/fuzz_cleopatra.c
EXTRA_DIST += fuzz/cleopatra.dict
EXTRA_DIST += fuzz/seeds/cleopatra/no_table.json
EXTRA_DIST += fuzz/seeds/cleopatra/plain.json
EXTRA_DIST += fuzz/seeds/cleopatra/threads.json
EXTRA_DIST += fuzz/fuzz_cpuprofile.c
EXTRA_DIST += fuzz/cpuprofile.dict
EXTRA_DIST += fuzz/seeds/cpuprofile/hits.json
EXTRA_DIST += fuzz/seeds/cpuprofile/list.json
EXTRA_DIST += fuzz/seeds/cpuprofile/odd.json
EXTRA_DIST += fuzz/seeds/cpuprofile/parents.json
EXTRA_DIST += fuzz/seeds/cpuprofile/reply.json
EXTRA_DIST += fuzz/seeds/cpuprofile/tree.json
EXTRA_DIST += fuzz/seeds/cpuprofile/tree_untimed.json
EXTRA_DIST += fuzz/fuzz_gecko.c
EXTRA_DIST += fuzz/gecko.dict
EXTRA_DIST += fuzz/seeds/gecko/allocations.json
EXTRA_DIST += fuzz/seeds/gecko/broken_refs.json
EXTRA_DIST += fuzz/seeds/gecko/markers.json
EXTRA_DIST += fuzz/seeds/gecko/markers_raw.json
EXTRA_DIST += fuzz/seeds/gecko/meta_last.json
EXTRA_DIST += fuzz/seeds/gecko/own_tables.json
EXTRA_DIST += fuzz/seeds/gecko/raw.json
EXTRA_DIST += fuzz/seeds/gecko/raw_late.json
EXTRA_DIST += fuzz/seeds/gecko/recording.json
EXTRA_DIST += fuzz/seeds/gecko/shared.json
EXTRA_DIST += fuzz/seeds/gecko/text_process.json
EXTRA_DIST += fuzz/fuzz_heapprofile.c
EXTRA_DIST += fuzz/heapprofile.dict
EXTRA_DIST += fuzz/seeds/heapprofile/nested.json
EXTRA_DIST += fuzz/seeds/heapprofile/no_samples.json
EXTRA_DIST += fuzz/seeds/heapprofile/reply.json
EXTRA_DIST += fuzz/fuzz_otlp_proto.c
EXTRA_DIST += fuzz/otlp_proto.dict
EXTRA_DIST += fuzz/seeds/otlp_proto/bare.pb
EXTRA_DIST += fuzz/seeds/otlp_proto/cut.pb
EXTRA_DIST += fuzz/seeds/otlp_proto/framed.pb
EXTRA_DIST += fuzz/fuzz_pprof.c
EXTRA_DIST += fuzz/pprof.dict
EXTRA_DIST += fuzz/seeds/pprof/no_ids.pb
EXTRA_DIST += fuzz/seeds/pprof/tables_first.pb
EXTRA_DIST += fuzz/seeds/pprof/tables_last.pb
EXTRA_DIST += fuzz/fuzz_demangle.c
EXTRA_DIST += fuzz/demangle.dict
EXTRA_DIST += fuzz/seeds/demangle/cpp
EXTRA_DIST += fuzz/seeds/demangle/cpp_lambda
EXTRA_DIST += fuzz/seeds/demangle/rust_half
EXTRA_DIST += fuzz/seeds/demangle/rust_new
EXTRA_DIST += fuzz/seeds/demangle/rust_old
