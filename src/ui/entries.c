/* SPDX-License-Identifier: MIT
 * Entries of a node: those of its function, and those of all of its spans together. */
#include "config.h"

#include "ui/entries.h"

#include <inttypes.h>
#include <stdio.h>

#include "analysis/label.h"
#include "ui/clocks.h"
#include "ui/entries_core.h"
#include "ui/instances.h"
#include "util/unit.h"

enum { INSTANCES_MOST = 1000 };    /* listed; one steps through all */

static const char *const frame_kinds[] = {
	[FRAME_USER] = "", [FRAME_KERNEL] = "kernel", [FRAME_JIT] = "compiled while it ran", [FRAME_INLINED] = "inlined",
	[FRAME_WAKER] = "of the stack that woke it",
};

void
entries_fini(struct entries *entries)
{
	arena_fini(&entries->arena);
	vec_fini(entries);
}

void
entries_add(struct entries *entries, const struct entry *entry)
{
	struct entry kept = *entry;

	kept.key.at = arena_copy(&entries->arena, entry->key);
	kept.value.at = arena_copy(&entries->arena, entry->value);
	vec_push(entries, kept);
}

void
entries_fact(struct entries *entries, const char *key, struct str value)
{
	if (value.len)
		entries_add(entries, &(struct entry){ .kind = ENTRY_FACT, .key = str_of(key), .value = value, .ink = ROLE_TEXT });
}

void
entries_heading(struct entries *entries, const char *title, uint64_t count)
{
	struct buf text = { 0 };

	unit_count(count, &text);
	entries_add(entries, &(struct entry){ .kind = ENTRY_HEADING, .key = str_of(title), .value = buf_str(&text), .ink = ROLE_DIM });
	buf_fini(&text);
}

static void
add_share(struct app *app, struct entries *out, const char *key, double value, double whole)
{
	struct buf text = { 0 };

	unit_format(value, app_scene(app)->unit, app->options.ascii, &text);
	buf_add(&text, STR("  "));
	shares_text(app, value, whole, &text);
	if (shares_are_of_all(app, whole))
		buf_add(&text, STR(" of all"));
	entries_fact(out, key, buf_str(&text));
	buf_fini(&text);
}

static void
add_amount(struct app *app, struct entries *out, const char *key, node_id node, double value)
{
	const struct tree *tree = app_scene(app)->tree;

	add_share(app, out, key, value, tree_is_inside(tree, node, app->state.focus) ? tree->total[app->state.focus] : app_scene(app)->all);
}

/* What all boxes of a frame come to; in a sandwich tooltip and detail line have it, for each half. */
static void
add_together(struct app *app, struct entries *out, frame_id frame)
{
	const struct scene *scene = app_scene(app);

	if (app->state.view == VIEW_SANDWICH || scene->boxes_of_frame[frame] < 2)
		return;
	struct occurrence_sum sum = scene_frame_sum(scene, frame, NODE_ALL);
	add_share(app, out, "all total", sum.total, scene->all);
	add_share(app, out, "all self", sum.self, scene->all);
}

static void
add_count(struct entries *out, const char *key, uint64_t count)
{
	struct buf text = { 0 };

	unit_count(count, &text);
	entries_fact(out, key, buf_str(&text));
	buf_fini(&text);
}

/* A function is met at many addresses, of which the first is known; a box of one address has it in its name. */
static void
add_address(struct app *app, struct entries *out, const struct frame *frame)
{
	struct buf text = { 0 };

	if (!frame->address)
		return;
	buf_addf(&text, "0x%" PRIx64, frame->address);
	if (app->session->grain != SINK_ADDRESSES)
		buf_add(&text, STR("  where it was met first"));
	entries_fact(out, "address", buf_str(&text));
	buf_fini(&text);
}

static void
add_frame(struct app *app, struct entries *out, frame_id id)
{
	const struct dataset *ds = app->session->ds;
	const struct frame *frame = &ds->frames[id];

	struct str package = label_package(ds, id);
	char line[16];

	entries_fact(out, "name", frame_short(ds, id));
	if (!frame->of_span && !str_equal(package, frame_short(ds, id)) && !str_equal(package, dataset_str(ds, frame->module)))
		entries_fact(out, "package", package);
	entries_fact(out, frame->of_span ? "service" : "module", dataset_str(ds, frame->module));
	entries_fact(out, "file", dataset_str(ds, frame->file));
	snprintf(line, sizeof line, "%" PRIu32, frame->line);
	if (frame->line)
		entries_fact(out, "line", str_of(line));
	entries_fact(out, "kind", str_of(frame_kinds[frame->kind]));
	add_address(app, out, frame);
	entries_fact(out, "build id", dataset_str(ds, frame->build));
}

static void
add_weights(struct app *app, struct entries *out, node_id node)
{
	struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;
	bool of_spans = tree->span != NULL;

	add_amount(app, out, "total", node, tree->total[node]);
	if (!scene_is_above(scene, node))
		add_amount(app, out, "self", node, tree_own(tree, node));
	if (tree->items[node])
		add_count(out, of_spans ? "spans" : "ending here", tree->items[node]);
	add_count(out, "level", tree->level[node]);
	add_count(out, "boxes", scene->boxes_of_frame[tree->frame[node]]);
	add_together(app, out, tree->frame[node]);
}

/* "320 ms" and where to find it. */
static void
add_instance(struct app *app, struct entries *out, span_id span, uint32_t nth)
{
	const struct spans *spans = &app->session->ds->spans;
	struct buf key = { 0 }, value = { 0 };
	bool failed = spans->status[span] == STATUS_ERROR;

	unit_duration(spans->duration_ns[span], app->options.ascii, &key);
	entries_when(app, span, &value);
	if (failed)
		buf_add(&value, STR("  ● error"));
	entries_add(out, &(struct entry){ .kind = ENTRY_INSTANCE, .key = buf_str(&key), .value = buf_str(&value), .span = span, .nth = nth,
	                                  .ink = failed ? ROLE_ERROR : ROLE_TEXT });
	buf_fini(&key);
	buf_fini(&value);
}

/* From the fastest to the slowest, and how many failed. */
static void
add_spread(struct app *app, struct entries *out, struct instances instances)
{
	static const struct { const char *word; uint32_t percent; } marks[] = { { "min ", 100 }, { "  median ", 50 }, { "  p90 ", 10 }, { "  p99 ", 1 }, { "  max ", 0 } };
	const struct spans *spans = &clocks_dataset(app)->spans;
	struct buf text = { 0 };
	uint32_t failed = 0;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		uint64_t at = (uint64_t)(instances.count - 1) * marks[i].percent / 100;
		buf_add(&text, str_of(marks[i].word));
		unit_duration(spans->duration_ns[instances.at[at]], app->options.ascii, &text);
	}
	entries_fact(out, "durations", buf_str(&text));
	for (uint32_t i = 0; i < instances.count; i++)
		failed += spans->status[instances.at[i]] == STATUS_ERROR;
	buf_clear(&text);
	unit_count(failed, &text);
	buf_add(&text, STR(" of "));
	unit_count(instances.count, &text);
	if (failed)
		entries_add(out, &(struct entry){ .kind = ENTRY_FACT, .key = STR("errors"), .value = buf_str(&text), .ink = ROLE_ERROR });
	buf_fini(&text);
}

static void
add_instances(struct app *app, struct entries *out, struct instances instances)
{
	entries_heading(out, "spans, slowest first", instances.count);
	for (uint32_t i = 0; i < instances.count && i < INSTANCES_MOST; i++)
		add_instance(app, out, instances.at[i], i + 1);
	if (instances.count > INSTANCES_MOST) {
		struct buf text = { 0 };
		unit_count(instances.count - INSTANCES_MOST, &text);
		buf_add(&text, STR(" more: one steps through them all"));
		entries_fact(out, "", buf_str(&text));
		buf_fini(&text);
	}
}

/* Which of several it is. */
static void
add_place(struct entries *out, uint32_t nth, uint32_t count)
{
	struct buf text = { 0 };

	unit_count(nth, &text);
	buf_add(&text, STR(" of "));
	unit_count(count, &text);
	buf_add(&text, STR(", slowest first"));
	entries_add(out, &(struct entry){ .kind = ENTRY_INSTANCE, .key = STR("span"), .value = buf_str(&text), .nth = 0, .ink = ROLE_TEXT });
	buf_fini(&text);
}

void
entries_read(struct app *app, node_id node, uint32_t nth, struct entries *out)
{
	const struct tree *tree = app_scene(app)->tree;
	struct instances instances = instances_of(app, node);

	if (node == NODE_ALL) {
		add_amount(app, out, "total", node, tree->total[node]);
		if (tree->span)
			entries_add_trace(app, out);
		entries_add_labels(app, out, node);
		return;
	}
	if (instances.count == 1 || (nth > 0 && nth <= instances.count)) {
		if (instances.count > 1)
			add_place(out, nth, instances.count);
		entries_add_span(app, out, instances.at[nth ? nth - 1 : 0]);
		return;
	}
	add_frame(app, out, tree->frame[node]);
	add_weights(app, out, node);
	if (instances.count) {
		add_spread(app, out, instances);
		add_instances(app, out, instances);
	}
	entries_add_labels(app, out, node);
}
