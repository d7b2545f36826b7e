# SPDX-License-Identifier: MIT
# A screen test is one file tests/screen/test_<what>.c that drives the program through tests/screen/harness.h; without libvterm there
# are none, and tests/screen/skipped.sh says so.
EXTRA_DIST += tests/screen/harness.h

if HAVE_VTERM
check_LIBRARIES += tests/screen/libharness.a
tests_screen_libharness_a_SOURCES = tests/screen/harness.c tests/screen/harness.h
tests_screen_libharness_a_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
LIBS_SCREEN = tests/screen/libharness.a $(LIBS_ALL) $(VTERM_LIBS) -lutil

SCREEN_TESTS = tests/screen/test_harness
check_PROGRAMS += $(SCREEN_TESTS)
tests_screen_test_harness_SOURCES = tests/screen/test_harness.c
tests_screen_test_harness_LDADD = $(LIBS_SCREEN)
else
dist_check_SCRIPTS += tests/screen/skipped.sh
endif
