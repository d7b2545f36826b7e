/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/critical.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"
#include "util/vec.h"

/* A child clipped to its parent's clipped interval. */
struct awaited {
	int64_t  start, end;
	uint32_t place;       /* among its siblings */
	span_id  span;
};

/* A span on the way back: what is left of it ends at cursor. */
struct visit {
	span_id span;         /* ID_NONE: the virtual root */
	int64_t start, cursor;
	size_t  next, end;    /* its children in walk.children not yet looked at */
	size_t  begin;
};

struct walk {
	const struct forest  *forest;
	const struct dataset *ds;
	struct critical      *out;
	struct { VEC(struct awaited); }        children;    /* of all spans being visited, one after another */
	struct { VEC(struct visit); }          visits;
	struct { VEC(struct critical_piece); } pieces;
};

static int
latest_first(const void *left, const void *right)
{
	const struct awaited *a = left, *b = right;

	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static bool
is_awaited(const struct spans *spans, span_id parent, span_id child)
{
	return parent == ID_NONE || spans->kind[parent] != SPAN_PRODUCER || spans->kind[child] != SPAN_CONSUMER;
}

static void
add_child(struct walk *walk, span_id parent, span_id child, int64_t start, int64_t end, uint32_t place)
{
	int64_t child_start = walk->ds->spans.start_ns[child], child_end = span_end(walk->ds, child);

	if (child_end < start || child_start > end || !is_awaited(&walk->ds->spans, parent, child))
		return;
	if (child_end > child_start && (child_end == start || child_start == end))
		return;
	vec_push(&walk->children, (struct awaited){
		.start = child_start > start ? child_start : start,
		.end = child_end < end ? child_end : end,
		.place = place,
		.span = child,
	});
}

static void
enter(struct walk *walk, const span_id *children, uint32_t count, struct visit visit)
{
	visit.begin = visit.next = walk->children.len;
	for (uint32_t i = 0; i < count; i++)
		add_child(walk, visit.span, children[i], visit.start, visit.cursor, i);
	visit.end = walk->children.len;
	if (visit.end - visit.begin > 1)
		qsort(&walk->children.at[visit.begin], visit.end - visit.begin, sizeof *walk->children.at, latest_first);
	vec_push(&walk->visits, visit);
}

static void
enter_span(struct walk *walk, span_id span, int64_t start, int64_t end)
{
	const struct forest *forest = walk->forest;
	uint32_t first = forest->first_child[span];

	bits_set(walk->out->on_path, span);
	enter(walk, &forest->child[first], forest->first_child[span + 1] - first, (struct visit){ .span = span, .start = start, .cursor = end });
}

/* The time from start up to the cursor is the span's own. */
static void
own(struct walk *walk, struct visit *visit, int64_t start)
{
	if (visit->span != ID_NONE && start < visit->cursor) {
		walk->out->own_ns[visit->span] += visit->cursor - start;
		vec_push(&walk->pieces, (struct critical_piece){ visit->span, start, visit->cursor });
	}
	visit->cursor = start;
}

static void
step(struct walk *walk)
{
	struct visit *visit = &vec_last(&walk->visits);

	/* The cursor only goes back, so that a child that ends behind it now always will. */
	while (visit->next < visit->end && walk->children.at[visit->next].end > visit->cursor)
		visit->next++;
	if (visit->next == visit->end) {
		own(walk, visit, visit->start);
		walk->children.len = visit->begin;
		walk->visits.len--;
		return;
	}
	struct awaited child = walk->children.at[visit->next++];
	own(walk, visit, child.end);
	visit->cursor = child.start;
	enter_span(walk, child.span, child.start, child.end);
}

static void
walk_track(struct walk *walk, track_id track)
{
	const struct forest *forest = walk->forest;
	struct { VEC(span_id); } roots = { 0 };

	for (uint32_t i = forest->track_start[track]; i < forest->track_start[track + 1]; i++)
		if (forest->level[forest->order[i]] == 1)
			vec_push(&roots, forest->order[i]);
	enter(walk, roots.at, (uint32_t)roots.len, (struct visit){
		.span = ID_NONE, .start = walk->ds->tracks[track].start_ns, .cursor = walk->ds->tracks[track].end_ns,
	});
	while (walk->visits.len)
		step(walk);
	vec_fini(&roots);
}

/* The pieces of each span from start to end: those of a track come from its end to its start. */
static void
sort_by_span(struct critical *out, uint32_t span_count)
{
	uint32_t count = out->piece_count;

	out->first = xcalloc((size_t)span_count + 2, sizeof *out->first);
	out->of_span = xcalloc((size_t)count + 1, sizeof *out->of_span);
	out->before_ns = xcalloc((size_t)count + 1, sizeof *out->before_ns);
	for (uint32_t i = 0; i < count; i++)
		out->first[out->pieces[i].span + 2]++;
	for (uint32_t span = 0; span < span_count; span++)
		out->first[span + 2] += out->first[span + 1];
	for (uint32_t i = count; i-- > 0;)
		out->of_span[out->first[out->pieces[i].span + 1]++] = i;
	for (uint32_t k = 1; k < count; k++) {
		const struct critical_piece *last = &out->pieces[out->of_span[k - 1]];

		if (last->span == out->pieces[out->of_span[k]].span)
			out->before_ns[k] = out->before_ns[k - 1] + last->end_ns - last->start_ns;
	}
}

int64_t
critical_until(const struct critical *critical, span_id span, int64_t at_ns)
{
	uint32_t begin = critical->first[span], low = begin, high = critical->first[span + 1];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (critical->pieces[critical->of_span[middle]].start_ns <= at_ns)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == begin)
		return 0;
	const struct critical_piece *piece = &critical->pieces[critical->of_span[low - 1]];
	return critical->before_ns[low - 1] + (at_ns < piece->end_ns ? at_ns : piece->end_ns) - piece->start_ns;
}

struct critical *
critical_build(const struct forest *forest, const struct dataset *ds)
{
	struct critical *out = xcalloc(1, sizeof *out);
	struct walk walk = { .forest = forest, .ds = ds, .out = out };

	out->own_ns = xcalloc(forest->count, sizeof *out->own_ns);
	out->on_path = bits_new(forest->count);
	for (track_id track = 0; track < forest->track_count; track++)
		if (ds->tracks[track].span_count)
			walk_track(&walk, track);
	CHECK(walk.pieces.len < UINT32_MAX);
	out->pieces = walk.pieces.at;
	out->piece_count = (uint32_t)walk.pieces.len;
	sort_by_span(out, forest->count);
	vec_fini(&walk.children);
	vec_fini(&walk.visits);
	return out;
}

void
critical_free(struct critical *critical)
{
	if (!critical)
		return;
	free(critical->own_ns);
	free(critical->on_path);
	free(critical->pieces);
	free(critical->first);
	free(critical->of_span);
	free(critical->before_ns);
	free(critical);
}
