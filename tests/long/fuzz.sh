#!/bin/sh
# SPDX-License-Identifier: MIT
# Every fuzzer for FUZZ_SECONDS (one minute).
. "$top_srcdir/tests/project/tap.sh"
command -v clang >/dev/null || { skip "no clang"; done_testing; }
if [ -e "$top_srcdir/config.status" ]; then
	skip "the source tree is configured: build outside of it"
	done_testing
fi
folder=$top_builddir/fuzzers
mkdir -p "$folder" && cd "$folder" || exit 1
configure=$(cd "$top_builddir" && sed -n "s/^srcdir = //p" Makefile)
case $configure in /*) ;; *) configure=../$configure ;; esac
MAKEFLAGS=
export MAKEFLAGS
if ok "configure" sh -c '[ -e Makefile ] ||
	"$1/configure" CC=clang CFLAGS="-g -O1" --enable-fuzzers --enable-sanitizers=address,undefined --without-vterm >configure.log 2>&1' - "$configure"; then
	ok "fuzz" sh -c 'make -j2 fuzz-smoke FUZZ_SECONDS="${FUZZ_SECONDS:-60}" >fuzz.log 2>&1'
	sed -n 's/^\(not \)*ok /# &/p' fuzz.log
fi
done_testing
