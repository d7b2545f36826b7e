/* SPDX-License-Identifier: MIT
 * Grafana's flame graph data frame: columns level, value, self and label, a row for each node in depth-first order.
 * Source: Grafana's data frame JSON and its nested set model.  The first row is `all` at level 0 without a weight of its own, or the
 * focused frame, unless that could be taken for an `all`; what has an empty stack is a row without a name below it.  Where frames have the
 * same label, two columns more say of which file and module each is, so that they stay two when they are read back; Grafana passes over
 * columns that it does not know. */
#include "config.h"

#include "export/formats.h"

#include <errno.h>
#include <stdlib.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/emit.h"
#include "util/strtab.h"
#include "util/text.h"

enum { FLUSH_BYTES = 1 << 16 };

struct writer {
	const struct export_subject *subject;
	FILE       *file;
	struct buf  text, label;
	struct emit json;
	int         columns;
	bool        headed;     /* `all` stands above the focused frame */
};

/* The row of the empty stack, and that of an `all` above the focused frame. */
#define ROW_EMPTY NODE_NONE
#define ROW_HEAD  (NODE_NONE - 1)

static void
write_level(struct writer *w, node_id node)
{
	const struct tree *tree = w->subject->tree;

	emit_count(&w->json, node == ROW_EMPTY ? 1 : node == ROW_HEAD ? 0 : tree->level[node] - tree->level[w->subject->within] + w->headed);
}

static void
write_value(struct writer *w, node_id node)
{
	const struct tree *tree = w->subject->tree;

	emit_number(&w->json, node == ROW_EMPTY ? tree->self[NODE_ALL] : tree->total[node == ROW_HEAD ? w->subject->within : node]);
}

static void
write_self(struct writer *w, node_id node)
{
	const struct tree *tree = w->subject->tree;

	emit_number(&w->json, node == ROW_EMPTY ? tree->self[NODE_ALL] : node == NODE_ALL || node == ROW_HEAD ? 0 : tree->self[node]);
}

static void
write_label(struct writer *w, node_id node)
{
	buf_clear(&w->label);
	if (node == NODE_ALL || node == ROW_HEAD)
		buf_add(&w->label, STR("all"));
	else if (node != ROW_EMPTY)
		label_export(w->subject->ds, w->subject->tree->frame[node], &w->label);
	emit_text(&w->json, buf_str(&w->label));
}

/* The frame of a row, or NULL. */
static const struct frame *
frame_of(const struct writer *w, node_id node)
{
	return node == ROW_EMPTY || node == ROW_HEAD || node == NODE_ALL ? NULL : &w->subject->ds->frames[w->subject->tree->frame[node]];
}

static void
write_file(struct writer *w, node_id node)
{
	const struct frame *frame = frame_of(w, node);

	emit_text(&w->json, frame ? dataset_str(w->subject->ds, frame->file) : STR(""));
}

static void
write_module(struct writer *w, node_id node)
{
	const struct frame *frame = frame_of(w, node);

	emit_text(&w->json, frame ? dataset_str(w->subject->ds, frame->module) : STR(""));
}

static const struct column {
	const char *name, *type;
	void      (*write)(struct writer *w, node_id node);
} columns[] = {
	{ "level", "number", write_level },
	{ "value", "number", write_value },
	{ "self",  "number", write_self },
	{ "label", "string", write_label },
	{ "frameFile", "string", write_file },    /* these where labels do not tell all frames apart */
	{ "frameModule", "string", write_module },
};

enum { COLUMNS = sizeof columns / sizeof *columns, COLUMNS_USUAL = 4 };

/* A look at all labels: how many columns are needed. */
static int
columns_of(const struct export_subject *subject, struct export_report *report)
{
	const struct tree *tree = subject->tree;
	struct strtab *labels = strtab_new();
	uint64_t *met = bits_new(subject->ds->frame_count);
	struct buf label = { 0 };
	uint32_t frames = 0;

	for (node_id node = subject->within; node < tree->end[subject->within]; node++) {
		if (node == NODE_ALL || bits_has(met, tree->frame[node]))
			continue;
		bits_set(met, tree->frame[node]);
		buf_clear(&label);
		label_export(subject->ds, tree->frame[node], &label);
		frames += label.len > 0;
		report->renamed += !text_is_valid(buf_str(&label));
		(void)strtab_intern(labels, buf_str(&label));
	}
	bool told = frames == strtab_count(labels) - 1;
	buf_fini(&label);
	free(met);
	strtab_free(labels);
	return told ? COLUMNS_USUAL : COLUMNS;
}

/* As Grafana spells them; others are plain numbers to it. */
static const struct export_units units = { "ns", "µs", "ms", "s", "bytes", "short" };

static void
write_field(struct writer *w, const struct column *column)
{
	bool weight = column->write == write_value || column->write == write_self;

	emit_open(&w->json, '{');
	emit_key(&w->json, "name");
	emit_text(&w->json, str_of(column->name));
	emit_key(&w->json, "type");
	emit_text(&w->json, str_of(column->type));
	if (weight) {
		emit_key(&w->json, "config");
		emit_open_line(&w->json, '{');
		emit_key(&w->json, "unit");
		emit_text(&w->json, str_of(export_unit(&units, w->subject->unit)));
		emit_close(&w->json);
	}
	emit_close(&w->json);
}

static void
write_schema(struct writer *w)
{
	emit_key(&w->json, "schema");
	emit_open(&w->json, '{');
	emit_key(&w->json, "name");
	emit_text(&w->json, w->subject->metric);
	emit_key(&w->json, "meta");
	emit_open_line(&w->json, '{');
	emit_key(&w->json, "preferredVisualisationType");
	emit_text(&w->json, STR("flamegraph"));
	emit_close(&w->json);
	emit_key(&w->json, "fields");
	emit_open(&w->json, '[');
	for (int i = 0; i < w->columns; i++)
		write_field(w, &columns[i]);
	emit_close(&w->json);
	emit_close(&w->json);
}

static void
flush_at(struct writer *w, size_t bytes)
{
	if (w->text.len < bytes)
		return;
	if (w->text.len)
		fwrite(w->text.at, 1, w->text.len, w->file);
	buf_clear(&w->text);
}

static void
write_column(struct writer *w, const struct column *column)
{
	const struct tree *tree = w->subject->tree;
	node_id within = w->subject->within;

	emit_open_line(&w->json, '[');
	uint64_t nodes = tree->end[within] - within, before = (uint64_t)(column - columns) * nodes;
	if (w->headed)
		column->write(w, ROW_HEAD);
	for (node_id node = within; node < tree->end[within] && export_goes_on(w->subject, w->file, before + (node - within), (uint64_t)w->columns * nodes); node++) {
		column->write(w, node);
		if (node == NODE_ALL && tree->self[NODE_ALL] != 0)
			column->write(w, ROW_EMPTY);
		flush_at(w, FLUSH_BYTES);
	}
	emit_close(&w->json);
}

/* Whether readers would take the focused frame for the whole: it is called so and has nothing of its own. */
static bool
is_like_all(struct writer *w)
{
	node_id within = w->subject->within;

	if (within == NODE_ALL || w->subject->tree->self[within] != 0)
		return false;
	buf_clear(&w->label);
	label_export(w->subject->ds, w->subject->tree->frame[within], &w->label);
	return str_equal(buf_str(&w->label), STR("all")) || str_equal(buf_str(&w->label), STR("total"));
}

static bool
write_nested_set(const struct export_subject *subject, FILE *out, struct export_report *report, struct error *err)
{
	struct writer w = { .subject = subject, .file = out };

	report->renamed = 0;
	w.columns = columns_of(subject, report);
	w.headed = is_like_all(&w);
	errno = 0;
	w.json.out = &w.text;
	emit_open(&w.json, '{');
	write_schema(&w);
	emit_key(&w.json, "data");
	emit_open(&w.json, '{');
	emit_key(&w.json, "values");
	emit_open(&w.json, '[');
	for (int i = 0; i < w.columns; i++)
		write_column(&w, &columns[i]);
	emit_close(&w.json);
	emit_close(&w.json);
	emit_close(&w.json);
	flush_at(&w, 0);
	buf_fini(&w.text);
	buf_fini(&w.label);
	return export_finish(out, err);
}

const struct export_format export_nested_set = {
	.name = "nested-set",
	.summary = "Grafana's flame graph data frame as JSON: level, value, self, label",
	.suffix = ".nested-set.json",
	.cannot = EXPORT_JSON_CANNOT,
	.write = write_nested_set,
};
