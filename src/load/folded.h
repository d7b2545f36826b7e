/* SPDX-License-Identifier: MIT
 * The grammar of folded stacks, for the plain and the differential form: lines taken apart and stacks made of their frames. */
#ifndef LOAD_FOLDED_H
#define LOAD_FOLDED_H

#include "load/sink.h"
#include "util/vec.h"

enum folded_kind { FOLDED_EMPTY, FOLDED_COMMENT, FOLDED_PLAIN, FOLDED_COUNTED };

/* A line taken apart; its strings lie in the line. */
struct folded_line {
	enum folded_kind kind;
	bool             indented;
	struct str       stack;    /* without blanks around it; may be empty if counted */
	struct str       count;    /* digits and such, not yet a number */
};

/* Of the last line when no newline follows it: its count may have more digits. */
extern const char folded_note_unended[];

struct folded_line folded_take_apart(struct str text);

/* Takes one more count off the end of the stack; false: there is none. */
bool folded_cut_count(struct folded_line *line);

/* False when it is too large for a double. */
bool folded_count(struct str text, double *out);

/* A place in a text where a frame ends, and the stack up to there. */
struct folded_end { size_t at; stack_id stack; };

/* Remembers the stack of the line before, which the next one shares the start of more often than not.  Zeroed but for the sink: none. */
struct folded_stacks {
	struct sink *sink;
	struct str   last;
	struct { VEC(struct folded_end); } ends;    /* of the frames of last */
};

/* text must stay where it is until the next call, or folded_forget(). */
stack_id folded_stack(struct folded_stacks *stacks, struct str text);
void     folded_forget(struct folded_stacks *stacks);
void     folded_stacks_fini(struct folded_stacks *stacks);

#endif
