/* SPDX-License-Identifier: MIT
 * What readers of JSON records share: going through the values of an input or of lines, notes with their places, broken elements,
 * progress, and the kinds of values that records are made of.  A reader has one of these as its first member. */
#ifndef LOAD_JSON_READER_H
#define LOAD_JSON_READER_H

#include "load/json.h"
#include "load/sink.h"

#define READER_SMALL_TIME INT64_C(1000000000000000)    /* ns; a clock below this (11 days) does not count from 1970 */

struct json_reader {
	struct json   json;
	struct sink  *sink;
	struct input *in;            /* NULL when reading lines */
	bool          line_framed;   /* set by the reader: as json.line_framed, for whole inputs */
	uint64_t      line;          /* of the current value; 0: not known */
	uint64_t      progress_at;   /* offset at which progress is reported again */
	uint64_t      noted;         /* notes so far */
	size_t        beyond;        /* bytes in sight behind those that are read: notes show them too */
};

/* Reads a value of the top level, which is under the cursor. */
typedef void reader_value_fn(struct json_reader *reader);

/* Every value of an input, or of lines of text (as in struct load_format).  What is not read of a broken one is noted. */
void reader_run(struct json_reader *reader, struct input *in, struct sink *sink, reader_value_fn *read_value);
void reader_run_lines(struct json_reader *reader, struct str text, uint64_t offset, uint64_t line, struct sink *sink,
                      reader_value_fn *read_value);

/* What a broken element is noted as. */
extern const char reader_note_invalid[];

/* A note at an offset of the input. */
void reader_note(struct json_reader *reader, enum note_severity severity, const char *text, uint64_t at);

/* A field whose value, at this offset, has not the type it should have; null and a fault are nothing to note. */
void reader_wrong_type(struct json_reader *reader, enum json_type type, uint64_t at);

/* Whether the cursor is at an array or object and it was entered; anything but null is noted and passed over. */
bool reader_array(struct json_reader *reader);
bool reader_object(struct json_reader *reader);

/* The next element of an array whose elements are at this depth (json.depth inside it); broken ones are noted and passed over. */
bool reader_element(struct json_reader *reader, uint32_t depth);

/* Fields.  False: there is no such value, which is noted if another is there.  Times are as they were then. */
bool reader_string(struct json_reader *reader, struct buf *keep, struct str *out);    /* valid until keep changes */
bool reader_trace_id(struct json_reader *reader, uint8_t out[16]);
bool reader_span_id(struct json_reader *reader, uint64_t *out);
bool reader_micros(struct json_reader *reader, int64_t *ns_out);    /* a number of microseconds, with a fraction or not */

/* A string, number, boolean or null as text; the bytes of an array or object if the scanner reads from memory. */
void reader_text(struct json *json, struct buf *out, enum json_type *type_out);

#endif
