/* SPDX-License-Identifier: MIT
 * What every fuzzer here is: one function over arbitrary bytes that must neither crash nor leave a promise unkept. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "util/alloc.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct str
fuzz_text(const uint8_t *data, size_t size)
{
	return (struct str){ (const char *)data, size };
}

#endif
