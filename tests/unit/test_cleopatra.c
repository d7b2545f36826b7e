/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/cleopatra.h"
#include "tests/unit/profile_samples.h"

int
main(void)
{
	profiles_run(&load_cleopatra, "cleopatra", "plain.json");
	return done();
}
