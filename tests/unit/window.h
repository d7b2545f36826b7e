/* SPDX-License-Identifier: MIT
 * An input whose window grows by a few bytes at a time and moves on every step, into memory of exactly its size:
 * a pointer kept too long, or a byte read behind the end, is found by a sanitizer.
 * Takes the place of functions of src/load/input.c in programs linked with --wrap=input_more --wrap=input_progress, and where a format
 * asks for the whole input --wrap=input_whole. */
#ifndef TESTS_UNIT_WINDOW_H
#define TESTS_UNIT_WINDOW_H

#include "load/input.h"
#include "util/alloc.h"

struct window {
	struct input in;
	struct str   text;
	size_t       step;       /* bytes a call of input_more() adds */
	char        *memory;
};

static void
window_show(struct window *window, size_t from, size_t to)
{
	char *memory = xmalloc(to - from);

	memcpy(memory, window->text.at + from, to - from);
	free(window->memory);
	window->memory = memory;
	window->in.begin = memory;
	window->in.end = memory + (to - from);
	window->in.begin_at = from;
	window->in.last = to == window->text.len;
}

static void
window_open(struct window *window, struct str text, size_t step)
{
	*window = (struct window){ .text = text, .step = step };
	window_show(window, 0, 0);
	window->in.last = false;
}

static void
window_close(struct window *window)
{
	free(window->memory);
}

bool __wrap_input_more(struct input *in, uint64_t keep_at);
bool __wrap_input_progress(struct input *in, uint64_t at);
bool __wrap_input_whole(struct input *in);

bool
__wrap_input_more(struct input *in, uint64_t keep_at)
{
	struct window *window = (struct window *)(void *)in;
	size_t end = (size_t)in->begin_at + (size_t)(in->end - in->begin);

	if (in->last || keep_at < in->begin_at || keep_at > end)    /* a mapped input is not a window */
		return false;
	size_t to = window->text.len - end < window->step ? window->text.len : end + window->step;
	window_show(window, (size_t)keep_at, to);
	return to > end;
}

bool
__wrap_input_whole(struct input *in)
{
	while (!in->mapped && __wrap_input_more(in, 0))
		;
	return in->last;
}

bool
__wrap_input_progress(struct input *in, uint64_t at)
{
	(void)at;
	return !job_stopped(in->job);
}

#endif
