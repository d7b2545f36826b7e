/* SPDX-License-Identifier: MIT
 * Expressions for names of functions: shown, typed, and tried while they are typed. */
#include "config.h"

#include <inttypes.h>
#include <unistr.h>

#include "ui/filters.h"
#include "util/exact.h"
#include "util/regex.h"
#include "util/text.h"
#include "util/unit.h"

void
pattern_text(struct app *app, str_id id, struct buf *out)
{
	struct str pattern = strtab_get(app->patterns, id);
	struct buf text = { 0 };

	size_t count = exact_count(pattern);
	if (count > 1) {
		unit_count(count, &text);
		buf_add(&text, STR(" names"));
	} else if (!exact_unquote(pattern, &text)) {
		buf_addf(&text, "/%.*s/", (int)pattern.len, pattern.at);
	}
	names_safe(buf_str(&text), out);
	buf_fini(&text);
}

/* As a search, which knows fields and quotes. */
static void
as_search(struct str pattern, struct buf *out)
{
	buf_add(out, STR("name:\""));
	for (size_t i = 0; i < pattern.len; i++) {
		if (pattern.at[i] == '"')
			buf_addc(out, '\\');
		buf_addc(out, pattern.at[i]);
	}
	buf_addc(out, '"');
}

static void
say_found(uint32_t frames, uint32_t boxes, struct buf *note)
{
	unit_count(frames, note);
	buf_add(note, frames == 1 ? STR(" frame, ") : STR(" frames, "));
	unit_count(boxes, note);
	buf_add(note, boxes == 1 ? STR(" box") : STR(" boxes"));
}

bool
pattern_count(struct app *app, struct str pattern, struct buf *note)
{
	const struct scene *scene = app_scene(app);
	const struct dataset *ds = app->session->ds;
	struct error err = { 0 };
	struct regex *regex = regex_compile(pattern, REGEX_SMART, &err);
	uint32_t frames = 0, boxes = 0;

	if (!regex) {
		names_safe(str_of(err.text), note);
		return false;
	}
	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (scene->boxes_of_frame[frame] && regex_search(regex, frame_name(ds, frame), NULL, NULL) == REGEX_YES) {
			frames++;
			boxes += scene->boxes_of_frame[frame];
		}
	regex_free(regex);
	say_found(frames, boxes, note);
	return true;
}

bool
pattern_preview(struct app *app, struct str pattern, struct buf *note)
{
	struct error err = { 0 };
	struct buf search = { 0 };
	struct regex *regex = regex_compile(pattern, REGEX_SMART, &err);

	if (!regex) {
		names_safe(str_of(err.text), note);
		app_set_search(app, STR(""));
		return false;
	}
	regex_free(regex);
	as_search(pattern, &search);
	app_set_search(app, pattern.len > 0 ? buf_str(&search) : STR(""));
	const struct match *match = app_scene(app)->match;
	if (match)
		say_found(match->frame_count, match->node_count, note);
	buf_fini(&search);
	return true;
}

/* What a line that is typed cannot hold stands as a number; bytes that are no character end it early. */
void
pattern_here(struct app *app, struct buf *out)
{
	frame_id frame = app_frame(app);
	struct buf quoted = { 0 }, safe = { 0 };

	if (frame == ID_NONE)
		return;
	exact_quote(frame_name(app->session->ds, frame), &quoted);
	struct str rest = buf_str(&quoted);
	while (rest.len > 0) {
		ucs4_t character;
		int len = u8_mbtoucr(&character, (const uint8_t *)rest.at, rest.len);
		if (len <= 0)
			break;
		buf_clear(&safe);
		text_sanitise((struct str){ rest.at, (size_t)len }, &safe);
		if (str_equal(buf_str(&safe), (struct str){ rest.at, (size_t)len }))
			buf_add(out, buf_str(&safe));
		else
			buf_addf(out, "\\x{%" PRIx32 "}", (uint32_t)character);
		rest = (struct str){ rest.at + len, rest.len - (size_t)len };
	}
	buf_fini(&safe);
	buf_fini(&quoted);
}
