/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/track_sum.h"

#include <stdlib.h>

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

static struct track_sum
sum_of(const struct odd_counts *counts)
{
	return (struct track_sum){ (uint32_t)counts->grave, (uint32_t)counts->roots, true };
}

struct track_sum
track_sum_get(struct app *app, track_id track, bool adjusted)
{
	struct session *session = app->session;
	struct track_sum **sums = &session->track_sums[adjusted];

	if (!*sums)
		*sums = xcalloc(session->ds->track_count, sizeof **sums);
	struct track_sum *sum = &(*sums)[track];
	if (!sum->known && !app_is_building(app)) {
		struct odd_counts odd = odd_count(build_cache_times(session->cache, adjusted), build_cache_forest(session->cache), track, NULL);
		*sum = sum_of(&odd);
	}
	return *sum;
}

struct track_odd *
track_odd_make(struct build_cache *cache, track_id track, bool adjusted)
{
	const struct dataset *ds = build_cache_times(cache, adjusted);
	const struct forest *forest = build_cache_forest(cache);
	struct track_odd *odd = xcalloc(1, sizeof *odd);

	odd->track = track;
	odd->doubtful = bits_new(ds->spans.count);
	odd->counts = odd_count(ds, forest, track, odd->doubtful);
	odd->services = track != TRACK_ALL ? count_services(ds, forest, track) : 0;
	return odd;
}

void
track_odd_free(struct track_odd *odd)
{
	if (odd)
		free(odd->doubtful);
	free(odd);
}

struct track_sum
track_odd_sum(const struct track_odd *odd)
{
	return sum_of(&odd->counts);
}

const struct track_odd *
track_odd_kept(const struct session *session, track_id track, bool adjusted)
{
	const struct track_odd *odd = session->odd[adjusted];

	return odd && odd->track == track ? odd : NULL;
}

void
track_odd_keep(struct session *session, bool adjusted, struct track_odd *odd)
{
	track_odd_free(session->odd[adjusted]);
	session->odd[adjusted] = odd;
}

const struct track_odd *
track_odd_get(struct app *app)
{
	struct session *session = app->session;
	const struct tree_spec *spec = &app_scene(app)->key.recipe.spec;
	track_id track = session->ds->track_count == 1 ? 0 : spec->track;

	if (!track_odd_kept(session, track, spec->adjusted)) {
		if (app_is_building(app))
			return NULL;
		track_odd_keep(session, spec->adjusted, track_odd_make(session->cache, track, spec->adjusted));
	}
	return session->odd[spec->adjusted];
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
	const struct track_odd *kept = track_odd_get(app);
	if (kept)
		return bits_has(kept->doubtful, span);
	struct oddities odd = odd_find(clocks_dataset(app), span);
	return odd_is_doubtful(&odd);
}
