#!/bin/sh
# SPDX-License-Identifier: MIT
# The batch commands again and again on files cut at every length class and on the whole corpus: status 0 or 3, never a crash, never a hang.
. "$top_srcdir/tests/project/tap.sh"
cut=$(mktemp -d) || exit 1
trap 'rm -rf "$cut"' EXIT

# Runs info, top and export on a file; prints what went wrong.
batch() {
	for command in 'info --json' 'top --json' 'export --to folded' 'print --width 97'; do
		timeout 120 "$SPANFIRE" $command "$1" >/dev/null 2>&1 </dev/null
		status=$?
		[ $status = 0 ] || [ $status = 3 ] || echo "$command $1: status $status"
	done
}

for file in checkout.json agent.json server.folded traces.json; do
	size=$(wc -c <"$top_srcdir/data/$file")
	is_empty "$file cut in 60 places" "$(i=1; while [ $i -le 60 ]; do
		head -c $((size * i / 61)) "$top_srcdir/data/$file" >"$cut/$file"
		batch "$cut/$file"
		i=$((i + 1))
	done)"
done
if [ -n "${SPANFIRE_CORPUS:-}" ]; then
	for folder in "$SPANFIRE_CORPUS"/*/; do
		is_empty "corpus ${folder#"$SPANFIRE_CORPUS"/}" "$(find "$folder" -type f | LC_ALL=C sort | while IFS= read -r file; do batch "$file"; done)"
	done
else
	skip "no corpus"
fi
done_testing
