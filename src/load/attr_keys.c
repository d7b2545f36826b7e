/* SPDX-License-Identifier: MIT
 * The attributes that a dataset has: of every span while they are few, else of spans that stand for all, as the attributes of a span
 * mostly depend on its name, the first of each name and others spread evenly over the input. */
#include "config.h"

#include "load/attr.h"

#include <stdlib.h>

#include "load/detail.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/unit.h"

enum { SPREAD_MAX = 4096, NAMES_MAX = 4096 };    /* spans looked at: spread over the input, and for their names */

#define BYTES_MAX (UINT64_C(64) << 20)           /* of their records */

static const enum attr_place places[] = {
	[DETAIL_ATTRIBUTE] = ATTR_SPAN, [DETAIL_EVENT] = ATTR_EVENT, [DETAIL_RESOURCE] = ATTR_RESOURCE, [DETAIL_SCOPE] = ATTR_SCOPE,
};

/* A key that was met; seen: one more than the span that was counted last. */
struct found { struct attr_key key; uint32_t seen; };

struct finding {
	const struct dataset *ds;
	struct attr_keys     *keys;
	struct { VEC(struct found); } found;
	struct { VEC(uint32_t); } by_name;    /* per name and place one more than the place in found; 0: none */
};

static struct found *
found_of(struct finding *finding, str_id name, enum attr_place place)
{
	size_t slot = (size_t)name * (ATTR_RESOURCE + 1) + place;

	while (finding->by_name.len <= slot)
		vec_push(&finding->by_name, 0);
	if (!finding->by_name.at[slot]) {
		vec_push(&finding->found, (struct found){ .key = { .name = name, .place = place } });
		finding->by_name.at[slot] = (uint32_t)finding->found.len;
	}
	return &finding->found.at[finding->by_name.at[slot] - 1];
}

static void
count_rows(struct finding *finding, span_id span, const struct details *details)
{
	double number;

	for (size_t i = 0; i < details->len; i++) {
		const struct detail_row *row = &details->at[i];

		if (str_equal(str_of(row->type), STR("event")) || !row->key.len)
			continue;
		struct found *found = found_of(finding, strtab_intern(finding->keys->names, row->key), places[row->section]);
		if (found->seen == span + 1)
			continue;
		found->seen = span + 1;
		found->key.spans++;
		found->key.numbers += number_parse(row->value, &number) && number - number == 0;
	}
}

static void
look_at(struct finding *finding, span_id span, struct details *details)
{
	details_clear(details);
	details->wish.without = 1u << DETAIL_SPAN | 1u << DETAIL_LINK;
	if (details_read(finding->ds, span, details, NULL))
		count_rows(finding, span, details);
	finding->keys->looked_at++;
}

/* The spans to be looked at, in the order of the input, as a bit each. */
static uint64_t *
choose(const struct dataset *ds)
{
	uint64_t *chosen = bits_new(ds->spans.count);
	uint64_t *met = bits_new(ds->frame_count);
	uint32_t stride = ds->spans.count / SPREAD_MAX + 1, names = 0;

	for (span_id span = 0; span < ds->spans.count; span++) {
		frame_id frame = ds->spans.frame[span];
		bool is_new = names < NAMES_MAX && !bits_has(met, frame);

		names += is_new;
		bits_set(met, frame);
		if (is_new || span % stride == 0)
			bits_set(chosen, span);
	}
	free(met);
	return chosen;
}

static int
by_name(const void *a, const void *b, void *context)
{
	const struct attr_key *x = a, *y = b;
	const struct strtab *names = context;
	int order = str_compare(strtab_get(names, x->name), strtab_get(names, y->name));

	return order ? order : (int)x->place - (int)y->place;
}

static void
hand_over(struct finding *finding)
{
	struct attr_keys *keys = finding->keys;

	keys->count = (uint32_t)finding->found.len;
	keys->keys = xcalloc(keys->count ? keys->count : 1, sizeof *keys->keys);
	for (uint32_t i = 0; i < keys->count; i++)
		keys->keys[i] = finding->found.at[i].key;
	qsort_r(keys->keys, keys->count, sizeof *keys->keys, by_name, keys->names);
	keys->all = keys->looked_at == finding->ds->spans.count;
}

struct attr_keys *
attr_keys(const struct dataset *ds, struct job *job)
{
	struct finding finding = { .ds = ds, .keys = xcalloc(1, sizeof *finding.keys) };
	struct details details = { 0 };
	uint64_t *chosen = choose(ds);
	uint64_t bytes = 0;

	finding.keys->names = strtab_new();
	for (span_id span = 0; span < ds->spans.count && bytes < BYTES_MAX && !job_stopped(job); span++) {
		if (!bits_has(chosen, span))
			continue;
		bytes += ds->spans.detail_len[span];
		look_at(&finding, span, &details);
	}
	free(chosen);
	details_fini(&details);
	hand_over(&finding);
	vec_fini(&finding.found);
	vec_fini(&finding.by_name);
	if (!job_stopped(job))
		return finding.keys;
	attr_keys_free(finding.keys);
	return NULL;
}

const struct attr_reader attr_reader = { attr_column, attr_keys };
