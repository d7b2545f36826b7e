/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/track_sum.h"

#include "analysis/odd.h"
#include "ui/change.h"
#include "ui/clocks.h"
#include "util/alloc.h"
#include "util/unit.h"

struct track_sum
track_sum_get(struct app *app, track_id track, bool adjusted)
{
	struct session *session = app->session;
	struct track_sum **sums = &session->track_sums[adjusted];

	if (!*sums)
		*sums = xcalloc(session->ds->track_count, sizeof **sums);
	struct track_sum *sum = &(*sums)[track];
	if (!sum->known && !app_is_building(app)) {
		const struct dataset *ds = build_cache_times(session->cache, adjusted);
		const struct forest *forest = build_cache_forest(session->cache);
		struct odd_counts odd = odd_count(ds, forest, track);
		*sum = (struct track_sum){ .odd = (uint32_t)odd.grave, .roots = (uint32_t)odd.roots, .known = true };
	}
	return *sum;
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
