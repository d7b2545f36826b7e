/* SPDX-License-Identifier: MIT
 * A thread and its samples go to the sink. */
#include "config.h"

#include "load/gecko.h"

#include <math.h>

#include "util/alloc.h"

#define SPENT_STEP  65536u   /* rows after which what was read of them is given back */
#define WEIGHT_MAX  1e200    /* products with an interval stay finite */
#define TIME_MAX_MS 4e12     /* beyond it a time is nonsense */

static const char note_idle[] = "samples without a stack in which the thread slept: they have no weight";
static const char note_stack[] = "a sample whose stack is not in the file: left out";
static const char note_lengths[] = "columns of samples are not equally long: rows that are not complete are left out";
static const char note_negative[] = "a weight below zero, as in a comparison of profiles: counted as 0";
static const char note_time[] = "a sample without a time: put at the time of the one before";

/* The weights that a thread's samples have: places among the source's sample types. */
struct types {
	uint32_t main, time, cpu;    /* ID_NONE: none */
};

static uint32_t
declare(struct gecko_reader *reader, struct str name, struct str unit)
{
	uint32_t place = sink_sample_type(reader->base.sink, name, unit);

	while (reader->weights.len <= place)
		vec_push(&reader->weights, 0);
	return place;
}

static void
clear_weights(struct gecko_reader *reader)
{
	for (size_t i = 0; i < reader->weights.len; i++)
		reader->weights.at[i] = 0;
}

static struct str
unit_of_weight(struct str type)
{
	return str_equal(type, STR("tracing-ms")) ? STR("milliseconds") : type;
}

static struct str
unit_of_cpu(struct str unit)
{
	static const struct { struct str short_name, name; } units[] = {
		{ { "ns", 2 }, { "nanoseconds", 11 } },
		{ { "\xc2\xb5s", 3 }, { "microseconds", 12 } },
		{ { "variable CPU cycles", 19 }, { "cycles", 6 } },
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_equal(unit, units[i].short_name))
			return units[i].name;
	return unit;
}

static bool
has_values(const struct packed_doubles *column)
{
	for (uint32_t i = 0; i < packed_doubles_len(column); i++)
		if (!isnan(packed_doubles_get(column, i)))
			return true;
	return false;
}

static bool
has_below_zero(const struct packed_doubles *column)
{
	for (uint32_t i = 0; i < packed_doubles_len(column); i++)
		if (packed_doubles_get(column, i) < 0)
			return true;
	return false;
}

static struct types
declare_types(const struct gecko_view *view, const struct gecko_table *samples)
{
	struct gecko_reader *reader = view->reader;
	struct str type = strtab_get(reader->strings, samples->weight_type);
	bool has_time = packed_doubles_len(&samples->number[SAMPLE_TIME]) || packed_doubles_len(&samples->number[SAMPLE_DELTA]);
	struct types types = { .time = ID_NONE, .cpu = ID_NONE };

	if (!type.len)
		type = STR("samples");
	types.main = declare(reader, type, unit_of_weight(type));
	if (has_time && str_equal(type, STR("samples")) && (!packed_doubles_len(&samples->number[SAMPLE_WEIGHT]) || view->process->interval_ms > 0))
		types.time = declare(reader, STR("time"), STR("milliseconds"));
	if (has_values(&samples->number[SAMPLE_CPU]))
		types.cpu = declare(reader, STR("cpu"), unit_of_cpu(strtab_get(reader->strings, view->process->cpu_unit)));
	return types;
}

/* A whole number of ms does not lose its last digits on the way. */
static int64_t
ns_of(double ms)
{
	double whole = trunc(ms);

	return (int64_t)whole * 1000000 + llround((ms - whole) * 1e6);
}

static int64_t
start_ns_of(const struct gecko_process *process)
{
	return process->start_ms > 0 && process->start_ms < TIME_MAX_MS ? ns_of(process->start_ms) : 0;
}

bool
gecko_time(const struct gecko_process *process, double ms, int64_t *ns_out)
{
	if (!(fabs(ms) < TIME_MAX_MS))
		return false;
	*ns_out = start_ns_of(process) + ns_of(ms);
	return true;
}

/* Times of the rows of a table in ns since 1970, or since the start when that is not known.  False: there are none. */
static bool
times_of(const struct gecko_view *view, struct gecko_table *table, struct packed_times *out)
{
	bool deltas = !packed_doubles_len(&table->number[SAMPLE_TIME]);
	struct packed_doubles *column = &table->number[deltas ? SAMPLE_DELTA : SAMPLE_TIME];
	int64_t start_ns = start_ns_of(view->process);
	double sum = 0;
	uint64_t missing = 0;

	for (uint32_t i = 0; i < packed_doubles_len(column); i++) {
		double ms = packed_doubles_get(column, i);
		bool good = fabs(ms) < TIME_MAX_MS;
		if (good)
			sum = deltas ? sum + ms : ms;
		if (!(fabs(sum) < TIME_MAX_MS))
			sum = 0;
		missing += !good;
		packed_times_set(out, i, start_ns + ns_of(sum));
		if (i % SPENT_STEP == SPENT_STEP - 1)
			packed_doubles_spent(column, i + 1 - SPENT_STEP, i + 1);
	}
	sink_note_many(view->reader->base.sink, NOTE_WARNING, note_time, missing);
	return packed_doubles_len(column) > 0;
}

/* At least 0: what it is without a column of them is 1. */
static double
weight_of(const struct gecko_table *samples, size_t row)
{
	double weight = gecko_number(samples, SAMPLE_WEIGHT, row);

	if (!packed_doubles_len(&samples->number[SAMPLE_WEIGHT]))
		return 1;
	return weight > 0 && weight < WEIGHT_MAX ? weight : 0;
}

/* From a sample to the next one. */
static int64_t
after(const struct packed_times *times, size_t row)
{
	int64_t now = packed_times_get(times, row), next = packed_times_get(times, row + 1);

	return next > now ? next - now : 0;
}

/* How long a sample lasts, in ms.  A weight counts intervals before the sample; without weights it lasts until the next one. */
static double
lasts(const struct gecko_view *view, const struct gecko_table *samples, const struct packed_times *times, size_t row, size_t count)
{
	double interval = view->process->interval_ms;

	if (packed_doubles_len(&samples->number[SAMPLE_WEIGHT]))
		return weight_of(samples, row) * interval;
	if (row + 1 < count)
		return (double)after(times, row) / 1e6;
	return interval > 0 ? interval : 0;
}

static size_t
rows_of(const struct gecko_view *view, const struct gecko_table *table, const struct packed_times *times, bool has_times)
{
	size_t count = table->id[SAMPLE_STACK].len;
	size_t weights = packed_doubles_len(&table->number[SAMPLE_WEIGHT]);
	size_t least = has_times && times->len < count ? times->len : count;

	if (weights && weights < least)
		least = weights;
	if (least != count || (has_times && times->len != count) || (weights && weights != count))
		sink_note(view->reader->base.sink, NOTE_WARNING, note_lengths, 0, SINK_NO_BYTE, STR(""));
	return least;
}

static void
push(const struct gecko_view *view, stack_id stack, track_id track, const struct packed_times *times, size_t row)
{
	if (times->len)
		sink_sample_at(view->reader->base.sink, stack, track, view->reader->weights.at, packed_times_get(times, row));
	else
		sink_sample(view->reader->base.sink, stack, track, view->reader->weights.at);
}

/* Rows up to this one have been pushed. */
static void
spend(struct gecko_table *table, uint32_t row)
{
	uint32_t first = row + 1 - SPENT_STEP;

	if (row % SPENT_STEP != SPENT_STEP - 1)
		return;
	if (row < table->id[SAMPLE_STACK].len)
		give_back(table->id[SAMPLE_STACK].at + first, SPENT_STEP * sizeof *table->id[SAMPLE_STACK].at);
	for (size_t i = SAMPLE_WEIGHT; i <= SAMPLE_CPU; i++)
		if (row < packed_doubles_len(&table->number[i]))
			packed_doubles_spent(&table->number[i], first, row + 1);
}

static void
push_samples(const struct gecko_view *view, track_id track)
{
	struct gecko_table *samples = view->table[GECKO_SAMPLES];
	struct gecko_reader *reader = view->reader;
	struct types types = declare_types(view, samples);
	struct packed_times times = { 0 };
	bool has_times = times_of(view, samples, &times), good = true;
	size_t count = rows_of(view, samples, &times, has_times);
	uint64_t idle = 0, lost = 0, negative = 0;

	for (size_t row = 0; row < count; row++) {
		uint32_t index = gecko_id(samples, SAMPLE_STACK, row);
		stack_id stack = index == ID_NONE ? ID_NONE : gecko_stack(view, index, &good);
		double cpu = gecko_number(samples, SAMPLE_CPU, row);
		if (index != ID_NONE && !good) {
			lost++;
			continue;
		}
		clear_weights(reader);
		if (index != ID_NONE || cpu > 0) {
			reader->weights.at[types.main] = weight_of(samples, row);
			negative += gecko_number(samples, SAMPLE_WEIGHT, row) < 0;
			if (types.time != ID_NONE)
				reader->weights.at[types.time] = lasts(view, samples, &times, row, count);
			if (types.cpu != ID_NONE)
				reader->weights.at[types.cpu] = cpu > 0 ? cpu : 0;
		} else {
			idle++;
		}
		push(view, stack, track, &times, row);
		spend(samples, (uint32_t)row);
	}
	sink_note_many(reader->base.sink, NOTE_INFO, note_idle, idle);
	sink_note_many(reader->base.sink, NOTE_WARNING, note_stack, lost);
	sink_note_many(reader->base.sink, NOTE_WARNING, note_negative, negative);
	packed_times_fini(&times);
}

/* Freed bytes are negative weights in the file: a type of their own here. */
static void
push_allocations(const struct gecko_view *view, enum gecko_kind kind, track_id track, struct str name, struct str freed_name)
{
	struct gecko_table *table = view->table[kind];
	struct gecko_reader *reader = view->reader;
	struct packed_times times = { 0 };
	uint64_t lost = 0;
	bool good = true;

	if (!table->present)
		return;
	uint32_t taken = declare(reader, name, STR("bytes"));
	uint32_t freed = has_below_zero(&table->number[SAMPLE_WEIGHT]) ? declare(reader, freed_name, STR("bytes")) : taken;
	bool has_times = times_of(view, table, &times);
	size_t count = rows_of(view, table, &times, has_times);
	for (size_t row = 0; row < count; row++) {
		uint32_t index = gecko_id(table, SAMPLE_STACK, row);
		stack_id stack = index == ID_NONE ? ID_NONE : gecko_stack(view, index, &good);
		double weight = gecko_number(table, SAMPLE_WEIGHT, row);
		if (index != ID_NONE && !good) {
			lost++;
			continue;
		}
		clear_weights(reader);
		if (!isnan(weight))
			reader->weights.at[weight < 0 ? freed : taken] = fabs(weight);
		push(view, stack, track, &times, row);
	}
	sink_note_many(reader->base.sink, NOTE_WARNING, note_stack, lost);
	packed_times_fini(&times);
}

/* "web 1234", or what there is of it. */
static void
add_name(struct gecko_reader *reader, str_id name, str_id number)
{
	struct str first = strtab_get(reader->strings, name), second = strtab_get(reader->strings, number);

	buf_add(&reader->text, first);
	if (first.len && second.len)
		buf_addc(&reader->text, ' ');
	buf_add(&reader->text, second);
}

/* The name of the process, a NUL and the name of the thread, which are in text. */
static str_id
name_id(struct gecko_reader *reader)
{
	str_id id = strtab_intern(reader->strings, buf_str(&reader->text));

	while (reader->used.len <= id)
		vec_push(&reader->used, 0);
	return id;
}

/* Threads that are called alike, without numbers that tell them apart, are numbered. */
static track_id
track_of(struct gecko_reader *reader, const struct gecko_thread *thread)
{
	struct buf *text = &reader->text;
	size_t process_len, len;

	buf_clear(text);
	add_name(reader, thread->process_name != STR_EMPTY ? thread->process_name : thread->process_type, thread->pid);
	process_len = text->len;
	buf_addc(text, '\0');
	add_name(reader, thread->name, thread->tid);
	len = text->len;
	str_id plain = name_id(reader);
	uint32_t number = ++reader->used.at[plain];
	for (; number > 1; number++) {
		text->len = len;
		buf_addf(text, " (%u)", number);
		str_id numbered = name_id(reader);
		if (++reader->used.at[numbered] == 1)
			break;
	}
	reader->used.at[plain] = number;
	return sink_thread(reader->base.sink, (struct str){ text->at, process_len },
	                   (struct str){ text->at + process_len + 1, text->len - process_len - 1 });
}

void
gecko_push(struct gecko_reader *reader, struct gecko_thread *thread)
{
	struct gecko_view view = gecko_view(reader, thread);
	track_id track = track_of(reader, thread);

	push_samples(&view, track);
	push_allocations(&view, GECKO_JS_ALLOCATIONS, track, STR("js allocations"), STR("js deallocations"));
	push_allocations(&view, GECKO_NATIVE_ALLOCATIONS, track, STR("native allocations"), STR("native deallocations"));
	gecko_push_markers(&view, thread, track);
}

void
gecko_thread_fini(struct gecko_thread *thread)
{
	gecko_tables_fini(&thread->own);
	gecko_libs_fini(&thread->libs);
}
