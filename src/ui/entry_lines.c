/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/entry_lines.h"

#include "util/alloc.h"
#include "util/chars.h"
#include "util/pretty.h"
#include "util/text.h"

enum {
	MARGIN = 2,             /* before a key */
	GAP = 3,                /* between it and its value, with the mark of what leads on */
	KEY_COLS_LEAST = 8,
	BELOW_COL = 4,          /* where a value that stands below its key begins */
	BESIDE_LINES = 3,       /* most lines of a value beside its key */
	COLS_FOR_TYPE = 44,     /* of a pane that shows types */
	TYPE_COLS = 7,
	TAB_COLS = 4,
	HANG_COLS = 2,
	TEXT_COLS_LEAST = 8,
	VALUE_BYTES = 16 << 20, /* of a value that are laid out; more would take a million lines */
};

struct layout {
	struct entry_lines *out;
	int cols, key_cols;     /* of the pane; of the keys in this section, with what follows them */
	struct buf raw, safe;
};

static struct str
keep(struct layout *layout, struct str text)
{
	return (struct str){ arena_copy(&layout->out->arena, text), text.len };
}

/* Tabs as blanks, and no carriage returns. */
static void
expand(struct str text, struct buf *out)
{
	size_t col = 0;

	buf_clear(out);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '\r' && (i + 1 == text.len || text.at[i + 1] == '\n'))
			continue;
		if (c != '\t') {
			buf_addc(out, c);
			col = c == '\n' ? 0 : col + 1;
			continue;
		}
		do
			buf_addc(out, ' ');
		while (++col % TAB_COLS);
	}
}

static int
leading_blanks(struct str text)
{
	int blanks = 0;

	while ((size_t)blanks < text.len && text.at[blanks] == ' ')
		blanks++;
	return blanks;
}

/* Where to break a line that is too long: behind its last blank, else part of a path, else part of a name, unless that is far back. */
static size_t
whole_words(struct str rest, size_t take)
{
	if (take == 0)
		return rest.len;
	for (size_t at = take; take < rest.len && at > take / 2; at--)
		if (rest.at[at - 1] == ' ')
			return at;
	for (size_t at = take; take < rest.len && at > take / 2; at--)
		if (memchr("/;,", rest.at[at - 1], 3))
			return at;
	for (size_t at = take; take < rest.len && at > take / 2; at--)
		if (memchr(".:$(", rest.at[at - 1], 4))
			return at;
	return take;
}

/* One line of a value as lines of the pane from a column on.  Returns how many. */
static int
wrap(struct layout *layout, uint32_t entry, struct str safe, int col)
{
	int indent = leading_blanks(safe), room = layout->cols - col - 1, lines = 0;

	if (room < TEXT_COLS_LEAST)
		room = TEXT_COLS_LEAST;
	/* What goes on from a line that is set in, a frame of a stack trace, is set in further. */
	if (indent)
		indent += HANG_COLS;
	if (indent > room / 2)
		indent = room / 2;
	do {
		int from = lines ? indent : 0;
		size_t take = whole_words(safe, text_prefix(safe, room - from, NULL));
		vec_push(layout->out, (struct entry_line){ .entry = entry, .text = keep(layout, (struct str){ safe.at, take }), .col = col + from });
		safe.at += take;
		safe.len -= take;
		lines++;
	} while (safe.len);
	return lines;
}

/* All lines of the value in `raw`. */
static void
put_value(struct layout *layout, uint32_t entry, int col)
{
	struct str rest = buf_str(&layout->raw);

	for (;;) {
		const char *end = memchr(rest.at, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.at) : rest.len;
		buf_clear(&layout->safe);
		text_sanitise((struct str){ rest.at, len }, &layout->safe);
		wrap(layout, entry, buf_str(&layout->safe), col);
		if (!end)
			return;
		rest.at += len + 1;
		rest.len -= len + 1;
	}
}

/* The value as it is read, in `raw`. */
static void
lay_out_value(struct layout *layout, const struct entry *entry)
{
	struct buf pretty = { 0 };
	struct str value = entry->value;
	size_t dropped = value.len > VALUE_BYTES ? value.len - VALUE_BYTES : 0;

	value.len -= dropped;
	while (value.len && (value.at[value.len - 1] == '\n' || value.at[value.len - 1] == '\r'))
		value.len--;
	if (entry->kind == ENTRY_ATTRIBUTE && pretty_json(value, &pretty))
		value = buf_str(&pretty);
	expand(value, &layout->raw);
	if (dropped)
		buf_addf(&layout->raw, "\n%zu bytes more: y copies all of it", dropped);
	buf_fini(&pretty);
}

static bool
fits_beside(const struct layout *layout, int key_cols, int room)
{
	struct str value = buf_str(&layout->raw);

	if (key_cols > layout->key_cols || room < TEXT_COLS_LEAST)
		return key_cols == 0;
	return !memchr(value.at, '\n', value.len) && (value.len <= (size_t)room || text_width(value) <= room * BESIDE_LINES);
}

static void
put_heading(struct layout *layout, uint32_t index, const struct entry *entry)
{
	if (index > 0)
		vec_push(layout->out, (struct entry_line){ .entry = index });
	vec_push(layout->out, (struct entry_line){ .entry = index, .key = keep(layout, entry->key), .text = keep(layout, entry->value) });
}

/* Amounts stand at the right end of their column. */
static struct str
keep_aligned(struct layout *layout, const struct entry *entry, int key_cols)
{
	bool amount = entry->kind >= ENTRY_SPAN && entry->key.len && char_is_digit(entry->key.at[0]);
	struct buf text = { 0 };

	for (int i = key_cols; amount && i < layout->key_cols; i++)
		buf_addc(&text, ' ');
	buf_add(&text, buf_str(&layout->safe));
	struct str kept = keep(layout, buf_str(&text));
	buf_fini(&text);
	return kept;
}

static void
put_entry(struct layout *layout, uint32_t index, const struct entry *entry)
{
	bool typed = entry->type && layout->cols >= COLS_FOR_TYPE;
	int beside = MARGIN + layout->key_cols + GAP, cols = layout->cols;
	size_t first = layout->out->len;

	buf_clear(&layout->safe);
	text_sanitise(entry->key, &layout->safe);
	int key_cols = text_width(buf_str(&layout->safe));
	struct str key = keep_aligned(layout, entry, key_cols);
	lay_out_value(layout, entry);
	if (typed)
		layout->cols -= TYPE_COLS + 1;
	if (fits_beside(layout, key_cols, layout->cols - beside - 1)) {
		put_value(layout, index, beside);
	} else {
		layout->cols = cols;
		wrap(layout, index, key, MARGIN);
		for (size_t i = first; i < layout->out->len; i++) {
			layout->out->at[i].key = layout->out->at[i].text;
			layout->out->at[i].text = STR("");
		}
		if (layout->raw.len)
			put_value(layout, index, BELOW_COL);
		key.len = 0;
	}
	layout->cols = cols;
	if (key.len)
		layout->out->at[first].key = key;
	if (typed)
		layout->out->at[first].right = str_of(entry->type);
}

/* As wide as the widest key of a section that leaves the values more room than it takes. */
static int
measure_keys(const struct entries *entries, size_t first, int cols)
{
	int most = cols * 2 / 5 - MARGIN, widest = KEY_COLS_LEAST;

	for (size_t i = first; i < entries->len && (i == first || entries->at[i].kind != ENTRY_HEADING); i++) {
		struct buf safe = { 0 };
		text_sanitise(entries->at[i].key, &safe);
		int width = entries->at[i].kind == ENTRY_HEADING ? 0 : text_width(buf_str(&safe));
		if (width > widest && width <= most)
			widest = width;
		buf_fini(&safe);
	}
	return widest;
}

void
entry_lines_make(const struct entries *entries, int cols, struct entry_lines *out)
{
	struct layout layout = { .out = out, .cols = cols };

	out->first = xreallocarray(out->first, entries->len + 1, sizeof *out->first);
	for (size_t i = 0; i < entries->len; i++) {
		out->first[i] = (uint32_t)out->len;
		if (i == 0 || entries->at[i].kind == ENTRY_HEADING)
			layout.key_cols = measure_keys(entries, i, cols);
		if (entries->at[i].kind == ENTRY_HEADING)
			put_heading(&layout, (uint32_t)i, &entries->at[i]);
		else
			put_entry(&layout, (uint32_t)i, &entries->at[i]);
	}
	out->first[entries->len] = (uint32_t)out->len;
	buf_fini(&layout.raw);
	buf_fini(&layout.safe);
}

void
entry_lines_fini(struct entry_lines *lines)
{
	arena_fini(&lines->arena);
	vec_fini(lines);
	free(lines->first);
	*lines = (struct entry_lines){ 0 };
}
