#!/bin/sh
# SPDX-License-Identifier: MIT
# What is exported and read back gives the same folded stacks, in every format that is written and also from a focus.
. "$top_srcdir/tests/project/tap.sh"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT

# Folded stacks of a file: $1, with the options in $2 and later.
folded() {
	"$SPANFIRE" export --to folded "$@" 2>/dev/null
}

for file in data/checkout.json data/agent.json data/server.folded tests/data/cli/work.folded; do
	for format in folded speedscope nested-set; do
		"$SPANFIRE" export --to $format -f -o "$out/whole" "$top_srcdir/$file" 2>/dev/null
		folded "$top_srcdir/$file" >"$out/want"
		folded "$out/whole" >"$out/got"
		ok "$file through $format" cmp -s "$out/want" "$out/got"
	done
done
# Names that end in a blank, or are one.
for file in zipkin/zipkin-smartthings-mobile-web-install.json speedscope/speedscope-export-vertx.speedscope.json; do
	if [ -r "$SPANFIRE_CORPUS/$file" ]; then
		folded "$SPANFIRE_CORPUS/$file" >"$out/want"
		folded --format folded "$out/want" >"$out/got"
		ok "$file as folded stacks" cmp -s "$out/want" "$out/got"
	else
		skip "$file is not there"
	fi
done
# The same boxes, too: frames of one name in two files or modules stay two, and those without weight are there.  Only the metric has another name.
tree() {
	"$SPANFIRE" export --to nested-set "$@" 2>/dev/null | sed 3d
}
printf '%s' '{"shared":{"frames":[{"name":"main"},{"name":"read","file":"a.js"},{"name":"read","file":"b.js"},{"name":"read","module":"libc"},{"name":"none"}]},
"profiles":[{"type":"sampled","name":"p","unit":"milliseconds","startValue":0,"endValue":15,
"samples":[[0],[0,1],[0,2],[0,3],[0,4]],"weights":[1,2,4,8,0]}]}' >"$out/twins.json"
tree "$out/twins.json" >"$out/want"
ok "three frames of one name are three boxes" [ "$(grep -o '"read"' "$out/want" | wc -l)" = 3 ]
for format in speedscope nested-set; do
	"$SPANFIRE" export --to $format -f -o "$out/whole" "$out/twins.json"
	tree "$out/whole" >"$out/got"
	ok "they are three boxes again through $format" cmp -s "$out/want" "$out/got"
done
for file in cpuprofile/0x-samples-cpu-prof.cpuprofile perf-script/firefox-graphviz.perf.gz pprof/pyroscope-cpu-js.pb.gz chrome-trace/bazel-tiny.json.gz; do
	if [ -r "$SPANFIRE_CORPUS/$file" ]; then
		tree "$SPANFIRE_CORPUS/$file" >"$out/want"
		for format in speedscope nested-set; do
			"$SPANFIRE" export --to $format -f -o "$out/whole" "$SPANFIRE_CORPUS/$file" 2>/dev/null
			tree "$out/whole" >"$out/got"
			ok "the tree of $file through $format" cmp -s "$out/want" "$out/got"
		done
	else
		skip "$file is not there"
	fi
done
# A frame that could be taken for the whole.
printf 'total;a 3\ntotal;b 2\n' >"$out/total.folded"
"$SPANFIRE" export --to nested-set --focus total "$out/total.folded" >"$out/whole"
folded "$out/whole" >"$out/got"
ok "a focus that is called total is still there" cmp -s "$out/total.folded" "$out/got"
"$SPANFIRE" export --to folded --hide . "$out/total.folded" 2>"$out/got" >"$out/whole"
ok "when nothing is left that is said" grep -q 'nothing is left to write' "$out/got"
printf 'a;b\377c 3\n' >"$out/bytes.folded"
for format in speedscope nested-set; do
	"$SPANFIRE" export --to $format "$out/bytes.folded" 2>"$out/got" >"$out/whole"
	ok "bytes that $format cannot say are told" grep -q '1 name written otherwise: as JSON is UTF-8' "$out/got"
done
# In the order of time, a trace whose spans do not overlap; one whose spans do is refused.
printf '%s' '{"data":[{"traceID":"1","processes":{"p":{"serviceName":"s"}},"spans":[
{"traceID":"1","spanID":"1","operationName":"a","references":[],"startTime":0,"duration":100,"processID":"p"},
{"traceID":"1","spanID":"2","operationName":"b","references":[{"refType":"CHILD_OF","traceID":"1","spanID":"1"}],"startTime":10,"duration":30,"processID":"p"},
{"traceID":"1","spanID":"3","operationName":"c","references":[{"refType":"CHILD_OF","traceID":"1","spanID":"1"}],"startTime":40,"duration":50,"processID":"p"}]}]}' >"$out/trace.json"
"$SPANFIRE" export --to speedscope --merge time -o "$out/time.json" "$out/trace.json"
ok "the order of time is written" grep -q '"evented"' "$out/time.json"
folded "$out/trace.json" >"$out/want"
folded "$out/time.json" >"$out/got"
ok "and read back gives the same stacks" cmp -s "$out/want" "$out/got"
"$SPANFIRE" export --to speedscope --merge time -o "$out/no.json" "$top_srcdir/data/checkout.json" 2>"$out/got"
ok "spans that overlap are refused" [ $? = 2 -a ! -e "$out/no.json" ]
ok "with what can be done" grep -q 'without it stacks are merged' "$out/got"
focus='frontend POST /checkout;frontend PlaceOrder'
for format in folded speedscope nested-set; do
	"$SPANFIRE" export --to $format -f -o "$out/part" --focus "$focus" "$top_srcdir/data/checkout.json"
	folded --focus "$focus" "$top_srcdir/data/checkout.json" >"$out/want"
	folded "$out/part" >"$out/got"
	ok "a focus through $format" cmp -s "$out/want" "$out/got"
done
done_testing
