# SPDX-License-Identifier: MIT
# A C test is one file tests/unit/test_<module>.c that prints TAP through tests/tap.h; list it in tests/unit/<floor>.mk:
#	check_PROGRAMS += tests/unit/test_strtab
#	tests_unit_test_strtab_SOURCES = tests/unit/test_strtab.c tests/tap.h
#	tests_unit_test_strtab_LDADD = $(LIBS_ALL)
TEST_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(TEST_LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
LOG_DRIVER = $(TEST_LOG_DRIVER)
TEST_EXTENSIONS = .sh
AM_TESTS_ENVIRONMENT = top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	SPANFIRE='$(abs_top_builddir)/spanfire' TEST_PROGRAMS='$(TEST_PROGRAMS)'; \
	XDG_CONFIG_HOME=/nonexistent; \
	export top_srcdir top_builddir SPANFIRE TEST_PROGRAMS XDG_CONFIG_HOME; \
	if test -z "$$SPANFIRE_CORPUS" && test -d "$(CORPUS)"; then \
	SPANFIRE_CORPUS="$(CORPUS)"; export SPANFIRE_CORPUS; fi;
TESTS += $(check_PROGRAMS) $(dist_check_SCRIPTS)
EXTRA_DIST += tests/tap.h

include tests/unit/util.mk
include tests/unit/model.mk
include tests/unit/load.mk
include tests/unit/analysis.mk
include tests/unit/layout.mk
include tests/unit/export.mk
include tests/unit/ui.mk
include tests/cli/local.mk
include tests/screen/local.mk
include tests/project/local.mk
include tests/long/local.mk
