#!/bin/sh
# SPDX-License-Identifier: MIT
# The table of features names the test that holds each: it is there, and says so.
. "$top_srcdir/tests/project/tap.sh"
page=$top_srcdir/doc/features.md
rows=$(grep -c '^| [A-Z]' "$page")
ok "there are features" [ "$rows" -gt 30 ]
is_empty "each names its test" "$(grep '^| [A-Z]' "$page" | grep -vE '^\| [^|]* \| `[a-z/_]+\.(c|sh|golden)`: "[^"|]+" \|')"
is_empty "each row has a cell for all" "$(awk -F'|' '/^\| \|/ { cells = NF } /^\| [A-Z]/ && NF != cells' "$page")"
is_empty "and the test is there" "$(sed -n 's/^| [^|]* | `\([^`]*\)`: "\([^"]*\)" |.*/\1\t\2/p' "$page" | while IFS="$(printf '\t')" read -r file text; do
	grep -qF -e "$text" "$top_srcdir/tests/$file" || echo "$file: $text"
done)"
done_testing
