/* SPDX-License-Identifier: MIT
 * One condition on all spans: decided once for each frame, group, track or distinct value, then spread over the spans. */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/forest.h"
#include "analysis/query_core.h"
#include "analysis/trace_list.h"
#include "analysis/trace_ref.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/unit.h"

enum { ASK_EVERY = 1 << 18 };    /* spans between two looks at the job; a multiple of 64 */

/* Whole numbers that satisfy a condition: those from low to high, or all others. */
struct range {
	int64_t low, high;
	bool    others;
};

static bool
order_holds(enum query_op op, int order)
{
	switch (op) {
	case OP_EQ: return order == 0;
	case OP_NE: return order != 0;
	case OP_LT: return order < 0;
	case OP_LE: return order <= 0;
	case OP_GT: return order > 0;
	case OP_GE: return order >= 0;
	default:    return false;
	}
}

bool
query_text_holds(const struct query_test *test, struct str text, bool numbers)
{
	double number;

	if (test->op == OP_EXISTS)
		return true;
	/* Of a search that is given up nothing is known: neither ~ nor !~ holds. */
	if (test->value.regex)
		return regex_search(test->value.regex, text, NULL, NULL) == (test->op == OP_MATCH ? REGEX_YES : REGEX_NO);
	bool is_number = numbers && number_parse(text, &number);
	if (is_number && test->value.kind == VALUE_NUMBER)
		return order_holds(test->op, query_compare_numbers(number, text, test->value.number, test->value.text));
	if (numbers && test->op != OP_EQ && test->op != OP_NE && (is_number || test->value.kind == VALUE_NUMBER))
		return false;
	return order_holds(test->op, str_compare(text, test->value.text));
}

/* ---- from what spans share to the spans */

/* Bits of items 0 .. count whose key is marked; marks NULL: of none. */
static uint64_t *
spread(const struct query_run *run, const uint32_t *key, const uint8_t *marks)
{
	uint32_t count = run->ds->spans.count;
	uint64_t *bits = bits_new(count);

	for (uint32_t i = 0; i < count; i += 64) {
		uint32_t end = count - i < 64 ? count : i + 64;
		uint64_t word = 0;
		for (uint32_t j = i; j < end; j++)
			word |= (uint64_t)marks[key[j]] << (j - i);
		bits[i / 64] = word;
		if (i % ASK_EVERY == 0 && job_stopped(run->job)) {
			free(bits);
			return NULL;
		}
	}
	return bits;
}

static uint64_t *
spread_bytes(const struct query_run *run, const uint8_t *key, const uint8_t *marks)
{
	uint32_t count = run->ds->spans.count;
	uint64_t *bits = bits_new(count);

	for (uint32_t i = 0; i < count; i++)
		bits[i / 64] |= (uint64_t)marks[key[i]] << (i % 64);
	return bits;
}

static uint64_t *
test_name(const struct query_run *run, const struct query_test *test)
{
	const struct dataset *ds = run->ds;
	uint8_t *marks = xcalloc(ds->frame_count, 1);

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (ds->frames[frame].of_span && (test->op != OP_EXISTS || frame_name(ds, frame).len))
			marks[frame] = query_text_holds(test, frame_name(ds, frame), false);
	uint64_t *bits = spread(run, ds->spans.frame, marks);
	free(marks);
	return bits;
}

static uint64_t *
test_service(const struct query_run *run, const struct query_test *test)
{
	const struct dataset *ds = run->ds;
	uint8_t *marks = xcalloc(ds->group_count, 1);

	for (group_id group = 0; group < ds->group_count; group++)
		if (test->op != OP_EXISTS || ds->groups[group].has_service)
			marks[group] = query_text_holds(test, dataset_str(ds, ds->groups[group].service), false);
	uint64_t *bits = spread(run, ds->spans.group, marks);
	free(marks);
	return bits;
}

/* kind, status and error: a byte per span, each of a few words. */
static uint64_t *
test_word(const struct query_run *run, const struct query_test *test)
{
	const struct spans *spans = &run->ds->spans;
	uint8_t marks[8] = { 0 };
	bool of_kind = test->field == FIELD_KIND;
	const char *const *words = of_kind ? query_kind_words : query_status_words;

	for (size_t i = 0; words[i]; i++) {
		const char *word = test->field != FIELD_ERROR ? words[i] : i == STATUS_ERROR ? "true" : "false";
		marks[i] = query_text_holds(test, str_of(word), false);
	}
	return spread_bytes(run, of_kind ? spans->kind : spans->status, marks);
}

/* ---- ids */

/* An id as it is compared: with its zeros in front, in lower case. */
static void
pad_id(struct str text, size_t digits, char *out)
{
	memset(out, '0', digits);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		out[digits - text.len + i] = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
	}
	out[digits] = '\0';
}

static uint64_t *
test_trace(const struct query_run *run, const struct query_test *test)
{
	const struct dataset *ds = run->ds;
	uint8_t *marks = xcalloc(ds->track_count, 1);
	struct query_test padded = *test;
	char wanted[TRACE_ID_DIGITS + 1], id[TRACE_ID_DIGITS + 1];

	if (test->op == OP_EQ || test->op == OP_NE) {
		pad_id(test->value.text, TRACE_ID_DIGITS, wanted);
		padded.value.text = (struct str){ wanted, TRACE_ID_DIGITS };
	}
	for (track_id track = 0; track < ds->track_count; track++) {
		trace_id_text(&ds->tracks[track], id);
		if (strspn(id, "0") < TRACE_ID_DIGITS)
			marks[track] = query_text_holds(&padded, (struct str){ id, TRACE_ID_DIGITS }, false);
	}
	uint64_t *bits = spread(run, ds->spans.track, marks);
	free(marks);
	return bits;
}

static uint64_t *
test_span_id(const struct query_run *run, const struct query_test *test)
{
	const struct spans *spans = &run->ds->spans;
	uint64_t *bits = bits_new(spans->count), wanted = 0;
	bool exact = test->op == OP_EQ || test->op == OP_NE;
	char id[SPAN_ID_DIGITS + 1];

	if (exact)
		wanted = strtoull(test->value.text.at, NULL, 16);
	for (span_id span = 0; span < spans->count; span++) {
		bool holds = (spans->id[span] == wanted) == (test->op == OP_EQ);
		if (!spans->id[span])
			continue;
		if (!exact && test->op != OP_EXISTS) {
			span_id_text(spans->id[span], id);
			holds = query_text_holds(test, (struct str){ id, SPAN_ID_DIGITS }, false);
		}
		bits[span / 64] |= (uint64_t)(holds || test->op == OP_EXISTS) << (span % 64);
		if (span % ASK_EVERY == 0 && job_stopped(run->job)) {
			free(bits);
			return NULL;
		}
	}
	return bits;
}

/* ---- numbers */

static int64_t
number_of_row(const struct trace_row *row, enum query_field_id field)
{
	switch (field) {
	case FIELD_TRACE_DURATION: return row->duration_ns;
	case FIELD_TRACE_SPANS:    return row->spans;
	case FIELD_TRACE_SERVICES: return row->services;
	default:                   return row->errors;
	}
}

/* Whole numbers of a field: per span, or per track for those of traces; free().  Not FIELD_EVENTS. */
static int64_t *
numbers_of(const struct query_run *run, enum query_field_id field, bool *per_track_out)
{
	const struct dataset *ds = run->ds;
	int64_t *numbers;

	*per_track_out = field >= FIELD_TRACE_DURATION;
	numbers = xcalloc(*per_track_out ? ds->track_count : ds->spans.count, sizeof *numbers);
	if (*per_track_out) {
		const struct trace_list *list = build_cache_traces(run->cache);
		for (uint32_t i = 0; i < list->count; i++)
			numbers[list->rows[i].track] = number_of_row(&list->rows[i], field);
	} else if (field == FIELD_DEPTH) {
		const struct forest *forest = build_cache_forest(run->cache);
		for (span_id span = 0; span < ds->spans.count; span++)
			numbers[span] = forest->level[span];
	} else if (field == FIELD_EVENTS) {
		for (span_id span = 0; span < ds->spans.count; span++)
			numbers[span] = ds->spans.events[span];
	} else if (ds->spans.count) {
		const int64_t *from = field == FIELD_START ? ds->spans.start_ns : ds->spans.duration_ns;
		memcpy(numbers, from, ds->spans.count * sizeof *numbers);
	}
	return numbers;
}

/* The value as a whole number: the greatest that is not above it; *exact_out: it is one. */
static int64_t
floor_of(const struct query_value *value, bool *exact_out)
{
	double low = floor(value->number);

	*exact_out = value->whole || (low == value->number && fabs(low) < 0x1p63);
	if (value->whole)
		return value->integer;
	return low >= 0x1p63 ? INT64_MAX : low < -0x1p63 ? INT64_MIN : (int64_t)low;
}

static struct range
range_of(const struct query_test *test)
{
	bool exact;
	int64_t low = floor_of(&test->value, &exact);
	struct range none = { 1, 0, false }, all = { INT64_MIN, INT64_MAX, false };

	switch (test->op) {
	case OP_EQ: return exact ? (struct range){ low, low, false } : none;
	case OP_NE: return exact ? (struct range){ low, low, true } : all;
	case OP_LE: return (struct range){ INT64_MIN, low, false };
	case OP_GT: return low == INT64_MAX ? none : (struct range){ low + 1, INT64_MAX, false };
	case OP_LT: return !exact ? (struct range){ INT64_MIN, low, false }
	                          : low == INT64_MIN ? none : (struct range){ INT64_MIN, low - 1, false };
	case OP_GE: return exact ? (struct range){ low, INT64_MAX, false }
	                         : low == INT64_MAX ? none : (struct range){ low + 1, INT64_MAX, false };
	default:    return all;
	}
}

static bool
in_range(struct range range, int64_t number)
{
	return (number >= range.low && number <= range.high) != range.others;
}

static bool
is_listed(const struct query_run *run, track_id track)
{
	return !run->tracks || bits_has(run->tracks, track);
}

/* What the numbers of the list come to at a percentile; false when it is empty. */
static bool
percentile_of(const struct query_run *run, const int64_t *numbers, bool per_track, struct query_value *value)
{
	const struct dataset *ds = run->ds;
	uint32_t count = per_track ? ds->track_count : ds->spans.count;
	double *listed = xreallocarray(NULL, count, sizeof *listed);
	size_t len = 0;

	for (uint32_t i = 0; i < count; i++)
		if (is_listed(run, per_track ? i : ds->spans.track[i]) && (!per_track || ds->tracks[i].span_count))
			listed[len++] = (double)numbers[i];
	bool found = query_percentile(listed, len, value->number, &value->number);
	free(listed);
	return found;
}

/* The value that the numbers are compared with; false: there is none. */
static bool
resolve(const struct query_run *run, const int64_t *numbers, bool per_track, struct query_value *value)
{
	int64_t start, end;

	if (value->kind == VALUE_PERCENTILE)
		return percentile_of(run, numbers, per_track, value);
	if (value->relative) {
		value->whole = dataset_extent(run->ds, &start, &end) && fabs(value->number) < 0x1p62 &&
		               !__builtin_add_overflow(start, (int64_t)llround(value->number), &value->integer);
		return value->whole;
	}
	return true;
}

static uint64_t *
compare_spans(const struct query_run *run, const int64_t *numbers, struct range range)
{
	uint32_t count = run->ds->spans.count;
	uint64_t *bits = bits_new(count);

	for (uint32_t i = 0; i < count; i += 64) {
		uint32_t end = count - i < 64 ? count : i + 64;
		uint64_t word = 0;
		for (uint32_t j = i; j < end; j++)
			word |= (uint64_t)in_range(range, numbers[j]) << (j - i);
		bits[i / 64] = word;
	}
	return bits;
}

static uint64_t *
test_number(const struct query_run *run, const struct query_test *test)
{
	struct query_test resolved = *test;
	uint64_t *bits = NULL;
	bool per_track;
	int64_t *numbers = numbers_of(run, test->field, &per_track);

	if (test->op != OP_EXISTS && !resolve(run, numbers, per_track, &resolved.value)) {
		free(numbers);
		return bits_new(run->ds->spans.count);
	}
	struct range range = range_of(&resolved);
	if (per_track) {
		uint8_t *marks = xcalloc(run->ds->track_count, 1);
		for (track_id track = 0; track < run->ds->track_count; track++)
			marks[track] = in_range(range, numbers[track]);
		bits = spread(run, run->ds->spans.track, marks);
		free(marks);
	} else {
		bits = compare_spans(run, numbers, range);
	}
	free(numbers);
	return bits;
}

static uint64_t *
test_root(const struct query_run *run, const struct query_test *test)
{
	const struct dataset *ds = run->ds;
	const struct trace_list *list = build_cache_traces(run->cache);
	uint8_t *marks = xcalloc(ds->track_count, 1);

	for (uint32_t i = 0; i < list->count; i++) {
		span_id root = list->rows[i].root;
		bool of_name = test->field == FIELD_ROOT_NAME;
		struct str text = of_name ? frame_name(ds, ds->spans.frame[root]) : span_service(ds, root);
		if (test->op != OP_EXISTS || (of_name ? text.len > 0 : ds->groups[ds->spans.group[root]].has_service))
			marks[list->rows[i].track] = query_text_holds(test, text, false);
	}
	uint64_t *bits = spread(run, ds->spans.track, marks);
	free(marks);
	return bits;
}

/* ---- attributes */

/* The numbers among the values of the listed spans; *count_out of them; free(). */
static double *
listed_numbers(const struct query_run *run, const struct column *column, size_t *count_out)
{
	size_t most = (size_t)column->count + column->more_count, len = 0;
	double *numbers = xreallocarray(NULL, most, sizeof *numbers);
	const track_id *track = run->ds->spans.track;

	for (uint32_t i = 0; i < column->count; i++)
		if (column_has(column, i) && is_listed(run, track[i]) && number_parse(strtab_get(column->strings, column->string[i]), &numbers[len]))
			len++;
	for (uint32_t i = 0; i < column->more_count; i++)
		if (is_listed(run, track[column->more[i].index]) && number_parse(strtab_get(column->strings, column->more[i].string), &numbers[len]))
			len++;
	*count_out = len;
	return numbers;
}

/* An attribute's percentile becomes a number; false when it has none. */
static bool
resolve_attribute(const struct query_run *run, const struct column *column, struct query_value *value)
{
	size_t count;

	if (value->kind != VALUE_PERCENTILE)
		return true;
	double *numbers = listed_numbers(run, column, &count);
	bool found = query_percentile(numbers, count, value->number, &value->number);
	value->kind = VALUE_NUMBER;
	free(numbers);
	return found;
}

static uint64_t *
test_attribute(const struct query_run *run, const struct query_test *test)
{
	const struct column *column = attrs_get(build_cache_attrs(run->cache), test->key, run->job);
	struct query_test resolved = *test;

	if (!column)
		return NULL;
	uint64_t *bits = bits_new(column->count);
	if (test->op != OP_EXISTS && !resolve_attribute(run, column, &resolved.value))
		return bits;
	uint32_t values = strtab_count(column->strings);
	uint8_t *marks = xcalloc(values, 1);
	for (str_id id = 0; id < values; id++)
		marks[id] = query_text_holds(&resolved, strtab_get(column->strings, id), true);
	for (uint32_t i = 0; i < column->count; i++)
		bits[i / 64] |= (uint64_t)(column_has(column, i) && marks[column->string[i]]) << (i % 64);
	for (uint32_t i = 0; i < column->more_count; i++)
		bits[column->more[i].index / 64] |= (uint64_t)marks[column->more[i].string] << (column->more[i].index % 64);
	free(marks);
	return bits;
}

uint64_t *
query_test_eval(const struct query_run *run, const struct query_test *test)
{
	static uint64_t *(*const tests[])(const struct query_run *, const struct query_test *) = {
		[FIELD_NAME] = test_name, [FIELD_SERVICE] = test_service, [FIELD_KIND] = test_word, [FIELD_STATUS] = test_word,
		[FIELD_DURATION] = test_number, [FIELD_START] = test_number, [FIELD_TRACE] = test_trace, [FIELD_SPAN] = test_span_id,
		[FIELD_DEPTH] = test_number, [FIELD_EVENTS] = test_number, [FIELD_ERROR] = test_word, [FIELD_TRACE_DURATION] = test_number,
		[FIELD_TRACE_SPANS] = test_number, [FIELD_TRACE_SERVICES] = test_number, [FIELD_TRACE_ERRORS] = test_number,
		[FIELD_ROOT_NAME] = test_root, [FIELD_ROOT_SERVICE] = test_root, [FIELD_ATTRIBUTE] = test_attribute,
	};

	return tests[test->field](run, test);
}
