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
endif
EXTRA_PROGRAMS += $(fuzzers)

# Every fuzzer for FUZZ_SECONDS; one line of TAP each.
fuzz-smoke: $(fuzzers)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(SHELL) $(srcdir)/fuzz/run.sh $(srcdir)/fuzz $(fuzzers)
.PHONY: fuzz-smoke
EXTRA_DIST += fuzz/run.sh
