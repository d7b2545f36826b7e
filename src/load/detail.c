/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/detail.h"

#include "load/format.h"

#define ARENA_KEPT    65536u   /* bytes of text that may wait for the memory to be given back */
#define SAME_ROWS_MAX 2000u    /* rows up to which a row that is there already is left out */

void
details_add(struct details *out, enum detail_section section, uint32_t index, struct str key, const char *type, struct str value)
{
	struct arena *arena = &out->arena;

	if (!details_want_key(out, key) && !str_equal(str_of(type), STR("event")))
		return;
	vec_push(out, (struct detail_row){
		.section = section, .index = index, .type = type,
		.key = { arena_copy(arena, key), key.len }, .value = { arena_copy(arena, value), value.len },
	});
}

void
details_quote(struct str text, struct buf *out)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c < 0x20)
			buf_addf(out, "\\u%04x", c);
		else
			buf_addc(out, (char)c);
	}
	buf_addc(out, '"');
}

static bool
is_numbered(enum detail_section section)
{
	return section == DETAIL_EVENT || section == DETAIL_LINK;
}

static bool
is_known(const struct details *details, size_t count, const struct detail_row *row)
{
	for (size_t i = 0; i < count && i < SAME_ROWS_MAX; i++) {
		const struct detail_row *known = &details->at[i];

		if (known->section == row->section && str_equal(known->key, row->key) && str_equal(known->value, row->value))
			return true;
	}
	return false;
}

/* Of the rows from first on, those of another record: their events and links are counted on from those before, and what is known
 * already is left out. */
static void
append_record(struct details *details, size_t first)
{
	uint32_t next[DETAIL_SCOPE + 1] = { 0 };
	size_t kept = first;

	for (size_t i = 0; i < first; i++)
		if (next[details->at[i].section] <= details->at[i].index)
			next[details->at[i].section] = details->at[i].index + 1;
	for (size_t i = first; i < details->len; i++) {
		struct detail_row row = details->at[i];

		if (is_numbered(row.section))
			row.index += next[row.section];
		else if (is_known(details, first, &row))
			continue;
		details->at[kept++] = row;
	}
	details->len = kept;
}

static bool
is_sorted(const struct details *details)
{
	for (size_t i = 1; i < details->len; i++)
		if (details->at[i].section < details->at[i - 1].section)
			return false;
	return true;
}

/* By section; rows of one stay in their order. */
static void
sort_sections(struct details *details)
{
	struct details sorted = { 0 };

	if (is_sorted(details))
		return;
	for (enum detail_section section = DETAIL_SPAN; section <= DETAIL_SCOPE; section++)
		for (size_t i = 0; i < details->len; i++)
			if (details->at[i].section == section)
				vec_push(&sorted, details->at[i]);
	vec_fini(details);
	details->at = sorted.at;
	details->len = sorted.len;
	details->cap = sorted.cap;
}

/* The reader of a ref's record; NULL: there is none, or it cannot be read again. */
static const struct load_format *
format_of(const struct dataset *ds, const struct detail_ref *ref)
{
	const struct source *source = &ds->sources[ref->source];
	const struct load_format *format = load_format_find(dataset_str(ds, source->format));

	return format && format->record && source->bytes && ref->at <= source->size && ref->len <= source->size - ref->at ? format : NULL;
}

bool
details_read_loose(const struct dataset *ds, const struct loose_ref *ref, struct details *out, struct error *err)
{
	struct detail_ref place = { .span = ID_NONE, .source = ref->source, .at = ref->at, .len = ref->len, .role = ref->role };
	const struct load_format *format = format_of(ds, &place);

	return format ? format->record(ds, &place, out, err) : error_set(err, ERROR_INPUT, "details cannot be read again from this input");
}

static bool
read_records(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	for (uint32_t i = dataset_first_ref(ds, span); i < ds->extra_ref_count && ds->extra_refs[i].span == span; i++) {
		const struct detail_ref *ref = &ds->extra_refs[i];
		const struct load_format *format = format_of(ds, ref);
		size_t begin = out->len;

		if (!format)
			continue;
		if (!format->record(ds, ref, out, err))
			return false;
		append_record(out, begin);
	}
	return true;
}

bool
details_read(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct source *source = &ds->sources[ds->groups[ds->spans.group[span]].source];
	const struct load_format *format = load_format_find(dataset_str(ds, source->format));

	if (!format || !format->detail)
		return error_set(err, ERROR_INPUT, "this format has no details");
	if (!source->bytes)
		return error_set(err, ERROR_INPUT, "details cannot be read again from this input");
	if (!ds->spans.detail_len[span])
		return error_set(err, ERROR_INPUT, "this span's record is too long for details");
	if (!format->detail(ds, span, out, err) || !read_records(ds, span, out, err))
		return false;
	sort_sections(out);
	return true;
}

void
details_clear(struct details *details)
{
	details->len = 0;
	if (details->arena.total > ARENA_KEPT)
		arena_fini(&details->arena);
}

void
details_fini(struct details *details)
{
	arena_fini(&details->arena);
	vec_fini(details);
}
