/* SPDX-License-Identifier: MIT
 * Begins and ends of one thread become slices.
 * An end closes the innermost open slice of its name and what is open inside it.  Where several things happen at one time the order in
 * the file decides, but an end never closes what only began at its own time unless that has its name: what begins at one time stands
 * aside until the time is over. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

#include "util/alloc.h"

#define NONE UINT32_MAX

/* Per name. */
struct names {
	uint32_t old, fresh;    /* slices open: begun before the current time, at the current time */
	uint32_t closed;        /* the last slice that another's end closed at the current time: place in closed, or NONE */
};

struct closed {
	uint64_t begin_at;
	str_id   name;
	uint32_t before;        /* the one of the same name before it */
};

struct chrome_pairs {
	struct chrome_reader *reader;
	struct names         *names;
	struct { VEC(uint32_t); } old, fresh, waiting;    /* places in events */
	struct { VEC(struct closed); } closed;
	struct { VEC(struct chrome_mark); } marks;
	struct { VEC(struct chrome_end); } ends;
	struct chrome_event  *events;
	bool                  lane;
};

struct chrome_pairs *
chrome_pairs_new(struct chrome_reader *reader)
{
	struct chrome_pairs *pairs = xcalloc(1, sizeof *pairs);
	uint32_t count = strtab_count(reader->names);

	pairs->reader = reader;
	pairs->names = xcalloc(count, sizeof *pairs->names);
	for (uint32_t i = 0; i < count; i++)
		pairs->names[i].closed = NONE;
	return pairs;
}

void
chrome_pairs_free(struct chrome_pairs *pairs)
{
	free(pairs->names);
	vec_fini(&pairs->old);
	vec_fini(&pairs->fresh);
	vec_fini(&pairs->waiting);
	vec_fini(&pairs->closed);
	vec_fini(&pairs->marks);
	vec_fini(&pairs->ends);
	free(pairs);
}

static int
compare_times(const void *left, const void *right)
{
	const struct chrome_event *a = left, *b = right;
	uint64_t a_at = chrome_at(a), b_at = chrome_at(b);

	if (a->ts != b->ts)
		return a->ts < b->ts ? -1 : 1;
	return a_at < b_at ? -1 : a_at > b_at;
}

/* Parents first.  Of two with the same extent the one that was begun and ended is outside, else the one that comes first. */
static int
compare_slices(const void *left, const void *right)
{
	const struct chrome_event *a = left, *b = right;
	bool a_piece = chrome_phase(a) == PHASE_SLICE, b_piece = chrome_phase(b) == PHASE_SLICE;

	if (a->ts != b->ts)
		return a->ts < b->ts ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	if (a_piece != b_piece)
		return a_piece ? 1 : -1;
	return compare_times(a, b);
}

static void
sort(struct chrome_event *events, size_t count, int (*compare)(const void *, const void *))
{
	for (size_t i = 1; i < count; i++)
		if (compare(&events[i - 1], &events[i]) > 0) {
			qsort(events, count, sizeof *events, compare);
			return;
		}
}

static int
compare_ends(const void *left, const void *right)
{
	const struct chrome_end *a = left, *b = right;

	return a->begin_at < b->begin_at ? -1 : a->begin_at > b->begin_at;
}

static void
add_end(struct chrome_pairs *pairs, uint64_t begin_at, const struct chrome_event *end)
{
	if (end->len)
		vec_push(&pairs->ends, (struct chrome_end){ .begin_at = begin_at, .at = chrome_at(end), .len = end->len });
}

static void
close_slice(struct chrome_pairs *pairs, uint32_t place, const struct chrome_event *end)
{
	struct chrome_event *slice = &pairs->events[place];

	slice->end = end->ts;
	add_end(pairs, chrome_at(slice), end);
}

/* An end that is not the slice's own closes it; its own may still come, if at the same time. */
static void
close_early(struct chrome_pairs *pairs, uint32_t place, int64_t ts)
{
	struct chrome_event *slice = &pairs->events[place];
	struct names *name = &pairs->names[slice->name];

	slice->end = ts;
	vec_push(&pairs->closed, (struct closed){ chrome_at(slice), slice->name, name->closed });
	name->closed = (uint32_t)pairs->closed.len - 1;
}

static void
close_fresh(struct chrome_pairs *pairs, const struct chrome_event *end, bool named)
{
	for (;;) {
		uint32_t place = vec_pop(&pairs->fresh);
		str_id name = pairs->events[place].name;

		pairs->names[name].fresh--;
		if (!named || name == end->name) {
			close_slice(pairs, place, end);
			return;
		}
		close_early(pairs, place, end->ts);
	}
}

static void
close_old(struct chrome_pairs *pairs, const struct chrome_event *end, bool named)
{
	for (;;) {
		uint32_t place = vec_pop(&pairs->old);
		str_id name = pairs->events[place].name;

		pairs->names[name].old--;
		if (!named || name == end->name) {
			close_slice(pairs, place, end);
			return;
		}
		close_early(pairs, place, end->ts);
	}
}

/* False: there is nothing that it could end. */
static bool
take_end(struct chrome_pairs *pairs, const struct chrome_event *end)
{
	struct names *name = &pairs->names[end->name];
	bool named = end->name != STR_EMPTY;

	if (named ? name->fresh : pairs->fresh.len)
		close_fresh(pairs, end, named);
	else if (named ? name->old : pairs->old.len)
		close_old(pairs, end, named);
	else if (named && name->closed != NONE) {
		const struct closed *closed = &pairs->closed.at[name->closed];
		name->closed = closed->before;
		add_end(pairs, closed->begin_at, end);
	} else {
		return false;
	}
	return true;
}

/* An end without a beginning.  In a lane it was there from the first event on. */
static void
no_beginning(struct chrome_pairs *pairs, struct chrome_event *end, int64_t first_ts)
{
	if (!pairs->lane) {
		reader_note(&pairs->reader->base, NOTE_WARNING, "an end without a beginning: passed over", chrome_at(end));
		return;
	}
	reader_note(&pairs->reader->base, NOTE_WARNING,
	            "an asynchronous end without a beginning: taken as begun with the first event of its id", chrome_at(end));
	end->end = end->ts;
	end->ts = first_ts;
	end->place = chrome_place(chrome_at(end), PHASE_SLICE);
}

/* The time is over: what began at it is now open. */
static void
settle(struct chrome_pairs *pairs, int64_t first_ts)
{
	for (size_t i = 0; i < pairs->waiting.len; i++) {
		struct chrome_event *end = &pairs->events[pairs->waiting.at[i]];
		if (!take_end(pairs, end))
			no_beginning(pairs, end, first_ts);
	}
	pairs->waiting.len = 0;
	for (size_t i = 0; i < pairs->fresh.len; i++) {
		struct names *name = &pairs->names[pairs->events[pairs->fresh.at[i]].name];
		name->fresh--;
		name->old++;
		vec_push(&pairs->old, pairs->fresh.at[i]);
	}
	pairs->fresh.len = 0;
	for (size_t i = 0; i < pairs->closed.len; i++)
		pairs->names[pairs->closed.at[i].name].closed = NONE;
	pairs->closed.len = 0;
}

static void
take(struct chrome_pairs *pairs, uint32_t place)
{
	const struct chrome_event *event = &pairs->events[place];

	if (chrome_phase(event) == PHASE_BEGIN) {
		pairs->names[event->name].fresh++;
		vec_push(&pairs->fresh, place);
	} else if (chrome_phase(event) == PHASE_END && !take_end(pairs, event)) {
		vec_push(&pairs->waiting, place);
	}
}

/* What was never closed lasts as long as the trace. */
static void
leave_open(struct chrome_pairs *pairs)
{
	while (pairs->old.len) {
		struct chrome_event *slice = &pairs->events[vec_pop(&pairs->old)];
		pairs->names[slice->name].old--;
		slice->end = pairs->reader->last_ns;
		slice->place = chrome_place(chrome_at(slice), PHASE_OPEN);
	}
}

/* Slices move to the front; instants and flows to the side; ends are done with. */
static size_t
sort_out(struct chrome_pairs *pairs, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct chrome_event *event = &pairs->events[i];
		enum chrome_phase phase = chrome_phase(event);

		if (phase <= PHASE_SLICE)
			pairs->events[kept++] = *event;
		else if (phase != PHASE_END)
			vec_push(&pairs->marks, (struct chrome_mark){ event->ts, chrome_at(event), event->len, event->name, phase, (uint64_t)event->end });
	}
	return kept;
}

size_t
chrome_pair(struct chrome_pairs *pairs, struct chrome_event *events, size_t count, bool lane)
{
	int64_t first_ts;

	CHECK(count < NONE);
	pairs->events = events;
	pairs->lane = lane;
	pairs->marks.len = pairs->ends.len = 0;
	sort(events, count, compare_times);
	first_ts = count ? events[0].ts : 0;
	for (size_t i = 0; i < count; i++) {
		int64_t ts = events[i].ts;
		take(pairs, (uint32_t)i);
		if (i + 1 == count || events[i + 1].ts != ts)
			settle(pairs, first_ts);
	}
	leave_open(pairs);
	count = sort_out(pairs, count);
	sort(events, count, compare_slices);
	if (pairs->ends.len > 1)
		qsort(pairs->ends.at, pairs->ends.len, sizeof *pairs->ends.at, compare_ends);
	return count;
}

const struct chrome_mark *
chrome_marks(const struct chrome_pairs *pairs, size_t *count_out)
{
	*count_out = pairs->marks.len;
	return pairs->marks.at;
}

const struct chrome_end *
chrome_end_of(const struct chrome_pairs *pairs, uint64_t begin_at)
{
	struct chrome_end key = { .begin_at = begin_at };

	return pairs->ends.len ? bsearch(&key, pairs->ends.at, pairs->ends.len, sizeof key, compare_ends) : NULL;
}
