/* SPDX-License-Identifier: MIT
 * Expressions for names of functions: shown, typed, and tried while they are typed. */
#include "config.h"

#include <inttypes.h>
#include <unistr.h>

#include "ui/filters.h"
#include "util/regex.h"
#include "util/text.h"
#include "util/unit.h"

void
pattern_text(struct app *app, str_id id, struct buf *out)
{
	struct str pattern = strtab_get(app->patterns, id);
	struct buf text = { 0 };

	if (!recipe_unquote(pattern, &text)) {
		buf_clear(&text);
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
say_found(struct app *app, struct buf *note)
{
	const struct match *match = app_scene(app)->match;

	if (!match)
		return;
	unit_count(match->frame_count, note);
	buf_add(note, match->frame_count == 1 ? STR(" frame, ") : STR(" frames, "));
	unit_count(match->node_count, note);
	buf_add(note, match->node_count == 1 ? STR(" box") : STR(" boxes"));
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
	bool fits = pattern.len > 0 && search.len < SEARCH_BYTES;
	app_set_search(app, fits ? buf_str(&search) : STR(""));
	if (fits)
		say_found(app, note);
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
	recipe_quote(frame_name(app->session->ds, frame), &quoted);
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
