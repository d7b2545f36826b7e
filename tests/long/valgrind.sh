#!/bin/sh
# SPDX-License-Identifier: MIT
# Every C test and the batch commands under valgrind.
# Screen tests run the program as another process and are left out.  So is test_perf_data: under valgrind a child that cannot find its
# program ends in another way.
. "$top_srcdir/tests/project/tap.sh"
command -v valgrind >/dev/null || { skip "no valgrind"; done_testing; }
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
cd "$top_builddir" || exit 1

# Reports are paragraphs.  Those that begin in code that belongs to no file are left out: PCRE2's compiled patterns look at whole
# blocks of 16 bytes.
own_reports() {
	sed 's/^==[0-9]*== *//' "$out"/valgrind.* 2>/dev/null | awk '
		function finish() { if (first != "" && first !~ /: \?\?\?$/) print text; text = first = "" }
		$0 == "" { finish(); next }
		{ text = text "\n" $0 }
		first == "" && /^at 0x/ { first = $0 }
		END { finish() }'
}

checked() {
	rm -f "$out"/valgrind.*
	valgrind -q --log-file="$out/valgrind.%p" --vex-iropt-register-updates=allregs-at-mem-access \
		--leak-check=full --show-leak-kinds=definite "$@" >"$out/output" 2>&1 </dev/null
	status=$?
	if [ $status != 0 ]; then
		echo "# status $status"
		grep -A 3 '^not ok' "$out/output" | head -n 20 | sed 's/^/# /'
		return 1
	fi
	[ -z "$(own_reports)" ] || { own_reports | head -n 40 | sed 's/^/# /'; return 1; }
}

for program in $TEST_PROGRAMS; do
	case $program in tests/screen/* | tests/unit/test_perf_data) continue ;; esac
	ok "$program" checked "./$program"
done
for file in checkout.json agent.json server.folded traces.json; do
	ok "info $file" checked "$SPANFIRE" info --json "$top_srcdir/data/$file"
	ok "top $file" checked "$SPANFIRE" top --csv "$top_srcdir/data/$file"
	ok "export $file" checked "$SPANFIRE" export --to folded "$top_srcdir/data/$file"
	ok "print $file" checked "$SPANFIRE" print --width 100 "$top_srcdir/data/$file"
done
done_testing
