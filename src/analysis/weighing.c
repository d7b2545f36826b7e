/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/weighing.h"

bool
weighing_sample(const struct dataset *ds, sample_id sample)
{
	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		if (samples_weight(&ds->samples, sample, i) != 0)
			return true;
	return false;
}

uint32_t
weighing_frames(const struct dataset *ds, bool *stacks, bool *frames)
{
	uint32_t count = stacks[ds->stacks.count];

	for (stack_id i = ds->stacks.count; i-- > 0;) {
		if (!stacks[i])
			continue;
		frames[ds->stacks.frame[i]] = true;
		if (ds->stacks.parent[i] != ID_NONE)
			stacks[ds->stacks.parent[i]] = true;
	}
	for (frame_id i = 0; i < ds->frame_count; i++)
		count += frames[i];
	return count;
}
