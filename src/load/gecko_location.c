/* SPDX-License-Identifier: MIT
 * What the text of a raw frame says. */
#include "config.h"

#include "load/gecko.h"

#include "util/chars.h"

bool
gecko_address(struct str text, uint64_t *out)
{
	uint64_t value = 0;

	if (!str_starts(text, STR("0x")) || text.len < 3 || text.len > 18)
		return false;
	for (size_t i = 2; i < text.len; i++) {
		char c = text.at[i] | 0x20;
		if (!char_is_digit(c) && (c < 'a' || c > 'f'))
			return false;
		value = value << 4 | (uint64_t)(char_is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	*out = value;
	return true;
}

/* Takes ":12" off the end.  False: there is none. */
static bool
take_number(struct str *text, uint32_t *out)
{
	size_t at = text->len;
	uint64_t value = 0;

	while (at > 0 && char_is_digit(text->at[at - 1]))
		at--;
	if (at == text->len || at == 0 || text->at[at - 1] != ':')
		return false;
	for (size_t i = at; i < text->len && value <= UINT32_MAX; i++)
		value = value * 10 + (uint64_t)(text->at[i] - '0');
	*out = value <= UINT32_MAX ? (uint32_t)value : 0;
	text->len = at - 1;
	return true;
}

/* "url:line:column", or "url:line". */
static bool
take_place(struct str text, struct str *file_out, uint32_t *line_out)
{
	uint32_t last, line;

	if (!take_number(&text, &last))
		return false;
	if (!take_number(&text, &line))
		line = last;
	/* A module that another one loaded: "loader.js -> module.js". */
	for (size_t i = text.len; i >= 4; i--)
		if (memcmp(text.at + i - 4, " -> ", 4) == 0) {
			text = str_tail(text, i);
			break;
		}
	if (text.len == 0)
		return false;
	*file_out = text;
	*line_out = line;
	return true;
}

/* Where the parenthesis opens that the text ends with; text.len: it does not end with one. */
static size_t
last_open(struct str text)
{
	size_t depth = 0;

	if (!str_ends(text, STR(")")))
		return text.len;
	for (size_t i = text.len; i-- > 0;) {
		depth += text.at[i] == ')';
		depth -= text.at[i] == '(';
		if (depth == 0)
			return i;
	}
	return text.len;
}

/* Without " + 12" and "[3]" at the end. */
static struct str
without_suffix(struct str text)
{
	size_t at = text.len;

	if (str_ends(text, STR("]"))) {
		for (at--; at > 0 && char_is_digit(text.at[at - 1]); at--)
			;
		if (at > 1 && text.at[at - 1] == '[' && text.at[at - 2] == ')')
			return str_head(text, at - 1);
		return text;
	}
	while (at > 0 && char_is_digit(text.at[at - 1]))
		at--;
	if (at < text.len && at > 4 && memcmp(text.at + at - 4, ") + ", 4) == 0)
		return str_head(text, at - 3);
	return text;
}

struct gecko_location
gecko_location(struct str text)
{
	struct gecko_location found = { .name = text, .lib = STR(""), .file = STR("") };
	struct str whole = without_suffix(text);
	size_t open = last_open(whole);

	if (open > 0 && open < whole.len && whole.at[open - 1] == ' ') {
		struct str inside = { whole.at + open + 1, whole.len - open - 2 };
		if (str_starts(inside, STR("in "))) {
			found.lib = str_tail(inside, 3);
			found.name = str_head(whole, open - 1);
		} else if (take_place(inside, &found.file, &found.line)) {
			found.name = str_head(whole, open - 1);
			found.is_js = true;
		}
	} else if (open == whole.len && memmem(text.at, text.len, "://", 3)) {
		found.is_js = take_place(text, &found.file, &found.line);
	}
	return found;
}
