/* SPDX-License-Identifier: MIT
 * Samples of speedscope, of flame graph servers and of differences. */
#include "config.h"

#include "load/boxes.h"
#include "load/flamebearer.h"
#include "load/folded_diff.h"
#include "load/nested_set.h"
#include "load/speedscope.h"

#include "tests/unit/profile_samples.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

int
main(void)
{
	profile_samples_run(&load_speedscope, "speedscope", NAMES("both.json", "frames_last.json"));
	profile_samples_run(&load_nested_set, "nested-set", NAMES("strings.json", "enum.json"));
	profile_samples_run(&load_flamebearer, "flamebearer", NAMES("single.json", "double.json", "query.json"));
	profile_samples_run(&load_folded_diff, "folded-diff", (const char *const[]){ NULL });
	return done();
}
