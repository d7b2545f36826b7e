# SPDX-License-Identifier: MIT

check_PROGRAMS += tests/unit/test_proto
tests_unit_test_proto_SOURCES = tests/unit/test_proto.c tests/tap.h
tests_unit_test_proto_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_source
tests_unit_test_source_SOURCES = tests/unit/test_source.c tests/tap.h
tests_unit_test_source_LDADD = $(LIBS_ALL)
