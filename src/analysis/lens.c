/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/lens.h"

#include <stdlib.h>

#include "analysis/label.h"
#include "analysis/query_core.h"
#include "model/renamed.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/hash.h"

/* Where one of the keys of spans comes from. */
enum part { PART_NAME, PART_SERVICE, PART_KIND, PART_ATTRIBUTE };

static const char *const part_names[] = { [PART_NAME] = "name", [PART_SERVICE] = "service", [PART_KIND] = "kind" };

bool
lens_is_plain(const struct lens_spec *spec)
{
	return !spec->keys && (spec->of_spans || spec->grain == GRAIN_FUNCTION);
}

uint32_t
lens_keys(const char *keys, struct str out[LENS_KEYS_MAX])
{
	uint32_t count = 0;

	while (keys && *keys && count < LENS_KEYS_MAX) {
		size_t len = strcspn(keys, ",");

		if (len)
			out[count++] = (struct str){ keys, len };
		keys += len + (keys[len] == ',');
	}
	return count;
}

static enum part
part_of(struct str key)
{
	for (unsigned i = 0; i < sizeof part_names / sizeof *part_names; i++)
		if (str_equal(key, str_of(part_names[i])))
			return (enum part)i;
	return PART_ATTRIBUTE;
}

void
lens_label_keys(const struct dataset *ds, struct label_keys *out)
{
	uint64_t *seen = bits_new(strtab_count(ds->strings));

	for (label_id label = 0; label < ds->label_count; label++) {
		str_id key = ds->labels[label].key;

		if (!bits_has(seen, key))
			vec_push(out, key);
		bits_set(seen, key);
	}
	free(seen);
}

static bool
has_label_key(const struct dataset *ds, struct str key)
{
	str_id id = strtab_find(ds->strings, key);
	label_id label = 0;

	while (label < ds->label_count && ds->labels[label].key != id)
		label++;
	return label < ds->label_count;
}

bool
lens_check(const struct dataset *ds, const struct attr_keys *attributes, const struct lens_spec *spec, struct error *err)
{
	struct str keys[LENS_KEYS_MAX];
	uint32_t count = lens_keys(spec->keys, keys), begin, end;

	for (uint32_t i = 0; i < count; i++) {
		if (!spec->of_spans && !has_label_key(ds, keys[i]))
			return error_set(err, ERROR_USAGE, "no sample has the label '%.*s'", (int)keys[i].len, keys[i].at);
		if (spec->of_spans && part_of(keys[i]) == PART_ATTRIBUTE && attributes->all &&
		    !attr_keys_find(attributes, keys[i], &begin, &end))
			return error_set(err, ERROR_USAGE, "no span has the attribute '%.*s'; there are name, service and kind beside attributes",
			                 (int)keys[i].len, keys[i].at);
	}
	return true;
}

/* Frames that are made as they are met, by name and module. */
struct maker {
	struct dataset *ds;
	struct strtab  *met;      /* module, a NUL, name: its id is that of the frame less the frames of the input */
	frame_id        first;
	struct buf      key;
};

static frame_id
make_frame(struct maker *maker, struct str module, struct str name, struct str file, bool of_span)
{
	buf_clear(&maker->key);
	buf_addc(&maker->key, 'f');    /* the empty string is there already */
	buf_add(&maker->key, module);
	buf_addc(&maker->key, '\0');
	buf_add(&maker->key, name);
	frame_id frame = maker->first + strtab_intern(maker->met, buf_str(&maker->key)) - 1;
	if (frame < maker->ds->frame_count)
		return frame;
	struct strtab *strings = maker->ds->strings;
	return dataset_add_frame(maker->ds, &(const struct frame){
		.name = strtab_intern(strings, name), .module = strtab_intern(strings, module), .file = strtab_intern(strings, file),
		.kind = FRAME_USER, .of_span = of_span,
	});
}

/* ---- spans */

struct span_key {
	enum part            part;
	struct str           name;
	const struct column *column;    /* of PART_ATTRIBUTE */
};

static void
add_part(const struct dataset *ds, span_id span, const struct span_key *key, struct buf *out)
{
	switch (key->part) {
	case PART_NAME:
		buf_add(out, frame_name(ds, ds->spans.frame[span]));
		break;
	case PART_SERVICE:
		buf_add(out, span_service(ds, span));
		break;
	case PART_KIND:
		buf_add(out, str_of(query_kind_words[ds->spans.kind[span]]));
		break;
	case PART_ATTRIBUTE:
		if (column_has(key->column, span)) {
			buf_add(out, strtab_get(key->column->strings, key->column->string[span]));
		} else {
			buf_addf(out, "(no ");
			buf_add(out, key->name);
			buf_addc(out, ')');
		}
	}
}

/* A service beside other keys is the frame's module, as it is without a lens. */
static frame_id
frame_of_span(struct maker *maker, const struct dataset *ds, span_id span, const struct span_key *keys, uint32_t count, struct buf *name)
{
	struct str module = STR("");

	buf_clear(name);
	for (uint32_t i = 0; i < count; i++) {
		if (keys[i].part == PART_SERVICE && count > 1) {
			module = span_service(ds, span);
			continue;
		}
		if (name->len)
			buf_add(name, STR(", "));
		add_part(ds, span, &keys[i], name);
	}
	return make_frame(maker, module, buf_str(name), STR(""), true);
}

static bool
rename_spans(struct lens *lens, const struct dataset *ds, struct attrs *attrs, struct maker *maker, struct job *job)
{
	struct str names[LENS_KEYS_MAX];
	struct span_key keys[LENS_KEYS_MAX];
	uint32_t count = lens_keys(lens->keys, names);
	struct buf name = { 0 };

	lens->joins = count > 0;
	for (uint32_t i = 0; i < count; i++) {
		keys[i] = (struct span_key){ .part = part_of(names[i]), .name = names[i] };
		lens->joins = lens->joins && keys[i].part != PART_NAME;
		if (keys[i].part == PART_ATTRIBUTE && !(keys[i].column = attrs_get(attrs, names[i], job)))
			return false;
	}
	for (span_id span = 0; span < ds->spans.count && count; span++) {
		if (span % 65536 == 0 && job_stopped(job))
			break;
		lens->ds->spans.frame[span] = frame_of_span(maker, ds, span, keys, count, &name);
	}
	buf_fini(&name);
	return !job_stopped(job);
}

/* ---- stacks */

static void
rename_frames(struct lens *lens, const struct dataset *ds, struct maker *maker)
{
	frame_id *to = xreallocarray(NULL, ds->frame_count ? ds->frame_count : 1, sizeof *to);

	for (frame_id frame = 0; frame < ds->frame_count; frame++) {
		struct str file = frame_file(ds, frame);

		if (lens->spec.grain == GRAIN_FILE)
			to[frame] = make_frame(maker, STR(""), file.len ? file : STR("(no file)"), file, false);
		else
			to[frame] = make_frame(maker, STR(""), label_package(ds, frame), STR(""), false);
		lens->ds->frames[to[frame]].kind = ds->frames[frame].kind;
	}
	for (stack_id stack = 0; stack < ds->stacks.count; stack++)
		lens->ds->stacks.frame[stack] = to[ds->stacks.frame[stack]];
	free(to);
	lens->joins = true;
}

static frame_id
frame_of_label(struct maker *maker, struct str key, struct str value, struct buf *name)
{
	buf_clear(name);
	buf_add(name, key);
	buf_add(name, STR(": "));
	buf_add(name, value);
	frame_id frame = make_frame(maker, STR("label"), buf_str(name), STR(""), false);
	maker->ds->frames[frame].module = STR_EMPTY;    /* which made it another frame than a function of that name */
	maker->ds->frames[frame].of_label = true;
	return frame;
}

/* A label comes after its parent, whose levels it has but for its own. */
static void
find_levels(struct lens *lens, const struct dataset *ds, struct maker *maker)
{
	struct str keys[LENS_KEYS_MAX];
	uint32_t count = lens_keys(lens->keys, keys);
	str_id ids[LENS_KEYS_MAX];
	struct buf name = { 0 };

	lens->levels = count;
	lens->level = xreallocarray(NULL, ((size_t)ds->label_count + 1) * (count ? count : 1), sizeof *lens->level);
	for (uint32_t i = 0; i < count; i++) {
		ids[i] = strtab_find(ds->strings, keys[i]);
		lens->level[i] = frame_of_label(maker, keys[i], STR("(none)"), &name);
	}
	for (label_id label = 0; label < ds->label_count; label++) {
		const struct label *at = &ds->labels[label];
		frame_id *levels = &lens->level[((size_t)label + 1) * count];
		const frame_id *above = at->parent == ID_NONE ? lens->level : &lens->level[((size_t)at->parent + 1) * count];

		for (uint32_t i = 0; i < count; i++)
			levels[i] = at->key == ids[i] ? frame_of_label(maker, keys[i], dataset_str(ds, at->value), &name) : above[i];
	}
	buf_fini(&name);
}

struct lens *
lens_new(const struct dataset *ds, struct attrs *attrs, const struct lens_spec *spec, struct job *job)
{
	struct lens *lens = xcalloc(1, sizeof *lens);
	struct maker maker = { .met = strtab_new(), .first = ds->frame_count };
	bool fine = true;

	lens->spec = *spec;
	lens->keys = spec->keys ? xstrndup(spec->keys, strlen(spec->keys)) : NULL;
	lens->spec.keys = lens->keys;
	lens->ds = maker.ds = dataset_renamed(ds);
	if (spec->of_spans) {
		fine = rename_spans(lens, ds, attrs, &maker, job);
	} else {
		if (spec->grain != GRAIN_FUNCTION)
			rename_frames(lens, ds, &maker);
		find_levels(lens, ds, &maker);
	}
	lens->ds->sealed = true;
	strtab_free(maker.met);
	buf_fini(&maker.key);
	if (fine)
		return lens;
	lens_free(lens);
	return NULL;
}

void
lens_free(struct lens *lens)
{
	if (!lens)
		return;
	dataset_free(lens->ds);
	free(lens->level);
	free(lens->rank);
	free(lens->keys);
	free(lens);
}
