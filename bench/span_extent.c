/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "bench/gen.h"

/* Extents are cut into equal parts on the way down. */
void
span_extent(uint64_t i, uint64_t *start_out, uint64_t *length_out)
{
	uint64_t path[64], depth = 0;

	for (uint64_t at = i; at > 0; at = (at - 1) / FANOUT)
		path[depth++] = (at - 1) % FANOUT;
	*start_out = 0;
	*length_out = UINT64_C(4000000000000);
	while (depth > 0) {
		uint64_t part = *length_out / (FANOUT + 1);

		*start_out += part / 2 + part * path[--depth];
		*length_out = part - part * ((i + depth) % 5) / 20;
	}
}
