/* SPDX-License-Identifier: MIT
 * Inputs that hold a flame graph, and folded stacks of two sides. */
#include "config.h"

#include "bench/gen.h"

#include <inttypes.h>
#include <stdio.h>

#include "util/vec.h"

/* Boxes in pre-order: a level, a value that its children share, what is left of it, and a function. */
struct box { uint32_t level, function; uint64_t value, self; };

struct boxes { VEC(struct box); };

static void
make_boxes(struct demo *d, size_t count, struct boxes *out)
{
	enum { BRANCH = 10000000 };      /* value of a child of the root */
	uint64_t left[STACK_MAX + 1];    /* to be shared out among the children of the box at hand, by level */
	size_t open[STACK_MAX + 1] = { 0 };
	uint32_t level = 0;

	vec_push(out, (struct box){ 0 });
	while (out->len < count) {
		if (level > 0 && (left[level] == 0 || level == STACK_MAX || demo_pick(d, 3) == 0)) {
			level--;
			continue;
		}
		uint64_t value = level ? 1 + left[level] / (2 + demo_pick(d, 6)) : BRANCH;
		if (level) {
			left[level] -= value;
			out->at[open[level]].self -= value;
		} else {
			out->at[0].value += value;
		}
		open[++level] = out->len;
		left[level] = value - value / 8;
		vec_push(out, (struct box){ level, demo_pick(d, FUNCTIONS), value, value });
	}
}

static void
put_numbers(struct buf *text, const struct boxes *boxes, int column)
{
	for (size_t i = 0; i < boxes->len; i++) {
		const struct box *box = &boxes->at[i];
		if (column == 3)
			buf_addf(text, "%s\"store.step%" PRIu32 "\"", i ? "," : "", box->function);
		else
			buf_addf(text, "%s%" PRIu64, i ? "," : "", column == 0 ? box->level : column == 1 ? box->value : box->self);
		if (text->len > MB)
			put(text);
	}
}

static void
with_boxes(uint64_t size, uint64_t box_bytes, void (*print)(const struct boxes *boxes, struct buf *text))
{
	struct demo *d = demo_new(SEED, 0);
	struct boxes boxes = { 0 };
	struct buf text = { 0 };

	make_boxes(d, (size_t)(size / box_bytes), &boxes);
	print(&boxes, &text);
	put(&text);
	buf_fini(&text);
	vec_fini(&boxes);
	demo_free(d);
}

static void
print_nested_set(const struct boxes *boxes, struct buf *text)
{
	static const char *const fields[] = { "level", "value", "self", "label" };

	buf_add(text, STR("{\"schema\":{\"name\":\"response\",\"meta\":{\"preferredVisualisationType\":\"flamegraph\"},\"fields\":["));
	for (int i = 0; i < 4; i++)
		buf_addf(text, "%s{\"name\":\"%s\",\"type\":\"%s\"}", i ? "," : "", fields[i], i == 3 ? "string" : "number");
	buf_add(text, STR("]},\"data\":{\"values\":["));
	for (int i = 0; i < 4; i++) {
		buf_add(text, i ? STR(",[") : STR("["));
		put_numbers(text, boxes, i);
		buf_addc(text, ']');
	}
	buf_add(text, STR("]}}\n"));
}

void
gen_nested_set(uint64_t size)
{
	with_boxes(size, 25, print_nested_set);
}

static void
print_nested_set_csv(const struct boxes *boxes, struct buf *text)
{
	buf_add(text, STR("level,value,self,label\n"));
	for (size_t i = 0; i < boxes->len; i++) {
		const struct box *box = &boxes->at[i];
		buf_addf(text, "%" PRIu32 ",%" PRIu64 ",%" PRIu64 ",store.step%" PRIu32 "\n", box->level, box->value, box->self, box->function);
		if (text->len > MB)
			put(text);
	}
}

void
gen_nested_set_csv(uint64_t size)
{
	with_boxes(size, 23, print_nested_set_csv);
}

/* Of each box its place from the start of the row is needed: rows are printed one by one, places counted on the way. */
static void
print_flamebearer(const struct boxes *boxes, struct buf *text)
{
	buf_add(text, STR("{\"version\":1,\"flamebearer\":{\"names\":[\"total\""));
	for (uint32_t i = 1; i < FUNCTIONS; i++)
		buf_addf(text, ",\"store.step%" PRIu32 "\"", i);
	buf_add(text, STR("],\"levels\":["));
	for (uint32_t level = 0; level <= STACK_MAX; level++) {
		uint64_t at[STACK_MAX + 1] = { 0 }, end = 0;    /* where the next box of a level begins; the end of the last one here */
		bool first = true;
		buf_add(text, level ? STR(",[") : STR("["));
		for (size_t i = 0; i < boxes->len; i++) {
			const struct box *box = &boxes->at[i];
			uint64_t begin = at[box->level];
			at[box->level] += box->value;
			if (box->level < STACK_MAX)
				at[box->level + 1] = begin;
			if (box->level != level)
				continue;
			buf_addf(text, "%s%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu32, first ? "" : ",", begin - end, box->value, box->self, box->function);
			end = begin + box->value;
			first = false;
			if (text->len > MB)
				put(text);
		}
		buf_addc(text, ']');
	}
	buf_addf(text, "],\"numTicks\":%" PRIu64 ",\"maxSelf\":1},\"metadata\":{\"format\":\"single\",\"sampleRate\":100,\"units\":\"samples\","
	         "\"name\":\"cpu\"},\"timeline\":null}\n", boxes->at[0].value);
}

void
gen_flamebearer(uint64_t size)
{
	with_boxes(size, 17, print_flamebearer);
}

static void
print_heapprofile(const struct boxes *boxes, struct buf *text)
{
	buf_add(text, STR("{\"head\":"));
	for (size_t i = 0; i < boxes->len; i++) {
		const struct box *box = &boxes->at[i];
		uint32_t next = i + 1 < boxes->len ? boxes->at[i + 1].level : 0;
		buf_addf(text, "{\"callFrame\":{\"functionName\":\"step%" PRIu32 "\",\"scriptId\":\"%" PRIu32 "\",\"url\":\"file:///shop/part%" PRIu32
		         ".js\",\"lineNumber\":%" PRIu32 ",\"columnNumber\":1},\"selfSize\":%" PRIu64 ",\"id\":%zu,\"children\":[", box->function,
		         box->function % 50, box->function % 50, box->function, box->self, i + 1);
		if (next > box->level)
			continue;
		for (uint32_t level = box->level; level > next; level--)
			buf_add(text, STR("]}"));
		buf_add(text, i + 1 < boxes->len ? STR("]},") : STR("]}"));
		if (text->len > MB)
			put(text);
	}
	buf_add(text, STR("}\n"));
}

void
gen_heapprofile(uint64_t size)
{
	with_boxes(size, 155, print_heapprofile);
}

void
gen_folded_diff(uint64_t size)
{
	struct demo *d = demo_new(SEED, 0);
	uint32_t stack[STACK_MAX], depth = 0;
	struct buf line = { 0 };

	for (uint64_t written = 0; written < size;) {
		next_stack(d, stack, &depth);
		for (uint32_t i = 0; i < depth; i++)
			buf_addf(&line, "%sstore.step%" PRIu32, i ? ";" : "", stack[i]);
		buf_addf(&line, " %" PRIu32 " %" PRIu32 "\n", demo_pick(d, 90), 1 + demo_pick(d, 90));
		written += line.len;
		put(&line);
	}
	buf_fini(&line);
	demo_free(d);
}
