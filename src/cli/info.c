/* SPDX-License-Identifier: MIT
 * spanfire info: what is in the files. */
#include "config.h"

#include "cli/commands.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "analysis/build.h"
#include "cli/open.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/select.h"
#include "util/emit.h"
#include "load/attr.h"
#include "load/format.h"
#include "util/alloc.h"
#include "util/text.h"
#include "util/unit.h"

enum { METRICS_MAX = 64, SERVICES_SHOWN = 12 };

#define NS_PER_S INT64_C(1000000000)

struct facts {
	const struct dataset *ds;
	const struct selected *selected;   /* what is counted; NULL: everything */
	struct str           *services;    /* sorted by bytes */
	uint32_t              service_count;
	uint32_t              tracks, spans, samples, stacks, frames, errors;
	int64_t               start_ns, end_ns;
	bool                  timed;
	struct metric_info    metrics[METRICS_MAX];
	double                totals[METRICS_MAX];
	uint32_t              metric_count;
	const struct source  *source;      /* the first that could be read */
};

static int
compare_names(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static bool
has_span(const struct facts *facts, span_id span)
{
	return selected_has_track(facts->selected, facts->ds->spans.track[span]) && selected_has_span(facts->selected, facts->ds, span);
}

static bool
has_sample(const struct facts *facts, sample_id sample)
{
	const struct samples *samples = &facts->ds->samples;

	return selected_has_track(facts->selected, samples->track[sample]) &&
	       (!samples->time_ns || selected_has_time(facts->selected, samples->time_ns[sample]));
}

/* The frames that name a span which counts; free(). */
static bool *
find_span_frames(const struct facts *facts)
{
	const struct dataset *ds = facts->ds;
	bool *frames = xcalloc(ds->frame_count, sizeof *frames);

	for (span_id span = 0; span < ds->spans.count; span++)
		frames[ds->spans.frame[span]] |= has_span(facts, span);
	return frames;
}

static void
find_services(struct facts *facts, const bool *span_frames)
{
	const struct dataset *ds = facts->ds;
	bool *seen = xcalloc(strtab_count(ds->strings), sizeof *seen);

	facts->services = xreallocarray(NULL, ds->frame_count, sizeof *facts->services);
	for (frame_id i = 0; i < ds->frame_count; i++) {
		const struct frame *frame = &ds->frames[i];
		if (!span_frames[i] || seen[frame->module])
			continue;
		seen[frame->module] = true;
		facts->services[facts->service_count++] = dataset_str(ds, frame->module);
	}
	if (facts->service_count > 1)
		qsort(facts->services, facts->service_count, sizeof *facts->services, compare_names);
	free(seen);
}

static bool
has_weight(const struct dataset *ds, sample_id sample)
{
	for (uint32_t i = 0; i < ds->sample_type_count; i++)
		if (ds->samples.weight[(size_t)sample * ds->sample_type_count + i] != 0)
			return true;
	return false;
}

/* Stacks are counted as they come; frames when a span is named by them or a weight goes through them, as they can be seen then.
 * An empty stack counts as a stack, and as a frame without a name. */
static void
count_stacks(struct facts *facts, const bool *span_frames)
{
	enum { SEEN = 1, WEIGHS = 2 };
	const struct dataset *ds = facts->ds;
	unsigned char *stacks = xcalloc((size_t)ds->stacks.count + 1, sizeof *stacks);    /* the last one is the empty stack */
	bool *frames = xcalloc(ds->frame_count, sizeof *frames);

	for (sample_id i = 0; i < ds->samples.count; i++) {
		stack_id stack = ds->samples.stack[i] == ID_NONE ? ds->stacks.count : ds->samples.stack[i];
		if (!has_sample(facts, i))
			continue;
		facts->samples++;
		stacks[stack] |= (unsigned char)(has_weight(ds, i) ? SEEN | WEIGHS : SEEN);
	}
	for (stack_id i = 0; i <= ds->stacks.count; i++)
		facts->stacks += (stacks[i] & SEEN) != 0;
	facts->frames = (stacks[ds->stacks.count] & WEIGHS) != 0;
	for (stack_id i = ds->stacks.count; i-- > 0;) {
		if (!(stacks[i] & WEIGHS))
			continue;
		frames[ds->stacks.frame[i]] = true;
		if (ds->stacks.parent[i] != ID_NONE)
			stacks[ds->stacks.parent[i]] |= WEIGHS;
	}
	for (frame_id i = 0; i < ds->frame_count; i++)
		facts->frames += frames[i] || span_frames[i];
	free(stacks);
	free(frames);
}

/* A sum that keeps what every addition rounds off: ten tenths are one. */
struct sum { double value, lost; };

static void
sum_add(struct sum *sum, double value)
{
	double next = sum->value + value;

	sum->lost += fabs(sum->value) >= fabs(value) ? sum->value - next + value : value - next + sum->value;
	sum->value = next;
}

static double
metric_total(const struct facts *facts, struct build_cache *cache, struct metric metric)
{
	const struct dataset *ds = build_cache_dataset(cache);
	struct sum sum = { 0 };

	if (metric.kind == METRIC_SAMPLE_TYPE) {
		for (sample_id i = 0; i < ds->samples.count; i++)
			if (has_sample(facts, i))
				sum_add(&sum, ds->samples.weight[(size_t)i * ds->sample_type_count + metric.sample_type]);
	} else {
		const struct column *weights = build_cache_weights(cache, metric, NULL);
		for (span_id i = 0; i < ds->spans.count; i++)
			if (has_span(facts, i))
				sum_add(&sum, weights->number[i]);
	}
	return sum.value + sum.lost;
}

/* The extent of what counts; without a selection that of the dataset. */
static void
find_extent(struct facts *facts)
{
	const struct dataset *ds = facts->ds;
	int64_t start = INT64_MAX, end = INT64_MIN;

	facts->timed = dataset_extent(ds, &facts->start_ns, &facts->end_ns);
	for (track_id i = 0; facts->selected && i < ds->track_count; i++) {
		const struct track *track = &ds->tracks[i];
		if (!selected_has_track(facts->selected, i) || (!track->start_ns && !track->end_ns))
			continue;
		start = track->start_ns < start ? track->start_ns : start;
		end = track->end_ns > end ? track->end_ns : end;
	}
	if (facts->selected) {
		facts->timed = start <= end;
		facts->start_ns = start;
		facts->end_ns = end;
	}
	if (!facts->timed)
		facts->start_ns = facts->end_ns = 0;
}

static void
find_facts(struct facts *facts, struct build_cache *cache, const struct selected *selected)
{
	const struct dataset *ds = build_cache_dataset(cache);

	*facts = (struct facts){ .ds = ds, .selected = selected };
	bool *span_frames = find_span_frames(facts);
	count_stacks(facts, span_frames);
	find_services(facts, span_frames);
	free(span_frames);
	find_extent(facts);
	for (span_id span = 0; span < ds->spans.count; span++) {
		facts->spans += has_span(facts, span);
		facts->errors += has_span(facts, span) && ds->spans.status[span] == STATUS_ERROR;
	}
	for (track_id i = 0; i < ds->track_count; i++)
		facts->tracks += selected_has_track(selected, i) && (ds->tracks[i].span_count > 0 || ds->tracks[i].sample_count > 0);
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(cache), NULL);
	facts->metric_count = metric_list(ds, keys, facts->metrics, METRICS_MAX);
	if (facts->metric_count > METRICS_MAX)
		facts->metric_count = METRICS_MAX;
	for (uint32_t i = 0; i < facts->metric_count; i++)
		facts->totals[i] = metric_total(facts, cache, facts->metrics[i].metric);
	for (source_id i = 0; i < ds->source_count && !facts->source; i++)
		if (ds->sources[i].format != STR_EMPTY)
			facts->source = &ds->sources[i];
}

/* What the first file is: the default metric measures its kind. */
static const char *
kind(const struct facts *facts)
{
	return facts->metric_count == 0 || metric_is_of_spans(facts->metrics[0].metric) ? "trace" : "profile";
}

static struct str
source_str(const struct facts *facts, str_id of_source)
{
	return facts->source ? dataset_str(facts->ds, of_source) : STR("");
}

static void
json_notes(const struct facts *facts, struct emit *json)
{
	struct buf where = { 0 };

	emit_key(json, "notes");
	emit_open(json, '[');
	for (uint32_t i = 0; i < facts->ds->note_count; i++) {
		const struct note *note = &facts->ds->notes[i];
		buf_clear(&where);
		note_where(facts->ds, note, &where);
		emit_open_line(json, '{');
		emit_key(json, "severity");
		emit_text(json, str_of(note_severity_name(note->severity)));
		emit_key(json, "where");
		emit_text(json, buf_str(&where));
		emit_key(json, "text");
		emit_text(json, dataset_str(facts->ds, note->text));
		emit_key(json, "count");
		emit_count(json, note->count);
		emit_close(json);
	}
	emit_close(json);
	buf_fini(&where);
}

static void
json_lists(const struct facts *facts, struct emit *json)
{
	emit_key(json, "services");
	emit_open(json, '[');
	for (uint32_t i = 0; i < facts->service_count; i++)
		emit_text(json, facts->services[i]);
	emit_close(json);
	emit_key(json, "metrics");
	emit_open(json, '[');
	for (uint32_t i = 0; i < facts->metric_count; i++) {
		emit_open_line(json, '{');
		emit_key(json, "name");
		emit_text(json, facts->metrics[i].name);
		emit_key(json, "unit");
		emit_text(json, facts->metrics[i].unit);
		emit_key(json, "total");
		emit_number(json, facts->totals[i]);
		emit_close(json);
	}
	emit_close(json);
	json_notes(facts, json);
}

/* How each file was read; one that could not be has no format. */
static void
add_sources(struct emit *json, const struct dataset *ds)
{
	emit_key(json, "sources");
	emit_open(json, '[');
	for (source_id i = 0; i < ds->source_count; i++) {
		const struct source *source = &ds->sources[i];

		emit_open_line(json, '{');
		emit_key(json, "file");
		emit_text(json, dataset_str(ds, source->path));
		emit_key(json, "format");
		emit_text(json, dataset_str(ds, source->format));
		emit_key(json, "compression");
		emit_text(json, dataset_str(ds, source->compression));
		emit_key(json, "bytes");
		emit_count(json, source->size);
		emit_close(json);
	}
	emit_close(json);
}

static void
print_json(const struct facts *facts, struct buf *out)
{
	const struct dataset *ds = facts->ds;
	struct emit json = { .out = out };
	const struct { const char *key; uint64_t value; } counts[] = {
		{ "tracks", facts->tracks },       { "spans", facts->spans },    { "stacks", facts->stacks },
		{ "samples", facts->samples },  { "frames", facts->frames },   { "errors", facts->errors },
	};

	emit_open(&json, '{');
	emit_key(&json, "file");
	emit_text(&json, ds->source_count ? dataset_str(ds, ds->sources[0].path) : STR(""));
	emit_key(&json, "files");
	emit_open(&json, '[');
	for (source_id i = 0; i < ds->source_count; i++)
		emit_text(&json, dataset_str(ds, ds->sources[i].path));
	emit_close(&json);
	emit_key(&json, "format");
	emit_text(&json, source_str(facts, facts->source ? facts->source->format : STR_EMPTY));
	emit_key(&json, "compression");
	emit_text(&json, source_str(facts, facts->source ? facts->source->compression : STR_EMPTY));
	add_sources(&json, ds);
	emit_key(&json, "kind");
	emit_text(&json, str_of(kind(facts)));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		emit_key(&json, counts[i].key);
		emit_count(&json, counts[i].value);
	}
	emit_key(&json, "start_ns");
	emit_integer(&json, facts->start_ns);
	emit_key(&json, "end_ns");
	emit_integer(&json, facts->end_ns);
	json_lists(facts, &json);
	emit_close(&json);
}

static void
line(struct buf *out, const char *label)
{
	buf_addf(out, "%-12s", label);
}

static void
print_sources(const struct facts *facts, struct buf *out)
{
	const struct dataset *ds = facts->ds;

	for (source_id i = 0; i < ds->source_count; i++) {
		const struct source *source = &ds->sources[i];
		line(out, i ? "" : "file");
		text_sanitise(dataset_str(ds, source->path), out);
		buf_add(out, STR(" ("));
		if (source->format == STR_EMPTY) {
			buf_add(out, STR("not read)\n"));
			continue;
		}
		buf_add(out, dataset_str(ds, source->format));
		if (!str_equal(dataset_str(ds, source->compression), STR("none"))) {
			buf_add(out, STR(", "));
			buf_add(out, dataset_str(ds, source->compression));
		}
		buf_add(out, STR(", "));
		unit_format((double)source->size, STR("bytes"), false, out);
		buf_add(out, STR(")\n"));
	}
}

static void
print_counts(const struct facts *facts, struct buf *out)
{
	const struct dataset *ds = facts->ds;
	const struct { const char *label; uint64_t value; bool shown; } counts[] = {
		{ "tracks", facts->tracks, true },
		{ "spans", facts->spans, dataset_has_spans(ds) },
		{ "errors", facts->errors, dataset_has_spans(ds) },
		{ "samples", facts->samples, dataset_has_samples(ds) },
		{ "stacks", facts->stacks, dataset_has_samples(ds) },
		{ "frames", facts->frames, true },
	};

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		if (!counts[i].shown)
			continue;
		line(out, counts[i].label);
		unit_count(counts[i].value, out);
		buf_addc(out, '\n');
	}
}

static void
print_services(const struct facts *facts, struct buf *out)
{
	line(out, "services");
	unit_count(facts->service_count, out);
	for (uint32_t i = 0; i < facts->service_count && i < SERVICES_SHOWN; i++) {
		buf_add(out, i ? STR(", ") : STR(": "));
		text_sanitise(facts->services[i], out);
	}
	buf_add(out, facts->service_count > SERVICES_SHOWN ? STR(", ...\n") : STR("\n"));
}

/* In Coordinated Universal Time, so that the result does not depend on where it is asked. */
static void
print_time(const struct facts *facts, struct buf *out)
{
	int64_t fraction = facts->start_ns % NS_PER_S;
	time_t seconds = (time_t)(facts->start_ns / NS_PER_S - (fraction < 0));
	struct tm utc;
	char text[64];

	line(out, "time");
	if (gmtime_r(&seconds, &utc) && strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &utc))
		buf_addf(out, "%s.%09" PRId64 " UTC, ", text, fraction < 0 ? fraction + NS_PER_S : fraction);
	unit_format((double)facts->end_ns - (double)facts->start_ns, STR("ns"), false, out);
	buf_addc(out, '\n');
}

static void
print_notes(const struct facts *facts, struct buf *out)
{
	const struct dataset *ds = facts->ds;
	struct buf where = { 0 };

	for (uint32_t i = 0; i < ds->note_count; i++) {
		const struct note *note = &ds->notes[i];
		line(out, i ? "" : "notes");
		buf_addf(out, "%s: ", note_severity_name(note->severity));
		note_where(ds, note, &where);
		text_sanitise(buf_str(&where), out);
		buf_add(out, where.len ? STR(": ") : STR(""));
		text_sanitise(dataset_str(ds, note->text), out);
		buf_add(out, STR(" ("));
		unit_count(note->count, out);
		buf_add(out, STR(")\n"));
		buf_clear(&where);
	}
	buf_fini(&where);
}

static void
print_text(const struct facts *facts, struct buf *out)
{
	struct buf value = { 0 };

	print_sources(facts, out);
	line(out, "kind");
	buf_addf(out, "%s\n", kind(facts));
	print_counts(facts, out);
	if (facts->service_count)
		print_services(facts, out);
	if (facts->timed)
		print_time(facts, out);
	for (uint32_t i = 0; i < facts->metric_count; i++) {
		line(out, i ? "" : "metrics");
		text_sanitise(facts->metrics[i].name, out);
		buf_add(out, STR(": "));
		unit_format(facts->totals[i], facts->metrics[i].unit, false, &value);
		text_sanitise(buf_str(&value), out);
		buf_addc(out, '\n');
		buf_clear(&value);
	}
	print_notes(facts, out);
	buf_fini(&value);
}

static int
print_facts(const struct request *request, struct build_cache *cache, const struct selected *selected)
{
	struct facts facts;
	struct output out;

	output_begin(&out, request->json ? OUTPUT_DATA : OUTPUT_TEXT);
	find_facts(&facts, cache, selected);
	if (request->json)
		print_json(&facts, &out.text);
	else
		print_text(&facts, &out.text);
	free(facts.services);
	return output_end(&out);
}

static int
run_info(const struct request *request)
{
	struct select_spec select;
	const struct selected *selected = NULL;
	struct error err = { 0 };
	int status;
	struct dataset *ds = open_dataset(request, false, &status);

	if (!ds)
		return status;
	struct build_cache *cache = build_cache_new(ds, &attr_reader);
	struct strtab *patterns = strtab_new();
	bool fine = select_traces(ds, request, patterns, &select, &err) && selected_get(cache, &select, patterns, NULL, &selected);
	status = fine ? print_facts(request, cache, selected) : message_error(&err);
	strtab_free(patterns);
	build_cache_free(cache);
	return close_dataset(ds, status);
}

const struct command command_info = {
	.id = COMMAND_INFO,
	.name = "info",
	.arguments = "info [--json] FILE...",
	.summary = "what is in the files: format, size, tracks, spans, services, metrics, notes",
	.description =
		"Prints what the files hold: format and size, the numbers of tracks, spans and samples, services, the metrics with their totals,\n"
		"and a line for everything that was repaired or skipped while reading.\n"
		"With --query, --from-time or --to-time tracks, spans and all that is counted are those that these choose.\n",
	.takes_files = true,
	.run = run_info,
};
