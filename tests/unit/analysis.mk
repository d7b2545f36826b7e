# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_build tests/unit/test_label tests/unit/test_metric tests/unit/test_top
tests_unit_test_build_SOURCES = tests/unit/test_build.c tests/make.h tests/tap.h
tests_unit_test_build_LDADD = $(LIBS_ALL)
tests_unit_test_label_SOURCES = tests/unit/test_label.c tests/make.h tests/tap.h
tests_unit_test_label_LDADD = $(LIBS_ALL)
tests_unit_test_metric_SOURCES = tests/unit/test_metric.c tests/make.h tests/tap.h
tests_unit_test_metric_LDADD = $(LIBS_ALL)
tests_unit_test_top_SOURCES = tests/unit/test_top.c tests/make.h tests/tap.h
tests_unit_test_top_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_lens
tests_unit_test_lens_SOURCES = tests/unit/test_lens.c tests/make.h tests/tap.h
tests_unit_test_lens_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_usage
tests_unit_test_usage_SOURCES = tests/unit/test_usage.c tests/make.h tests/tap.h
tests_unit_test_usage_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_filter
tests_unit_test_filter_SOURCES = tests/unit/test_filter.c tests/make.h tests/tap.h
tests_unit_test_filter_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_search
tests_unit_test_search_SOURCES = tests/unit/test_search.c tests/make.h tests/tap.h
tests_unit_test_search_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_critical
tests_unit_test_critical_SOURCES = tests/unit/test_critical.c tests/make.h tests/tap.h
tests_unit_test_critical_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_short_name
tests_unit_test_short_name_SOURCES = tests/unit/test_short_name.c tests/unit/random_tree.h tests/tap.h
tests_unit_test_short_name_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_skew
tests_unit_test_skew_SOURCES = tests/unit/test_skew.c tests/make.h tests/tap.h
tests_unit_test_skew_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_traces
tests_unit_test_traces_SOURCES = tests/unit/test_traces.c tests/unit/random_tree.h tests/make.h tests/tap.h
tests_unit_test_traces_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_sampled
tests_unit_test_sampled_SOURCES = tests/unit/test_sampled.c tests/make.h tests/tap.h
tests_unit_test_sampled_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_at_work
tests_unit_test_at_work_SOURCES = tests/unit/test_at_work.c tests/make.h tests/tap.h
tests_unit_test_at_work_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_query
tests_unit_test_query_SOURCES = tests/unit/test_query.c tests/make.h tests/tap.h tests/unit/files.h
tests_unit_test_query_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_selected
tests_unit_test_selected_SOURCES = tests/unit/test_selected.c tests/make.h tests/tap.h
tests_unit_test_selected_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_query_random
tests_unit_test_query_random_SOURCES = tests/unit/test_query_random.c tests/make.h tests/tap.h
tests_unit_test_query_random_LDADD = $(LIBS_ALL)
EXTRA_DIST += tests/data/query/cases.txt tests/data/query/shop.json

check_PROGRAMS += tests/unit/test_recipe
tests_unit_test_recipe_SOURCES = tests/unit/test_recipe.c tests/make.h tests/tap.h
tests_unit_test_recipe_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_odd
tests_unit_test_odd_SOURCES = tests/unit/test_odd.c tests/tap.h
tests_unit_test_odd_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_places
tests_unit_test_places_SOURCES = tests/unit/test_places.c tests/unit/random_tree.h tests/unit/viewer_test.h tests/tap.h
tests_unit_test_places_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_occurrences
tests_unit_test_occurrences_SOURCES = tests/unit/test_occurrences.c tests/unit/random_tree.h tests/make.h tests/tap.h
tests_unit_test_occurrences_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_published
tests_unit_test_published_SOURCES = tests/unit/test_published.c tests/tap.h tests/unit/files.h
tests_unit_test_published_LDADD = $(LIBS_ALL)
