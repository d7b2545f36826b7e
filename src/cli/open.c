/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/open.h"

#include <inttypes.h>
#include <stdio.h>

#include "analysis/empty.h"
#include "analysis/lens.h"
#include "cli/message.h"
#include "load/load.h"
#include "util/unit.h"

enum { NOTES_SAID = 3 };

void
note_where(const struct dataset *ds, const struct note *note, struct buf *out)
{
	if (note->source == ID_NONE)
		return;
	buf_add(out, dataset_str(ds, ds->sources[note->source].path));
	if (note->line)
		buf_addf(out, ":%" PRIu64, note->line);
	else if (note->has_byte)
		buf_addf(out, ": byte %" PRIu64, note->byte);
}

const char *
note_severity_name(enum note_severity severity)
{
	static const char *const names[] = { [NOTE_INFO] = "info", [NOTE_WARNING] = "warning", [NOTE_ERROR] = "error" };

	return names[severity];
}

static void
say_note(const struct dataset *ds, const struct note *note)
{
	struct buf text = { 0 };

	note_where(ds, note, &text);
	if (text.len)
		buf_add(&text, STR(": "));
	buf_add(&text, dataset_str(ds, note->text));
	if (note->count > 1) {
		buf_add(&text, STR(" ("));
		unit_count(note->count, &text);
		buf_add(&text, STR(" times)"));
	}
	message("%s", text.at);
	buf_fini(&text);
}

static void
say_notes(const struct dataset *ds)
{
	uint32_t said = 0, left = 0;

	for (int severity = NOTE_ERROR; severity > NOTE_INFO; severity--) {
		for (uint32_t i = 0; i < ds->note_count; i++) {
			if ((int)ds->notes[i].severity != severity)
				continue;
			if (said < NOTES_SAID) {
				say_note(ds, &ds->notes[i]);
				said++;
			} else {
				left++;
			}
		}
	}
	if (left)
		message("and %" PRIu32 " more note%s; see spanfire info", left, left == 1 ? "" : "s");
	struct buf text = { 0 };
	if (!said && empty_say(ds, &text))
		message("%s", text.at);
	buf_fini(&text);
}

enum sink_grain
request_grain(const struct request *request)
{
	return request->grain == GRAIN_LINE ? SINK_LINES : request->grain == GRAIN_ADDRESS ? SINK_ADDRESSES : SINK_FUNCTIONS;
}

struct dataset *
open_dataset(const struct request *request, bool with_notes, int *status_out)
{
	struct load_options options = {
		.format = request->format, .threads = (unsigned)request->threads, .mangled = request->mangled, .undropped = request->undropped,
		.grain = request_grain(request),
	};
	struct error err = { 0 };
	struct dataset *ds = load_files(request->paths, request->path_count, &options, &err);

	*status_out = ds ? ERROR_NONE : message_error(&err);
	if (ds && with_notes)
		say_notes(ds);
	return ds;
}

int
close_dataset(struct dataset *ds, int status)
{
	for (source_id i = 0; ds && i < ds->source_count && status == ERROR_NONE; i++)
		if (ds->sources[i].format == STR_EMPTY)
			status = ERROR_INPUT;
	dataset_free(ds);
	return status;
}
