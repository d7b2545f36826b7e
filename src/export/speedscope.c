/* SPDX-License-Identifier: MIT
 * speedscope's file format: a table of frames and one profile.  Of a merged tree it is sampled, a sample for each node with a weight of
 * its own, root first; of one in the order of time it has an event for each box that opens or closes.
 * Source: the file-format-spec of speedscope.  Names are those of folded stacks, so that both give the same tree when read back.
 * Units that speedscope does not know become "none".  Two things are said that it passes over, for what is read back to be the same tree:
 * a frame's module, since frames of two modules may have one name, and a sample of no weight for a box without any. */
#include "config.h"

#include "export/formats.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/emit.h"
#include "util/hash.h"
#include "util/text.h"

enum { FLUSH_BYTES = 1 << 16 };

struct writer {
	const struct export_subject *subject;
	FILE       *file;
	struct buf  text;
	struct emit json;
	uint32_t   *index;    /* per frame: its place in the table; ID_NONE: it does not occur */
};

static void
flush_at(struct writer *w, size_t bytes)
{
	if (w->text.len < bytes)
		return;
	if (w->text.len)
		fwrite(w->text.at, 1, w->text.len, w->file);
	buf_clear(&w->text);
}

/* Each node is met in three passes: for its frame, its stack and its weight; of a tree in the order of time in two. */
static bool
goes_on(struct writer *w, unsigned pass, node_id node)
{
	const struct tree *tree = w->subject->tree;
	node_id within = w->subject->within;
	uint64_t nodes = tree->end[within] - within;

	return export_goes_on(w->subject, w->file, pass * nodes + (node - within), (tree->timed ? 2 : 3) * nodes);
}

static void
write_frame(struct writer *w, frame_id id, struct buf *label, struct export_report *report)
{
	const struct dataset *ds = w->subject->ds;
	const struct frame *frame = &ds->frames[id];

	buf_clear(label);
	label_export(ds, id, label);
	report->renamed += !text_is_valid(buf_str(label));
	emit_open_line(&w->json, '{');
	emit_key(&w->json, "name");
	emit_text(&w->json, buf_str(label));
	if (frame->file != STR_EMPTY) {
		emit_key(&w->json, "file");
		emit_text(&w->json, dataset_str(ds, frame->file));
	}
	if (frame->module != STR_EMPTY) {
		emit_key(&w->json, "module");
		emit_text(&w->json, dataset_str(ds, frame->module));
	}
	if (frame->line) {
		emit_key(&w->json, "line");
		emit_count(&w->json, frame->line);
	}
	emit_close(&w->json);
	flush_at(w, FLUSH_BYTES);
}

static void
write_frames(struct writer *w, struct export_report *report)
{
	const struct tree *tree = w->subject->tree;
	node_id within = w->subject->within;
	struct buf label = { 0 };
	uint32_t count = 0;

	emit_key(&w->json, "frames");
	emit_open(&w->json, '[');
	for (node_id node = within; node < tree->end[within] && goes_on(w, 0, node); node++) {
		frame_id frame = tree->frame[node];
		if (frame == ID_NONE || w->index[frame] != ID_NONE)
			continue;
		w->index[frame] = count++;
		write_frame(w, frame, &label, report);
	}
	emit_close(&w->json);
	buf_fini(&label);
}

static bool
is_sampled(const struct tree *tree, node_id node)
{
	return tree->self[node] != 0 || (node != NODE_ALL && tree_first_child(tree, node) == NODE_NONE);
}

static void
write_samples(struct writer *w)
{
	const struct tree *tree = w->subject->tree;
	node_id within = w->subject->within;
	uint32_t top = tree->level[within] ? tree->level[within] : 1;
	uint32_t *path = xcalloc((size_t)tree->depth + 1, sizeof *path);

	emit_key(&w->json, "samples");
	emit_open(&w->json, '[');
	for (node_id node = within; node < tree->end[within] && goes_on(w, 1, node); node++) {
		if (node != NODE_ALL)
			path[tree->level[node]] = w->index[tree->frame[node]];
		if (!is_sampled(tree, node))
			continue;
		emit_open_line(&w->json, '[');
		for (uint32_t level = top; level <= tree->level[node]; level++)
			emit_count(&w->json, path[level]);
		emit_close(&w->json);
		flush_at(w, FLUSH_BYTES);
	}
	emit_close(&w->json);
	free(path);
}

static double
write_weights(struct writer *w)
{
	const struct tree *tree = w->subject->tree;
	node_id within = w->subject->within;
	double sum = 0;

	emit_key(&w->json, "weights");
	emit_open_line(&w->json, '[');
	for (node_id node = within; node < tree->end[within] && goes_on(w, 2, node); node++) {
		if (!is_sampled(tree, node))
			continue;
		emit_number(&w->json, tree->self[node]);
		sum += tree->self[node];
		flush_at(w, FLUSH_BYTES);
	}
	emit_close(&w->json);
	return sum;
}

static const struct export_units units = { "nanoseconds", "microseconds", "milliseconds", "seconds", "bytes", "none" };

static void
write_event(struct writer *w, char type, node_id node, double at)
{
	emit_open_line(&w->json, '{');
	emit_key(&w->json, "type");
	emit_text(&w->json, (struct str){ &type, 1 });
	emit_key(&w->json, "frame");
	emit_count(&w->json, w->index[w->subject->tree->frame[node]]);
	emit_key(&w->json, "at");
	emit_number(&w->json, at);
	emit_close(&w->json);
	flush_at(w, FLUSH_BYTES);
}

/* Boxes close when one comes that is not in them. */
static void
write_events(struct writer *w)
{
	const struct tree *tree = w->subject->tree;
	node_id within = w->subject->within, first = within == NODE_ALL ? 1 : within, open = NODE_NONE, outside = tree->parent[first];

	emit_key(&w->json, "events");
	emit_open(&w->json, '[');
	for (node_id node = first; node <= tree->end[within] && goes_on(w, 1, node); node++) {
		bool ends = node == tree->end[within];
		for (; open != NODE_NONE && open != outside && (ends || !tree_is_inside(tree, node, open)); open = tree->parent[open])
			write_event(w, 'C', open, tree->x0[open] + tree->total[open]);
		if (!ends) {
			write_event(w, 'O', node, tree->x0[node]);
			open = node;
		}
	}
	emit_close(&w->json);
}

static void
write_profile(struct writer *w)
{
	const struct export_subject *subject = w->subject;
	const struct tree *tree = subject->tree;
	double start = 0, end;

	emit_open(&w->json, '{');
	emit_key(&w->json, "type");
	emit_text(&w->json, tree->timed ? STR("evented") : STR("sampled"));
	emit_key(&w->json, "name");
	emit_text(&w->json, tree->timed ? STR("time") : subject->metric);
	emit_key(&w->json, "unit");
	emit_text(&w->json, tree->timed ? STR("nanoseconds") : str_of(export_unit(&units, subject->unit)));
	if (tree->timed) {
		write_events(w);
		start = subject->within == NODE_ALL ? 0 : tree->x0[subject->within];
		end = start + (subject->within == NODE_ALL ? tree->width : tree->total[subject->within]);
	} else {
		write_samples(w);
		end = write_weights(w);
	}
	emit_key(&w->json, "startValue");
	emit_number(&w->json, start);
	emit_key(&w->json, "endValue");
	emit_number(&w->json, end);
	emit_close(&w->json);
}

static bool
write_speedscope(const struct export_subject *subject, FILE *out, struct export_report *report, struct error *err)
{
	struct writer w = { .subject = subject, .file = out };

	report->renamed = 0;
	errno = 0;
	w.json.out = &w.text;
	w.index = xreallocarray(NULL, subject->ds->frame_count, sizeof *w.index);
	for (frame_id frame = 0; frame < subject->ds->frame_count; frame++)
		w.index[frame] = ID_NONE;
	emit_open(&w.json, '{');
	emit_key(&w.json, "$schema");
	emit_text(&w.json, STR("https://www.speedscope.app/file-format-schema.json"));
	emit_key(&w.json, "exporter");
	emit_text(&w.json, STR("spanfire@" PACKAGE_VERSION));
	emit_key(&w.json, "shared");
	emit_open(&w.json, '{');
	write_frames(&w, report);
	emit_close(&w.json);
	emit_key(&w.json, "profiles");
	emit_open(&w.json, '[');
	write_profile(&w);
	emit_close(&w.json);
	emit_close(&w.json);
	flush_at(&w, 0);
	free(w.index);
	buf_fini(&w.text);
	return export_finish(out, err);
}

const struct export_format export_speedscope = {
	.name = "speedscope",
	.summary = "speedscope JSON: the merged stacks, or the boxes in the order of time",
	.suffix = ".speedscope.json",
	.cannot = EXPORT_JSON_CANNOT,
	.keeps_time = true,
	.write = write_speedscope,
};
