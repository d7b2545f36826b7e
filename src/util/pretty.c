/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/pretty.h"

#include <stdint.h>
#include <unistr.h>

#include "util/chars.h"
#include "util/vec.h"

enum { INDENT = 2, INDENT_MOST = 40, LINE_BYTES = 60 };    /* a container of at most so many bytes stands on one line */

/* Checks while it writes: what turns out to be no JSON is taken back. */
struct layout {
	const char *at, *end;
	struct buf *out;
	struct { VEC(char); } close;    /* brackets that end the open containers */
	size_t      flat;               /* containers open when one began that stands on one line, and one; 0: none does */
};

static void
skip_blank(struct layout *layout)
{
	while (layout->at < layout->end && memchr(" \t\r\n", *layout->at, 4))
		layout->at++;
}

static void
new_line(struct layout *layout)
{
	size_t indent = layout->close.len * INDENT;

	buf_addc(layout->out, '\n');
	for (size_t i = 0; i < indent && i < INDENT_MOST; i++)
		buf_addc(layout->out, ' ');
}

static bool
read_hex(struct layout *layout, uint32_t *out)
{
	*out = 0;
	if (layout->end - layout->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		int digit = char_hex(*layout->at++);
		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

/* After "\u"; a pair of surrogates is one character. */
static bool
put_code_point(struct layout *layout)
{
	uint8_t bytes[6];
	uint32_t c, low;

	if (!read_hex(layout, &c))
		return false;
	if (c >= 0xd800 && c < 0xdc00 && layout->end - layout->at >= 6 && layout->at[0] == '\\' && layout->at[1] == 'u') {
		const char *before = layout->at;
		layout->at += 2;
		if (!read_hex(layout, &low))
			return false;
		if (low >= 0xdc00 && low < 0xe000)
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		else
			layout->at = before;
	}
	int len = u8_uctomb(bytes, c, sizeof bytes);
	if (len > 0)
		buf_add(layout->out, (struct str){ (const char *)bytes, (size_t)len });
	else
		buf_add(layout->out, STR("\xef\xbf\xbd"));
	return true;
}

static void
put_break(struct layout *layout)
{
	new_line(layout);
	for (int i = 0; i < INDENT; i++)
		buf_addc(layout->out, ' ');
}

static bool
put_escape(struct layout *layout)
{
	if (layout->at == layout->end)
		return false;
	char c = *layout->at++;
	switch (c) {
	case 'n': put_break(layout); return true;
	case 'r': return true;
	case 't': buf_addc(layout->out, '\t'); return true;
	case 'b':
	case 'f': buf_addc(layout->out, ' '); return true;
	case 'u': return put_code_point(layout);
	case '"':
	case '/':
	case '\\': buf_addc(layout->out, c); return true;
	default: return false;
	}
}

/* From behind the opening quote to behind the closing one. */
static bool
put_string(struct layout *layout)
{
	buf_addc(layout->out, '"');
	while (layout->at < layout->end) {
		char c = *layout->at++;
		if (c == '"') {
			buf_addc(layout->out, '"');
			return true;
		}
		if (c != '\\')
			buf_addc(layout->out, c);
		else if (!put_escape(layout))
			return false;
	}
	return false;
}

static bool
put_word(struct layout *layout)
{
	const char *from = layout->at;

	while (layout->at < layout->end && !memchr(" \t\r\n,:]}[{\"", *layout->at, 11))
		layout->at++;
	buf_add(layout->out, (struct str){ from, (size_t)(layout->at - from) });
	return layout->at > from;
}

/* Whether the container that begins here ends soon enough for one line. */
static bool
is_short(const struct layout *layout)
{
	size_t depth = 0, left = (size_t)(layout->end - layout->at);
	bool in_string = false;

	for (size_t i = 0; i < left && i < LINE_BYTES; i++) {
		char c = layout->at[i];
		if (in_string) {
			if (c == '\\' && i + 1 < left && layout->at[i + 1] == 'n')
				return false;
			i += c == '\\';
			in_string = c != '"';
			continue;
		}
		in_string = c == '"';
		depth += c == '{' || c == '[';
		if ((c == '}' || c == ']') && --depth == 0)
			return true;
	}
	return false;
}

static void
open_container(struct layout *layout)
{
	char c = *layout->at;

	if (!layout->flat && is_short(layout))
		layout->flat = layout->close.len + 1;
	layout->at++;
	buf_addc(layout->out, c);
	vec_push(&layout->close, c == '{' ? '}' : ']');
	skip_blank(layout);
}

static void
close_container(struct layout *layout, bool empty)
{
	char c = vec_pop(&layout->close);

	layout->at++;
	if (!layout->flat && !empty)
		new_line(layout);
	buf_addc(layout->out, c);
	if (layout->flat > layout->close.len)
		layout->flat = 0;
}

/* The key of a member, when the innermost container is an object. */
static bool
put_key(struct layout *layout)
{
	if (vec_last(&layout->close) == ']')
		return true;
	if (layout->at == layout->end || *layout->at++ != '"' || !put_string(layout))
		return false;
	skip_blank(layout);
	if (layout->at == layout->end || *layout->at++ != ':')
		return false;
	buf_add(layout->out, STR(": "));
	skip_blank(layout);
	return true;
}

static bool
put_scalar(struct layout *layout)
{
	if (layout->at == layout->end)
		return false;
	if (*layout->at != '"')
		return put_word(layout);
	layout->at++;
	return put_string(layout);
}

/* One container with all that is in it; what it nests is in `close`. */
static bool
put_container(struct layout *layout)
{
	bool fresh = true;

	open_container(layout);
	while (layout->close.len) {
		skip_blank(layout);
		if (layout->at == layout->end)
			return false;
		if (*layout->at == vec_last(&layout->close)) {
			close_container(layout, fresh);
			fresh = false;
			continue;
		}
		if (!fresh && *layout->at++ != ',')
			return false;
		if (!fresh)
			buf_addc(layout->out, ',');
		if (!layout->flat)
			new_line(layout);
		else if (!fresh)
			buf_addc(layout->out, ' ');
		skip_blank(layout);
		if (!put_key(layout))
			return false;
		fresh = layout->at < layout->end && (*layout->at == '{' || *layout->at == '[');
		if (fresh)
			open_container(layout);
		else if (!put_scalar(layout))
			return false;
	}
	return true;
}

bool
pretty_json(struct str text, struct buf *out)
{
	struct layout layout = { .at = text.at, .end = text.at + text.len, .out = out };
	size_t before = out->len;

	skip_blank(&layout);
	if (layout.at == layout.end || (*layout.at != '{' && *layout.at != '['))
		return false;
	bool fine = put_container(&layout);
	skip_blank(&layout);
	fine = fine && layout.at == layout.end;
	vec_fini(&layout.close);
	if (!fine) {
		out->len = before;
		if (out->at)
			out->at[before] = '\0';
	}
	return fine;
}
