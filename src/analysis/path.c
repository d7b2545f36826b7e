/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/path.h"

#include <stdlib.h>

#include "analysis/label.h"
#include "analysis/trace_ref.h"
#include "util/alloc.h"
#include "util/chars.h"
#include "util/text.h"

/* Numbers beyond this are taken as names: no node has so many siblings. */
enum { ORDINAL_DIGITS = 9 };

/* The offset of '#' when the text ends in it and digits, else its length. */
static size_t
ordinal_at(struct str text)
{
	size_t at = text.len;

	while (at > 0 && char_is_digit(text.at[at - 1]))
		at--;
	return at > 0 && at < text.len && text.at[at - 1] == '#' ? at - 1 : text.len;
}

/* Which of the siblings with this label the node is, from 1. */
static uint32_t
ordinal_of(const struct tree *tree, const struct dataset *ds, node_id node, struct str label)
{
	frame_id frame = tree->frame[node], other = ID_NONE;
	uint32_t ordinal = 1;
	bool same = false;
	struct buf text = { 0 };

	for (node_id at = tree_first_child(tree, tree->parent[node]); at != node; at = tree_next_sibling(tree, at)) {
		if (tree->frame[at] != frame && tree->frame[at] != other) {
			other = tree->frame[at];
			buf_clear(&text);
			label_show(ds, other, &text);
			same = str_equal(buf_str(&text), label);
		}
		ordinal += tree->frame[at] == frame || same;
	}
	buf_fini(&text);
	return ordinal;
}

static void
add_step(const struct tree *tree, const struct dataset *ds, node_id node, struct buf *out)
{
	struct buf label = { 0 };

	label_show(ds, tree->frame[node], &label);
	struct str text = buf_str(&label);
	size_t hash = ordinal_at(text);
	text_escape((struct str){ text.at, hash }, out);
	if (hash < text.len) {
		buf_add(out, STR("\\x23"));
		buf_add(out, (struct str){ text.at + hash + 1, text.len - hash - 1 });
	}
	uint32_t ordinal = ordinal_of(tree, ds, node, text);
	if (ordinal > 1)
		buf_addf(out, "#%u", ordinal);
	buf_fini(&label);
}

void
path_format(const struct tree *tree, const struct dataset *ds, node_id node, struct buf *out)
{
	uint32_t depth = tree->level[node];
	node_id *steps = xreallocarray(NULL, depth, sizeof *steps);

	for (uint32_t level = depth; level > 0; level--) {
		steps[level - 1] = node;
		node = tree->parent[node];
	}
	for (uint32_t i = 0; i < depth; i++) {
		if (i)
			buf_addc(out, ';');
		add_step(tree, ds, steps[i], out);
	}
	free(steps);
}

/* The ordinal-th child of parent with this label, or NODE_NONE. */
static node_id
child_named(const struct tree *tree, const struct dataset *ds, node_id parent, struct str label, uint32_t ordinal)
{
	frame_id known = ID_NONE;
	bool same = false;
	struct buf text = { 0 };
	node_id at = tree_first_child(tree, parent);

	for (; at != NODE_NONE; at = tree_next_sibling(tree, at)) {
		if (tree->frame[at] != known) {
			known = tree->frame[at];
			buf_clear(&text);
			label_show(ds, known, &text);
			same = str_equal(buf_str(&text), label);
		}
		if (same && --ordinal == 0)
			break;
	}
	buf_fini(&text);
	return at;
}

/* Goes from a node to its child of this name. */
static bool
take_step(const struct tree *tree, const struct dataset *ds, struct str step, node_id *node, struct error *err)
{
	size_t hash = ordinal_at(step);
	uint32_t ordinal = 1;
	struct buf label = { 0 };

	if (hash < step.len && step.len - hash - 1 <= ORDINAL_DIGITS) {
		ordinal = 0;
		for (size_t i = hash + 1; i < step.len; i++)
			ordinal = ordinal * 10 + (uint32_t)(step.at[i] - '0');
		step.len = hash;
	}
	bool good = text_unescape(step, &label);
	if (!good)
		error_set(err, ERROR_USAGE, "a broken escape in \"%.*s\"", (int)step.len, step.at);
	else
		*node = ordinal ? child_named(tree, ds, *node, buf_str(&label), ordinal) : NODE_NONE;
	if (good && *node == NODE_NONE)
		good = error_set(err, ERROR_USAGE, "no box \"%.*s\" there", (int)step.len, step.at);
	buf_fini(&label);
	return good;
}

/* Where a merged tree has put a span: along the frames of its ancestors. */
static node_id
node_along(const struct tree *tree, const struct dataset *ds, span_id span)
{
	uint32_t count = 0, left;
	node_id node = NODE_ALL;

	for (span_id at = span; at != ID_NONE; at = ds->spans.parent[at])
		count++;
	frame_id *frames = xreallocarray(NULL, count, sizeof *frames);
	left = count;
	for (span_id at = span; at != ID_NONE; at = ds->spans.parent[at])
		frames[--left] = ds->spans.frame[at];
	for (uint32_t i = 0; i < count && node != NODE_NONE; i++)
		node = tree_child_of_frame(tree, node, frames[i]);
	free(frames);
	return node;
}

/* The node of a span, NODE_NONE when it has none. */
static node_id
node_of_span(const struct tree *tree, const struct dataset *ds, span_id span)
{
	if (!tree->timed)
		return node_along(tree, ds, span);
	for (node_id node = 1; tree->span && node < tree->count; node++)
		if (tree->span[node] == span)
			return node;
	return NODE_NONE;
}

static bool
find_span(const struct tree *tree, const struct dataset *ds, const struct trace_ref *ref, node_id *out, struct error *err)
{
	track_id track;
	span_id span;

	if (!trace_ref_find(ds, ref, &track, &span, NULL, err))
		return false;
	if (span == ID_NONE) {
		*out = NODE_ALL;
		return true;
	}
	*out = node_of_span(tree, ds, span);
	return *out != NODE_NONE || error_set(err, ERROR_USAGE, "the span is not among what is shown");
}

bool
path_find(const struct tree *tree, const struct dataset *ds, struct str path, node_id *out, struct error *err)
{
	static const char by_id[] = "span:";
	struct str ids = { path.at + sizeof by_id - 1, path.len - (sizeof by_id - 1) };
	struct trace_ref ref;
	node_id node = NODE_ALL;

	if (str_starts(path, str_of(by_id)) && trace_ref_parse(ids, &ref) && (ref.has_span || strlen(ref.trace) == SPAN_ID_DIGITS))
		return find_span(tree, ds, &ref, out, err);
	while (path.len) {
		const char *semicolon = memchr(path.at, ';', path.len);
		size_t len = semicolon ? (size_t)(semicolon - path.at) : path.len;

		if (!take_step(tree, ds, (struct str){ path.at, len }, &node, err))
			return false;
		len += semicolon != NULL;
		path = str_tail(path, len);
	}
	*out = node;
	return true;
}
