# SPDX-License-Identifier: MIT
# `make bench`: how fast, how much memory, how many bytes to the terminal.  BENCH_MB sets the size of the inputs.
BENCH_MB = 100
bench_programs = bench/gen bench/cjson bench/measure
EXTRA_PROGRAMS += $(bench_programs)
bench_gen_SOURCES = bench/gen.c tools/demo.c tools/demo_traces.c tools/demo.h
bench_gen_LDADD = $(LIBS_ALL)
bench_cjson_SOURCES = bench/cjson.c
bench_cjson_LDADD = $(LIBS_ALL)
bench_measure_SOURCES = bench/measure.c
bench_measure_LDADD = $(LIBS_ALL)
EXTRA_DIST += bench/run.sh
CLEANFILES += $(bench_programs)

bench: spanfire$(EXEEXT) $(bench_programs)
	@BENCH_MB=$(BENCH_MB) SPANFIRE=./spanfire$(EXEEXT) $(SHELL) $(srcdir)/bench/run.sh
.PHONY: bench
