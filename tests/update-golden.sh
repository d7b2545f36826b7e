#!/bin/sh
# SPDX-License-Identifier: MIT
# Shows how the golden outputs of tests/cli differ from what the program prints now; with --write takes it over.
#	tests/update-golden.sh [--write] [BUILD_FOLDER]
write=
if [ "${1:-}" = --write ]; then
	write=1
	shift
fi
top_srcdir=$(cd "$(dirname "$0")/.." && pwd) || exit 1
top_builddir=$(cd "${1:-$top_srcdir}" && pwd) || exit 1
SPANFIRE=$top_builddir/spanfire
[ -x "$SPANFIRE" ] || { echo "update-golden: no program in $top_builddir" >&2; exit 2; }
export top_srcdir top_builddir SPANFIRE
UPDATE=$write sh "$top_srcdir/tests/cli/golden.sh" | grep -E '^(# |not ok)' || echo "nothing differs"
