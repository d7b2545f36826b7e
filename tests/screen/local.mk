# SPDX-License-Identifier: MIT
# A screen test is one file tests/screen/test_<what>.c that drives the program through tests/screen/harness.h; list it in SCREEN_TESTS
# and below.  Without libvterm there are none, and tests/screen/skipped.sh says so.
if HAVE_VTERM
check_LIBRARIES += tests/screen/libharness.a
tests_screen_libharness_a_SOURCES = \
	tests/screen/child.c tests/screen/child.h \
	tests/screen/harness.c tests/screen/mouse.c tests/screen/harness.h
tests_screen_libharness_a_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
LIBS_SCREEN = tests/screen/libharness.a $(LIBS_ALL) $(VTERM_LIBS) -lutil

SCREEN_TESTS = \
	tests/screen/test_economy \
	tests/screen/test_flame \
	tests/screen/test_harness \
	tests/screen/test_living \
	tests/screen/test_query \
	tests/screen/test_start \
	tests/screen/test_terminal \
	tests/screen/test_tmux \
	tests/screen/test_traces \
	tests/screen/test_views
check_PROGRAMS += $(SCREEN_TESTS)

tests_screen_test_economy_SOURCES = tests/screen/test_economy.c
tests_screen_test_economy_LDADD = $(LIBS_SCREEN)

tests_screen_test_flame_SOURCES = tests/screen/test_flame.c tests/screen/steps.h
tests_screen_test_flame_LDADD = $(LIBS_SCREEN)

tests_screen_test_harness_SOURCES = tests/screen/test_harness.c
tests_screen_test_harness_LDADD = $(LIBS_SCREEN)

tests_screen_test_living_SOURCES = tests/screen/test_living.c tests/screen/steps.h
tests_screen_test_living_LDADD = $(LIBS_SCREEN)

tests_screen_test_query_SOURCES = tests/screen/test_query.c tests/screen/steps.h
tests_screen_test_query_LDADD = $(LIBS_SCREEN)

tests_screen_test_traces_SOURCES = tests/screen/test_traces.c tests/screen/steps.h
tests_screen_test_traces_LDADD = $(LIBS_SCREEN)

tests_screen_test_start_SOURCES = tests/screen/test_start.c
tests_screen_test_start_LDADD = $(LIBS_SCREEN)

tests_screen_test_terminal_SOURCES = tests/screen/test_terminal.c
tests_screen_test_terminal_CPPFLAGS = $(AM_CPPFLAGS) -DCANVAS='"$(abs_top_builddir)/tests/screen/canvas"'
tests_screen_test_terminal_LDADD = $(LIBS_SCREEN)

tests_screen_test_tmux_SOURCES = tests/screen/test_tmux.c
tests_screen_test_tmux_CPPFLAGS = $(AM_CPPFLAGS) -DCANVAS='"$(abs_top_builddir)/tests/screen/canvas"'
tests_screen_test_tmux_LDADD = $(LIBS_SCREEN)

tests_screen_test_views_SOURCES = tests/screen/test_views.c tests/unit/viewer_test.h
tests_screen_test_views_LDADD = $(LIBS_SCREEN)

# The terminal's own tests run this in place of the program.
noinst_PROGRAMS += tests/screen/canvas
tests_screen_canvas_SOURCES = tests/screen/canvas.c src/ui/term.c
tests_screen_canvas_LDADD = $(LIBS_ALL) $(NCURSESW_LIBS)
else
dist_check_SCRIPTS += tests/screen/skipped.sh
endif
