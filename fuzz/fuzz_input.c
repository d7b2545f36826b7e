/* SPDX-License-Identifier: MIT
 * What a terminal may send: decoding ends, whatever it is and however it is cut. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "ui/input.h"

static void
take(struct input *input, size_t *left)
{
	struct event event;

	while (input_next(input, 0, &event)) {
		CHECK((*left)-- > 0);
		CHECK(event.kind == EVENT_KEY || event.kind == EVENT_MOUSE || event.kind == EVENT_PASTE || event.kind == EVENT_BACKGROUND ||
		      event.kind == EVENT_IDENTITY);
		CHECK(event.kind != EVENT_KEY || event.key <= K_LAST_NAMED);
		CHECK(event.kind != EVENT_MOUSE || (event.col >= 0 && event.row >= 0));
	}
}

/* The first byte says how large the pieces are. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct term_key keys[] = { { "\x1bOA", K_UP, 0 }, { "\x1b[11~", K_F1, 0 }, { NULL, 0, 0 } };
	struct input input;
	size_t left = size + 4;    /* no more events than bytes, and what silence makes of the rest */

	if (size == 0)
		return 0;
	size_t piece = data[0] % 16 + 1U;
	input_init(&input, keys);
	for (size_t at = 1; at < size; at += piece) {
		input_feed(&input, (const char *)data + at, size - at < piece ? size - at : piece);
		take(&input, &left);
	}
	for (int i = 0; i < 4 && input_wait_ms(&input) >= 0; i++) {
		input_flush(&input);
		take(&input, &left);
	}
	CHECK(input_wait_ms(&input) < 0);
	input_fini(&input);
	return 0;
}
