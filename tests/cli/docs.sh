#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual page, the completions and the page on JSON say what the program does.
. "$top_srcdir/tests/project/tap.sh"
page=$top_builddir/doc/spanfire.1
completions=$top_builddir/doc/completions
options=$(for command in '' info print top export formats; do "$SPANFIRE" $command --help; done | grep -oE '^  .{0,4}--[a-z-]+' | grep -oE -e '--[a-z-]+' | sort -u)
is_empty "every option is in the manual page" "$(for option in $options; do
	sed 's/\\-/-/g' "$page" | grep -qE -e "^\.B.* ?$option( |$)" || echo "$option"
done)"
is_empty "every option is in the completions" "$(for option in $options; do
	grep -q -e "$option " "$completions/spanfire" || echo "bash $option"
	grep -q -e "$option[}']" "$completions/_spanfire" || echo "zsh $option"
	grep -q -e " -l ${option#--} " "$completions/spanfire.fish" || echo "fish $option"
done)"
is_empty "every part of the template is filled in" "$(grep -n '^@' "$page")"
if command -v groff >/dev/null; then
	is_empty "the manual page has no warnings" "$(groff -man -Tutf8 -ww -z "$page" 2>&1)"
else
	skip "no groff"
fi
is_empty "every member of the JSON is explained" "$(grep -hoE '"[a-z_]+":' "$top_srcdir/tests/cli/info.golden" "$top_srcdir/tests/cli/top.golden" | tr -d '":' | sort -u |
	while read -r member; do grep -q "\`$member\`" "$top_srcdir/doc/json.md" || echo "$member"; done)"

# What bash completes for a line that ends at the cursor.
complete_bash() {
	bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _spanfire; printf "%s\n" "${COMPREPLY[@]}"' - \
		"$completions/spanfire" "$@" 2>&1
}
if command -v bash >/dev/null; then
	ok "bash: commands" [ "$(complete_bash spanfire inf)" = info ]
	ok "bash: options of a command" [ "$(complete_bash spanfire top --j)" = --json ]
	ok "bash: no options of others" [ -z "$(complete_bash spanfire info --cs)" ]
	ok "bash: values" [ "$(complete_bash spanfire print --order al)" = alphabetical ]
	ok "bash: formats" [ "$(complete_bash spanfire export --to fol)" = folded ]
else
	skip "no bash"
fi
for shell in zsh fish; do
	file=$completions/_spanfire
	[ $shell = zsh ] || file=$completions/spanfire.fish
	if command -v $shell >/dev/null; then ok "$shell reads its completion" $shell -n "$file"; else skip "no $shell"; fi
done
done_testing
