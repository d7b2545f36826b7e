/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/jaeger.h"

#include "load/elements.h"
#include "util/alloc.h"

static void
span_element(struct json_reader *base)
{
	jaeger_span((struct jaeger_reader *)(void *)base);
}

static void
loose_element(struct json_reader *base)
{
	jaeger_node((struct jaeger_reader *)(void *)base);
}

static void
trace_element(struct json_reader *base)
{
	struct jaeger_reader *reader = (struct jaeger_reader *)(void *)base;

	jaeger_node(reader);
	jaeger_close_set(reader);
}

/* The reader of the run, which knows what the set as a whole asks for in the end. */
static void *
read_span_run(const void *context, const struct run *run, struct sink *sink)
{
	const struct jaeger_reader *whole = context;
	struct jaeger_reader *part = xcalloc(1, sizeof *part);
	bool in_trace = whole->within || !whole->loose;

	memcpy(part->trace_id, whole->trace_id, sizeof part->trace_id);
	part->loose = whole->loose;
	part->within = whole->within;
	sink_group_open(sink);
	part->open = true;
	elements_walk(&part->base, run, sink, in_trace ? span_element : loose_element);
	return part;
}

static void
merge_span_run(void *context, struct sink *into, struct batch *batch, void *beside)
{
	struct jaeger_reader *whole = context, *part = beside;
	span_id first = sink_merge_open(into, batch);

	whole->has_processes |= part->has_processes;
	whole->real_clock |= part->real_clock;
	whole->undescribed += part->undescribed;
	for (size_t i = 0; i < part->zero_starts.len; i++)
		vec_push(&whole->zero_starts, first + part->zero_starts.at[i]);
	jaeger_reader_fini(part);
	free(part);
}

static void *
read_trace_run(const void *context, const struct run *run, struct sink *sink)
{
	struct jaeger_reader part = { 0 };

	(void)context;
	elements_walk(&part.base, run, sink, trace_element);
	jaeger_reader_fini(&part);
	return NULL;
}

static void
merge_trace_run(void *context, struct sink *into, struct batch *batch, void *beside)
{
	(void)context;
	(void)beside;
	sink_merge(into, batch);
}

void
jaeger_read_spans(struct jaeger_reader *reader, uint64_t *again_at)
{
	static const struct element_reader spans = { .read = read_span_run, .merge = merge_span_run };

	elements_read(&reader->base, &spans, reader, again_at);
}

void
jaeger_read_traces(struct jaeger_reader *reader, uint64_t *again_at)
{
	static const struct element_reader traces = { .read = read_trace_run, .merge = merge_trace_run };

	elements_read(&reader->base, &traces, NULL, again_at);
}
