#!/bin/sh
# SPDX-License-Identifier: MIT
# What no file of the project holds, and what every file does.
. "$top_srcdir/tests/project/tap.sh"
cd "$top_srcdir" || exit 1
# The patterns are written so that they do not match themselves.
text=$(project_files | grep -vE '^data/|\.(svg|png)$')
is_empty "no unfinished marks" "$(grep -nE 'TOD[O]|FIXM[E]|(^|[^X])XX[X]([^X]|$)|HAC[K]' $text)"
is_empty "no paths of the machine it was written on" "$(grep -nE '(^|[^a-z.])/(wor[k]|hom[e]/[a-z]|tm[p]/wt-|roo[t]/)' $text)"
is_empty "the licence line in every file that can hold one" "$(for file in $text; do
	case $file in
	*.c | *.h | *.mk | *.am | *.ac | *.sh | *.1 | quickstart | run-tests | .ci/run | .clang-format | .editorconfig)
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file" ;;
	esac
done)"
is_empty "no code taken out by the preprocessor or a comment" "$(grep -nE '^[[:space:]]*#[[:space:]]*if[[:space:]]+0|^[[:space:]]*//' $(printf '%s\n' $text | grep -E '\.[ch]$'))"
is_empty "scripts can be run" "$(for file in quickstart run-tests .ci/run; do [ -x "$file" ] || echo "$file"; done)"
done_testing
