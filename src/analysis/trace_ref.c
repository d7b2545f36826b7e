/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/trace_ref.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/chars.h"

enum { SHORT_ID_DIGITS = 16, PARTS_MAX = 4 };

static struct str
trim(struct str text)
{
	static const char header[] = "traceparent:";

	while (text.len && char_is_space(text.at[text.len - 1]))
		text.len--;
	while (text.len && char_is_space(text.at[0])) {
		text.at++;
		text.len--;
	}
	if (text.len < sizeof header - 1 || strncasecmp(text.at, header, sizeof header - 1) != 0)
		return text;
	return trim((struct str){ text.at + sizeof header - 1, text.len - (sizeof header - 1) });
}

/* Numbers between dashes; 0 when one is none, or there are too many. */
static unsigned
split(struct str text, struct str *parts)
{
	unsigned count = 0;

	for (;;) {
		size_t len = 0;
		while (len < text.len && char_hex(text.at[len]) >= 0)
			len++;
		if (len == 0 || count == PARTS_MAX)
			return 0;
		parts[count++] = (struct str){ text.at, len };
		if (len == text.len)
			return count;
		if (text.at[len] != '-')
			return 0;
		text = (struct str){ text.at + len + 1, text.len - len - 1 };
	}
}

static bool
take(struct trace_ref *ref, struct str trace, struct str span)
{
	if (trace.len > TRACE_ID_DIGITS || span.len > SPAN_ID_DIGITS)
		return false;
	*ref = (struct trace_ref){ .has_span = span.len > 0 };
	for (size_t i = 0; i < trace.len; i++)
		ref->trace[i] = trace.at[i] >= 'A' && trace.at[i] <= 'F' ? (char)(trace.at[i] - 'A' + 'a') : trace.at[i];
	for (size_t i = 0; i < span.len; i++) {
		char c = span.at[i];
		ref->span = ref->span << 4 | (uint64_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return true;
}

bool
trace_ref_parse(struct str text, struct trace_ref *out)
{
	struct str parts[PARTS_MAX];

	switch (split(trim(text), parts)) {
	case 1:
		return take(out, parts[0], STR(""));
	case 2:
		return take(out, parts[0], parts[1]);
	case 4:
		return parts[0].len == 2 && parts[1].len == TRACE_ID_DIGITS && parts[2].len == SPAN_ID_DIGITS && parts[3].len == 2 &&
		       take(out, parts[1], parts[2]);
	default:
		return false;
	}
}

void
trace_id_text(const struct track *track, char *out)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < sizeof track->trace_id; i++) {
		*out++ = hex[track->trace_id[i] >> 4];
		*out++ = hex[track->trace_id[i] & 15];
	}
	*out = '\0';
}

void
span_id_text(uint64_t id, char *out)
{
	static const char hex[] = "0123456789abcdef";

	out[SPAN_ID_DIGITS] = '\0';
	for (int i = SPAN_ID_DIGITS; i-- > 0; id >>= 4)
		out[i] = hex[id & 15];
}

void
trace_id_add(const struct track *track, struct buf *out)
{
	char id[TRACE_ID_DIGITS + 1];

	trace_id_text(track, id);
	buf_add(out, (struct str){ id, TRACE_ID_DIGITS });
}

static bool
is_short(const char *id)
{
	return strspn(id, "0") >= TRACE_ID_DIGITS - SHORT_ID_DIGITS;
}

/* Many programs write ids as numbers. */
static const char *
without_zeros(const char *digits)
{
	return digits + strspn(digits, "0");
}

void
trace_id_brief(const struct track *track, int digits, struct buf *out)
{
	char id[TRACE_ID_DIGITS + 1];

	trace_id_text(track, id);
	const char *shown = is_short(id) ? id + TRACE_ID_DIGITS - SHORT_ID_DIGITS : id;
	if ((int)strspn(shown, "0") >= digits && *without_zeros(id))
		shown = without_zeros(id);
	buf_addf(out, "%.*s", digits, shown);
}

/* Whether the digits are the whole id, with or without zeros in front. */
static bool
is_whole(const char *id, const char *digits)
{
	return strcmp(id, digits) == 0 || (is_short(id) && strcmp(id + TRACE_ID_DIGITS - SHORT_ID_DIGITS, digits) == 0) ||
	       (*without_zeros(digits) && strcmp(without_zeros(id), without_zeros(digits)) == 0);
}

static bool
begins(const char *id, const char *digits)
{
	size_t len = strlen(digits);

	return strncmp(id, digits, len) == 0 || strncmp(without_zeros(id), digits, len) == 0 ||
	       (is_short(id) && strncmp(id + TRACE_ID_DIGITS - SHORT_ID_DIGITS, digits, len) == 0);
}

/* How many traces the digits begin; the whole id of one names just that. */
static uint32_t
count_traces(const struct dataset *ds, const char *digits, track_id *out)
{
	uint32_t count = 0;

	for (track_id i = 0; i < ds->track_count; i++) {
		char id[TRACE_ID_DIGITS + 1];
		if (ds->tracks[i].kind != TRACK_TRACE)
			continue;
		trace_id_text(&ds->tracks[i], id);
		if (is_whole(id, digits)) {
			*out = i;
			return 1;
		}
		if (begins(id, digits)) {
			*out = i;
			count++;
		}
	}
	return count;
}

static span_id
span_of_digits(const struct dataset *ds, const char *digits)
{
	uint64_t id = strtoull(digits, NULL, 16);

	for (span_id span = 0; strlen(digits) == SPAN_ID_DIGITS && id && span < ds->spans.count; span++)
		if (ds->spans.id[span] == id)
			return span;
	return ID_NONE;
}

bool
trace_ref_find(const struct dataset *ds, const struct trace_ref *ref, track_id *track_out, span_id *span_out, uint32_t *count_out,
               struct error *err)
{
	uint32_t count = count_traces(ds, ref->trace, track_out);

	*span_out = count == 0 && !ref->has_span ? span_of_digits(ds, ref->trace) : ID_NONE;
	if (*span_out != ID_NONE) {
		*track_out = ds->spans.track[*span_out];
		count = 1;
	}
	if (count_out)
		*count_out = count;
	if (count > 1)
		return error_set(err, ERROR_USAGE, "%" PRIu32 " traces begin with '%s'", count, ref->trace);
	if (count == 0)
		return error_set(err, ERROR_USAGE, "no trace has the id %s", ref->trace);
	if (!ref->has_span)
		return true;
	for (span_id span = 0; span < ds->spans.count; span++)
		if (ds->spans.track[span] == *track_out && ds->spans.id[span] == ref->span) {
			*span_out = span;
			return true;
		}
	return error_set(err, ERROR_USAGE, "trace %s has no span %016" PRIx64, ref->trace, ref->span);
}
