/* SPDX-License-Identifier: MIT
 * V8's sampling heap profiles (.heapprofile): a tree of nodes with the bytes that were allocated in each and are still held. */
#include "config.h"

#include "load/format.h"

#include "load/json_column.h"
#include "load/v8_nodes.h"


static const char note_no_node[] = "a sample names a node that is not there: left out";
static const char note_nothing[] = "a profile without nodes: nothing can be shown";

struct reader {
	struct json_reader   base;       /* first: the functions of json_reader.h are given it */
	struct v8_nodes      nodes;
	struct id_column     samples;    /* the node of each */
	bool                 has_samples;
};

/* {"size":16,"nodeId":3,"ordinal":1}: sizes are in the nodes too. */
static void
read_samples(struct reader *reader)
{
	struct json *json = &reader->base.json;
	uint32_t depth = json->depth + 1;
	struct str key;

	if (!reader_array(&reader->base))
		return;
	reader->has_samples = true;
	reader->samples.len = 0;
	while (reader_element(&reader->base, depth)) {
		uint32_t node = ID_NONE;
		if (!reader_object(&reader->base))
			continue;
		while (json_key(json, &key))
			if (str_equal(key, STR("nodeId")))
				node = column_id(&reader->base);
			else
				json_skip(json);
		if (!json->fault)
			vec_push(&reader->samples, node);
	}
}

/* Counts into the places of the nodes. */
static void
count_samples(struct reader *reader)
{
	uint64_t lost = 0;

	for (size_t i = 0; i < reader->samples.len; i++) {
		uint32_t id = reader->samples.at[i], node = id == ID_NONE ? ID_NONE : v8_nodes_find(&reader->nodes, id);
		if (node == ID_NONE)
			lost++;
		else
			reader->nodes.at[node].place++;
	}
	sink_note_many(reader->base.sink, NOTE_WARNING, note_no_node, lost);
}

static void
push_profile(struct reader *reader)
{
	struct sink *sink = reader->base.sink;

	if (reader->nodes.len == 0) {
		if (!reader->base.json.fault)
			sink_note(sink, NOTE_WARNING, note_nothing, 0, SINK_NO_BYTE, STR(""));
		return;
	}
	v8_nodes_link(&reader->nodes, sink);
	count_samples(reader);
	sink_sample_type(sink, STR("size"), STR("bytes"));
	if (reader->has_samples)
		sink_sample_type(sink, STR("samples"), STR("samples"));
	track_id track = sink_track(sink, TRACK_PROFILE, STR(""));
	for (uint32_t i = 0; i < reader->nodes.len; i++) {
		const struct v8_node *node = &reader->nodes.at[i];
		const double weights[] = { node->weight, node->place };
		if (weights[0] != 0 || weights[1] != 0)
			sink_sample(sink, v8_nodes_stack(&reader->nodes, sink, i), track, weights);
	}
}

static void
read_member(struct json_reader *base, struct str key)
{
	struct reader *reader = (struct reader *)base;

	if (str_equal(key, STR("head")))
		v8_nodes_read_tree(&reader->nodes, base);
	else if (str_equal(key, STR("samples")))
		read_samples(reader);
	else
		json_skip(&base->json);
}

static void
read_value(struct json_reader *base)
{
	struct reader *reader = (struct reader *)base;

	if (!reader_object(base))
		return;
	*reader = (struct reader){ .base = *base };
	v8_nodes_init(&reader->nodes);
	reader->nodes.plain = true;
	v8_members(base, read_member);
	push_profile(reader);
	v8_nodes_fini(&reader->nodes);
	vec_fini(&reader->samples);
}

static void
heapprofile_read(struct input *in, struct sink *sink)
{
	struct reader reader = { 0 };

	reader_run(&reader.base, in, sink, read_value);
}

static int
heapprofile_score(const struct probe *probe, const char **why_out)
{
	if (!probe_has(probe, "head.selfSize") && !probe_has(probe, "profile.head.selfSize") && !probe_has(probe, "result.profile.head.selfSize"))
		return 0;
	*why_out = "a tree of nodes with sizes, as V8 writes it";
	return 90;
}

const struct load_format load_heapprofile = {
	.name = "heapprofile",
	.summary = "V8 sampling heap profiles (Node --heap-prof, Chrome)",
	.score = heapprofile_score,
	.read = heapprofile_read,
};
