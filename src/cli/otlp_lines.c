/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/otlp_lines.h"

#include <stdlib.h>

#include "cli/otlp_any.h"
#include "cli/otlp_copy.h"
#include "cli/otlp_span.h"
#include "load/detail.h"
#include "util/vec.h"

struct writer {
	const struct dataset *ds;
	struct buf           *out;
	struct otlp_report   *report;
	struct details        details;       /* of the span that is being written, once they were read */
	bool                  has_details;
	group_id              group;         /* of the span before; ID_NONE: there is none */
	const struct heading *heading;       /* over the span before */
	struct buf            head, next;    /* its resource and scope as text, and those of the span that comes */
	struct buf            record;        /* of the span that is being copied; empty: it is written anew */
	struct buf            logs;          /* as they are found to be such that can be copied */
	struct { VEC(uint32_t); } refs;      /* the log records of the spans that were copied */
};

static void
add_schema(const struct writer *writer, str_id schema, struct buf *out)
{
	if (schema == STR_EMPTY)
		return;
	buf_add(out, STR(",\"schemaUrl\":"));
	otlp_add_string(dataset_str(writer->ds, schema), out);
}

/* Whether the span's record, resource and scope can be copied, and its log records, which otherwise are events of it. */
static bool
copy_span(struct writer *writer, span_id span)
{
	const struct dataset *ds = writer->ds;
	const struct group *group = &ds->groups[ds->spans.group[span]];
	uint64_t left_out = 0;

	buf_clear(&writer->record);
	if (!ds->spans.detail_len[span] || !otlp_copy(ds, group->source, ds->spans.detail_at[span], ds->spans.detail_len[span],
	                                              OTLP_MESSAGE_SPAN, &writer->record, &left_out))
		return false;
	for (uint32_t i = dataset_first_ref(ds, span); i < ds->extra_ref_count && ds->extra_refs[i].span == span; i++) {
		const struct detail_ref *ref = &ds->extra_refs[i];
		buf_clear(&writer->logs);
		if (ref->role != REF_LOG || !otlp_copy(ds, ref->source, ref->at, ref->len, OTLP_MESSAGE_LOG, &writer->logs, NULL))
			return false;
	}
	for (uint32_t i = dataset_first_ref(ds, span); i < ds->extra_ref_count && ds->extra_refs[i].span == span; i++)
		vec_push(&writer->refs, i);
	writer->report->left_out += left_out;
	return true;
}

/* The details of the span that is being written; read once. */
static const struct details *
details_of(struct writer *writer, span_id span)
{
	if (!writer->has_details) {
		details_clear(&writer->details);
		writer->report->without += !details_read(writer->ds, span, &writer->details, NULL);
	}
	writer->has_details = true;
	return &writer->details;
}

/* Resource and scope of a span: as they are in the input, or from its details. */
static void
add_head(struct writer *writer, span_id span, const struct heading *heading, struct buf *out, uint64_t *left_out)
{
	const struct dataset *ds = writer->ds;
	const struct group *group = &ds->groups[ds->spans.group[span]];

	buf_add(out, STR("{\"resource\":"));
	if (!otlp_copy(ds, group->source, group->resource_at, group->resource_len, OTLP_MESSAGE_RESOURCE, out, left_out))
		otlp_add_resource(ds, ds->spans.group[span], details_of(writer, span), out);
	if (heading)
		add_schema(writer, heading->resource_schema, out);
	buf_add(out, STR(",\"scopeSpans\":[{\"scope\":"));
	if (!otlp_copy(ds, group->source, group->scope_at, group->scope_len, OTLP_MESSAGE_SCOPE, out, left_out))
		otlp_add_scope(details_of(writer, span), out);
	if (heading)
		add_schema(writer, heading->scope_schema, out);
	buf_add(out, STR(",\"spans\":["));
}

/* Before a span: a comma, or another resource and scope where they are not those of the span before. */
static void
begin_span(struct writer *writer, span_id span, bool copied)
{
	const struct dataset *ds = writer->ds;
	group_id group = ds->spans.group[span], before = writer->group;
	const struct heading *heading = dataset_heading(ds, ds->groups[group].source, ds->spans.detail_at[span]);
	bool same = before == group && writer->heading == heading && copied;
	uint64_t left_out = 0;

	writer->group = group;
	writer->heading = heading;
	if (same) {
		buf_addc(writer->out, ',');
		return;
	}
	buf_clear(&writer->next);
	add_head(writer, span, heading, &writer->next, &left_out);
	if (before != ID_NONE && str_equal(buf_str(&writer->head), buf_str(&writer->next))) {
		buf_addc(writer->out, ',');
		return;
	}
	buf_add(writer->out, before == ID_NONE ? STR("") : STR("]}]},"));
	buf_add(writer->out, buf_str(&writer->next));
	writer->report->left_out += left_out;
	struct buf kept = writer->head;
	writer->head = writer->next;
	writer->next = kept;
}

static int
compare_places(const void *left, const void *right, void *context)
{
	const struct dataset *ds = context;
	const struct detail_ref *a = &ds->extra_refs[*(const uint32_t *)left], *b = &ds->extra_refs[*(const uint32_t *)right];

	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* The resource and scope of log records, as they are in the input; what cannot be copied is left away and said. */
static void
add_log_head(struct writer *writer, const struct heading *heading, struct buf *out)
{
	static const struct heading none;
	const struct heading *over = heading ? heading : &none;

	buf_add(out, STR("{\"resource\":"));
	if (!otlp_copy(writer->ds, over->source, over->resource_at, over->resource_len, OTLP_MESSAGE_RESOURCE, out, &writer->report->left_out)) {
		buf_add(out, STR("{}"));
		writer->report->headless++;
	}
	add_schema(writer, over->resource_schema, out);
	buf_add(out, STR(",\"scopeLogs\":[{\"scope\":"));
	if (!otlp_copy(writer->ds, over->source, over->scope_at, over->scope_len, OTLP_MESSAGE_SCOPE, out, &writer->report->left_out)) {
		buf_add(out, STR("{}"));
		writer->report->headless++;
	}
	add_schema(writer, over->scope_schema, out);
	buf_add(out, STR(",\"logRecords\":["));
}

/* Log records of spans that were copied, in the order of the input: in those written anew they are events. */
static void
add_logs(struct writer *writer)
{
	const struct dataset *ds = writer->ds;
	const struct heading *before = NULL;

	if (!writer->refs.len)
		return;
	qsort_r(writer->refs.at, writer->refs.len, sizeof *writer->refs.at, compare_places, (void *)(uintptr_t)ds);
	for (size_t i = 0; i < writer->refs.len; i++) {
		const struct detail_ref *ref = &ds->extra_refs[writer->refs.at[i]];
		const struct heading *heading = dataset_heading(ds, ref->source, ref->at);
		if (i == 0 || heading != before) {
			buf_add(writer->out, i == 0 ? STR("{\"resourceLogs\":[") : STR("]}]},"));
			add_log_head(writer, heading, writer->out);
		} else {
			buf_addc(writer->out, ',');
		}
		before = heading;
		(void)otlp_copy(ds, ref->source, ref->at, ref->len, OTLP_MESSAGE_LOG, writer->out, &writer->report->left_out);
	}
	buf_add(writer->out, STR("]}]}]}\n"));
}

/* Whether a time of a span would be read as missing, and what is taken then is another one. */
static bool
is_misread(const struct dataset *ds, span_id span)
{
	const struct spans *spans = &ds->spans;
	const struct source *source = &ds->sources[ds->groups[spans->group[span]].source];
	int64_t start = spans->start_ns[span];
	span_id parent = spans->parent[span];

	if ((start && start + spans->duration_ns[span]) || str_starts(dataset_str(ds, source->format), STR("otlp")))
		return false;
	return start + spans->duration_ns[span] == 0 || ds->tracks[spans->track[span]].start_ns || (parent != ID_NONE && spans->start_ns[parent]);
}

static bool
any_is_misread(const struct dataset *ds, const span_id *spans, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (is_misread(ds, spans[i]))
			return true;
	return false;
}

void
otlp_add_track(const struct dataset *ds, const span_id *spans, uint32_t count, struct buf *out, struct otlp_report *report)
{
	struct writer writer = { .ds = ds, .out = out, .report = report, .group = ID_NONE };

	if (!count)
		return;
	int64_t later_ns = any_is_misread(ds, spans, count);
	report->moved += later_ns > 0;
	buf_add(out, STR("{\"resourceSpans\":["));
	for (uint32_t i = 0; i < count; i++) {
		span_id span = spans[i];
		bool copied = copy_span(&writer, span);
		writer.has_details = false;
		begin_span(&writer, span, copied);
		if (copied)
			buf_add(out, buf_str(&writer.record));
		else
			otlp_add_span(ds, span, later_ns, details_of(&writer, span), out);
	}
	buf_add(out, STR("]}]}]}\n"));
	add_logs(&writer);
	report->spans += count;
	details_fini(&writer.details);
	buf_fini(&writer.head);
	buf_fini(&writer.next);
	buf_fini(&writer.record);
	buf_fini(&writer.logs);
	vec_fini(&writer.refs);
}
