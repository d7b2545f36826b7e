#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the tables of `make bench`; run in the build folder.  Inputs are kept in bench-data/ between runs.
set -eu
mb=${BENCH_MB:-100}
runs=${BENCH_RUNS:-3}
data=bench-data
mkdir -p "$data"
for kind in otlp document folded jaeger perf speedscope zipkin chrome cpuprofile gecko; do
	[ -s "$data/$kind-$mb" ] || { ./bench/gen $kind "$mb" >"$data/$kind.part" && mv "$data/$kind.part" "$data/$kind-$mb"; }
done

# The best of several runs:  best COMMAND... prints seconds and peak anonymous bytes.
best() {
	i=0
	while [ $i -lt "$runs" ]; do
		./bench/measure "$@" 2>/dev/null
		i=$((i + 1))
	done | sort -n | awk 'NR == 1 { s = $1 } $5 > anon { anon = $5 } END { print s, anon }'
}

# cJSON times itself: the parse alone, without starting and mapping.
best_cjson() {
	i=0
	while [ $i -lt "$runs" ]; do
		taskset -c 0 ./bench/cjson "$1"
		i=$((i + 1))
	done | sort -n | awk 'NR == 1 { print $1 }'
}

row() {
	awk -v what="$1" -v s="$2" -v anon="$3" -v size="$4" -v peer="$5" 'BEGIN {
		printf "  %-34s %8.3f s %8.0f MB/s", what, s, size / s / 1e6
		printf "  %8.1f MB %5.2f of input", anon / 1e6, anon / size
		if (peer > 0) printf "  %5.2f x cJSON", peer / s
		print "" }'
}

printf 'load: wall time of the best of %s runs, peak anonymous memory (RssAnon), %s cores\n' "$runs" "$(nproc)"
for kind in otlp document folded jaeger perf speedscope zipkin chrome cpuprofile gecko; do
	file=$data/$kind-$mb
	size=$(wc -c <"$file")
	peer=0
	case $kind in
	otlp) echo "OTLP JSON, a request a line, $((size / 1000000)) MB" ;;
	document) echo "OTLP JSON, one document, $((size / 1000000)) MB" ;;
	folded) echo "folded stacks, $((size / 1000000)) MB" ;;
	jaeger) echo "Jaeger JSON, one trace, $((size / 1000000)) MB" ;;
	zipkin) echo "Zipkin JSON, one trace, $((size / 1000000)) MB" ;;
	chrome) echo "Chrome trace, one list, $((size / 1000000)) MB" ;;
	speedscope) echo "speedscope, one profile of events, $((size / 1000000)) MB" ;;
	cpuprofile) echo "V8 CPU profile, $((size / 1000000)) MB" ;;
	gecko) echo "Firefox profile, processed, $((size / 1000000)) MB" ;;
	perf) echo "perf script, $((size / 1000000)) MB" ;;
	esac
	case $kind in
	otlp|document|jaeger|speedscope|zipkin|chrome|cpuprofile|gecko)
		peer=$(best_cjson "$file")
		set -- $(best taskset -c 0 ./bench/cjson "$file")
		row 'cJSON_Parse alone' "$peer" "$2" "$size" "$peer"
		;;
	esac
	set -- $(best taskset -c 0 "$SPANFIRE" info "$file")
	row 'spanfire info, one core' "$1" "$2" "$size" "$peer"
	set -- $(best "$SPANFIRE" info "$file")
	row 'spanfire info, all cores' "$1" "$2" "$size" "$peer"
done

[ -x ./bench/viewer ] || { echo 'viewer: not measured, built without libvterm'; exit 0; }
for spans in ${BENCH_SPANS:-10000 1000000}; do
	[ -s "$data/spans-$spans" ] || { ./bench/gen spans "$spans" >"$data/spans.part" && mv "$data/spans.part" "$data/spans-$spans"; }
done

# One line of the viewer's table:  viewer NAME FILE [OPTION...]
viewer() {
	name=$1
	shift
	if ! line=$(./bench/viewer "$@" | grep '^[0-9]'); then
		echo "  $name: the viewer did not end well"
		return
	fi
	set -- $line
	printf '  %-42s %6s %6s %7s %7s %7s %9s %9s %9s\n' "$name" "$@"
}

echo
echo 'viewer at 200x50, xterm-256color: bytes sent to the terminal, and ms of CPU of the whole process'
echo '(move: a cursor key; mark: the highlight of equal names 80 ms later; focus: Enter and back)'
printf '  %-42s %6s %6s %7s %7s %7s %9s %9s %9s\n' '' 'move' 'max' 'mark' 'focus' 'max' 'ms/move' 'ms/mark' 'ms/focus'
corpus=${SPANFIRE_CORPUS:-${BENCH_CORPUS:-}}
for file in folded/inferno-example-perf-stacks-collapsed.txt otlp-json/otel-tui-test_data.json; do
	[ ! -f "$corpus/$file" ] || viewer "${file##*/}" "$corpus/$file"
done
viewer 'demo (checkout.json)' "$DEMO"
for spans in ${BENCH_SPANS:-10000 1000000}; do
	for colors in 256 24bit; do
		viewer "$spans spans in time, $colors" "$data/spans-$spans" --colors "$colors"
	done
	viewer "$spans spans merged, 256" "$data/spans-$spans" --merge merged --colors 256
done
