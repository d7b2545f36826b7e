/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/unit/samples.h"

int
main(void)
{
	samples_run(&load_zipkin, "zipkin", "v2.json");
	return done();
}
