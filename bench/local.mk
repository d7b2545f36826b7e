# SPDX-License-Identifier: MIT
# `make bench`: how fast, how much memory, how many bytes to the terminal.  What bench/run.sh says of BENCH_MB and the like comes to it
# from the environment or the command line: given a value here, they would hide the environment's.
bench_programs = bench/attr bench/gen bench/cjson bench/measure bench/actions bench/open bench/query
EXTRA_PROGRAMS += $(bench_programs)
bench_gen_SOURCES = bench/gen.c bench/gen.h bench/gen_boxes.c bench/gen_proto.c bench/span_extent.c tools/demo.c tools/demo_traces.c tools/demo.h
bench_gen_LDADD = $(LIBS_ALL)
stage_sources = bench/make.c bench/make.h bench/stage.c bench/stage.h bench/gen.h bench/span_extent.c tools/demo.c tools/demo_traces.c tools/demo.h
bench_actions_SOURCES = bench/actions.c $(stage_sources)
bench_actions_LDADD = $(LIBS_ALL)
bench_open_SOURCES = bench/open.c $(stage_sources)
bench_open_LDADD = $(LIBS_ALL)
bench_attr_SOURCES = bench/attr.c
bench_attr_LDADD = $(LIBS_ALL)
bench_query_SOURCES = bench/query.c
bench_query_LDADD = $(LIBS_ALL)
bench_cjson_SOURCES = bench/cjson.c
bench_cjson_LDADD = $(LIBS_ALL)
bench_measure_SOURCES = bench/measure.c
bench_measure_LDADD = $(LIBS_ALL)
EXTRA_DIST += bench/peer.py bench/run.sh
if HAVE_VTERM
bench_viewer = bench/viewer
EXTRA_PROGRAMS += bench/viewer
bench_viewer_SOURCES = bench/viewer.c
bench_viewer_LDADD = $(LIBS_SCREEN)
endif
CLEANFILES += $(EXTRA_PROGRAMS)

# What is measured seldom is built always.
check-local: $(bench_programs:=$(EXEEXT)) $(bench_viewer:=$(EXEEXT))

bench: spanfire$(EXEEXT) $(bench_programs:=$(EXEEXT)) $(bench_viewer:=$(EXEEXT))
	@BENCH_CORPUS='$(CORPUS)' PEER='$(srcdir)/bench/peer.py' DEMO='$(srcdir)/data/checkout.json' \
		SPANFIRE='$(abs_top_builddir)/spanfire$(EXEEXT)' $(SHELL) $(srcdir)/bench/run.sh
.PHONY: bench
