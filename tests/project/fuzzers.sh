#!/bin/sh
# SPDX-License-Identifier: MIT
# How long fuzzers run: the script that runs them, with one that only writes down what it is told.
. "$top_srcdir/tests/project/tap.sh"
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
top=$(cd "$top_srcdir" && pwd)
printf '#!/bin/sh\necho "$@" >told\n' >"$folder/fuzz_none"
chmod +x "$folder/fuzz_none"

run() {
	(cd "$folder" && rm -f told && FUZZ_SECONDS=$1 SPANFIRE_CORPUS= sh "$top/fuzz/run.sh" "$top/fuzz" fuzz_none >said 2>&1)
}

told() {
	grep -qe "$1" "$folder/told"
}

ok "seconds run" run 7
ok "and are the limit" told ' -max_total_time=7 '
ok "no seconds end, too" run 0
ok "after the inputs that there are" told ' -runs=0 '
is_empty "they are no time without end" "$(grep -oe '-max_total_time=[^ ]*' "$folder/told")"
ok "what is no number is refused" sh -c '! "$@"' - env FUZZ_SECONDS=soon sh "$top/fuzz/run.sh" "$top/fuzz" fuzz_none 2>/dev/null
done_testing
