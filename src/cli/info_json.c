/* SPDX-License-Identifier: MIT
 * spanfire info --json. */
#include "config.h"

#include "cli/info_facts.h"

#include "cli/open.h"
#include "util/emit.h"

static struct str
source_str(const struct info_facts *facts, str_id of_source)
{
	return facts->source ? dataset_str(facts->ds, of_source) : STR("");
}

static void
json_notes(const struct info_facts *facts, struct emit *json)
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
		emit_key(json, "sample");
		emit_text(json, dataset_str(facts->ds, note->sample));
		emit_close(json);
	}
	emit_close(json);
	buf_fini(&where);
}

static void
json_lists(const struct info_facts *facts, struct emit *json)
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
json_sources(struct emit *json, const struct dataset *ds)
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
json_found(const struct info_found *found, struct emit *json)
{
	emit_key(json, "search");
	emit_open(json, '{');
	emit_key(json, "pattern");
	emit_text(json, found->pattern);
	emit_key(json, "frames");
	emit_count(json, found->frames);
	emit_key(json, "boxes");
	emit_count(json, found->boxes);
	emit_key(json, "metric");
	emit_text(json, found->metric.name);
	emit_key(json, "unit");
	emit_text(json, found->metric.unit);
	emit_key(json, "weight");
	emit_number(json, found->weight);
	emit_key(json, "total");
	emit_number(json, found->total);
	emit_close(json);
}

void
info_print_json(const struct info_facts *facts, struct buf *out)
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
	json_sources(&json, ds);
	emit_key(&json, "kind");
	emit_text(&json, str_of(info_kind(facts)));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		emit_key(&json, counts[i].key);
		emit_count(&json, counts[i].value);
	}
	emit_key(&json, "start_ns");
	emit_integer(&json, facts->start_ns);
	emit_key(&json, "end_ns");
	emit_integer(&json, facts->end_ns);
	json_lists(facts, &json);
	if (facts->found)
		json_found(facts->found, &json);
	emit_close(&json);
}
