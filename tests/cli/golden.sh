#!/bin/sh
# SPDX-License-Identifier: MIT
# Transcripts: a line "$ spanfire ARGUMENTS" as a shell reads it, run in tests/data/cli with nothing on standard input, then what it
# prints, "| " before standard output and "! " before standard error, and "= STATUS" unless that is 0.
# tests/update-golden.sh shows what differs and takes it over.
. "$top_srcdir/tests/project/tap.sh"
export TZ=UTC0
unset LC_ALL LC_CTYPE LANG NO_COLOR COLUMNS SPANFIRE_DATADIR
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
cd "$top_srcdir/tests/data/cli" || exit 1

# The transcript of one command.  Lists of formats are left out: they grow.
play() {
	printf '$ spanfire %s\n' "$1"
	eval "\"\$SPANFIRE\" $1" >"$out/stdout" 2>"$out/stderr" </dev/null
	status=$?
	sed 's/^/| /' "$out/stdout"
	sed 's/(tried: [^)]*)/(tried: ...)/
s/^\(spanfire: --[a-z]*: there is no .cobol.; there are\) .*/\1 .../
s/^/! /' "$out/stderr"
	[ $status = 0 ] || echo "= $status"
}

# The block of a transcript that begins with this command.
block() {
	awk -v command="$1" '/^\$ / { on = $0 == "$ spanfire " command } on' "$2"
}

for file in ${GOLDEN:-"$top_srcdir"/tests/cli/*.golden}; do
	name=${file##*/}
	: >"$out/$name"
	while IFS= read -r line; do
		case $line in '$ spanfire '*) command=${line#'$ spanfire '} ;; *) continue ;; esac
		play "$command" >"$out/got"
		block "$command" "$file" >"$out/wanted"
		cat "$out/got" >>"$out/$name"
		if cmp -s "$out/got" "$out/wanted"; then
			pass "${name%.golden}: $command"
		else
			diff -u "$out/wanted" "$out/got" | sed '1,2d; s/^/# /'
			fail "${name%.golden}: $command"
		fi
	done <"$file"
	if [ -n "${UPDATE:-}" ]; then cp "$out/$name" "$file"; fi
done
done_testing
