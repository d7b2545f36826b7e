/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/renamed.h"

#include <string.h>

#include "util/alloc.h"

static void *
copy_of(const void *items, size_t count, size_t size)
{
	void *copy = xreallocarray(NULL, count ? count : 1, size);

	if (count)
		memcpy(copy, items, count * size);
	return copy;
}

struct dataset *
dataset_renamed(const struct dataset *ds)
{
	struct dataset *renamed = xmalloc(sizeof *renamed);

	CHECK(ds->sealed);
	*renamed = *ds;
	renamed->base = ds;
	renamed->sealed = false;
	renamed->strings = strtab_over(ds->strings);
	renamed->frames = copy_of(ds->frames, ds->frame_count, sizeof *ds->frames);
	renamed->frame_cap = ds->frame_count ? ds->frame_count : 1;
	renamed->spans.frame = copy_of(ds->spans.frame, ds->spans.count, sizeof *ds->spans.frame);
	renamed->stacks.frame = copy_of(ds->stacks.frame, ds->stacks.count, sizeof *ds->stacks.frame);
	return renamed;
}
