/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/track_sum.h"

#include <stdlib.h>

#include "analysis/odd.h"
#include "ui/change.h"
#include "ui/clocks.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/unit.h"

static uint32_t
count_services(const struct dataset *ds, const struct forest *forest, track_id track)
{
	uint64_t *seen = bits_new(strtab_count(ds->strings));
	uint32_t count = 0;

	for (uint32_t i = forest->track_start[track]; i < forest->track_start[track + 1]; i++) {
		str_id service = ds->groups[ds->spans.group[forest->order[i]]].service;
		if (!bits_has(seen, service)) {
			bits_set(seen, service);
			count++;
		}
	}
	free(seen);
	return count;
}

struct track_sum
track_sum_make(struct build_cache *cache, track_id track, bool adjusted)
{
	const struct dataset *ds = build_cache_times(cache, adjusted);
	const struct forest *forest = build_cache_forest(cache);
	struct odd_counts odd = odd_count(ds, forest, track);

	return (struct track_sum){ (uint32_t)odd.grave, (uint32_t)odd.roots, count_services(ds, forest, track), true };
}

struct track_sum
track_sum_kept(const struct session *session, track_id track, bool adjusted)
{
	const struct track_sum *sums = session->track_sums[adjusted];

	return sums ? sums[track] : (struct track_sum){ 0 };
}

void
track_sum_keep(struct session *session, track_id track, bool adjusted, struct track_sum sum)
{
	struct track_sum **sums = &session->track_sums[adjusted];

	if (!*sums)
		*sums = xcalloc(session->ds->track_count, sizeof **sums);
	(*sums)[track] = sum;
}

struct track_sum
track_sum_get(struct app *app, track_id track, bool adjusted)
{
	struct track_sum sum = track_sum_kept(app->session, track, adjusted);

	if (!sum.known && !app_is_building(app)) {
		sum = track_sum_make(app->session->cache, track, adjusted);
		track_sum_keep(app->session, track, adjusted, sum);
	}
	return sum;
}

void
track_sum_odd(const struct track_sum *sum, struct buf *out)
{
	if (sum->odd) {
		unit_count(sum->odd, out);
		buf_add(out, sum->odd == 1 ? STR(" odd span") : STR(" odd spans"));
	} else if (sum->roots > 1) {
		unit_count(sum->roots, out);
		buf_add(out, STR(" roots"));
	}
}

bool
node_is_doubtful(struct app *app, node_id node)
{
	const struct tree *tree = app_scene(app)->tree;
	span_id span = tree->timed && tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;

	if (span == ID_NONE)
		return false;
	struct oddities odd = odd_find(clocks_dataset(app), span);
	return odd_is_doubtful(&odd);
}
