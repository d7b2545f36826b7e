/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/label_filter.h"

#include <stdlib.h>

#include "util/alloc.h"

enum { KEYS_MAX = 32 };

struct label_filter {
	uint32_t  all;      /* a bit per key */
	uint32_t *has;      /* per label as the last one: the keys of which a wanted value was met */
};

bool
label_wish(const char *wanted, uint32_t at, struct str *key_out, struct str *value_out)
{
	for (; wanted && *wanted; at--) {
		size_t len = strcspn(wanted, "\n"), key = strcspn(wanted, "=\n");

		if (at == 0) {
			*key_out = (struct str){ wanted, key };
			*value_out = key < len ? (struct str){ wanted + key + 1, len - key - 1 } : STR("");
			return true;
		}
		wanted += len + (wanted[len] == '\n');
	}
	return false;
}

/* The bit of a key, by the first wish with it. */
static uint32_t
bit_of(const char *wanted, struct str key)
{
	struct str other, value;
	uint32_t bit = 0;

	for (uint32_t i = 0; label_wish(wanted, i, &other, &value); i++) {
		bool is_first = true;
		struct str before;

		if (str_equal(other, key))
			return bit < KEYS_MAX ? UINT32_C(1) << bit : 0;
		for (uint32_t k = 0; k < i && is_first; k++)
			is_first = !label_wish(wanted, k, &before, &value) || !str_equal(before, other);
		bit += is_first;
	}
	return 0;
}

struct label_filter *
label_filter_new(const struct dataset *ds, const char *wanted)
{
	struct str key, value;

	if (!wanted || !*wanted)
		return NULL;
	struct label_filter *filter = xcalloc(1, sizeof *filter);
	filter->has = xcalloc(ds->label_count ? ds->label_count : 1, sizeof *filter->has);
	for (uint32_t i = 0; label_wish(wanted, i, &key, &value); i++) {
		str_id key_id = strtab_find(ds->strings, key), value_id = strtab_find(ds->strings, value);
		uint32_t bit = bit_of(wanted, key);

		filter->all |= bit;
		for (label_id label = 0; label < ds->label_count; label++)
			if (ds->labels[label].key == key_id && ds->labels[label].value == value_id)
				filter->has[label] |= bit;
	}
	for (label_id label = 0; label < ds->label_count; label++)
		if (ds->labels[label].parent != ID_NONE)
			filter->has[label] |= filter->has[ds->labels[label].parent];
	return filter;
}

void
label_filter_free(struct label_filter *filter)
{
	if (!filter)
		return;
	free(filter->has);
	free(filter);
}

bool
label_filter_has(const struct label_filter *filter, const struct dataset *ds, sample_id sample)
{
	label_id label = ds->samples.label ? ds->samples.label[sample] : ID_NONE;

	return !filter || (label == ID_NONE ? 0 : filter->has[label]) == filter->all;
}
