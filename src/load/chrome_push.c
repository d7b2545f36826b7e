/* SPDX-License-Identifier: MIT
 * Slices become spans: nested by time inside their thread or lane, processes and threads in the order that the trace asks for. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

#include "util/alloc.h"

#define MICROSECOND 1000    /* ns */

/* A slice that later ones may lie in.  Each ends before the one under it. */
struct open_slice {
	int64_t  end;
	uint64_t id;
	span_id  span;
};

struct pusher {
	struct chrome_reader *reader;
	struct dataset       *ds;
	struct chrome_labels  labels;
	struct chrome_pairs  *pairs;
	source_id             source;
	uint64_t              last_id;
	track_id              track;        /* the current one's */
	int64_t               rounding;     /* ns by which a slice may reach out of the one it lies in */
	struct { VEC(struct open_slice); } open;
	struct { VEC(struct chrome_mark); } flows;    /* of the current track, for the next slice to begin */
	size_t                next_flow;
	struct { VEC(struct chrome_flow_point); } points;    /* of all flows */
};

static void
add_ref(struct pusher *pusher, span_id span, uint64_t at, uint32_t len, uint32_t role)
{
	if (len)
		dataset_add_extra_ref(pusher->ds, &(struct detail_ref){
			.span = span, .source = pusher->source, .at = at, .len = len, .role = role,
		});
}

static void
add_flow(struct pusher *pusher, span_id span, const struct chrome_mark *flow)
{
	add_ref(pusher, span, flow->at, flow->len, CHROME_REF_FLOW);
	if (flow->len)
		pusher->ds->spans.flags[span] |= SPAN_LINKS;
	if (flow->len && flow->key)
		vec_push(&pusher->points, (struct chrome_flow_point){ flow->key, flow->at, flow->ts, span });
}

static void
add_instant(struct pusher *pusher, span_id span, const struct chrome_mark *instant)
{
	add_ref(pusher, span, instant->at, instant->len, CHROME_REF_EVENT);
	pusher->ds->spans.events[span] += instant->len > 0;
}

static int
compare_binds(const void *left, const void *right)
{
	const struct chrome_bind *a = left, *b = right;

	return a->at < b->at ? -1 : a->at > b->at;
}

/* What the slice itself says about flows. */
static void
add_bind(struct pusher *pusher, span_id span, const struct chrome_event *slice)
{
	const struct chrome_reader *reader = pusher->reader;
	struct chrome_bind key = { .at = chrome_at(slice) }, *bind;

	bind = reader->binds.len ? bsearch(&key, reader->binds.at, reader->binds.len, sizeof key, compare_binds) : NULL;
	if (bind)
		vec_push(&pusher->points, (struct chrome_flow_point){ bind->key, bind->at, slice->ts, span });
}

static span_id
add_span(struct pusher *pusher, const struct chrome_event *slice)
{
	struct chrome_reader *reader = pusher->reader;
	const struct chrome_end *end = chrome_phase(slice) == PHASE_BEGIN ? chrome_end_of(pusher->pairs, chrome_at(slice)) : NULL;
	span_id span = sink_thread_span(reader->base.sink, pusher->track, &(struct span_in){
		.id = ++pusher->last_id,
		.parent_id = pusher->open.len ? vec_last(&pusher->open).id : 0,
		.name = strtab_get(reader->names, slice->name),
		.start_ns = slice->ts, .end_ns = slice->end, .has_start = true, .has_end = true,
		.kind = SPAN_INTERNAL,
		.detail_at = chrome_at(slice), .detail_len = slice->len,
	});

	/* Its end is that of the trace; that it has none of its own is still to be seen. */
	if (chrome_phase(slice) == PHASE_OPEN)
		pusher->ds->spans.flags[span] |= SPAN_UNFINISHED;
	if (end)
		add_ref(pusher, span, end->at, end->len, CHROME_REF_END);
	add_bind(pusher, span, slice);
	return span;
}

static void
close_ended(struct pusher *pusher, int64_t ts)
{
	while (pusher->open.len && vec_last(&pusher->open).end <= ts)
		(void)vec_pop(&pusher->open);
}

/* What is open and ends before the slice cannot hold it, nor anything after it that the slice could not hold. */
static void
close_crossed(struct pusher *pusher, const struct chrome_event *slice)
{
	while (pusher->open.len && vec_last(&pusher->open).end < slice->end &&
	       slice->end - vec_last(&pusher->open).end > pusher->rounding) {
		if (vec_last(&pusher->open).end - slice->ts > pusher->rounding)
			reader_note(&pusher->reader->base, NOTE_INFO, "slices of one thread that overlap without one holding the other: side by side",
			            chrome_at(slice));
		(void)vec_pop(&pusher->open);
	}
}

static void
push_slice(struct pusher *pusher, const struct chrome_event *slice)
{
	/* What is never closed is still open when the last event comes. */
	int64_t end = chrome_phase(slice) == PHASE_OPEN ? CHROME_TIME_MAX : slice->end;
	span_id span;

	close_ended(pusher, slice->ts);
	close_crossed(pusher, slice);
	span = add_span(pusher, slice);
	if (pusher->open.len && end > vec_last(&pusher->open).end)
		end = vec_last(&pusher->open).end;
	for (; pusher->next_flow < pusher->flows.len && pusher->flows.at[pusher->next_flow].ts <= slice->ts; pusher->next_flow++) {
		const struct chrome_mark *flow = &pusher->flows.at[pusher->next_flow];
		add_flow(pusher, span, flow);
	}
	if (end > slice->ts)
		vec_push(&pusher->open, (struct open_slice){ end, pusher->last_id, span });
}

/* An instant outside of any slice is one without length. */
static void
push_instant(struct pusher *pusher, const struct chrome_mark *mark)
{
	struct chrome_event slice = {
		.ts = mark->ts, .end = mark->ts, .place = chrome_place(mark->at, PHASE_SLICE), .len = mark->len, .name = mark->name,
	};

	add_span(pusher, &slice);
}

static void
push_mark(struct pusher *pusher, const struct chrome_mark *mark)
{
	close_ended(pusher, mark->ts);
	if (mark->phase == PHASE_FLOW_NEXT)
		vec_push(&pusher->flows, *mark);
	else if (pusher->open.len && mark->phase == PHASE_FLOW)
		add_flow(pusher, vec_last(&pusher->open).span, mark);
	else if (pusher->open.len)
		add_instant(pusher, vec_last(&pusher->open).span, mark);
	else if (mark->phase == PHASE_INSTANT)
		push_instant(pusher, mark);
	else
		reader_note(&pusher->reader->base, NOTE_INFO, "a flow outside of any slice: passed over", mark->at);
}

/* Everything of one thread or lane.  A flow into the next slice comes before what begins at its time, anything else after. */
static void
push_slices(struct pusher *pusher, const struct chrome_event *events, size_t count)
{
	const struct chrome_mark *marks;
	size_t mark_count, next = 0;

	marks = chrome_marks(pusher->pairs, &mark_count);
	pusher->open.len = pusher->flows.len = pusher->next_flow = 0;
	for (size_t i = 0; i < count; i++) {
		while (next < mark_count && (marks[next].ts < events[i].ts ||
		       (marks[next].ts == events[i].ts && marks[next].phase == PHASE_FLOW_NEXT)))
			push_mark(pusher, &marks[next++]);
		push_slice(pusher, &events[i]);
	}
	while (next < mark_count)
		push_mark(pusher, &marks[next++]);
	for (; pusher->next_flow < pusher->flows.len; pusher->next_flow++)
		reader_note(&pusher->reader->base, NOTE_INFO, "a flow outside of any slice: passed over", pusher->flows.at[pusher->next_flow].at);
}

static void
push_thread(struct pusher *pusher, uint32_t id)
{
	struct chrome_thread *thread = &pusher->reader->threads.at[id];

	if (!thread->events.len)
		return;
	pusher->track = sink_thread(pusher->reader->base.sink, pusher->labels.processes[thread->process], pusher->labels.threads[id]);
	pusher->rounding = thread->fractions ? 1 : MICROSECOND;
	thread->events.len = chrome_pair(pusher->pairs, thread->events.at, thread->events.len, false);
	/* Spans are about to take the room of what was paired away. */
	thread->events.cap = thread->events.len;
	thread->events.at = xreallocarray(thread->events.at, thread->events.cap, sizeof *thread->events.at);
	push_slices(pusher, thread->events.at, thread->events.len);
	vec_fini(&thread->events);
}

/* Threads in the order in which they are shown. */
struct place {
	int64_t  process_sort, sort;
	uint32_t process, thread;    /* ID_NONE: the lanes of the process, after its threads */
};

static int
compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->process_sort != b->process_sort)
		return a->process_sort < b->process_sort ? -1 : 1;
	if (a->process != b->process)
		return a->process < b->process ? -1 : 1;
	if (a->sort != b->sort)
		return a->sort < b->sort ? -1 : 1;
	return a->thread < b->thread ? -1 : a->thread > b->thread;
}

static struct place *
order_places(const struct chrome_reader *reader, size_t *count_out)
{
	size_t count = 0;
	struct place *places = xreallocarray(NULL, reader->threads.len + reader->processes.len, sizeof *places);

	for (uint32_t i = 0; i < reader->threads.len; i++) {
		const struct chrome_thread *thread = &reader->threads.at[i];
		places[count++] = (struct place){ reader->processes.at[thread->process].sort, thread->sort, thread->process, i };
	}
	for (uint32_t i = 0; i < reader->processes.len; i++)
		places[count++] = (struct place){ reader->processes.at[i].sort, INT64_MAX, i, ID_NONE };
	if (count > 1)
		qsort(places, count, sizeof *places, compare_places);
	*count_out = count;
	return places;
}

/* Asynchronous events in the order process, category, lane, time; the first of each process. */
struct lanes {
	struct chrome_event *events;
	size_t              *first;      /* per process, and the end */
	bool                 several;    /* more than one process has some */
};

struct lane_place {
	uint32_t process, lane;
	uint32_t category;    /* the first lane that has it */
};

static int
compare_lanes(const void *left, const void *right)
{
	const struct lane_place *a = left, *b = right;

	if (a->process != b->process)
		return a->process < b->process ? -1 : 1;
	if (a->category != b->category)
		return a->category < b->category ? -1 : 1;
	return a->lane < b->lane ? -1 : a->lane > b->lane;
}

/* By counting: lanes are many, and events in each of them in the order of the input. */
static void
order_lanes(struct chrome_reader *reader, struct lanes *out)
{
	size_t lane_count = reader->lanes.len, at = 0;
	struct lane_place *places = xcalloc(lane_count, sizeof *places);
	size_t *next = xcalloc(lane_count, sizeof *next), *counts = xcalloc(lane_count, sizeof *counts);
	uint32_t *first_lane = xcalloc(strtab_count(reader->names), sizeof *first_lane);    /* by category; plus one */

	*out = (struct lanes){ .events = xreallocarray(NULL, reader->async.len, sizeof *out->events) };
	out->first = xcalloc(reader->processes.len + 1, sizeof *out->first);
	for (uint32_t i = 0; i < lane_count; i++) {
		uint32_t *first = &first_lane[reader->lanes.at[i].category];
		*first = *first ? *first : i + 1;
		places[i] = (struct lane_place){ reader->lanes.at[i].process, i, *first };
	}
	for (size_t i = 0; i < reader->async.len; i++)
		counts[reader->async.at[i].end]++;
	if (lane_count > 1)
		qsort(places, lane_count, sizeof *places, compare_lanes);
	for (size_t i = 0; i < lane_count; i++) {
		out->several |= places[i].process != places[0].process;
		out->first[places[i].process + 1] += counts[places[i].lane];
		next[places[i].lane] = at;
		at += counts[places[i].lane];
	}
	for (size_t i = 0; i < reader->processes.len; i++)
		out->first[i + 1] += out->first[i];
	for (size_t i = 0; i < reader->async.len; i++)
		out->events[next[reader->async.at[i].end]++] = reader->async.at[i];
	free(places);
	free(next);
	free(counts);
	free(first_lane);
	vec_fini(&reader->async);
}

static void
lane_track(struct pusher *pusher, const struct lanes *lanes, const struct chrome_lane *lane)
{
	struct chrome_reader *reader = pusher->reader;
	struct str category = strtab_get(reader->names, lane->category), process = pusher->labels.processes[lane->process];

	buf_clear(&reader->name);
	buf_add(&reader->name, STR("async"));
	if (category.len)
		buf_addc(&reader->name, ' ');
	buf_add(&reader->name, category);
	if (lanes->several) {
		buf_add(&reader->name, STR(" of "));
		buf_add(&reader->name, process);
	}
	pusher->track = sink_thread(reader->base.sink, process, buf_str(&reader->name));
}

static void
push_lanes(struct pusher *pusher, const struct lanes *lanes, uint32_t process)
{
	size_t begin = lanes->first[process], end = lanes->first[process + 1];

	while (begin < end) {
		int64_t number = lanes->events[begin].end;
		const struct chrome_lane *lane = &pusher->reader->lanes.at[number];
		size_t count = 1;

		while (begin + count < end && lanes->events[begin + count].end == number)
			count++;
		lane_track(pusher, lanes, lane);
		pusher->rounding = lane->fractions ? 1 : MICROSECOND;
		push_slices(pusher, lanes->events + begin, chrome_pair(pusher->pairs, lanes->events + begin, count, true));
		begin += count;
	}
}

static void
open_process(struct pusher *pusher, uint32_t process)
{
	struct chrome_reader *reader = pusher->reader;
	const struct chrome_process *facts = &reader->processes.at[process];

	sink_group_open(reader->base.sink);
	buf_clear(&reader->name);
	chrome_service(reader, process, &reader->name);
	sink_group_service(reader->base.sink, buf_str(&reader->name));
	if (facts->fact_len)
		sink_group_resource(reader->base.sink, facts->fact_at, facts->fact_len);
}

static void
push_spans(struct pusher *pusher)
{
	size_t count;
	struct place *places = order_places(pusher->reader, &count);
	struct lanes lanes;
	uint32_t process = ID_NONE;

	order_lanes(pusher->reader, &lanes);
	for (size_t i = 0; i < count; i++) {
		if (places[i].process != process) {
			if (process != ID_NONE)
				sink_group_close(pusher->reader->base.sink);
			process = places[i].process;
			open_process(pusher, process);
		}
		if (places[i].thread == ID_NONE)
			push_lanes(pusher, &lanes, process);
		else
			push_thread(pusher, places[i].thread);
	}
	if (process != ID_NONE)
		sink_group_close(pusher->reader->base.sink);
	free(lanes.events);
	free(lanes.first);
	free(places);
}

/* Hermes marks each thread that it took samples of by a slice of no length.  Where there is nothing else, those say nothing. */
static void
drop_placeholders(struct chrome_reader *reader)
{
	uint64_t count = 0;

	for (size_t i = 0; i < reader->threads.len; i++) {
		const struct chrome_events *events = &reader->threads.at[i].events;
		for (size_t k = 0; k < events->len; k++)
			if (chrome_phase(&events->at[k]) != PHASE_SLICE || events->at[k].end > events->at[k].ts)
				return;
		count += events->len;
	}
	for (size_t i = 0; i < reader->threads.len; i++)
		vec_fini(&reader->threads.at[i].events);
	sink_note_many(reader->base.sink, NOTE_INFO, "a slice of no length that only marks a thread with samples: passed over", count);
}

void
chrome_push(struct chrome_reader *reader)
{
	struct pusher pusher = { .reader = reader };

	if (reader->samples.len && !reader->async.len)
		drop_placeholders(reader);
	pusher.ds = sink_dataset(reader->base.sink);
	pusher.source = pusher.ds->source_count - 1;
	chrome_labels_init(&pusher.labels, reader);
	pusher.pairs = chrome_pairs_new(reader);
	push_spans(&pusher);
	chrome_flow_link(pusher.ds, pusher.source, pusher.points.at, pusher.points.len);
	vec_fini(&pusher.points);
	chrome_pairs_free(pusher.pairs);
	chrome_push_samples(reader, &pusher.labels);
	chrome_labels_fini(&pusher.labels);
	vec_fini(&pusher.open);
	vec_fini(&pusher.flows);
}
