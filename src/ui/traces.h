/* SPDX-License-Identifier: MIT
 * The list of traces: what it shows, and what its parts share. */
#ifndef UI_TRACES_H
#define UI_TRACES_H

#include "analysis/trace_stats.h"
#include "ui/viewer.h"
#include "util/bits.h"

/* A row on screen: a trace, or one of its services below it. */
struct trace_line {
	uint32_t row;     /* index into list->rows */
	uint32_t part;    /* number of the service from 1; 0: the trace itself */
};

/* What is listed and how, made as it is asked for and kept by the session. */
struct traces {
	const struct dataset *ds;
	struct forest        *forest;
	struct trace_list    *list;         /* all there are */
	bool                  threads;      /* none of them is a trace */
	struct trace_parts   *parts;        /* per row; at NULL: not asked for yet */
	unsigned              usage;        /* which sums are there, or are not to be had: a bit for each of tokens and cost */
	bool                  has_tokens, has_cost;    /* spans tell them: the sums are there or will be */

	enum trace_sort       sort;         /* of order */
	bool                  descending;
	uint32_t             *order;        /* NULL: not asked for yet */
	uint32_t             *ranks;        /* of labels, once they have been sorted by; the cache of trees may be busy with one */

	uint64_t             *found;        /* per row; NULL: there is no search */
	uint32_t              found_count;
	char                 *found_text;

	struct select_spec    select;       /* what is kept is of this selection */
	uint64_t             *kept;         /* per track; NULL: all */

	uint32_t             *listed;       /* rows in order, those that are listed */
	uint32_t              listed_count;
	uint64_t              listed_spans, listed_errors;
	int64_t               longest_ns;   /* of what is listed: bars are shares of it */
	int64_t               listed_ns;    /* from the first start to the last end of what is listed */
	bool                  only_found;   /* how listed was made */

	uint32_t              folds;        /* the step that lines are for */
	uint64_t             *unfolded;     /* per track */
	struct { VEC(struct trace_line); } lines;
	uint32_t             *line_of;      /* per track the line of its trace; ID_NONE: not listed */

	struct trace_stats   *stats;        /* of what is listed, NULL: not asked for yet */
	uint32_t              time_buckets, length_buckets;
};

void traces_free(struct traces *traces);    /* NULL is allowed */

/* Whether the list has what this sorts by. */
bool traces_can_sort(const struct traces *traces, enum trace_sort sort);

/* As the state wants it; valid until the next call. */
struct traces            *traces_of(struct app *app);
const struct trace_stats *traces_stats(struct traces *traces, uint32_t time_buckets, uint32_t length_buckets);
const struct trace_parts *traces_parts(struct traces *traces, uint32_t row);

static inline bool
traces_finds(const struct traces *traces, uint32_t row)
{
	return traces->found && bits_has(traces->found, row);
}

/* The chosen line; NULL in an empty list. */
const struct trace_line *traces_chosen(struct app *app);

/* Whether a dataset is a list of traces rather than one thing to look into. */
bool     traces_lead(const struct dataset *ds);

/* What a row is called: root span, or process and thread; when it began.  Sanitised. */
void     traces_name(struct app *app, const struct trace_row *row, struct buf *out);

/* "  12 traces", of a search. */
void     traces_found_text(struct app *app, struct buf *out);

/* Where the list is on the screen, with its heading. */
struct rect traces_list_rect(const struct app *app);

/* ---- the list (view_traces.c, traces_draw.c) */
bool     traces_act(struct app *app, enum action action, unsigned *update_out);    /* false: not one of its actions */
bool     traces_can(struct app *app, enum action action);
unsigned traces_mouse(struct app *app, const struct event *event);
unsigned traces_click(struct app *app, enum hit_kind kind, uint32_t arg);          /* on a heading, a fold mark, a chart's name */
void     traces_settle(struct app *app, enum follow follow);
void     traces_draw(struct app *app, struct grid *grid, struct rect rect);
unsigned traces_search(struct app *app, bool backwards);
unsigned traces_error(struct app *app, bool backwards);
bool     traces_decides(enum action action);                                        /* whether traces_can() says so rather than app_can() */
unsigned traces_next_pane(struct app *app);                                        /* between list and charts */
unsigned traces_copy(struct app *app);                                             /* the id of the chosen one, else its name */
unsigned traces_open(struct app *app, track_id track);                             /* in the view where one was last */
frame_id traces_frame(struct app *app);                                            /* of the chosen one's root; ID_NONE */

/* A line of its facts, and one of its services, below the list. */
struct line;
void     traces_detail(struct app *app, struct line *line);
void     traces_services(struct app *app, struct line *line);

#endif
