# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_keyed
tests_unit_test_keyed_SOURCES = tests/unit/test_keyed.c tests/unit/random_tree.h
tests_unit_test_keyed_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_ranked
tests_unit_test_ranked_SOURCES = tests/unit/test_ranked.c tests/unit/random_tree.h
tests_unit_test_ranked_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_exact
tests_unit_test_exact_SOURCES = tests/unit/test_exact.c
tests_unit_test_exact_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_regex
tests_unit_test_regex_SOURCES = tests/unit/test_regex.c
tests_unit_test_regex_LDADD = $(LIBS_ALL)

# The stores are compiled again with first capacities that force them to grow at once.
check_PROGRAMS += tests/unit/test_store
tests_unit_test_store_SOURCES = tests/unit/test_store.c \
	src/util/alloc.c src/util/arena.c src/util/buf.c src/util/error.c src/util/hash.c src/util/strtab.c src/util/vec.c
tests_unit_test_store_CPPFLAGS = $(AM_CPPFLAGS) -DARENA_FIRST_BLOCK=16 -DIDMAP_FIRST_CAP=4u

check_PROGRAMS += tests/unit/test_text
tests_unit_test_text_SOURCES = tests/unit/test_text.c
tests_unit_test_text_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_near
tests_unit_test_near_SOURCES = tests/unit/test_near.c tests/tap.h
tests_unit_test_near_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_numbers
tests_unit_test_numbers_SOURCES = tests/unit/test_numbers.c
tests_unit_test_numbers_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_unit
tests_unit_test_unit_SOURCES = tests/unit/test_unit.c
tests_unit_test_unit_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_clock
tests_unit_test_clock_SOURCES = tests/unit/test_clock.c tests/tap.h
tests_unit_test_clock_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_pretty
tests_unit_test_pretty_SOURCES = tests/unit/test_pretty.c
tests_unit_test_pretty_LDADD = $(LIBS_ALL)
