/* SPDX-License-Identifier: MIT
 * Flows: which slices they lead from and to, told by what their events have in common. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

/* Of two with one key at one time that which leaves comes first. */
static int
compare_points(const void *left, const void *right)
{
	const struct chrome_flow_point *a = left, *b = right;
	uint64_t a_flow = a->key / CHROME_FLOW_WAYS, b_flow = b->key / CHROME_FLOW_WAYS;

	if (a_flow != b_flow)
		return a_flow < b_flow ? -1 : 1;
	if (a->ts != b->ts)
		return a->ts < b->ts ? -1 : 1;
	if (a->key != b->key)
		return a->key % CHROME_FLOW_WAYS == CHROME_FLOW_OUT || b->key % CHROME_FLOW_WAYS == CHROME_FLOW_IN ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void
add_way(struct dataset *ds, source_id source, const struct chrome_flow_point *from, const struct chrome_flow_point *to, uint32_t role)
{
	uint64_t id = ds->spans.id[to->span];

	if (id > UINT32_MAX)
		return;
	ds->spans.flags[from->span] |= SPAN_LINKS;
	dataset_add_extra_ref(ds, &(struct detail_ref){ .span = from->span, .source = source, .at = from->at, .len = (uint32_t)id, .role = role });
}

void
chrome_flow_link(struct dataset *ds, source_id source, struct chrome_flow_point *points, size_t count)
{
	if (count > 1)
		qsort(points, count, sizeof *points, compare_points);
	for (size_t i = 1; i < count; i++) {
		const struct chrome_flow_point *from = &points[i - 1], *to = &points[i];
		bool same = from->key / CHROME_FLOW_WAYS == to->key / CHROME_FLOW_WAYS && from->span != to->span;

		if (!same || !(from->key & CHROME_FLOW_OUT) || !(to->key & CHROME_FLOW_IN))
			continue;
		add_way(ds, source, from, to, CHROME_REF_TO);
		add_way(ds, source, to, from, CHROME_REF_FROM);
	}
}

span_id
chrome_flow_span(const struct dataset *ds, span_id span, const struct detail_ref *ref)
{
	const uint64_t *ids = ds->spans.id;
	uint64_t id = ids[span], want = ref->len;
	/* Ids count up in a source, and spans can only have been dropped. */
	span_id low = want < id && id - want <= span ? span - (span_id)(id - want) : want < id ? 0 : span;
	span_id high = want < id ? span : want - id < ds->spans.count - span ? span + (span_id)(want - id) : ds->spans.count - 1;

	while (low < high) {
		span_id middle = low + (high - low) / 2;
		if (ids[middle] < want)
			low = middle + 1;
		else
			high = middle;
	}
	return ids[low] == want ? low : ID_NONE;
}
