/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/detail.h"

#include "load/format.h"

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
	return format->detail(ds, span, out, err);
}

void
details_fini(struct details *details)
{
	arena_fini(&details->arena);
	vec_fini(details);
}
