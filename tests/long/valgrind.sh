#!/bin/sh
# SPDX-License-Identifier: MIT
# Every C test and the batch commands under valgrind.  A test may be slow there, it may not err.
. "$top_srcdir/tests/project/tap.sh"
command -v valgrind >/dev/null || { skip "no valgrind"; done_testing; }
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
cd "$top_builddir" || exit 1
checked() {
	valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite "$@" >"$log" 2>&1 </dev/null
	status=$?
	[ $status != 99 ] || { grep '^==' "$log" | head -n 20 | sed 's/^/# /'; return 1; }
	[ $status = 0 ] || { tail -n 5 "$log" | sed 's/^/# /'; return 1; }
}
for program in $TEST_PROGRAMS; do
	case $program in tests/screen/*) continue ;; esac
	ok "$program" checked "./$program"
done
for file in checkout.json agent.json server.folded traces.json; do
	ok "info $file" checked "$SPANFIRE" info --json "$top_srcdir/data/$file"
	ok "top $file" checked "$SPANFIRE" top --csv "$top_srcdir/data/$file"
	ok "export $file" checked "$SPANFIRE" export --to folded "$top_srcdir/data/$file"
	ok "print $file" checked "$SPANFIRE" print --width 100 "$top_srcdir/data/$file"
done
done_testing
