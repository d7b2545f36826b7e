/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/zipkin.h"

#include "load/elements.h"
#include "load/format.h"

static void
read_element(struct zipkin_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);

	if (json_peek(json) == JSON_OBJECT)
		zipkin_span(reader);
	else if (json_skip(json))
		reader_note(&reader->base, NOTE_WARNING, "a value that is no span: passed over", at);
}

static void
span_element(struct json_reader *base)
{
	read_element((struct zipkin_reader *)(void *)base);
}

static void *
read_run(const struct run *run, struct sink *sink, reader_value_fn *read_one)
{
	struct zipkin_reader part = { .open = true };

	sink_group_open(sink);
	elements_walk(&part.base, run, sink, read_one);
	zipkin_reader_fini(&part);
	return NULL;
}

static void *
read_span_run(const void *context, const struct run *run, struct sink *sink)
{
	(void)context;
	return read_run(run, sink, span_element);
}

static void
merge_run(void *context, struct sink *into, struct batch *batch, void *beside)
{
	(void)context;
	(void)beside;
	sink_merge_open(into, batch);
}

/* The elements of the list that was entered, on several threads as far as that goes.  False: there are none. */
static bool
read_elements(struct zipkin_reader *reader, const struct element_reader *runs, reader_value_fn *read_one)
{
	uint32_t depth = reader->base.json.depth;
	uint64_t again_at = 0;
	bool any = false;

	if (!reader->open)
		sink_group_open(reader->base.sink);
	reader->open = true;
	for (;;) {
		if (elements_read(&reader->base, runs, NULL, &again_at)) {
			any = true;
			reader->has_group = false;
		}
		if (!reader_element(&reader->base, depth))
			return any;
		any = true;
		read_one(&reader->base);
	}
}

/* A span, or a list of spans. */
static void
trace_element(struct json_reader *base)
{
	static const struct element_reader runs = { .read = read_span_run, .merge = merge_run };

	if (json_peek(&base->json) != JSON_ARRAY)
		span_element(base);
	else if (json_array(&base->json))
		read_elements((struct zipkin_reader *)(void *)base, &runs, span_element);
}

static void *
read_trace_run(const void *context, const struct run *run, struct sink *sink)
{
	(void)context;
	return read_run(run, sink, trace_element);
}

/* A list of spans, or of lists of them, or of both. */
static void
read_list(struct zipkin_reader *reader)
{
	static const struct element_reader runs = { .read = read_trace_run, .merge = merge_run };
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);

	json_array(json);
	if (!read_elements(reader, &runs, trace_element) && !json->fault)
		reader_note(&reader->base, NOTE_INFO, "a list without traces", at);
}

static void
read_value(struct json_reader *base)
{
	struct zipkin_reader *reader = (struct zipkin_reader *)base;

	if (json_peek(&base->json) == JSON_ARRAY)
		read_list(reader);
	else
		read_element(reader);
	if (reader->open)
		sink_group_close(base->sink);
	reader->open = reader->has_group = false;
	reader->set++;
}

static void
zipkin_read(struct input *in, struct sink *sink)
{
	struct zipkin_reader reader = { 0 };

	reader_run(&reader.base, in, sink, read_value);
	zipkin_reader_fini(&reader);
}

static void
zipkin_read_lines(struct str text, uint64_t offset, uint64_t line, struct sink *sink)
{
	struct zipkin_reader reader = { 0 };

	reader_run_lines(&reader.base, text, offset, line, sink, read_value);
	zipkin_reader_fini(&reader);
}

/* Shapes by their keys: all of a row's paths. */
static const struct probe_shape shapes[] = {
	{ { "[].traceId", "[].id" }, 90, "a list of traceId and id" },
	{ { "[][].traceId", "[][].id" }, 90, "lists of traceId and id" },
	{ { "traceId", "id", "localEndpoint" }, 90, "traceId, id and localEndpoint" },
	{ { "traceId", "id", "annotations" }, 85, "traceId, id and annotations" },
	{ { "traceId", "id", "binaryAnnotations" }, 85, "traceId, id and binaryAnnotations" },
	{ { "traceId", "id" }, 60, "traceId and id" },
};

static int
zipkin_score(const struct probe *probe, const char **why_out)
{
	return probe_shape(probe, shapes, sizeof shapes / sizeof *shapes, why_out);
}

static const char *const given_keys[] = {
	"service.name", "network.local.address", "network.local.port", "peer.service", "network.peer.address",
	"network.peer.port", NULL,
};

const struct load_format load_zipkin = {
	.name = "zipkin",
	.summary = "Zipkin traces as JSON, versions 2 and 1: lists of spans, lists of traces, a span a line",
	.score = zipkin_score,
	.read = zipkin_read,
	.read_lines = zipkin_read_lines,
	.detail = zipkin_detail,
	.given_keys = given_keys,
	.record = zipkin_record,
	.of_spans = true,
};
