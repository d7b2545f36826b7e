/* SPDX-License-Identifier: MIT
 * What every fuzzer here is: one function over arbitrary bytes that must neither crash nor leave a promise unkept. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* A failed CHECK ends in abort(), so that the input that caused it is kept. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	panic_set_hook(abort);
	return 0;
}

static inline struct str
fuzz_text(const uint8_t *data, size_t size)
{
	return (struct str){ (const char *)data, size };
}

#endif
