/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/otlp_lines.h"

#include "cli/otlp_span.h"
#include "load/detail.h"
#include "load/json.h"

struct writer {
	const struct dataset *ds;
	struct buf           *out;
	struct details        details;       /* of the span that is being written anew */
	group_id              group;         /* of the span before; ID_NONE: there is none */
	struct buf            head, next;    /* its resource and scope as text, and those of the span that comes */
};

/* Whether a record is JSON as every reader takes it, and so can be copied. */
static bool
is_strict(const struct source *source, uint64_t at, uint32_t len)
{
	struct json json;

	if (!len || at > source->size || len > source->size - at)
		return false;
	json_init_memory(&json, (struct str){ source->bytes + at, len }, 0, JSON_STRICT);
	bool strict = json_next(&json) && json_skip(&json) && !json.fault;
	json_fini(&json);
	return strict;
}

/* A strict record of the input on one line: line ends can only stand between its values. */
static void
add_record(const struct source *source, uint64_t at, uint32_t len, struct buf *out)
{
	size_t begin = out->len;

	buf_add(out, (struct str){ source->bytes + at, len });
	for (size_t i = begin; i < out->len; i++)
		if (out->at[i] == '\n' || out->at[i] == '\r')
			out->at[i] = ' ';
}

/* Whether resource and scope of a group can be copied, if it has them. */
static bool
is_copied(const struct dataset *ds, group_id id)
{
	const struct group *group = &ds->groups[id];
	const struct source *source = &ds->sources[group->source];

	return source->bytes && str_equal(dataset_str(ds, source->format), STR("otlp-json")) &&
	       (!group->resource_len || is_strict(source, group->resource_at, group->resource_len)) &&
	       (!group->scope_len || is_strict(source, group->scope_at, group->scope_len));
}

static bool
span_is_copied(const struct dataset *ds, span_id span)
{
	const struct source *source = &ds->sources[ds->groups[ds->spans.group[span]].source];

	return source->bytes && str_equal(dataset_str(ds, source->format), STR("otlp-json")) &&
	       is_strict(source, ds->spans.detail_at[span], ds->spans.detail_len[span]);
}

/* Resource and scope of a span whose details were read, unless it is copied. */
static void
add_head(struct writer *writer, span_id span, bool copied, struct buf *out)
{
	const struct dataset *ds = writer->ds;
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];

	copied = copied && is_copied(ds, ds->spans.group[span]);
	buf_add(out, STR("{\"resource\":"));
	if (!copied)
		otlp_add_resource(ds, ds->spans.group[span], &writer->details, out);
	else if (group->resource_len)
		add_record(source, group->resource_at, group->resource_len, out);
	else
		buf_add(out, STR("{}"));
	buf_add(out, STR(",\"scopeSpans\":[{\"scope\":"));
	if (!copied)
		otlp_add_scope(&writer->details, out);
	else if (group->scope_len)
		add_record(source, group->scope_at, group->scope_len, out);
	else
		buf_add(out, STR("{}"));
	buf_add(out, STR(",\"spans\":["));
}

/* Before a span: a comma, or another resource and scope where they are not those of the span before. */
static void
begin_span(struct writer *writer, span_id span, bool copied)
{
	group_id group = writer->ds->spans.group[span], before = writer->group;

	writer->group = group;
	if (before == group && copied) {
		buf_addc(writer->out, ',');
		return;
	}
	buf_clear(&writer->next);
	add_head(writer, span, copied, &writer->next);
	if (before != ID_NONE && str_equal(buf_str(&writer->head), buf_str(&writer->next))) {
		buf_addc(writer->out, ',');
		return;
	}
	buf_add(writer->out, before == ID_NONE ? STR("") : STR("]}]},"));
	buf_add(writer->out, buf_str(&writer->next));
	struct buf kept = writer->head;
	writer->head = writer->next;
	writer->next = kept;
}

/* Log records of spans that were copied: in those written anew they are events. */
static void
add_logs(struct writer *writer, const span_id *spans, uint32_t count)
{
	const struct dataset *ds = writer->ds;
	bool any = false;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t ref = span_is_copied(ds, spans[i]) ? dataset_first_ref(ds, spans[i]) : ds->extra_ref_count;
		for (; ref < ds->extra_ref_count && ds->extra_refs[ref].span == spans[i]; ref++) {
			const struct source *source = &ds->sources[ds->extra_refs[ref].source];
			if (ds->extra_refs[ref].role != REF_LOG || !source->bytes || !str_equal(dataset_str(ds, source->format), STR("otlp-json")) ||
			    !is_strict(source, ds->extra_refs[ref].at, ds->extra_refs[ref].len))
				continue;
			buf_add(writer->out, any ? STR(",") : STR("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["));
			add_record(source, ds->extra_refs[ref].at, ds->extra_refs[ref].len, writer->out);
			any = true;
		}
	}
	buf_add(writer->out, any ? STR("]}]}]}\n") : STR(""));
}

void
otlp_add_track(const struct dataset *ds, const span_id *spans, uint32_t count, struct buf *out, struct otlp_report *report)
{
	struct writer writer = { .ds = ds, .out = out, .group = ID_NONE };

	if (!count)
		return;
	buf_add(out, STR("{\"resourceSpans\":["));
	for (uint32_t i = 0; i < count; i++) {
		span_id span = spans[i];
		bool copied = span_is_copied(ds, span);
		if (!copied || !is_copied(ds, ds->spans.group[span])) {
			details_clear(&writer.details);
			report->without += !details_read(ds, span, &writer.details, NULL);
		}
		begin_span(&writer, span, copied);
		if (copied)
			add_record(&ds->sources[ds->groups[ds->spans.group[span]].source], ds->spans.detail_at[span], ds->spans.detail_len[span], out);
		else
			otlp_add_span(ds, span, &writer.details, out);
	}
	buf_add(out, STR("]}]}]}\n"));
	add_logs(&writer, spans, count);
	report->spans += count;
	details_fini(&writer.details);
	buf_fini(&writer.head);
	buf_fini(&writer.next);
}
