/* SPDX-License-Identifier: MIT
 * Strings that terminals answer with: the colour of the background. */
#include "config.h"

#include "ui/input_core.h"
#include "util/chars.h"

enum { STRING_LIMIT = 4096 };    /* bytes of an OSC or DCS string */

/* One channel of rgb:R/G/B, one to four hexadecimal digits, as 0..255; -1 when it is none. */
static int
read_channel(const char **at, const char *end)
{
	long value = 0;
	int digits = 0;

	for (; *at < end && digits < 5; (*at)++, digits++) {
		int digit = char_hex(**at);
		if (digit < 0)
			break;
		value = value * 16 + digit;
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

bool
input_find_terminator(struct str bytes, size_t from, size_t *end_out, size_t *used_out)
{
	for (size_t i = from; i < bytes.len; i++) {
		if (bytes.at[i] != '\a' && bytes.at[i] != INPUT_ESC)
			continue;
		if (bytes.at[i] == INPUT_ESC && i + 1 == bytes.len)
			return false;
		*end_out = i;
		/* An Escape that ends no string begins something new. */
		*used_out = bytes.at[i] == '\a' ? i + 1 : bytes.at[i + 1] == '\\' ? i + 2 : i;
		return true;
	}
	return false;
}

bool
input_is_string(struct str bytes)
{
	char kind = bytes.at[1], first = bytes.len > 2 ? bytes.at[2] : 0;

	if (kind == ']')
		return char_is_digit(first);
	return (kind == 'P' && (char_is_digit(first) || first == '>' || first == '!')) || (kind == '_' && first == 'G');
}

enum step
input_string(struct input *input, struct str bytes, size_t *used_out, struct event *event)
{
	size_t end;

	if (!input_find_terminator(bytes, 2, &end, used_out)) {
		if (bytes.len <= STRING_LIMIT)
			return STEP_MORE;
		*used_out = bytes.at[bytes.len - 1] == INPUT_ESC ? bytes.len - 1 : bytes.len;
		input->skip = SKIP_STRING;
		return STEP_SKIP;
	}
	return bytes.at[1] == ']' ? osc_event((struct str){ bytes.at + 2, end - 2 }, event) : STEP_SKIP;
}
