/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/dataset.h"
#include "tests/make.h"
#include "tests/tap.h"

static void
parents(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "late", 2, 1, 10, 20);
	make_span(ds, "s", "root", 1, 0, 0, 100);
	make_span(ds, "s", "orphan", 3, 99, 5, 6);
	make_span(ds, "s", "narcissus", 4, 4, 5, 6);
	track_id other = make_track(ds, TRACK_TRACE, 2);
	span_id stranger = make_span(ds, "s", "stranger", 5, 1, 7, 9);
	ds->spans.track[stranger] = other;
	dataset_seal(ds);
	is_int(ds->spans.parent[0], 1, "a parent may come later");
	is_int(ds->spans.parent[1], ID_NONE, "a root");
	is_int(ds->spans.flags[1], 0, "nothing unusual about it");
	ok(ds->spans.parent[2] == ID_NONE && ds->spans.flags[2] == SPAN_ORPHAN, "an orphan is a root");
	is_int((long long)ds->spans.parent_id[2], 99, "and keeps the id of its parent");
	ok(ds->spans.parent[3] == ID_NONE && ds->spans.flags[3] == SPAN_CYCLE, "its own parent is a root");
	ok(ds->spans.parent[4] == ID_NONE && ds->spans.flags[4] == SPAN_ORPHAN, "ids count inside a track only");
	is_int((long long)note_count(ds, "the parent span is not there"), 2, "orphans are noted");
	is_int((long long)note_count(ds, "a span names itself"), 1, "self-parents are noted");
	is_int(ds->tracks[0].span_count, 4, "spans of a track");
	ok(ds->tracks[0].start_ns == 0 && ds->tracks[0].end_ns == 100, "extent of a track");
	ok(ds->tracks[1].start_ns == 7 && ds->tracks[1].end_ns == 9, "extent of another");
	dataset_free(ds);
}

static void
duplicates(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "a", 1, 0, 0, 10);
	make_span(ds, "s", "a", 1, 0, 0, 10);
	make_span(ds, "s", "b", 2, 1, 1, 4);
	make_span(ds, "s", "b, again", 2, 1, 1, 4);
	make_span(ds, "s", "b, again", 2, 1, 1, 4);
	make_span(ds, "s", "c", 3, 2, 2, 3);
	make_span(ds, "s", "no id", 0, 1, 2, 3);
	make_span(ds, "s", "no id", 0, 1, 2, 3);
	ds->extra_refs = xcalloc(3, sizeof *ds->extra_refs);
	ds->extra_ref_count = ds->extra_ref_cap = 3;
	ds->extra_refs[0].span = 5;
	ds->extra_refs[1].span = 1;
	ds->extra_refs[2].span = 0;
	dataset_seal(ds);
	is_int(ds->spans.count, 6, "identical spans are dropped, those without an id are not");
	is_int((long long)ds->duplicate_spans, 2, "and counted");
	is_int((long long)note_count(ds, "an identical span"), 2, "and noted");
	ok(str_equal(frame_name(ds, ds->spans.frame[2]), STR("b, again")), "order is kept");
	is_int(ds->spans.flags[1] & ds->spans.flags[2], SPAN_SAME_ID, "different spans of one id are marked");
	is_int(ds->spans.parent[3], 1, "children go to the first");
	is_int(ds->spans.parent[4], 0, "parents are renamed");
	is_int((long long)note_count(ds, "several spans have the same id"), 1, "and noted once");
	is_int(ds->extra_ref_count, 2, "refs of dropped spans go with them");
	ok(ds->extra_refs[0].span == 0 && ds->extra_refs[1].span == 3, "the others follow their spans, sorted");
	dataset_free(ds);
}

static void
shared(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "web", "page", 1, 0, 0, 100);
	span_id server = make_span(ds, "cart", "POST", 2, 1, 20, 70);
	span_id client = make_span(ds, "web", "POST", 2, 1, 10, 90);
	span_id near = make_span(ds, "web", "retry", 3, 2, 12, 13);
	span_id far = make_span(ds, "cart", "query", 4, 2, 30, 40);
	span_id elsewhere = make_span(ds, "db", "select", 5, 2, 31, 39);
	span_id third = make_span(ds, "web", "POST odd", 2, 1, 10, 90);
	ds->spans.kind[server] = SPAN_SERVER;
	ds->spans.kind[client] = SPAN_CLIENT;
	dataset_seal(ds);
	is_int(ds->spans.parent[client], 0, "the client half is the parent's child");
	is_int(ds->spans.parent[server], client, "the server half is the client's, though it came first");
	is_int(ds->spans.parent[near], client, "a child of the client's service");
	is_int(ds->spans.parent[far], server, "a child of the server's service");
	is_int(ds->spans.parent[elsewhere], server, "a child of neither goes to the server");
	is_int(ds->spans.parent[third], 0, "a third span of that id is an ordinary one");
	is_int(ds->spans.flags[client] & ds->spans.flags[server], SPAN_SAME_ID | SPAN_SHARED, "both halves are marked");
	is_int((long long)note_count(ds, ""), 0, "a call in two halves is nothing to note");
	dataset_free(ds);
}

static void
cycles(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "below", 9, 1, 50, 60);
	make_span(ds, "s", "a", 1, 2, 30, 40);
	make_span(ds, "s", "b", 2, 3, 10, 20);
	make_span(ds, "s", "c", 3, 1, 10, 25);
	make_span(ds, "s", "c's", 4, 3, 10, 25);
	dataset_seal(ds);
	is_int(ds->spans.parent[2], ID_NONE, "cut at the earliest, the first of two");
	is_int(ds->spans.flags[2], SPAN_CYCLE, "flagged");
	is_int(ds->spans.parent[1], 2, "the others stay");
	is_int(ds->spans.parent[3], 1, "the others stay");
	is_int(ds->spans.parent[0], 1, "what hangs below stays");
	is_int(ds->spans.parent[4], 3, "what hangs below stays");
	is_int((long long)note_count(ds, "spans are each other's parents"), 1, "one note for a cycle");
	dataset_free(ds);
}

static void
times(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "root", 1, 0, 100, 200);
	make_span(ds, "s", "backwards", 2, 1, 150, 140);
	span_id no_start = make_span(ds, "s", "no start", 3, 4, 0, 170);
	span_id nothing = make_span(ds, "s", "neither", 4, 1, 0, 0);
	span_id orphan = make_span(ds, "s", "no start, a root", 5, 0, 0, 130);
	span_id open = make_span(ds, "s", "open", 6, 1, 110, 110);
	make_span(ds, "s", "inside", 7, 6, 115, 120);
	make_span(ds, "s", "async", 8, 7, 118, 300);
	span_id leaf = make_span(ds, "s", "open leaf", 9, 1, 120, 120);
	span_id endless = make_span(ds, "s", "endless", 10, 1, 100, 100);
	span_id early = make_span(ds, "s", "ends too early", 11, 1, 0, 50);
	ds->spans.duration_ns[endless] = INT64_MAX;
	ds->spans.flags[no_start] = ds->spans.flags[orphan] = ds->spans.flags[early] = SPAN_NO_START;
	ds->spans.flags[nothing] = SPAN_NO_START | SPAN_UNFINISHED;
	ds->spans.flags[open] = ds->spans.flags[leaf] = SPAN_UNFINISHED;
	dataset_seal(ds);
	ok(ds->spans.duration_ns[1] == 0 && ds->spans.flags[1] == SPAN_NEGATIVE, "end before start");
	ok(ds->spans.start_ns[nothing] == 100, "a start from the parent");
	ok(ds->spans.start_ns[no_start] == 100 && ds->spans.duration_ns[no_start] == 70, "a start from further up, with an end");
	ok(ds->spans.start_ns[orphan] == 100 && ds->spans.duration_ns[orphan] == 30, "a start from the trace");
	is_int(ds->spans.duration_ns[open], 190, "an end from the latest descendant");
	is_int(ds->spans.duration_ns[leaf], 0, "nothing below: no length");
	is_int(ds->spans.duration_ns[nothing], 70, "neither start nor end");
	is_int(ds->spans.duration_ns[endless], INT64_MAX - 100, "an end beyond int64 is cut");
	is_int(ds->spans.duration_ns[early], 0, "an end before the inherited start");
	is_int(ds->spans.flags[early], SPAN_NO_START | SPAN_NEGATIVE, "is before the start");
	is_int((long long)note_count(ds, "the start is missing"), 4, "missing starts are noted");
	is_int((long long)note_count(ds, "the end is missing"), 3, "missing ends are noted");
	is_int((long long)note_count(ds, "the end is before the start"), 2, "negative spans are noted");
	bool placed = ds->notes[0].has_byte && ds->notes[0].byte == 100;
	ok(placed && str_equal(dataset_str(ds, ds->notes[0].sample), STR("backwards")), "notes say where");
	dataset_free(ds);
}

/* Every span has a parent that was meant, and going up from any of them ends. */
static void
random_links(void)
{
	enum { SPANS = 5000 };
	uint64_t state = 11;
	struct dataset *ds = make_dataset();
	bool ends = true, meant = true;

	for (uint32_t i = 0; i < SPANS; i++) {
		make_span(ds, "s", "x", 1 + random_below(&state, SPANS), random_below(&state, SPANS), random_below(&state, 50), 60);
		ds->spans.kind[i] = (uint8_t)(SPAN_SERVER + random_below(&state, 2));
	}
	dataset_seal(ds);
	for (span_id span = 0; span < ds->spans.count; span++) {
		uint32_t steps = 0;
		span_id parent = ds->spans.parent[span];

		for (span_id at = span; at != ID_NONE && steps <= ds->spans.count; at = ds->spans.parent[at])
			steps++;
		ends &= steps <= ds->spans.count;
		meant &= parent == ID_NONE || ds->spans.id[parent] == ds->spans.parent_id[span] || ds->spans.flags[span] & SPAN_SHARED;
		meant &= parent != ID_NONE || !ds->spans.parent_id[span] || ds->spans.flags[span] & (SPAN_ORPHAN | SPAN_CYCLE);
	}
	ok(ends, "no cycle is left");
	ok(meant, "parents are those that were named");
	is_int(ds->spans.count + (long long)ds->duplicate_spans, SPANS, "no span is lost");
	dataset_free(ds);
}

static void
large(void)
{
	enum { DEEP = 200000, TWINS = 100000 };
	struct dataset *ds = make_dataset();
	bool good = true;

	for (uint32_t i = 0; i < DEEP; i++)
		make_span(ds, "s", "deep", i + 1, i + 2, 0, 0);
	for (uint32_t i = 0; i < TWINS; i++)
		make_span(ds, "s", "twin", DEEP + 1, 0, i, i + 1);
	for (uint32_t i = 0; i < DEEP; i++)
		ds->spans.flags[i] = SPAN_NO_START | SPAN_UNFINISHED;
	dataset_seal(ds);
	for (span_id span = 0; span < DEEP; span++)
		good &= ds->spans.parent[span] == span + 1;
	ok(good, "a chain of 200,000 whose top has 100,000 twins");
	is_int(ds->spans.count, DEEP + TWINS, "all of them");
	dataset_free(ds);
}

static void
given_up(void)
{
	for (enum job_wish wish = JOB_GO; wish <= JOB_DROP; wish++) {
		struct dataset *ds = make_dataset();
		struct job job = { .wish = wish };

		for (uint64_t i = 0; i < 200000; i++)
			make_span(ds, "s", "a", i + 1, i / 2, 0, 10);
		ok(dataset_seal_for(ds, &job) == (wish != JOB_DROP), "only what is to be dropped is given up");
		ok(ds->sealed == (wish != JOB_DROP), "and is not sealed");
		if (wish == JOB_DROP)
			ok(ds->spans.parent[199999] == ID_NONE, "nor gone through to its end");
		dataset_free(ds);
	}
}

int
main(void)
{
	parents();
	given_up();
	duplicates();
	shared();
	cycles();
	times();
	random_links();
	large();
	return done();
}
