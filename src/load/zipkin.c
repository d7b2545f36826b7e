/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/zipkin.h"

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

/* A list of spans, or of lists of them, or of both. */
static void
read_list(struct zipkin_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);
	bool any = false;
	uint32_t depth;

	json_array(json);
	depth = json->depth;
	while (reader_element(&reader->base, depth)) {
		any = true;
		if (json_peek(json) != JSON_ARRAY) {
			read_element(reader);
			continue;
		}
		json_array(json);
		while (reader_element(&reader->base, depth + 1))
			read_element(reader);
	}
	if (!any && !json->fault)
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
