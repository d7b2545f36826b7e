#!/bin/sh
# SPDX-License-Identifier: MIT
# Every file that git knows is in the tarball.
. "$top_srcdir/tests/project/tap.sh"
if [ ! -e "$top_srcdir/.git" ] || ! command -v git >/dev/null || ! git -C "$top_srcdir" ls-files >/dev/null 2>&1; then
	skip "not a git checkout"
	done_testing
fi
packed=$(mktemp) || exit 1
trap 'rm -f "$packed"' EXIT
MAKEFLAGS= ${MAKE:-make} -s -C "$top_builddir" dist-files >"$packed" || { fail "make dist-files"; done_testing; }
is_empty "every file is packed" "$(git -C "$top_srcdir" ls-files | while IFS= read -r file; do
	[ -f "$top_srcdir/$file" ] || continue
	case $file in m4/.gitignore) continue ;; esac
	grep -qxF -e "$file" -e "$top_srcdir/$file" "$packed" || grep -qF "/$file" "$packed" || echo "$file"
done)"
done_testing
