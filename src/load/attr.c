/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/attr.h"

#include "load/detail.h"

static const enum detail_section sections[] = { DETAIL_ATTRIBUTE, DETAIL_EVENT, DETAIL_SCOPE, DETAIL_RESOURCE };

static bool
is_value_of(const struct detail_row *row, enum detail_section section, struct str key)
{
	return row->section == section && !str_equal(str_of(row->type), STR("event")) && str_equal(row->key, key);
}

static void
add_values(const struct dataset *ds, span_id span, struct str key, struct column *column)
{
	struct details details = { 0 };
	struct error err = { 0 };

	if (details_read(ds, span, &details, &err))
		for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
			for (size_t i = 0; i < details.len; i++)
				if (is_value_of(&details.at[i], sections[s], key))
					column_add_string(column, span, details.at[i].value);
	details_fini(&details);
}

struct column *
attr_column(const struct dataset *ds, struct str key, struct job *job)
{
	struct column *column = column_new(COLUMN_STRING, ds->spans.count);

	for (span_id span = 0; span < ds->spans.count; span++) {
		if (span % 1024 == 0 && job_stopped(job)) {
			column_free(column);
			return NULL;
		}
		add_values(ds, span, key, column);
	}
	return column;
}
