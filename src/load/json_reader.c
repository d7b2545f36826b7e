/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_reader.h"

#include <math.h>

#include "load/ids.h"
#include "load/json_core.h"
#include "load/json_id.h"
#include "util/chars.h"
#include "util/unit.h"

#define PROGRESS_BYTES (UINT64_C(1) << 20)    /* between two reports */
#define NOTE_BYTES     80u                    /* of the record that a note shows */

const char reader_note_invalid[] = "a record that is not valid JSON: passed over";

void
reader_note(struct json_reader *reader, enum note_severity severity, const char *text, uint64_t at)
{
	const struct json *json = &reader->json;
	struct str record = { 0 };

	reader->noted++;
	if (at >= json->begin_at && at - json->begin_at < (uint64_t)(json->end - json->begin)) {
		record.at = json->begin + (at - json->begin_at);
		record.len = (size_t)(json->end - record.at) + reader->beyond;
		record.len = record.len < NOTE_BYTES ? record.len : NOTE_BYTES;
	}
	sink_note(reader->sink, severity, text, reader->line, at, record);
}

void
reader_wrong_type(struct json_reader *reader, enum json_type type, uint64_t at)
{
	if (!reader->json.fault && type != JSON_NULL)
		reader_note(reader, NOTE_WARNING, "a field has a value of the wrong type: passed over", at);
}

bool
reader_array(struct json_reader *reader)
{
	enum json_type type = json_peek(&reader->json);
	uint64_t at = json_offset(&reader->json);

	if (json_array(&reader->json))
		return true;
	reader_wrong_type(reader, type, at);
	return false;
}

bool
reader_object(struct json_reader *reader)
{
	enum json_type type = json_peek(&reader->json);
	uint64_t at = json_offset(&reader->json);

	if (json_object(&reader->json))
		return true;
	reader_wrong_type(reader, type, at);
	return false;
}

/* Tells how far we are; the wish to stop ends the reading like the end of the input. */
static void
report(struct json_reader *reader)
{
	uint64_t at = json_offset(&reader->json);

	if (!reader->in || at < reader->progress_at)
		return;
	reader->progress_at = at + PROGRESS_BYTES;
	if (reader->in->job)
		atomic_store_explicit(&reader->in->job->spans, sink_pushed(reader->sink), memory_order_relaxed);
	if (!input_progress(reader->in, at))
		json_stop(&reader->json);
}

bool
reader_element(struct json_reader *reader, uint32_t depth)
{
	struct json *json = &reader->json;

	report(reader);
	while (!json_element(json)) {
		uint64_t fault_at = json->fault_at;

		if (!json->fault || !json_recover(json, depth))
			return false;
		reader_note(reader, NOTE_WARNING, reader_note_invalid, fault_at);
	}
	return true;
}

bool
reader_string(struct json_reader *reader, struct buf *keep, struct str *out)
{
	enum json_type type = json_peek(&reader->json);
	uint64_t at = json_offset(&reader->json);

	if (json_keep_string(&reader->json, keep, out))
		return true;
	reader_wrong_type(reader, type, at);
	return false;
}

static void
note_id(struct json_reader *reader, enum id_form form, uint64_t at)
{
	if (form == ID_HASHED)
		reader_note(reader, NOTE_INFO, "an id that is no number of the right length: a hash stands for it", at);
}

bool
reader_trace_id(struct json_reader *reader, uint8_t out[16])
{
	enum json_type type = json_peek(&reader->json);
	uint64_t at = json_offset(&reader->json);
	struct str text;

	if (json_hex32(&reader->json, out))
		return true;
	if (!json_string(&reader->json, &text)) {
		reader_wrong_type(reader, type, at);
		return false;
	}
	note_id(reader, id_trace(text, out), at);
	return true;
}

bool
reader_span_id(struct json_reader *reader, uint64_t *out)
{
	enum json_type type = json_peek(&reader->json);
	uint64_t at = json_offset(&reader->json);
	struct str text;

	if (json_hex16(&reader->json, out))
		return true;
	if (!json_string(&reader->json, &text)) {
		reader_wrong_type(reader, type, at);
		return false;
	}
	note_id(reader, id_span(text, out), at);
	return true;
}

/* A number of microseconds in ns, exactly unless it has an exponent; false: it does not fit. */
static bool
nanos_of(struct str text, int64_t *ns_out)
{
	size_t i = text.len && text.at[0] == '-', point = text.len;
	int64_t ns = 0, digits = 0;
	double value;

	if (text.len && (memchr(text.at, 'e', text.len) || memchr(text.at, 'E', text.len))) {
		if (!number_parse(text, &value) || !(fabs(value) < 9e15))
			return false;
		*ns_out = llround(value * 1000);
		return true;
	}
	for (; i < text.len && digits < 4; i++) {
		if (text.at[i] == '.') {
			point = i;
			continue;
		}
		if (text.at[i] < '0' || text.at[i] > '9')
			break;
		/* The fourth digit behind the point rounds. */
		if (digits == 3)
			ns += text.at[i] >= '5';
		else if (__builtin_mul_overflow(ns, 10, &ns) || __builtin_add_overflow(ns, text.at[i] - '0', &ns))
			return false;
		digits += point < text.len;
	}
	for (; digits < 3; digits++)
		if (__builtin_mul_overflow(ns, 10, &ns))
			return false;
	*ns_out = text.len && text.at[0] == '-' ? -ns : ns;
	return i == text.len || digits == 4;
}

bool
reader_micros(struct json_reader *reader, int64_t *ns_out)
{
	struct json *json = &reader->json;
	enum json_type type = json_peek(json);
	uint64_t at = json_offset(json);
	struct json_number number;
	struct str text;
	uint64_t plain;
	int64_t ns = 0;    /* what does not fit is left here */
	bool good;

	if (type != JSON_NUMBER && type != JSON_STRING) {
		json_skip(json);
		good = false;
	} else if (json_take_plain(json, &plain, &text)) {
		good = plain <= INT64_MAX && !__builtin_mul_overflow((int64_t)plain, 1000, &ns);
	} else if (type == JSON_NUMBER) {
		if (!json_read_number(json, &number))
			return false;
		good = nanos_of(number.text, &ns);
	} else {
		int64_t micros;
		good = json_int64(json, &micros) && !__builtin_mul_overflow(micros, 1000, &ns);
	}
	if (good)
		*ns_out = ns;
	else
		reader_wrong_type(reader, type, at);
	return good;
}

/* Without the blanks outside of strings. */
static void
add_compact(struct str text, struct buf *out)
{
	bool in_string = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (!in_string && char_is_space(c))
			continue;
		buf_addc(out, c);
		if (in_string && c == '\\' && i + 1 < text.len)
			buf_addc(out, text.at[++i]);
		else if (c == '"')
			in_string = !in_string;
	}
}

void
reader_text(struct json *json, struct buf *out, enum json_type *type_out)
{
	struct json_number number;
	const char *begin = json->at;
	struct str text;
	bool truth;

	buf_clear(out);
	*type_out = json_peek(json);
	switch (*type_out) {
	case JSON_STRING:
		if (json_string(json, &text))
			buf_add(out, text);
		break;
	case JSON_NUMBER:
		if (json_read_number(json, &number))
			buf_add(out, number.text);
		break;
	case JSON_BOOL:
		if (json_bool(json, &truth))
			buf_add(out, truth ? STR("true") : STR("false"));
		break;
	default:
		if (json_skip(json) && !json->in && *type_out != JSON_NULL)
			add_compact((struct str){ begin, (size_t)(json->at - begin) }, out);
	}
}

/* ends: nothing comes after the text that is read. */
static void
note_fault(struct json_reader *reader, bool ends)
{
	uint64_t at = reader->json.fault_at;

	if (reader->json.cut && ends)
		reader_note(reader, NOTE_WARNING, "the input ends in the middle of a document: what is complete is kept", at);
	else
		reader_note(reader, NOTE_ERROR, "a document that is not valid JSON: what precedes the fault is kept", at);
}

void
reader_run(struct json_reader *reader, struct input *in, struct sink *sink, reader_value_fn *read_value)
{
	struct json *json = &reader->json;

	reader->in = in;
	reader->sink = sink;
	json_init(json, in, JSON_LOAD);
	json->line_framed = reader->line_framed;
	for (;;) {
		while (json_next(json))
			read_value(reader);
		if (!json->fault || job_stopped(in->job))
			break;
		note_fault(reader, true);
		if (!json_resume(json))
			break;
	}
	input_progress(in, json_offset(json));
	json_fini(json);
}

void
reader_run_lines(struct json_reader *reader, struct str text, uint64_t offset, uint64_t line, struct sink *sink,
                 reader_value_fn *read_value)
{
	reader->sink = sink;
	reader->line = line;
	json_init_memory(&reader->json, STR(""), offset, JSON_LOAD);
	while (text.len) {
		const char *newline = memchr(text.at, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.at) : text.len;

		json_reset_memory(&reader->json, (struct str){ text.at, len }, offset);
		while (json_next(&reader->json))
			read_value(reader);
		if (reader->json.fault)
			note_fault(reader, !newline);
		len += newline != NULL;
		text.at += len;
		text.len -= len;
		offset += len;
		reader->line++;
	}
	json_fini(&reader->json);
}
