/* SPDX-License-Identifier: MIT
 * Control sequences: keys with modifiers, mouse reports, positions. */
#include "config.h"

#include "ui/input_core.h"
#include "util/chars.h"

enum {
	CSI_LIMIT       = 64,    /* bytes of a control sequence */
	PARAMS          = 8,
	PARAM_MAX       = 1 << 21,
	MOUSE_MAX       = 1 << 15,
	DOUBLE_CLICK_MS = 400,
};

struct named { char final; uint32_t key; uint8_t mods; };

static const struct named csi_keys[] = {
	{ 'A', K_UP, 0 }, { 'B', K_DOWN, 0 }, { 'C', K_RIGHT, 0 }, { 'D', K_LEFT, 0 }, { 'H', K_HOME, 0 }, { 'F', K_END, 0 },
	{ 'P', K_F1, 0 }, { 'Q', K_F2, 0 }, { 'R', K_F3, 0 }, { 'S', K_F4, 0 }, { 'Z', K_BACKTAB, 0 },
	{ 'a', K_UP, MOD_SHIFT }, { 'b', K_DOWN, MOD_SHIFT }, { 'c', K_RIGHT, MOD_SHIFT }, { 'd', K_LEFT, MOD_SHIFT }, { 0, 0, 0 },
};

static const struct named ss3_keys[] = {
	{ 'A', K_UP, 0 }, { 'B', K_DOWN, 0 }, { 'C', K_RIGHT, 0 }, { 'D', K_LEFT, 0 }, { 'H', K_HOME, 0 }, { 'F', K_END, 0 },
	{ 'P', K_F1, 0 }, { 'Q', K_F2, 0 }, { 'R', K_F3, 0 }, { 'S', K_F4, 0 }, { 'M', K_ENTER, 0 }, { 'I', K_TAB, 0 }, { 'X', '=', 0 },
	{ 'a', K_UP, MOD_CTRL }, { 'b', K_DOWN, MOD_CTRL }, { 'c', K_RIGHT, MOD_CTRL }, { 'd', K_LEFT, MOD_CTRL },
	{ 'j', '*', 0 }, { 'k', '+', 0 }, { 'l', ',', 0 }, { 'm', '-', 0 }, { 'n', '.', 0 }, { 'o', '/', 0 },
	{ 'p', '0', 0 }, { 'q', '1', 0 }, { 'r', '2', 0 }, { 's', '3', 0 }, { 't', '4', 0 }, { 'u', '5', 0 }, { 'v', '6', 0 },
	{ 'w', '7', 0 }, { 'x', '8', 0 }, { 'y', '9', 0 }, { 0, 0, 0 },
};

/* CSI number ~, by number. */
static const uint32_t tilde_keys[] = {
	[1] = K_HOME, [2] = K_INSERT, [3] = K_DELETE, [4] = K_END, [5] = K_PAGE_UP, [6] = K_PAGE_DOWN, [7] = K_HOME, [8] = K_END,
	[11] = K_F1, [12] = K_F2, [13] = K_F3, [14] = K_F4, [15] = K_F5, [17] = K_F6, [18] = K_F7, [19] = K_F8, [20] = K_F9, [21] = K_F10,
	[23] = K_F11, [24] = K_F12,
};

enum { TILDE_KEYS = sizeof tilde_keys / sizeof *tilde_keys };

static uint8_t
key_mods(long param)
{
	long bits = param > 0 ? param - 1 : 0;

	return (uint8_t)((bits & 1 ? MOD_SHIFT : 0) | (bits & (2 | 8) ? MOD_ALT : 0) | (bits & 4 ? MOD_CTRL : 0));
}

static int
count_clicks(struct input *input, const struct event *event, uint64_t now_ms)
{
	bool again = input->last_clicks == 1 && event->button == input->last_button && event->col == input->last_col &&
	             event->row == input->last_row && now_ms - input->last_ms <= DOUBLE_CLICK_MS;

	input->last_button = event->button;
	input->last_col = event->col;
	input->last_row = event->row;
	input->last_ms = now_ms;
	return input->last_clicks = again ? 2 : 1;
}

/* code is xterm's: two bits of button, Shift 4, Alt 8, Ctrl 16, motion 32, wheel 64, further buttons 128. */
static enum step
mouse_event(struct input *input, struct event *event, long code, long col, long row, bool released, uint64_t now_ms)
{
	static const enum mouse_what wheels[] = { MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN, MOUSE_WHEEL_LEFT, MOUSE_WHEEL_RIGHT };
	static const enum mouse_button buttons[] = { BUTTON_LEFT, BUTTON_MIDDLE, BUTTON_RIGHT, BUTTON_NONE };
	int button = (int)(code & 3);

	if (code < 0 || code >= 128 || col < 1 || row < 1 || col > MOUSE_MAX || row > MOUSE_MAX)
		return STEP_SKIP;
	*event = (struct event){
		.kind = EVENT_MOUSE,
		.mods = (uint8_t)((code & 4 ? MOD_SHIFT : 0) | (code & 8 ? MOD_ALT : 0) | (code & 16 ? MOD_CTRL : 0)),
		.button = buttons[button],
		.col = (int)col - 1,
		.row = (int)row - 1,
	};
	if (code & 64) {
		event->what = wheels[button];
		event->button = BUTTON_NONE;
		return released ? STEP_SKIP : STEP_EVENT;
	}
	if (code & 32) {
		event->what = event->button == BUTTON_NONE ? MOUSE_MOVE : MOUSE_DRAG;
	} else if (released || event->button == BUTTON_NONE) {
		event->what = MOUSE_RELEASE;
		if (event->button == BUTTON_NONE)
			event->button = input->pressed;
		input->pressed = BUTTON_NONE;
	} else {
		event->what = MOUSE_PRESS;
		event->clicks = count_clicks(input, event, now_ms);
		input->pressed = event->button;
	}
	return STEP_EVENT;
}

/* Up to PARAMS numbers; what is left out is -1.  Sub-parameters after ':' are passed over. */
static int
read_params(const char *at, const char *end, long *params)
{
	int count = 0;

	for (int i = 0; i < PARAMS; i++)
		params[i] = -1;
	while (at < end && count < PARAMS) {
		long value = -1;
		for (; at < end && char_is_digit(*at); at++)
			if (value < PARAM_MAX)
				value = (value < 0 ? 0 : value * 10) + (*at - '0');
		while (at < end && *at != ';')
			at++;
		params[count++] = value;
		if (at < end)
			at++;
	}
	return count;
}

/* A whole CSI sequence: [at, end) lies between the introducer and the final byte. */
static enum step
csi_event(struct input *input, const char *at, const char *end, char final, struct event *event, uint64_t now_ms)
{
	long params[PARAMS];
	bool private = at < end && *at >= '<' && *at <= '?';
	int count = read_params(private ? at + 1 : at, end, params);

	if (private) {
		if (*at == '<' && count == 3 && (final == 'M' || final == 'm'))
			return mouse_event(input, event, params[0], params[1], params[2], final == 'm', now_ms);
		if (*at == '>' && count > 0 && params[0] >= 0 && final == 'c') {
			*event = (struct event){ .kind = EVENT_IDENTITY, .identity = (uint32_t)params[0] };
			return STEP_EVENT;
		}
		return STEP_SKIP;
	}
	if (end > at && end[-1] < '0')
		return STEP_SKIP;    /* an intermediate byte: the answer to something */
	if (final == '~' && params[0] == 200) {
		input->pasting = true;
		buf_clear(&input->paste);
		return STEP_SKIP;
	}
	if (final == '~' && params[0] == 27 && count == 3)
		return input_point(event, params[2], key_mods(params[1]));
	if (final == 'u' && count >= 1)
		return input_point(event, params[0], key_mods(params[1]));
	if (final == '~' || final == '^' || final == '$' || final == '@') {
		/* ^, $ and @ are how rxvt says Ctrl, Shift, and both. */
		uint8_t mods = (uint8_t)(key_mods(params[1]) | (final == '^' || final == '@' ? MOD_CTRL : 0) |
		                         (final == '$' || final == '@' ? MOD_SHIFT : 0));
		if (params[0] < 0 || params[0] >= TILDE_KEYS || !tilde_keys[params[0]])
			return STEP_SKIP;
		return input_key(event, tilde_keys[params[0]], mods);
	}
	if (count > 0 && params[0] > 1)
		return STEP_SKIP;    /* a position report is no F3 */
	for (const struct named *key = csi_keys; key->final; key++)
		if (key->final == final)
			return input_key(event, key->key, (uint8_t)(key->mods | key_mods(params[1])));
	return STEP_SKIP;
}

enum step
input_csi(struct input *input, struct str bytes, size_t *used_out, struct event *event, uint64_t now_ms)
{
	size_t at = 2;

	if (bytes.len > 2 && bytes.at[2] == '[') {    /* the Linux console's F1 to F5 */
		if (bytes.len < 4)
			return STEP_MORE;
		*used_out = 4;
		if (bytes.at[3] < 'A' || bytes.at[3] > 'E')
			return STEP_SKIP;
		return input_key(event, K_F1 + (uint32_t)(bytes.at[3] - 'A'), 0);
	}
	if (bytes.len > 2 && bytes.at[2] == 'M') {
		const unsigned char *raw = (const unsigned char *)bytes.at + 3;
		if (bytes.len < 6)
			return STEP_MORE;
		*used_out = 6;
		return mouse_event(input, event, raw[0] - 32, raw[1] - 32, raw[2] - 32, false, now_ms);
	}
	while (at < bytes.len && bytes.at[at] >= 0x20 && bytes.at[at] < 0x40 && !(bytes.at[at] == '$' && at + 1 == bytes.len && input->final))
		at++;
	if (at > CSI_LIMIT) {
		*used_out = at;
		input->skip = SKIP_CSI;
		return STEP_SKIP;
	}
	if (at == bytes.len)
		return STEP_MORE;
	*used_out = at;
	char final = bytes.at[at];
	if (final != '$' && (final < 0x40 || final > 0x7e))
		return STEP_SKIP;    /* broken off: what comes here is something new */
	*used_out = at + 1;
	return csi_event(input, bytes.at + 2, bytes.at + at, final, event, now_ms);
}

enum step
input_ss3(const struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	size_t at = 2;
	long mods = 0;

	if (at < bytes.len && bytes.at[at] >= '1' && bytes.at[at] <= '8')
		mods = bytes.at[at++] - '0';
	if (at == bytes.len && !input->final)
		return STEP_MORE;
	for (const struct named *key = ss3_keys; at < bytes.len && key->final; key++)
		if (key->final == bytes.at[at]) {
			*used_out = at + 1;
			return input_key(event, key->key, (uint8_t)(key->mods | key_mods(mods)));
		}
	*used_out = 2;
	return input_key(event, 'O', MOD_ALT);
}

bool
input_find_position(struct str bytes, size_t *start_out, size_t *end_out, int *row_out, int *col_out)
{
	for (size_t start = 0; start + 1 < bytes.len; start++) {
		long params[PARAMS];
		size_t at = start + 2;
		if (bytes.at[start] != INPUT_ESC || bytes.at[start + 1] != '[')
			continue;
		while (at < bytes.len && (char_is_digit(bytes.at[at]) || bytes.at[at] == ';'))
			at++;
		if (at == bytes.len || bytes.at[at] != 'R' || read_params(bytes.at + start + 2, bytes.at + at, params) != 2)
			continue;
		*start_out = start;
		*end_out = at + 1;
		*row_out = (int)params[0];
		*col_out = (int)params[1];
		return true;
	}
	return false;
}
