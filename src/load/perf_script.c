/* SPDX-License-Identifier: MIT
 * The text that `perf script` prints: an event line, under it its stack, innermost first, then an empty line. */
#include "config.h"

#include "load/perf_script.h"

#include "load/parallel.h"
#include "load/perf_events.h"
#include "load/perf_frames.h"
#include "util/chars.h"

#define SCORE_LINES   400u    /* lines that the score looks at */
#define ADDRESS_ENDS  16u     /* column where addresses end at least, as perf prints them */

static const char note_stray[] = "a stack line without an event above it: left out";
static const char note_odd[] = "a line that is neither an event nor of a stack: left out";
static const char note_record[] = "a record that is no sample: passed over";
static const char note_process[] = "a stack line that names only the process: left out";
static const char note_half[] = "the input ends in the middle of a line: left out";
static const char note_no_stack[] = "the input ends behind an event whose stack is missing: left out";
static const char note_unended[] = "no empty line ends the last event: its stack may have been cut short";

struct step { frame_id frame; stack_id stack; };

struct reader {
	struct sink        *sink;
	struct perf_frames *frames;
	struct perf_events  events;
	struct str          text;          /* all of it, and where it is in the input */
	uint64_t            offset;

	bool                open;          /* inside a block */
	struct perf_event   event;         /* of the block */
	struct str          line;          /* that it stands on, and its number */
	uint64_t            number;
	track_id            track;
	bool                has_stack;     /* the block has a stack line */
	struct { VEC(frame_id); } stack;   /* of the block, innermost first */
	struct { VEC(struct step); } path; /* of the sample before, outermost first: the next one shares much of it */

	struct str          thread;        /* of the block before */
	frame_id            comm;          /* the frame of its name */
	struct buf          name;
};

static void
note(struct reader *reader, enum note_severity severity, const char *text, struct str line, uint64_t number)
{
	sink_note(reader->sink, severity, text, number, reader->offset + (uint64_t)(line.at - reader->text.at), line);
}

/* Stacks begin with the name of the process. */
static stack_id
push_path(struct reader *reader)
{
	size_t len = reader->stack.len + 1, shared = 0;

	vec_reserve(&reader->path, len);
	while (shared < len && shared < reader->path.len &&
	       reader->path.at[shared].frame == (shared ? reader->stack.at[len - 1 - shared] : reader->comm))
		shared++;
	for (size_t i = shared; i < len; i++) {
		frame_id frame = i ? reader->stack.at[len - 1 - i] : reader->comm;
		stack_id parent = i ? reader->path.at[i - 1].stack : ID_NONE;
		reader->path.at[i] = (struct step){ frame, sink_stack(reader->sink, parent, frame) };
	}
	reader->path.len = len;
	return reader->path.at[len - 1].stack;
}

static void
end_block(struct reader *reader)
{
	if (!reader->open)
		return;
	perf_events_sample(&reader->events, &reader->event, push_path(reader), reader->track, reader->sink);
	reader->open = false;
}

/* "comm pid/tid" with one blank, whatever the columns. */
static void
set_thread(struct reader *reader, const struct perf_event *event)
{
	struct str ids = { event->thread.at + event->comm.len, event->thread.len - event->comm.len };

	if (str_equal(reader->thread, event->thread))
		return;
	reader->thread = event->thread;
	while (ids.len && char_is_blank(*ids.at)) {
		ids.at++;
		ids.len--;
	}
	buf_clear(&reader->name);
	buf_add(&reader->name, event->comm);
	buf_addc(&reader->name, ' ');
	buf_add(&reader->name, ids);
	reader->track = sink_track(reader->sink, TRACK_THREAD, buf_str(&reader->name));
	reader->comm = sink_frame(reader->sink, &(struct frame_in){ .name = event->comm });
}

static void
add_run(struct reader *reader, struct perf_run run, struct str line, uint64_t number)
{
	if (run.len == 0)
		note(reader, NOTE_INFO, note_process, line, number);
	for (size_t i = 0; i < run.len; i++)
		vec_push(&reader->stack, run.at[i]);
}

static struct perf_run
run_of(struct reader *reader, struct str symbol)
{
	struct perf_run run;

	return perf_frames_find(reader->frames, symbol, &run) ? run : perf_frames_add(reader->frames, symbol, symbol, STR(""));
}

/* Samples without a call chain have their one frame behind the event. */
static void
add_single(struct reader *reader)
{
	struct str text = reader->event.text;
	size_t address = perf_address_end(text);
	struct str symbol = perf_before_arrow((struct str){ text.at + address, text.len - address });

	reader->frames->address = (struct str){ text.at, address };
	if (address && perf_symbol_parse(symbol).closed)
		add_run(reader, run_of(reader, symbol), reader->line, reader->number);
}

static void
begin_block(struct reader *reader, const struct perf_event *event, struct str line, uint64_t number)
{
	end_block(reader);
	if (event->no_sample) {
		note(reader, NOTE_INFO, note_record, line, number);
		return;
	}
	reader->open = true;
	reader->event = *event;
	reader->line = line;
	reader->number = number;
	reader->has_stack = false;
	reader->stack.len = 0;
	set_thread(reader, event);
	add_single(reader);
}

/* The line behind line; empty at the end of the text. */
static struct str
line_behind(const struct reader *reader, struct str line)
{
	const char *end = reader->text.at + reader->text.len, *at = line.at + line.len;

	if (at >= end)
		return (struct str){ end, 0 };
	at++;
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	return (struct str){ at, (size_t)((newline ? newline : end) - at) };
}

/* The source line under this stack line, which belongs to it; empty if there is none. */
static struct str
source_behind(const struct reader *reader, struct str line)
{
	const char *end = reader->text.at + reader->text.len, *at = line.at + line.len + 1;
	struct str file, source;
	uint32_t number;

	if (at + 2 >= end || at[0] != ' ' || at[1] != ' ')
		return STR("");
	source = line_behind(reader, line);
	return perf_source_parse(source, &file, &number) ? source : STR("");
}

static bool
is_last(const struct reader *reader, struct str line)
{
	return line.at + line.len == reader->text.at + reader->text.len;
}

/* Whether a line that begins with an address, which ends at address, is a stack line.  Those that perf prints begin with a tab;
 * others may be events of a thread whose name looks like an address. */
static bool
is_stack_line(struct str line, size_t address, const struct perf_symbol *symbol)
{
	struct perf_event event;

	return line.at[0] == '\t' || ((symbol->closed || address >= ADDRESS_ENDS) && !perf_events_line(line, &event));
}

/* What tells all about a stack line but the source: behind the address for those with a tab; the others' addresses may be names, and
 * only those that end as they should are told by it.  Empty: nothing does. */
static struct str
key_of(struct str line, size_t address)
{
	size_t begin = 0;

	if (line.at[0] == '\t')
		return str_tail(line, address);
	if (line.at[line.len - 1] != ')')
		return (struct str){ line.at, 0 };
	while (char_is_blank(line.at[begin]))
		begin++;
	return str_tail(line, begin);
}

/* A line in a block that begins with an address, which ends at address.  False: it is no stack line. */
static bool
read_stack_line(struct reader *reader, struct str line, size_t address, uint64_t number)
{
	struct str symbol = { line.at + address, line.len - address }, key = key_of(line, address);
	struct str source = source_behind(reader, line);
	struct perf_run run;

	reader->frames->address = (struct str){ line.at, address };
	bool known = key.len && !is_last(reader, line);
	if (key.len && source.len)
		key.len = (size_t)(source.at + source.len - key.at);
	if (!known || !perf_frames_find(reader->frames, key, &run)) {
		struct perf_symbol parsed = perf_symbol_parse(symbol);
		if (!is_stack_line(line, address, &parsed))
			return false;
		/* Half a name would be another function's. */
		if (is_last(reader, line) && !parsed.dso.len && !parsed.inlined) {
			note(reader, NOTE_WARNING, note_half, line, number);
			return true;
		}
		run = perf_frames_add(reader->frames, key, symbol, source);
	}
	if (!reader->has_stack)
		reader->stack.len = 0;    /* what stood behind the event was no frame */
	reader->has_stack = true;
	add_run(reader, run, line, number);
	return true;
}

/* A line that is no stack line of the open block. */
static void
read_other_line(struct reader *reader, struct str line, uint64_t number)
{
	struct perf_event event;
	struct str file;
	uint32_t source_line;

	if (perf_events_line(line, &event))
		begin_block(reader, &event, line, number);
	else if (!perf_source_parse(line, &file, &source_line) && perf_trim_end(line).len)
		note(reader, NOTE_WARNING, is_last(reader, line) ? note_half : !reader->open && perf_address_end(line) ? note_stray : note_odd, line, number);
}

static void
read_line(struct reader *reader, struct str line, uint64_t number)
{
	size_t address = 0;

	if (line.len == 0 || (line.len == 1 && line.at[0] == '\r'))
		end_block(reader);
	else if (line.at[0] != '#') {
		if (reader->open)
			address = perf_address_end(line);
		if (!address || !read_stack_line(reader, line, address, number))
			read_other_line(reader, line, number);
	}
}

/* The end of the input. */
static void
note_end(struct reader *reader)
{
	if (reader->open && reader->events.stacks && !reader->has_stack && !reader->stack.len) {
		note(reader, NOTE_WARNING, note_no_stack, reader->line, reader->number);
		reader->open = false;
	}
	if (reader->open && (reader->has_stack || !str_ends(reader->text, STR("\n"))))
		note(reader, NOTE_INFO, note_unended, reader->line, reader->number);
}

static void
perf_read_blocks(struct str text, uint64_t offset, uint64_t line, struct str preface, bool last, struct sink *sink)
{
	struct reader reader = { .sink = sink, .text = text, .offset = offset, .frames = perf_frames_new(sink), .thread = { "", 0 } };
	const char *at = text.at, *end = text.at + text.len;

	perf_events_declare(&reader.events, preface, sink);
	for (; at < end; line++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		read_line(&reader, (struct str){ at, (size_t)(stop - at) }, line);
		at = stop + 1;
	}
	if (last)
		note_end(&reader);
	end_block(&reader);
	perf_frames_free(reader.frames);
	vec_fini(&reader.stack);
	vec_fini(&reader.path);
	buf_fini(&reader.name);
}

/* A block begins behind an empty line, and between two events. */
static bool
perf_border(struct str text, size_t at)
{
	struct str line = { text.at + at, text.len - at }, before = { text.at, at - 1 };
	const char *newline;
	struct perf_event event;

	if (before.len && before.at[before.len - 1] == '\r')
		before.len--;
	newline = before.len ? memrchr(before.at, '\n', before.len) : NULL;
	if (before.len == 0 || newline == before.at + before.len - 1)
		return true;
	if (line.len == 0 || line.at[0] == '\t')
		return false;
	if (newline) {
		before.len -= (size_t)(newline + 1 - before.at);
		before.at = newline + 1;
	}
	newline = memchr(line.at, '\n', line.len);
	if (!newline)
		return false;
	line.len = (size_t)(newline - line.at);
	return perf_events_line(line, &event) && event.certain && perf_events_line(before, &event) && event.certain;
}

static void
perf_read(struct input *in, struct sink *sink)
{
	parallel_read(in, &load_perf_script, &(struct parallel_options){ .threads = 1 }, sink);
}

/* How many lines are events, stack lines right under an event or behind one, and neither. */
struct census { unsigned certain, stacks, odd; };

static void
count_line(struct census *census, struct str line, bool *behind_event)
{
	struct perf_event event;

	if (perf_events_line(line, &event)) {
		census->certain += event.certain;
		census->stacks += perf_address_end(event.text) > 0;
		*behind_event = !event.no_sample;
		return;
	}
	if (perf_address_end(line))
		census->stacks += *behind_event;
	else if (line.len && line.at[0] != ' ' && line.at[0] != '#')
		census->odd++;
	*behind_event = false;
}

static struct census
take_census(struct str head, bool whole)
{
	struct census census = { 0 };
	const char *at = head.at, *end = head.at + head.len;
	bool behind_event = false;

	for (unsigned lines = 0; at < end && lines < SCORE_LINES; lines++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline && !whole)
			break;
		const char *stop = newline ? newline : end;
		count_line(&census, perf_trim_end((struct str){ at, (size_t)(stop - at) }), &behind_event);
		at = stop + 1;
	}
	return census;
}

static int
perf_score(const struct probe *probe, const char **why_out)
{
	struct census census = take_census(probe->head, probe->whole);

	if (probe->json)
		return 0;
	if (census.stacks) {
		*why_out = "events, and stacks of addresses and symbols";
		return census.odd == 0 ? 95 : census.odd <= census.stacks ? 80 : 0;
	}
	*why_out = "events with a cpu or a time";
	return census.certain && census.odd == 0 ? 50 : 0;
}

const struct load_format load_perf_script = {
	.name = "perf-script",
	.summary = "the text that perf script prints: events with their stacks",
	.score = perf_score,
	.read = perf_read,
	.read_blocks = perf_read_blocks,
	.border = perf_border,
	.preface = perf_events_find,
	.whole_lines = true,
};
