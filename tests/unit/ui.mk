# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_grid
tests_unit_test_grid_SOURCES = tests/unit/test_grid.c tests/tap.h
tests_unit_test_grid_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_input
tests_unit_test_input_SOURCES = tests/unit/test_input.c tests/tap.h
tests_unit_test_input_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_key
tests_unit_test_key_SOURCES = tests/unit/test_key.c tests/tap.h
tests_unit_test_key_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_theme
tests_unit_test_theme_SOURCES = tests/unit/test_theme.c tests/tap.h
tests_unit_test_theme_LDADD = $(LIBS_ALL)
