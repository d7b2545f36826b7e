# SPDX-License-Identifier: MIT
# The Test Anything Protocol for shell tests: sourced.
#	is_empty "no such word" "$(grep ...)"
#	ok "it runs" command argument...
#	done_testing
tap_count=0
tap_failed=0

pass() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1"
}

fail() {
	tap_count=$((tap_count + 1))
	tap_failed=1
	echo "not ok $tap_count - $1"
}

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count # SKIP $1"
}

# Passes when the command does.
ok() {
	tap_name=$1
	shift
	if "$@"; then pass "$tap_name"; else fail "$tap_name"; fi
}

# Passes when the text is empty; what stands in it is shown else.
is_empty() {
	if [ -z "$2" ]; then
		pass "$1"
	else
		fail "$1"
		printf '%s\n' "$2" | sed 's/^/#   /'
	fi
}

done_testing() {
	echo "1..$tap_count"
	exit $tap_failed
}

# The project's own files, relative to $top_srcdir, one a line: those that git knows or would add; in a tarball, all.
# tests/data and fuzz/seeds hold inputs that are wrong on purpose.
project_files() {
	cd "$top_srcdir" || exit 1
	if [ -e .git ] && command -v git >/dev/null && git ls-files >/dev/null 2>&1; then
		git ls-files -co --exclude-standard
	else
		find .ci .clang-format .editorconfig .gitignore CONTRIBUTING.md LICENSE Makefile.am NEWS README.md bench configure.ac data doc fuzz \
			quickstart run-tests src tests tools -type f
	fi | grep -vE '^(tests/data|fuzz/seeds)/|\.(o|a|log|trs|Po)$|/\.dirstamp$' | while IFS= read -r file; do
		[ -f "$file" ] && printf '%s\n' "$file"
	done | LC_ALL=C sort
}
