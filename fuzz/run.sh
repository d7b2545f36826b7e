#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs fuzzers one after another and prints TAP:  run.sh FOLDER PROGRAM...
# A program fuzz_json begins with the inputs in FOLDER/seeds/json and uses the words in FOLDER/json.dict; that of a format begins with the
# corpus's files too, as far as they are read here, which are left where they are.  FUZZ_SECONDS: how long each runs, 0 for the inputs that there are and no others; FUZZ_SEED: the same way each time, 0 for another one.
# A crash keeps its input and its report in fuzz-found/ of the current folder.
set -u
folder=$1
shift
seconds=${FUZZ_SECONDS:-4}
seed=${FUZZ_SEED:-0}
found=fuzz-found
case $seconds in
0)                 limit=-runs=0 ;;
'' | *[!0-9]*)     echo "run.sh: FUZZ_SECONDS is a whole number of seconds, not '$seconds'" >&2; exit 2 ;;
*)                 limit=-max_total_time=$seconds ;;
esac
count=0 failed=0

mkdir -p "$found"
for program in "$@"; do
	what=${program##*/fuzz_}
	count=$((count + 1))
	corpus=$(mktemp -d) || exit 1
	seeds=$folder/seeds/$what
	[ -d "$seeds" ] || seeds=
	words=$folder/$what.dict
	[ -f "$words" ] || words=
	case $what in chrome) real=chrome-trace ;; *) real=$(echo "$what" | tr _ -) ;; esac
	real=${SPANFIRE_CORPUS:-/nowhere}/$real
	[ -d "$real" ] || real=
	if "./$program" -seed="$seed" "$limit" -timeout=20 -rss_limit_mb=3072 -print_final_stats=1 \
		-artifact_prefix="$found/$what-" ${words:+-dict="$words"} ${real:+-max_len=16384} "$corpus" ${seeds:+"$seeds"} ${real:+"$real"} >"$found/$what.log" 2>&1 </dev/null; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/$what.log")
		echo "ok $count - fuzz $what: $runs inputs in $seconds s"
	else
		failed=1
		echo "not ok $count - fuzz $what: see $(pwd)/$found/$what.log"
		tail -n 30 "$found/$what.log" | sed 's/^/# /'
	fi
	rm -rf "$corpus"
done
echo "1..$count"
exit $failed
