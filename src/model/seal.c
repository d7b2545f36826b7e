/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/dataset.h"

#include <stdlib.h>
#include <sys/random.h>

#include "model/parts.h"
#include "model/refs.h"
#include "model/repair.h"
#include "model/twins.h"
#include "util/alloc.h"

/* In spans.status until the span is squeezed out. */
enum { DROPPED = 1 << 7 };

#define STEPS_MASK 0xffffu    /* spans between two looks at the job */

/* One track's spans by id.  The tables are small when the traces are, and used for one track after the other. */
struct resolver {
	struct dataset *ds;
	struct job     *job;        /* may be NULL */
	uint64_t        steps;
	bool            given_up;
	uint64_t        seed;       /* ids are chosen by whoever wrote the file */
	span_id        *order;      /* spans grouped by track, in input order */
	uint32_t       *offset;     /* of each track in order, and the end */
	span_id        *slots;      /* open addressing: the first span of each id */
	size_t          slot_cap;   /* allocated */
	size_t          mask;       /* of those in use for this track */
	struct twin_table twins;
	struct part_table parts;
	struct idmap    contents;   /* later spans of an id by what they say, to find identical ones */
	uint32_t        dropped, joined;
};

static void
group_by_track(struct resolver *r)
{
	const struct spans *spans = &r->ds->spans;
	uint32_t tracks = r->ds->track_count;

	r->offset = xcalloc((size_t)tracks + 2, sizeof *r->offset);
	r->order = xreallocarray(NULL, spans->count, sizeof *r->order);
	for (span_id span = 0; span < spans->count; span++)
		r->offset[spans->track[span] + 2]++;
	for (track_id track = 0; track < tracks; track++)
		r->offset[track + 2] += r->offset[track + 1];
	/* Every track's place, at track + 1, moves to its end, which is the next one's beginning. */
	for (span_id span = 0; span < spans->count; span++)
		r->order[r->offset[spans->track[span] + 1]++] = span;
}

static void
clear_tables(struct resolver *r, uint32_t span_count)
{
	size_t need = 8;

	while (need < (size_t)span_count + span_count / 2)
		need *= 2;
	if (need > r->slot_cap) {
		free(r->slots);
		r->slots = xreallocarray(NULL, need, sizeof *r->slots);
		r->slot_cap = need;
	}
	r->mask = need - 1;
	for (size_t slot = 0; slot < need; slot++)
		r->slots[slot] = ID_NONE;
	twins_clear(&r->twins);
	parts_clear(&r->parts);
	if (r->contents.cap)
		idmap_fini(&r->contents);
}

/* The slot of this id, or the free one where it belongs. */
static size_t
slot_of(const struct resolver *r, uint64_t id)
{
	const uint64_t *ids = r->ds->spans.id;
	size_t slot = (size_t)hash_pair(r->seed, id) & r->mask;

	while (r->slots[slot] != ID_NONE && ids[r->slots[slot]] != id)
		slot = (slot + 1) & r->mask;
	return slot;
}

/* Of two spans of one track with the same id.  What may be a part of a span is a copy only if its record looks the same, too. */
static bool
is_identical(const struct dataset *ds, span_id a, span_id b)
{
	const struct spans *spans = &ds->spans;
	unsigned as_read = SPAN_NO_START | SPAN_UNFINISHED;

	if (ds->groups[spans->group[a]].in_parts && spans->detail_len[a] != spans->detail_len[b])
		return false;
	return spans->kind[a] == spans->kind[b] && spans->start_ns[a] == spans->start_ns[b] &&
	       spans->duration_ns[a] == spans->duration_ns[b] && (spans->flags[a] & as_read) == (spans->flags[b] & as_read) &&
	       ds->frames[spans->frame[a]].name == ds->frames[spans->frame[b]].name;
}

static void
drop(struct resolver *r, span_id span)
{
	r->ds->spans.status[span] |= DROPPED;
	r->dropped++;
	repair_note(r->ds, NOTE_INFO, "an identical span was read before: dropped", span);
}

/* Whether span is a part of an earlier one with its id; it is joined to that one then. */
static bool
is_part(struct resolver *r, span_id first, span_id span)
{
	const struct dataset *ds = r->ds;

	if (!ds->groups[ds->spans.group[span]].in_parts)
		return false;
	if (ds->groups[ds->spans.group[first]].in_parts)
		parts_add(&r->parts, first);
	span_id whole = parts_find(&r->parts, span);
	if (whole == ID_NONE) {
		parts_add(&r->parts, span);
		return false;
	}
	parts_join(&r->parts, whole, span);
	r->ds->spans.status[span] |= DROPPED;
	r->joined++;
	return true;
}

/* A span whose id an earlier one has: dropped if it says nothing new. */
static void
enter_again(struct resolver *r, span_id first, span_id span)
{
	const struct spans *spans = &r->ds->spans;

	if (is_identical(r->ds, first, span)) {
		drop(r, span);
		return;
	}
	uint64_t hash = hash_pair(r->seed ^ spans->id[span], (uint64_t)spans->start_ns[span]);
	hash = hash_pair(hash, (uint64_t)spans->duration_ns[span]);
	hash = hash_pair(hash, (uint64_t)r->ds->frames[spans->frame[span]].name << 8 | spans->kind[span]);
	for (struct idmap_at at = idmap_first(&r->contents, hash); idmap_id(&r->contents, at) != ID_NONE;
	     at = idmap_next(&r->contents, at)) {
		span_id known = idmap_id(&r->contents, at);

		if (idmap_tag_matches(&r->contents, at, hash) && spans->id[known] == spans->id[span] && is_identical(r->ds, known, span)) {
			drop(r, span);
			return;
		}
	}
	idmap_add(&r->contents, hash, span);
	if (!is_part(r, first, span))
		twins_add(&r->twins, first, span);
}

/* The first of the span's parent refs that is there, whose id becomes its parent's. */
static span_id
find_other_parent(struct resolver *r, span_id span)
{
	struct dataset *ds = r->ds;
	uint32_t low = 0, high = ds->parent_ref_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (ds->parent_refs[middle].span < span)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < ds->parent_ref_count && ds->parent_refs[low].span == span; low++) {
		span_id found = r->slots[slot_of(r, ds->parent_refs[low].id)];

		if (found != ID_NONE && ds->parent_refs[low].id != ds->spans.id[span]) {
			ds->spans.parent_id[span] = ds->parent_refs[low].id;
			return found;
		}
	}
	return ID_NONE;
}

static void
find_parent(struct resolver *r, span_id span)
{
	struct spans *spans = &r->ds->spans;
	uint64_t id = spans->parent_id[span];

	spans->parent[span] = ID_NONE;
	if (spans->flags[span] & SPAN_SHARED && spans->kind[span] == SPAN_SERVER) {
		spans->parent[span] = twins_client(&r->twins, r->slots[slot_of(r, spans->id[span])]);
	} else if (id && id == spans->id[span]) {
		spans->flags[span] |= SPAN_CYCLE;
		repair_note(r->ds, NOTE_WARNING, "a span names itself as its parent: shown as a root", span);
	} else if (id) {
		span_id first = r->slots[slot_of(r, id)];

		if (first == ID_NONE && r->ds->parent_ref_count)
			first = find_other_parent(r, span);
		if (first == ID_NONE) {
			spans->flags[span] |= SPAN_ORPHAN;
			repair_note(r->ds, NOTE_WARNING, "the parent span is not there: shown as a root", span);
		} else {
			spans->parent[span] = spans->flags[first] & SPAN_SAME_ID ? twins_parent(&r->twins, first, span) : first;
		}
	}
}

/* Asked for every span that is looked at. */
static bool
gives_up(struct resolver *r)
{
	if ((++r->steps & STEPS_MASK) == 0 && job_dropped(r->job))
		r->given_up = true;
	return r->given_up;
}

static void
resolve_track(struct resolver *r, track_id track)
{
	const struct spans *spans = &r->ds->spans;
	uint32_t begin = r->offset[track], end = r->offset[track + 1];

	clear_tables(r, end - begin);
	for (uint32_t i = begin; i < end && !gives_up(r); i++) {
		span_id span = r->order[i];

		if (!spans->id[span])
			continue;
		size_t slot = slot_of(r, spans->id[span]);
		if (r->slots[slot] == ID_NONE)
			r->slots[slot] = span;
		else
			enter_again(r, r->slots[slot], span);
	}
	twins_settle(&r->twins);
	for (uint32_t i = begin; i < end && !gives_up(r); i++)
		if (!(spans->status[r->order[i]] & DROPPED))
			find_parent(r, r->order[i]);
}

static void
move_span(struct spans *spans, span_id to, span_id from)
{
	spans->frame[to] = spans->frame[from];
	spans->parent[to] = spans->parent[from];
	spans->track[to] = spans->track[from];
	spans->group[to] = spans->group[from];
	spans->id[to] = spans->id[from];
	spans->parent_id[to] = spans->parent_id[from];
	spans->start_ns[to] = spans->start_ns[from];
	spans->duration_ns[to] = spans->duration_ns[from];
	spans->kind[to] = spans->kind[from];
	spans->status[to] = spans->status[from];
	spans->flags[to] = spans->flags[from];
	spans->events[to] = spans->events[from];
	spans->detail_at[to] = spans->detail_at[from];
	spans->detail_len[to] = spans->detail_len[from];
}

/* Squeezes dropped spans out.  renamed is room for one id per span. */
static void
squeeze(struct dataset *ds, span_id *renamed, uint32_t joined)
{
	struct spans *spans = &ds->spans;
	span_id kept = 0;
	uint32_t refs = 0;

	for (span_id span = 0; span < spans->count; span++)
		renamed[span] = spans->status[span] & DROPPED ? ID_NONE : kept++;
	for (span_id span = 0; span < spans->count; span++) {
		if (renamed[span] == ID_NONE)
			continue;
		move_span(spans, renamed[span], span);
		if (spans->parent[renamed[span]] != ID_NONE)
			spans->parent[renamed[span]] = renamed[spans->parent[renamed[span]]];
	}
	for (uint32_t i = 0; i < ds->extra_ref_count; i++) {
		struct detail_ref ref = ds->extra_refs[i];

		ref.span = renamed[ref.span];
		if (ref.span != ID_NONE)
			ds->extra_refs[refs++] = ref;
	}
	ds->duplicate_spans = spans->count - kept - joined;
	ds->extra_ref_count = refs;
	spans->count = kept;
}

static void
resolve_parents(struct dataset *ds, struct job *job)
{
	struct resolver r = { .ds = ds, .job = job };

	/* Without randomness, and only then, ids could be chosen to collide. */
	if (getrandom(&r.seed, sizeof r.seed, GRND_NONBLOCK) != (ssize_t)sizeof r.seed)
		r.seed = 0;
	twins_init(&r.twins, ds, r.seed);
	parts_init(&r.parts, ds, r.seed);
	group_by_track(&r);
	for (track_id track = 0; track < ds->track_count && !r.given_up; track++)
		resolve_track(&r, track);
	free(r.slots);
	free(r.offset);
	twins_fini(&r.twins);
	parts_fini(&r.parts);
	idmap_fini(&r.contents);
	if (!r.given_up && (r.dropped || r.joined))
		squeeze(ds, r.order, r.joined);
	free(r.order);
	free(ds->parent_refs);
	ds->parent_refs = NULL;
	ds->parent_ref_count = ds->parent_ref_cap = 0;
}

/* Cuts the cycle that span is on at its earliest start, and marks all of it as done. */
static void
cut_cycle(struct dataset *ds, span_id span, uint8_t *state, uint8_t state_done)
{
	struct spans *spans = &ds->spans;
	span_id earliest = span, at = span;

	do {
		bool known = !(spans->flags[at] & SPAN_NO_START), best_known = !(spans->flags[earliest] & SPAN_NO_START);

		if (known != best_known ? known : spans->start_ns[at] != spans->start_ns[earliest]
		    ? spans->start_ns[at] < spans->start_ns[earliest] : at < earliest)
			earliest = at;
		state[at] = state_done;
		at = spans->parent[at];
	} while (at != span);
	spans->parent[earliest] = ID_NONE;
	spans->flags[earliest] |= SPAN_CYCLE;
	repair_note(ds, NOTE_WARNING, "spans are each other's parents: cut at the earliest, which is shown as a root", earliest);
}

static void
cut_cycles(struct dataset *ds)
{
	const struct spans *spans = &ds->spans;
	uint8_t *state = xcalloc(spans->count, sizeof *state);
	enum { UNSEEN, ON_PATH, DONE };

	for (span_id span = 0; span < spans->count; span++) {
		span_id at = span;

		for (; at != ID_NONE && state[at] == UNSEEN; at = spans->parent[at])
			state[at] = ON_PATH;
		if (at != ID_NONE && state[at] == ON_PATH)
			cut_cycle(ds, at, state, DONE);
		for (at = span; at != ID_NONE && state[at] == ON_PATH; at = spans->parent[at])
			state[at] = DONE;
	}
	free(state);
}

static int
by_span(const void *a, const void *b)
{
	const struct detail_ref *x = a, *y = b;

	if (x->span != y->span)
		return x->span < y->span ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void
name_spans(struct dataset *ds)
{
	for (span_id span = 0; span < ds->spans.count; span++)
		ds->frames[ds->spans.frame[span]].of_span = true;
}

static void
sort_refs(struct dataset *ds)
{
	if (ds->extra_ref_count)
		qsort(ds->extra_refs, ds->extra_ref_count, sizeof *ds->extra_refs, by_span);
}

bool
dataset_seal_for(struct dataset *ds, struct job *job)
{
	static void (*const steps[])(struct dataset *) = { cut_cycles, repair_times, refs_resolve, sort_refs, name_spans, repair_tracks };

	CHECK(!ds->sealed);
	if (ds->spans.count)
		resolve_parents(ds, job);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		if (job_dropped(job))
			return false;
		steps[i](ds);
	}
	ds->sealed = true;
	return true;
}

void
dataset_seal(struct dataset *ds)
{
	dataset_seal_for(ds, NULL);
}
