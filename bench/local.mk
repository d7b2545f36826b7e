# SPDX-License-Identifier: MIT
# `make bench`: how fast, how much memory, how many bytes to the terminal.  BENCH_MB sets the size of the inputs, BENCH_FORMATS picks some,
# BENCH_PARTS parts of it.
BENCH_MB = 100
BENCH_RUNS = 3
BENCH_FORMATS =
BENCH_PARTS =
BENCH_SPANS = 10000 1000000
EXTRA_PROGRAMS += bench/attr bench/gen bench/cjson bench/measure bench/actions bench/open bench/query
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

bench: spanfire$(EXEEXT) bench/attr$(EXEEXT) bench/gen$(EXEEXT) bench/actions$(EXEEXT) bench/open$(EXEEXT) bench/query$(EXEEXT) bench/cjson$(EXEEXT) bench/measure$(EXEEXT) $(bench_viewer)
	@BENCH_MB='$(BENCH_MB)' BENCH_RUNS='$(BENCH_RUNS)' BENCH_SPANS='$(BENCH_SPANS)' BENCH_FORMATS='$(BENCH_FORMATS)' BENCH_PARTS='$(BENCH_PARTS)' BENCH_CORPUS='$(CORPUS)' PEER='$(srcdir)/bench/peer.py' DEMO='$(srcdir)/data/checkout.json' \
		SPANFIRE='$(abs_top_builddir)/spanfire$(EXEEXT)' $(SHELL) $(srcdir)/bench/run.sh
.PHONY: bench
