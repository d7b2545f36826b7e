/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/elements.h"

#include "load/pool.h"
#include "util/chars.h"

#define ARRAY_MIN ((size_t)1 << 20)      /* bytes of elements that are worth it */
#define PIECE_MIN ((size_t)128 << 10)
#define PIECE_MAX ((size_t)2 << 20)
#define LARGE     ((size_t)4 << 20)      /* an element of its own size: its own arrays are read so */

struct cutter {
	struct json                 *json;
	struct input                *in;
	const struct element_reader *reader;
	void                        *context;  /* of reader */
	const char                  *end;      /* of the input */
	size_t                       size;     /* bytes of a piece, about */
	bool                         ended;    /* nothing more can be cut */
};

/* Between two elements: where json_element() goes on. */
static struct json_mark
place_of(const struct json *json)
{
	return (struct json_mark){ json_offset(json), json->depth, json->first };
}

static bool
cut(void *context, struct piece *piece_out)
{
	struct cutter *cutter = context;
	struct json *json = cutter->json;
	struct json_mark good = place_of(json);
	const char *begin = NULL, *end = NULL;

	while (!cutter->ended && (!begin || (size_t)(end - begin) < cutter->size)) {
		uint32_t depth = json->depth;
		bool found = json_element(json);
		const char *element = json->at;
		if (found && json_skip(json) && (size_t)(json->at - element) < LARGE && json->depth == depth) {
			begin = begin ? begin : element;
			end = json->at;
			good = place_of(json);
			continue;
		}
		/* The end of the array is left to the reader too, that it may see it. */
		cutter->ended = true;
		json_rewind(json, good);
	}
	if (!begin || job_stopped(cutter->in->job))
		return false;
	*piece_out = (struct piece){ .text = { begin, (size_t)(end - begin) }, .offset = json->begin_at + (uint64_t)(begin - json->begin) };
	return true;
}

static void *
read_piece(const void *context, const struct piece *piece, struct sink *sink)
{
	const struct cutter *cutter = context;
	const struct run run = {
		.text = piece->text, .offset = piece->offset, .beyond = (size_t)(cutter->end - (piece->text.at + piece->text.len)),
	};

	return cutter->reader->read(cutter->context, &run, sink);
}

static void
merge_piece(void *context, const struct piece *piece, struct sink *into, struct batch *batch, void *beside)
{
	const struct cutter *cutter = context;

	cutter->reader->merge(cutter->context, into, batch, beside);
	if (cutter->in->job)
		atomic_store_explicit(&cutter->in->job->spans, sink_pushed(into), memory_order_relaxed);
	input_progress(cutter->in, piece->offset + piece->text.len);
}

/* Whether the array goes on long enough, and where that was seen; json stays where it is. */
static bool
is_long(struct json *json, uint64_t *seen_at)
{
	struct json_mark here = place_of(json);
	const char *begin = json->at;
	bool whole = true;

	while (whole && (size_t)(json->at - begin) < ARRAY_MIN)
		whole = json_element(json) && json_skip(json);
	*seen_at = json_offset(json);
	json_rewind(json, here);
	return whole;
}

bool
elements_read(struct json_reader *base, const struct element_reader *reader, void *context, uint64_t *again_at)
{
	struct json *json = &base->json;
	struct input *in = base->in;
	size_t left = (size_t)(json->end - json->at);
	uint64_t begin = json_offset(json);

	if (!in || !in->mapped || in->threads < 2 || left < ARRAY_MIN || json->fault || begin < *again_at || !is_long(json, again_at))
		return false;
	struct cutter cutter = { .json = json, .in = in, .reader = reader, .context = context, .end = json->end,
	                         .size = left / ((size_t)in->threads * 32) };
	cutter.size = cutter.size < PIECE_MIN ? PIECE_MIN : cutter.size > PIECE_MAX ? PIECE_MAX : cutter.size;
	pool_run(&(struct pool_work){ .context = &cutter, .cut = cut, .read = read_piece, .merge = merge_piece }, in->threads, base->sink);
	*again_at = json_offset(json) + 1;
	return json_offset(json) > begin;
}

static bool
is_left(struct json *json)
{
	while (json->at < json->end && char_is_space(*json->at))
		json->at++;
	return json->at < json->end;
}

void
elements_walk(struct json_reader *reader, const struct run *run, struct sink *sink, reader_value_fn *read_one)
{
	struct json *json = &reader->json;

	reader->sink = sink;
	reader->beyond = run->beyond;
	json_init_memory(json, run->text, run->offset, JSON_LOAD);
	json->started = json->first = true;
	json->depth = 1;
	while (is_left(json) && reader_element(reader, 1))
		read_one(reader);
	if (json->fault)
		reader_note(reader, NOTE_WARNING, reader_note_invalid, json->fault_at);
	json_fini(json);
}
