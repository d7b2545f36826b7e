/* SPDX-License-Identifier: MIT
 * Profiles inside a Chrome trace become samples on tracks of their own.  A sample lasts until the next one, the last one of a CPU
 * profile until its end if that is told, and that of others no time. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

#include "util/alloc.h"

/* Nodes of a call tree whose parents may stand anywhere, and the stacks that they end. */
struct call_tree {
	uint32_t      *parent;    /* ID_NONE: a root */
	frame_id      *frame;     /* ID_NONE: not shown; what it calls is a root */
	stack_id      *stack;     /* once known */
	unsigned char *state;
	struct { VEC(uint32_t); } way;
};

enum { NOT_SEEN, ON_WAY, KNOWN };

static void
tree_open(struct call_tree *tree, size_t count)
{
	*tree = (struct call_tree){
		.parent = xreallocarray(NULL, count, sizeof *tree->parent), .frame = xreallocarray(NULL, count, sizeof *tree->frame),
		.stack = xreallocarray(NULL, count, sizeof *tree->stack), .state = xcalloc(count, 1),
	};
}

static void
tree_close(struct call_tree *tree)
{
	free(tree->parent);
	free(tree->frame);
	free(tree->stack);
	free(tree->state);
	vec_fini(&tree->way);
}

/* Up to what is known, then down again.  A node that is met a second time on the way up is its own ancestor: the way ends there. */
static stack_id
stack_of(struct call_tree *tree, struct sink *sink, uint32_t node)
{
	stack_id stack = ID_NONE;
	uint32_t at = node;

	for (tree->way.len = 0; at != ID_NONE && tree->state[at] == NOT_SEEN; at = tree->parent[at]) {
		tree->state[at] = ON_WAY;
		vec_push(&tree->way, at);
	}
	if (at != ID_NONE && tree->state[at] == KNOWN)
		stack = tree->stack[at];
	while (tree->way.len) {
		at = vec_pop(&tree->way);
		stack = tree->frame[at] == ID_NONE ? ID_NONE : sink_stack(sink, stack, tree->frame[at]);
		tree->stack[at] = stack;
		tree->state[at] = KNOWN;
	}
	return tree->stack[node];
}

static void
push_sample(struct sink *sink, stack_id stack, track_id track, int64_t lasts_ns, double count, int64_t ts)
{
	const double weights[] = { (double)lasts_ns / 1000, count };

	sink_sample_at(sink, stack, track, weights, ts);
}

/* A CPU profile on its way into the sink. */
struct walk {
	struct sink              *sink;
	struct v8_nodes          *nodes;
	stack_id                  base;    /* of the last sample that had a stack of its own */
	struct { VEC(uint32_t); } top;     /* nodes that stand on it since; their place there is in the node */
	track_id                  track;
};

/* The stack at a sample.  What V8 does for itself stands on top of what ran before it. */
static stack_id
sample_stack(struct walk *walk, uint32_t index)
{
	struct v8_node *node = index == ID_NONE ? NULL : &walk->nodes->at[index];
	stack_id stack;

	if (!node || node->kind != V8_ON_TOP) {
		walk->top.len = 0;
		walk->base = node ? v8_nodes_stack(walk->nodes, walk->sink, index) : ID_NONE;
		return walk->base;
	}
	if (node->place < walk->top.len && walk->top.at[node->place] == index) {
		walk->top.len = node->place + 1;
	} else {
		node->place = (uint32_t)walk->top.len;
		vec_push(&walk->top, index);
	}
	stack = walk->base;
	for (size_t i = 0; i < walk->top.len; i++)
		stack = sink_stack(walk->sink, stack, v8_nodes_frame(walk->nodes, walk->sink, walk->top.at[i]));
	return stack;
}

struct timed_node { int64_t ts; uint32_t id; };
struct timed_nodes { VEC(struct timed_node); };

static int
compare_chunks(const void *left, const void *right)
{
	const struct chrome_chunk *a = left, *b = right;

	if (a->ts != b->ts)
		return a->ts < b->ts ? -1 : 1;
	return a->first_sample < b->first_sample ? -1 : a->first_sample > b->first_sample;
}

/* Times never go back.  A run of equal samples begins no earlier than the run before, and inside a run no time is later than the
 * next. */
static void
straighten(struct timed_nodes *samples)
{
	int64_t run = 0;

	for (size_t i = 0; i < samples->len; i++) {
		struct timed_node *sample = &samples->at[i];
		bool begins = i == 0 || sample->id != sample[-1].id;
		if (i && sample->ts < run)
			sample->ts = run;
		if (begins)
			run = sample->ts;
	}
	for (size_t i = samples->len; i-- > 1;)
		if (samples->at[i - 1].ts > samples->at[i].ts)
			samples->at[i - 1].ts = samples->at[i].ts;
}

static void
time_samples(struct chrome_profile *profile, struct sink *sink, struct timed_nodes *out)
{
	int64_t ts = profile->start_ns;

	for (size_t i = 0; i < profile->chunks.len; i++) {
		const struct chrome_chunk *chunk = &profile->chunks.at[i];
		if (i == 0 && !profile->has_start)
			ts = chunk->ts;
		profile->uneven |= chunk->sample_count != chunk->delta_count;
		if (chunk->sample_count != chunk->delta_count)
			sink_note(sink, NOTE_WARNING, "a CPU profile whose samples and times are not as many: the longer list is cut",
			          0, SINK_NO_BYTE, STR(""));
		for (size_t k = 0; k < chunk->sample_count && k < chunk->delta_count; k++) {
			ts += profile->deltas.at[chunk->first_delta + k];
			ts = ts > CHROME_TIME_MAX ? CHROME_TIME_MAX : ts < -CHROME_TIME_MAX ? -CHROME_TIME_MAX : ts;
			vec_push(out, (struct timed_node){ ts, profile->samples.at[chunk->first_sample + k] });
		}
	}
	straighten(out);
}

/* Without a list of samples there are only counts, each of an equal share of the time. */
static void
push_hits(struct walk *walk, const struct chrome_profile *profile)
{
	double hits = 0, lasts = profile->has_start && profile->has_end ? (double)(profile->end_ns - profile->start_ns) / 1000 : 0;

	for (size_t i = 0; i < walk->nodes->len; i++)
		hits += walk->nodes->at[i].weight;
	for (uint32_t i = 0; i < walk->nodes->len; i++) {
		double own = walk->nodes->at[i].weight;
		const double weights[] = { own / hits * lasts, own };
		if (own > 0 && walk->nodes->at[i].kind != V8_IDLE)
			sink_sample_at(walk->sink, v8_nodes_stack(walk->nodes, walk->sink, i), walk->track, weights, profile->start_ns);
	}
}

/* When the last sample ends. */
static int64_t
samples_end(const struct chrome_profile *profile, const struct timed_nodes *samples, struct sink *sink)
{
	int64_t longest = 0, last = samples->len ? vec_last(samples).ts : 0;

	if (!profile->has_end || profile->uneven)
		return last;
	for (size_t i = 1; i < samples->len; i++) {
		int64_t lasts = samples->at[i].ts - samples->at[i - 1].ts;
		longest = lasts > longest ? lasts : longest;
	}
	return last + v8_last_ns(profile->end_ns - last, longest, sink);
}

/* Idle time has no weight. */
static void
push_profile(struct chrome_reader *reader, struct chrome_profile *profile, track_id track)
{
	struct sink *sink = reader->base.sink;
	struct walk walk = { .sink = sink, .nodes = &profile->nodes, .base = ID_NONE, .track = track };
	struct timed_nodes samples = { 0 };
	uint64_t idle = 0, lost = 0;

	v8_nodes_link(&profile->nodes, sink);
	if (profile->chunks.len > 1)
		qsort(profile->chunks.at, profile->chunks.len, sizeof *profile->chunks.at, compare_chunks);
	time_samples(profile, sink, &samples);
	int64_t last = samples_end(profile, &samples, sink);
	for (size_t i = 0; i < samples.len; i++) {
		int64_t ts = samples.at[i].ts, end = i + 1 < samples.len ? samples.at[i + 1].ts : last;
		uint32_t node = v8_nodes_find(&profile->nodes, samples.at[i].id);
		bool is_idle = node != ID_NONE && profile->nodes.at[node].kind == V8_IDLE;
		idle += is_idle;
		lost += node == ID_NONE;
		push_sample(sink, sample_stack(&walk, node), track, is_idle ? 0 : end - ts, is_idle ? 0 : 1, ts);
	}
	sink_note_many(sink, NOTE_INFO, "samples of idle time: they have no weight", idle);
	sink_note_many(sink, NOTE_WARNING, "a sample names a node that is not there: its time belongs to no function", lost);
	if (samples.len == 0)
		push_hits(&walk, profile);
	vec_fini(&samples);
	vec_fini(&walk.top);
}

/* "CPU profile main", and "CPU profile main #2" for the second one there. */
static track_id
profile_track(struct chrome_reader *reader, const struct chrome_labels *labels, const struct chrome_profile *profile, uint32_t number)
{
	buf_clear(&reader->name);
	buf_add(&reader->name, STR("CPU profile "));
	buf_add(&reader->name, labels->threads[profile->thread]);
	if (number > 1)
		buf_addf(&reader->name, " #%u", number);
	return sink_thread(reader->base.sink, labels->processes[profile->process], buf_str(&reader->name));
}

static void
push_profiles(struct chrome_reader *reader, const struct chrome_labels *labels)
{
	uint32_t *numbers = xcalloc(reader->threads.len, sizeof *numbers);

	for (size_t i = 0; i < reader->profiles.len; i++) {
		struct chrome_profile *profile = &reader->profiles.at[i];
		if (profile->nodes.len)
			push_profile(reader, profile, profile_track(reader, labels, profile, ++numbers[profile->thread]));
		chrome_profile_fini(profile);
	}
	reader->profiles.len = 0;
	free(numbers);
}

/* The frames of the trace's own samples; after them a root for each sample that only has a name. */
static uint32_t
find_frame(const struct chrome_reader *reader, const struct idmap *frame_of, str_id id)
{
	uint64_t hash = hash_u64(id);

	for (struct idmap_at at = idmap_first(frame_of, hash); id != STR_NONE && idmap_id(frame_of, at) != ID_NONE;
	     at = idmap_next(frame_of, at))
		if (reader->frames.at[idmap_id(frame_of, at)].id == id)
			return idmap_id(frame_of, at);
	return ID_NONE;
}

static void
open_frames(struct chrome_reader *reader, struct call_tree *tree, struct idmap *frame_of)
{
	size_t count = reader->frames.len;

	tree_open(tree, count);
	idmap_init(frame_of);
	for (size_t i = count; i-- > 0;)    /* of equal ids the last one counts */
		if (find_frame(reader, frame_of, reader->frames.at[i].id) == ID_NONE)
			idmap_add(frame_of, hash_u64(reader->frames.at[i].id), (uint32_t)i);
	for (size_t i = 0; i < count; i++) {
		const struct chrome_stack_frame *frame = &reader->frames.at[i];
		tree->parent[i] = find_frame(reader, frame_of, frame->parent);
		tree->frame[i] = sink_frame(reader->base.sink, &(struct frame_in){
			.name = strtab_get(reader->names, frame->name), .module = STR(""), .file = strtab_get(reader->names, frame->file),
			.line = frame->line, .kind = FRAME_USER,
		});
	}
}

static int
compare_samples(const void *left, const void *right)
{
	const struct chrome_sample *a = left, *b = right;

	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	if (a->ts != b->ts)
		return a->ts < b->ts ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static stack_id
listed_stack(struct chrome_reader *reader, struct call_tree *tree, const struct idmap *frame_of, const struct chrome_sample *sample)
{
	uint32_t frame = find_frame(reader, frame_of, sample->frame);

	if (frame != ID_NONE)
		return stack_of(tree, reader->base.sink, frame);
	if (sample->frame != STR_NONE)
		reader_note(&reader->base, NOTE_WARNING, "a sample of a frame that is not there: without its stack", sample->at);
	if (sample->name == STR_EMPTY)
		return ID_NONE;
	return sink_stack(reader->base.sink, ID_NONE, sink_frame(reader->base.sink, &(struct frame_in){
		.name = strtab_get(reader->names, sample->name), .module = STR(""), .file = STR(""), .kind = FRAME_USER,
	}));
}

static void
push_listed(struct chrome_reader *reader, const struct chrome_labels *labels)
{
	const struct chrome_sample *samples = reader->samples.at;
	size_t count = reader->samples.len;
	struct call_tree tree;
	struct idmap frame_of;
	track_id track = ID_NONE;

	open_frames(reader, &tree, &frame_of);
	qsort(reader->samples.at, count, sizeof *samples, compare_samples);
	for (size_t i = 0; i < count; i++) {
		bool more = i + 1 < count && samples[i + 1].thread == samples[i].thread;
		if (i == 0 || samples[i - 1].thread != samples[i].thread) {
			buf_clear(&reader->name);
			buf_add(&reader->name, STR("samples "));
			buf_add(&reader->name, labels->threads[samples[i].thread]);
			track = sink_thread(reader->base.sink, labels->processes[reader->threads.at[samples[i].thread].process], buf_str(&reader->name));
		}
		push_sample(reader->base.sink, listed_stack(reader, &tree, &frame_of, &samples[i]), track,
		            more ? samples[i + 1].ts - samples[i].ts : 0, samples[i].weight, samples[i].ts);
	}
	tree_close(&tree);
	idmap_fini(&frame_of);
}

void
chrome_push_samples(struct chrome_reader *reader, const struct chrome_labels *labels)
{
	if (reader->profiles.len || reader->samples.len) {
		sink_sample_type(reader->base.sink, STR("time"), STR("microseconds"));
		sink_sample_type(reader->base.sink, STR("samples"), STR("samples"));
	}
	push_profiles(reader, labels);
	if (reader->samples.len)
		push_listed(reader, labels);
}
