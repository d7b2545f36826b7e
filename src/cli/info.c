/* SPDX-License-Identifier: MIT
 * spanfire info: what is in the files. */
#include "config.h"

#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "analysis/match.h"
#include "cli/info_facts.h"
#include "cli/message.h"
#include "cli/open.h"
#include "cli/output.h"
#include "cli/select.h"
#include "layout/plane.h"
#include "load/attr.h"
#include "util/alloc.h"
#include "util/clock.h"
#include "util/text.h"
#include "util/unit.h"

enum { SERVICES_SHOWN = 12, SAMPLE_SHOWN = 60 };

#define NS_PER_S INT64_C(1000000000)

static void
line(struct buf *out, const char *label)
{
	buf_addf(out, "%-12s", label);
}

static void
print_sources(const struct info_facts *facts, struct buf *out)
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
print_counts(const struct info_facts *facts, struct buf *out)
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
print_services(const struct info_facts *facts, struct buf *out)
{
	line(out, "services");
	unit_count(facts->service_count, out);
	for (uint32_t i = 0; i < facts->service_count && i < SERVICES_SHOWN; i++) {
		buf_add(out, i ? STR(", ") : STR(": "));
		text_sanitise(facts->services[i], out);
	}
	buf_add(out, facts->service_count > SERVICES_SHOWN ? STR(", ...\n") : STR("\n"));
}

/* In Coordinated Universal Time, so that the result does not depend on where it is asked.  The length is taken before it is rounded:
 * moments are too large for doubles. */
static void
print_time(const struct info_facts *facts, struct buf *out)
{
	uint64_t length = (uint64_t)facts->end_ns - (uint64_t)facts->start_ns;
	int64_t fraction = facts->start_ns % NS_PER_S;
	time_t seconds = (time_t)(facts->start_ns / NS_PER_S - (fraction < 0));
	struct tm utc;
	char text[64];

	line(out, "time");
	if (!clock_is_date(facts->start_ns))
		buf_addf(out, "%.9f s by the recorder's clock, ", (double)facts->start_ns / NS_PER_S);
	else if (gmtime_r(&seconds, &utc) && strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &utc))
		buf_addf(out, "%s.%09" PRId64 " UTC, ", text, fraction < 0 ? fraction + NS_PER_S : fraction);
	unit_format((double)length, STR("ns"), false, out);
	buf_addc(out, '\n');
}

/* What a note is about, as far as it tells it from others. */
static void
add_sample(struct str sample, struct buf *out)
{
	bool longer = sample.len > SAMPLE_SHOWN;

	if (longer)
		sample.len = SAMPLE_SHOWN;
	text_sanitise(sample, out);
	buf_add(out, longer ? STR("...") : STR(""));
}

static void
print_notes(const struct info_facts *facts, struct buf *out)
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
		buf_addc(out, ')');
		if (note->sample != STR_EMPTY) {
			buf_add(out, STR(": "));
			add_sample(dataset_str(ds, note->sample), out);
		}
		buf_addc(out, '\n');
		buf_clear(&where);
	}
	buf_fini(&where);
}

/* "/cart/ 1 frame, 37 boxes, 12.4% of samples". */
static void
print_found(const struct info_found *found, struct buf *out)
{
	line(out, "search");
	buf_addc(out, '/');
	text_sanitise(found->pattern, out);
	buf_add(out, STR("/ "));
	unit_count(found->frames, out);
	buf_add(out, found->frames == 1 ? STR(" frame, ") : STR(" frames, "));
	unit_count(found->boxes, out);
	buf_add(out, found->boxes == 1 ? STR(" box, ") : STR(" boxes, "));
	unit_percent(found->weight, found->total, out);
	buf_add(out, STR(" of "));
	text_sanitise(found->metric.name, out);
	buf_addc(out, '\n');
}

static void
print_text(const struct info_facts *facts, struct buf *out)
{
	struct buf value = { 0 };

	print_sources(facts, out);
	line(out, "kind");
	buf_addf(out, "%s\n", info_kind(facts));
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
	if (facts->found)
		print_found(facts->found, out);
	print_notes(facts, out);
	buf_fini(&value);
}

static int
print_facts(const struct request *request, struct build_cache *cache, const struct selected *selected, const struct kept *kept,
            const struct metric *metric, const struct info_found *found)
{
	struct info_facts facts;
	struct output out;

	output_begin(&out, request->json ? OUTPUT_DATA : OUTPUT_TEXT);
	info_find_facts(&facts, cache, selected, kept, request->metric ? metric : NULL);
	facts.found = found;
	if (request->json)
		info_print_json(&facts, &out.text);
	else
		print_text(&facts, &out.text);
	free(facts.services);
	free(facts.left);
	return output_end(&out);
}

/* Inside what is in focus. */
static void
count_found(const struct match *match, const struct selection *selection, struct info_found *found)
{
	const struct tree *tree = selection->tree;
	bool *seen = xcalloc(selection->ds->frame_count ? selection->ds->frame_count : 1, sizeof *seen);

	for (uint32_t i = 0; i < match->node_count; i++) {
		node_id node = match->nodes[i];
		if (!tree_is_inside(tree, node, selection->within))
			continue;
		found->boxes++;
		found->frames += !seen[tree->frame[node]];
		seen[tree->frame[node]] = true;
	}
	free(seen);
}

/* Their weight, and that of which it is a share: where boxes overlap, for how long any is there. */
static void
weigh_found(const struct match *match, const struct selection *selection, struct info_found *found)
{
	const struct tree *tree = selection->tree;
	node_id within = selection->within;

	if (!tree_is_packed(tree)) {
		found->weight = match_weight(match, tree, within);
		found->total = tree->total[within];
		return;
	}
	struct plane *plane = plane_new(tree);
	struct reach reach = plane_reach(plane, within);
	found->weight = match_cover(match, tree, within, reach.from, reach.to);
	found->total = reach.to - reach.from;
	plane_free(plane);
}

/* With --search the graph is made, too. */
static int
print_searched(const struct request *request, struct build_cache *cache, const struct selected *selected, const struct kept *kept,
               const struct metric *metric)
{
	struct search *search = select_search(request);
	struct selection selection;
	struct error err = { 0 };

	if (!search)
		return print_facts(request, cache, selected, kept, metric, NULL);
	if (!select_open(&selection, build_cache_dataset(cache), request, false, SANDWICH_HALF, &err)) {
		search_free(search);
		return message_error(&err);
	}
	struct match *match = match_build(selection.tree, selection.ds, search);
	struct info_found found = { .pattern = str_of(request->search), .metric = selection.metric };
	weigh_found(match, &selection, &found);
	count_found(match, &selection, &found);
	int status = print_facts(request, cache, selected, kept, metric, &found);
	match_free(match);
	select_close(&selection);
	search_free(search);
	return status;
}

static int
run_info(const struct request *request)
{
	struct recipe recipe;
	struct kept kept = { .track = TRACK_ALL };
	const struct selected *selected = NULL;
	struct error err = { 0 };
	int status;
	struct dataset *ds = open_dataset(request, false, &status);

	if (!ds)
		return status;
	struct build_cache *cache = build_cache_new(ds, &attr_reader);
	struct strtab *patterns = strtab_new();
	bool fine = select_recipe(ds, request, false, patterns, &recipe, &err) && select_kept(cache, request, patterns, &kept, &err) &&
	            selected_get(cache, &recipe.select, patterns, NULL, &selected);
	status = fine ? print_searched(request, cache, selected, &kept, &recipe.spec.metric) : message_error(&err);
	kept_fini(&kept);
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
		"Tracks, spans and all that is counted are those that are chosen: by --query, --from-time, --to-time, --track and --trace, by --only,\n"
		"--ignore and the other filters, by --focus and --sandwich (what goes through these functions). --metric lists only that one,\n"
		"--search says how much of the graph it finds. What only says how a graph is drawn changes nothing here.\n",
	.takes_files = true,
	.run = run_info,
};
