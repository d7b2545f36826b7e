/* SPDX-License-Identifier: MIT
 * Bytes as they come: plain characters, Escape, pastes, and what is left when nothing more comes. */
#include "config.h"

#include "ui/input_core.h"

#include <unistr.h>

enum {
	PASTE_LIMIT      = 1 << 20,    /* bytes of a paste that are kept */
	ESCAPE_WAIT_MS   = 50,
	SEQUENCE_WAIT_MS = 500,
	PASTE_WAIT_MS    = 2000,
};

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

enum step
input_key(struct event *event, uint32_t key, uint8_t mods)
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

enum step
input_point(struct event *event, long point, uint8_t mods)
{
	static const struct { long point; uint32_t key; } named[] = {
		{ '\t', K_TAB }, { '\r', K_ENTER }, { '\n', K_ENTER }, { INPUT_ESC, K_ESC }, { 0x7f, K_BACKSPACE }, { '\b', K_BACKSPACE },
	};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (named[i].point == point)
			return input_key(event, named[i].key, mods);
	if (point < ' ' || point >= K_FIRST_NAMED || (point >= 0x80 && point < 0xa0) || (point >= 0xd800 && point < 0xf900))
		return STEP_SKIP;
	if (point >= 'a' && point <= 'z' && (mods & MOD_SHIFT) && !(mods & MOD_CTRL))
		point += 'A' - 'a';
	if (point >= 'A' && point <= 'Z' && (mods & MOD_CTRL))
		point += 'a' - 'A';
	return input_key(event, (uint32_t)point, mods & (uint8_t)~MOD_SHIFT);
}

/* A character or control character; bytes is not empty. */
static enum step
decode_plain(const struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	unsigned char first = (unsigned char)bytes.at[0];
	ucs4_t point;

	*used_out = 1;
	if (first == 0)
		return input_key(event, ' ', MOD_CTRL);
	if (first == '\t' || first == '\r' || first == '\n' || first == '\b' || first == 0x7f || first == INPUT_ESC)
		return input_point(event, first, 0);
	if (first < ' ')
		return input_key(event, (uint32_t)(first < INPUT_ESC ? first + 'a' - 1 : first + '@'), MOD_CTRL);
	int len = u8_mbtoucr(&point, (const uint8_t *)bytes.at, bytes.len);
	if (len == -2 && !input->final)
		return STEP_MORE;
	if (len <= 0)
		return STEP_SKIP;
	*used_out = (size_t)len;
	return input_point(event, (long)point, 0);
}

static enum step
decode_escape(struct input *input, struct str bytes, size_t *used_out, struct event *event, uint64_t now_ms)
{
	enum step step;

	if (bytes.len == 1)
		return STEP_MORE;
	if (bytes.at[1] == '[')
		return input_csi(input, bytes, used_out, event, now_ms);
	if (bytes.at[1] == 'O')
		return input_ss3(input, bytes, used_out, event);
	if (input_is_string(bytes))
		return input_string(input, bytes, used_out, event);
	if (bytes.len == 2 && !input->final && memchr("]P_\x1b", bytes.at[1], 4))
		return STEP_MORE;
	struct str rest = { bytes.at + 1, bytes.len - 1 };
	if (bytes.at[1] == INPUT_ESC) {
		/* Alt with a key that sends a sequence; anything else is the Escape key twice. */
		if (bytes.len > 2 && (bytes.at[2] == '[' || bytes.at[2] == 'O'))
			step = decode_escape(input, rest, used_out, event, now_ms);
		else
			return *used_out = 1, input_key(event, K_ESC, 0);
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
	return best ? input_key(event, best->key, best->mods) : STEP_SKIP;
}

/* Silence after part of a sequence: the Escape key, Alt and a key, or nothing that is worth an event. */
static enum step
decode_unfinished(struct str bytes, size_t *used_out, struct event *event)
{
	*used_out = bytes.len;
	if (bytes.at[0] != INPUT_ESC)
		return STEP_SKIP;
	if (bytes.len == 1)
		return input_key(event, K_ESC, 0);
	if (bytes.len == 2)
		return input_key(event, (uint32_t)(unsigned char)bytes.at[1], MOD_ALT);
	return STEP_SKIP;
}

static enum step
decode_paste(struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	static const char end[] = "\x1b[201~";
	const char *escape = memchr(bytes.at, INPUT_ESC, bytes.len);
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
	} else if (input_find_terminator(bytes, 0, &end, used_out)) {
		input->skip = SKIP_NOTHING;
	} else if (bytes.at[bytes.len - 1] == INPUT_ESC) {
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
	if (bytes.at[0] == INPUT_ESC)
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
