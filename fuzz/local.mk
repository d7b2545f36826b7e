# SPDX-License-Identifier: MIT
# A fuzzer is one file fuzz/fuzz_<what>.c with LLVMFuzzerTestOneInput(), and first inputs in fuzz/seeds/<what>/; list it inside `if FUZZERS`:
#	fuzzers += fuzz/fuzz_json
#	fuzz_fuzz_json_SOURCES = fuzz/fuzz_json.c
#	fuzz_fuzz_json_LDADD = $(LIBS_ALL)
#	fuzz_fuzz_json_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
# Seeds are listed in EXTRA_DIST, outside the condition.
fuzzers =
FUZZ_SECONDS = 4
if FUZZERS
fuzzers += fuzz/fuzz_input
fuzz_fuzz_input_SOURCES = fuzz/fuzz_input.c
fuzz_fuzz_input_LDADD = $(LIBS_ALL)
fuzz_fuzz_input_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer

fuzzers += fuzz/fuzz_load
fuzz_fuzz_load_SOURCES = fuzz/fuzz_load.c
fuzz_fuzz_load_LDADD = $(LIBS_ALL)
fuzz_fuzz_load_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
endif
EXTRA_DIST += \
	fuzz/seeds/input/answers \
	fuzz/seeds/input/keys \
	fuzz/seeds/input/mouse \
	fuzz/seeds/load/folded \
	fuzz/seeds/load/folded.gz \
	fuzz/seeds/load/otlp-lines \
	fuzz/seeds/load/utf16
EXTRA_PROGRAMS += $(fuzzers)

# Every fuzzer for FUZZ_SECONDS; one line of TAP each.
fuzz-smoke: $(fuzzers)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(SHELL) $(srcdir)/fuzz/run.sh $(srcdir)/fuzz $(fuzzers)
.PHONY: fuzz-smoke
EXTRA_DIST += fuzz/run.sh
