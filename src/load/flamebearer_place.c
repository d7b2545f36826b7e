/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/flamebearer_place.h"

#include "util/hash.h"

void
placings_init(struct placings *placings)
{
	*placings = (struct placings){ .absolute.absolute = true };
}

static void
placing_fini(struct placing *placing)
{
	vec_fini(&placing->above);
	vec_fini(&placing->level);
	vec_fini(&placing->parents);
}

void
placings_fini(struct placings *placings)
{
	placing_fini(&placings->relative);
	placing_fini(&placings->absolute);
}

/* Both levels are in order, so that the search goes on where it stopped. */
static uint32_t
find_parent(struct placing *placing, struct extent box)
{
	size_t count = placing->above.len;

	if (count == 0)
		return ID_NONE;
	/* A box without width that begins where another ends belongs to that one. */
	while (placing->at + 1 < count && (box.end > box.begin ? box.begin >= placing->above.at[placing->at].end
	                                                       : box.begin > placing->above.at[placing->at].end))
		placing->at++;
	struct extent parent = placing->above.at[placing->at];
	placing->outside += box.begin < parent.begin || box.end > parent.end;
	return placing->above_first + (uint32_t)placing->at;
}

static void
place(struct placing *placing, const double *offset, const double *width, unsigned sides)
{
	struct extent box = { 0, 0 };

	if (placing->given_up)
		return;
	for (unsigned side = 0; side < sides; side++) {
		double begin = offset[side] + (placing->absolute ? 0 : placing->ends[side]);
		placing->given_up |= begin < placing->ends[side];
		placing->ends[side] = begin + width[side];
		box.begin += begin;
		box.end += placing->ends[side];
	}
	vec_push(&placing->parents, find_parent(placing, box));
	vec_push(&placing->level, box);
	placing->given_up |= placing->absolute && placing->outside;
	if (placing->given_up)
		placing_fini(placing);
}

void
placings_box(struct placings *placings, const double *offset, const double *width, unsigned sides)
{
	place(&placings->relative, offset, width, sides);
	place(&placings->absolute, offset, width, sides);
}

static void
end_level(struct placing *placing)
{
	size_t spare_cap = placing->above.cap;
	struct extent *spare = placing->above.at;

	placing->ends[0] = placing->ends[1] = 0;
	placing->at = 0;
	if (placing->level.len == 0)
		return;
	placing->above_first = (uint32_t)(placing->parents.len - placing->level.len);
	placing->above.at = placing->level.at;
	placing->above.len = placing->level.len;
	placing->above.cap = placing->level.cap;
	placing->level.at = spare;
	placing->level.cap = spare_cap;
	placing->level.len = 0;
}

void
placings_end_level(struct placings *placings)
{
	end_level(&placings->relative);
	end_level(&placings->absolute);
}

const struct placing *
placings_best(const struct placings *placings)
{
	return placings->relative.outside && !placings->absolute.given_up ? &placings->absolute : &placings->relative;
}
