#!/bin/sh
# SPDX-License-Identifier: MIT
# A corpus that is named must be there; without one, the tests that need it say so.
. "$top_srcdir/tests/project/tap.sh"
if [ -z "${SPANFIRE_CORPUS:-}" ]; then
	skip "no corpus: SPANFIRE_CORPUS is not set and ../shared/corpus is not there"
else
	for folder in otlp-json folded json-suite; do
		ok "the corpus has $folder" test -d "$SPANFIRE_CORPUS/$folder"
	done
fi
done_testing
