#!/bin/sh
# SPDX-License-Identifier: MIT
# What the table of options promises: help, version, formats, and what completes on the command line.
. "$top_srcdir/tests/project/tap.sh"
cd "$top_srcdir/tests/data/cli" || exit 1
version=$(sed -n 's/^#define PACKAGE_VERSION "\(.*\)"/\1/p' "$top_builddir/config.h")
ok "--version" [ "$("$SPANFIRE" --version)" = "spanfire $version" ]
ok "-V in any place" [ "$("$SPANFIRE" top work.folded -V)" = "spanfire $version" ]
ok "--help beats what is wrong elsewhere" sh -c '"$SPANFIRE" top --width 20 -h no-such-file >/dev/null'

commands=$("$SPANFIRE" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
is_empty "every command of the design for now" "$(for command in info print top traces export formats; do
	printf '%s\n' "$commands" | grep -qxF "$command" || echo "$command"
done)"
for command in $commands; do
	ok "help for $command" sh -c '"$SPANFIRE" '"$command"' --help | grep -q "^usage: spanfire '"$command"'"'
done
is_empty "no line of the main help is too wide" "$("$SPANFIRE" --help | grep -E '^.{101}')"

formats=$("$SPANFIRE" formats)
for format in otlp-json folded; do
	ok "$format is read" sh -c 'printf "%s\n" "$1" | sed "/^Written/,\$ d" | grep -q "^  $2 "' - "$formats" "$format"
	ok "$format can be named" sh -c '"$SPANFIRE" info --format "$1" "$2" >/dev/null 2>&1' - "$format" \
		"$([ $format = folded ] && echo work.folded || echo shop.json)"
done
ok "folded is written" sh -c 'printf "%s\n" "$1" | sed "1,/^Written/ d" | grep -q "^  folded "' - "$formats"
is_empty "an unknown format names those there are" "$("$SPANFIRE" info --format cobol work.folded 2>&1 >/dev/null | grep -v -e 'otlp-json.*folded' -e 'see spanfire')"

out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
cp work.folded "$out/top"
ok "a command's name beats a file of that name" sh -c 'cd "$1" && "$SPANFIRE" top ./top 2>/dev/null | grep -q rows' - "$out"
ok "./ opens the file" sh -c 'cd "$1" && "$SPANFIRE" ./top 2>/dev/null | grep -q all' - "$out"
ok "so does --" sh -c 'cd "$1" && "$SPANFIRE" -- top 2>/dev/null | grep -q all' - "$out"
ok "-o writes a file" "$SPANFIRE" export --to folded -o "$out/made" names.folded
ok "with what standard output would have" sh -c '"$SPANFIRE" export --to folded names.folded | cmp - "$1"' - "$out/made"
ok "and refuses to replace it" sh -c '"$SPANFIRE" export --to folded -o "$1" names.folded 2>/dev/null; [ $? = 2 ]' - "$out/made"
for command in 'export --to folded' 'filter -q error=true'; do
	ok "${command%% *} refuses before it reads anything" [ "$("$SPANFIRE" $command -o "$out/made" no-such-file 2>&1; echo $?)" = \
		"spanfire: $out/made: the file is there already; --force replaces it
2" ]
done
ln -s nothing "$out/dangling"
ok "a link to nothing is a file" sh -c '"$SPANFIRE" export --to folded -o "$1" names.folded 2>/dev/null; [ $? = 2 ]' - "$out/dangling"
ok "which stays as it is" [ "$(readlink "$out/dangling")" = nothing ]
ok "and is replaced by force" sh -c '"$SPANFIRE" export --to folded -f -o "$1/dangling" names.folded && cmp -s "$1/dangling" "$1/made"' - "$out"
ok "unless told to" "$SPANFIRE" export --to folded -f -o "$out/made" names.folded
ok "the demo" sh -c 'SPANFIRE_DATADIR="$top_srcdir/data" "$SPANFIRE" info --demo | grep -q "services.*checkout.*frontend"'
printf 'wait-idle\nsave %s\n' "$out/screen.txt" >"$out/steps"
# Opens the viewer on a screen in memory and keeps its text in $out/screen.txt.
view() {
	rm -f "$out/screen.txt"
	"$SPANFIRE" --script "$out/steps" --size 80x24 "$@" 2>"$out/err"
}
ok "a script runs the viewer" view shop.json
ok "which shows the trace" grep -q 'stock GET /stock' "$out/screen.txt"
ok "--metric and --view reach the viewer" view --metric busy --view table shop.json
ok "--metric busy in the table" grep -q 'busy' "$out/screen.txt"
ok "--search and --focus too" view --search query --focus 'shop GET /order;stock GET /stock' --merge merged shop.json
ok "as a pill" grep -q 'focus stock GET /stock' "$out/screen.txt"
"$SPANFIRE" --dump-config >"$out/dumped.json"
ok "--dump-config prints a configuration" view --config "$out/dumped.json" shop.json
mv "$out/screen.txt" "$out/dumped.txt"
ok "that changes nothing" sh -c 'cmp -s "$1/dumped.txt" "$1/screen.txt"' - "$(view --no-config shop.json; echo "$out")"
printf '{\n  // mine\n  "align": "right",\n  "algin": "left"\n}\n' >"$out/bad.json"
ok "a fault in the configuration does not stop the start" view --config "$out/bad.json" shop.json
ok "and is told with its line" grep -q 'bad.json:4: there is no setting "algin"' "$out/screen.txt"
ok "a theme that is not there does" sh -c '"$SPANFIRE" --script "$1" --theme none shop.json 2>/dev/null; [ $? = 2 ]' - "$out/steps"
ok "a link opens its view" view --view both --pane table --sort total --sort-order up --table-row 1 --color-by self --names short \
	--align right --roots bottom --cursor 'shop GET /order' --viewport 0,1000000 --merge merged shop.json
ok "as it was" grep -q 'zoom 1200× ✕   upside down' "$out/screen.txt"
ok "an option of the viewer is checked" sh -c '"$SPANFIRE" --script "$1" --align up shop.json 2>&1 | grep -q "left, right"' - "$out/steps"
ok "an unknown metric ends the viewer with status 2" sh -c '"$SPANFIRE" --script "$1" --metric none shop.json 2>/dev/null; [ $? = 2 ]' - "$out/steps"
ok "an attribute that no span has ends with status 2" sh -c '"$SPANFIRE" top --group-by none.such shop.json 2>"$1"; [ $? = 2 ] && grep -q "no span has the attribute" "$1"' - "$out/said"
ok "boxes by kind" sh -c '"$SPANFIRE" top --json --group-by kind shop.json 2>/dev/null | grep -q "\"name\": *\"\(server\|client\|internal\|unspecified\)\""'
ok "a label without a value ends with status 2" sh -c '"$SPANFIRE" top --label thread work.folded 2>/dev/null; [ $? = 2 ]'
ok "a label that no sample has leaves nothing, and that is said" sh -c '"$SPANFIRE" top --label thread=1 work.folded 2>&1 >/dev/null | grep -q "no sample has the label"'
ok "a missing file ends it with status 3" sh -c '"$SPANFIRE" --script "$1" missing.json 2>/dev/null; [ $? = 3 ]' - "$out/steps"
ok "a pipe that nobody reads ends with status 4" sh -c '{ "$SPANFIRE" top --json work.folded 2>/dev/null; echo $? >"$1"; } | sleep 0.2; exec 2>/dev/null
	{ sleep 0.3; "$SPANFIRE" top --json work.folded; echo $? >"$1"; } | true; [ "$(cat "$1")" = 4 ]' - "$out/status"
ok "a directory is its files" sh -c 'mkdir "$1/all" && cp shop.json second.json "$1/all" && [ "$("$SPANFIRE" info --json "$1/all" | grep -c "all/s")" -ge 3 ]' - "$out"
for threads in 1 2 8; do
	ok "the same with $threads threads" sh -c '"$SPANFIRE" top --json --threads '$threads' shop.json second.json 2>/dev/null | cmp -s - "$1"' - \
		"$( "$SPANFIRE" top --json shop.json second.json >"$out/top.json" 2>/dev/null; echo "$out/top.json")"
done
done_testing
