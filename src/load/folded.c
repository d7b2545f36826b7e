/* SPDX-License-Identifier: MIT
 * Folded stacks: "root;caller;callee 12" a line. */
#include "config.h"

#include <limits.h>
#include <math.h>

#include "load/folded.h"
#include "load/format.h"

#define SCORE_LINES    50u                      /* data lines that the score looks at */
#define PLAIN_MAX      ((uint64_t)64 << 20)     /* bytes in which a count is searched when the first lines have none */
#define SLICE          ((size_t)1 << 20)        /* bytes between looks at the job */

static const char note_comment[] = "a comment line: left out";
static const char note_no_count[] = "a line does not end in a count: left out";
static const char note_negative[] = "a line has a negative count: left out";
static const char note_too_large[] = "a line has a count too large to be a number: left out";
static const char note_half[] = "the input ends in the middle of a line: left out";
static const char note_one_each[] = "no line has a count: each line counts as one sample";

struct folded {
	struct sink         *sink;
	track_id             track;      /* ID_NONE until the first sample */
	bool                 plain;      /* lines have no counts */
	struct folded_stacks stacks;
};

static void
push(struct folded *folded, struct str stack, double weight)
{
	if (folded->track == ID_NONE)
		folded->track = sink_track(folded->sink, TRACK_PROFILE, STR(""));
	sink_sample(folded->sink, folded_stack(&folded->stacks, stack), folded->track, &weight);
}

/* ended: a newline follows. */
static void
read_line(struct folded *folded, struct str text, bool ended, uint64_t offset, uint64_t number)
{
	struct folded_line line = folded_take_apart(text);
	const char *note = NULL;
	double weight = 1;

	if (line.kind == FOLDED_EMPTY)
		return;
	if (line.kind == FOLDED_COMMENT) {
		sink_note(folded->sink, NOTE_INFO, note_comment, number, offset, text);
		return;
	}
	if (line.kind == FOLDED_PLAIN && !folded->plain)
		note = ended ? note_no_count : note_half;
	else if (line.kind == FOLDED_COUNTED && (!folded_count(line.count, &weight) || !isfinite(weight)))
		note = note_too_large;
	else if (weight < 0)
		note = note_negative;
	if (note) {
		sink_note(folded->sink, NOTE_WARNING, note, number, offset, text);
		return;
	}
	push(folded, line.stack, weight);
	if (!ended)
		sink_note(folded->sink, NOTE_INFO, folded_note_unended, number, offset, text);
}

static struct folded
begin(struct sink *sink)
{
	sink_sample_type(sink, STR("samples"), STR("samples"));
	return (struct folded){ .sink = sink, .track = ID_NONE, .stacks.sink = sink };
}

/* Every line of text.  The last one may lack its newline.  Returns the number of lines. */
static uint64_t
read_text(struct folded *folded, struct str text, uint64_t offset, uint64_t number)
{
	const char *at = text.at, *end = text.at + text.len;
	uint64_t lines = 0;

	folded_forget(&folded->stacks);
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		read_line(folded, (struct str){ at, (size_t)(stop - at) }, newline != NULL, offset + (uint64_t)(at - text.at), number + lines++);
		at = stop + 1;
	}
	return lines;
}

static void
folded_read_lines(struct str text, uint64_t offset, uint64_t line, struct sink *sink)
{
	struct folded folded = begin(sink);

	read_text(&folded, text, offset, line);
	folded_stacks_fini(&folded.stacks);
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
		struct folded_line line = folded_take_apart((struct str){ at, (size_t)(stop - at) });
		bool semicolon = line.stack.len && memchr(line.stack.at, ';', line.stack.len);
		if (line.kind == FOLDED_COUNTED) {
			census.counted++;
			census.counted_with_semicolon += semicolon;
		} else if (line.kind == FOLDED_PLAIN) {
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
		return !probe->json && all && lines > 1 ? 12 : 0;    /* a control character does not make it another file */
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
		if (!newline && (!in->last || input_problem(in)->code != ERROR_NONE))
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
	folded_stacks_fini(&folded.stacks);
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
