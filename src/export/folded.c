/* SPDX-License-Identifier: MIT
 * Folded stacks: "a;b;c 12" for each merged stack with a weight of its own, sorted by the bytes of the stack.
 * A stack without frames is an empty text before the space.  Names that differ only in what folded cannot say become one: no line break,
 * ';' or NUL, no blank at either end, no '#' where the line begins with it, no number at the end where all lines would have two.
 *
 * The tree is walked in output order, so that no more than one path is held: below a node each child stands twice among its siblings,
 * as "name" (the stack that ends here) and as "name;" (all that go on), sorted by those texts.  That is the order of the whole stacks:
 * names hold no ';' once written, so of two such texts neither begins the other unless it is the shorter and comes first. */
#include "config.h"

#include "export/formats.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/chars.h"
#include "util/strtab.h"
#include "util/unit.h"

#define NOT_WRITTEN UINT32_MAX
enum { FLUSH_BYTES = 1 << 16 };

/* A child of the path so far, as the end of a stack or as the beginning of longer ones. */
struct step {
	uint32_t rank;    /* of its text among all texts */
	uint32_t goes_on;
	node_id  node;
};

/* The steps of one level that are still to be done. */
struct level {
	size_t   begin, next, end;    /* in writer.steps */
	uint32_t path_len;            /* bytes of the path above, the ';' included */
};

struct writer {
	const struct export_subject *subject;
	const struct tree    *tree;
	const struct dataset *ds;
	struct strtab        *names;         /* as written */
	uint32_t             *name_of;       /* per frame: id in names, NOT_WRITTEN when it does not occur */
	uint32_t             *rank;          /* per name: 2 ranks, as an end and going on */
	struct { VEC(struct step); } steps;
	struct { VEC(struct level); } levels;
	struct buf            path, out;
	bool                 *begins;        /* per frame: a line begins with it */
	uint32_t              walked;        /* nodes, in order of output */
	bool                  numbered;      /* every line would end in two numbers, as those of two profiles do */
	FILE                 *file;
	struct export_report *report;
};

/* Where a blank stands before what could be a weight at the end of the text; its length: nowhere. */
static size_t
number_at(struct str text)
{
	size_t at = text.len;

	while (at > 0 && strchr("0123456789.+-eE", text.at[at - 1]) && text.at[at - 1])
		at--;
	return at > 0 && at < text.len && char_is_blank(text.at[at - 1]) ? at - 1 : text.len;
}

static void
clean_text(struct writer *w, frame_id frame, struct buf *out)
{
	size_t begin = 0, end;

	buf_clear(out);
	label_export(w->ds, frame, out);
	for (size_t i = 0; i < out->len; i++) {
		char c = out->at[i];
		out->at[i] = c == ';' ? ',' : c == '\n' || c == '\0' ? ' ' : c;
	}
	for (end = out->len; end > 0 && char_is_blank(out->at[end - 1]); end--)
		;
	while (begin < end && char_is_blank(out->at[begin]))
		begin++;
	if (begin > 0)
		memmove(out->at, out->at + begin, end - begin);
	out->len = end - begin;
}

/* The frame's text as folded can say it. */
static uint32_t
write_name(struct writer *w, frame_id frame, struct buf *scratch)
{
	struct buf raw = { 0 };
	size_t number;

	clean_text(w, frame, scratch);
	number = w->numbered ? number_at(buf_str(scratch)) : scratch->len;
	if (number < scratch->len)
		scratch->at[number] = '_';
	if (w->begins[frame] && scratch->len && scratch->at[0] == '#') {
		buf_addc(scratch, '_');
		memmove(scratch->at + 1, scratch->at, scratch->len - 1);
		scratch->at[0] = '_';
	}
	label_export(w->ds, frame, &raw);
	w->report->renamed += !str_equal(buf_str(&raw), buf_str(scratch));
	buf_fini(&raw);
	return strtab_intern(w->names, buf_str(scratch));
}

/* Which frames begin a line, and whether what ends one always looks as if a weight followed; seldom more than one has to be looked at. */
static void
look_at_ends(struct writer *w, node_id within, struct buf *scratch)
{
	const struct tree *tree = w->tree;

	w->begins = xcalloc(w->ds->frame_count ? w->ds->frame_count : 1, sizeof *w->begins);
	if (within != NODE_ALL)
		w->begins[tree->frame[within]] = true;
	for (node_id node = within == NODE_ALL ? tree_first_child(tree, NODE_ALL) : NODE_NONE; node != NODE_NONE; node = tree_next_sibling(tree, node))
		w->begins[tree->frame[node]] = true;
	w->numbered = within != NODE_ALL || tree->self[NODE_ALL] == 0;
	for (node_id node = within == NODE_ALL ? 1 : within; w->numbered && node < tree->end[within]; node++)
		if (tree->self[node] != 0) {
			clean_text(w, tree->frame[node], scratch);
			w->numbered = number_at(buf_str(scratch)) < scratch->len;
		}
}

/* Each node is met twice: for its name, and in the order of output. */
static bool
goes_on(const struct writer *w, uint64_t met)
{
	node_id within = w->subject->within;

	return export_goes_on(w->subject, w->file, met, 2 * (uint64_t)(w->tree->end[within] - within));
}

static void
collect_names(struct writer *w, node_id within)
{
	struct buf scratch = { 0 };

	w->name_of = xreallocarray(NULL, w->ds->frame_count, sizeof *w->name_of);
	for (uint32_t i = 0; i < w->ds->frame_count; i++)
		w->name_of[i] = NOT_WRITTEN;
	look_at_ends(w, within, &scratch);
	for (node_id node = within; node < w->tree->end[within] && goes_on(w, node - within); node++) {
		frame_id frame = w->tree->frame[node];
		if (frame != ID_NONE && w->name_of[frame] == NOT_WRITTEN)
			w->name_of[frame] = write_name(w, frame, &scratch);
	}
	buf_fini(&scratch);
}

/* A text to be ranked: a name, with a ';' behind it or not. */
struct ranked {
	struct str name;
	uint32_t   id;
	bool       goes_on;
};

static int
compare_ranked(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;
	size_t common = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = common ? memcmp(a->name.at, b->name.at, common) : 0;

	if (order)
		return order;
	/* What follows the common part: the rest of a name, the ';', or nothing. */
	int next_a = a->name.len > common ? (unsigned char)a->name.at[common] : a->goes_on ? ';' : -1;
	int next_b = b->name.len > common ? (unsigned char)b->name.at[common] : b->goes_on ? ';' : -1;
	return next_a - next_b;
}

static void
rank_names(struct writer *w)
{
	uint32_t count = strtab_count(w->names);
	struct ranked *texts = xreallocarray(NULL, count, 2 * sizeof *texts);

	w->rank = xreallocarray(NULL, count, 2 * sizeof *w->rank);
	for (uint32_t i = 0; i < count; i++) {
		texts[2 * i] = (struct ranked){ strtab_get(w->names, i), i, false };
		texts[2 * i + 1] = (struct ranked){ strtab_get(w->names, i), i, true };
	}
	qsort(texts, (size_t)count * 2, sizeof *texts, compare_ranked);
	for (uint32_t i = 0; i < count * 2; i++)
		w->rank[texts[i].id * 2 + texts[i].goes_on] = i;
	free(texts);
}

/* `all` has no name: a stack of it alone is empty. */
static uint32_t
name_of(const struct writer *w, node_id node)
{
	return node == NODE_ALL ? STR_EMPTY : w->name_of[w->tree->frame[node]];
}

static void
add_step(struct writer *w, node_id node)
{
	const uint32_t *rank = &w->rank[name_of(w, node) * 2];

	if (w->tree->self[node] != 0)
		vec_push(&w->steps, (struct step){ rank[0], false, node });
	if (node != NODE_ALL && tree_first_child(w->tree, node) != NODE_NONE)
		vec_push(&w->steps, (struct step){ rank[1], true, node });
}

/* Steps of one rank are the same text: they stay in the order of the tree. */
static int
compare_steps(const void *left, const void *right)
{
	const struct step *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->node < b->node ? -1 : a->node > b->node;
}

static void
open_level(struct writer *w, size_t begin)
{
	size_t count = w->steps.len - begin;

	if (count > 1)
		qsort(w->steps.at + begin, count, sizeof *w->steps.at, compare_steps);
	CHECK(w->path.len < UINT32_MAX);
	vec_push(&w->levels, (struct level){ begin, begin, w->steps.len, (uint32_t)w->path.len });
}

static void
flush(struct writer *w)
{
	if (w->out.len)
		fwrite(w->out.at, 1, w->out.len, w->file);
	buf_clear(&w->out);
}

static void
write_stack(struct writer *w, struct str stack, double weight)
{
	if (weight == 0)
		return;
	buf_add(&w->out, stack);
	buf_addc(&w->out, ' ');
	number_format(weight, &w->out);
	buf_addc(&w->out, '\n');
	if (w->out.len >= FLUSH_BYTES)
		flush(w);
}

/* All steps from the next one on that have its text: printed as one stack, or gone into as one. */
static void
do_steps(struct writer *w)
{
	struct level *level = &vec_last(&w->levels);
	struct step first = w->steps.at[level->next];
	size_t begin = level->next, end = begin;
	double weight = 0;

	while (end < level->end && w->steps.at[end].rank == first.rank)
		weight += w->tree->self[w->steps.at[end++].node];
	level->next = end;
	w->path.len = level->path_len;
	buf_add(&w->path, strtab_get(w->names, name_of(w, first.node)));
	if (!first.goes_on) {
		write_stack(w, buf_str(&w->path), weight);
		return;
	}
	buf_addc(&w->path, ';');
	size_t below = w->steps.len;
	for (size_t i = begin; i < end; i++) {
		node_id parent = w->steps.at[i].node;
		for (node_id child = tree_first_child(w->tree, parent); child != NODE_NONE; child = tree_next_sibling(w->tree, child))
			add_step(w, child);
	}
	open_level(w, below);
}

static void
write_stacks(struct writer *w, node_id within)
{
	add_step(w, within);
	if (within == NODE_ALL)
		for (node_id child = tree_first_child(w->tree, NODE_ALL); child != NODE_NONE; child = tree_next_sibling(w->tree, child))
			add_step(w, child);
	open_level(w, 0);
	while (w->levels.len > 0 && goes_on(w, (uint64_t)w->tree->end[within] - within + w->walked)) {
		struct level *level = &vec_last(&w->levels);
		if (level->next < level->end) {
			w->walked++;
			do_steps(w);
		} else {
			w->steps.len = level->begin;
			(void)vec_pop(&w->levels);
		}
	}
	flush(w);
}

static bool
write_folded(const struct export_subject *subject, FILE *out, struct export_report *report, struct error *err)
{
	struct writer w = { .subject = subject, .tree = subject->tree, .ds = subject->ds, .names = strtab_new(), .file = out, .report = report };

	report->renamed = 0;
	collect_names(&w, subject->within);
	errno = 0;
	if (!job_stopped(subject->job)) {
		rank_names(&w);
		write_stacks(&w, subject->within);
	}
	strtab_free(w.names);
	free(w.name_of);
	free(w.rank);
	free(w.begins);
	vec_fini(&w.steps);
	vec_fini(&w.levels);
	buf_fini(&w.path);
	buf_fini(&w.out);
	return export_finish(out, err);
}

const struct export_format export_folded = {
	.name = "folded",
	.summary = "one stack a line, frames joined by ';', then its weight; always merged",
	.suffix = ".folded",
	.cannot = "as folded cannot say ';' and line breaks, or blanks, '#' and numbers at the ends",
	.write = write_folded,
};
