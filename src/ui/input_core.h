/* SPDX-License-Identifier: MIT
 * How the parts of the decoder share the work: each takes bytes from the front, and says how many they were and what they came to. */
#ifndef UI_INPUT_CORE_H
#define UI_INPUT_CORE_H

#include "ui/input.h"

enum { INPUT_ESC = 0x1b };

/* What decoding came to. */
enum step { STEP_EVENT, STEP_SKIP, STEP_MORE };

/* Events of a key: by its code, and from a protocol that sends code points, where letters come in lower case with Shift apart. */
enum step input_key(struct event *event, uint32_t key, uint8_t mods);
enum step input_point(struct event *event, long point, uint8_t mods);

/* bytes begins with ESC [ or ESC O.  *used_out: how many of them it took, unless there must be more. */
enum step input_csi(struct input *input, struct str bytes, size_t *used_out, struct event *event, uint64_t now_ms);
enum step input_ss3(const struct input *input, struct str bytes, size_t *used_out, struct event *event);

/* An OSC, DCS or APC string: whether bytes, which begins with ESC, is one, and what it says. */
bool      input_is_string(struct str bytes);
enum step input_string(struct input *input, struct str bytes, size_t *used_out, struct event *event);
/* Where it ends: bytes before its terminator, and with it.  False: not yet. */
bool      input_find_terminator(struct str bytes, size_t from, size_t *end_out, size_t *used_out);

#endif
