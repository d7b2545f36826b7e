/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/label.h"

#include <stdlib.h>

#include "util/alloc.h"

static void
add_label(const struct dataset *ds, frame_id frame, const char *between, struct buf *out)
{
	struct str service = frame_module(ds, frame);

	if (service.len) {
		buf_add(out, service);
		buf_add(out, str_of(between));
	}
	buf_add(out, frame_short(ds, frame));
}

void
label_show(const struct dataset *ds, frame_id frame, struct buf *out)
{
	if (frame_is_of_span(ds, frame))
		add_label(ds, frame, " ", out);
	else
		buf_add(out, frame_short(ds, frame));
}

void
label_export(const struct dataset *ds, frame_id frame, struct buf *out)
{
	if (frame_is_of_span(ds, frame))
		add_label(ds, frame, ": ", out);
	else
		buf_add(out, frame_name(ds, frame));
}

static int
by_text(const void *a, const void *b, void *context)
{
	const struct str *text = context;

	return str_compare(text[*(const frame_id *)a], text[*(const frame_id *)b]);
}

uint32_t *
label_ranks(const struct dataset *ds)
{
	struct arena labels;
	struct str *text = xreallocarray(NULL, ds->frame_count, sizeof *text);
	frame_id *sorted = xreallocarray(NULL, ds->frame_count, sizeof *sorted);
	uint32_t *rank = xreallocarray(NULL, ds->frame_count, sizeof *rank);
	struct buf label = { 0 };

	arena_init(&labels);
	for (frame_id frame = 0; frame < ds->frame_count; frame++) {
		sorted[frame] = frame;
		text[frame] = frame_short(ds, frame);
		if (frame_is_of_span(ds, frame)) {
			buf_clear(&label);
			label_show(ds, frame, &label);
			text[frame] = (struct str){ arena_copy(&labels, buf_str(&label)), label.len };
		}
	}
	qsort_r(sorted, ds->frame_count, sizeof *sorted, by_text, text);
	for (uint32_t i = 0; i < ds->frame_count; i++)
		rank[sorted[i]] = i && str_equal(text[sorted[i]], text[sorted[i - 1]]) ? rank[sorted[i - 1]] : i;
	arena_fini(&labels);
	buf_fini(&label);
	free(sorted);
	free(text);
	return rank;
}

struct str
label_kind(const struct dataset *ds, frame_id frame)
{
	static const char *const words[] = {
		[FRAME_USER] = "user", [FRAME_KERNEL] = "kernel", [FRAME_JIT] = "jit", [FRAME_INLINED] = "inlined", [FRAME_WAKER] = "waker",
	};

	return frame_is_of_span(ds, frame) ? STR("") : str_of(words[ds->frames[frame].kind]);
}
