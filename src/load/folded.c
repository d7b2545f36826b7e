/* SPDX-License-Identifier: MIT
 * Folded stacks: "root;caller;callee 12" a line. */
#include "config.h"

#include <limits.h>
#include <math.h>

#include "load/format.h"

#include "util/unit.h"
#include "util/vec.h"

#define SCORE_LINES    50u                      /* data lines that the score looks at */
#define PLAIN_MAX      ((uint64_t)64 << 20)     /* bytes in which a count is searched when the first lines have none */
#define SLICE          ((size_t)1 << 20)        /* bytes between looks at the job */

static const char note_comment[] = "a comment line: left out";
static const char note_no_count[] = "a line does not end in a count: left out";
static const char note_negative[] = "a line has a negative count: left out";
static const char note_too_large[] = "a line has a count too large to be a number: left out";
static const char note_one_each[] = "no line has a count: each line counts as one sample";

/* A line taken apart; its strings lie in the line. */
enum line_kind { LINE_EMPTY, LINE_COMMENT, LINE_PLAIN, LINE_COUNTED };

struct line {
	enum line_kind kind;
	struct str     stack;    /* without blanks around it; may be empty if counted */
	struct str     count;    /* digits and such, not yet a number */
};

/* The stack of the line before, which the next one shares the start of more often than not. */
struct stack_end { size_t at; stack_id stack; };    /* where a frame ends in the text */

struct folded {
	struct sink *sink;
	track_id     track;      /* ID_NONE until the first sample */
	bool         plain;      /* lines have no counts */
	struct str   last;
	struct { VEC(struct stack_end); } ends;    /* of the frames of last */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Sign, digits with a point among or after them, exponent; all of text. */
static bool
looks_like_count(struct str text)
{
	const char *at = text.at, *end = text.at + text.len;

	if (at < end && (*at == '-' || *at == '+'))
		at++;
	if (at == end || !is_digit(*at))
		return false;
	while (at < end && is_digit(*at))
		at++;
	if (at < end && *at == '.')
		for (at++; at < end && is_digit(*at); )
			at++;
	if (at < end && (*at == 'e' || *at == 'E')) {
		at++;
		if (at < end && (*at == '-' || *at == '+'))
			at++;
		if (at == end || !is_digit(*at))
			return false;
		while (at < end && is_digit(*at))
			at++;
	}
	return at == end;
}

static struct line
take_apart(struct str text)
{
	const char *begin = text.at, *end = text.at + text.len;
	bool indented;

	if (end > begin && end[-1] == '\r')
		end--;
	while (end > begin && is_blank(end[-1]))
		end--;
	indented = begin < end && is_blank(*begin);
	while (begin < end && is_blank(*begin))
		begin++;
	if (begin == end)
		return (struct line){ .kind = LINE_EMPTY };
	if (*begin == '#')
		return (struct line){ .kind = LINE_COMMENT };
	const char *count = end;
	while (count > begin && !is_blank(count[-1]))
		count--;
	struct line line = { .kind = LINE_PLAIN, .stack = { begin, (size_t)(end - begin) } };
	if ((count > begin || indented) && looks_like_count((struct str){ count, (size_t)(end - count) })) {
		line.kind = LINE_COUNTED;
		line.count = (struct str){ count, (size_t)(end - count) };
		while (count > begin && is_blank(count[-1]))
			count--;
		line.stack.len = (size_t)(count - begin);
	}
	return line;
}

static bool
parse_count(struct str text, double *out)
{
	uint64_t value = 0;

	if (text.len > 15)
		return number_parse(text, out);
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.at[i])) {
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

static stack_id
stack_of(struct folded *folded, struct str text)
{
	size_t common = common_prefix(folded->last, text);

	/* A frame is shared when both lines end it at the same place; the text up to there is equal. */
	while (folded->ends.len) {
		size_t end = vec_last(&folded->ends).at;
		if (end < common || (end == common && (text.len == end || text.at[end] == ';')))
			break;
		folded->ends.len--;
	}
	folded->last = text;
	stack_id stack = folded->ends.len ? vec_last(&folded->ends).stack : ID_NONE;
	size_t at = folded->ends.len ? vec_last(&folded->ends).at + 1 : 0;
	while (at <= text.len && text.len) {
		const char *semicolon = at < text.len ? memchr(text.at + at, ';', text.len - at) : NULL;
		size_t end = semicolon ? (size_t)(semicolon - text.at) : text.len;
		struct str name = { text.at + at, end - at };
		frame_id frame = sink_frame(folded->sink, &(struct frame_in){ .name = name, .kind = kind_of(name) });
		stack = sink_stack(folded->sink, stack, frame);
		vec_push(&folded->ends, (struct stack_end){ end, stack });
		at = end + 1;
	}
	return stack;
}

static void
push(struct folded *folded, struct str stack, double weight)
{
	if (folded->track == ID_NONE)
		folded->track = sink_track(folded->sink, TRACK_PROFILE, STR(""));
	sink_sample(folded->sink, stack_of(folded, stack), folded->track, &weight);
}

static void
read_line(struct folded *folded, struct str text, uint64_t offset, uint64_t number)
{
	struct line line = take_apart(text);
	const char *note = NULL;
	double weight = 1;

	if (line.kind == LINE_EMPTY)
		return;
	if (line.kind == LINE_COMMENT) {
		sink_note(folded->sink, NOTE_INFO, note_comment, number, offset, text);
		return;
	}
	if (line.kind == LINE_PLAIN && !folded->plain)
		note = note_no_count;
	else if (line.kind == LINE_COUNTED && (!parse_count(line.count, &weight) || !isfinite(weight)))
		note = note_too_large;
	else if (weight < 0)
		note = note_negative;
	if (note)
		sink_note(folded->sink, NOTE_WARNING, note, number, offset, text);
	else
		push(folded, line.stack, weight);
}

static struct folded
begin(struct sink *sink)
{
	sink_sample_type(sink, STR("samples"), STR("samples"));
	return (struct folded){ .sink = sink, .track = ID_NONE };
}

/* Every line of text.  The last one may lack its newline.  Returns the number of lines. */
static uint64_t
read_text(struct folded *folded, struct str text, uint64_t offset, uint64_t number)
{
	const char *at = text.at, *end = text.at + text.len;
	uint64_t lines = 0;

	folded->last = STR("");
	folded->ends.len = 0;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		read_line(folded, (struct str){ at, (size_t)(stop - at) }, offset + (uint64_t)(at - text.at), number + lines++);
		at = stop + 1;
	}
	return lines;
}

static void
folded_read_lines(struct str text, uint64_t offset, uint64_t line, struct sink *sink)
{
	struct folded folded = begin(sink);

	read_text(&folded, text, offset, line);
	vec_fini(&folded.ends);
}

/* How many lines of each kind; data lines with a semicolon apart. */
struct census { unsigned plain, counted, counted_with_semicolon, plain_with_semicolon; };

static struct census
take_census(struct str text, bool whole, unsigned lines_max)
{
	struct census census = { 0 };
	const char *at = text.at, *end = text.at + text.len;

	while (at < end && census.plain + census.counted < lines_max) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline && !whole)
			break;
		const char *stop = newline ? newline : end;
		struct line line = take_apart((struct str){ at, (size_t)(stop - at) });
		bool semicolon = line.stack.len && memchr(line.stack.at, ';', line.stack.len);
		if (line.kind == LINE_COUNTED) {
			census.counted++;
			census.counted_with_semicolon += semicolon;
		} else if (line.kind == LINE_PLAIN) {
			census.plain++;
			census.plain_with_semicolon += semicolon && line.stack.at[line.stack.len - 1] != ';';
		}
		at = stop + 1;
	}
	return census;
}

static int
folded_score(const struct probe *probe, const char **why_out)
{
	struct census census = take_census(probe->head, probe->whole, SCORE_LINES);
	unsigned lines = census.plain + census.counted;
	bool all = census.plain == 0;

	if (lines == 0)
		return 0;
	if (census.counted == 0) {
		*why_out = "lines of frames joined by ';', without counts";
		return !probe->json && !probe->binary && census.plain_with_semicolon * 10 >= lines * 9 ? 15 : 0;
	}
	*why_out = "lines that end in a count";
	if (census.counted_with_semicolon == 0 && (probe->json || probe->binary))
		return 0;
	if (census.counted_with_semicolon == 0)
		return census.counted * 10 >= lines * 9 ? 25 : census.counted * 2 >= lines ? 12 : 0;
	*why_out = "lines of frames joined by ';' that end in a count";
	if (probe->json || probe->binary)
		return census.counted * 10 >= lines * 9 && census.counted_with_semicolon * 2 >= lines ? 30 : 0;
	return census.counted * 2 >= lines ? all ? 60 : 45 : 0;
}

/* With a count in sight, lines stand for themselves; without one, the whole input must be asked whether it has any. */
static bool
folded_by_lines(const struct probe *probe)
{
	struct census census = take_census(probe->head, probe->whole, UINT_MAX);

	return census.counted || census.plain == 0;
}

/* Reads the whole lines of the window and moves on; *at_out is the offset of the first byte not read. */
static bool
read_window(struct folded *folded, struct input *in, uint64_t *at_out, uint64_t *line_out)
{
	const char *at = in->begin + (*at_out - in->begin_at);

	while (at < in->end) {
		size_t left = (size_t)(in->end - at), slice = left < SLICE ? left : SLICE;
		const char *newline = memrchr(at, '\n', slice);
		if (!newline && slice < left)
			newline = memchr(at + slice, '\n', left - slice);
		if (!newline && !in->last)
			return true;
		size_t len = newline ? (size_t)(newline + 1 - at) : left;
		*line_out += read_text(folded, (struct str){ at, len }, *at_out, *line_out);
		*at_out += len;
		at += len;
		if (!input_progress(in, *at_out))
			return false;
	}
	return true;
}

/* For input whose first lines have no count. */
static void
folded_read(struct input *in, struct sink *sink)
{
	struct folded folded = begin(sink);
	uint64_t at = in->begin_at, line = 1;

	while ((uint64_t)(in->end - in->begin) < PLAIN_MAX && input_more(in, at))
		;
	struct census census = take_census((struct str){ in->begin, (size_t)(in->end - in->begin) }, in->last, UINT_MAX);
	folded.plain = census.counted == 0;
	if (folded.plain && census.plain)
		sink_note(sink, NOTE_INFO, note_one_each, 0, SINK_NO_BYTE, STR(""));
	while (read_window(&folded, in, &at, &line) && input_more(in, at))
		;
	if (!job_stopped(in->job) && input_problem(in)->code == ERROR_NONE)
		read_window(&folded, in, &at, &line);
	vec_fini(&folded.ends);
}

const struct load_format load_folded = {
	.name = "folded",
	.summary = "folded stacks: frames joined by ';', then a count, one stack a line",
	.score = folded_score,
	.read = folded_read,
	.read_lines = folded_read_lines,
	.by_lines = folded_by_lines,
	.whole_lines = true,
};
