/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/folded.h"

#include "util/chars.h"
#include "util/unit.h"

const char folded_note_unended[] = "no newline ends the last line: it may have been cut short";

/* Sign, digits with a point among or after them, exponent; all of text. */
static bool
looks_like_count(struct str text)
{
	const char *at = text.at, *end = text.at + text.len;

	if (at < end && (*at == '-' || *at == '+'))
		at++;
	if (at == end || !char_is_digit(*at))
		return false;
	while (at < end && char_is_digit(*at))
		at++;
	if (at < end && *at == '.')
		for (at++; at < end && char_is_digit(*at); )
			at++;
	if (at < end && (*at == 'e' || *at == 'E')) {
		at++;
		if (at < end && (*at == '-' || *at == '+'))
			at++;
		if (at == end || !char_is_digit(*at))
			return false;
		while (at < end && char_is_digit(*at))
			at++;
	}
	return at == end;
}

bool
folded_cut_count(struct folded_line *line)
{
	const char *begin = line->stack.at, *end = begin + line->stack.len, *count = end;

	while (count > begin && !char_is_blank(count[-1]))
		count--;
	struct str text = { count, (size_t)(end - count) };
	if ((count == begin && !line->indented) || !looks_like_count(text))
		return false;
	while (count > begin && char_is_blank(count[-1]))
		count--;
	line->stack.len = (size_t)(count - begin);
	line->count = text;
	return true;
}

struct folded_line
folded_take_apart(struct str text)
{
	const char *begin = text.at, *end = text.at + text.len;

	if (end > begin && end[-1] == '\r')
		end--;
	while (end > begin && char_is_blank(end[-1]))
		end--;
	bool indented = begin < end && char_is_blank(*begin);
	while (begin < end && char_is_blank(*begin))
		begin++;
	if (begin == end)
		return (struct folded_line){ .kind = FOLDED_EMPTY };
	if (*begin == '#')
		return (struct folded_line){ .kind = FOLDED_COMMENT };
	struct folded_line line = { .kind = FOLDED_PLAIN, .indented = indented, .stack = { begin, (size_t)(end - begin) } };
	if (folded_cut_count(&line))
		line.kind = FOLDED_COUNTED;
	return line;
}

bool
folded_count(struct str text, double *out)
{
	uint64_t value = 0;

	if (text.len > 15)
		return number_parse(text, out);
	for (size_t i = 0; i < text.len; i++) {
		if (!char_is_digit(text.at[i])) {
			if (text.at[text.len - 1] == '.')
				text.len--;
			return number_parse(text, out);
		}
		value = value * 10 + (uint64_t)(text.at[i] - '0');
	}
	*out = (double)value;
	return true;
}

/* A name that is nothing but the suffix is no annotation. */
static enum frame_kind
kind_of(struct str name)
{
	if (name.len < 5 || name.at[name.len - 1] != ']' || name.at[name.len - 3] != '[' || name.at[name.len - 4] != '_')
		return FRAME_USER;
	switch (name.at[name.len - 2]) {
	case 'k': return FRAME_KERNEL;
	case 'j': return FRAME_JIT;
	case 'i': return FRAME_INLINED;
	case 'w': return FRAME_WAKER;
	default:  return FRAME_USER;
	}
}

static size_t
common_prefix(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len, at = 0;

	for (; at + 8 <= len && memcmp(a.at + at, b.at + at, 8) == 0; at += 8)
		;
	while (at < len && a.at[at] == b.at[at])
		at++;
	return at;
}

stack_id
folded_stack(struct folded_stacks *stacks, struct str text)
{
	size_t common = common_prefix(stacks->last, text);

	/* A frame is shared when both lines end it at the same place; the text up to there is equal. */
	while (stacks->ends.len) {
		size_t end = vec_last(&stacks->ends).at;
		if (end < common || (end == common && (text.len == end || text.at[end] == ';')))
			break;
		stacks->ends.len--;
	}
	stacks->last = text;
	stack_id stack = stacks->ends.len ? vec_last(&stacks->ends).stack : ID_NONE;
	size_t at = stacks->ends.len ? vec_last(&stacks->ends).at + 1 : 0;
	while (at <= text.len && text.len) {
		const char *semicolon = at < text.len ? memchr(text.at + at, ';', text.len - at) : NULL;
		size_t end = semicolon ? (size_t)(semicolon - text.at) : text.len;
		struct str name = { text.at + at, end - at };
		frame_id frame = sink_frame(stacks->sink, &(struct frame_in){ .name = name, .kind = kind_of(name) });
		stack = sink_stack(stacks->sink, stack, frame);
		vec_push(&stacks->ends, (struct folded_end){ end, stack });
		at = end + 1;
	}
	return stack;
}

void
folded_forget(struct folded_stacks *stacks)
{
	stacks->last = STR("");
	stacks->ends.len = 0;
}

void
folded_stacks_fini(struct folded_stacks *stacks)
{
	vec_fini(&stacks->ends);
}
