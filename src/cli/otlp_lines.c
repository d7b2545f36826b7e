/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/otlp_lines.h"

#include <inttypes.h>

#include "cli/otlp_any.h"
#include "load/detail.h"
#include "load/json.h"

/* Seeds of the ids that spans get which the input gave none. */
enum { TRACE_SEED = 0x7261, SPAN_SEED = 0x7370 };

struct writer {
	const struct dataset *ds;
	struct buf           *out;
	struct otlp_report   *report;
	struct details        details;       /* of the span that is being written anew */
	group_id              group;         /* of the span before; ID_NONE: there is none */
	struct buf            head, next;    /* its resource and scope as text, and those of the span that comes */
};

static void
add_hex(uint64_t value, struct buf *out)
{
	buf_addf(out, "\"%016" PRIx64 "\"", value);
}

static uint64_t
span_id_of(const struct dataset *ds, span_id span)
{
	return ds->spans.id[span] ? ds->spans.id[span] : hash_pair(span, SPAN_SEED) | 1;
}

static void
add_trace_id(const struct dataset *ds, track_id track, struct buf *out)
{
	static const uint8_t none[16];
	const uint8_t *id = ds->tracks[track].trace_id;

	buf_addc(out, '"');
	if (memcmp(id, none, sizeof none) == 0)
		buf_addf(out, "%016" PRIx64 "%016" PRIx64, hash_pair(track, TRACE_SEED), hash_pair(track, TRACE_SEED + 1) | 1);
	else
		for (size_t i = 0; i < sizeof none; i++)
			buf_addf(out, "%02x", id[i]);
	buf_addc(out, '"');
}

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

/* ---- written anew */

static bool
is_event_head(const struct detail_row *row)
{
	return strcmp(row->type, "event") == 0 || strcmp(row->type, "flow") == 0;
}

/* Rows of a section from *at on, as long as they belong to one event or link, as attributes. */
static void
add_attributes(struct writer *writer, size_t from, size_t to)
{
	buf_add(writer->out, STR(",\"attributes\":["));
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &writer->details.at[i];
		if (i > from)
			buf_addc(writer->out, ',');
		otlp_add_attribute(row->key, row->type, row->value, writer->out);
	}
	buf_addc(writer->out, ']');
}

/* The rows [*from, *to) of a section. */
static bool
section_rows(const struct details *details, enum detail_section section, size_t *from, size_t *to)
{
	*from = 0;
	while (*from < details->len && details->at[*from].section != section)
		++*from;
	*to = *from;
	while (*to < details->len && details->at[*to].section == section)
		++*to;
	return *from < *to;
}

/* Where the event or link that begins at a row ends. */
static size_t
item_end(const struct details *details, size_t from, size_t end)
{
	size_t to = from + 1;

	while (to < end && details->at[to].index == details->at[from].index && !is_event_head(&details->at[to]))
		to++;
	return to;
}

static void
add_event(struct writer *writer, size_t from, size_t to)
{
	const struct detail_row *head = &writer->details.at[from];
	bool named = is_event_head(head);

	buf_addf(writer->out, "{\"timeUnixNano\":\"%" PRId64 "\",\"name\":", head->time_ns);
	otlp_add_string(named ? head->key : STR(""), writer->out);
	add_attributes(writer, from + named, to);
	buf_addc(writer->out, '}');
}

/* Flows have no ids that a link could have: they are events. */
static bool
is_flow(const struct writer *writer, size_t row)
{
	return strcmp(writer->details.at[row].type, "flow") == 0;
}

static void
add_events(struct writer *writer)
{
	static const enum detail_section sections[] = { DETAIL_EVENT, DETAIL_LINK };
	bool first = true;
	size_t from, end;

	buf_add(writer->out, STR(",\"events\":["));
	for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
		section_rows(&writer->details, sections[s], &from, &end);
		for (size_t to; from < end; from = to) {
			to = item_end(&writer->details, from, end);
			if (sections[s] == DETAIL_LINK && !is_flow(writer, from))
				continue;
			buf_add(writer->out, first ? STR("") : STR(","));
			add_event(writer, from, to);
			first = false;
		}
	}
	buf_addc(writer->out, ']');
}

/* A member of a link has its own name in OTLP; other rows are attributes. */
static const char *
link_member(struct str key)
{
	static const char *const names[][2] = { { "trace_id", "traceId" }, { "span_id", "spanId" }, { "trace_state", "traceState" } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(key, str_of(names[i][0])))
			return names[i][1];
	return NULL;
}

static void
add_link(struct writer *writer, size_t from, size_t to)
{
	struct buf *out = writer->out;
	bool first = true;

	buf_addc(out, '{');
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &writer->details.at[i];
		const char *member = link_member(row->key);
		if (!member)
			continue;
		buf_addf(out, "%s\"%s\":", first ? "" : ",", member);
		otlp_add_string(row->value, out);
		first = false;
	}
	buf_addf(out, "%s\"attributes\":[", first ? "" : ",");
	first = true;
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &writer->details.at[i];
		if (link_member(row->key))
			continue;
		buf_add(out, first ? STR("") : STR(","));
		otlp_add_attribute(row->key, row->type, row->value, out);
		first = false;
	}
	buf_add(out, STR("]}"));
}

static void
add_links(struct writer *writer)
{
	bool first = true;
	size_t from, end;

	buf_add(writer->out, STR(",\"links\":["));
	section_rows(&writer->details, DETAIL_LINK, &from, &end);
	for (size_t to; from < end; from = to) {
		to = item_end(&writer->details, from, end);
		if (is_flow(writer, from))
			continue;
		buf_add(writer->out, first ? STR("") : STR(","));
		add_link(writer, from, to);
		first = false;
	}
	buf_addc(writer->out, ']');
}

/* What the record says of the span beside attributes: members of OTLP by their names, the rest as attributes. */
static bool
is_member(struct str key)
{
	return str_equal(key, STR("status.message")) || str_equal(key, STR("trace_state")) || str_equal(key, STR("flags")) ||
	       str_starts(key, STR("dropped"));
}

static void
add_span_attributes(struct writer *writer)
{
	bool first = true;

	buf_add(writer->out, STR(",\"attributes\":["));
	for (size_t i = 0; i < writer->details.len; i++) {
		const struct detail_row *row = &writer->details.at[i];
		if (row->section != DETAIL_ATTRIBUTE && (row->section != DETAIL_SPAN || is_member(row->key)))
			continue;
		buf_add(writer->out, first ? STR("") : STR(","));
		otlp_add_attribute(row->key, row->type, row->value, writer->out);
		first = false;
	}
	buf_addc(writer->out, ']');
}

static void
add_members(struct writer *writer, enum span_status status)
{
	struct str message = STR("");

	for (size_t i = 0; i < writer->details.len && writer->details.at[i].section == DETAIL_SPAN; i++) {
		const struct detail_row *row = &writer->details.at[i];
		if (str_equal(row->key, STR("status.message"))) {
			message = row->value;
		} else if (str_equal(row->key, STR("trace_state"))) {
			buf_add(writer->out, STR(",\"traceState\":"));
			otlp_add_string(row->value, writer->out);
		} else if (is_member(row->key)) {
			buf_addf(writer->out, ",\"%.*s\":%.*s", (int)row->key.len, row->key.at, (int)row->value.len, row->value.at);
		}
	}
	buf_add(writer->out, STR(",\"status\":{"));
	if (status != STATUS_UNSET)
		buf_addf(writer->out, "\"code\":%d%s", (int)status, message.len ? "," : "");
	if (message.len) {
		buf_add(writer->out, STR("\"message\":"));
		otlp_add_string(message, writer->out);
	}
	buf_addc(writer->out, '}');
}

static void
add_span(struct writer *writer, span_id span)
{
	const struct dataset *ds = writer->ds;
	const struct spans *spans = &ds->spans;
	struct buf *out = writer->out;
	uint64_t parent = spans->parent_id[span];

	buf_add(out, STR("{\"traceId\":"));
	add_trace_id(ds, spans->track[span], out);
	buf_add(out, STR(",\"spanId\":"));
	add_hex(span_id_of(ds, span), out);
	/* The halves of a call have one id, by which they find each other again. */
	if (!parent && spans->parent[span] != ID_NONE && span_id_of(ds, spans->parent[span]) != span_id_of(ds, span))
		parent = span_id_of(ds, spans->parent[span]);
	if (parent) {
		buf_add(out, STR(",\"parentSpanId\":"));
		add_hex(parent, out);
	}
	buf_add(out, STR(",\"name\":"));
	otlp_add_string(frame_name(ds, spans->frame[span]), out);
	buf_addf(out, ",\"kind\":%u,\"startTimeUnixNano\":\"%" PRId64 "\",\"endTimeUnixNano\":\"%" PRId64 "\"", spans->kind[span],
	         spans->start_ns[span], spans->start_ns[span] + spans->duration_ns[span]);
	add_span_attributes(writer);
	add_events(writer);
	add_links(writer);
	add_members(writer, (enum span_status)spans->status[span]);
	buf_addc(out, '}');
}

static void
add_resource(struct writer *writer, group_id group, struct buf *out)
{
	const struct dataset *ds = writer->ds;
	bool named = false;
	size_t from, to;

	section_rows(&writer->details, DETAIL_RESOURCE, &from, &to);
	for (size_t i = from; i < to; i++)
		named |= str_equal(writer->details.at[i].key, STR("service.name"));
	buf_add(out, STR("{\"attributes\":["));
	if (!named && ds->groups[group].has_service) {
		otlp_add_attribute(STR("service.name"), "string", dataset_str(ds, ds->groups[group].service), out);
		buf_add(out, from < to ? STR(",") : STR(""));
	}
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &writer->details.at[i];
		buf_add(out, i > from ? STR(",") : STR(""));
		otlp_add_attribute(row->key, row->type, row->value, out);
	}
	buf_add(out, STR("]}"));
}

static void
add_scope(struct writer *writer, struct buf *out)
{
	bool first = true;
	size_t from, to;

	section_rows(&writer->details, DETAIL_SCOPE, &from, &to);
	buf_addc(out, '{');
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &writer->details.at[i];
		bool name = str_equal(row->key, STR("otel.scope.name")), version = str_equal(row->key, STR("otel.scope.version"));
		if (!name && !version)
			continue;
		buf_addf(out, "\"%s\":", name ? "name" : "version");
		otlp_add_string(row->value, out);
		buf_addc(out, ',');
	}
	buf_add(out, STR("\"attributes\":["));
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &writer->details.at[i];
		if (str_equal(row->key, STR("otel.scope.name")) || str_equal(row->key, STR("otel.scope.version")))
			continue;
		buf_add(out, first ? STR("") : STR(","));
		otlp_add_attribute(row->key, row->type, row->value, out);
		first = false;
	}
	buf_add(out, STR("]}"));
}

/* ---- groups */

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
		add_resource(writer, ds->spans.group[span], out);
	else if (group->resource_len)
		add_record(source, group->resource_at, group->resource_len, out);
	else
		buf_add(out, STR("{}"));
	buf_add(out, STR(",\"scopeSpans\":[{\"scope\":"));
	if (!copied)
		add_scope(writer, out);
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
	struct writer writer = { .ds = ds, .out = out, .report = report, .group = ID_NONE };

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
			add_span(&writer, span);
	}
	buf_add(out, STR("]}]}]}\n"));
	add_logs(&writer, spans, count);
	report->spans += count;
	details_fini(&writer.details);
	buf_fini(&writer.head);
	buf_fini(&writer.next);
}
