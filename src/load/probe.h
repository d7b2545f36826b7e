/* SPDX-License-Identifier: MIT
 * Detection: which format an input has, by its content alone. */
#ifndef LOAD_PROBE_H
#define LOAD_PROBE_H

#include "load/format.h"
#include "load/outline.h"

#define PROBE_HEAD_MAX ((size_t)64 << 10)    /* bytes looked at first */
#define PROBE_SCAN_MAX ((size_t)64 << 20)    /* bytes looked at when those do not decide */

struct prober {
	struct probe   seen;       /* its text is borrowed from the input's window */
	struct outline outline;
};

/* What there is to see in text, the start of an input.  A zeroed prober is empty. */
void prober_look(struct prober *prober, struct str text, bool whole);
void prober_fini(struct prober *prober);

/* Looks at the input's window, which is widened but never moved, and gives the format; forced: the one that the user named, or NULL.
 * NULL with err: nothing known, two that are equally likely, or an empty input. */
const struct load_format *probe_input(struct input *in, const struct load_format *forced, struct prober *prober, struct error *err);

/* The best of load_formats[] for what was seen; NULL when none has a score.  *rival_out: another with the same score, or NULL. */
const struct load_format *probe_best(const struct probe *probe, const struct load_format **rival_out);

/* What it looks like when it is a known kind of file that no format reads: "a Jaeger trace", and what to do about it, or NULL. */
const char *foreign_name(const struct probe *probe, const char **hint_out);

/* The same of JSON that ends before what would tell its format. */
const char *foreign_beginning(const struct probe *probe);

#endif
