# SPDX-License-Identifier: MIT
# The program as a user runs it: golden outputs of small inputs, every option, exit statuses, and real inputs with known answers.
check_PROGRAMS += tests/cli/test_facts
tests_cli_test_facts_SOURCES = tests/cli/test_facts.c tests/cli/run.h
tests_cli_test_facts_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/cli/test_same_trace
tests_cli_test_same_trace_SOURCES = tests/cli/test_same_trace.c tests/cli/run.h
tests_cli_test_same_trace_LDADD = $(LIBS_ALL)
EXTRA_DIST += tests/data/same/framed.pb tests/data/same/jaeger.json tests/data/same/logs.json tests/data/same/logs.pb
EXTRA_DIST += tests/data/same/every_field.json
EXTRA_DIST += tests/data/same/otlp.json tests/data/same/otlp.pb

check_PROGRAMS += tests/cli/test_scope_stacks
tests_cli_test_scope_stacks_SOURCES = tests/cli/test_scope_stacks.c tests/cli/run.h
tests_cli_test_scope_stacks_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/cli/test_stacks
tests_cli_test_stacks_SOURCES = tests/cli/test_stacks.c tests/cli/run.h
tests_cli_test_stacks_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/cli/test_tables
tests_cli_test_tables_SOURCES = tests/cli/test_tables.c
tests_cli_test_tables_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/cli/test_terminal
tests_cli_test_terminal_SOURCES = tests/cli/test_terminal.c tests/cli/run.h
tests_cli_test_terminal_LDADD = $(LIBS_ALL) -lutil

dist_check_SCRIPTS += \
	tests/cli/docs.sh \
	tests/cli/filtered.sh \
	tests/cli/golden.sh \
	tests/cli/options.sh \
	tests/cli/peer_traces.sh \
	tests/cli/roundtrip.sh
EXTRA_DIST += \
	tests/cli/export.golden \
	tests/cli/facts.txt \
	tests/cli/filters.golden \
	tests/cli/help.golden \
	tests/cli/info.golden \
	tests/cli/input.golden \
	tests/cli/print.golden \
	tests/cli/query.golden \
	tests/cli/system.golden \
	tests/cli/top.golden \
	tests/cli/traces.golden \
	tests/cli/usage.golden \
	tests/data/cli/active.speedscope \
	tests/data/cli/agents.json \
	tests/data/cli/binary \
	tests/data/cli/comment.folded \
	tests/data/cli/empty \
	tests/data/cli/line.json \
	tests/data/cli/names.folded \
	tests/data/cli/nothing.json \
	tests/data/cli/nothing.speedscope \
	tests/data/cli/numbers.json \
	tests/data/cli/partial.json \
	tests/data/cli/second.json \
	tests/data/cli/shop.json \
	tests/data/cli/units.speedscope \
	tests/data/cli/work.folded \
	tests/data/cli/years.json \
	tests/update-golden.sh
