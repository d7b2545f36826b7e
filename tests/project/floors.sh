#!/bin/sh
# SPDX-License-Identifier: MIT
# The floors: who may include whom, and what a source file looks like.
. "$top_srcdir/tests/project/tap.sh"
cd "$top_srcdir" || exit 1
sources=$(project_files | grep -E '^src/.*\.[ch]$')
[ -n "$sources" ] || { echo "Bail out! no sources"; exit 1; }

# The folders that files in a folder may include, their own among them.
allowed() {
	case $1 in
	util) echo util ;;
	model) echo util model ;;
	load) echo util model load ;;
	analysis) echo util model analysis ;;
	layout) echo util model analysis layout ;;
	export) echo util model analysis layout export ;;
	cli) echo util model load analysis layout export cli ;;
	ui) echo util model load analysis layout export ui ;;
	main.c) echo util model load analysis layout export cli ui ;;
	esac
}

# file:line of every include from above, given file and include.
breaches=$(for file in $sources; do
	floor=${file#src/}
	floor=${floor%%/*}
	may=" $(allowed "$floor") "
	grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "$file" | grep -v '"config\.h"' |
		sed 's/^\([0-9]*\):.*"\(.*\)".*/\1 \2/' | while read -r line path; do
		case $may in
		*" ${path%%/*} "*) [ -f "src/$path" ] || echo "$file:$line includes $path, which is not there from src/" ;;
		*) echo "$file:$line includes $path" ;;
		esac
	done
done)
is_empty "floors only include downwards" "$breaches"
is_empty "no relative includes" "$(grep -nE '#[[:space:]]*include[[:space:]]*"\.' $sources)"
is_empty "every folder of src is a floor" "$(for file in $sources; do
	floor=${file#src/}
	floor=${floor%%/*}
	[ -n "$(allowed "$floor")" ] || echo "$file"
done)"
is_empty "curses only in ui/term.c" "$(grep -nE '#[[:space:]]*include[[:space:]]*[<"](ncursesw/)?(n?curses|term|termcap)\.h[>"]' $sources |
	grep -v '^src/ui/term\.c:')"
is_empty "only cli, ui, main and a panic write to the standard streams" "$(grep -nE '(^|[^a-z_])((v?printf|puts|putchar|perror)[[:space:]]*\(|stdout|stderr)' $sources |
	grep -vE '^src/(cli|ui)/|^src/main\.c:|^src/util/alloc\.c:' | grep -vE ':[[:space:]]*(/?\*|//)')"
is_empty "no shell runs" "$(grep -nE '(^|[^a-z_])(system|popen)[[:space:]]*\(' $sources)"
is_empty "config.h comes first in every .c" "$(for file in $sources; do
	case $file in *.c) ;; *) continue ;; esac
	[ "$(grep -m 1 -E '^[[:space:]]*#[[:space:]]*include' "$file")" = '#include "config.h"' ] || echo "$file"
done)"
is_empty "headers have their guard" "$(for file in $sources; do
	case $file in *.h) ;; *) continue ;; esac
	guard=$(echo "${file#src/}" | tr 'a-z/.' 'A-Z__')
	grep -q "^#ifndef $guard\$" "$file" && grep -q "^#define $guard\$" "$file" || echo "$file: $guard"
done)"
is_empty "files of at most 600 lines" "$(project_files | grep -E '\.[ch]$' | while IFS= read -r file; do
	lines=$(wc -l <"$file")
	[ "$lines" -le 600 ] || echo "$file: $lines"
done)"
is_empty "no blanks at line ends" "$(project_files | grep -E '\.([ch]|sh|mk|am|ac|md)$|/run$|^quickstart$|^run-tests$' | xargs grep -nE '[[:space:]]+$')"
done_testing
