#!/bin/sh
# SPDX-License-Identifier: MIT
# The whole of make check in a build with the thread sanitizer.
. "$top_srcdir/tests/project/tap.sh"
folder=$top_builddir/threads
log=$folder/check.log
mkdir -p "$folder" && cd "$folder" || exit 1
configure=$(cd "$top_builddir" && sed -n "s/^srcdir = //p" Makefile)
case $configure in /*) ;; *) configure=../$configure ;; esac
if [ -e "$top_srcdir/config.status" ]; then
	skip "the source tree is configured: build outside of it"
	done_testing
fi
MAKEFLAGS=
export MAKEFLAGS
if ok "configure" sh -c '[ -e Makefile ] || "$1/configure" --enable-sanitizers=thread CFLAGS="-g -O1" >configure.log 2>&1' - "$configure" &&
	ok "build" sh -c 'make -j2 all >build.log 2>&1'; then
	find . -name '*.trs' -delete
	ok "make check" sh -c 'TSAN_OPTIONS=halt_on_error=1 make -k -j2 check >"$1" 2>&1' - "$log"
	grep -rlE --include='*.trs' '^:test-result: (FAIL|ERROR|XPASS)' . | while IFS= read -r trs; do
		echo "# ${trs%.trs}"
		grep -E -A 3 '^not ok|WARNING: ThreadSanitizer' "${trs%.trs}.log" | head -n 20 | sed 's/^/#   /'
	done
fi
done_testing
