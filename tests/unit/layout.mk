# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/unit/random_tree.h
check_PROGRAMS += tests/unit/test_chart
tests_unit_test_chart_SOURCES = tests/unit/test_chart.c tests/tap.h
tests_unit_test_chart_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_fit
tests_unit_test_fit_SOURCES = tests/unit/test_fit.c tests/tap.h
tests_unit_test_fit_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_minimap
tests_unit_test_minimap_SOURCES = tests/unit/test_minimap.c tests/tap.h
tests_unit_test_minimap_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_plane
tests_unit_test_plane_SOURCES = tests/unit/test_plane.c tests/tap.h
tests_unit_test_plane_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_strip
tests_unit_test_strip_SOURCES = tests/unit/test_strip.c tests/tap.h
tests_unit_test_strip_LDADD = $(LIBS_ALL)
