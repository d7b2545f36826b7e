/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/folded_diff.h"

#include <math.h>

#include "load/folded.h"

#define LOOK_MAX ((uint64_t)64 << 20)     /* bytes in which every line must have two counts */
#define SLICE    ((uint64_t)1 << 20)      /* bytes between looks at the job */

static const char note_comment[] = "a comment line: left out";
static const char note_one_count[] = "a line does not end in two counts: left out";
static const char note_half[] = "the input ends in the middle of a line: left out";
static const char note_negative[] = "a line has a negative count: left out";
static const char note_too_large[] = "a line has a count too large to be a number: left out";
static const char note_plain[] = "not every line ends in two counts: read as stacks with one count, the other a part of the last frame's name";

struct diff_line {
	enum folded_kind kind;    /* counted: with both counts */
	struct str       stack, before, after;
};

struct diff {
	struct sink         *sink;
	track_id             track;     /* ID_NONE until the first sample */
	struct folded_stacks stacks;
};

/* Where reading has got to. */
struct place { uint64_t at, line; };

static struct diff_line
take_apart(struct str text)
{
	struct folded_line line = folded_take_apart(text);
	struct diff_line diff = { .kind = line.kind, .after = line.count };

	if (line.kind == FOLDED_COUNTED && !folded_cut_count(&line))
		diff.kind = FOLDED_PLAIN;
	diff.stack = line.stack;
	diff.before = line.count;
	return diff;
}

static void
read_line(struct diff *diff, struct str text, bool ended, const struct place *place)
{
	struct diff_line line = take_apart(text);
	double weights[2];    /* as the sample types are declared */
	const char *note = NULL;

	if (line.kind == FOLDED_EMPTY)
		return;
	if (line.kind == FOLDED_COMMENT) {
		sink_note(diff->sink, NOTE_INFO, note_comment, place->line, place->at, text);
		return;
	}
	if (line.kind == FOLDED_PLAIN)
		note = ended ? note_one_count : note_half;
	else if (!folded_count(line.after, &weights[0]) || !folded_count(line.before, &weights[1]) || !isfinite(weights[0]) ||
	         !isfinite(weights[1]))
		note = note_too_large;
	else if (weights[0] < 0 || weights[1] < 0)
		note = note_negative;
	if (note) {
		sink_note(diff->sink, NOTE_WARNING, note, place->line, place->at, text);
		return;
	}
	if (diff->track == ID_NONE)
		diff->track = sink_track(diff->sink, TRACK_PROFILE, STR(""));
	sink_sample(diff->sink, folded_stack(&diff->stacks, line.stack), diff->track, weights);
	if (!ended)
		sink_note(diff->sink, NOTE_INFO, folded_note_unended, place->line, place->at, text);
}

/* How many lines have two counts, how many of these have several frames, and how many lines have not two. */
struct census { uint64_t two, two_with_semicolon, other; };

/* A last line without its newline may be cut: it does not speak against the others. */
static struct census
take_census(struct str text, uint64_t enough)
{
	struct census census = { 0 };
	const char *at = text.at, *end = text.at + text.len;

	while (at < end && census.other < enough) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		struct diff_line line = take_apart((struct str){ at, (size_t)(stop - at) });
		if (line.kind == FOLDED_COUNTED) {
			census.two++;
			census.two_with_semicolon += line.stack.len && memchr(line.stack.at, ';', line.stack.len);
		} else if (line.kind == FOLDED_PLAIN && newline) {
			census.other++;
		}
		at = stop + 1;
	}
	return census;
}

static int
diff_score(const struct probe *probe, const char **why_out)
{
	struct census census = take_census(probe->head, 1);

	*why_out = "lines that all end in two counts";
	if (census.two == 0 || census.other || probe->json || probe->binary)
		return 0;
	return census.two_with_semicolon ? 70 : 27;
}

/* Reads the whole lines of the window, of which the last may lack its newline when nothing follows. */
static bool
read_window(struct diff *diff, struct input *in, struct place *place)
{
	const char *at = in->begin + (place->at - in->begin_at);
	uint64_t report_at = place->at + SLICE;

	folded_forget(&diff->stacks);
	while (at < in->end) {
		const char *newline = memchr(at, '\n', (size_t)(in->end - at));
		if (!newline && (!in->last || input_problem(in)->code != ERROR_NONE))
			return true;    /* half a line would read as another */
		const char *stop = newline ? newline : in->end;
		read_line(diff, (struct str){ at, (size_t)(stop - at) }, newline != NULL, place);
		place->line++;
		place->at += (uint64_t)(stop - at) + (newline != NULL);
		at = stop + (newline != NULL);
		if (place->at >= report_at) {
			report_at = place->at + SLICE;
			if (!input_progress(in, place->at))
				return false;
		}
	}
	return true;
}

static void
diff_read(struct input *in, struct sink *sink)
{
	struct diff diff = { .sink = sink, .track = ID_NONE, .stacks.sink = sink };
	struct place place = { in->begin_at, 1 };

	while (!in->last && (uint64_t)(in->end - in->begin) < LOOK_MAX && input_more(in, place.at))
		;
	if (take_census((struct str){ in->begin, (size_t)(in->end - in->begin) }, 1).other) {
		sink_note(sink, NOTE_INFO, note_plain, 0, SINK_NO_BYTE, STR(""));
		load_folded.read(in, sink);
		return;
	}
	sink_sample_type(sink, STR("samples"), STR("samples"));
	sink_sample_type(sink, STR("before"), STR("samples"));
	while (read_window(&diff, in, &place) && !in->last && input_more(in, place.at))
		;
	if (!job_stopped(in->job))
		read_window(&diff, in, &place);
	folded_stacks_fini(&diff.stacks);
}

const struct load_format load_folded_diff = {
	.name = "folded-diff",
	.summary = "folded stacks with two counts, before and after, as difffolded.pl writes",
	.score = diff_score,
	.read = diff_read,
};
