# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_packed
tests_unit_test_packed_SOURCES = tests/unit/test_packed.c tests/make.h tests/tap.h
tests_unit_test_packed_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_dataset tests/unit/test_seal tests/unit/test_tree
tests_unit_test_dataset_SOURCES = tests/unit/test_dataset.c tests/make.h tests/tap.h
tests_unit_test_dataset_LDADD = $(LIBS_ALL)
tests_unit_test_seal_SOURCES = tests/unit/test_seal.c tests/make.h tests/tap.h
tests_unit_test_seal_LDADD = $(LIBS_ALL)
tests_unit_test_tree_SOURCES = tests/unit/test_tree.c tests/make.h tests/tap.h
tests_unit_test_tree_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_parts
tests_unit_test_parts_SOURCES = tests/unit/test_parts.c tests/make.h tests/tap.h
tests_unit_test_parts_LDADD = $(LIBS_ALL)
