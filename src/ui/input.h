/* SPDX-License-Identifier: MIT
 * Bytes from the terminal in, events out.  Knows no clock and no file descriptor; whatever the bytes are, decoding goes on behind them.
 * Understood: UTF-8, control characters, Alt as an Escape prefix, CSI and SS3 keys with modifiers, the terminal's own key sequences,
 * SGR and X10 mouse reports, bracketed paste, the answers to OSC 11 and to what the terminal is.  Other answers and unknown sequences are swallowed whole. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include "ui/event.h"
#include "ui/term.h"
#include "util/buf.h"

struct input {
	const struct term_key *keys;       /* of the terminal's description, ended by NULL bytes; borrowed, may be NULL */
	struct buf             bytes;      /* fed and not yet decoded: from `at` on */
	size_t                 at;
	bool                   final;      /* the rest of an unfinished sequence will not come */
	bool                   pasting;
	struct buf             paste;
	enum { SKIP_NOTHING, SKIP_CSI, SKIP_STRING } skip;    /* the rest of a sequence that is too long */
	enum mouse_button      pressed;    /* X10 reports do not say which button was released */
	enum mouse_button      last_button;    /* of the last press, for double clicks */
	int                    last_col, last_row, last_clicks;
	uint64_t               last_ms;
};

void input_init(struct input *input, const struct term_key *keys);
void input_fini(struct input *input);

void input_feed(struct input *input, const char *bytes, size_t len);

/* The next event; false when there is none yet.  now_ms: any monotonic clock. */
bool input_next(struct input *input, uint64_t now_ms, struct event *event_out);

/* How many ms of silence mean that an unfinished sequence is all there is; -1: none is unfinished. */
int  input_wait_ms(const struct input *input);

/* After that silence: what is there is decoded as it stands (an Escape is the key).  Then call input_next() until it is false. */
void input_flush(struct input *input);

/* Finds a cursor position report (ESC [ row ; col R) among bytes: its place and what it says.  False: there is none. */
bool input_find_position(struct str bytes, size_t *start_out, size_t *end_out, int *row_out, int *col_out);

#endif
