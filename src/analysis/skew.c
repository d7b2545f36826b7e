/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/skew.h"

#include <stdlib.h>

#include "util/alloc.h"

/* What tells one host from another, best first. */
static const char *const host_keys[] = { "host.id", "host.ip", "host.name", "ip", "hostname", "network.local.address" };

enum { HOST_KEYS = sizeof host_keys / sizeof *host_keys };

/* The same host: both have the same value under the best key that each has. */
static bool
same_host(const struct column *const *hosts, span_id a, span_id b)
{
	for (int key = 0; key < HOST_KEYS; key++) {
		bool has_a = column_has(hosts[key], a), has_b = column_has(hosts[key], b);

		if (has_a != has_b)
			return false;
		if (has_a)
			return hosts[key]->string[a] == hosts[key]->string[b];
	}
	return false;
}

/* How far a child has to move to be where its parent, which starts at parent_start, was waiting for it. */
static int64_t
delta_into(int64_t parent_start, int64_t parent_ns, int64_t child_start, int64_t child_ns)
{
	int64_t parent_end = parent_start, child_end = child_start, goal = parent_start, delta;

	if (__builtin_add_overflow(parent_start, parent_ns, &parent_end) || __builtin_add_overflow(child_start, child_ns, &child_end))
		return 0;
	if (child_ns > parent_ns) {
		if (child_start >= parent_start)
			return 0;
	} else if (child_start >= parent_start && child_end <= parent_end) {
		return 0;
	} else {
		goal = parent_start + (parent_ns - child_ns) / 2;
	}
	return __builtin_sub_overflow(goal, child_start, &delta) ? 0 : delta;
}

static void
add_delta(struct skew *skew, span_id span, int64_t delta)
{
	skew->delta_ns[span] = delta;
	if (!delta)
		return;
	if (!skew->moved || delta < skew->least_ns)
		skew->least_ns = delta;
	if (!skew->moved || delta > skew->most_ns)
		skew->most_ns = delta;
	skew->moved++;
}

struct skew *
skew_build(const struct dataset *ds, const struct forest *forest, struct attrs *attrs, struct job *job)
{
	const struct spans *spans = &ds->spans;
	const struct column *hosts[HOST_KEYS];

	for (int key = 0; key < HOST_KEYS; key++)
		if (!(hosts[key] = attrs_get(attrs, str_of(host_keys[key]), job)))
			return NULL;
	struct skew *skew = xcalloc(1, sizeof *skew);
	skew->delta_ns = xcalloc(spans->count ? spans->count : 1, sizeof *skew->delta_ns);
	for (uint32_t i = 0; i < forest->count; i++) {
		span_id span = forest->order[i], parent = spans->parent[span];
		int64_t parent_start;

		if (parent == ID_NONE || ds->tracks[spans->track[span]].kind != TRACK_TRACE)
			continue;
		if (same_host(hosts, span, parent))
			add_delta(skew, span, skew->delta_ns[parent]);
		else if (!__builtin_add_overflow(spans->start_ns[parent], skew->delta_ns[parent], &parent_start))
			add_delta(skew, span, delta_into(parent_start, spans->duration_ns[parent], spans->start_ns[span], spans->duration_ns[span]));
	}
	return skew;
}

void
skew_free(struct skew *skew)
{
	if (!skew)
		return;
	free(skew->delta_ns);
	free(skew);
}
