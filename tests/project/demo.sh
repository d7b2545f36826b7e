#!/bin/sh
# SPDX-License-Identifier: MIT
# The demo files are what their generator writes.
. "$top_srcdir/tests/project/tap.sh"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
ok "the generator runs" "$top_builddir/tools/demogen" "$out"
for file in "$top_srcdir"/data/*.json "$top_srcdir"/data/*.folded; do
	name=${file##*/}
	ok "data/$name is what the generator writes" cmp "$out/$name" "$file"
	rm -f "$out/$name"
done
is_empty "every file it writes is kept" "$(ls "$out")"
for file in "$top_srcdir"/data/*.json "$top_srcdir"/data/*.folded; do
	"$SPANFIRE" info --json "$file" >"$out/info"
	ok "data/${file##*/} loads without a note" grep -q '"notes": *\[\]' "$out/info"
done
"$SPANFIRE" print --width 80 "$top_srcdir/data/checkout.json" >"$out/graph"
ok "its graph at 80 columns shows the frontend" grep -q frontend "$out/graph"
ok "its graph at 80 columns shows the checkout" grep -q checkout "$out/graph"
done_testing
