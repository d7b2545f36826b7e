/* SPDX-License-Identifier: MIT
 * A long list of events on several threads.
 * It is cut where events seem to begin, which no scan has to find out first.  A piece counts if what was read before it ended exactly
 * where it begins; what lies between the end of one and the beginning of the next is read as usual.  So what comes of a list does not
 * depend on the cuts being right. */
#include "config.h"

#include "load/chrome.h"

#include "load/pool.h"
#include "util/chars.h"

#define HEAD_MAX     64u      /* bytes by which the beginning of an event is known */
#define BEYOND_LEAST 4096u    /* bytes that a piece sees at least of what follows */

struct pieces {
	struct chrome_reader *into;
	struct str            text;     /* all of the input */
	struct str            head;     /* how the first event begins */
	size_t                size;     /* bytes of a piece, about */
	uint32_t              depth;
	struct job           *job;
	size_t                next;     /* where the next piece begins; the text's length: there is none */
	bool                  ended;    /* the list is */
};

/* Whether what stands before at ends an object and a comma follows it. */
static bool
follows_object(struct str text, size_t at)
{
	while (at > 0 && char_is_space(text.at[at - 1]))
		at--;
	if (at == 0 || text.at[--at] != ',')
		return false;
	while (at > 0 && char_is_space(text.at[at - 1]))
		at--;
	return at > 0 && text.at[at - 1] == '}';
}

/* Where an event seems to begin, at from or behind it. */
static size_t
find_event(const struct pieces *pieces, size_t from)
{
	struct str text = pieces->text, head = pieces->head;

	while (from < text.len) {
		const char *found = memmem(text.at + from, text.len - from, head.at, head.len);
		if (!found)
			break;
		from = (size_t)(found - text.at);
		if (follows_object(text, from))
			return from;
		from++;
	}
	return text.len;
}

/* From the brace to the end of the first key. */
static struct str
event_head(const struct json *json)
{
	size_t len = (size_t)(json->end - json->at);
	const char *open, *quote;

	len = len < HEAD_MAX ? len : HEAD_MAX;
	if (len == 0 || *json->at != '{' || !(open = memchr(json->at, '"', len)))
		return STR("");
	quote = memchr(open + 1, '"', len - (size_t)(open + 1 - json->at));
	return quote ? (struct str){ json->at, (size_t)(quote + 1 - json->at) } : STR("");
}

static bool
cut(void *context, struct piece *piece_out)
{
	struct pieces *pieces = context;
	size_t begin = pieces->next;

	if (pieces->ended || begin == pieces->text.len || job_stopped(pieces->job))
		return false;
	pieces->next = pieces->text.len - begin > pieces->size ? find_event(pieces, begin + pieces->size) : pieces->text.len;
	*piece_out = (struct piece){ .text = { pieces->text.at + begin, pieces->next - begin }, .offset = begin };
	return true;
}

/* The piece sees little of what follows: an event that is longer is left to the list's reader. */
static void *
read_piece(const void *context, const struct piece *piece, struct sink *sink)
{
	const struct pieces *pieces = context;
	struct chrome_reader *part = chrome_reader_new();
	struct json *json = &part->base.json;
	size_t stop = (size_t)piece->offset + piece->text.len, end = pieces->text.len;

	if (end - stop > pieces->size + BEYOND_LEAST)
		end = stop + pieces->size + BEYOND_LEAST;
	part->is_part = true;
	part->base.sink = sink;
	json_init_memory(json, (struct str){ piece->text.at, end - (size_t)piece->offset }, piece->offset, JSON_LOAD);
	json->depth = pieces->depth;
	json->started = json->first = true;
	json->job = pieces->job;
	while (chrome_next(part, pieces->depth) && json_offset(json) < stop)
		chrome_element(part);
	json_fini(json);
	return part;
}

/* Elements up to the first that begins at stop or behind it, which is the next one then. */
static void
read_gap(struct pieces *pieces, size_t stop)
{
	struct json *json = &pieces->into->base.json;

	while (!pieces->ended) {
		pieces->ended = !chrome_next(pieces->into, pieces->depth);
		if (!pieces->ended && json_offset(json) >= stop) {
			json->first = true;
			return;
		}
		if (!pieces->ended)
			chrome_element(pieces->into);
	}
}

static void
merge_piece(void *context, const struct piece *piece, struct sink *into, struct batch *batch, void *beside)
{
	struct pieces *pieces = context;
	struct chrome_reader *part = beside;
	struct json *json = &pieces->into->base.json;

	read_gap(pieces, (size_t)piece->offset);
	if (!pieces->ended && json_offset(json) == piece->offset) {
		json->at = json->begin + part->sure_at;
		json->first = part->sure_first;
		sink_merge(into, batch);
		chrome_merge(pieces->into, part, pieces->text.len, (size_t)json_offset(json) + 1);
	} else {
		batch_free(batch);
		chrome_reader_free(part);
	}
}

bool
chrome_read_long(struct chrome_reader *reader, size_t piece)
{
	struct json *json = &reader->base.json;
	const struct input *in = reader->base.in;
	struct pieces pieces = {
		.into = reader, .text = { json->begin, (size_t)(json->end - json->begin) }, .head = event_head(json), .size = piece,
		.depth = json->depth, .job = json->job,
	};

	if (!in || !in->mapped || in->begin_at || !pieces.head.len || (size_t)(json->end - json->at) / 2 < piece)
		return true;
	pieces.next = (size_t)json_offset(json);
	json->first = true;
	pool_run(&(struct pool_work){ .context = &pieces, .cut = cut, .read = read_piece, .merge = merge_piece },
	         in->threads > 1 ? in->threads : 0, reader->base.sink);
	return !pieces.ended;
}
