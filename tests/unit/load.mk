# SPDX-License-Identifier: MIT

EXTRA_DIST += tests/unit/files.h tests/unit/json_walk.h tests/unit/window.h
check_PROGRAMS += tests/unit/test_ids
tests_unit_test_ids_SOURCES = tests/unit/test_ids.c tests/tap.h
tests_unit_test_ids_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_json
tests_unit_test_json_SOURCES = tests/unit/test_json.c tests/tap.h
tests_unit_test_json_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_json_peer
tests_unit_test_json_peer_SOURCES = tests/unit/test_json_peer.c tests/tap.h
tests_unit_test_json_peer_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_proto
tests_unit_test_proto_SOURCES = tests/unit/test_proto.c tests/tap.h
tests_unit_test_proto_LDADD = $(LIBS_ALL)

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
