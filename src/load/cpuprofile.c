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
	struct id_column   samples;
	struct ns_column   deltas;     /* between samples */
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
	vec_fini(&reader->samples);
	vec_fini(&reader->deltas);
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

/* Makes times of deltas: they begin at the start and never go back. */
static void
sum_deltas(struct reader *reader)
{
	int64_t now = 0, latest = INT64_MIN;
	uint64_t backwards = 0;

	(void)boundary(reader, reader->start, &now);
	for (size_t i = 0; i < reader->deltas.len; i++) {
		int64_t delta = reader->deltas.at[i];
		if (__builtin_add_overflow(now, delta, &now))
			now = delta < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
		backwards += now < latest;
		latest = now > latest ? now : latest;
		reader->deltas.at[i] = latest;
	}
	sink_note_many(reader->base.sink, NOTE_INFO, note_backwards, backwards);
}

static void
order_stamps(struct reader *reader)
{
	uint64_t backwards = 0;

	for (size_t i = 1; i < reader->stamps.len; i++)
		if (reader->stamps.at[i] < reader->stamps.at[i - 1]) {
			reader->stamps.at[i] = reader->stamps.at[i - 1];
			backwards++;
		}
	sink_note_many(reader->base.sink, NOTE_INFO, note_backwards, backwards);
}

/* A sample lasts until the next one; the last one until the end, if that is known and no time is missing. */
static void
push_timed(struct reader *reader, const struct ns_column *times)
{
	size_t count = times->len < reader->samples.len ? times->len : reader->samples.len;
	bool uneven = times->len != reader->samples.len;
	int64_t end, lasts, longest = 0;

	if (uneven)
		sink_note_many(reader->base.sink, NOTE_WARNING, note_lengths, times->len + reader->samples.len - 2 * count);
	for (size_t i = 0; i < count; i++) {
		int64_t at = times->at[i];
		bool has_end = i + 1 < count || (!uneven && boundary(reader, reader->end, &end));
		if (i + 1 < count)
			end = times->at[i + 1];
		if (!has_end || __builtin_sub_overflow(end, at, &lasts) || lasts < 0)
			lasts = 0;
		if (i + 1 < count)
			longest = lasts > longest ? lasts : longest;
		else
			lasts = v8_last_ns(lasts, longest, reader->base.sink);
		push_sample(reader, reader->samples.at[i], lasts, &at);
		if (i % SPENT_STEP == SPENT_STEP - 1) {
			give_back(reader->samples.at + (i + 1 - SPENT_STEP), SPENT_STEP * sizeof *reader->samples.at);
			give_back(times->at + (i + 1 - SPENT_STEP), SPENT_STEP * sizeof *times->at);
		}
	}
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
		push_sample(reader, reader->samples.at[i], llround(length / (double)reader->samples.len), NULL);
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
	if (reader->samples.len && (reader->deltas.len || reader->stamps.len)) {
		declare_types(reader, true);
		if (reader->stamps.len)
			order_stamps(reader);
		else
			sum_deltas(reader);
		push_timed(reader, reader->stamps.len ? &reader->stamps : &reader->deltas);
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
		reader->samples.len = 0;
		column_ids(base, &reader->samples);
	} else if (str_equal(key, STR("timeDeltas"))) {
		reader->deltas.len = 0;
		column_micros(base, &reader->deltas);
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
