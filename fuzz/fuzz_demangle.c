/* SPDX-License-Identifier: MIT
 * Any bytes as a symbol: what is written is bounded, and a name that is not mangled is left alone. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/demangle.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str name = fuzz_text(data, size);
	struct buf out = { 0 };

	if (demangle(name, &out))
		CHECK(demangle_may(name) && out.len < (1 << 17) + size);
	else
		CHECK(out.len == 0);
	buf_fini(&out);
	return 0;
}
