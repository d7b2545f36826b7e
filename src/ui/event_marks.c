/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/event_marks.h"

#include "load/detail.h"
#include "util/unit.h"

enum {
	BYTES_AT_ONCE = 256 * 1024,    /* of records: what a key press can wait for; a longer one is read by itself */
	SPANS_KEPT    = 8192,
	MARKS_KEPT    = 65536,
	MARKS_OF_SPAN = 4096,
	NAME_BYTES    = 120,
	SEVERITY_ERROR = 17,
};

static void
forget(struct event_marks *marks)
{
	marks->marks.len = marks->spans.len = 0;
	idmap_fini(&marks->by_span);
	strtab_free(marks->names);
	marks->names = NULL;
}

void
event_marks_fini(struct event_marks *marks)
{
	vec_fini(&marks->marks);
	vec_fini(&marks->spans);
	idmap_fini(&marks->by_span);
	strtab_free(marks->names);
	*marks = (struct event_marks){ 0 };
}

void
event_marks_begin(struct event_marks *marks)
{
	marks->read = 0;
	marks->left = false;
	if (marks->spans.len > SPANS_KEPT || marks->marks.len > MARKS_KEPT)
		forget(marks);
}

static const struct marked_span *
find(const struct event_marks *marks, span_id span)
{
	for (struct idmap_at at = idmap_first(&marks->by_span, hash_u64(span)); idmap_id(&marks->by_span, at) != ID_NONE; at = idmap_next(&marks->by_span, at))
		if (marks->spans.at[idmap_id(&marks->by_span, at)].span == span)
			return &marks->spans.at[idmap_id(&marks->by_span, at)];
	return NULL;
}

static bool
says_error(struct str name)
{
	return str_equal(name, STR("exception")) || str_equal(name, STR("error")) || str_starts(name, STR("exception."));
}

/* A log record of an error, or worse. */
static bool
says_trouble(const struct detail_row *row)
{
	double number;

	return str_equal(row->key, STR("severity_number")) && number_parse(row->value, &number) && number >= SEVERITY_ERROR;
}

/* What an event is called, a log record what it says, as far as a line shows it. */
static str_id
name_of(struct event_marks *marks, struct str text)
{
	struct str name = { text.at, text.len < NAME_BYTES ? text.len : NAME_BYTES };

	if (!marks->names)
		marks->names = strtab_new();
	return strtab_intern(marks->names, name);
}

static void
add_marks(struct event_marks *marks, const struct details *details)
{
	uint32_t before = ID_NONE, count = 0;

	for (size_t i = 0; i < details->len && count < MARKS_OF_SPAN; i++) {
		const struct detail_row *row = &details->at[i];
		if (row->section != DETAIL_EVENT)
			continue;
		if (row->index != before) {
			vec_push(&marks->marks, (struct event_mark){ .time_ns = row->time_ns, .name = name_of(marks, row->key) });
			before = row->index;
			count++;
		}
		struct event_mark *mark = &vec_last(&marks->marks);
		if (str_equal(row->key, STR("body")) && str_equal(strtab_get(marks->names, mark->name), STR("log")))
			mark->name = name_of(marks, row->value);
		mark->bad |= says_trouble(row) || says_error(row->key) || (str_equal(row->key, STR("event")) && says_error(row->value)) ||
		             (str_equal(row->key, STR("level")) && says_error(row->value));
	}
}

void
event_marks_read(struct event_marks *marks, const struct dataset *ds, span_id span)
{
	struct details details = { .wish.without = ~(1u << DETAIL_EVENT) };
	struct error err = { 0 };
	uint32_t len = ds->spans.detail_len[span];

	if (find(marks, span))
		return;
	if (marks->read > 0 && marks->read + len > BYTES_AT_ONCE) {
		marks->left = true;
		return;
	}
	struct marked_span known = { .span = span, .begin = (uint32_t)marks->marks.len };
	if (len > 0 && details_read(ds, span, &details, &err))
		add_marks(marks, &details);
	known.end = (uint32_t)marks->marks.len;
	marks->read += len;
	idmap_add(&marks->by_span, hash_u64(span), (uint32_t)marks->spans.len);
	vec_push(&marks->spans, known);
	details_fini(&details);
}

const struct event_mark *
event_marks_get(const struct event_marks *marks, span_id span, uint32_t *count_out)
{
	const struct marked_span *known = find(marks, span);

	*count_out = known ? known->end - known->begin : 0;
	return *count_out ? &marks->marks.at[known->begin] : NULL;
}
