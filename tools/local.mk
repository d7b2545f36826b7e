# SPDX-License-Identifier: MIT
# The demo files of data/ come from here: `make demo-data` writes them again.
noinst_PROGRAMS += tools/demogen
tools_demogen_SOURCES = \
	tools/demo.c tools/demo.h \
	tools/demo_agent.c \
	tools/demo_checkout.c \
	tools/demo_folded.c \
	tools/demo_traces.c \
	tools/demogen.c
tools_demogen_LDADD = $(LIBS_ALL)

demo-data: tools/demogen$(EXEEXT)
	tools/demogen$(EXEEXT) $(srcdir)/data
.PHONY: demo-data
EXTRA_DIST += tools/setup.sh

# The pictures of the documentation: every script in doc/screenshots names in its first line what it opens.
SCREENSHOT_SIZE = 120x36
screenshots: spanfire$(EXEEXT)
	cd '$(srcdir)/doc/screenshots' && for script in *.script; do \
		'$(abs_top_builddir)/spanfire$(EXEEXT)' --script "$$script" --size $(SCREENSHOT_SIZE) $$(sed -n 's/^# spanfire //p' "$$script") || exit 1; \
	done
.PHONY: screenshots
EXTRA_DIST += \
	doc/screenshots/agent.script \
	doc/screenshots/agent.svg \
	doc/screenshots/details.script \
	doc/screenshots/details.svg \
	doc/screenshots/flame.script \
	doc/screenshots/flame.svg \
	doc/screenshots/profile.script \
	doc/screenshots/profile.svg \
	doc/screenshots/search.script \
	doc/screenshots/search.svg \
	doc/screenshots/table.script \
	doc/screenshots/table.svg \
	doc/screenshots/timeline.script \
	doc/screenshots/timeline.svg \
	doc/screenshots/traces.script \
	doc/screenshots/traces.svg
