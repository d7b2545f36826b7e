/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/names.h"

#include "analysis/label.h"
#include "analysis/short_name.h"
#include "ui/paint.h"
#include "util/alloc.h"
#include "util/text.h"

enum { NAME_BYTES = 2048, PLAIN_HUE = 2 };    /* no screen shows more of a name */

void
names_safe(struct str raw, struct buf *out)
{
	if (raw.len > NAME_BYTES) {
		raw.len = NAME_BYTES;
		while (raw.len > NAME_BYTES - 4 && ((unsigned char)raw.at[raw.len] & 0xc0) == 0x80)
			raw.len--;
	}
	text_sanitise(raw, out);
}

void
names_init(struct names *names, const struct dataset *ds)
{
	*names = (struct names){ .ds = ds };
	arena_init(&names->arena);
	names->of_frame = xcalloc(ds->frame_count ? ds->frame_count : 1, sizeof *names->of_frame);
	names->all = (struct name){ .text = STR("all"), .cols = 3, .brief = STR("all"), .brief_cols = 3 };
	names->all.package_hue = names->all.name_hue = paint_hue(STR("all"));
}

void
names_fini(struct names *names)
{
	if (!names->ds)
		return;
	arena_fini(&names->arena);
	free(names->of_frame);
	*names = (struct names){ 0 };
}

/* As it is, where the dataset's own text will do; else a copy of the safe one. */
static struct str
shown(struct names *names, struct str raw, bool borrowed)
{
	struct buf safe = { 0 };

	if (borrowed && raw.len <= NAME_BYTES && text_is_plain(raw))
		return raw;
	names_safe(raw, &safe);
	struct str copy = { arena_copy(&names->arena, buf_str(&safe)), safe.len };
	buf_fini(&safe);
	return copy;
}

static void
add_brief(struct names *names, frame_id frame, struct name *name)
{
	struct buf raw = { 0 };

	name->brief = name->text;
	name->brief_cols = name->cols;
	if (frame_is_of_span(names->ds, frame))
		return;
	short_name(frame_short(names->ds, frame), &raw);
	if (!str_equal(buf_str(&raw), name->text)) {
		name->brief = shown(names, buf_str(&raw), false);
		name->brief_cols = text_width(name->brief);
	}
	buf_fini(&raw);
}

const struct name *
names_get(struct names *names, frame_id frame)
{
	if (frame == ID_NONE)
		return &names->all;
	struct name *name = &names->of_frame[frame];
	if (name->text.at)
		return name;
	struct str raw = frame_short(names->ds, frame);
	struct buf label = { 0 };
	bool of_span = frame_is_of_span(names->ds, frame);
	if (of_span) {
		label_show(names->ds, frame, &label);
		raw = buf_str(&label);
	}
	name->text = shown(names, raw, !of_span);
	name->cols = text_width(name->text);
	name->package_hue = paint_hue(label_package(names->ds, frame));
	name->name_hue = paint_hue(raw);
	buf_fini(&label);
	return name;
}

struct str
names_show(struct names *names, frame_id frame, bool brief, int *cols_out)
{
	const struct name *name = names_get(names, frame);

	if (brief && !name->brief.at)
		add_brief(names, frame, &names->of_frame[frame]);
	if (cols_out)
		*cols_out = brief ? name->brief_cols : name->cols;
	return brief ? name->brief : name->text;
}

uint8_t
name_hue(const struct name *name, enum color_mode mode)
{
	return mode == COLOR_PACKAGE ? name->package_hue : mode == COLOR_NAME ? name->name_hue : PLAIN_HUE;
}
