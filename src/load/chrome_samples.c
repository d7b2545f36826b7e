/* SPDX-License-Identifier: MIT
 * Profiles inside a Chrome trace become samples on tracks of their own.  A sample lasts until the next one, the
 * last one no time. */
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
	struct sink                 *sink;
	const struct chrome_profile *profile;
	struct idmap                 node_of;    /* by id; of several the first */
	struct call_tree             tree;
	stack_id                     base;       /* of the last sample that had a stack of its own */
	struct { VEC(uint32_t); }    top;        /* nodes that stand on it since */
	uint32_t                    *place;      /* per node: where it was put in top */
	track_id                     track;
};

static uint32_t
find_node(const struct walk *walk, int64_t id)
{
	uint64_t hash = hash_u64((uint64_t)id);

	for (struct idmap_at at = idmap_first(&walk->node_of, hash); idmap_id(&walk->node_of, at) != ID_NONE;
	     at = idmap_next(&walk->node_of, at))
		if (walk->profile->nodes.at[idmap_id(&walk->node_of, at)].id == id)
			return idmap_id(&walk->node_of, at);
	return ID_NONE;
}

static void
walk_open(struct walk *walk, struct sink *sink, const struct chrome_profile *profile)
{
	size_t count = profile->nodes.len;

	*walk = (struct walk){ .sink = sink, .profile = profile, .base = ID_NONE, .place = xcalloc(count, sizeof *walk->place) };
	tree_open(&walk->tree, count);
	idmap_init(&walk->node_of);
	for (uint32_t i = 0; i < count; i++)
		if (find_node(walk, profile->nodes.at[i].id) == ID_NONE)
			idmap_add(&walk->node_of, hash_u64((uint64_t)profile->nodes.at[i].id), i);
	for (uint32_t i = 0; i < count; i++) {
		const struct chrome_node *node = &profile->nodes.at[i];
		walk->tree.parent[i] = node->has_parent ? find_node(walk, node->parent) : ID_NONE;
		walk->tree.frame[i] = node->frame;
	}
	for (size_t i = 0; i < profile->edges.len; i++) {
		uint32_t child = find_node(walk, profile->edges.at[i].child);
		if (child != ID_NONE && walk->tree.parent[child] == ID_NONE)
			walk->tree.parent[child] = find_node(walk, profile->edges.at[i].parent);
	}
}

static void
walk_close(struct walk *walk)
{
	idmap_fini(&walk->node_of);
	tree_close(&walk->tree);
	vec_fini(&walk->top);
	free(walk->place);
}

/* The stack at a sample.  What V8 does for itself stands on top of what ran before it. */
static stack_id
sample_stack(struct walk *walk, uint32_t node)
{
	stack_id stack;

	if (node == ID_NONE || !walk->profile->nodes.at[node].on_top) {
		walk->top.len = 0;
		walk->base = node == ID_NONE ? ID_NONE : stack_of(&walk->tree, walk->sink, node);
		return walk->base;
	}
	if (walk->place[node] < walk->top.len && walk->top.at[walk->place[node]] == node) {
		walk->top.len = walk->place[node] + 1;
	} else {
		walk->place[node] = (uint32_t)walk->top.len;
		vec_push(&walk->top, node);
	}
	stack = walk->base;
	for (size_t i = 0; i < walk->top.len; i++)
		stack = sink_stack(walk->sink, stack, walk->profile->nodes.at[walk->top.at[i]].frame);
	return stack;
}

struct timed_node { int64_t ts, id; };
struct timed_nodes { VEC(struct timed_node); };

static int
compare_chunks(const void *left, const void *right)
{
	const struct chrome_chunk *a = left, *b = right;

	if (a->ts != b->ts)
		return a->ts < b->ts ? -1 : 1;
	return a->first_sample < b->first_sample ? -1 : a->first_sample > b->first_sample;
}

/* Times never go back.  A run of equal samples begins no earlier than the run before; inside a run a time is no later than the next. */
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
time_samples(const struct chrome_profile *profile, struct sink *sink, struct timed_nodes *out)
{
	int64_t ts = profile->start_ns;

	for (size_t i = 0; i < profile->chunks.len; i++) {
		const struct chrome_chunk *chunk = &profile->chunks.at[i];
		if (i == 0 && !profile->has_start)
			ts = chunk->ts;
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
push_hits(struct walk *walk)
{
	const struct chrome_profile *profile = walk->profile;
	double hits = 0, span = profile->has_start && profile->has_end ? (double)(profile->end_ns - profile->start_ns) / 1000 : 0;

	for (size_t i = 0; i < profile->nodes.len; i++)
		hits += (double)profile->nodes.at[i].hits;
	for (uint32_t i = 0; i < profile->nodes.len; i++) {
		double own = (double)profile->nodes.at[i].hits;
		const double weights[] = { own / hits * span, own };
		if (own > 0)
			sink_sample_at(walk->sink, stack_of(&walk->tree, walk->sink, i), walk->track, weights, profile->start_ns);
	}
}

static void
push_profile(struct chrome_reader *reader, struct chrome_profile *profile, track_id track)
{
	struct timed_nodes samples = { 0 };
	struct walk walk;

	walk_open(&walk, reader->sink, profile);
	walk.track = track;
	if (profile->chunks.len > 1)
		qsort(profile->chunks.at, profile->chunks.len, sizeof *profile->chunks.at, compare_chunks);
	time_samples(profile, reader->sink, &samples);
	for (size_t i = 0; i < samples.len; i++) {
		int64_t ts = samples.at[i].ts, end = i + 1 < samples.len ? samples.at[i + 1].ts : ts;
		uint32_t node = find_node(&walk, samples.at[i].id);
		if (node == ID_NONE)
			sink_note(reader->sink, NOTE_WARNING, "a sample of a function that the CPU profile does not know: without a stack",
			          0, SINK_NO_BYTE, STR(""));
		push_sample(reader->sink, sample_stack(&walk, node), track, end - ts, 1, ts);
	}
	if (samples.len == 0)
		push_hits(&walk);
	vec_fini(&samples);
	walk_close(&walk);
	chrome_profile_fini(profile);
	*profile = (struct chrome_profile){ .thread = profile->thread, .process = profile->process };
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
	return sink_thread(reader->sink, labels->processes[profile->process], buf_str(&reader->name));
}

static void
push_profiles(struct chrome_reader *reader, const struct chrome_labels *labels)
{
	uint32_t *numbers = xcalloc(reader->threads.len, sizeof *numbers);

	for (size_t i = 0; i < reader->profiles.len; i++) {
		struct chrome_profile *profile = &reader->profiles.at[i];
		if (profile->nodes.len)
			push_profile(reader, profile, profile_track(reader, labels, profile, ++numbers[profile->thread]));
	}
	free(numbers);
}

/* The frames of the trace's own samples; after them a root for each sample that only has a name. */
static uint32_t
find_frame(const struct chrome_reader *reader, const struct idmap *frame_of, str_id id)
{
	uint64_t hash = hash_u64(id);

	for (struct idmap_at at = idmap_first(frame_of, hash); id != STR_NONE && idmap_id(frame_of, at) != ID_NONE; at = idmap_next(frame_of, at))
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
		tree->frame[i] = sink_frame(reader->sink, &(struct frame_in){
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
		return stack_of(tree, reader->sink, frame);
	if (sample->frame != STR_NONE)
		chrome_note(reader, NOTE_WARNING, "a sample of a frame that is not there: without its stack", sample->at);
	if (sample->name == STR_EMPTY)
		return ID_NONE;
	return sink_stack(reader->sink, ID_NONE, sink_frame(reader->sink, &(struct frame_in){
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
			track = sink_thread(reader->sink, labels->processes[reader->threads.at[samples[i].thread].process], buf_str(&reader->name));
		}
		push_sample(reader->sink, listed_stack(reader, &tree, &frame_of, &samples[i]), track,
		            more ? samples[i + 1].ts - samples[i].ts : 0, samples[i].weight, samples[i].ts);
	}
	tree_close(&tree);
	idmap_fini(&frame_of);
}

void
chrome_push_samples(struct chrome_reader *reader, const struct chrome_labels *labels)
{
	if (reader->profiles.len || reader->samples.len) {
		sink_sample_type(reader->sink, STR("time"), STR("microseconds"));
		sink_sample_type(reader->sink, STR("samples"), STR("samples"));
	}
	push_profiles(reader, labels);
	if (reader->samples.len)
		push_listed(reader, labels);
}
