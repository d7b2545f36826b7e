#!/bin/sh
# SPDX-License-Identifier: MIT
# The pictures of the documentation: each is there, and the program draws it from its script.
. "$top_srcdir/tests/project/tap.sh"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
mkdir -p "$out/doc/screenshots"
ln -s "$(cd "$top_srcdir" && pwd)/data" "$out/data"
cp "$top_srcdir"/doc/screenshots/*.script "$out/doc/screenshots"
cd "$out/doc/screenshots" || exit 1
for script in *.script; do
	picture=${script%.script}.svg
	ok "$script runs" "$SPANFIRE" --script "$script" --size 120x36 $(sed -n 's/^# spanfire //p' "$script")
	ok "$picture is drawn" grep -q '<svg' "$picture"
	ok "$picture is in the source" test -s "$top_srcdir/doc/screenshots/$picture"
	[ -z "${PICTURES_EXACT:-}" ] || ok "$picture is as the program draws it now" cmp "$picture" "$top_srcdir/doc/screenshots/$picture"
done
is_empty "every picture that README.md shows is there" "$(sed -n 's/.*](\(doc[^)]*\.svg\)).*/\1/p' "$top_srcdir/README.md" | while IFS= read -r path; do
	[ -s "$top_srcdir/$path" ] || echo "$path"
done)"
done_testing
