/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/term.h"

#include "util/alloc.h"

struct headless { int cols, rows; };

static void
headless_size(void *self, int *cols_out, int *rows_out)
{
	const struct headless *headless = self;

	*cols_out = headless->cols;
	*rows_out = headless->rows;
}

static int
no_fd(void *self)
{
	(void)self;
	return -1;
}

static unsigned
no_signals(void *self)
{
	(void)self;
	return 0;
}

static long
no_bytes(void *self, char *bytes, size_t cap)
{
	(void)self, (void)bytes, (void)cap;
	return -1;
}

static void
paint_nothing(void *self, const struct grid *grid, const struct theme *theme, bool repaint)
{
	(void)self, (void)grid, (void)theme, (void)repaint;
}

static void
no_mouse(void *self, bool on)
{
	(void)self, (void)on;
}

static bool
no_copy(void *self, struct str text)
{
	(void)self, (void)text;
	return false;
}

static void
not_asked(void *self, uint32_t identity)
{
	(void)self, (void)identity;
}

static void
nothing(void *self)
{
	(void)self;
}

static const struct term_ops headless_ops = {
	.size      = headless_size,
	.input_fd  = no_fd,
	.signal_fd = no_fd,
	.signals   = no_signals,
	.read      = no_bytes,
	.paint     = paint_nothing,
	.mouse     = no_mouse,
	.copy      = no_copy,
	.identified = not_asked,
	.suspend   = nothing,
	.resized   = nothing,
	.continued = nothing,
	.close     = free,
};

void
term_open_headless(struct term *term, int cols, int rows)
{
	struct headless *headless = xcalloc(1, sizeof *headless);

	*headless = (struct headless){ cols, rows };
	*term = (struct term){ .ops = &headless_ops, .self = headless, .depth = DEPTH_24BIT };
}
