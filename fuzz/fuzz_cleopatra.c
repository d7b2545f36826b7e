/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "fuzz/profile.h"
#include "load/cleopatra.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_profile(&load_cleopatra, data, size);
}
