/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/parallel.h"

#include "load/pool.h"
#include "util/buf.h"

#define PIECE_MIN     ((size_t)128 << 10)
#define PIECE_MAX     ((size_t)2 << 20)
#define PIECE_STREAM  ((size_t)256 << 10)   /* of input that must be copied out of the window */
#define BLOCK_MAX     ((size_t)4 << 20)     /* where no block has ended within it, a piece ends with any line */

/* Cuts pieces from the window, one after another. */
struct cutter {
	struct input             *in;
	const struct load_format *format;
	size_t                    size;         /* bytes of a piece, about */
	uint64_t                  at;           /* where the next piece begins */
	uint64_t                  lines, lines_at;    /* counted so far, up to this offset */
	uint64_t                  searched;     /* up to here there is no place to cut behind the first size bytes */
	struct buf                preface;      /* for formats that have one */
};

static uint64_t
count_newlines(struct str text)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint64_t count = 0;
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t word;
		memcpy(&word, text.at + i, 8);
		word ^= UINT64_C(0x0a0a0a0a0a0a0a0a);
		/* The top bit of each byte that is zero now, added up in the top byte. */
		word = ~(((word & low) + low) | word | low) >> 7;
		count += word * UINT64_C(0x0101010101010101) >> 56;
	}
	for (; i < text.len; i++)
		count += text.at[i] == '\n';
	return count;
}

/* Lines before an offset that is not before the last one asked for.  Few inputs have a note that needs it. */
static uint64_t
lines_before(struct cutter *cutter, uint64_t at)
{
	const char *text = cutter->in->begin + (cutter->lines_at - cutter->in->begin_at);

	cutter->lines += count_newlines((struct str){ text, (size_t)(at - cutter->lines_at) });
	cutter->lines_at = at;
	return cutter->lines;
}

static struct str
rest_of_window(const struct cutter *cutter)
{
	const char *at = cutter->in->begin + (cutter->at - cutter->in->begin_at);

	return (struct str){ at, (size_t)(cutter->in->end - at) };
}

/* The end of the first line that ends at from or behind it, before rest.len; 0 when none does. */
static size_t
line_end(struct str rest, size_t from)
{
	const char *newline = from < rest.len ? memchr(rest.at + from, '\n', rest.len - from) : NULL;

	return newline ? (size_t)(newline + 1 - rest.at) : 0;
}

/* The end of the last line that ends in the first len bytes; 0 when none does. */
static size_t
last_line_end(struct str rest, size_t len)
{
	const char *newline = memrchr(rest.at, '\n', len);

	return newline ? (size_t)(newline + 1 - rest.at) : 0;
}

/* Bytes that end where a block does: the most in the first bytes, else the fewest beyond them; 0 when none is seen yet. */
static size_t
blocks_length(struct cutter *cutter, struct str rest, size_t first)
{
	bool (*border)(struct str, size_t) = cutter->format->border;
	size_t limit = rest.len < BLOCK_MAX ? rest.len : BLOCK_MAX;
	size_t at;

	if (cutter->searched <= cutter->at) {
		for (at = last_line_end(rest, first); at; at = last_line_end(rest, at - 1))
			if (border(rest, at))
				return at;
		cutter->searched = cutter->at + first;
	}
	/* Once more from the last place looked at, since the line behind it may have been cut then. */
	at = last_line_end(rest, (size_t)(cutter->searched - cutter->at));
	for (at = at ? at : line_end(rest, 0); at && at <= limit; at = line_end(rest, at)) {
		if (border(rest, at))
			return at;
		cutter->searched = cutter->at + at;
	}
	return limit < rest.len ? last_line_end(rest, limit) : 0;
}

/* The same for lines. */
static size_t
lines_length(struct cutter *cutter, struct str rest, size_t first)
{
	size_t len = last_line_end(rest, first);

	if (len == 0) {
		len = line_end(rest, cutter->searched > cutter->at + first ? (size_t)(cutter->searched - cutter->at) : first);
		if (len == 0)
			cutter->searched = cutter->at + rest.len;
	}
	return len;
}

/* Whether half a line may stand at the input's end, which is left out. */
static bool
is_cut_short(const struct cutter *cutter)
{
	return cutter->format->whole_lines && input_problem(cutter->in)->code != ERROR_NONE;
}

/* Bytes of the rest that make the next piece; 0 when more must be seen first. */
static size_t
piece_length(struct cutter *cutter, struct str rest)
{
	const struct input *in = cutter->in;
	bool to_end = in->last && !is_cut_short(cutter);
	size_t first = rest.len < cutter->size ? rest.len : cutter->size;

	if (first < cutter->size && !in->last)
		return 0;
	if (first == rest.len && to_end)
		return first;
	size_t len = cutter->format->border ? blocks_length(cutter, rest, first) : lines_length(cutter, rest, first);
	if (len || !in->last)
		return len;
	return to_end ? rest.len : last_line_end(rest, rest.len);
}

/* The next piece, whose text lies in the window.  False: there is none, or the job was stopped. */
static bool
cut(struct cutter *cutter, struct piece *piece_out)
{
	struct str rest;
	size_t len;

	for (;;) {
		rest = rest_of_window(cutter);
		len = rest.len ? piece_length(cutter, rest) : 0;
		if (len || cutter->in->last)
			break;
		if (!input_more(cutter->in, cutter->at) && !cutter->in->last)
			return false;
	}
	if (len == 0 || job_stopped(cutter->in->job))
		return false;
	*piece_out = (struct piece){ .text = { rest.at, len }, .offset = cutter->at };
	piece_out->last = cutter->in->last && (len == rest.len || (is_cut_short(cutter) && !line_end(rest, len)));
	cutter->at += len;
	return true;
}

/* Notes the rest that was never given out because it is half a line. */
static void
note_leftover(struct cutter *cutter, struct sink *sink)
{
	struct str rest = rest_of_window(cutter);

	if (rest.len && cutter->in->last)
		sink_note(sink, NOTE_WARNING, "the input ends in the middle of a line: left out", lines_before(cutter, cutter->at) + 1,
		          cutter->at, rest);
}

static void
report_progress(struct input *in, uint64_t at, const struct sink *sink)
{
	input_progress(in, at);
	if (in->job)
		atomic_store_explicit(&in->job->spans, sink_pushed(sink), memory_order_relaxed);
}

/* Lines are counted from the piece's own first one: which that is, is found out where it is told. */
static void
read_piece(const struct cutter *cutter, const struct piece *piece, struct sink *sink)
{
	const struct load_format *format = cutter->format;

	if (format->read_blocks)
		format->read_blocks(piece->text, piece->offset, 1, buf_str(&cutter->preface), piece->last, sink);
	else
		format->read_lines(piece->text, piece->offset, 1, sink);
}

/* What has left the window cannot be counted later. */
static void
leave_piece(struct cutter *cutter, const struct piece *piece)
{
	if (!cutter->in->mapped)
		(void)lines_before(cutter, piece->offset + piece->text.len);
}

static void
read_here(struct cutter *cutter, struct sink *sink)
{
	struct piece piece;

	while (cut(cutter, &piece)) {
		size_t notes = sink_note_count(sink);
		read_piece(cutter, &piece, sink);
		if (sink_note_count(sink) > notes)
			sink_move_lines(sink, notes, lines_before(cutter, piece.offset));
		leave_piece(cutter, &piece);
		report_progress(cutter->in, cutter->at, sink);
	}
}

static bool
cut_piece(void *context, struct piece *piece_out)
{
	return cut(context, piece_out);
}

/* The newlines of a copied piece, whose text has moved on when it is merged. */
static void *
read_cut_piece(const void *context, const struct piece *piece, struct sink *sink)
{
	const struct cutter *cutter = context;

	read_piece(cutter, piece, sink);
	return cutter->in->mapped ? NULL : (void *)(uintptr_t)count_newlines(piece->text);
}

static void
merge_piece(void *context, const struct piece *piece, struct sink *into, struct batch *batch, void *beside)
{
	struct cutter *cutter = context;

	if (batch_has_lines(batch))
		batch_move_lines(batch, cutter->in->mapped ? lines_before(cutter, piece->offset) : cutter->lines);
	if (!cutter->in->mapped) {
		cutter->lines += (uintptr_t)beside;
		cutter->lines_at = piece->offset + piece->text.len;
	}
	sink_merge(into, batch);
	report_progress(cutter->in, piece->offset + piece->text.len, into);
}

static size_t
suitable_piece(const struct input *in, unsigned threads)
{
	size_t size;

	if (!in->mapped)
		return PIECE_STREAM;
	size = (size_t)(in->end - in->begin) / ((size_t)threads * 32);
	return size < PIECE_MIN ? PIECE_MIN : size > PIECE_MAX ? PIECE_MAX : size;
}

static void
read_preface(struct cutter *cutter)
{
	struct input *in = cutter->in;

	while ((size_t)(in->end - in->begin) < LOAD_HEAD_MAX && input_more(in, cutter->at))
		;
	struct str head = rest_of_window(cutter);
	head.len = head.len < LOAD_HEAD_MAX ? head.len : LOAD_HEAD_MAX;
	cutter->format->preface(head, &cutter->preface);
}

void
parallel_read(struct input *in, const struct load_format *format, const struct parallel_options *options, struct sink *sink)
{
	unsigned threads = options->threads ? options->threads : 1;
	struct cutter cutter = { .in = in, .format = format, .at = in->begin_at, .lines_at = in->begin_at };

	if (format->preface)
		read_preface(&cutter);
	cutter.size = options->piece ? options->piece : suitable_piece(in, threads);
	if (threads > 1 && (!in->mapped || (size_t)(in->end - in->begin) > cutter.size)) {
		pool_run(&(struct pool_work){
			.context = &cutter, .cut = cut_piece, .read = read_cut_piece, .merge = merge_piece, .copies = !in->mapped,
		}, threads, sink);
	} else {
		read_here(&cutter, sink);
	}
	if (!job_stopped(in->job))
		note_leftover(&cutter, sink);
	buf_fini(&cutter.preface);
}
