#!/bin/sh
# SPDX-License-Identifier: MIT
# The batch commands on files cut in many places and on the whole corpus: status 0 or 3, never a crash, never a hang.
# The viewer under thousands of random keys, clicks and resizes: it ends when told to, with status 0.
. "$top_srcdir/tests/project/tap.sh"
cut=$(mktemp -d) || exit 1
trap 'rm -rf "$cut"' EXIT

# Runs info, top and export on a file; prints what went wrong.
batch() {
	for command in 'info --json' 'top --json' 'export --to folded' 'print --width 97'; do
		timeout 120 "$SPANFIRE" $command "$1" >/dev/null 2>&1 </dev/null
		status=$?
		[ $status = 0 ] || [ $status = 3 ] || echo "$command $1: status $status"
	done
}

for file in checkout.json agent.json server.folded traces.json; do
	size=$(wc -c <"$top_srcdir/data/$file")
	is_empty "$file cut in 200 places" "$(i=1; while [ $i -le 200 ]; do
		head -c $((size * i / 201)) "$top_srcdir/data/$file" >"$cut/$file"
		batch "$cut/$file"
		i=$((i + 1))
	done)"
done
if [ -n "${SPANFIRE_CORPUS:-}" ]; then
	for folder in "$SPANFIRE_CORPUS"/*/; do
		is_empty "corpus ${folder#"$SPANFIRE_CORPUS"/}" "$(find "$folder" -type f | LC_ALL=C sort | while IFS= read -r file; do batch "$file"; done)"
	done
else
	skip "no corpus"
fi

# A walk of 4,000 steps without q and Ctrl-c, from a seed.
random_script() {
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		keys = "Up Down Left Right h j k l Enter Enter Backspace u U 0 Esc + - H L g G Home End PageUp PageDown 1 2 3 [ ] Tab n N * ? m M o a b A V t i Space / c r s x"
		count = split(keys, key, " ")
		for (step = 0; step < 4000; step++) {
			what = int(rand() * 40)
			at = (1 + int(rand() * 130)) "," (1 + int(rand() * 45))
			if (what == 0) print "resize " (1 + int(rand() * 160)) "x" (1 + int(rand() * 60))
			else if (what == 1) print "click " at
			else if (what == 2) print "double " at
			else if (what == 3) print "move " at
			else if (what == 4) print "wheel " (rand() < 0.5 ? "up " : "down ") at (rand() < 0.5 ? " ctrl" : "")
			else if (what == 5) print "drag " at "," (1 + int(rand() * 130)) "," (1 + int(rand() * 45))
			else if (what == 6) print "type " substr("cart order stock lock", 1 + int(rand() * 18), 4)
			else if (what == 7) print "wait-idle"
			else print "key " key[1 + int(rand() * count)]
		}
		print "wait-idle"
		print "quit"
	}'
}
seed=1
for file in checkout.json agent.json server.folded traces.json; do
	while [ $seed -le 40 ]; do
		random_script $seed >"$cut/script"
		(cd "$cut" && timeout 300 "$SPANFIRE" --script "$cut/script" --size 100x40 "$top_srcdir/data/$file" >/dev/null 2>"$cut/message" </dev/null) ||
			{ echo "seed $seed: status $?: $(cat "$cut/message")"; break; }
		[ $((seed % 10)) != 0 ] || break
		seed=$((seed + 1))
	done >"$cut/report"
	is_empty "random walks through $file" "$(cat "$cut/report")"
	seed=$((seed + 1))
done
done_testing
