/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/unit/profile_samples.h"

int
main(void)
{
	profiles_run(&load_heapprofile, "heapprofile", "nested.json");
	return done();
}
