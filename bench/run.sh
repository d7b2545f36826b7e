#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the tables of `make bench`; run in the build folder.  Inputs are kept in bench-data/ between runs.
# BENCH_FORMATS: names of the first column below, all by default.
# BENCH_MB: size of the inputs to be read, BENCH_RUNS: of how many the best counts, BENCH_SPANS: numbers of spans for the viewer.
# BENCH_PARTS: some of load query open actions spans viewer, all by default; with BENCH_MB=20 each takes less than a minute.
set -eu
mb=${BENCH_MB:-100}
runs=${BENCH_RUNS:-3}
data=bench-data
traces=${BENCH_TRACES:-100000}
spans=${BENCH_SPANS:-10000 1000000}
nodes=${BENCH_NODES:-10000 1000000}
# What the generator calls it, a headline, and the nearest peer here: cjson parses the same bytes; python reads a smaller file of the kind.
formats='
otlp|OTLP JSON, a request a line|cjson
document|OTLP JSON, one document|cjson
otlp-proto|OTLP protobuf, records of a collector|python
jaeger|Jaeger JSON, one trace|cjson
zipkin|Zipkin JSON, one trace|cjson
chrome|Chrome trace, one list|cjson
folded|folded stacks|python
folded-diff|folded stacks with two counts|python
perf|perf script|python
pprof|pprof, plain|python
pprof-gz|pprof, gzip; figures for what it unpacks to|python
speedscope|speedscope, one profile of events|cjson
cpuprofile|V8 CPU profile|cjson
heapprofile|V8 heap profile|cjson
gecko|Firefox profile, processed|cjson
flamebearer|Pyroscope flame graph|cjson
nested-set|Grafana nested set, JSON|cjson
nested-set-csv|Grafana nested set, CSV|python
'
peer_mb=4
[ "$mb" -gt "$peer_mb" ] || peer_mb=$mb
mkdir -p "$data"

# Makes an input once:  input FORMAT MB
input() {
	[ -s "$data/$1-$2" ] && return
	case $1 in
	pprof-gz)
		input pprof "$2"
		gzip -c "$data/pprof-$2" >"$data/gz.part" && mv "$data/gz.part" "$data/$1-$2"
		;;
	*) ./bench/gen "$1" "$2" >"$data/$1.part" && mv "$data/$1.part" "$data/$1-$2" ;;
	esac
}

# The best of several runs:  best COMMAND... prints seconds and peak anonymous bytes.
best() {
	i=0
	while [ $i -lt "$runs" ]; do
		./bench/measure "$@" 2>/dev/null
		i=$((i + 1))
	done | sort -n | awk 'NR == 1 { s = $1 } $5 > anon { anon = $5 } END { print s, anon }'
}

# Peers time themselves: reading alone, without starting.
best_peer() {
	i=0
	while [ $i -lt "$runs" ]; do
		taskset -c 0 "$@"
		i=$((i + 1))
	done | sort -n | awk 'NR == 1 { print $1 }'
}

# row NAME SECONDS ANON-BYTES SIZE PEER PEER-SECONDS: the peer's seconds are for the same number of bytes.
row() {
	awk -v what="$1" -v s="$2" -v anon="$3" -v size="$4" -v peer="$5" -v t="$6" 'BEGIN {
		printf "  %-34s %8.3f s %8.0f MB/s", what, s, size / s / 1e6
		printf "  %8.1f MB %5.2f of input", anon / 1e6, anon / size
		if (t > 0) printf "  %7.2f x %s", t / s, peer
		print "" }'
}

# Whether a part is wanted.
part() {
	case " ${BENCH_PARTS:-load query open actions spans viewer} " in
	*" $1 "*) ;;
	*) return 1 ;;
	esac
}

traces_file() {
	[ -s "$data/traces-$traces" ] || { ./bench/gen traces "$traces" >"$data/traces.part" && mv "$data/traces.part" "$data/traces-$traces"; }
}

run_load() {
	printf 'load: wall time of the best of %s runs, peak anonymous memory (RssAnon), %s cores\n' "$runs" "$(nproc)"
	printf '%s' "$formats" | while IFS='|' read -r kind title peer; do
		case " ${BENCH_FORMATS:-$kind} " in
		*" $kind "*) [ -n "$kind" ] || continue ;;
		*) continue ;;
		esac
		input "$kind" "$mb"
		file=$data/$kind-$mb
		plain=${kind%-gz}
		size=$(wc -c <"$data/$plain-$mb")
		took=0
		echo "$title, $((size / 1000000)) MB"
		case $peer in
		cjson)
			name=cJSON
			took=$(best_peer ./bench/cjson "$file")
			set -- $(best taskset -c 0 ./bench/cjson "$file")
			row 'cJSON_Parse alone' "$took" "$2" "$size" "$name" "$took"
			;;
		python)
			name=Python
			if command -v python3 >/dev/null; then
				input "$plain" "$peer_mb"
				small=$data/$plain-$peer_mb
				took=$(best_peer python3 "$PEER" "$plain" "$small" | awk -v all="$size" -v part="$(wc -c <"$small")" '{ print $1 * all / part }')
			fi
			;;
		esac
		set -- $(best taskset -c 0 "$SPANFIRE" info "$file")
		row 'spanfire info, one core' "$1" "$2" "$size" "$name" "$took"
		set -- $(best "$SPANFIRE" info "$file")
		row 'spanfire info, all cores' "$1" "$2" "$size" "$name" "$took"
		set -- $(best taskset -c 0 "$SPANFIRE" top -n 1 "$file")
		row 'to a tree and its table, one core' "$1" "$2" "$size" "$name" "$took"
	done
}

run_query() {
	traces_file
	echo
	echo "queries over $traces traces of ten spans; attributes are read once and kept"
	./bench/query "$data/traces-$traces"
	input otlp "$mb"
	echo "the same over $mb MB of OTLP JSON with attributes"
	./bench/query "$data/otlp-$mb"
	attr_mb=${BENCH_ATTR_MB:-$((mb * 5))}
	input otlp "$attr_mb"
	echo
	echo "an attribute of all spans read again from $attr_mb MB of OTLP JSON: own, of their resource, of none"
	./bench/attr "$data/otlp-$attr_mb" http.response.status_code server.address host.name no.such.key
}

run_open() {
	echo
	echo "views opened after loading one trace of 100000 spans: ms of CPU of all threads, of the interface's among them, and of drawing again"
	./bench/open trace 100000
	echo "the same of $traces traces of ten spans"
	./bench/open traces "$traces"
	echo "the same of a profile of ${nodes##* } nodes"
	./bench/open profile "${nodes##* }"
}

# actions KIND WHAT
actions() {
	echo
	echo "$2, in memory at 200x50: ms of CPU of the interface's thread for the most expensive event of each action, of the drawing that follows, the most boxes (in the tree rows) drawn,"
	echo 'and of other threads meanwhile; how often the small one'"'"'s cost the large one'"'"'s is'
	./bench/actions "$1" $nodes
}

run_actions() {
	actions profile 'a flame graph of samples'
}

run_spans() {
	actions trace 'one trace'
}

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

run_viewer() {
	[ -x ./bench/viewer ] || { echo 'viewer: not measured, built without libvterm'; return; }
	for count in $spans; do
		[ -s "$data/spans-$count" ] || { ./bench/gen spans "$count" >"$data/spans.part" && mv "$data/spans.part" "$data/spans-$count"; }
	done
	echo
	echo 'viewer at 200x50, xterm-256color: bytes sent to the terminal, and ms of CPU of the whole process'
	echo '(move: a cursor key; mark: the highlight of equal names 80 ms later; focus: Enter and back)'
	printf '  %-42s %6s %6s %7s %7s %7s %9s %9s %9s\n' '' 'move' 'max' 'mark' 'focus' 'max' 'ms/move' 'ms/mark' 'ms/focus'
	corpus=${SPANFIRE_CORPUS:-${BENCH_CORPUS:-}}
	for file in folded/inferno-example-perf-stacks-collapsed.txt otlp-json/otel-tui-test_data.json; do
		[ ! -f "$corpus/$file" ] || viewer "${file##*/}" "$corpus/$file"
	done
	viewer 'demo (checkout.json)' "$DEMO"
	for count in $spans; do
		for colors in 256 24bit; do
			viewer "$count spans in time, $colors" "$data/spans-$count" --colors "$colors"
		done
		viewer "$count spans in the timeline, 256" "$data/spans-$count" --view timeline --colors 256
		viewer "$count spans merged, 256" "$data/spans-$count" --merge merged --colors 256
	done
	traces_file
	viewer "$traces traces in a list, 256" "$data/traces-$traces" --view traces --colors 256
}

[ -z "${BENCH_FORMATS:-}" ] || BENCH_PARTS=load
for name in load query open actions spans viewer; do
	if part "$name"; then
		"run_$name"
	fi
done
