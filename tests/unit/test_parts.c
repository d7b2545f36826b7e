/* SPDX-License-Identifier: MIT
 * Spans that were reported in parts, calls with several servers, and parents to choose from. */
#include "config.h"

#include "model/dataset.h"
#include "tests/make.h"
#include "tests/tap.h"

/* A group of the form in which spans come in parts; service "" when it is not told. */
static group_id
part_group(struct dataset *ds, const char *service, const char *process)
{
	return dataset_add_group(ds, &(struct group){
		.service = strtab_intern(ds->strings, str_of(*service ? service : "unknown_service")), .has_service = *service != '\0',
		.in_parts = true, .process = strtab_intern(ds->strings, str_of(process)),
	});
}

/* A record of the span with this id; end 0: the end is not told, and with start 0 neither is the start. */
static span_id
record(struct dataset *ds, group_id group, const char *name, uint64_t id, enum span_kind kind, int64_t start, int64_t end)
{
	struct str service = dataset_str(ds, ds->groups[group].service);
	span_id span = make_span(ds, service.at, name, id, 0, start, end ? end : start);

	ds->spans.group[span] = group;
	ds->spans.kind[span] = (uint8_t)kind;
	ds->spans.detail_len[span] = 50 + span;
	if (!end)
		ds->spans.flags[span] = (uint8_t)(SPAN_UNFINISHED | (start ? 0 : SPAN_NO_START));
	return span;
}

static void
joined(void)
{
	struct dataset *ds = make_dataset();
	group_id cart = part_group(ds, "cart", "10.0.0.1"), unknown = part_group(ds, "", ""), shop = part_group(ds, "shop", "");

	record(ds, cart, "", 2, SPAN_UNSPECIFIED, 0, 0);
	record(ds, shop, "call", 2, SPAN_CLIENT, 100, 200);
	record(ds, cart, "serve", 2, SPAN_SERVER, 120, 180);
	record(ds, cart, "later", 2, SPAN_SERVER, 110, 130);
	record(ds, unknown, "post", 3, SPAN_CLIENT, 130, 0);
	span_id known = record(ds, shop, "get", 3, SPAN_CLIENT, 140, 150);
	ds->spans.parent_id[known] = 2;
	ds->spans.status[known] = STATUS_ERROR;
	dataset_seal(ds);
	is_int(ds->spans.count, 3, "three spans of six records");
	is_int((long long)ds->duplicate_spans, 0, "nothing was dropped");
	ok(str_equal(frame_name(ds, ds->spans.frame[0]), STR("serve")), "a name from a later part");
	is_int(ds->spans.kind[0], SPAN_SERVER, "and a kind");
	ok(ds->spans.start_ns[0] == 110 && ds->spans.duration_ns[0] == 60, "the earliest start and the longest duration");
	is_int(ds->spans.parent[0], 1, "the server is the client's child");
	is_int(ds->extra_ref_count, 3, "the other records are its details");
	ok(ds->extra_refs[0].span == 0 && ds->extra_refs[0].at == 200 && ds->extra_refs[0].role == REF_PART, "at their places");
	ok(str_equal(span_service(ds, 2), STR("shop")), "the part that knows the service gives it");
	ok(ds->extra_refs[2].span == 2 && ds->extra_refs[2].at == 400, "and its record");
	ok(ds->spans.start_ns[2] == 130 && ds->spans.duration_ns[2] == 10, "times of both");
	is_int(ds->spans.status[2], STATUS_ERROR, "an error in any part");
	is_int(ds->spans.parent[2], 1, "a parent from any part, and children of the client's service");
	is_int((long long)note_count(ds, "a span was reported in parts"), 3, "noted");
	dataset_free(ds);
}

static void
apart(void)
{
	struct dataset *ds = make_dataset();
	group_id one = part_group(ds, "pusher", "10.0.0.1"), two = part_group(ds, "pusher", "10.0.0.2");
	group_id sender = part_group(ds, "bouncer", "10.0.0.3"), plain = make_group(ds, "plain");

	record(ds, one, "receive", 7, SPAN_SERVER, 20, 30);
	record(ds, two, "receive", 7, SPAN_SERVER, 40, 50);
	record(ds, sender, "send", 7, SPAN_UNSPECIFIED, 10, 60);
	span_id below_two = record(ds, two, "work", 8, SPAN_INTERNAL, 41, 45);
	span_id below_sender = record(ds, sender, "wait", 9, SPAN_INTERNAL, 11, 12);
	record(ds, plain, "x", 10, SPAN_INTERNAL, 1, 2);
	record(ds, plain, "y", 10, SPAN_INTERNAL, 1, 2);
	ds->spans.parent_id[below_two] = ds->spans.parent_id[below_sender] = 7;
	dataset_seal(ds);
	is_int(ds->spans.count, 7, "processes are told apart, and nothing is joined where records are whole");
	ok(ds->spans.parent[0] == 2 && ds->spans.parent[1] == 2, "both servers are children of the other half, which tells no kind");
	is_int(ds->spans.parent[below_two], 1, "a child goes to the server of its process");
	is_int(ds->spans.parent[below_sender], 2, "or to the client's service");
	dataset_free(ds);
}

static void
other_parents(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "root", 1, 0, 0, 100);
	make_span(ds, "s", "child", 2, 98, 10, 20);
	dataset_add_parent_ref(ds, 1, 99);
	dataset_add_parent_ref(ds, 1, 2);
	dataset_add_parent_ref(ds, 1, 1);
	make_span(ds, "s", "plain", 3, 2, 10, 20);
	dataset_add_parent_ref(ds, 2, 1);
	make_span(ds, "s", "lost", 4, 97, 10, 20);
	dataset_add_parent_ref(ds, 3, 96);
	dataset_seal(ds);
	is_int(ds->spans.parent[1], 0, "the first that is there, and not the span itself");
	is_int((long long)ds->spans.parent_id[1], 1, "whose id is the parent's then");
	is_int(ds->spans.parent[2], 1, "the one named first goes first");
	ok(ds->spans.parent[3] == ID_NONE && ds->spans.flags[3] == SPAN_ORPHAN && ds->spans.parent_id[3] == 97, "none is there");
	dataset_free(ds);
}

static void
lengths(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "root", 1, 0, 1000, 2000);
	make_span(ds, "s", "child", 2, 1, 0, 300);
	ds->spans.flags[1] = SPAN_NO_START;
	ds->spans.start_ns[1] = START_OF_LENGTH;
	dataset_seal(ds);
	ok(ds->spans.start_ns[1] == 1000 && ds->spans.duration_ns[1] == 300, "a length without a start is kept");
	dataset_free(ds);
}

/* Every record of a wide range of kinds and processes under one id: no time to lose. */
static void
many(void)
{
	enum { RECORDS = 100000 };
	struct dataset *ds = make_dataset();
	uint64_t state = 3;

	for (uint32_t i = 0; i < RECORDS; i++) {
		char process[16];
		snprintf(process, sizeof process, "%u", random_below(&state, 40000));
		group_id group = part_group(ds, "s", random_below(&state, 3) ? process : "");
		span_id span = dataset_add_span(ds);
		ds->spans.frame[span] = make_frame(ds, "s", "x");
		ds->spans.group[span] = group;
		ds->spans.track[span] = ds->track_count ? 0 : make_track(ds, TRACK_TRACE, 1);
		ds->spans.id[span] = 1;
		ds->spans.parent_id[span] = 1;
		ds->spans.start_ns[span] = i;
		ds->spans.duration_ns[span] = 10;
		ds->spans.kind[span] = (uint8_t)random_below(&state, 6);
		ds->spans.status[span] = 0;
		ds->spans.detail_at[span] = i;
		ds->spans.detail_len[span] = i + 1;
	}
	dataset_seal(ds);
	is_int(ds->spans.count + ds->extra_ref_count, RECORDS, "100,000 records of one id");
	dataset_free(ds);
}

int
main(void)
{
	joined();
	apart();
	other_parents();
	lengths();
	many();
	return done();
}
