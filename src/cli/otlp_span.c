/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/otlp_span.h"

#include <inttypes.h>

#include "analysis/trace_ref.h"
#include "cli/otlp_any.h"

/* Seeds of the ids that spans get which the input gave none. */
enum { TRACE_SEED = 0x7261, SPAN_SEED = 0x7370 };

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

	buf_addc(out, '"');
	if (memcmp(ds->tracks[track].trace_id, none, sizeof none) == 0)
		buf_addf(out, "%016" PRIx64 "%016" PRIx64, hash_pair(track, TRACE_SEED), hash_pair(track, TRACE_SEED + 1) | 1);
	else
		trace_id_add(&ds->tracks[track], out);
	buf_addc(out, '"');
}

static bool
is_event_head(const struct detail_row *row)
{
	return strcmp(row->type, "event") == 0 || strcmp(row->type, "flow") == 0;
}

/* Rows as attributes; NULL: all of them. */
static void
add_attributes(const struct details *details, size_t from, size_t to, bool (*is_attribute)(const struct detail_row *row), struct buf *out)
{
	bool first = true;

	buf_add(out, STR("\"attributes\":["));
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &details->at[i];
		if (is_attribute && !is_attribute(row))
			continue;
		buf_add(out, first ? STR("") : STR(","));
		otlp_add_attribute(row->key, row->type, row->value, out);
		first = false;
	}
	buf_addc(out, ']');
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
add_event(const struct details *details, size_t from, size_t to, int64_t later_ns, struct buf *out)
{
	const struct detail_row *head = &details->at[from];
	bool named = is_event_head(head);

	buf_addf(out, "{\"timeUnixNano\":\"%" PRId64 "\",\"name\":", head->time_ns + later_ns);
	otlp_add_string(named ? head->key : STR(""), out);
	buf_addc(out, ',');
	add_attributes(details, from + named, to, NULL, out);
	buf_addc(out, '}');
}

/* Flows have no ids that a link could have: they are events. */
static bool
is_flow(const struct details *details, size_t row)
{
	return strcmp(details->at[row].type, "flow") == 0;
}

static void
add_events(const struct details *details, int64_t later_ns, struct buf *out)
{
	static const enum detail_section sections[] = { DETAIL_EVENT, DETAIL_LINK };
	bool first = true;
	size_t from, end;

	buf_add(out, STR(",\"events\":["));
	for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
		section_rows(details, sections[s], &from, &end);
		for (size_t to; from < end; from = to) {
			to = item_end(details, from, end);
			if (sections[s] == DETAIL_LINK && !is_flow(details, from))
				continue;
			buf_add(out, first ? STR("") : STR(","));
			add_event(details, from, to, later_ns, out);
			first = false;
		}
	}
	buf_addc(out, ']');
}

/* Rows as an object: some are members with names of their own, the others its attributes. */
static void
add_object(const struct details *details, size_t from, size_t to, const char *(*member)(struct str key),
           bool (*is_attribute)(const struct detail_row *row), struct buf *out)
{
	buf_addc(out, '{');
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &details->at[i];
		if (!member(row->key))
			continue;
		buf_addf(out, "\"%s\":", member(row->key));
		otlp_add_string(row->value, out);
		buf_addc(out, ',');
	}
	add_attributes(details, from, to, is_attribute, out);
	buf_addc(out, '}');
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

static bool
is_link_attribute(const struct detail_row *row)
{
	return !link_member(row->key);
}

static void
add_link(const struct details *details, size_t from, size_t to, struct buf *out)
{
	add_object(details, from, to, link_member, is_link_attribute, out);
}

static void
add_links(const struct details *details, struct buf *out)
{
	bool first = true;
	size_t from, end;

	buf_add(out, STR(",\"links\":["));
	section_rows(details, DETAIL_LINK, &from, &end);
	for (size_t to; from < end; from = to) {
		to = item_end(details, from, end);
		if (is_flow(details, from))
			continue;
		buf_add(out, first ? STR("") : STR(","));
		add_link(details, from, to, out);
		first = false;
	}
	buf_addc(out, ']');
}

/* What the record says of the span beside attributes: members of OTLP by their names, the rest as attributes. */
static bool
is_member(struct str key)
{
	return str_equal(key, STR("status.message")) || str_equal(key, STR("trace_state")) || str_equal(key, STR("flags")) ||
	       str_starts(key, STR("dropped"));
}

static bool
is_span_attribute(const struct detail_row *row)
{
	return row->section == DETAIL_ATTRIBUTE || (row->section == DETAIL_SPAN && !is_member(row->key));
}

static void
add_members(const struct details *details, enum span_status status, struct buf *out)
{
	struct str message = STR("");

	for (size_t i = 0; i < details->len && details->at[i].section == DETAIL_SPAN; i++) {
		const struct detail_row *row = &details->at[i];
		if (str_equal(row->key, STR("status.message"))) {
			message = row->value;
		} else if (str_equal(row->key, STR("trace_state"))) {
			buf_add(out, STR(",\"traceState\":"));
			otlp_add_string(row->value, out);
		} else if (is_member(row->key)) {
			buf_addf(out, ",\"%.*s\":%.*s", (int)row->key.len, row->key.at, (int)row->value.len, row->value.at);
		}
	}
	buf_add(out, STR(",\"status\":{"));
	if (status != STATUS_UNSET)
		buf_addf(out, "\"code\":%d%s", (int)status, message.len ? "," : "");
	if (message.len) {
		buf_add(out, STR("\"message\":"));
		otlp_add_string(message, out);
	}
	buf_addc(out, '}');
}

void
otlp_add_span(const struct dataset *ds, span_id span, int64_t later_ns, const struct details *details, struct buf *out)
{
	const struct spans *spans = &ds->spans;
	int64_t start = spans->start_ns[span] + later_ns;
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
	         start, start + spans->duration_ns[span]);
	buf_addc(out, ',');
	add_attributes(details, 0, details->len, is_span_attribute, out);
	add_events(details, later_ns, out);
	add_links(details, out);
	add_members(details, (enum span_status)spans->status[span], out);
	buf_addc(out, '}');
}

void
otlp_add_resource(const struct dataset *ds, group_id group, const struct details *details, struct buf *out)
{
	bool named = false;
	size_t from, to;

	section_rows(details, DETAIL_RESOURCE, &from, &to);
	for (size_t i = from; i < to; i++)
		named |= str_equal(details->at[i].key, STR("service.name"));
	buf_add(out, STR("{\"attributes\":["));
	if (!named && ds->groups[group].has_service) {
		otlp_add_attribute(STR("service.name"), "string", dataset_str(ds, ds->groups[group].service), out);
		buf_add(out, from < to ? STR(",") : STR(""));
	}
	for (size_t i = from; i < to; i++) {
		const struct detail_row *row = &details->at[i];
		buf_add(out, i > from ? STR(",") : STR(""));
		otlp_add_attribute(row->key, row->type, row->value, out);
	}
	buf_add(out, STR("]}"));
}

/* The member of a scope that a row is; NULL: an attribute. */
static const char *
scope_member(struct str key)
{
	return str_equal(key, STR("otel.scope.name")) ? "name" : str_equal(key, STR("otel.scope.version")) ? "version" : NULL;
}

static bool
is_scope_attribute(const struct detail_row *row)
{
	return !scope_member(row->key);
}

void
otlp_add_scope(const struct details *details, struct buf *out)
{
	size_t from, to;

	section_rows(details, DETAIL_SCOPE, &from, &to);
	add_object(details, from, to, scope_member, is_scope_attribute, out);
}
