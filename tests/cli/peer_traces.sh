#!/bin/sh
# SPDX-License-Identifier: MIT
# Self times and critical paths of real traces against what the programs that they come from say of them (doc/traces.md).
. "$top_srcdir/tests/project/tap.sh"
corpus=${SPANFIRE_CORPUS:-}

# "service operation self", in ns, one span name a line, by name; a peer rounds self times to hundredths of a millisecond.
selves() {
	"$SPANFIRE" top --metric "$1" --csv -n 1000 "$corpus/jaeger/$2" 2>/dev/null |
		awk -F, 'NR > 1 && $4 > 0 { print $2, $1, $4 }' | LC_ALL=C sort
}

# A file, a metric, and what is expected; with "some", these lines among others.
agrees() {
	if [ -z "$corpus" ]; then
		skip "$2: $3 of $1: no corpus"
		return
	fi
	got=$(selves "$3" "$1")
	printf '%s\n' "$4" | LC_ALL=C sort >"$out/want"
	printf '%s\n' "$got" >"$out/got"
	is_empty "$2: $3 of $1" "$(LC_ALL=C comm -23 "$out/want" "$out/got")"
}

out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT

ui() {
	agrees "jaeger-ui-$1.json" 'Jaeger UI' busy "$2"
}
ui spanAmongEachOtherGroupedAndSpans 'customers-service GET /owners 1560000'
ui traceWithOverlappingChildrenLongerThanParent 'service-one send 30000'
ui traceWithTwoNonOverlappingChildren 'service-one send 30000'
ui traceWithOverlappingChildren 'service-one send 3000'
ui traceWithSingleChildLongerThanParentAndStartsAfterParent 'service-one send 40000'

crisp() {
	agrees "crisp-$1.json" CRISP critical "$2"
}
crisp 1 'S1 O1 100000'
crisp 6 'S1 O1 40000
S2 O2 20000
S3 O3 10000
S4 O4 30000'
# There 100,000 are O3's: it may end a hundredth of its length after the next one began.
crisp 10 'S1 O1 500000
S2 O2 200000
S4 O4 300000'
crisp 13 'S1 O1 40000
S2 O2 40000
S4 O4 20000'
crisp 18 'S1 O1 50000
S2 O2 70000
S3 O3 10000
S4 O4 10000
S5 O5 10000
S6 O6 40000
S7 O7 30000
S8 O8 20000
S9 O9 10000'
crisp 24 'S1 O1 100000
S2 O2 300000
S3 O3 300000'
done_testing
