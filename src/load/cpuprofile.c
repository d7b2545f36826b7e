/* SPDX-License-Identifier: MIT
 * V8's CPU profiles (.cpuprofile): a list of nodes with samples and time deltas, or the older tree with samples and timestamps. */
#include "config.h"

#include "load/format.h"

#include <math.h>

#include "load/json_column.h"
#include "load/v8_nodes.h"
#include "util/alloc.h"

#define TIME_MAX     4e15      /* microseconds; beyond it a time is nonsense */

#define SPENT_STEP 65536u    /* samples after which what was read of them is given back */

static const char note_idle[] = "samples of idle time: they have no weight";
static const char note_lengths[] = "samples and times are not equally many: those without a partner are left out";
static const char note_no_node[] = "a sample names a node that is not there: its time belongs to no function";
static const char note_backwards[] = "a sample is earlier than the one before: put at the same time";
static const char note_no_samples[] = "there are no samples: weights are the nodes' hit counts, without an order in time";
static const char note_no_times[] = "samples have no times: each lasts as long as the others";
static const char note_nothing[] = "a profile without nodes: nothing can be shown";

struct interruption { uint32_t node; stack_id stack; };

struct reader {
	struct json_reader base;       /* first: the functions of json_reader.h are given it */
	struct v8_nodes    nodes;
	struct packed      samples;    /* ids of nodes plus one */
	struct packed_doubles deltas;  /* between samples, in microseconds */
	struct ns_column   stamps;     /* the older form: when each sample was */
	double             start, end; /* as the file has them; NaN: not told */
	bool               is_tree;    /* the older form: start and end are in seconds */
	struct buf         title;

	/* While samples are pushed. */
	track_id           track;
	uint32_t           time, count;    /* places of the weights; time ID_NONE: it is not known */
	stack_id           base_stack; /* of the last sample that was not an interruption */
	struct { VEC(struct interruption); } top;    /* that stand on it since */
	uint64_t           idle, lost;
};

static void
reader_clear(struct reader *reader)
{
	v8_nodes_fini(&reader->nodes);
	packed_fini(&reader->samples);
	packed_doubles_fini(&reader->deltas);
	vec_fini(&reader->stamps);
	vec_fini(&reader->top);
	buf_fini(&reader->title);
}

/* Start or end in ns; false: not told. */
static bool
boundary(const struct reader *reader, double value, int64_t *ns_out)
{
	double micros = reader->is_tree ? value * 1e6 : value;

	if (!(fabs(micros) < TIME_MAX))
		return false;
	*ns_out = llround(micros * 1000);
	return true;
}

static void
push(struct reader *reader, stack_id stack, double count, int64_t lasts_ns, const int64_t *at_ns)
{
	double weights[2] = { 0, 0 };

	weights[reader->count] = count;
	if (reader->time != ID_NONE)
		weights[reader->time] = (double)lasts_ns / 1000;
	if (at_ns)
		sink_sample_at(reader->base.sink, stack, reader->track, weights, *at_ns);
	else
		sink_sample(reader->base.sink, stack, reader->track, weights);
}

static void
declare_types(struct reader *reader, bool has_time)
{
	struct sink *sink = reader->base.sink;

	reader->time = has_time ? sink_sample_type(sink, STR("time"), STR("microseconds")) : ID_NONE;
	reader->count = sink_sample_type(sink, STR("samples"), STR("samples"));
}

/* The stack at a sample.  What V8 does for itself stands on top of what ran before it. */
static stack_id
stack_at(struct reader *reader, uint32_t index)
{
	struct sink *sink = reader->base.sink;
	struct v8_node *node = &reader->nodes.at[index];
	stack_id stack;

	if (node->kind != V8_ON_TOP) {
		reader->top.len = 0;
		reader->base_stack = v8_nodes_stack(&reader->nodes, sink, index);
		return reader->base_stack;
	}
	if (node->place < reader->top.len && reader->top.at[node->place].node == index) {
		reader->top.len = node->place + 1;
		return vec_last(&reader->top).stack;
	}
	node->place = (uint32_t)reader->top.len;
	stack = reader->top.len ? vec_last(&reader->top).stack : reader->base_stack;
	stack = sink_stack(sink, stack, v8_nodes_frame(&reader->nodes, sink, index));
	vec_push(&reader->top, (struct interruption){ index, stack });
	return stack;
}

static void
push_sample(struct reader *reader, uint32_t id, int64_t lasts_ns, const int64_t *at_ns)
{
	uint32_t node = id == ID_NONE ? ID_NONE : v8_nodes_find(&reader->nodes, id);

	if (node == ID_NONE) {
		reader->lost++;
		reader->top.len = 0;
		reader->base_stack = ID_NONE;
		push(reader, ID_NONE, 1, lasts_ns, at_ns);
	} else if (reader->nodes.at[node].kind == V8_IDLE) {
		reader->idle++;
		push(reader, stack_at(reader, node), 0, 0, at_ns);
	} else {
		push(reader, stack_at(reader, node), 1, lasts_ns, at_ns);
	}
}

/* Times of samples, one after another; they never go back. */
struct times {
	const struct reader *reader;
	int64_t  now, latest;
	uint64_t next, backwards;
};

static size_t
time_count(const struct reader *reader)
{
	return reader->stamps.len ? reader->stamps.len : packed_doubles_len(&reader->deltas);
}

static int64_t
ns_of(double micros)
{
	double ns = micros * 1000;

	return fabs(ns) < 9.2e18 ? llround(ns) : ns < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
}

static int64_t
next_time(struct times *times)
{
	size_t i = times->next++;
	int64_t delta;

	if (times->reader->stamps.len) {
		times->now = times->reader->stamps.at[i];
	} else {
		delta = ns_of(packed_doubles_get(&times->reader->deltas, i));
		if (__builtin_add_overflow(times->now, delta, &times->now))
			times->now = delta < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
	}
	times->backwards += times->now < times->latest;
	times->latest = times->now > times->latest ? times->now : times->latest;
	return times->latest;
}

/* Samples up to this one have been pushed. */
static void
spend(struct reader *reader, uint32_t sample)
{
	uint32_t begin = sample + 1 - SPENT_STEP, end = sample + 1;

	if (sample % SPENT_STEP != SPENT_STEP - 1)
		return;
	packed_spent(&reader->samples, begin, end);
	if (reader->stamps.len)
		give_back(reader->stamps.at + begin, SPENT_STEP * sizeof *reader->stamps.at);
	else
		packed_doubles_spent(&reader->deltas, begin, end);
}

/* A sample lasts until the next one; the last one until the end, if that is known and no time is missing. */
static void
push_timed(struct reader *reader)
{
	struct times times = { .reader = reader, .latest = INT64_MIN };
	size_t all = time_count(reader), count = all < reader->samples.len ? all : reader->samples.len;
	bool uneven = all != reader->samples.len;
	int64_t end, at, longest = 0;

	(void)boundary(reader, reader->start, &times.now);
	at = next_time(&times);
	for (uint32_t i = 0; i < count; i++, at = end) {
		bool is_last = i + 1 == count;
		int64_t lasts;
		end = is_last ? at : next_time(&times);
		if (is_last && !uneven)
			(void)boundary(reader, reader->end, &end);
		if (__builtin_sub_overflow(end, at, &lasts) || lasts < 0)
			lasts = 0;
		if (is_last)
			lasts = v8_last_ns(lasts, longest, reader->base.sink);
		longest = lasts > longest ? lasts : longest;
		push_sample(reader, packed_get(&reader->samples, i) - 1, lasts, &at);
		spend(reader, i);
	}
	sink_note_many(reader->base.sink, NOTE_INFO, note_backwards, times.backwards);
	if (uneven)
		sink_note_many(reader->base.sink, NOTE_WARNING, note_lengths, all + reader->samples.len - 2 * count);
}

/* From start to end, for samples that do not say how long they last; 0: not known. */
static double
length_ns(const struct reader *reader)
{
	int64_t start, end;

	if (!boundary(reader, reader->start, &start) || !boundary(reader, reader->end, &end) || end <= start)
		return 0;
	return (double)end - (double)start;
}

static void
push_untimed(struct reader *reader)
{
	double length = length_ns(reader);

	declare_types(reader, length > 0);
	sink_note(reader->base.sink, NOTE_INFO, note_no_times, 0, SINK_NO_BYTE, STR(""));
	for (size_t i = 0; i < reader->samples.len; i++)
		push_sample(reader, packed_get(&reader->samples, i) - 1, llround(length / (double)reader->samples.len), NULL);
}

static void
push_hits(struct reader *reader, double hits)
{
	double length = length_ns(reader);

	declare_types(reader, length > 0);
	sink_note(reader->base.sink, NOTE_INFO, note_no_samples, 0, SINK_NO_BYTE, STR(""));
	for (uint32_t i = 0; i < reader->nodes.len; i++) {
		const struct v8_node *node = &reader->nodes.at[i];
		if (node->weight == 0)
			continue;
		stack_id stack = v8_nodes_stack(&reader->nodes, reader->base.sink, i);
		if (node->kind == V8_IDLE) {
			reader->idle++;
			push(reader, stack, 0, 0, NULL);
		} else {
			push(reader, stack, node->weight, llround(length * (node->weight / hits)), NULL);
		}
	}
}

static void
push_profile(struct reader *reader)
{
	struct sink *sink = reader->base.sink;
	bool cut = reader->base.json.fault != NULL;
	double hits = 0;

	if (reader->nodes.len == 0) {
		if (!cut)
			sink_note(sink, NOTE_WARNING, note_nothing, 0, SINK_NO_BYTE, STR(""));
		return;
	}
	v8_nodes_link(&reader->nodes, sink);
	for (size_t i = 0; i < reader->nodes.len; i++)
		hits += reader->nodes.at[i].weight;
	reader->track = sink_track(sink, TRACK_PROFILE, buf_str(&reader->title));
	if (reader->samples.len && time_count(reader)) {
		declare_types(reader, true);
		push_timed(reader);
	} else if (reader->samples.len && !(cut && hits > 0)) {
		push_untimed(reader);
	} else {
		push_hits(reader, hits);
	}
	sink_note_many(sink, NOTE_INFO, note_idle, reader->idle);
	sink_note_many(sink, NOTE_WARNING, note_no_node, reader->lost);
}

static void
read_member(struct json_reader *base, struct str key)
{
	struct reader *reader = (struct reader *)base;
	struct str title;

	if (str_equal(key, STR("nodes"))) {
		v8_nodes_read_list(&reader->nodes, base);
	} else if (str_equal(key, STR("head"))) {
		reader->is_tree = true;
		v8_nodes_read_tree(&reader->nodes, base);
	} else if (str_equal(key, STR("samples"))) {
		packed_fini(&reader->samples);
		column_packed_ids(base, &reader->samples);
	} else if (str_equal(key, STR("timeDeltas"))) {
		packed_doubles_fini(&reader->deltas);
		column_packed_micros(base, &reader->deltas);
	} else if (str_equal(key, STR("timestamps"))) {
		reader->stamps.len = 0;
		column_micros(base, &reader->stamps);
	} else if (str_equal(key, STR("startTime"))) {
		reader->start = column_field(base);
	} else if (str_equal(key, STR("endTime"))) {
		reader->end = column_field(base);
	} else if (str_equal(key, STR("title"))) {
		buf_clear(&reader->title);
		if (json_string(&base->json, &title))
			buf_add(&reader->title, title);
	} else {
		json_skip(&base->json);
	}
}

static void
read_value(struct json_reader *base)
{
	struct reader *reader = (struct reader *)base;

	if (!reader_object(base))
		return;
	*reader = (struct reader){ .base = *base, .start = NAN, .end = NAN, .base_stack = ID_NONE };
	v8_nodes_init(&reader->nodes);
	v8_members(base, read_member);
	push_profile(reader);
	reader_clear(reader);
}

static void
cpuprofile_read(struct input *in, struct sink *sink)
{
	struct reader reader = { 0 };

	reader_run(&reader.base, in, sink, read_value);
}

static int
cpuprofile_score(const struct probe *probe, const char **why_out)
{
	static const char *const frames[] = {
		"nodes[].callFrame", "profile.nodes[].callFrame", "result.profile.nodes[].callFrame", "head.hitCount", "profile.head.hitCount",
	};

	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
		if (probe_has(probe, frames[i])) {
			*why_out = "nodes with call frames, as V8 writes them";
			return 90;
		}
	if (!probe_has(probe, "nodes") || !probe_has(probe, "samples") || !probe_has(probe, "timeDeltas"))
		return 0;
	*why_out = "nodes, samples and time deltas";
	return 70;
}

const struct load_format load_cpuprofile = {
	.name = "cpuprofile",
	.summary = "V8 CPU profiles (Node --cpu-prof, Chrome), new and old",
	.score = cpuprofile_score,
	.read = cpuprofile_read,
};
