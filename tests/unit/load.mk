# SPDX-License-Identifier: MIT

EXTRA_DIST += tests/unit/files.h tests/unit/json_walk.h tests/unit/window.h
check_PROGRAMS += tests/unit/test_detail
tests_unit_test_detail_SOURCES = tests/unit/test_detail.c tests/tap.h
tests_unit_test_detail_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_links
tests_unit_test_links_SOURCES = tests/unit/test_links.c tests/unit/document.h tests/unit/files.h tests/tap.h
tests_unit_test_links_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_attr
tests_unit_test_attr_SOURCES = tests/unit/test_attr.c tests/unit/files.h tests/tap.h
tests_unit_test_attr_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_ids
tests_unit_test_ids_SOURCES = tests/unit/test_ids.c tests/tap.h
tests_unit_test_ids_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_json
tests_unit_test_json_SOURCES = tests/unit/test_json.c tests/tap.h
tests_unit_test_json_LDADD = $(LIBS_ALL)
tests_unit_test_json_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
check_PROGRAMS += tests/unit/test_json_fields
tests_unit_test_json_fields_SOURCES = tests/unit/test_json_fields.c tests/tap.h
tests_unit_test_json_fields_LDADD = $(LIBS_ALL)
tests_unit_test_json_fields_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
check_PROGRAMS += tests/unit/test_otlp_json
tests_unit_test_otlp_json_SOURCES = tests/unit/test_otlp_json.c tests/tap.h
tests_unit_test_otlp_json_LDADD = $(LIBS_ALL)
tests_unit_test_otlp_json_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += \
	tests/data/otlp/bare.expect tests/data/otlp/bare.json \
	tests/data/otlp/broken_line.expect tests/data/otlp/broken_line.json \
	tests/data/otlp/broken_pretty.expect tests/data/otlp/broken_pretty.json \
	tests/data/otlp/broken_quote.expect tests/data/otlp/broken_quote.json \
	tests/data/otlp/broken_resource.expect tests/data/otlp/broken_resource.json \
	tests/data/otlp/broken_span.expect tests/data/otlp/broken_span.json \
	tests/data/otlp/data.expect tests/data/otlp/data.json \
	tests/data/otlp/empty.expect tests/data/otlp/empty.json \
	tests/data/otlp/escapes.expect tests/data/otlp/escapes.json \
	tests/data/otlp/ids.expect tests/data/otlp/ids.json \
	tests/data/otlp/library.expect tests/data/otlp/library.json \
	tests/data/otlp/library_both.expect tests/data/otlp/library_both.json \
	tests/data/otlp/lines.expect tests/data/otlp/lines.json \
	tests/data/otlp/list.expect tests/data/otlp/list.json \
	tests/data/otlp/logs_odd.expect tests/data/otlp/logs_odd.json \
	tests/data/otlp/numbers.expect tests/data/otlp/numbers.json \
	tests/data/otlp/resource_last.expect tests/data/otlp/resource_last.json \
	tests/data/otlp/result.expect tests/data/otlp/result.json \
	tests/data/otlp/signals.expect tests/data/otlp/signals.json \
	tests/data/otlp/single.expect tests/data/otlp/single.json \
	tests/data/otlp/snake.expect tests/data/otlp/snake.json \
	tests/data/otlp/tempo.expect tests/data/otlp/tempo.json \
	tests/data/otlp/tempo_complete.expect tests/data/otlp/tempo_complete.json \
	tests/data/otlp/tempo_v2.expect tests/data/otlp/tempo_v2.json \
	tests/data/otlp/truncated.expect tests/data/otlp/truncated.json \
	tests/data/otlp/types.expect tests/data/otlp/types.json
check_PROGRAMS += tests/unit/test_json_peer
tests_unit_test_json_peer_SOURCES = tests/unit/test_json_peer.c tests/tap.h
tests_unit_test_json_peer_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_proto
tests_unit_test_proto_SOURCES = tests/unit/test_proto.c tests/tap.h
tests_unit_test_proto_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_foreign
tests_unit_test_foreign_SOURCES = tests/unit/test_foreign.c tests/tap.h
tests_unit_test_foreign_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_source
tests_unit_test_source_SOURCES = tests/unit/test_source.c tests/tap.h
tests_unit_test_source_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_sink
tests_unit_test_sink_SOURCES = tests/unit/test_sink.c tests/unit/dump.h tests/tap.h
tests_unit_test_sink_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_folded
tests_unit_test_folded_SOURCES = tests/unit/test_folded.c tests/unit/dump.h tests/tap.h
tests_unit_test_folded_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_load
tests_unit_test_load_SOURCES = tests/unit/test_load.c tests/unit/dump.h tests/tap.h
tests_unit_test_load_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_probe
tests_unit_test_probe_SOURCES = tests/unit/test_probe.c tests/tap.h
tests_unit_test_probe_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_perf_stacks
tests_unit_test_perf_stacks_SOURCES = tests/unit/test_perf_stacks.c tests/tap.h
tests_unit_test_perf_stacks_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_perf_data
tests_unit_test_perf_data_SOURCES = tests/unit/test_perf_data.c tests/tap.h
tests_unit_test_perf_data_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_jaeger
tests_unit_test_jaeger_SOURCES = tests/unit/test_jaeger.c tests/unit/samples.h tests/tap.h
tests_unit_test_jaeger_LDADD = $(LIBS_ALL)
tests_unit_test_jaeger_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/jaeger/api.expect tests/data/jaeger/api.json
EXTRA_DIST += tests/data/jaeger/bare.expect tests/data/jaeger/bare.json
EXTRA_DIST += tests/data/jaeger/empty.expect tests/data/jaeger/empty.json
EXTRA_DIST += tests/data/jaeger/hits.expect tests/data/jaeger/hits.json
EXTRA_DIST += tests/data/jaeger/list.expect tests/data/jaeger/list.json
EXTRA_DIST += tests/data/jaeger/no_processes.expect tests/data/jaeger/no_processes.json
EXTRA_DIST += tests/data/jaeger/odd.expect tests/data/jaeger/odd.json
EXTRA_DIST += tests/data/jaeger/saved.expect tests/data/jaeger/saved.json
EXTRA_DIST += tests/data/jaeger/status.expect tests/data/jaeger/status.json
EXTRA_DIST += tests/data/jaeger/storage_lines.expect tests/data/jaeger/storage_lines.json
EXTRA_DIST += tests/data/jaeger/twins.expect tests/data/jaeger/twins.json

check_PROGRAMS += tests/unit/test_zipkin
tests_unit_test_zipkin_SOURCES = tests/unit/test_zipkin.c tests/unit/samples.h tests/tap.h
tests_unit_test_zipkin_LDADD = $(LIBS_ALL)
tests_unit_test_zipkin_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/zipkin/again.expect tests/data/zipkin/again.json
EXTRA_DIST += tests/data/zipkin/empty.expect tests/data/zipkin/empty.json
EXTRA_DIST += tests/data/zipkin/mixed.expect tests/data/zipkin/mixed.json
EXTRA_DIST += tests/data/zipkin/odd.expect tests/data/zipkin/odd.json
EXTRA_DIST += tests/data/zipkin/one.expect tests/data/zipkin/one.json
EXTRA_DIST += tests/data/zipkin/parts.expect tests/data/zipkin/parts.json
EXTRA_DIST += tests/data/zipkin/span_lines.expect tests/data/zipkin/span_lines.json
EXTRA_DIST += tests/data/zipkin/traces.expect tests/data/zipkin/traces.json
EXTRA_DIST += tests/data/zipkin/unmarked.expect tests/data/zipkin/unmarked.json
EXTRA_DIST += tests/data/zipkin/v1.expect tests/data/zipkin/v1.json
EXTRA_DIST += tests/data/zipkin/v2.expect tests/data/zipkin/v2.json

check_PROGRAMS += tests/unit/test_perf_script
tests_unit_test_perf_script_SOURCES = tests/unit/test_perf_script.c tests/unit/dump.h tests/unit/files.h tests/tap.h
tests_unit_test_perf_script_LDADD = $(LIBS_ALL)
EXTRA_DIST += tests/data/perf-script/branches.expect
EXTRA_DIST += tests/data/perf-script/branches.txt
EXTRA_DIST += tests/data/perf-script/broken.expect
EXTRA_DIST += tests/data/perf-script/broken.txt
EXTRA_DIST += tests/data/perf-script/chains.expect
EXTRA_DIST += tests/data/perf-script/chains.txt
EXTRA_DIST += tests/data/perf-script/crlf.expect
EXTRA_DIST += tests/data/perf-script/crlf.txt
EXTRA_DIST += tests/data/perf-script/flat.expect
EXTRA_DIST += tests/data/perf-script/flat.txt
EXTRA_DIST += tests/data/perf-script/guest.expect
EXTRA_DIST += tests/data/perf-script/guest.txt
EXTRA_DIST += tests/data/perf-script/many-events.expect
EXTRA_DIST += tests/data/perf-script/many-events.txt
EXTRA_DIST += tests/data/perf-script/source-lines.expect
EXTRA_DIST += tests/data/perf-script/source-lines.txt
EXTRA_DIST += tests/data/perf-script/variants.expect
EXTRA_DIST += tests/data/perf-script/variants.txt

check_PROGRAMS += tests/unit/test_detect
tests_unit_test_detect_SOURCES = tests/unit/test_detect.c tests/unit/files.h tests/tap.h
tests_unit_test_detect_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_chrome
tests_unit_test_chrome_SOURCES = tests/unit/test_chrome.c tests/unit/dump.h tests/unit/samples.h tests/tap.h
tests_unit_test_chrome_LDADD = $(LIBS_ALL)
tests_unit_test_chrome_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/chrome/async.expect tests/data/chrome/async.json tests/data/chrome/async.tracks
EXTRA_DIST += tests/data/chrome/cpu.expect tests/data/chrome/cpu.json tests/data/chrome/cpu.tracks
EXTRA_DIST += tests/data/chrome/empty.expect tests/data/chrome/empty.json tests/data/chrome/empty.tracks
EXTRA_DIST += tests/data/chrome/keys.expect tests/data/chrome/keys.json tests/data/chrome/keys.tracks
EXTRA_DIST += tests/data/chrome/nesting.expect tests/data/chrome/nesting.json tests/data/chrome/nesting.tracks
EXTRA_DIST += tests/data/chrome/odd.expect tests/data/chrome/odd.json tests/data/chrome/odd.tracks
EXTRA_DIST += tests/data/chrome/one_each.expect tests/data/chrome/one_each.json tests/data/chrome/one_each.tracks
EXTRA_DIST += tests/data/chrome/open_list.expect tests/data/chrome/open_list.json tests/data/chrome/open_list.tracks
EXTRA_DIST += tests/data/chrome/pairs.expect tests/data/chrome/pairs.json tests/data/chrome/pairs.tracks
EXTRA_DIST += tests/data/chrome/samples.expect tests/data/chrome/samples.json tests/data/chrome/samples.tracks
EXTRA_DIST += tests/data/chrome/flows.expect tests/data/chrome/flows.json tests/data/chrome/flows.tracks
EXTRA_DIST += tests/data/chrome/slices.expect tests/data/chrome/slices.json tests/data/chrome/slices.tracks
EXTRA_DIST += tests/data/chrome/times.expect tests/data/chrome/times.json tests/data/chrome/times.tracks
check_PROGRAMS += tests/unit/test_chrome_peer
tests_unit_test_chrome_peer_SOURCES = tests/unit/test_chrome_peer.c tests/tap.h
tests_unit_test_chrome_peer_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_cleopatra
tests_unit_test_cleopatra_SOURCES = tests/unit/test_cleopatra.c tests/unit/profile_samples.h tests/tap.h
tests_unit_test_cleopatra_LDADD = $(LIBS_ALL)
tests_unit_test_cleopatra_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/cleopatra/no_table.expect tests/data/cleopatra/no_table.json
EXTRA_DIST += tests/data/cleopatra/plain.expect tests/data/cleopatra/plain.json
EXTRA_DIST += tests/data/cleopatra/threads.expect tests/data/cleopatra/threads.json

check_PROGRAMS += tests/unit/test_cpuprofile
tests_unit_test_cpuprofile_SOURCES = tests/unit/test_cpuprofile.c tests/unit/profile_samples.h tests/tap.h
tests_unit_test_cpuprofile_LDADD = $(LIBS_ALL)
tests_unit_test_cpuprofile_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/cpuprofile/hits.expect tests/data/cpuprofile/hits.json
EXTRA_DIST += tests/data/cpuprofile/list.expect tests/data/cpuprofile/list.json
EXTRA_DIST += tests/data/cpuprofile/odd.expect tests/data/cpuprofile/odd.json
EXTRA_DIST += tests/data/cpuprofile/parents.expect tests/data/cpuprofile/parents.json
EXTRA_DIST += tests/data/cpuprofile/reply.expect tests/data/cpuprofile/reply.json
EXTRA_DIST += tests/data/cpuprofile/tree.expect tests/data/cpuprofile/tree.json
EXTRA_DIST += tests/data/cpuprofile/tree_untimed.expect tests/data/cpuprofile/tree_untimed.json

check_PROGRAMS += tests/unit/test_heapprofile
tests_unit_test_heapprofile_SOURCES = tests/unit/test_heapprofile.c tests/unit/profile_samples.h tests/tap.h
tests_unit_test_heapprofile_LDADD = $(LIBS_ALL)
tests_unit_test_heapprofile_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/heapprofile/nested.expect tests/data/heapprofile/nested.json
EXTRA_DIST += tests/data/heapprofile/no_samples.expect tests/data/heapprofile/no_samples.json
EXTRA_DIST += tests/data/heapprofile/reply.expect tests/data/heapprofile/reply.json

check_PROGRAMS += tests/unit/test_frame_facts
tests_unit_test_frame_facts_SOURCES = tests/unit/test_frame_facts.c tests/unit/document.h tests/unit/pprof_write.h tests/unit/proto_write.h tests/tap.h
tests_unit_test_frame_facts_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_gecko
tests_unit_test_gecko_SOURCES = tests/unit/test_gecko.c tests/unit/profile_samples.h tests/tap.h
tests_unit_test_gecko_LDADD = $(LIBS_ALL)
tests_unit_test_gecko_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress
EXTRA_DIST += tests/data/gecko/allocations.expect tests/data/gecko/allocations.json
EXTRA_DIST += tests/data/gecko/broken_refs.expect tests/data/gecko/broken_refs.json
EXTRA_DIST += tests/data/gecko/markers.expect tests/data/gecko/markers.json
EXTRA_DIST += tests/data/gecko/markers_raw.expect tests/data/gecko/markers_raw.json
EXTRA_DIST += tests/data/gecko/meta_last.expect tests/data/gecko/meta_last.json
EXTRA_DIST += tests/data/gecko/own_tables.expect tests/data/gecko/own_tables.json
EXTRA_DIST += tests/data/gecko/raw.expect tests/data/gecko/raw.json
EXTRA_DIST += tests/data/gecko/raw_late.expect tests/data/gecko/raw_late.json
EXTRA_DIST += tests/data/gecko/recording.expect tests/data/gecko/recording.json
EXTRA_DIST += tests/data/gecko/shared.expect tests/data/gecko/shared.json
EXTRA_DIST += tests/data/gecko/text_process.expect tests/data/gecko/text_process.json

check_PROGRAMS += tests/unit/test_browser_trees
tests_unit_test_browser_trees_SOURCES = tests/unit/test_browser_trees.c tests/tap.h
tests_unit_test_browser_trees_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_profiles
tests_unit_test_profiles_SOURCES = tests/unit/test_profiles.c tests/unit/profile_samples.h tests/unit/files.h tests/unit/window.h tests/tap.h
tests_unit_test_profiles_LDADD = $(LIBS_ALL)
tests_unit_test_profiles_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress -Wl,--wrap=input_problem
EXTRA_DIST += tests/data/flamebearer/bare.json tests/data/flamebearer/bare.expect
EXTRA_DIST += tests/data/flamebearer/double.json tests/data/flamebearer/double.expect
EXTRA_DIST += tests/data/flamebearer/empty.json tests/data/flamebearer/empty.expect
EXTRA_DIST += tests/data/flamebearer/odd.json tests/data/flamebearer/odd.expect
EXTRA_DIST += tests/data/flamebearer/query.json tests/data/flamebearer/query.expect
EXTRA_DIST += tests/data/flamebearer/single.json tests/data/flamebearer/single.expect
EXTRA_DIST += tests/data/folded-diff/not_all.folded tests/data/folded-diff/not_all.expect
EXTRA_DIST += tests/data/folded-diff/odd.folded tests/data/folded-diff/odd.expect
EXTRA_DIST += tests/data/folded-diff/plain.folded tests/data/folded-diff/plain.expect
EXTRA_DIST += tests/data/nested-set/data_first.json tests/data/nested-set/data_first.expect
EXTRA_DIST += tests/data/nested-set/enum.json tests/data/nested-set/enum.expect
EXTRA_DIST += tests/data/nested-set/odd.json tests/data/nested-set/odd.expect
EXTRA_DIST += tests/data/nested-set/old_layout.json tests/data/nested-set/old_layout.expect
EXTRA_DIST += tests/data/nested-set/strings.json tests/data/nested-set/strings.expect
EXTRA_DIST += tests/data/nested-set/two_sided.json tests/data/nested-set/two_sided.expect
EXTRA_DIST += tests/data/nested-set/formatted.csv tests/data/nested-set/formatted.expect
EXTRA_DIST += tests/data/nested-set/plain.csv tests/data/nested-set/plain.expect
EXTRA_DIST += tests/data/speedscope/both.json tests/data/speedscope/both.expect
EXTRA_DIST += tests/data/speedscope/escapes.json tests/data/speedscope/escapes.expect
EXTRA_DIST += tests/data/speedscope/frames_last.json tests/data/speedscope/frames_last.expect
EXTRA_DIST += tests/data/speedscope/no_frames.json tests/data/speedscope/no_frames.expect
EXTRA_DIST += tests/data/speedscope/repairs.json tests/data/speedscope/repairs.expect
EXTRA_DIST += tests/data/speedscope/two_values.json tests/data/speedscope/two_values.expect
check_PROGRAMS += tests/unit/test_pprof
tests_unit_test_pprof_SOURCES = tests/unit/test_pprof.c tests/unit/pprof_write.h tests/unit/proto_write.h tests/unit/window.h tests/tap.h
tests_unit_test_pprof_LDADD = $(LIBS_ALL)
tests_unit_test_pprof_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress -Wl,--wrap=input_whole

check_PROGRAMS += tests/unit/test_otlp_proto
tests_unit_test_otlp_proto_SOURCES = tests/unit/test_otlp_proto.c tests/unit/otlp_write.h tests/unit/proto_write.h tests/unit/window.h tests/tap.h
tests_unit_test_otlp_proto_LDADD = $(LIBS_ALL)
tests_unit_test_otlp_proto_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=input_more -Wl,--wrap=input_progress

check_PROGRAMS += tests/unit/test_pprof_peer
tests_unit_test_pprof_peer_SOURCES = tests/unit/test_pprof_peer.c tests/unit/proto_write.h tests/unit/files.h tests/tap.h
tests_unit_test_pprof_peer_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_proto_peer
tests_unit_test_proto_peer_SOURCES = tests/unit/test_proto_peer.c tests/unit/proto_write.h tests/unit/files.h tests/tap.h
tests_unit_test_proto_peer_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_elements
tests_unit_test_elements_SOURCES = tests/unit/test_elements.c tests/unit/dump.h tests/tap.h
tests_unit_test_elements_LDADD = $(LIBS_ALL)
tests_unit_test_elements_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=pool_run

check_PROGRAMS += tests/unit/test_unframe
tests_unit_test_unframe_SOURCES = tests/unit/test_unframe.c tests/unit/otlp_write.h tests/unit/proto_write.h tests/tap.h
tests_unit_test_unframe_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_demangle
tests_unit_test_demangle_SOURCES = tests/unit/test_demangle.c tests/tap.h
tests_unit_test_demangle_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_otlp_lines
tests_unit_test_otlp_lines_SOURCES = tests/unit/test_otlp_lines.c tests/tap.h tests/unit/files.h
tests_unit_test_otlp_lines_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_otlp_copy
tests_unit_test_otlp_copy_SOURCES = tests/unit/test_otlp_copy.c tests/tap.h tests/unit/files.h tests/unit/proto_write.h
tests_unit_test_otlp_copy_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_spent
tests_unit_test_spent_SOURCES = tests/unit/test_spent.c tests/make.h tests/tap.h
tests_unit_test_spent_LDADD = $(LIBS_ALL)
tests_unit_test_spent_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=give_back
