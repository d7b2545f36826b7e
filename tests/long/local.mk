# SPDX-License-Identifier: MIT
# Tests that take minutes: `make check-long`.  Each is a script that prints TAP; what it lacks (valgrind, clang) it skips.
LONG_TESTS = \
	tests/long/fuzz.sh \
	tests/long/pictures.sh \
	tests/long/soak.sh \
	tests/long/threads.sh \
	tests/long/valgrind.sh
EXTRA_DIST += $(LONG_TESTS)

check-long: all $(check_PROGRAMS)
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(LONG_TESTS)' TEST_PROGRAMS='$(check_PROGRAMS)'
.PHONY: check-long
