/* SPDX-License-Identifier: MIT
 * Markers: the rows of their table become spans of the thread, what is told of them is read again when somebody looks.
 * What kind of marker one is and when it ends stands in columns; before there were such columns, in its data. */
#include "config.h"

#include "load/gecko.h"

#include <math.h>
#include <stdlib.h>

#include "util/alloc.h"

enum marker_phase { PHASE_INSTANT, PHASE_INTERVAL, PHASE_START, PHASE_END };

static const char note_lengths[] = "columns of markers are not equally long: rows that are not complete are left out";
static const char note_no_time[] = "a marker without a time: left out";
static const char note_phase[] = "a marker of an unknown phase: taken for an instant";
static const char note_clock[] = "markers of a recording are on another clock than its samples: passed over";

static uint8_t
read_interval(struct gecko_reader *reader, uint8_t phase)
{
	struct str text;

	if (!json_string(&reader->base.json, &text))
		return phase;
	return str_equal(text, STR("start")) ? PHASE_START : str_equal(text, STR("end")) ? PHASE_END : phase;
}

void
gecko_marker_data(struct gecko_reader *reader, struct gecko_table *table, uint32_t row)
{
	struct json *json = &reader->base.json;
	struct gecko_told told = { .row = row, .phase = PHASE_INSTANT, .start = NAN, .end = NAN };
	uint64_t at = json_offset(json);
	struct str key;

	if (json_peek(json) != JSON_OBJECT) {
		json_skip(json);
		return;
	}
	json_object(json);
	while (json_key(json, &key)) {
		if (str_equal(key, STR("interval")) && json_peek(json) == JSON_STRING)
			told.phase = read_interval(reader, told.phase);
		else if (str_equal(key, STR("startTime")) && json_peek(json) == JSON_NUMBER)
			told.start = column_number(&reader->base);
		else if (str_equal(key, STR("endTime")) && json_peek(json) == JSON_NUMBER)
			told.end = column_number(&reader->base);
		else
			json_skip(json);
	}
	if (json->fault)
		return;
	if (told.phase == PHASE_INSTANT && !isnan(told.start) && !isnan(told.end))
		told.phase = PHASE_INTERVAL;
	if (told.phase != PHASE_INSTANT)
		vec_push(&table->told, told);
	/* The places of a text inside the file are none of the file. */
	if (!reader->in_text && json_offset(json) - at <= UINT32_MAX)
		vec_push(&table->data, (struct gecko_data){ at, row, (uint32_t)(json_offset(json) - at) });
}

/* Both lists are sparse and in order of rows. */

static int
compare_data(const void *key, const void *element)
{
	uint32_t row = *(const uint32_t *)key, other = ((const struct gecko_data *)element)->row;

	return row < other ? -1 : row > other;
}

static int
compare_told(const void *key, const void *element)
{
	uint32_t row = *(const uint32_t *)key, other = ((const struct gecko_told *)element)->row;

	return row < other ? -1 : row > other;
}

static const struct gecko_data *
data_of(const struct gecko_table *table, uint32_t row)
{
	return table->data.len ? bsearch(&row, table->data.at, table->data.len, sizeof *table->data.at, compare_data) : NULL;
}

static const struct gecko_told *
told_of(const struct gecko_table *table, uint32_t row)
{
	return table->told.len ? bsearch(&row, table->told.at, table->told.len, sizeof *table->told.at, compare_told) : NULL;
}

/* The markers of a thread on their way into the sink. */
struct markers {
	const struct gecko_view  *view;
	const struct gecko_table *table;
	struct sink *sink;
	track_id     track;
	str_id       track_process, track_name;
	uint32_t     count;
	int64_t      last_ns;    /* of anything on the track */
	uint32_t    *partner;    /* of a start the row that ends it, of an end the one that begins it; ID_NONE: there is none */
	struct dataset *ds;
	source_id    source;
};

static enum marker_phase
phase_of(const struct markers *markers, uint32_t row)
{
	const struct gecko_told *told;

	if (markers->table->id[MARKER_PHASE].len) {
		uint32_t phase = gecko_id(markers->table, MARKER_PHASE, row);
		return phase <= PHASE_END ? (enum marker_phase)phase : PHASE_INSTANT;
	}
	told = told_of(markers->table, row);
	return told ? (enum marker_phase)told->phase : PHASE_INSTANT;
}

/* An end goes with the last start of its name that has none yet. */
static void
pair(struct markers *markers)
{
	uint32_t names = (uint32_t)markers->view->strings->strings.len;
	uint32_t *open = xreallocarray(NULL, names, sizeof *open);    /* by name: the last start, whose partner is the one before */

	for (uint32_t i = 0; i < names; i++)
		open[i] = ID_NONE;
	for (uint32_t row = 0; row < markers->count; row++) {
		uint32_t name = gecko_id(markers->table, MARKER_NAME, row), start;
		enum marker_phase phase = phase_of(markers, row);

		markers->partner[row] = ID_NONE;
		if (name >= names || (phase != PHASE_START && phase != PHASE_END))
			continue;
		start = open[name];
		if (phase == PHASE_START) {
			markers->partner[row] = start;
			open[name] = row;
		} else if (start != ID_NONE) {
			open[name] = markers->partner[start];
			markers->partner[start] = row;
			markers->partner[row] = start;
		}
	}
	for (uint32_t i = 0; i < names; i++)
		for (uint32_t row = open[i], before; row != ID_NONE; row = before) {
			before = markers->partner[row];
			markers->partner[row] = ID_NONE;
		}
	free(open);
}

/* When the row says that the marker began, or was, and when it ended; NaN: not told. */
static double
start_of(const struct markers *markers, uint32_t row)
{
	const struct gecko_told *told;
	double start = gecko_number(markers->table, MARKER_START, row);

	if (markers->table->id[MARKER_PHASE].len)
		return start;
	told = told_of(markers->table, row);
	return told && told->phase == PHASE_INTERVAL ? told->start : start;
}

static double
end_of(const struct markers *markers, uint32_t row)
{
	const struct gecko_told *told;

	if (markers->table->id[MARKER_PHASE].len)
		return gecko_number(markers->table, MARKER_END, row);
	told = told_of(markers->table, row);
	return told && told->phase == PHASE_INTERVAL ? told->end : NAN;
}

/* Of a row that only ends. */
static double
ending_of(const struct markers *markers, uint32_t row)
{
	double end = end_of(markers, row);

	return isnan(end) ? gecko_number(markers->table, MARKER_START, row) : end;
}

/* Start and end in the span.  False: there is no time. */
static bool
set_times(const struct markers *markers, uint32_t row, struct span_in *span)
{
	enum marker_phase phase = phase_of(markers, row);
	uint32_t partner = markers->partner[row];
	double start = start_of(markers, row), end = start;

	if (phase == PHASE_INTERVAL)
		end = isnan(end_of(markers, row)) ? start : end_of(markers, row);
	else if (phase == PHASE_START)
		end = partner == ID_NONE ? NAN : ending_of(markers, partner);
	else if (phase == PHASE_END)
		end = ending_of(markers, row);
	if (phase == PHASE_END)
		start = NAN;
	span->has_start = gecko_time(markers->view->process, start, &span->start_ns);
	span->has_end = gecko_time(markers->view->process, end, &span->end_ns);
	return span->has_start || (phase == PHASE_END && span->has_end);
}

/* When the last marker or sample of the thread was. */
static int64_t
last_of(const struct markers *markers)
{
	const struct samples *samples = &markers->ds->samples;
	int64_t last = INT64_MIN;

	if (samples->count && samples_have_times(samples) && samples_track(samples, samples->count - 1) == markers->track)
		last = samples_time(samples, samples->count - 1);
	for (uint32_t row = 0; row < markers->count; row++) {
		struct span_in span = { 0 };

		(void)set_times(markers, row, &span);
		if (span.has_start && span.start_ns > last)
			last = span.start_ns;
		if (span.has_end && span.end_ns > last)
			last = span.end_ns;
	}
	return last;
}

static struct str
name_of(const struct markers *markers, uint32_t row)
{
	const struct gecko_tables *strings = markers->view->strings;
	uint32_t name = gecko_id(markers->table, MARKER_NAME, row);

	return name < strings->strings.len ? strtab_get(markers->view->reader->strings, strings->strings.at[name]) : STR("<unknown>");
}

/* Categories are what spans have services for: what a marker is of.  Without them it is of its process. */
static void
enter_category(const struct markers *markers, uint32_t row)
{
	const struct gecko_process *process = markers->view->process;
	uint32_t category = gecko_id(markers->table, MARKER_CATEGORY, row);
	struct strtab *strings = markers->view->reader->strings;
	struct str name = category < process->categories.len ? strtab_get(strings, process->categories.at[category]) : STR("");

	if (!name.len)
		name = strtab_get(strings, markers->track_process);
	if (!name.len)
		name = strtab_get(strings, markers->track_name);
	sink_group_switch(markers->sink, name);
	sink_group_service(markers->sink, name);
}

static void
push(const struct markers *markers, uint32_t row)
{
	const struct gecko_data *data = data_of(markers->table, row);
	uint32_t partner = markers->partner[row];
	struct span_in span = {
		.id = (uint64_t)row + 1, .name = name_of(markers, row), .kind = SPAN_INTERNAL,
		.detail_at = data ? data->at : markers->table->at, .detail_len = data ? data->len : GECKO_NO_DATA,
	};
	span_id id;

	if (!set_times(markers, row, &span)) {
		sink_note(markers->sink, NOTE_WARNING, note_no_time, 0, SINK_NO_BYTE, span.name);
		return;
	}
	enter_category(markers, row);
	bool unfinished = !span.has_end;
	if (unfinished) {
		span.has_end = true;
		span.end_ns = markers->last_ns;
	}
	id = sink_thread_span(markers->sink, markers->track, &span);
	if (unfinished)
		markers->ds->spans.flags[id] |= SPAN_UNFINISHED;
	data = partner == ID_NONE ? NULL : data_of(markers->table, partner);
	if (data)
		dataset_add_extra_ref(markers->ds, &(struct detail_ref){
			.span = id, .source = markers->source, .at = data->at, .len = data->len, .role = REF_PART,
		});
}

/* How many rows have a name and a time. */
static uint32_t
rows_of(const struct markers *markers)
{
	const struct gecko_table *table = markers->table;
	size_t names = table->id[MARKER_NAME].len, starts = packed_doubles_len(&table->number[MARKER_START]), least = names < starts ? names : starts;
	size_t phases = table->id[MARKER_PHASE].len;

	if (phases && phases < least)
		least = phases;
	if (least != names || least != starts)
		sink_note(markers->sink, NOTE_WARNING, note_lengths, 0, SINK_NO_BYTE, STR(""));
	return least < ID_NONE ? (uint32_t)least : ID_NONE - 1;
}

void
gecko_push_markers(const struct gecko_view *view, const struct gecko_thread *thread, track_id track)
{
	struct sink *sink = view->reader->base.sink;
	struct markers markers = {
		.view = view, .table = &thread->own.table[GECKO_MARKERS], .sink = sink, .track = track, .ds = sink_dataset(sink),
		.track_process = thread->process_name != STR_EMPTY ? thread->process_name : thread->process_type, .track_name = thread->name,
	};
	uint64_t unknown = 0;

	markers.count = rows_of(&markers);
	if (view->reader->is_recording)
		sink_note_many(sink, NOTE_INFO, note_clock, markers.count);
	if (!markers.count || view->reader->is_recording)
		return;
	markers.source = markers.ds->source_count - 1;
	markers.partner = xreallocarray(NULL, markers.count, sizeof *markers.partner);
	pair(&markers);
	markers.last_ns = last_of(&markers);
	sink_group_open(sink);
	for (uint32_t row = 0; row < markers.count; row++) {
		unknown += markers.table->id[MARKER_PHASE].len && gecko_id(markers.table, MARKER_PHASE, row) > PHASE_END;
		if (phase_of(&markers, row) != PHASE_END || markers.partner[row] == ID_NONE)
			push(&markers, row);
	}
	sink_group_close(sink);
	sink_note_many(sink, NOTE_WARNING, note_phase, unknown);
	free(markers.partner);
}
