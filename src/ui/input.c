/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/input.h"

#include <unistr.h>

enum {
	ESC             = 0x1b,
	CSI_LIMIT       = 64,         /* bytes of a control sequence */
	STRING_LIMIT    = 4096,       /* bytes of an OSC or DCS string */
	PASTE_LIMIT     = 1 << 20,    /* bytes of a paste that are kept */
	PARAMS          = 8,
	PARAM_MAX       = 1 << 21,
	MOUSE_MAX       = 1 << 15,
	DOUBLE_CLICK_MS = 400,
	ESCAPE_WAIT_MS  = 50,
	SEQUENCE_WAIT_MS = 500,
	PASTE_WAIT_MS   = 2000,
};

/* What decoding came to. */
enum step { STEP_EVENT, STEP_SKIP, STEP_MORE };

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

void
input_init(struct input *input, const struct term_key *keys)
{
	*input = (struct input){ .keys = keys, .last_col = -1, .last_row = -1 };
}

void
input_fini(struct input *input)
{
	buf_fini(&input->bytes);
	buf_fini(&input->paste);
}

void
input_feed(struct input *input, const char *bytes, size_t len)
{
	if (input->at > 0) {
		memmove(input->bytes.at, input->bytes.at + input->at, input->bytes.len - input->at);
		input->bytes.len -= input->at;
		input->at = 0;
	}
	buf_add(&input->bytes, (struct str){ bytes, len });
	if (len)
		input->final = false;
}

static enum step
key_event(struct event *event, uint32_t key, uint8_t mods)
{
	if (key == K_TAB && (mods & MOD_SHIFT)) {
		key = K_BACKTAB;
		mods &= (uint8_t)~MOD_SHIFT;
	}
	if (key == K_BACKTAB)
		mods &= (uint8_t)~MOD_SHIFT;
	*event = (struct event){ .kind = EVENT_KEY, .key = key, .mods = mods };
	return STEP_EVENT;
}

/* A key from a protocol that sends code points: letters come in lower case with Shift apart. */
static enum step
point_event(struct event *event, long point, uint8_t mods)
{
	static const struct { long point; uint32_t key; } named[] = {
		{ '\t', K_TAB }, { '\r', K_ENTER }, { '\n', K_ENTER }, { ESC, K_ESC }, { 0x7f, K_BACKSPACE }, { '\b', K_BACKSPACE },
	};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (named[i].point == point)
			return key_event(event, named[i].key, mods);
	if (point < ' ' || point >= K_FIRST_NAMED || (point >= 0x80 && point < 0xa0) || (point >= 0xd800 && point < 0xf900))
		return STEP_SKIP;
	if (point >= 'a' && point <= 'z' && (mods & MOD_SHIFT) && !(mods & MOD_CTRL))
		point += 'A' - 'a';
	if (point >= 'A' && point <= 'Z' && (mods & MOD_CTRL))
		point += 'a' - 'A';
	return key_event(event, (uint32_t)point, mods & (uint8_t)~MOD_SHIFT);
}

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
		for (; at < end && *at >= '0' && *at <= '9'; at++)
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
		return point_event(event, params[2], key_mods(params[1]));
	if (final == 'u' && count >= 1)
		return point_event(event, params[0], key_mods(params[1]));
	if (final == '~' || final == '^' || final == '$' || final == '@') {
		/* ^, $ and @ are how rxvt says Ctrl, Shift, and both. */
		uint8_t mods = (uint8_t)(key_mods(params[1]) | (final == '^' || final == '@' ? MOD_CTRL : 0) |
		                         (final == '$' || final == '@' ? MOD_SHIFT : 0));
		if (params[0] < 0 || params[0] >= TILDE_KEYS || !tilde_keys[params[0]])
			return STEP_SKIP;
		return key_event(event, tilde_keys[params[0]], mods);
	}
	if (count > 0 && params[0] > 1)
		return STEP_SKIP;    /* a position report is no F3 */
	for (const struct named *key = csi_keys; key->final; key++)
		if (key->final == final)
			return key_event(event, key->key, (uint8_t)(key->mods | key_mods(params[1])));
	return STEP_SKIP;
}

/* bytes begins with ESC [ . */
static enum step
decode_csi(struct input *input, struct str bytes, size_t *used_out, struct event *event, uint64_t now_ms)
{
	size_t at = 2;

	if (bytes.len > 2 && bytes.at[2] == '[') {    /* the Linux console's F1 to F5 */
		if (bytes.len < 4)
			return STEP_MORE;
		*used_out = 4;
		if (bytes.at[3] < 'A' || bytes.at[3] > 'E')
			return STEP_SKIP;
		return key_event(event, K_F1 + (uint32_t)(bytes.at[3] - 'A'), 0);
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

/* bytes begins with ESC O. */
static enum step
decode_ss3(const struct input *input, struct str bytes, size_t *used_out, struct event *event)
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
			return key_event(event, key->key, (uint8_t)(key->mods | key_mods(mods)));
		}
	*used_out = 2;
	return key_event(event, 'O', MOD_ALT);
}

/* One channel of rgb:R/G/B, one to four hexadecimal digits, as 0..255; -1 when it is none. */
static int
read_channel(const char **at, const char *end)
{
	long value = 0;
	int digits = 0;

	for (; *at < end && digits < 5; (*at)++, digits++) {
		char c = **at;
		if (c >= '0' && c <= '9')
			value = value * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + (c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			value = value * 16 + (c - 'A' + 10);
		else
			break;
	}
	if (digits < 1 || digits > 4)
		return -1;
	return (int)(value * 255 / ((1L << 4 * digits) - 1));
}

/* An OSC string without its ends. */
static enum step
osc_event(struct str text, struct event *event)
{
	uint32_t rgb = 0;
	bool alpha = str_starts(text, STR("11;rgba:"));

	if (!alpha && !str_starts(text, STR("11;rgb:")))
		return STEP_SKIP;
	const char *at = text.at + (alpha ? 8 : 7), *end = text.at + text.len;
	for (int i = 0; i < 3; i++) {
		int channel = read_channel(&at, end);
		if (channel < 0 || (i < 2 && (at == end || *at++ != '/')))
			return STEP_SKIP;
		rgb = rgb << 8 | (uint32_t)channel;
	}
	*event = (struct event){ .kind = EVENT_BACKGROUND, .rgb = rgb };
	return STEP_EVENT;
}

/* Where a string ends: bytes before its terminator, and with it.  False: not yet. */
static bool
find_terminator(struct str bytes, size_t from, size_t *end_out, size_t *used_out)
{
	for (size_t i = from; i < bytes.len; i++) {
		if (bytes.at[i] != '\a' && bytes.at[i] != ESC)
			continue;
		if (bytes.at[i] == ESC && i + 1 == bytes.len)
			return false;
		*end_out = i;
		/* An Escape that ends no string begins something new. */
		*used_out = bytes.at[i] == '\a' ? i + 1 : bytes.at[i + 1] == '\\' ? i + 2 : i;
		return true;
	}
	return false;
}

static bool
is_string_start(struct str bytes)
{
	char kind = bytes.at[1], first = bytes.len > 2 ? bytes.at[2] : 0;

	if (kind == ']')
		return first >= '0' && first <= '9';
	return (kind == 'P' && ((first >= '0' && first <= '9') || first == '>' || first == '!')) || (kind == '_' && first == 'G');
}

static enum step
decode_string(struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	size_t end;

	if (!find_terminator(bytes, 2, &end, used_out)) {
		if (bytes.len <= STRING_LIMIT)
			return STEP_MORE;
		*used_out = bytes.at[bytes.len - 1] == ESC ? bytes.len - 1 : bytes.len;
		input->skip = SKIP_STRING;
		return STEP_SKIP;
	}
	return bytes.at[1] == ']' ? osc_event((struct str){ bytes.at + 2, end - 2 }, event) : STEP_SKIP;
}

/* A character or control character; bytes is not empty. */
static enum step
decode_plain(const struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	unsigned char first = (unsigned char)bytes.at[0];
	ucs4_t point;

	*used_out = 1;
	if (first == 0)
		return key_event(event, ' ', MOD_CTRL);
	if (first == '\t' || first == '\r' || first == '\n' || first == '\b' || first == 0x7f || first == ESC)
		return point_event(event, first, 0);
	if (first < ' ')
		return key_event(event, (uint32_t)(first < ESC ? first + 'a' - 1 : first + '@'), MOD_CTRL);
	int len = u8_mbtoucr(&point, (const uint8_t *)bytes.at, bytes.len);
	if (len == -2 && !input->final)
		return STEP_MORE;
	if (len <= 0)
		return STEP_SKIP;
	*used_out = (size_t)len;
	return point_event(event, (long)point, 0);
}

static enum step
decode_escape(struct input *input, struct str bytes, size_t *used_out, struct event *event, uint64_t now_ms)
{
	enum step step;

	if (bytes.len == 1)
		return STEP_MORE;
	if (bytes.at[1] == '[')
		return decode_csi(input, bytes, used_out, event, now_ms);
	if (bytes.at[1] == 'O')
		return decode_ss3(input, bytes, used_out, event);
	if (is_string_start(bytes))
		return decode_string(input, bytes, used_out, event);
	if (bytes.len == 2 && !input->final && memchr("]P_\x1b", bytes.at[1], 4))
		return STEP_MORE;
	struct str rest = { bytes.at + 1, bytes.len - 1 };
	if (bytes.at[1] == ESC) {
		/* Alt with a key that sends a sequence; anything else is the Escape key twice. */
		if (bytes.len > 2 && (bytes.at[2] == '[' || bytes.at[2] == 'O'))
			step = decode_escape(input, rest, used_out, event, now_ms);
		else
			return *used_out = 1, key_event(event, K_ESC, 0);
	} else {
		step = decode_plain(input, rest, used_out, event);
	}
	if (step == STEP_MORE)
		return STEP_MORE;
	++*used_out;
	if (step == STEP_EVENT && event->kind == EVENT_KEY)
		event->mods |= MOD_ALT;
	return step;
}

/* The longest key sequence of the terminal's description; STEP_MORE when one may still become it. */
static enum step
decode_described(const struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	const struct term_key *best = NULL;

	*used_out = 0;
	for (const struct term_key *key = input->keys; key && key->bytes; key++) {
		struct str sequence = str_of(key->bytes);
		if (str_starts(bytes, sequence)) {
			if (sequence.len > *used_out) {
				best = key;
				*used_out = sequence.len;
			}
		} else if (!input->final && str_starts(sequence, bytes)) {
			return STEP_MORE;
		}
	}
	return best ? key_event(event, best->key, best->mods) : STEP_SKIP;
}

/* Silence after part of a sequence: the Escape key, Alt and a key, or nothing that is worth an event. */
static enum step
decode_unfinished(struct str bytes, size_t *used_out, struct event *event)
{
	*used_out = bytes.len;
	if (bytes.at[0] != ESC)
		return STEP_SKIP;
	if (bytes.len == 1)
		return key_event(event, K_ESC, 0);
	if (bytes.len == 2)
		return key_event(event, (uint32_t)(unsigned char)bytes.at[1], MOD_ALT);
	return STEP_SKIP;
}

static enum step
decode_paste(struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	static const char end[] = "\x1b[201~";
	const char *escape = memchr(bytes.at, ESC, bytes.len);
	size_t plain = escape ? (size_t)(escape - bytes.at) : bytes.len;
	struct str rest = { bytes.at + plain, bytes.len - plain };

	*used_out = plain;
	bool done = str_starts(rest, str_of(end));
	if (done)
		*used_out += sizeof end - 1;
	else if (rest.len >= sizeof end - 1 || !str_starts(str_of(end), rest) || input->final)
		*used_out = plain += rest.len > 0;    /* an Escape inside of the text */
	size_t room = PASTE_LIMIT - input->paste.len;
	buf_add(&input->paste, (struct str){ bytes.at, plain < room ? plain : room });
	if (!done)
		return *used_out ? STEP_SKIP : STEP_MORE;
	input->pasting = false;
	*event = (struct event){ .kind = EVENT_PASTE, .text = buf_str(&input->paste) };
	return STEP_EVENT;
}

static enum step
decode_skip(struct input *input, struct str bytes, size_t *used_out)
{
	size_t at = 0, end;

	*used_out = bytes.len;
	if (input->skip == SKIP_CSI) {
		while (at < bytes.len && bytes.at[at] >= 0x20 && bytes.at[at] < 0x40)
			at++;
		if (at < bytes.len) {
			*used_out = bytes.at[at] >= 0x40 && bytes.at[at] < 0x7f ? at + 1 : at;
			input->skip = SKIP_NOTHING;
		}
	} else if (find_terminator(bytes, 0, &end, used_out)) {
		input->skip = SKIP_NOTHING;
	} else if (bytes.at[bytes.len - 1] == ESC) {
		if (bytes.len == 1)
			return STEP_MORE;
		*used_out = bytes.len - 1;
	}
	return STEP_SKIP;
}

static enum step
decode(struct input *input, struct str bytes, size_t *used_out, struct event *event, uint64_t now_ms)
{
	if (input->skip != SKIP_NOTHING)
		return decode_skip(input, bytes, used_out);
	if (input->pasting)
		return decode_paste(input, bytes, used_out, event);
	enum step step = decode_described(input, bytes, used_out, event);
	if (step != STEP_SKIP)
		return step;
	if (bytes.at[0] == ESC)
		return decode_escape(input, bytes, used_out, event, now_ms);
	return decode_plain(input, bytes, used_out, event);
}

bool
input_next(struct input *input, uint64_t now_ms, struct event *event_out)
{
	while (input->at < input->bytes.len) {
		struct str bytes = { input->bytes.at + input->at, input->bytes.len - input->at };
		size_t used = 0;
		enum step step = decode(input, bytes, &used, event_out, now_ms);
		if (step == STEP_MORE) {
			if (!input->final)
				return false;
			input->skip = SKIP_NOTHING;
			step = decode_unfinished(bytes, &used, event_out);
		}
		input->at += used;
		if (step == STEP_EVENT)
			return true;
	}
	if (input->final && input->pasting) {
		input->pasting = false;
		*event_out = (struct event){ .kind = EVENT_PASTE, .text = buf_str(&input->paste) };
		return true;
	}
	return false;
}

int
input_wait_ms(const struct input *input)
{
	size_t left = input->bytes.len - input->at;

	if (input->pasting)
		return PASTE_WAIT_MS;
	if (input->skip != SKIP_NOTHING)
		return SEQUENCE_WAIT_MS;
	if (left == 0)
		return -1;
	return left <= 2 ? ESCAPE_WAIT_MS : SEQUENCE_WAIT_MS;
}

void
input_flush(struct input *input)
{
	input->final = true;
	input->skip = SKIP_NOTHING;
}

bool
input_find_position(struct str bytes, size_t *start_out, size_t *end_out, int *row_out, int *col_out)
{
	for (size_t start = 0; start + 1 < bytes.len; start++) {
		long params[PARAMS];
		size_t at = start + 2;
		if (bytes.at[start] != ESC || bytes.at[start + 1] != '[')
			continue;
		while (at < bytes.len && ((bytes.at[at] >= '0' && bytes.at[at] <= '9') || bytes.at[at] == ';'))
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
