/* SPDX-License-Identifier: MIT
 * When the events of spans happened, for marks on their bars.
 * Events stay in the input (load/detail.h): they are read again for the spans on screen, a little at a time, and kept for a while. */
#ifndef UI_EVENT_MARKS_H
#define UI_EVENT_MARKS_H

#include "model/dataset.h"
#include "util/vec.h"

struct event_mark {
	int64_t time_ns;
	str_id  name;      /* in the marks' own table */
	bool    bad;       /* an exception or an error */
};

/* Those of one span: places in the marks. */
struct marked_span {
	span_id  span;
	uint32_t begin, end;
};

struct event_marks {
	struct { VEC(struct event_mark); }  marks;
	struct { VEC(struct marked_span); } spans;
	struct idmap by_span;
	struct strtab *names;    /* NULL: none yet */
	size_t       read;       /* bytes of records since event_marks_begin() */
	bool         left;       /* some were not read, since that would have been too many at once */
};

void event_marks_fini(struct event_marks *marks);    /* also of a zeroed struct */

/* Before the spans of a picture are asked for. */
void event_marks_begin(struct event_marks *marks);

/* Reads the events of a span unless they are known, or it is enough for this time. */
void event_marks_read(struct event_marks *marks, const struct dataset *ds, span_id span);

/* The marks of a span, and how many; NULL when there are none, or they are not known. */
const struct event_mark *event_marks_get(const struct event_marks *marks, span_id span, uint32_t *count_out);

#endif
