#!/bin/sh
# SPDX-License-Identifier: MIT
# What filter writes is found by the same queries as what it was written from, whatever the format.
. "$top_srcdir/tests/project/tap.sh"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
LARGEST=400000

# The traces that a query finds, $1, in a file, $2: length, spans, services, depth and errors.
found() {
	"$SPANFIRE" traces --csv -q "$1" "$2" 2>/dev/null | tr -d '\r' | cut -d, -f3,6-9 | sort
}

# All queries on a file, $1, before and after.
check() {
	"$SPANFIRE" filter -f -o "$out/all.json" "$1" 2>/dev/null || return
	bad=
	for query in 'error' 'trace.spans>2' 'duration>=1ms' 'kind!=client AND duration<=100us' 'depth>2 OR trace.services>1' \
	             'name~[aeiou] AND NOT kind=server' 'http.method exists OR http.status_code>=400'; do
		found "$query" "$1" >"$out/want"
		found "$query" "$out/all.json" >"$out/got"
		cmp -s "$out/want" "$out/got" || bad="$bad [$query]"
	done
	ok "${1##*/}: the same traces$bad" [ -z "$bad" ]
}

for file in data/traces.json data/agent.json tests/data/same/logs.json tests/data/same/every_field.json tests/data/same/otlp.pb; do
	check "$top_srcdir/$file"
done
if [ -d "$SPANFIRE_CORPUS" ]; then
	for folder in otlp-json otlp-proto jaeger zipkin chrome-trace; do
		for file in "$SPANFIRE_CORPUS/$folder"/*; do
			[ -f "$file" ] && [ "$(wc -c <"$file")" -lt $LARGEST ] && check "$file"
		done
	done
else
	skip "no corpus"
fi
printf '[{"ph":"X","name":"a","ts":-5,"dur":5,"pid":1,"tid":1},{"ph":"X","name":"b","ts":0,"dur":3,"pid":1,"tid":1}]' >"$out/zero.json"
"$SPANFIRE" filter "$out/zero.json" 2>"$out/said" >"$out/zero.otlp"
ok "a time of 0 is told apart from none" [ "$("$SPANFIRE" info "$out/zero.otlp" | grep -c missing)" = 0 ]
ok "which is said" grep -q '1 of the traces are written a nanosecond later' "$out/said"
# A span of protobuf, its trace and span id, name, start and end, and a field 99.
{
	printf '\0129\0227\0225\012\020aaaabbbbccccdddd\022\010eeeeffff\052\001s'
	printf '9\001\001\001\001\001\001\001\001A\002\001\001\001\001\001\001\001\232\006\001x'
} >"$out/own.pb"
"$SPANFIRE" filter "$out/own.pb" 2>"$out/said" >"$out/own.otlp"
ok "a record with a field of its own is copied" grep -q '"name":"s"' "$out/own.otlp"
ok "and that it is left out is said" grep -q '1 field of protobuf records left out' "$out/said"
done_testing
