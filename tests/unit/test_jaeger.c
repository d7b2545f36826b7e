/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/unit/samples.h"

int
main(void)
{
	samples_run(&load_jaeger, "jaeger", "api.json");
	return done();
}
