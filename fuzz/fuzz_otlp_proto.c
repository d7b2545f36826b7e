/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_proto.h"

#include "fuzz/trace.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_trace(&load_otlp_proto, data, size);
}
