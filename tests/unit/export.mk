# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_folded_export
tests_unit_test_folded_export_SOURCES = tests/unit/test_folded_export.c
tests_unit_test_folded_export_LDADD = $(LIBS_ALL)
