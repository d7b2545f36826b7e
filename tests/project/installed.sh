#!/bin/sh
# SPDX-License-Identifier: MIT
# What is installed beside the program is there and speaks of the program that was built.
. "$top_srcdir/tests/project/tap.sh"
ok "a manual page" test -s "$top_builddir/doc/spanfire.1"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
ok "make install" sh -c 'MAKEFLAGS= ${MAKE:-make} -s -C "$1" install-data DESTDIR="$2" prefix=/usr >/dev/null' - "$top_builddir" "$out"
for file in man/man1/spanfire.1 bash-completion/completions/spanfire zsh/site-functions/_spanfire fish/vendor_completions.d/spanfire.fish \
	spanfire/agent.json spanfire/checkout.json spanfire/server.folded spanfire/traces.json; do
	ok "share/$file is installed" test -s "$out/usr/share/$file"
done
mkdir -p "$out/usr/bin"    # where the program would be
MAKEFLAGS= ${MAKE:-make} -s -C "$top_builddir" uninstall DESTDIR="$out" prefix=/usr >/dev/null
is_empty "uninstall leaves no file" "$(find "$out" -type f)"
done_testing
